"""Numbers that can be read in two ways: 12.000 is twelve thousand to some and twelve to others, so it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from workbook.errors import Problem
from workbook.model.faults import Located
from workbook.model.questions import AnswerFaults, GridQuestion, NumberQuestion, Question

Place = tuple[str | int, ...]
# What of an engagement's facts is an amount, at whatever depth it stands.
AMOUNTS = ("budget", "programme_budget", "unit_cost", "quantity", "low", "high", "up_to")


class Written(Located, Protocol):
    """Data with the numbers of it that can be read in two ways, as they were typed."""

    @property
    def unclear(self) -> Mapping[Place, str]:
        """The text of each such number, by place."""


def list_unclear_facts(document: Written) -> list[Problem]:
    """Return a problem for each amount in an engagement's file that can be read in two ways."""
    return [_ask(document, place, text) for place, text in document.unclear.items() if place[-1] in AMOUNTS]


def list_unclear_answers(document: Written, questions: Mapping[str, Question]) -> list[Problem]:
    """Return a problem for each number in a file of answers of which both readings would answer its question."""
    return [
        _ask(document, place, text)
        for place, text in document.unclear.items()
        if (asked := _find_asked(place, questions)) and all(_fits(asked, one) for one in read_both(text))
    ]


def read_both(text: str) -> tuple[float, float]:
    """Return what a number with one point and three digits behind it can mean, the larger first."""
    return float(text.replace(".", "")), float(text)


def _find_asked(place: Place, questions: Mapping[str, Question]) -> NumberQuestion | None:
    """Return the question a place in a file of answers belongs to, where that asks for a number."""
    if len(place) < 2 or place[0] != "answers":
        return None
    question = questions.get(str(place[1]))
    if isinstance(question, GridQuestion):
        return next(
            (cell for cell in question.cells if cell.id == place[-1] and isinstance(cell, NumberQuestion)), None
        )
    return question if isinstance(question, NumberQuestion) else None


def _fits(question: NumberQuestion, value: Any) -> bool:
    try:
        question.read_value(value)
    except AnswerFaults:
        return False
    return True


def _ask(document: Written, place: Place, text: str) -> Problem:
    many, few = read_both(text)
    shown = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
    remedy = f"type {many:.0f} or {few:g}0" if "." in f"{few:g}" else f"type {many:.0f} or {few:g}"
    expected = f"a number with one reading; {text} may mean {many:,.0f} or {few:g}"
    return Problem(document.name, shown, expected, remedy, document.find_line(place))
