"""Numbers as people write them, and every number that a text can mean: the same rules as in the form."""

from __future__ import annotations

import re
from typing import Any

from workbook.model.questions import AnswerFaults, NumberQuestion

_SPACED = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?")


def read_number(raw: Any, question: NumberQuestion, *, decimal: str = "") -> list[float]:
    """Return every number that answers a question and that a text can mean; none for no number at all.

    `decimal` is the sign that stands before fractions in this file, where its mapping says so.
    """
    if isinstance(raw, bool):
        return []
    if isinstance(raw, int | float):
        return [int(raw) if raw == int(raw) else raw]
    unit = question.unit.casefold()
    text = str(raw).replace("−", "-").strip()
    if unit and text.casefold().endswith(unit):
        text = text[: -len(unit)].strip()
    return [value for value in _list_readings(text, decimal) if _fits(question, value)]


def _list_readings(text: str, decimal: str) -> list[float]:
    if re.fullmatch(r"-?\d{1,16}", text):
        return [int(text)]
    if len(text) > 40:
        return []
    if decimal:
        return _read_with(text, decimal)
    for plain, pattern in (
        (re.sub(r"[ \u00a0\u202f'’]", "", text).replace(",", "."), _SPACED),
        (text.replace(",", ""), re.compile(r"-?\d{1,3}(,\d{3})+\.\d+")),
        (text.replace(".", "").replace(",", "."), re.compile(r"-?\d{1,3}(\.\d{3})+,\d+")),
        (re.sub("[.,]", "", text), re.compile(r"-?\d{1,3}([.,])\d{3}(\1\d{3})+")),
    ):
        if pattern.fullmatch(text):
            return [_shrink(plain)]
    found = re.fullmatch(r"(-?\d+)[.,](\d+)", text)
    if not found:
        return []
    is_grouped = len(found[2]) == 3 and re.fullmatch(r"-?[1-9]\d{0,2}", found[1])
    return [*([int(found[1] + found[2])] if is_grouped else []), _shrink(f"{found[1]}.{found[2]}")]


def _read_with(text: str, decimal: str) -> list[float]:
    other = "." if decimal == "," else ","
    plain = re.sub(rf"[ \u00a0\u202f'’{re.escape(other)}]", "", text).replace(decimal, ".")
    return [_shrink(plain)] if re.fullmatch(r"-?\d+(\.\d+)?", plain) else []


def _shrink(text: str) -> float:
    value = float(text)
    return int(value) if value == int(value) else value


def _fits(question: NumberQuestion, value: float) -> bool:
    try:
        question.read_value(value)
    except AnswerFaults:
        return False
    return True
