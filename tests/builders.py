"""Small engagements for tests, made of models and of files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbook.model.answers import Agreed, AgreedAnswer, Answer, Consent, Edition, Voice
from workbook.model.chapters import list_questions
from workbook.model.editions import redact
from workbook.model.engagement import Engagement, Facts

AUDIENCES = (
    {"id": "funder", "name": "The funder", "group": "funders"},
    {"id": "grantees", "name": "Grantees", "group": "delivery"},
    {"id": "people", "name": "People who benefit", "group": "people"},
)


def make_facts(**changes: Any) -> Facts:
    """Return the facts of a small commission, with `changes` on top."""
    facts: dict[str, Any] = {
        "title": "A commission",
        "commissioner": "A funder",
        "audiences": AUDIENCES,
        "budget": 100_000.0,
        "currency": "GBP",
    }
    return Facts.model_validate({**facts, **changes})


def make_voice(role: str, answers: Mapping[str, Any], /, *, consent: str = "role", **changes: Any) -> Voice:
    """Return a voice; an answer may be a value, or a mapping with a value and what goes beside it."""
    wrapped = {
        question: Answer.model_validate(answer if isinstance(answer, dict) and "value" in answer else {"value": answer})
        for question, answer in answers.items()
    }
    return Voice.model_validate(
        {"id": role.lower().replace(" ", "-"), "role": role, "consent": Consent(consent), "answers": wrapped, **changes}
    )


def make_engagement(
    *voices: Voice, agreed: Mapping[str, Any] | None = None, edition: str = "private", facts: Facts | None = None
) -> Engagement:
    """Return a whole engagement; it is not redacted, whatever its edition says. Who answers on a call has read it."""
    if facts and facts.is_call:
        voices = tuple(voice.model_copy(update={"reads_call": True}) for voice in voices)
    settled = {question: AgreedAnswer(value=value) for question, value in (agreed or {}).items()}
    return Engagement(
        slug="a-commission",
        edition=Edition(edition),
        facts=facts or make_facts(),
        voices=voices,
        agreed=Agreed(answers=settled),
        heard=sum(voice.has_answered for voice in voices),
        lone_voice=sum(voice.has_answered for voice in voices) == 1,
    )


def redact_for(engagement: Engagement, edition: str) -> Engagement:
    """Return the engagement as an edition may show it."""
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    return redact(engagement, Edition(edition), words=words)


def change_cell(
    answers: Mapping[str, Any], question: str, *, row: str = "", column: str = "", to: Any
) -> dict[str, Any]:
    """Return the answers with one cell of a matrix, or one whole answer, changed."""
    if not row:
        return {**answers, question: to}
    return {**answers, question: {**answers[question], row: {**answers[question].get(row, {}), column: to}}}


def write_engagement(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files of an engagement, named from its folder, and return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


SMALLEST = "schema: 1\ntitle: A commission\ncommissioner: A funder\n"
