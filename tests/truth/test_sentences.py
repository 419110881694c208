"""Sentences that said more or other than the answers, each seen to change with one answer or one fact."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from truth.made_pages import FIXTURES, load_fixture, make_pages, read_text, thin
from workbook.model.chapters import list_chapters, load_chapter
from workbook.model.engagement import Engagement
from workbook.storage import load_engagement

FACETS = [facet.id for facet in load_chapter("framing").facets]


def show(of: Engagement | str, edition: str = "private", page: str = "") -> str:
    """Return the words of every page of an edition, or of those whose name holds `page`; a fixture's are made once."""
    made = make_known(of, edition) if isinstance(of, str) else make_pages(thin(of, edition), (page,))
    return read_text(" ".join(html for name, html in made.items() if name.startswith(page)))


@cache
def make_known(name: str, edition: str) -> dict[str, str]:
    """Return the pages of an engagement made for these tests, or of one that ships."""
    made_here = (FIXTURES / name).exists()
    return make_pages(thin(load_fixture(name) if made_here else load_engagement(name), edition))


def rate(count: int, seed: int = 4, soil: int = 4) -> dict[str, Any]:
    """Return ratings of so many points of framing."""
    return {
        f"framing.{one}.{side}": value for one in FACETS[:count] for side, value in (("seed", seed), ("soil", soil))
    }


def read_call(answers: dict[str, Any], **facts: Any) -> Engagement:
    """Return a call that one reader has read."""
    return make_engagement(make_voice("Desk reading", answers), facts=make_facts(kind="public-call", **facts))


def list_call_words(words: dict[str, Any], other: dict[str, Any], place: str) -> Iterator[tuple[str, object, object]]:
    """Yield each piece of words for a call with the piece it stands in for."""
    for key, one in other.items():
        if isinstance(one, dict):
            yield from list_call_words(words.get(key, {}), one, f"{place}.{key}")
        else:
            yield f"{place}.{key}", words.get(key), one


@pytest.mark.parametrize("chapter", [one for one in list_chapters() if one.words_call], ids=lambda one: one.id)
def test_words_for_a_call_stand_in_for_words_there_are(chapter: Any) -> None:
    """None is left without a place, and none needs what the words it stands in for are not given."""
    for place, there, instead in list_call_words(chapter.words, chapter.words_call, chapter.id):
        assert type(there) is type(instead), place
        if isinstance(instead, str):
            given, needed = (
                {name for _, name, _, _ in string.Formatter().parse(str(t)) if name} for t in (there, instead)
            )
            assert needed <= given or {"need", "ask"} >= needed - given, place


COMMANDS = r"(?:^|[.¶] )(Ask|Put|Name|Say|Tell|Bring|Find out|Set aside|Write|Agree|Choose|Look|Commission|Settle) "


@pytest.mark.parametrize("name", ["space-to-connect", "transitions", "youth-led-creativity", "read-from-outside"])
@pytest.mark.parametrize("edition", ["private", "public"])
def test_no_page_on_a_call_gives_orders(name: str, edition: str) -> None:
    """What follows from a call is told as what a bidder would ask, and points as whom they are a question for."""
    made = make_known(name, edition)
    for page in ("10_summary", "13_report"):
        text = read_text(made[page]).split("What the call asked of the partner")[0]
        assert re.findall(COMMANDS, text) == [], re.search(COMMANDS + ".{60}", text)
        assert "one voice" not in text
    assert "A bidder would" in read_text(made["13_report"])


def test_what_a_bidder_asks_is_past_once_the_call_has_closed() -> None:
    """The day up to which the facts hold puts every chapter's advice into the past."""
    answers = {"learning_modes.with": {"grantees": {"mode": 2}}, "discovery.power": 3}
    days = {"deadline": "2026-05-01"}
    opened, closed = (show(read_call(answers, as_of=day, **days), page="13") for day in ("2026-03-31", "2026-06-30"))
    assert "A bidder would ask" in opened
    assert "would have asked" not in opened
    assert "A bidder would have asked" in closed
    assert not re.search(r"A bidder (would ask|could ask|would bring) ", closed)


def test_the_own_work_of_a_commissioner_keeps_its_orders() -> None:
    """Only a call read from outside is told to bidders; one answer of somebody concerned ends that."""
    call = read_call({"framing.purpose.seed": 3})
    director = make_voice("Director", {"framing.purpose.seed": 3})
    mixed = call.model_copy(update={"voices": (*call.voices, director.model_copy(update={"id": "director"}))})
    assert "A bidder" not in show(mixed, page="13")
    assert "A bidder" in show(call, page="13")


def test_where_every_point_is_disputed_none_is_said_to_stand_in_evaluation_soil() -> None:
    """That voices are too far apart is not that no hope is pulled against."""
    assert "Voices are too far apart to place any of the 10 points" in show("five-at-odds")
    voices = [make_voice(f"Role {n}", rate(10) | rate(9, seed=4 * n)) for n in (0, 1)]
    assert "Hopes stand in evaluation soil on 1 of 10 points; 9 disputed" in show(make_engagement(*voices))
    voices = [make_voice(f"Role {n}", rate(10, seed=0) | rate(9, seed=4 * n)) for n in (0, 1)]
    assert "too far apart to place 9 of 10 points; of the others, none is a hope" in show(make_engagement(*voices))


@pytest.mark.parametrize(("count", "told"), [(1, "one of 10 points is known"), (2, "2 of 10 points are known")])
def test_how_many_points_are_known_agrees_in_number(count: int, told: str) -> None:
    """One is, two are."""
    assert f"Too early to say: {told}." in show(make_engagement(make_voice("Director", rate(count))))


@pytest.mark.parametrize(("second", "told"), [(10, "10."), (80, "45 (answers from 10 to 80).")])
def test_a_middle_of_points_says_how_far_the_answers_run(second: int, told: str) -> None:
    """Two voices that give the same need no range; two that differ have it beside their middle."""
    voices = [
        make_voice(f"Role {n}", {"audiences.points": {"funder": points, "grantees": 100 - points, "people": 0}})
        for n, points in enumerate((10, second))
    ]
    assert f"Points for those who pay: {told}" in show(make_engagement(*voices))


def test_one_audience_of_three_is_no_verdict_on_all() -> None:
    """Where one is known to find it with others, it is not said that nobody wants findings brought to them."""
    one = {"learning_modes.with": {"grantees": {"mode": 2}}}
    all_ = {"learning_modes.with": {key: {"mode": 2} for key in ("funder", "grantees", "people")}}
    few, whole = (show(make_engagement(make_voice("Director", given))) for given in (one, all_))
    assert "To no audience known here" not in few
    assert "So far this is known of too few audiences. For grantees, findings are not simply to be brought." in few
    assert "To no audience known here" in whole


def test_far_apart_is_not_unknown() -> None:
    """Two who differ on who finds the learning have both answered; a third who says nothing changes that to unknown."""
    voices = [
        make_voice(
            f"Role {n}", {"learning_modes.with": {key: {"mode": 4 * n} for key in ("funder", "grantees", "people")}}
        )
        for n in (0, 1)
    ]
    apart = show(make_engagement(*voices))
    assert "On whom findings should be brought to, voices are far apart." in apart
    assert "It is not known for whom findings should be brought" not in apart
    unsure = make_voice("Director", {"learning_modes.with": "unsure"})
    assert "voices are far apart" not in show(make_engagement(unsure))


def test_disputed_practices_are_not_listed_as_unknown() -> None:
    """Everybody rated every practice, far apart: that has a section and a row of its own."""
    told = show("five-at-odds", page="13")
    assert "Voices are far apart on 18 of 18 practices" in told.split("Not known yet")[0]
    unread = show("five-at-odds", page="10").split("Too little is known yet of: ")[1]
    assert "practices" not in unread.split(".")[0]


@pytest.mark.parametrize(("edition", "asked"), [("partners", True), ("private", False)])
def test_a_shared_page_does_not_ask_again_for_what_was_answered(edition: str, asked: bool) -> None:
    """What is held back has been said: the reader is sent to the commissioner, and nobody is told to say it."""
    told = show("five-at-odds", edition, page="10")
    assert ("Ask the commissioner what is hoped for." in told) is asked
    assert ("Say what is hoped for" in told) is False
    assert ("How much of the learning belongs to those who pay is held back in this edition." in told) is asked


def test_whether_voices_differ_is_not_said_where_none_can_be_compared() -> None:
    """Two people who answer other questions neither agree nor differ; one question that both answer changes that."""
    told = show("two-answers", page="13")
    assert "Nothing can be said yet about who disagrees" in told
    assert "No two voices are known to lie far apart" not in told
    both = make_engagement(*[make_voice(f"Role {n}", {"framing.purpose.seed": 3}) for n in (1, 2)])
    assert "No two voices are known to lie far apart" in show(both, page="13")


def test_points_that_people_gave_are_told_as_numbers_without_quotation_marks() -> None:
    """Nobody wrote "well below 60 points"; who gave 6 and who gave 83 is told as such."""
    told = show("five-at-odds")
    assert "Finance lead: 6 points; River warden: 83 points" in told
    assert "“well below" not in told


def test_shares_of_the_money_are_not_called_no_figures() -> None:
    """Two voices shared out the money; what nobody has said is what data costs and how many would act."""
    told = show("five-at-odds")
    assert "Nobody has given figures for the money" not in told
    assert "Nobody has said yet what data costs, or how many would act" in told


@pytest.mark.parametrize(("count", "told"), [(1, "The one gap is on"), (2, "The widest gap")])
def test_one_gap_is_not_the_widest(count: int, told: str) -> None:
    """A superlative takes two."""
    practices = [facet.id for facet in load_chapter("practices").facets]
    answers = {f"practices.{one}.today": 0 for one in practices[:count]} | {
        f"practices.{one}.wanted": 3 for one in practices[:count]
    }
    assert told in show(make_engagement(make_voice("Director", answers)), page="10")


@pytest.mark.parametrize(("hangs", "told"), [("partly", True), ("no", False)])
def test_in_part_is_not_told_as_in_whole(hangs: str, told: bool) -> None:
    """Of a decision that may hang on the findings in part, the draft says no more than that."""
    ground = {"safety.ground": {"grantees": {"hangs": hangs}}}
    text = show(make_engagement(make_voice("Director", ground)), page="14")
    assert ("a funding decision hangs, at least in part, on the findings" in text) is told
    assert "decision hangs on the findings, and learning" not in text


def test_a_permission_some_say_was_withdrawn_is_told_as_that() -> None:
    """One of two says withdrawn: it counts, and the headline says that some say so; both make it flat."""
    steps = [{"permission.standing": {"grantees": {"step": step}}} for step in ("withdrawn", "agreed")]
    some = make_engagement(*[make_voice(f"Role {n}", one) for n, one in enumerate(steps)])
    all_ = make_engagement(*[make_voice(f"Role {n}", steps[0]) for n in (0, 1)])
    assert "Some say that the permission of grantees has been withdrawn" in show(some)
    assert "The permission of grantees has been withdrawn" in show(all_)


@pytest.mark.parametrize(
    ("second", "told"), [("The chair", "voices name different owners for each"), ("", "each with an owner")]
)
def test_a_gap_with_two_owners_named_has_none(second: str, told: str) -> None:
    """Two names for one practice are no owner: headline and table say the same."""
    gaps = {f"practices.{one.id}.{side}": 4 * (side == "wanted") for one in load_chapter("practices").facets
            for side in ("today", "wanted")}  # fmt: skip
    owners = [{f"practices.{one.id}.owner": who for one in load_chapter("practices").facets if who}
              for who in ("The director", second)]  # fmt: skip
    text = show(make_engagement(*[make_voice(f"Role {n}", gaps | one) for n, one in enumerate(owners)]), page="13")
    assert f"18 practices fall well short{'; ' if second else ', '}{told}" in text


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2027-Q2", "by June 2029", "The work runs from the second quarter of 2027, ending by June 2029."),
        ("2027-01-11", "2028-12-15", "The work runs from 11 January 2027 to 15 December 2028."),
        ("2027-01-11", None, "The work runs from 11 January 2027; its end is not stated."),
        ("unsure", "by June 2029", "The work runs by June 2029; its start is not known yet."),
    ],
)
def test_loose_days_are_put_into_a_sentence(start: str, end: str | None, told: str) -> None:
    """No "to by June", and an end that is not stated is said to be that."""
    assert told in show(make_engagement(facts=make_facts(start=start, end=end)), page="14")


def test_one_person_to_ask_is_one_person() -> None:
    """And a handful of people who may hold a view is never about none of them."""
    rated = dict.fromkeys(("aims", "power", "clarity", "understanding", "workstreams"), 1) | {"months": 12}
    asked = {"before": "all", "partners": 2, **rated}
    one, many = (
        show(make_engagement(make_voice("Director", {f"discovery.{k}": v for k, v in {**asked, "people": n}.items()})))
        for n in (1, 40)
    )
    assert "There is only one person to ask. Even then, you may well ask nobody who holds it." in one
    assert "only 1 people" not in one
    assert "one person to ask" not in many


def test_all_gaps_that_are_wide_are_told_once() -> None:
    """Four short and four of them by two steps is each by two; a small one more makes them four of five."""
    practices = [facet.id for facet in load_chapter("practices").facets]
    wide = {f"practices.{one}.{side}": 3 * (side == "wanted") for one in practices[:4] for side in ("today", "wanted")}
    rest = {f"practices.{one}.{side}": 2 for one in practices[4:] for side in ("today", "wanted")}
    assert "four fall short, each by two steps or more" in show(make_engagement(make_voice("Director", wide | rest)))
    small = rest | {f"practices.{practices[4]}.wanted": 3}
    assert "five fall short, four by two steps or more" in show(make_engagement(make_voice("Director", wide | small)))


def test_a_role_in_one_phase_is_not_a_role_in_every_phase() -> None:
    """A mirror named for one of four phases does not lead in every phase."""
    phases = ("discovery", "early", "middle", "late")
    roles = {phase: {"mirror": 4, "mentor": 1, "midwife": 1} for phase in phases}
    one, all_ = (show(make_engagement(make_voice("Director", {"learning_modes.roles": given, "learning_modes.with":
                 {"grantees": {"mode": 1}}}))) for given in ({"late": roles["late"]}, roles))  # fmt: skip
    assert "In every phase" not in one
    assert "In every phase rated here the mirror leads" in all_


def test_a_call_that_people_have_answered_is_not_all_our_reading() -> None:
    """One answer of somebody concerned changes what the page says of its ratings, and names who said what."""
    call = read_call({"framing.purpose.seed": {"value": 3, "evidence": "Page 2."}})
    own = make_voice("Warden", {"framing.purpose.seed": 1}).model_copy(update={"id": "warden"})
    mixed = call.model_copy(update={"voices": (*call.voices, own), "heard": 2, "lone_voice": False})
    assert "Ratings are our reading" in show(call)
    for told in ("Ratings are our reading", "The working copy of whoever reads"):
        assert told not in show(mixed, page="10")
    assert "Desk reading, “Mostly”: Page 2." in show(mixed, page="13")
    assert "Private edition: do not send it on." in show(mixed)


def test_what_is_held_back_is_not_listed_as_not_known() -> None:
    """The list of a shared page is of what it does not show; that of the private one of what nobody knows."""
    assert "Not known from this edition" in show("five-at-odds", "partners", page="13")
    assert "Not known yet ¶" in show("five-at-odds", page="13")


def test_a_map_is_told_in_words_and_not_in_short_names() -> None:
    """Beside the reading of a call stand the names of what leads to what, not the program's."""
    told = show("space-to-connect", page="13")
    assert "spaces; connection" not in told
    assert "¶ use of community spaces ¶" in told


@pytest.mark.parametrize(
    ("budget", "told"), [(90000, "The budget less 15%"), ({"up_to": 90000}, "The most the budget may be, less 15%")]
)
def test_a_sum_that_is_a_ceiling_is_reckoned_as_the_most(budget: object, told: str) -> None:
    """Where the budget is up to a sum, what is left to split is of that."""
    cells = {f"resources.{grid}": {row: {"low": 1, "likely": 2, "high": 3} for row in ("funder", "grantees", "people")}
             for grid in ("use_report", "use_support", "use_spend")}  # fmt: skip
    answers = cells | {"resources.sure": 2, "resources.vary": 2}
    answers["resources.use_support"] = {
        row: {"low": 4, "likely": 5, "high": 6} for row in ("funder", "grantees", "people")
    }
    voices = [make_voice(f"Role {n}", answers) for n in (0, 1)]
    assert told in show(make_engagement(*voices, facts=make_facts(budget=budget)), page="13")


def test_a_point_on_which_people_are_far_apart_is_not_counted_as_known() -> None:
    """Verdict and headline of one page count alike: one point settled, two disputed."""
    assert "Too early to say: of 10 points, one known and two disputed." in show("nothing-agreed", page="10")
    voices = [make_voice(f"Role {n}", rate(3)) for n in (0, 1)]
    assert "Too early to say: 3 of 10 points are known." in show(make_engagement(*voices), page="10")


def test_work_that_has_begun_is_told_nothing_to_do_before_it_begins() -> None:
    """On a day after the start there are no bids to come, no contract to sign, and no day in the past to be done by."""
    voices = [make_voice(f"Role {n}", rate(10)) for n in (0, 1)]
    coming, begun = (
        show(make_engagement(*voices, facts=make_facts(start="2027-01-11", as_of=day)), page="10")
        for day in ("2026-11-15", "2027-11-15")
    )
    for told in ("Before you ask for bids", "before work starts on 11 January 2027", "By whoever signs the contract"):
        assert told in coming
        assert told not in begun
    assert "Now, with the partner" in begun
