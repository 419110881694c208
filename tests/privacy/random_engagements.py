"""Random engagements of people whose consents, roles and answers are mixed, made quickly and from a seed."""

from __future__ import annotations

import math
from random import Random
from typing import Any

from workbook.model.answers import Agreed, AgreedAnswer, Answer, Consent, Edition, Voice
from workbook.model.base import UNSURE
from workbook.model.chapters import list_questions
from workbook.model.engagement import Engagement, Facts
from workbook.model.questions import ChoiceQuestion, GridQuestion, PointsQuestion, Question, ScaleQuestion, TextQuestion

ROLES = ("Grantee", "Trustee", "Officer", "Neighbour")
AUDIENCES = [
    {"id": "a", "name": "A", "group": "people"},
    {"id": "b", "name": "B", "group": "delivery"},
    {"id": "c", "name": "C", "group": "sector"},
]
FACTS = Facts.model_validate({"title": "T", "commissioner": "C", "currency": "GBP", "audiences": AUDIENCES})
QUESTIONS = list_questions(FACTS)
KINDS = {name: question.is_words for name, question in QUESTIONS.items()}


def _choose_questions() -> tuple[str, ...]:
    """Take two questions of each kind: each kind has a rule of its own."""
    kinds: dict[tuple[str, bool], list[str]] = {}
    for name, question in QUESTIONS.items():
        kinds.setdefault((question.kind, question.is_words), []).append(name)
    return tuple(name for names in kinds.values() for name in names[:2])


ASKED = _choose_questions()


def make_value(question: Question, random: Random) -> Any:
    """Return a valid answer as it is kept; answers are often alike."""
    if random.random() < 0.1:
        return UNSURE
    return question.read_value(_make_known(question, random))


def _make_known(question: Any, random: Random) -> Any:
    if isinstance(question, TextQuestion):
        return f"words {random.randrange(6)}"
    if isinstance(question, ScaleQuestion):
        return random.choice([0, 1, 1, 2])
    if isinstance(question, ChoiceQuestion):
        ids = [option.id for option in question.options]
        return random.choice(ids[:2]) if question.kind == "choice" else random.sample(ids, min(2, len(ids)))
    if isinstance(question, PointsQuestion):
        return _share_out([option.id for option in question.options], random)
    if isinstance(question, GridQuestion):
        rows = [_make_row(question, random) for _ in question.rows or range(2)]
        return rows if question.kind == "table" else dict(zip([one.id for one in question.rows], rows, strict=True))
    if question.kind == "date":
        return f"2026-0{random.randint(1, 3)}-01"
    return math.ceil(question.minimum) + random.randrange(3)


def _share_out(options: list[str], random: Random) -> dict[str, int]:
    cuts = sorted(random.choice(range(0, 101, 10)) for _ in options[1:])
    shares = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    return dict(zip(options, shares, strict=True))


def _make_row(question: GridQuestion, random: Random) -> dict[str, Any]:
    row = {cell.id: _make_known(cell, random) for cell in question.cells}
    if question.ordered:
        row = dict(zip(row, sorted(row.values()), strict=True))
    return row


def make_answer(name: str, random: Random, *, consent: Consent | None = None) -> Answer:
    """Return an answer with words beside it now and then."""
    note = f"note {random.randrange(6)}" if random.random() < 0.4 else None
    return Answer(value=make_value(QUESTIONS[name], random), note=note, consent=consent)


def make_voice(number: int, random: Random, asked: tuple[str, ...]) -> Voice:
    """Return a person who answers most of what is asked; one in three has consents of several kinds."""
    levels = [Consent.NAMED, Consent.ROLE, Consent.UNNAMED, Consent.UNNAMED, Consent.AGGREGATE, Consent.NONE]
    usual, is_split = random.choice(levels), random.random() < 0.35
    answers = {
        name: make_answer(name, random, consent=random.choice(levels) if is_split and random.random() < 0.5 else None)
        for name in asked
        if random.random() < 0.9
    }
    return Voice(
        id=f"person-{number}",
        role=random.choice(ROLES),
        name=f"Name {number}",
        organisation=random.choice([None, "House"]),
        consent=usual,
        respondent=f"respondent{number}",
        answers=answers,
    )


def make_engagement(voices: tuple[Voice, ...], agreed: Agreed | None = None) -> Engagement:
    """Return an engagement as the private edition holds it."""
    answered = sum(voice.has_answered for voice in voices)
    return Engagement(
        slug="any",
        edition=Edition.PRIVATE,
        facts=FACTS,
        voices=voices,
        agreed=agreed or Agreed(),
        heard=answered,
        lone_voice=answered == 1,
    )


def make_random(seed: int) -> Engagement:
    """Return the engagement of a seed: 1 to 16 people, 6 questions, some answers agreed."""
    random = Random(seed)
    asked = tuple(random.sample(ASKED, 6))
    voices = tuple(make_voice(number, random, asked) for number in range(random.randint(1, 16)))
    agreed = {
        name: AgreedAnswer(value=make_value(QUESTIONS[name], random), edition=random.choice([None, *Edition]))
        for name in asked[:3]
    }
    return make_engagement(voices, Agreed(answers=agreed))
