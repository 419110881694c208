"""Every question of a chapter with what was answered to it, so that nothing that was asked goes unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbook.model.answers import Response
from workbook.model.base import UNSURE
from workbook.model.chapters import list_questions, load_chapter
from workbook.model.engagement import Engagement
from workbook.model.questions import ChoiceQuestion, GridQuestion, PointsQuestion, Question, ScaleQuestion
from workbook.theme import format_money, format_number, join_words


@dataclass(frozen=True)
class AnswerLine:
    """One question: the agreed answer and each voice's, in words, and why some may be held back."""

    question: str
    agreed: str | None
    voices: tuple[tuple[str | None, str], ...]
    withheld: str | None


@dataclass(frozen=True)
class AnswersReading:
    """A chapter's questions in order."""

    chapter: str
    lines: tuple[AnswerLine, ...]
    minimum_group: int


def read_answers(engagement: Engagement, chapter: str) -> AnswersReading:
    """Return every question of a chapter with the answers this edition may show."""
    questions = list_questions(engagement.facts)
    asked = [questions[question.id] for question in load_chapter(chapter).questions]
    return AnswersReading(
        chapter=chapter,
        lines=tuple(_read_line(engagement, question) for question in asked),
        minimum_group=engagement.facts.minimum_group,
    )


def word_value(question: Question, value: Any, currency: str) -> str:
    """Return an answer in words: a step by its label, an option by its name, money with its sign."""
    if value == UNSURE:
        return UNSURE
    if isinstance(question, ScaleQuestion):
        return str(question.steps[value])
    if isinstance(question, ChoiceQuestion):
        labels = {option.id: option.label for option in question.options}
        return join_words([labels[one] for one in value]) if isinstance(value, list) else labels[value]
    if isinstance(question, PointsQuestion):
        labels = {option.id: option.label for option in question.options}
        return "; ".join(f"{labels[key]} {format_number(points)}" for key, points in value.items() if points)
    if isinstance(question, GridQuestion):
        return _word_grid(question, value, currency)
    if question.kind == "money":
        return format_money(value, currency)
    return format_number(value) if isinstance(value, float) else str(value)


def _read_line(engagement: Engagement, question: Question) -> AnswerLine:
    currency = engagement.facts.currency
    agreed = engagement.get_agreed(question.id)
    responses: tuple[Response, ...] = engagement.list_responses(question.id)
    return AnswerLine(
        question=question.text,
        agreed=None if agreed is None else word_value(question, agreed, currency),
        voices=tuple((one.voice, _word_response(question, one, currency)) for one in responses),
        withheld=engagement.withheld.get(question.id),
    )


def _word_response(question: Question, one: Response, currency: str) -> str:
    # The cells of one unnamed person's grid, shown together, would draw a portrait of that person.
    if one.voice is None and isinstance(question, GridQuestion | PointsQuestion):
        return ""
    return word_value(question, one.value, currency)


def _word_grid(question: GridQuestion, value: Any, currency: str) -> str:
    if isinstance(value, list):
        return "; ".join(_word_row(question, row, currency) for row in value)
    labels = {row.id: row.label for row in question.rows}
    return "; ".join(f"{labels[key]}: {_word_row(question, row, currency)}" for key, row in value.items())


def _word_row(question: GridQuestion, row: Mapping[str, Any] | str, currency: str) -> str:
    if isinstance(row, str):
        return row
    cells = {cell.id: cell for cell in question.cells}
    return ", ".join(f"{cells[key].text} {word_value(cells[key], value, currency)}" for key, value in row.items())
