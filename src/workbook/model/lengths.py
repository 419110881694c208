"""How long the work is to run, as people say it, and the months that this makes."""

from __future__ import annotations

import re

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)} | {"a": 1, "an": 1, "eighteen": 18}
_NUMBERS |= {"fifteen": 15, "twenty": 20, "thirty": 30}
_MONTHS = {"week": 12 / 52, "month": 1.0, "year": 12.0}
_LENGTH = re.compile(
    rf"\b(?P<number>\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})(?:[ -]and[ -]a[ -](?P<half>half))?"
    rf"[ -](?P<unit>{'|'.join(_MONTHS)})s?\b",
    re.IGNORECASE,
)


def count_months(text: str | None) -> float | None:
    """Return the most months that a length in words may mean; None where it says no weeks, months or years."""
    found = [_count(one) for one in _LENGTH.finditer(text or "")]
    return max(found, default=None)


def _count(found: re.Match[str]) -> float:
    word = found["number"].lower()
    number = _NUMBERS[word] if word in _NUMBERS else float(word)
    return (number + (0.5 if found["half"] else 0)) * _MONTHS[found["unit"].lower()]
