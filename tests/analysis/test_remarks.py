"""What people wrote: which of it no shared edition shows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import make_engagement, make_voice
from workbook.analysis.remarks import RemarksReading, read_remarks
from workbook.model.answers import Agreed, AgreedAnswer, Consent, Edition
from workbook.model.chapters import list_questions
from workbook.model.editions import redact
from workbook.model.engagement import Engagement

RATING, WORDS = "framing.purpose.seed", "framing.switching_why"
CONSENTS = [*(consent.value for consent in Consent), None]


def show(engagement: Engagement, edition: str) -> RemarksReading:
    """Read the remarks of an engagement as one edition shows it."""
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    return read_remarks(redact(engagement, Edition(edition), words=words))


def list_texts(reading: RemarksReading, *, unshared: bool = False) -> set[str]:
    """Return the texts of all remarks, or of those marked."""
    groups = [group.unshared if unshared else group.remarks for group in reading.groups]
    return {remark.text for remarks in groups for remark in remarks}


def answer(number: int, consents: tuple[str | None, str | None]) -> dict[str, Any]:
    """Return a rating with note and private note, and an answer in words with evidence, each with words of its own."""
    rating = {"value": 3, "note": f"note {number}", "private": f"private {number}", "consent": consents[0]}
    return {RATING: rating, WORDS: {"value": f"words {number}", "evidence": f"basis {number}", "consent": consents[1]}}


@settings(deadline=None, max_examples=60)
@given(
    given_=st.lists(st.tuples(st.sampled_from(CONSENTS), st.sampled_from(CONSENTS)), max_size=7),
    voice=st.sampled_from([consent.value for consent in Consent]),
    agreed=st.sampled_from([None, *Edition]),
)
@example(given_=[("unnamed", "unnamed")] * 5, voice="none", agreed=None)
@example(given_=[("unnamed", "unnamed")] * 4, voice="none", agreed=None)
@example(given_=[("unnamed", "aggregate")] * 5, voice="none", agreed=Edition.PRIVATE)
def test_marked_is_what_no_shared_edition_shows(
    given_: list[tuple[str | None, str | None]], voice: str, agreed: Edition | None
) -> None:
    """Whatever people consented to, for an answer or for all of theirs, and whatever the group agreed to show."""
    voices = [make_voice(f"Role {n}", answer(n, consents), consent=voice) for n, consents in enumerate(given_)]
    engagement = make_engagement(*voices)
    if agreed:
        settled = AgreedAnswer(value="words agreed", note="note agreed", private="private agreed", edition=agreed)
        engagement = engagement.model_copy(update={"agreed": Agreed(answers={WORDS: settled})})
    private = show(engagement, "private")
    shown = list_texts(show(engagement, "partners")) | list_texts(show(engagement, "public"))
    assert list_texts(private, unshared=True) == list_texts(private) - shown


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_a_shared_edition_marks_nothing(edition: str) -> None:
    """A mark would tell of consent."""
    voices = [make_voice(f"Role {n}", answer(n, (consent, consent))) for n, consent in enumerate(CONSENTS * 3)]
    assert list_texts(show(make_engagement(*voices), edition), unshared=True) == set()
