"""Our spreadsheet held to LibreOffice: opened and saved again, every sheet, table and cell is still what it was."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from workbook import storage
from workbook.export.export import make_files
from workbook.export.format import Format

EXAMPLE = Path(__file__).parents[2] / "parameters" / "example"


def _read(raw: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def _list_tables(raw: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        found = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/tables/")]
    return sorted(text.split(' ref="')[1].split('"')[0] for text in found)


@pytest.mark.skipif("WORKBOOK_WAYS_OUT" not in os.environ, reason="make ways-out runs it")
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_libreoffice_keeps_every_sheet_table_and_cell(tmp_path: Path, kind: str) -> None:
    """Saved by LibreOffice in its own way, the sheets have the same names and cells, none a number that was a text."""
    raw = make_files(storage.load_engagement(EXAMPLE), Format.XLSX)["data.xlsx"]
    (tmp_path / "data.xlsx").write_bytes(raw)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "made")]
    subprocess.run([*command, str(tmp_path / "data.xlsx")], check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "made" / f"data.{kind}").read_bytes()
    assert _read(saved) == _read(raw)
    if kind == "xlsx":
        assert _list_tables(saved) == _list_tables(raw) != []
