"""What people wrote, on the page: words that are not to be shared are marked, in the private edition only."""

from __future__ import annotations

import pytest

from builders import make_engagement, make_facts, make_voice
from workbook.model.answers import Edition
from workbook.model.chapters import list_questions
from workbook.model.editions import redact
from workbook.model.engagement import Engagement
from workbook.views import remarks

QUESTION = "framing.switching_why"
LEAD = "This page also holds words that are not to be shared"


def _show(engagement: Engagement, edition: str = "private") -> str:
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    return repr(remarks.summarise(remarks.read_remarks(redact(engagement, Edition(edition), words=words))))


def _make(first: str, second: str) -> Engagement:
    voices = (("Trustee", "Said openly", first), ("Officer", "Said in confidence", second))
    return make_engagement(*[make_voice(role, {QUESTION: text}, consent=consent) for role, text, consent in voices])


def test_words_not_to_be_shared_are_marked_in_the_private_edition() -> None:
    """Each by itself; the lead says so, and nothing claims that all agreed to share."""
    text = _show(_make("role", "none"))
    assert LEAD in text
    assert "Officer (not to be shared): Said in confidence" in text
    assert "Trustee: Said openly" in text
    assert "as far as each agreed" not in text


def test_where_all_may_be_shared_nothing_is_marked() -> None:
    """The page then says that it holds what each agreed to share."""
    text = _show(_make("role", "named"))
    assert "not to be shared" not in text
    assert "as far as each agreed to share it" in text


def test_the_consent_of_an_answer_goes_before_that_of_its_voice() -> None:
    """A voice that shares all may keep one answer back."""
    kept = {"value": "Said in confidence", "consent": "none"}
    assert "Trustee (not to be shared): Said in confidence" in _show(
        make_engagement(make_voice("Trustee", {QUESTION: kept}))
    )


def test_private_notes_are_marked_too() -> None:
    """Those on the commission stand under a heading of their own."""
    text = _show(make_engagement(facts=make_facts(private="The chair will leave")))
    assert LEAD in text
    assert "(not to be shared): The chair will leave" in text


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_a_shared_edition_says_nothing_of_words_not_to_be_shared(edition: str) -> None:
    """Not even that there are some."""
    with_some, without = _make("role", "none"), _make("role", "none")
    alone = without.model_copy(update={"voices": without.voices[:1]})
    assert "not to be shared" not in _show(with_some, edition)
    assert _show(with_some, edition) == _show(alone, edition)
