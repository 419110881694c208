"""The export as a spreadsheet, by the UK Government Analysis Function's guidance for accessible spreadsheets.

A cover and a list of contents, then one table to a sheet, from the first column on, with its title above it; no merged
and no empty cell, no colour that means something. A text is written as text: never as a formula, a link or a date.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from workbook.export.tables import Cell, Table
from workbook.markup import clean_text
from workbook.model.wordings import load_wording
from workbook.optional import need

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_767
# A file says when it was made; the same input must give the same bytes, so it says the first day the format knows.
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
NARROW, WIDE, WIDEST = 10, 30, 60
FIRST_ROW = 3
_ILLEGAL = re.compile(r"[\r\t]")


def write_spreadsheet(tables: Sequence[Table], *, title: str, cover: Sequence[tuple[str, str]]) -> bytes:
    """Return the bytes of an .xlsx file: a cover with facts by name, the contents, then a sheet for each table."""
    need("xlsxwriter", extra="office")
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": clean_text(title)[:255], "created": LONG_AGO})
    looks = _Looks(book)
    words = load_wording("export")
    _write_cover(book, looks, title, cover)
    contents = Table(
        "contents",
        words.get_word("contents"),
        words.get_word("contents"),
        tuple(words.words["contents_columns"]),
        tuple((table.name, table.title) for table in tables),
    )
    for number, table in enumerate((contents, *tables)):
        sheet = _write_table(book, looks, table, note=words.get_word("sheet_note"))
        if not number:
            for row, linked in enumerate(tables, FIRST_ROW):
                sheet.write_url(row, 0, f"internal:'{linked.name}'!A1", looks.link, linked.name)
    book.close()
    return stream.getvalue()


class _Looks:
    """The formats of cells: 12 points, wrapped, from the top."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        plain = {"font_name": "Arial", "font_size": 12, "valign": "top", "text_wrap": True}
        self.cell = book.add_format(plain)
        self.number = book.add_format({**plain, "align": "right"})
        self.title = book.add_format({**plain, "bold": True, "font_size": 16, "text_wrap": False})
        self.note = book.add_format({**plain, "text_wrap": False})
        self.head = book.add_format({**plain, "bold": True, "bottom": 1})
        self.link = book.add_format({**plain, "underline": True, "font_color": "#12436D"})


def _write_cover(book: xlsxwriter.Workbook, looks: _Looks, title: str, cover: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("Cover")
    sheet.set_column(0, 0, WIDE, looks.cell)
    sheet.set_column(1, 1, 2 * WIDE, looks.cell)
    _write(sheet, 0, 0, title, looks.title)
    for row, (name, value) in enumerate(cover, 1):
        _write(sheet, row, 0, name, looks.head)
        _write(sheet, row, 1, value, looks.cell)


def _write_table(book: xlsxwriter.Workbook, looks: _Looks, table: Table, *, note: str) -> Worksheet:
    sheet: Worksheet = book.add_worksheet(table.name)
    _write(sheet, 0, 0, table.title, looks.title)
    _write(sheet, 1, 0, note, looks.note)
    columns = _tell_apart(table.columns)
    for row, cells in enumerate(table.rows, FIRST_ROW):
        for column, cell in enumerate(cells):
            _write(sheet, row, column, cell, looks.cell)
    for column, width in enumerate(_find_widths(table)):
        sheet.set_column(column, column, width)
    last = FIRST_ROW + len(table.rows) - 1
    head = [{"header": _clean(name), "header_format": looks.head} for name in columns]
    options: dict[str, Any] = {"name": f"table_{table.key}", "columns": head, "style": None, "autofilter": False}
    sheet.add_table(FIRST_ROW - 1, 0, last, len(columns) - 1, options)
    sheet.freeze_panes(FIRST_ROW, 1)
    return sheet


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, look: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, _clean(cell), look)
    else:
        sheet.write_number(row, column, cell, look)


def _clean(text: str) -> str:
    """Return a text as a cell can hold it: no control codes, and as long as the format allows."""
    whole = clean_text(_ILLEGAL.sub(" ", text))
    return whole if len(whole) <= LONGEST_CELL else f"{whole[: LONGEST_CELL - 1]}…"


def _tell_apart(names: Sequence[str]) -> list[str]:
    """Return headings, none twice: a table's columns must differ, whatever people are called."""
    told: list[str] = []
    taken: set[str] = set()
    for name in names:
        number, one = 1, _clean(name)[:200]
        while one.casefold() in taken:
            number += 1
            one = f"{_clean(name)[:200]} {number}"
        taken.add(one.casefold())
        told.append(one)
    return told


def _find_widths(table: Table) -> list[int]:
    longest = [max(len(str(cell)) for cell in column) for column in zip(table.columns, *table.rows, strict=True)]
    return [min(max(NARROW, length + 2), WIDE if length < 3 * WIDE else WIDEST) for length in longest]
