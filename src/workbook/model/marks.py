"""Which question an answer answered: a mark of each question, and what of an answer still fits the question of today.

A mark has two halves, `a1b2c3-d4e5f6`. The first changes with the question's words, the second with what its numbers
mean: its kind, the steps of its scales, its unit. An answer to other words is still read, and said; a number on another
scale is not, until somebody says under `same_as` of the question that the two mean the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from workbook.model.base import UNSURE
from workbook.model.questions import AnswerFaults, Column, GridQuestion, Question

# Stands where a form of long ago did not say which question it asked.
EARLIER = "earlier"

State = Literal["fits", "other_words", "other_scale", "not_asked", "does_not_fit"]


@dataclass(frozen=True)
class Fit:
    """What of an answer fits today's question: its value (None where nothing does), and the rows that are left out."""

    state: State
    value: Any = None
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leftover:
    """An answer of which something is kept in its file and not read, and why; or one that was given to other words."""

    question: str
    fit: Fit


def mark_question(question: Question) -> str:
    """Return a question's mark; the lists it takes from an engagement have no part in it."""
    columns = question.columns if isinstance(question, GridQuestion) else ()
    options = getattr(question, "options", ())
    words: list[Any] = [question.text, question.for_others.text, _label(options)]
    words += [[column.id, column.label, _label(column.options)] for column in columns]
    measure = [question.kind, getattr(question, "steps", ()), getattr(question, "unit", "")]
    measure += [_measure(column) for column in columns if column.steps or column.unit]
    return f"{_hash(words)}-{_hash(measure)}"


def fit_answer(question: Question | None, value: Any, *, mark: str | None, today: str | None) -> Fit:
    """Say what of an answer to the question marked `mark` can be read as one to the question of `today`.

    A mark of None says nothing, and the answer is taken for one to today's question: what is wrong with it then is
    for whoever checks it to say. Where the mark says that the question was another, it is no fault of anybody's.
    """
    if question is None:
        return Fit("not_asked")
    left = question.list_left(value)
    if left and len(left) == len(value):
        return Fit("does_not_fit", rows=left)
    if mark is None or mark == today or mark in question.same_as:
        return Fit("fits", value, left)
    if mark != EARLIER and _cut(mark) != _cut(today) and value != UNSURE:
        return Fit("other_scale")
    kept, gone = _drop_rows(question, value)
    if kept is None:
        return Fit("does_not_fit")
    return Fit("fits" if mark == EARLIER else "other_words", kept, (*left, *gone))


def _drop_rows(question: Question, value: Any) -> tuple[Any, tuple[str, ...]]:
    """Return what today's question can read of an answer to an earlier one, None for nothing, and the rows left out."""
    if _is_sound(question, value):
        return value, ()
    if not isinstance(question, GridQuestion) or question.kind != "matrix" or not isinstance(value, dict):
        return None, ()
    known = [row.id for row in question.rows]
    kept = {key: row for key, row in value.items() if key in known}
    gone = tuple(str(key) for key in value if key not in known)
    return (kept, gone) if kept and _is_sound(question, kept) else (None, ())


def _is_sound(question: Question, value: Any) -> bool:
    try:
        question.read_value(value)
    except AnswerFaults:
        return False
    return True


def _cut(mark: str | None) -> str:
    return (mark or "").partition("-")[2]


def _label(options: Any) -> list[list[str]]:
    return [[option.id, option.label] for option in options]


def _measure(column: Column) -> list[Any]:
    return [column.id, column.kind, column.steps, column.unit]


def _hash(parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()[:6]


def pick_marks(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the marks that a file of answers holds, by question."""
    found = data.get("asked")
    return {key: mark for key, mark in found.items() if isinstance(mark, str)} if isinstance(found, dict) else {}


def sort_answers(
    data: dict[str, Any], questions: Mapping[str, Question], today: Mapping[str, str]
) -> tuple[dict[str, Any], tuple[Leftover, ...]]:
    """Return a file of answers without those that today's questions cannot read, and everything not as it was asked.

    What no mark excuses stays where it is, for the checks to find: an unknown question, a value that does not fit.
    """
    answers, marks = data.get("answers"), pick_marks(data)
    if not isinstance(answers, dict):
        return data, ()
    kept, left = dict(answers), []
    for key, answer in answers.items():
        is_long = isinstance(answer, dict) and "value" in answer
        value = answer["value"] if is_long else answer
        question, mark = questions.get(key), marks.get(key)
        if question is None and mark is None:
            continue
        fit = fit_answer(question, value, mark=mark, today=today.get(key))
        if fit.state != "fits" or fit.rows:
            left.append(Leftover(key, fit))
        if fit.value is None and fit.state in ("not_asked", "other_scale", "does_not_fit"):
            del kept[key]
        elif fit.value is not value:
            kept[key] = {**answer, "value": fit.value} if is_long else fit.value
    return {**data, "answers": kept}, tuple(left)
