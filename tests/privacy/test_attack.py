"""A reader of all editions and dates who knows everybody ties nobody to an answer beyond that person's own consent."""

from __future__ import annotations

import os

import pytest

from builders import make_voice
from privacy.attack import attack, list_true, measure
from privacy.histories import EDITIONS, State, make_history
from privacy.random_engagements import KINDS, make_engagement
from workbook.model.answers import Edition, Pool, Voice
from workbook.model.editions import redact
from workbook.model.engagement import Engagement

ATTACKED = int(os.environ.get("WORKBOOK_PRIVACY_ATTACKS", "150"))
SCALE = "framing.purpose.seed"


def test_nobody_is_found_out() -> None:
    """Of people who are split, withdrew, came later or are alone: none; and there are some to find."""
    steps, caught, at_risk = measure(ATTACKED, recorded=True)
    assert (dict(steps), caught) == ({}, 0)
    assert at_risk > ATTACKED


def test_the_attack_finds_people_where_nothing_is_recorded() -> None:
    """The same reader succeeds as soon as pages go out that are not held to those before."""
    steps, caught, _ = measure(40, recorded=False)
    assert steps["subtracted"] > 0
    assert caught > 0


def _state(*voices: Voice, shown: Engagement | None = None) -> State:
    whole = make_engagement(voices)
    pages = {edition: shown or redact(whole, edition, words=KINDS) for edition in EDITIONS}
    return State(whole, pages)


def test_the_attack_reads_a_total_that_is_all_alike() -> None:
    """Five who gave the same are found out where the total is shown, and are not where it is held back."""
    voices = [make_voice(f"R {number}", {SCALE: 2}, consent="aggregate", name=f"N {number}") for number in range(5)]
    assert not list_true([_state(*voices)], attack([_state(*voices)]))
    shown = redact(make_engagement(tuple(voices)), Edition.PUBLIC, words=KINDS)
    leaky = shown.model_copy(update={"pools": {SCALE: Pool(values=(2,) * 5)}})
    assert len(list_true([_state(*voices, shown=leaky)], attack([_state(*voices, shown=leaky)]))) == 5


def test_the_attack_joins_two_halves() -> None:
    """A name without a role and a role without a name are put together where both stand on a page."""
    asked = {SCALE: {"value": 1, "consent": "named"}, "framing.purpose.soil": {"value": 3, "consent": "role"}}
    one = make_voice("Trustee", asked, name="A Name")
    other = make_voice("Trustee", {SCALE: 2, "framing.purpose.soil": 2}, id="other", consent="none", name="B Name")
    safe = _state(one, other)
    assert not list_true([safe], attack([safe]))
    half = make_voice("A Name", {SCALE: 1}, id="voice-1", consent="named")
    rest = make_voice("Trustee", {"framing.purpose.soil": 3}, id="voice-2")
    leaky = _state(one, other, shown=make_engagement((half, rest)))
    assert [(claim.step, claim.value) for claim in list_true([leaky], attack([leaky]))] == [("halves", "3")]


@pytest.mark.parametrize("seed", range(3))
def test_a_history_is_the_same_each_time(seed: int) -> None:
    """What was found can be found again."""
    assert make_history(seed) == make_history(seed)
