"""A facilitator's workbook that came back -> the people in it, a column each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook.errors import InputError, Problem
from workbook.forms.questionnaire.output import KIND
from workbook.forms.questionnaire.questionnaire import FORM_SCHEMA
from workbook.forms.questionnaire.sent_file import show_text
from workbook.forms.ways.addresses import PERSON, Address, list_names, name_person
from workbook.forms.ways.facilitator import FIRST_PERSON, HEAD_ROWS
from workbook.forms.ways.person import Person, make_flat, name_place
from workbook.forms.ways.tables import Row, list_merged
from workbook.model.base import MARK_PATTERN
from workbook.model.questions import Question

# How far from the first cell somebody may have moved what says that a sheet is ours.
_FARTHEST = 10


@dataclass(frozen=True)
class AnswersSheet:
    """A sheet that is ours, from the cell that says so on; `down` and `right` say where that cell stands."""

    title: str
    rows: list[Row]
    down: int = 0
    right: int = 0


def find_answers_sheets(sheets: Mapping[str, list[Row]]) -> list[AnswersSheet]:
    """Return the sheets that say that they are ours, also where somebody put rows or columns in front."""
    return [found for title, rows in sheets.items() if (found := _find_ours(title, rows))]


def _find_ours(title: str, rows: list[Row]) -> AnswersSheet | None:
    for down, row in enumerate(rows[:_FARTHEST]):
        for right, cell in enumerate(row[:_FARTHEST]):
            if _read_head(cell) and (
                (down, right) == (0, 0) or _is_above_names(one[right] for one in rows[down:] if right < len(one))
            ):
                return AnswersSheet(title, [one[right:] for one in rows[down:]], down, right)
    return None


def _is_above_names(column: Iterable[Any]) -> bool:
    """Whether rows are named below; an export of a form of ours says in a cell whose it is too, once in each row."""
    names = {name_person(field) for field in PERSON}
    return any(str(cell) in names for cell in column)


def read_people(
    found: Sequence[AnswersSheet], path: Path, *, slug: str, questions: Mapping[str, Question]
) -> Iterator[Person]:
    """Yield each person who stands in the workbook; raises InputError where it belongs to another engagement."""
    problems = [problem for sheet in found for problem in _check_sheet(sheet, path, slug)]
    if problems:
        raise InputError(problems)
    table = list_names(questions.values())
    for sheet in found:
        yield from _read_sheet(sheet, path, table, is_one=len(found) == 1)


def _read_sheet(sheet: AnswersSheet, path: Path, table: dict[str, Address], *, is_one: bool) -> Iterator[Person]:
    body = _list_body(sheet)
    marks = {
        table[key].question: mark
        for row in body
        if (key := str(row[0])) in table and len(row) > 1 and re.fullmatch(MARK_PATTERN, mark := str(row[1]))
    }
    where = "" if is_one else f"sheet {show_text(sheet.title)}, "
    for column in range(FIRST_PERSON, max((len(row) for row in body), default=0)):
        cells = {str(row[0]): _clean(row[column]) for row in body if column < len(row)}
        if any(value not in (None, "") for value in cells.values()):
            place = name_place(path.name, f"{where}column {_spell_column(column + sheet.right)}")
            yield _make_person(cells, table, marks, place)


def _list_body(sheet: AnswersSheet) -> list[Row]:
    return [row for row in sheet.rows[1:] if row and row[0]]


def _check_sheet(sheet: AnswersSheet, path: Path, slug: str) -> Iterator[Problem]:
    schema, engagement = _read_head(sheet.rows[0][0]) or ("", "")
    name = show_text(path.name)
    if (schema, engagement) != (str(FORM_SCHEMA), slug):
        remedy = f"look which engagement the file belongs to (it says {show_text(engagement)}), and collect it there"
        yield Problem(name, "", f"answers for {slug}", remedy)
    seen: set[str] = set()
    for row in _list_body(sheet):
        key = str(row[0])
        if key in seen:
            remedy = f"delete one of the two rows named {show_text(key)} (show the hidden column A to see them)"
            yield Problem(name, show_text(key), "each row once", remedy)
        seen.add(key)
    for (top, _), (bottom, right) in list_merged(path).get(sheet.title, ()):
        if bottom > sheet.down + HEAD_ROWS - 1 and right >= sheet.right + FIRST_PERSON:
            rows = f"row {top + 1}" if top == bottom else f"rows {top + 1} to {bottom + 1}"
            remedy = "take the merging back, and write in each cell what belongs there"
            yield Problem(
                name, f"sheet {show_text(sheet.title)}, {rows}", "a cell for each answer, none merged", remedy
            )


def _make_person(cells: dict[str, Any], table: dict[str, Address], marks: dict[str, str], place: str) -> Person:
    fields = {key: cells.get(name_person(key)) for key in PERSON}
    return Person(place, fields, make_flat(cells, table), marks)


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
