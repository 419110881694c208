"""A public call read from outside: its reader's ratings are no answers of people, and are shown as what they are."""

from __future__ import annotations

import pytest

from builders import make_engagement, make_facts, make_voice, redact_for
from workbook.model.answers import Edition
from workbook.model.engagement import Engagement
from workbook.views.pieces.band import make_band

QUESTION = "framing.purpose.seed"


def read_call(*more: str) -> Engagement:
    """Return a call that one reader rated and, for each consent, somebody concerned answered too."""
    facts = make_facts(kind="public-call", deadline="2025-08-06", as_of="2026-11")
    reader = make_voice("Desk reading", {QUESTION: 3}, reads_call=True)
    people = [make_voice(f"Lead {n}", {QUESTION: 1}, consent=consent) for n, consent in enumerate(more)]
    whole = make_engagement(reader, *people, facts=make_facts())
    return whole.model_copy(update={"facts": facts})


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_a_reader_of_a_call_is_no_group_to_hide_in(edition: str) -> None:
    """One reading is shown in every edition; one person's answer beside it is still too few."""
    alone = redact_for(read_call(), edition)
    assert [one.value for one in alone.list_responses(QUESTION)] == [3]
    assert alone.is_read_from_outside
    mixed = redact_for(read_call("aggregate"), edition)
    assert [one.value for one in mixed.list_responses(QUESTION)] == [3]
    assert mixed.withheld == {QUESTION: "small_group"}
    assert not mixed.is_read_from_outside


def test_what_has_no_consent_is_no_answer_and_nothing_is_held_back() -> None:
    """Where no answer may count, a shared page does not speak of answers held back."""
    engagement = make_engagement(make_voice("Lead", {QUESTION: 1}, consent="none"))
    assert redact_for(engagement, "public").withheld == {}


def test_the_private_banner_stays_on_a_public_call_and_a_closed_call_says_so() -> None:
    """The band depends on the edition alone, and on the day up to which the facts hold."""
    band = str(make_band(read_call().facts, Edition.PRIVATE).html)
    assert "Private edition" in band
    assert "after it closed on" in band
