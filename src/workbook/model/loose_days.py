"""Days as people know them: 2027, 2027-Q1, 2027-03, by June 2027, late 2025. Nothing is made more exact than it is."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_NEARLY = r"by|about|around|before|after|from|until|early|mid|late|spring|summer|autumn|winter|end of|start of"
_IN_WORDS = re.compile(rf"(?P<near>(?:(?:{_NEARLY}) )*)(?:(?P<month>[a-z]+) )?(?P<year>\d{{4}})", re.IGNORECASE)
_IN_DIGITS = re.compile(r"(?P<year>\d{4})-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4]))")
_DAY_IN_WORDS = re.compile(r"(?:\D* )?(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]+),? (\d{4})")
_DAY_IN_DIGITS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
# The months that a word leaves of a year.
_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
_PARTS |= {"start of": (1, 3), "end of": (10, 12)}
EARLIEST, LATEST = 1900, 2200


def read_loose_day(value: Any) -> str:
    """Return a loose day as it was typed; raises ValueError for exact days, other text and years out of reach."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or find_span(text) is None:
        raise ValueError("not a loose day")
    return text


LooseDay = Annotated[str, BeforeValidator(read_loose_day)]


def find_span(day: date | str | None) -> tuple[date, date] | None:
    """Return the first and the last day that a day may be; None where it is not known."""
    if isinstance(day, date):
        return day, day
    text = (day or "").strip()
    if found := _IN_DIGITS.fullmatch(text):
        if found["quarter"]:
            last = 3 * int(found["quarter"])
            return _between(int(found["year"]), last - 2, last)
        return _between(int(found["year"]), int(found["month"]), int(found["month"]))
    found = _IN_WORDS.fullmatch(text)
    if found is None or (found["month"] and _read_month(found["month"]) is None):
        return None
    year = int(found["year"])
    if month := _read_month(found["month"] or ""):
        return _between(year, month, month)
    near = found["near"].lower()
    return _between(year, *next((part for word, part in _PARTS.items() if word in near), (1, 12)))


def suggest_day(text: str) -> str:
    """Return how an exact day would be written, where that is what somebody typed; nothing where it is not."""
    if found := _DAY_IN_WORDS.search(text):
        month = _read_month(found[2])
        return _write_iso(int(found[3]), month, int(found[1])) if month else ""
    if found := _DAY_IN_DIGITS.search(text):
        first, second, year = (int(part) for part in found.groups())
        both = [_write_iso(year, second, first), _write_iso(year, first, second)]
        return " or ".join(dict.fromkeys(one for one in both if one))
    return ""


def _write_iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _read_month(word: str) -> int | None:
    return _MONTHS.get(word.lower()) or _SHORT.get(word.lower()[:4].rstrip("t")) if word else None


def _between(year: int, first: int, last: int) -> tuple[date, date] | None:
    if not EARLIEST <= year <= LATEST:
        return None
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
