"""Numbers in a file of answers: what a cell can mean to its question, and whether it speaks of another currency."""

from __future__ import annotations

from typing import Any

from workbook.model.questions import AnswerFaults, NumberQuestion
from workbook.model.slips.typed_numbers import is_currency, list_readings, part_money
from workbook.theme import GROUPED_BY_COMMA


def read_number(raw: Any, question: NumberQuestion, *, decimal: str = "") -> list[float]:
    """Return every number that answers a question and that a text can mean; none for no number at all.

    `decimal` is the sign that stands before fractions in this file, where its mapping says so.
    """
    if isinstance(raw, bool):
        return []
    if isinstance(raw, int | float):
        return [int(raw) if raw == int(raw) else raw]
    text = str(raw).strip()
    unit = question.unit.casefold()
    if unit and text.casefold().endswith(unit):
        text = text[: -len(unit)].strip()
    elif question.kind == "money":
        text = "" if find_other_currency(text, question) else part_money(text)[1]
    groups = "," if any(is_currency(question.unit, one) for one in GROUPED_BY_COMMA if question.unit) else ""
    return [value for value in list_readings(text, decimal=decimal, groups=groups) if _fits(question, value)]


def find_other_currency(raw: Any, question: NumberQuestion) -> str:
    """Return the sign or letters of a currency that is not the one a sum is asked in; none is ''."""
    sign = part_money(raw)[0] if question.kind == "money" and isinstance(raw, str) else ""
    return sign if question.unit and sign and not is_currency(sign, question.unit) else ""


def _fits(question: NumberQuestion, value: float) -> bool:
    try:
        question.read_value(value)
    except AnswerFaults:
        return False
    return True
