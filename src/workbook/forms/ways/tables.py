"""A file of rows and columns -> plain rows: workbooks of three kinds and text with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbook.errors import InputError, Problem
from workbook.forms.questionnaire.sent_file import show_text
from workbook.forms.ways.guard import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, check_office_file
from workbook.model.base import LONGEST_TEXT
from workbook.optional import need

OFFICE = (".xlsx", ".ods", ".xls")
TEXT = (".csv", ".tsv", ".txt")
DELIMITERS = ",;\t|"
LONGEST_CELL = LONGEST_TEXT * 4

Row = Sequence[Any]


def read_sheets(path: Path) -> dict[str, list[Row]]:
    """Return every visible or hidden sheet of a workbook by name, each a list of rows; a text file is one sheet.

    Raises InputError where the file is none of these, too large, or holds what no answers need.
    """
    name = show_text(path.name)
    if not path.is_file():
        raise InputError([Problem(name, "", "a file that exists", "look at the name and the folder")])
    if path.suffix.lower() in OFFICE:
        return _read_office(path, name)
    return {"": _read_text(path, name)}


def _read_office(path: Path, name: str) -> dict[str, list[Row]]:
    need("python_calamine", extra="office")
    check_office_file(path)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(
            _put_tabs_back(path) if path.suffix.lower() == ".ods" else path.open("rb")
        )
        sheets = {title: book.get_sheet_by_name(title) for title in book.sheet_names}
        return {title: _cut(sheet.to_python(skip_empty_area=False), name) for title, sheet in sheets.items()}
    except (CalamineError, ValueError, OSError) as error:
        remedy = "open it in the program it comes from and save it again as .xlsx"
        raise InputError([Problem(name, "", "a workbook that can be opened", remedy)]) from error


def _put_tabs_back(path: Path) -> io.BytesIO:
    """Return an OpenDocument sheet in which a tab is a sign of the text: calamine 0.9 leaves out the element for it."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in given.infolist():
            raw = given.read(part)
            copy.writestr(
                part.filename, re.sub(rb"<text:tab ?/>", b"&#9;", raw) if part.filename == "content.xml" else raw
            )
    made.seek(0)
    return made


def _cut(given: Sequence[Row], name: str) -> list[Row]:
    rows = list(given)
    if len(rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in rows):
        expected = f"a sheet of at most {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns"
        raise InputError([Problem(name, "", expected, "delete what stands far out")])
    return [[_make_whole(cell) for cell in row] for row in rows]


def _make_whole(cell: Any) -> Any:
    """Return a whole number as one: a workbook keeps every number as a fraction."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def list_merged(path: Path) -> dict[str, list[tuple[tuple[int, int], tuple[int, int]]]]:
    """Return the merged cells of each sheet of a workbook: the first row and column and the last, counted from 0."""
    if path.suffix.lower() not in OFFICE:
        return {}
    from python_calamine import CalamineWorkbook

    with path.open("rb") as stream:
        book = CalamineWorkbook.from_filelike(stream)
        return {title: list(book.get_sheet_by_name(title).merged_cell_ranges or ()) for title in book.sheet_names}


def _read_text(path: Path, name: str) -> list[Row]:
    if path.stat().st_size > LARGEST_FILE:
        expected = f"a file of at most {LARGEST_FILE // 1024 // 1024} MiB"
        raise InputError([Problem(name, "", expected, "look whether it is the right one")])
    text = _decode(path.read_bytes())
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    csv.field_size_limit(LONGEST_CELL)
    try:
        return _cut([row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row], name)
    except csv.Error as error:
        remedy = "export the answers again, as CSV in UTF-8 or as .xlsx"
        raise InputError([Problem(name, "", f"rows that can be read ({error})", remedy)]) from error


def _decode(raw: bytes) -> str:
    """Return text in the encoding its first bytes say, else UTF-8, else what Windows writes in western Europe."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if raw[1:2] == b"\0" and raw[:1] != b"\0":
        return raw.decode("utf-16-le", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
