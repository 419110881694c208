"""A spreadsheet somebody gives -> its sheets as rows of cells."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from workbook.errors import InputError, Problem
from workbook.intake.given_file import open_bytes
from workbook.optional import need

MOST_CELLS = 5_000_000


def read_sheets(path: Path) -> dict[str, list[list[Any]]]:
    """Return the rows of each sheet by its name; raises InputError where the file is no spreadsheet, or is too wide."""
    need("python_calamine", extra="office")
    from python_calamine import CalamineWorkbook

    sheets: dict[str, list[list[Any]]] = {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(open_bytes(path)))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                expected = f"at most {MOST_CELLS:,} cells in a sheet"
                raise InputError([Problem(path.name, name, expected, "take out what is not needed")])
            sheets[name] = sheet.to_python(skip_empty_area=False)
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 whatever the library cannot make of a file is the same to its sender
        remedy = f"open it and save it again as .xlsx ({error})"
        raise InputError([Problem(path.name, "", "a spreadsheet that can be read", remedy)]) from None
    return sheets
