"""A facilitator's workbook that came back -> the people in it, a column each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbook.errors import InputError, Problem
from workbook.forms.questionnaire.output import KIND
from workbook.forms.questionnaire.questionnaire import FORM_SCHEMA
from workbook.forms.questionnaire.sent_file import show_text
from workbook.forms.ways.addresses import PERSON, Address, list_names, name_person
from workbook.forms.ways.facilitator import FIRST_PERSON, HEAD_ROWS
from workbook.forms.ways.person import Person, make_flat, name_place
from workbook.forms.ways.tables import Row
from workbook.model.base import MARK_PATTERN
from workbook.model.questions import Question


def find_answers_sheet(sheets: Mapping[str, list[Row]]) -> list[Row] | None:
    """Return the sheet whose first cell says that it is ours; None where there is none."""
    return next((rows for rows in sheets.values() if rows and rows[0] and _read_head(rows[0][0])), None)


def read_people(rows: list[Row], path: Path, *, slug: str, questions: Mapping[str, Question]) -> Iterator[Person]:
    """Yield each person who stands in the workbook; raises InputError where it belongs to another engagement."""
    schema, engagement = _read_head(rows[0][0]) or ("", "")
    name = show_text(path.name)
    if (schema, engagement) != (str(FORM_SCHEMA), slug):
        remedy = f"look which engagement the file belongs to (it says {show_text(engagement)}), and collect it there"
        raise InputError([Problem(name, "", f"answers for {slug}", remedy)])
    table = list_names(questions.values())
    body = [row for row in rows[HEAD_ROWS:] if row and row[0]]
    _refuse_twice(body, name)
    marks = {
        table[key].question: mark
        for row in body
        if (key := str(row[0])) in table and len(row) > 1 and re.fullmatch(MARK_PATTERN, mark := str(row[1]))
    }
    for column in range(FIRST_PERSON, max((len(row) for row in rows), default=0)):
        cells = {str(row[0]): _clean(row[column]) for row in body if column < len(row)}
        if any(value not in (None, "") for value in cells.values()):
            yield _make_person(cells, table, marks, name_place(path.name, f"column {_spell_column(column)}"))


def _make_person(cells: dict[str, Any], table: dict[str, Address], marks: dict[str, str], place: str) -> Person:
    fields = {key: cells.get(name_person(key)) for key in PERSON}
    return Person(place, fields, make_flat(cells, table), marks)


def _refuse_twice(body: list[Row], name: str) -> None:
    seen: set[str] = set()
    for row in body:
        key = str(row[0])
        if key in seen:
            remedy = f"delete one of the two rows named {show_text(key)} (show the hidden column A to see them)"
            raise InputError([Problem(name, show_text(key), "each row once", remedy)])
        seen.add(key)


def _read_head(cell: Any) -> tuple[str, str] | None:
    found = re.fullmatch(rf"{KIND} (\d+) ([a-z0-9-]+)", str(cell).strip())
    return (found[1], found[2]) if found else None


def _clean(value: Any) -> Any:
    """Return a cell as it was meant: text without the spaces around what says nothing, whole numbers whole."""
    if isinstance(value, str):
        return value if value.strip() else ""
    return value


def _spell_column(column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
