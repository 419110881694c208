"""Random engagements: any facts and any answers that the workbook's files may hold."""

from __future__ import annotations

import math
from datetime import date
from functools import partial
from typing import Any

from hypothesis import strategies as st

from workbook.model.answers import Agreed, AgreedAnswer, Answer, Consent, Edition, Voice
from workbook.model.base import UNSURE
from workbook.model.chapters import list_questions
from workbook.model.engagement import Engagement, Facts
from workbook.model.questions import ChoiceQuestion, GridQuestion, PointsQuestion, Question, ScaleQuestion, TextQuestion

# What a YAML file can hold and a person could type: no lone surrogates, no control codes but breaks of lines.
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n\t")
TEXTS = st.text(LETTERS, min_size=1, max_size=40).filter(
    lambda text: any(sign.isprintable() and sign != " " for sign in text)
)
WORDS = TEXTS | st.sampled_from(
    [
        "=HYPERLINK(1)",
        "+1",
        "-1",
        "@SUM(A1)",
        "2026-03-31",
        "no",
        "null",
        "1e3",
        "0x1",
        "# not a comment",
        "a: b",
        "' \"",
        " x ",
    ]
)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
MONEY = st.floats(0, 1e9, allow_nan=False).map(lambda number: round(number, 2))
AUDIENCES = [{"id": "a", "name": "A", "group": "people"}, {"id": "b", "name": "B", "group": "delivery"}]


def values(question: Question) -> st.SearchStrategy[Any]:
    """Return answers to a question, as they are kept."""
    return st.just(UNSURE) | _known(question).map(question.read_value)


def _known(question: Question) -> st.SearchStrategy[Any]:
    if isinstance(question, TextQuestion):
        return WORDS.filter(lambda text: bool(text.strip()))
    if isinstance(question, ScaleQuestion):
        return st.integers(0, len(question.steps) - 1)
    if isinstance(question, ChoiceQuestion):
        ids = st.sampled_from([option.id for option in question.options])
        return ids if question.kind == "choice" else st.lists(ids, unique=True)
    if isinstance(question, PointsQuestion):
        first = question.options[0].id
        return st.just({first: 100}) | st.just({option.id: 100 / len(question.options) for option in question.options})
    if isinstance(question, GridQuestion):
        row = st.fixed_dictionaries({cell.id: _known(cell) for cell in question.cells})
        if question.ordered:  # low, likely and high: numbers in rising order
            row = row.map(partial(_sort_numbers, [cell.id for cell in question.cells]))
        if question.kind == "table":
            return st.lists(row, max_size=3)
        return st.dictionaries(st.sampled_from([option.id for option in question.rows]), row | st.just(UNSURE))
    if question.kind == "date":
        return DAYS.map(str)
    return st.integers(math.ceil(question.minimum), int(min(question.maximum, 1e6)))


def _sort_numbers(names: list[str], row: dict[str, Any]) -> dict[str, Any]:
    """Put the numbers of a row in rising order; hypothesis gives its keys in any."""
    numbers = sorted(value for value in row.values() if value != UNSURE)
    return {name: UNSURE if row[name] == UNSURE else numbers.pop(0) for name in names}


@st.composite
def engagements(draw: st.DrawFn) -> Engagement:
    """Return an engagement as the private edition holds it."""
    facts = Facts.model_validate(
        {
            "title": draw(WORDS),
            "commissioner": draw(WORDS),
            "currency": "GBP",
            "sentence": draw(st.none() | WORDS),
            "budget": draw(st.none() | st.just(UNSURE) | MONEY),
            "start": draw(st.none() | st.just(UNSURE) | DAYS.map(str)),
            "commissioned_with": draw(st.lists(WORDS, max_size=3)),
            "audiences": AUDIENCES,
            "private": draw(st.none() | WORDS),
        }
    )
    questions = list_questions(facts)
    ids = st.lists(st.sampled_from(sorted(questions)), max_size=6, unique=True)

    def beside() -> dict[str, Any]:
        return {name: draw(st.none() | WORDS) for name in ("note", "evidence", "private")}

    voices = tuple(
        Voice(
            id=f"voice-{number}",
            role=draw(WORDS),
            name=draw(st.none() | WORDS),
            consent=draw(st.sampled_from(Consent)),
            date=draw(st.none() | DAYS),
            answers={
                key: Answer(
                    value=draw(values(questions[key])), consent=draw(st.none() | st.sampled_from(Consent)), **beside()
                )
                for key in draw(ids)
            },
        )
        for number in range(2, 2 + draw(st.integers(0, 3)))
    )
    agreed = Agreed(
        date=draw(st.none() | DAYS),
        answers={
            key: AgreedAnswer(
                value=draw(values(questions[key])), edition=draw(st.none() | st.sampled_from(Edition)), **beside()
            )
            for key in draw(ids)
        },
    )
    heard = sum(voice.has_answered for voice in voices)
    return Engagement(
        slug="any",
        edition=Edition.PRIVATE,
        facts=facts,
        voices=voices,
        agreed=agreed,
        heard=heard,
        lone_voice=heard == 1,
    )
