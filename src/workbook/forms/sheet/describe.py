"""An answer in words, for a person who has to choose between two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.model.base import UNSURE
from workbook.model.questions import ChoiceQuestion, GridQuestion, PointsQuestion, Question, ScaleQuestion
from workbook.model.wordings import load_wording
from workbook.theme import format_number, join_words

MOST_ROWS = 3
"""How many rows of somebody's own table stand in a line that only reminds of it."""


def remind_of(question: Question, value: Any) -> str:
    """Return an answer in a line: of a long table its first rows, and how many more there are."""
    if not isinstance(question, GridQuestion) or not isinstance(value, list) or len(value) <= MOST_ROWS + 1:
        return describe_answer(question, {"value": value})
    rest = load_wording("page").get_word("more").format(count=len(value) - MOST_ROWS)
    return f"{_describe_grid(question, value[:MOST_ROWS])}; {rest}"


def describe_answer(question: Question, answer: Mapping[str, Any] | None) -> str:
    """Return an answer as its form words it, its note after it."""
    if answer is None:
        return load_wording("lab").get_word("host.no_answer")
    said = _describe_value(question, answer.get("value"))
    return f"{said} ({answer['note']})" if answer.get("note") else said


def describe_apart(question: Question, *answers: Mapping[str, Any] | None) -> list[str]:
    """Return answers in words; where they differ in who may see them, that stands after each."""
    said = [describe_answer(question, answer) for answer in answers]
    marks = [_describe_reach(answer) for answer in answers]
    if len(set(marks)) == 1:
        return said
    template = load_wording("lab").get_word("host.conflict_reach")
    return [template.format(answer=one, reach=mark) if mark else one for one, mark in zip(said, marks, strict=True)]


def _describe_reach(answer: Mapping[str, Any] | None) -> str:
    """Word who may see an answer; nothing where there is none."""
    words = load_wording("forms")
    for kind in ("consent", "edition"):
        if answer is not None and answer.get(kind):
            return words.get_word(f"sheet.{kind}.{answer[kind]}")
    return "" if answer is None else load_wording("lab").get_word("host.conflict_reach_default")


def _describe_value(question: Question, value: Any) -> str:
    if value == UNSURE:
        return load_wording("forms").get_word("sheet.unsure")
    if isinstance(question, ScaleQuestion) and isinstance(value, int) and value < len(question.steps):
        return question.steps[value]
    if isinstance(question, ChoiceQuestion):
        labels = {option.id: option.label for option in question.options}
        return join_words([labels.get(one, str(one)) for one in (value if isinstance(value, list) else [value])])
    if isinstance(question, PointsQuestion) and isinstance(value, Mapping):
        return ", ".join(f"{option.label}: {value.get(option.id, 0):g}" for option in question.options)
    if isinstance(question, GridQuestion):
        return _describe_grid(question, value)
    return format_number(value) if isinstance(value, float) else str(value)


def _describe_grid(question: GridQuestion, value: Any) -> str:
    labels = {row.id: row.label for row in question.rows}
    rows = value.items() if isinstance(value, Mapping) else enumerate(value, 1)
    return "; ".join(f"{labels.get(str(key), str(key))}: {_describe_row(question, row)}" for key, row in rows)


def _describe_row(question: GridQuestion, row: Any) -> str:
    if not isinstance(row, Mapping):
        return _describe_value(question, row) if row == UNSURE else str(row)
    cells = {cell.id: cell for cell in question.cells}
    known = [(cells[key], one) for key, one in row.items() if key in cells]
    return ", ".join(f"{cell.text}: {_describe_value(cell, one)}" for cell, one in known)
