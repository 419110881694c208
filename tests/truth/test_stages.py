"""How far a commission has got on the day its facts hold: nothing is asked of anybody that is past."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from canaries import make_answer
from truth.made_pages import load_fixture, make_pages, read_text, thin
from workbook.model.chapters import list_chapters, list_questions, load_chapter, load_chapter_of
from workbook.model.engagement import Engagement
from workbook.views.learning_modes import read_learning_modes, write_follows
from workbook.views.report.parts import CHAPTERS

FACETS = [facet.id for facet in load_chapter("framing").facets]
DAYS = {
    "open": {"deadline": "2026-03-01", "start": "2026-09-01", "as_of": "2026-02-01"},
    "late": {"deadline": "2026-03-01", "start": "2026-09-01", "as_of": "2026-05-01"},
    "begun": {"deadline": "2026-03-01", "start": "2026-09-01", "as_of": "2027-05-01"},
}
TOO_LATE = (
    r"[Bb]efore you (?:ask for bids|commission|sign)|\b[Bb]idders?\b|Commission an?\b|before the brief|you choose"
)
BEGUN = (
    rf"{TOO_LATE}|those who bid|among the bids|the contract is signed|signs the contract|work starts on|first findings"
)
PAGES = ("10_summary", "13_report")


def rate(seed: int, soil: int, count: int = 10) -> dict[str, Any]:
    """Return ratings of so many points of framing."""
    return {
        f"framing.{one}.{side}": value for one in FACETS[:count] for side, value in (("seed", seed), ("soil", soil))
    }


def ask(answers: dict[str, Any], stage: str, kind: str = "own") -> Engagement:
    """Return an engagement of two people who answer alike; of a call, with a reading beside them."""
    people = [make_voice(f"Role {n}", answers) for n in (0, 1)]
    made = make_engagement(*people, facts=make_facts(kind=kind, sentence="a partner", **DAYS[stage]))
    if kind == "own":
        return made
    read = make_voice("Desk reading", {"framing.purpose.seed": 3}, reads_call=True)
    return made.model_copy(update={"voices": (*people, read), "heard": 3})


def show(engagement: Engagement, *pages: str, edition: str = "private") -> str:
    """Return the words of some pages."""
    return read_text(" ".join(make_pages(thin(engagement, edition), pages or ("",)).values()))


PATTERNS = {
    "learning": rate(4, 0),
    "tension": rate(4, 4),
    "evaluation": rate(0, 4),
    "bare": rate(0, 0),
    "split": rate(4, 0) | rate(0, 4, 5),
    "unowned": {f"practices.{one.id}.{side}": 4 * (side == "wanted") for one in load_chapter("practices").facets
                for side in ("today", "wanted")},
    "order": {"audiences.points": {"funder": 20, "grantees": 60, "people": 20},
              "learning_modes.with": {"funder": {"mode": 0}, "grantees": {"mode": 4}, "people": {"mode": 2}},
              "permission.standing": {"people": {"step": "not_asked"}, "grantees": {"step": "asked"}},
              "discovery.aims": 3, "discovery.power": 3, "discovery.clarity": 1, "discovery.understanding": 1,
              "discovery.before": "none", "discovery.partners": 3, "discovery.months": 12, "discovery.workstreams": 1,
              "safety.ground": {"people": {"hangs": "yes", "comfort": 0}}},
}  # fmt: skip


@pytest.mark.parametrize("kind", ["own", "public-call"])
@pytest.mark.parametrize("pattern", list(PATTERNS))
def test_nothing_is_asked_for_that_is_past(pattern: str, kind: str) -> None:
    """Open, a page may speak of bidders; once bids are in not; nor of a contract to come once work has begun."""
    opened, late, begun = (show(ask(PATTERNS[pattern], stage, kind), *PAGES) for stage in ("open", "late", "begun"))
    assert re.search(TOO_LATE, opened)
    assert re.findall(f".{{30}}(?:{TOO_LATE})", late) == []
    assert re.findall(f".{{30}}(?:{BEGUN})", begun) == []


@pytest.mark.parametrize(
    ("pattern", "opened", "later"),
    [
        ("learning", "Commission a learning partner.", "This is work for a learning partner."),
        ("tension", "Commission a learning partner, but not", "This is work for a learning partner, but not"),
        ("evaluation", "Commission an evaluation, and say", "This is work for an evaluation: say"),
        ("split", "Split it: an evaluation of", "This is two pieces of work: an evaluation of"),
    ],
)
def test_a_verdict_commissions_nothing_that_is_commissioned(pattern: str, opened: str, later: str) -> None:
    """Once bids are in, or the work has begun, the verdict says what the work is."""
    told = {stage: show(ask(PATTERNS[pattern], stage), "10_summary") for stage in DAYS}
    assert opened in told["open"]
    for stage in ("late", "begun"):
        assert later in told[stage]
        assert opened not in told[stage]


@pytest.mark.parametrize("edition", ["private", "partners", "public"])
def test_a_closed_call_that_people_answered_gives_no_order_as_if_open(edition: str) -> None:
    """The call read by one and answered by four: every page tells what is past as past, and keeps its banner."""
    pages = make_pages(thin(load_fixture("closed-with-answers"), edition))
    text = read_text(" ".join(pages.values()))
    assert re.findall(f".{{30}}(?:{TOO_LATE})", text) == []
    assert "Now that the call has closed" in text
    assert all("answered by people concerned" in read_text(html) for html in pages.values())
    assert "Ratings are our reading" not in text
    assert "neither written nor seen it" not in text


def test_a_call_whose_work_was_to_begin_has_closed() -> None:
    """Without a deadline the start tells it: a reading of a call is in the past from then on, and gives no order."""
    split = PATTERNS["split"]
    for as_of, told in (("2026-05-01", "Before a bid is written"), ("2027-05-01", "Before bids were written")):
        facts = make_facts(kind="public-call", start="2026-09-01", as_of=as_of)
        text = show(make_engagement(make_voice("Desk reading", split), facts=facts), "10_summary")
        assert told in text
        assert "On paper, this is two pieces of work" in text
        assert "after it closed" not in text


def test_who_commissions_is_told_by_how_far_it_is() -> None:
    """To come, begun, or somebody else's call that has closed."""
    told = {stage: show(ask({}, stage), "10_summary", "11_brief") for stage in DAYS}
    assert "A funder wants to commission a partner" in told["open"]
    assert "A funder wants to commission a partner" in told["late"]
    assert "A funder has commissioned a partner" in told["begun"]
    assert "wants to commission" not in told["begun"]
    assert "A funder wanted to commission a partner" in show(ask({}, "late", "public-call"), "10_summary")


def test_an_own_commission_whose_bids_are_in_still_has_its_dates_before_it() -> None:
    """The work is to run, the partner is asked; of somebody else's call that has closed both are past."""
    facts = {**DAYS["late"], "end": "2028-01-31", "asked_for": ["To ask"]}
    own, call = (show(make_engagement(facts=make_facts(kind=kind, **facts)), "11_brief", "14_draft")
                 for kind in ("own", "public-call"))  # fmt: skip
    assert "The work runs from 1 September 2026" in own
    assert "The work was to run" in call
    assert "Proposals were due: 1 March 2026" in own
    assert "Proposals were due: 1 March 2026" in call


@pytest.mark.parametrize("chapter", [one.id for one in list_chapters() if one.words_late])
def test_words_for_later_stand_in_for_words_there_are(chapter: str) -> None:
    """None is left without a place, and no sign of a choice is left in what is loaded."""

    def hold(words: dict[str, Any], later: dict[str, Any]) -> None:
        for key, one in later.items():
            assert type(words[key]) is type(one), key
            if isinstance(one, dict):
                hold(words[key], one)

    hold(load_chapter(chapter).words, load_chapter(chapter).words_late)
    for stage in ("late", "begun"):
        assert not re.search(r"\[[^\]]*\|", str(load_chapter_of(ask({}, stage), chapter).words))


def test_a_decision_whose_day_is_past_is_not_in_reach() -> None:
    """On a day after it, a learning question's decision is past; on one before, its date is in reach."""
    question = {"question": "What?", "decision": "That", "decided_by": "The board", "by": "2027-04-15"}
    told = {stage: show(ask({"audiences.points": {"funder": 20, "grantees": 60, "people": 20}}, stage).model_copy(
        update={"facts": make_facts(learning_questions=[question], **DAYS[stage])}), "13_report", "16_log")
        for stage in ("late", "begun")}  # fmt: skip
    assert "The one learning question could go to an evaluator as it stands." in told["late"]
    assert "lacks a decision, a decider or a date in reach" in told["begun"]
    assert "The day of the decision is past" in told["begun"]
    assert "15 April 2027, which is past" in told["begun"]
    assert "which is past" not in told["late"]


@cache
def answer_all() -> dict[str, Any]:
    """Return one answer to each question."""
    return {q.id: make_answer(q, "words", 3) for q in list_questions(make_facts()).values()}


@pytest.mark.parametrize("stage", ["late", "begun"])
def test_no_chapter_fails_at_a_later_stage(stage: str) -> None:
    """Every chapter can be told, whatever was answered."""
    text = show(ask(answer_all(), stage), *PAGES, "14_draft")
    assert len(CHAPTERS) == 9
    assert not re.search(r"\{[a-z_]+\}", text)
    assert write_follows(read_learning_modes(ask(PATTERNS["order"], stage))).startswith(
        {"late": "Look among the bids", "begun": "Ask the partner"}[stage]
    )
