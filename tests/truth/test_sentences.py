"""Sentences that said more or other than the answers, each seen to change with one answer or one fact."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from truth.made_pages import load_fixture, make_pages, read_text, thin
from workbook.model.chapters import list_chapters, load_chapter
from workbook.model.engagement import Engagement
from workbook.storage import load_engagement

FACETS = [facet.id for facet in load_chapter("framing").facets]


def show(engagement: Engagement, edition: str = "private", page: str = "") -> str:
    """Return the words of every page of an edition, or of those whose name holds `page`."""
    made = make_pages(thin(engagement, edition))
    return read_text(" ".join(html for name, html in made.items() if page in name))


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
    call = load_fixture(name) if name == "read-from-outside" else load_engagement(name)
    made = make_pages(thin(call, edition))
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
    assert "Voices are too far apart to place any of the 10 points" in show(load_fixture("five-at-odds"))
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
    told = show(load_fixture("five-at-odds"), page="13")
    assert "Voices are far apart on 18 of 18 practices" in told.split("Not known yet")[0]
    unread = show(load_fixture("five-at-odds"), page="10").split("Too little is known yet of: ")[1]
    assert "practices" not in unread.split(".")[0]


@pytest.mark.parametrize(("edition", "asked"), [("partners", True), ("private", False)])
def test_a_shared_page_does_not_ask_again_for_what_was_answered(edition: str, asked: bool) -> None:
    """What is held back has been said: the reader is sent to the commissioner, and nobody is told to say it."""
    told = show(load_fixture("five-at-odds"), edition, page="10")
    assert ("Ask the commissioner what is hoped for." in told) is asked
    assert ("Say what is hoped for" in told) is False
    assert ("How much of the learning belongs to those who pay is held back in this edition." in told) is asked


def test_whether_voices_differ_is_not_said_where_none_can_be_compared() -> None:
    """Two people who answer other questions neither agree nor differ; one question that both answer changes that."""
    told = show(load_fixture("two-answers"), page="13")
    assert "Nothing can be said yet about who disagrees" in told
    assert "No two voices are known to lie far apart" not in told
    both = make_engagement(*[make_voice(f"Role {n}", {"framing.purpose.seed": 3}) for n in (1, 2)])
    assert "No two voices are known to lie far apart" in show(both, page="13")


def test_points_that_people_gave_are_told_as_numbers_without_quotation_marks() -> None:
    """Nobody wrote "well below 60 points"; who gave 6 and who gave 83 is told as such."""
    told = show(load_fixture("five-at-odds"))
    assert "Finance lead: 6 points; River warden: 83 points" in told
    assert "“well below" not in told


def test_shares_of_the_money_are_not_called_no_figures() -> None:
    """Two voices shared out the money; what nobody has said is what data costs and how many would act."""
    told = show(load_fixture("five-at-odds"))
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
