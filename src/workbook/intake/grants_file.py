"""A file of grants by the 360Giving standard, as JSON, CSV or XLSX -> rows by the standard's headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from workbook.errors import InputError, Problem
from workbook.intake.given_file import open_bytes, open_json
from workbook.intake.sheets import read_sheets

Row = dict[str, Any]
# The JSON form of the standard names the same fields otherwise.
FIELDS = {
    "title": ("title",),
    "currency": ("currency",),
    "amount awarded": ("amountAwarded",),
    "award date": ("awardDate",),
    "funding org:name": ("fundingOrganization", "name"),
    "recipient org:name": ("recipientOrganization", "name"),
    "grant programme:title": ("grantProgramme", "title"),
}


def read_grants(path: Path) -> list[Row]:
    """Return the grants of a file; raises InputError where it is of another kind or cannot be read."""
    kind = path.suffix.lower()
    if kind == ".json":
        given = open_json(path)
        grants = given.get("grants") if isinstance(given, dict) else given
        return [_read_json(one) for one in grants if isinstance(one, dict)] if isinstance(grants, list) else []
    if kind == ".csv":
        text = _decode(open_bytes(path))
        return _read_rows(list(csv.reader(io.StringIO(text, newline=""))))
    if kind == ".xlsx":
        return [row for rows in read_sheets(path).values() for row in _read_rows(rows)]
    raise InputError([Problem(path.name, "", "a file of grants as .json, .csv or .xlsx", "ask for one of these")])


def _read_json(grant: Row) -> Row:
    return {name: _follow(grant, place) for name, place in FIELDS.items()}


def _follow(value: Any, place: Iterable[str]) -> Any:
    for name in place:
        value = value[0] if isinstance(value, list) and value else value
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _read_rows(rows: Sequence[Sequence[Any]]) -> list[Row]:
    """Return rows under the first line that has headings of the standard; a title line may stand above it."""
    for number, row in enumerate(rows[:5]):
        heads = [" ".join(str(cell).casefold().split()).replace(":0:", ":") for cell in row]
        if "amount awarded" in heads or "funding org:name" in heads:
            return [dict(zip(heads, line, strict=False)) for line in rows[number + 1 :] if any(map(str, line))]
    return []


def _decode(raw: bytes) -> str:
    """Return text; a file that is not UTF-8 was most likely saved by a spreadsheet on Windows."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
