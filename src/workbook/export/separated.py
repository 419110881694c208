"""The export as CSV: one file to a table, and one that says what they hold, in UTF-8 that spreadsheets recognise."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from workbook.export.tables import Cell, Table
from workbook.markup import clean_text

MARK = "\ufeff"


def write_tables(tables: Sequence[Table], *, title: str, cover: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    """Return the bytes of each file by its name."""
    rows: list[tuple[Cell, ...]] = [(title, ""), *cover, *((f"{table.key}.csv", table.title) for table in tables)]
    files = {"cover.csv": _write(rows)}
    return files | {f"{table.key}.csv": _write([table.columns, *table.rows]) for table in tables}


def _write(rows: Sequence[Sequence[Cell]]) -> bytes:
    stream = io.StringIO(newline="")
    # Every text in quotation marks and nothing before it: an answer that begins with = is data, letter for letter.
    writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([clean_text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return (MARK + stream.getvalue()).encode()
