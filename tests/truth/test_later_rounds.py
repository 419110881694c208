"""The second year of a commission: nothing to come that is past, no middle of a dispute, no yes or answer hidden."""

from __future__ import annotations

from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from truth.made_pages import make_pages, read_text, thin
from workbook.analysis.permission import read_permission
from workbook.analysis.rounds import read_rounds
from workbook.analysis.safety import read_safety
from workbook.analysis.summary import read_summary
from workbook.model.answers import Agreed, AgreedAnswer, Edition
from workbook.model.engagement import Engagement
from workbook.views.permission import write_headline as write_permission
from workbook.views.report.parts import tell_protections
from workbook.views.rounds import summarise
from workbook.views.safety import write_headline as write_safety

ASKED = {f"discovery.{name}": 2 for name in ("aims", "power", "clarity", "understanding")} | {
    "discovery.rescope": "open"
}
SEED = "framing.purpose.seed"
NAMES = ("A", "B", "C", "D", "E")


@pytest.mark.parametrize(("as_of", "begun"), [("2026-12-01", False), ("2027-11-01", True)])
def test_discovery_is_no_time_to_come_once_the_work_has_begun(as_of: str, begun: bool) -> None:
    """The rule still says what it takes; that measuring would begin, or that time is to be left, is past."""
    answers = ASKED | {"discovery.before": "some"}
    facts = make_facts(start="2027-01-11", end="2028-12-01", as_of=as_of, sentence="a partner")
    engagement = make_engagement(make_voice("A", answers), make_voice("B", answers), facts=facts)
    text = read_text(" ".join(make_pages(engagement, ("10", "13")).values()))
    assert ("Measuring would begin after" in text) is not begun
    assert ("Leave time for discovery" in text) is not begun
    assert ("By the rule, measuring begins after" in text) is begun
    assert ("Ask what discovery left open" in text) is begun


def compare(then: tuple[int, ...], now: tuple[int, ...], **more: Any) -> str:
    """Return what a second round says, in which five people rate one hope again."""
    last, this = (
        make_engagement(*(make_voice(name, {SEED: step} | more) for name, step in zip(NAMES, steps, strict=True)))
        for steps in (then, now)
    )
    return read_text(str(summarise(read_rounds(this.model_copy(update={"last": last}))).html))


APART = (0, 0, 4, 4, 4)
MOVES = [
    ((1, 1, 1, 2, 2), (3, 3, 3, 4, 4), "in the middle “a little”, now “mostly”"),
    (APART, (3, 3, 3, 4, 4), "far apart then, in the middle “mostly” now"),
    ((3, 3, 3, 4, 4), APART, "in the middle “mostly” then, now far apart"),
    (APART, (0, 0, 0, 4, 4), "far apart then and now"),
]


@pytest.mark.parametrize(("then", "now", "told"), MOVES)
def test_what_moved_has_no_middle_where_people_lie_far_apart(
    then: tuple[int, ...], now: tuple[int, ...], told: str
) -> None:
    """A middle that is nobody's answer is not told as where they stood."""
    text = compare(then, now)
    assert told in text
    assert [other for *_, other in MOVES if other in text] == [told]


def test_a_middle_between_two_steps_is_quoted_by_its_steps() -> None:
    """That it lies between them is our own word, and stands outside the quotation marks."""
    pairs = zip(NAMES[:4], (1, 1, 1, 1), (2, 2, 3, 3), strict=True)
    voices = [(make_voice(name, {SEED: then}), make_voice(name, {SEED: now})) for name, then, now in pairs]
    last, this = make_engagement(*(one for one, _ in voices)), make_engagement(*(one for _, one in voices))
    text = read_text(str(summarise(read_rounds(this.model_copy(update={"last": last}))).html))
    assert "now between “to some extent” and “mostly”" in text


def test_a_hope_that_is_disputed_now_is_not_said_to_be_free() -> None:
    """It pulled against what people are held to; now voices lie too far apart to say."""
    soil = {"framing.purpose.soil": 4}
    assert "no longer pulls" not in compare((4, 4, 4, 4, 4), APART, **soil)
    assert "no longer pulls" in compare((4, 4, 4, 4, 4), (0, 0, 0, 1, 1), **soil)


@pytest.mark.parametrize(("as_of", "so_far"), [("2027-11-01", True), ("2030-01-01", False)])
def test_a_promise_that_runs_on_is_kept_so_far(as_of: str, so_far: bool) -> None:
    """Until its day it can only be kept so far."""
    promise = {"id": "days", "what": "Hold six days", "who": "The fund", "to": ["grantees"], "by": "2029-12-14"}
    answers = {"rounds.received": {"days": {"kept": "kept"}}}
    this = make_engagement(make_voice("A", answers), facts=make_facts(promises=[promise], as_of=as_of, follows="first"))
    text = read_text(str(summarise(read_rounds(this.model_copy(update={"last": make_engagement()}))).html))
    assert "Hold six days (The fund)" in text
    assert ("so far, for it runs to 14 December 2029" in text) is so_far


def agree(**answers: Any) -> Engagement:
    """Return the public edition of what a group agreed, beside the answers of one who shares none."""
    settled = {
        name.replace("__", "."): AgreedAnswer(value=value, edition=Edition.PUBLIC) for name, value in answers.items()
    }
    unsaid = {"permission.standing": {"grantees": {"step": "not_asked"}}, "safety.ground": {"people": {"comfort": 1}}}
    made = make_engagement(make_voice("A", unsaid, consent="aggregate"))
    return thin(made.model_copy(update={"agreed": Agreed(answers=settled)}), "public")


def test_a_yes_that_is_shown_is_not_called_none() -> None:
    """Whoever pays has agreed, and the page shows it: of the others it shows no yes."""
    reading = read_permission(agree(permission__standing={"funder": {"step": "limited", "active": "yes"}}))
    assert write_permission(reading) == "This edition shows no yes from any audience (funders aside)"


def test_what_is_held_back_is_named_and_no_more() -> None:
    """Agreed answers on safety stand below: what is held back is what being open would cost."""
    reading = read_safety(agree(safety__protections={"grantees": {"apart": "yes"}}))
    assert write_safety(reading) == "What being open would cost is held back in this edition"


@pytest.mark.parametrize(("kept", "told"), [("not", "paid time for grantees (not kept)"), ("kept", None)])
def test_a_protection_whose_promise_was_not_kept_is_not_left_as_in_place(kept: str, told: str | None) -> None:
    """The group settled it, so it counts; what those it was promised to say of it stands beside it."""
    promise = {"id": "safety-time-paid-grantees", "what": "A protection", "who": "The fund", "to": ["grantees"]}
    voice = make_voice("A", {"rounds.received": {promise["id"]: {"kept": kept}}})
    agreed = {"safety.protections": AgreedAnswer(value={"grantees": {"time_paid": "yes"}}, edition=Edition.PUBLIC)}
    made = make_engagement(voice, facts=make_facts(promises=[promise], follows="first"))
    found = tell_protections(read_summary(made.model_copy(update={"agreed": Agreed(answers=agreed)})))
    assert (told in found) if told else not found
