"""Sentences mended when three further engagements were read, inputs beside the page; each changes with an answer."""

from __future__ import annotations

import re
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from truth.made_pages import load_fixture, make_pages, read_text, thin
from workbook.model.answers import Voice
from workbook.model.chapters import load_chapter
from workbook.model.engagement import Engagement

FACETS = [facet.id for facet in load_chapter("framing").facets]
GROUND = {"safety.ground": {"grantees": {"hangs": "partly", "comfort": 0}}}


def show(engagement: Engagement | str, page: str = "", edition: str = "private") -> str:
    """Return the words of the pages whose names hold `page`."""
    whole = load_fixture(engagement) if isinstance(engagement, str) else engagement
    return read_text(" ".join(make_pages(thin(whole, edition), (page,)).values()))


def say(*answers: dict[str, Any], agreed: dict[str, Any] | None = None, **facts: Any) -> Engagement:
    """Return an engagement with a voice for each set of answers."""
    voices: list[Voice] = [make_voice(f"Role {n}", one) for n, one in enumerate(answers)]
    return make_engagement(*voices, agreed=agreed, facts=make_facts(**facts))


OTHER = {"safety.ground": {"people": {"comfort": "unsure"}}, "safety.protections": {"grantees": {"time_paid": "yes"}}}


def test_what_one_of_several_says_of_an_audience_is_told_as_one_voices() -> None:
    """Two answer the chapter and one of them on this audience: headline and sentence say so; a second makes it flat."""
    alone, both = show(say(GROUND, OTHER), "13"), show(say(GROUND, GROUND), "13")
    assert "By one voice, grantees can hardly afford to be open" in alone
    assert "One voice says that a funding decision hangs, at least in part, on the findings about grantees" in alone
    assert "¶ Grantees can hardly afford to be open" in both
    assert "A funding decision hangs, at least in part, on the findings about grantees, so good news pays" in both
    assert "by one voice, a funding decision hangs, at least in part" in show(say(GROUND, OTHER), "14").lower()


def test_a_decision_from_which_learning_is_kept_apart_pays_nobody() -> None:
    """That learning is kept apart from grant decisions is said beside the decision; without it good news pays."""
    apart = {"safety.protections": {"grantees": {"apart": "yes"}}}
    kept, open_ = (show(say({**GROUND, **more}, {**GROUND, **more}), "13") for more in (apart, {}))
    assert "the findings about grantees; learning is said to be kept apart from it" in kept
    assert "so good news pays" not in kept
    assert "so good news pays" in open_


def test_the_draft_marks_what_one_voice_alone_says() -> None:
    """Where one says it, the draft says so; where two say it, that it is by the answers."""
    given = {
        "discovery.rescope": "limits",
        "learning_modes.with": {"grantees": {"mode": 4}},
        "permission.standing": {"grantees": {"step": "asked"}},
        "framing.switching": ["purpose"],
    }
    one, two = show(say(given), "14"), show(say(given, given), "14")
    for told, more in (
        ("within limits (one voice says so; not agreed)", "within limits (by the answers; not agreed)"),
        ("found by the people themselves (one voice says so", "found by the people themselves (the middle of"),
        ("waiting for an answer (one voice says so", "waiting for an answer (from the answers"),
        ("made on purpose (one voice says so; not agreed)", "made on purpose (by the answers; not agreed)"),
        (
            "From one voice only, not agreed: whether the scope may change",
            "From voices, not agreed by the group: whether",
        ),
    ):
        assert told in one
        assert told not in two
        assert more in two


def test_the_field_is_headed_as_one_voice_sees_it() -> None:
    """The commissioner's one voice makes a verdict as you see it, over the field too; two voices make it flat."""
    rated = {f"framing.{one}.{side}": 4 * (side == "seed") for one in FACETS for side in ("seed", "soil")}
    assert "As you see it: the ground is ready on 10 of 10 points known" in show(say(rated), "10")
    assert "¶ The ground is ready on 10 of 10 points known" in show(say(rated, rated), "10")


@pytest.mark.parametrize(("count", "told"), [(1, "1 of 9 has answered"), (2, "2 of 9 have answered")])
def test_one_of_many_has_answered(count: int, told: str) -> None:
    """The verb goes with the one."""
    invited = [{"role": f"Role {n}", "count": size, "group": "funders"} for n, size in enumerate((8, 1))]
    text = show(say(*[{"discovery.aims": 2}] * count, invited=invited), "13")
    assert told in text


@pytest.mark.parametrize(
    ("start", "told"), [("by June 2027", "months starting by June 2027"), ("2027-06", "months from June 2027")]
)
def test_a_loose_start_is_put_into_the_line_of_facts(start: str, told: str) -> None:
    """No "from by June"."""
    assert told in show(say(start=start, end="2028-06"), "10")


def test_a_length_in_words_is_told_as_typed() -> None:
    """Up to three years is no 36 months; two days give a number of months."""
    text = show(say({"discovery.aims": 2, "discovery.power": 2}, length="up to three years, reviewed each year"))
    assert "36 months" not in text
    assert "up to three years, reviewed each year (from the facts)" in text
    assert "up to three years, reviewed each year" in text.split("What this rests on")[0]
    assert "36 months" in show(say({"discovery.aims": 2}, start="2027-01-01", end="2029-12-31"))


@pytest.mark.parametrize(("count", "told"), [(2, "Both practices rated"), (3, "All three practices rated")])
def test_two_are_both(count: int, told: str) -> None:
    """No "all two"."""
    practices = [one.id for one in load_chapter("practices").facets][:count]
    given = {f"practices.{one}.{side}": 3 * (side == "wanted") for one in practices for side in ("today", "wanted")}
    assert told in show(say(given), "10")


@pytest.mark.parametrize(("late", "told"), [("unsure", False), (0, True)])
def test_no_phase_of_which_a_role_is_unknown_is_judged(late: object, told: bool) -> None:
    """With every role of every phase known a page may judge them all; with one unknown, only those it knows."""
    even = dict.fromkeys(("mirror", "mentor", "midwife"), 2)
    roles = dict.fromkeys(("discovery", "early", "middle"), even) | {
        "late": {"mirror": 1, "mentor": 3, "midwife": late}
    }
    text = show(say({"learning_modes.roles": roles, "learning_modes.with": {"grantees": {"mode": 1}}}), "13")
    assert ("In no phase does the mirror lead alone, so little of this" in text) is told
    assert ("In no phase of which all three roles are known" in text) is not told


def test_a_hard_choice_is_not_lost_behind_level_points() -> None:
    """Points that say nothing of who comes first leave the answers on a hard choice to say it."""
    level = {"audiences.points": {"funder": 34, "grantees": 33, "people": 33}}
    ranked = {**level, "audiences.order": {"people": {"rank": 1}, "funder": {"rank": 2}}}
    assert "the answers on a hard choice put people who benefit first" in show(say(ranked, ranked), "13")
    assert "hard choice put" not in show(say(level, level), "13")


def test_more_and_less_agree_with_what_they_are_more_of() -> None:
    """A plural, and a name that begins with an article, stand behind "the more" and "would more"."""
    answers = {
        "system_map.factors": [{"id": "bus", "label": "the winter bus"}, {"id": "visits", "label": "visits"}],
        "system_map.links": [{"from": "visits", "to": "bus", "sign": "more", "certainty": "guessed"}],
    }
    text = show(say(answers), "13")
    assert "The more visits, the more winter bus (guessed)" in text
    assert "would more visits really bring more winter bus?" in text
    assert not re.search(r"more visits brings|more the winter", text)


@pytest.mark.parametrize(("name", "told"), [("the Roses", "¶ The Roses: not asked."), ("iHelp", "¶ iHelp: not asked.")])
def test_what_is_missing_begins_with_a_capital(name: str, told: str) -> None:
    """A line that begins with an audience's name begins as a sentence does; a brand stays as it is written."""
    audiences = [{"id": "roses", "name": name, "group": "people"}]
    assert told in show(say({"permission.standing": {"roses": {"step": "not_asked"}}}, audiences=audiences), "13")


@pytest.mark.parametrize(("pairs", "told"), [(6, "One more stands in the report."), (7, "2 more stand in the report.")])
def test_one_more_stands(pairs: int, told: str) -> None:
    """The verb goes with the one."""
    ends = [{f"framing.{one}.seed": end for one in FACETS[:pairs]} for end in (0, 4)]
    assert told in show(say(*ends), "10")


def test_a_draft_from_a_call_says_who_is_heard() -> None:
    """The draft of a call that people answered does not speak of the desk reading alone; that of one read does."""
    mixed, read = show("closed-with-answers", "14"), show("read-from-outside", "14")
    assert "Nobody has rated its text" not in mixed
    assert "from a published call and from what people concerned answered" in mixed
    assert "The organisation has neither written nor seen it." in read


def test_what_a_reader_left_unanswered_is_not_called_silent_in_the_text() -> None:
    """The text does not say what its reader looked for in vain; what the reader left out, only the reading does not."""
    chapter = load_chapter("learning_modes")
    looked = {question.id: "unsure" for question in chapter.questions}
    told = [
        show(make_engagement(make_voice("Desk reading", given), facts=make_facts(kind="public-call")), "13")
        for given in (looked, {"framing.purpose.seed": 3})
    ]
    assert "The text does not say who finds the learning" in told[0]
    assert "The reading does not say who finds the learning" in told[1]
    assert "The text does not say who finds the learning" not in told[1]


PROMISES = [{"id": "form", "what": "Halve the form", "who": "The director", "to": ["grantees"]}]


def come_back(*received: str, made: str = "kept", targets: dict[str, Any] | None = None) -> Engagement:
    """Return a second round in which some say of the one promise how it went."""
    last = say({"framing.change.soil": 4})
    if targets:
        last = last.model_copy(update={"agreed": last.agreed.model_copy(update={"targets": targets})})
    heard = [{"rounds.received": {"form": {"kept": one}}, "framing.change.soil": 4} for one in received]
    now = say({"rounds.made": {"form": {"kept": made}}, "framing.change.soil": 4}, *heard, promises=PROMISES)
    return now.model_copy(update={"last": last})


def test_a_promise_that_some_say_was_tried_is_not_called_untried() -> None:
    """Disputed is neither kept nor untried, and what only those who made it claim leaves something outstanding."""
    disputed, untried = (show(come_back("not", made=made)) for made in ("kept", "not"))
    assert "of one some say so" in disputed
    assert "No promise is known to have been tried" not in disputed
    assert "what some say was done stands below" in disputed
    assert "No promise is known to have been tried" in untried
    claimed = show(come_back())
    assert "Nothing is outstanding" not in claimed
    assert "the one promise is not known to have been kept, 1 kept as those who made them say" in claimed


def test_the_log_tells_of_a_chapter_on_which_all_differ() -> None:
    """Ten points on which people are far apart are known to be that; with nobody to differ there is no line."""
    ends = [{f"framing.{one}.{side}": end for one in FACETS for side in ("seed", "soil")} for end in (0, 4)]
    assert "Framing: No verdict yet: voices are far apart on 10 of 10 facets" in show(say(*ends), "16")
    assert "Framing:" not in show(say({"discovery.aims": 2}), "16")


@pytest.mark.parametrize(
    ("by", "told"),
    [
        (("2029-01-01", "2029-02-01"), "Both learning questions could go"),
        ((None, None), "Neither learning question has"),
    ],
)
def test_two_questions_are_both_or_neither(by: tuple[str | None, ...], told: str) -> None:
    """No "two of two", and no "none of the two"."""
    asked = [
        {"question": f"What {n}?", "decision": "That", "decided_by": "The board", "by": day} for n, day in enumerate(by)
    ]
    points = {"audiences.points": {"funder": 20, "grantees": 60, "people": 20}}
    assert told in show(say(points, learning_questions=asked, start="2027-01-01", end="2029-12-31"), "13")


def test_no_claim_that_nobody_is_heard_of_a_call_that_people_answered() -> None:
    """The log's band, as every page's, says whether people concerned have answered."""
    assert "answered by people concerned" in show("closed-with-answers", "16")
    assert "Ratings are our reading" in show("read-from-outside", "16")


def test_the_log_of_a_call_tells_nobody_to_promise() -> None:
    """Nobody concerned has been asked of a call read from outside; one answer of theirs and there is a log to keep."""
    read, mixed = show("read-from-outside", "16"), show("closed-with-answers", "16")
    for told in ("Agree on who promises what", "read it aloud when you meet", "This is the first round"):
        assert told not in read
        assert told in mixed
    assert "Nobody concerned has been asked." in read


@pytest.mark.parametrize("edition", ["private", "public"])
def test_what_a_shared_page_does_not_show_is_not_called_unknown_or_unsaid(edition: str) -> None:
    """Of two answers that may not be shown, one page says what is not known and the other what is not shown."""
    text, shared = show("two-answers", edition=edition), edition == "public"
    assert ("10 Not shown here" in text) is shared
    assert ("10 Not known yet" in text) is not shared
    assert ("This edition shows nothing of what was heard." in text) is shared
    for told in ("Nobody has answered yet.", "Nothing is promised yet", "Ask each side of the commission to share out"):
        assert told not in text or not shared
    assert ("Ask the commissioner whose learning it is." in text) is shared


def test_a_chapter_of_which_something_was_said_is_not_called_unanswered() -> None:
    """One protection that one voice names is too little to know, and is an answer; without it there is none."""
    said, silent = show("two-answers", "13"), show(say({"discovery.aims": 2}), "13")
    assert "What being open would cost is not known yet" in said
    assert "What being open would cost has not been answered yet" in silent
