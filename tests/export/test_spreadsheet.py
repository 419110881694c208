"""The tables as a spreadsheet and as CSV: read back by others, each cell is what was meant, and only text."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from canaries import write_canaries
from engagements import engagements
from workbook import storage
from workbook.export.document import write_document
from workbook.export.export import make_files
from workbook.export.format import Format
from workbook.export.spreadsheet import write_spreadsheet
from workbook.export.tables import Cell, Table, make_tables
from workbook.model.answers import Edition
from workbook.model.chapters import list_questions
from workbook.model.editions import redact
from workbook.model.engagement import Engagement

EXAMPLE = Path(__file__).parents[2] / "parameters" / "example"
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _clean(cell: Cell) -> Cell:
    return " ".join(cell.split()) if isinstance(cell, str) else float(cell)


def _read_sheets(raw: bytes) -> dict[str, list[list[Cell]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def _compare(found: Sequence[Sequence[Cell]], table: Table) -> None:
    assert [[_clean(cell) for cell in row] for row in found] == [[_clean(cell) for cell in row] for row in table.rows]


@given(engagements())
@settings(max_examples=15, deadline=None)
def test_any_engagement_is_read_back_as_it_was_written(engagement: Engagement) -> None:
    """In the private and the public edition, every cell of every sheet and file says what its table says."""
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    for edition in (Edition.PRIVATE, Edition.PUBLIC):
        shown = redact(engagement, edition, words=words)
        tables = make_tables(shown)
        sheets = _read_sheets(make_files(shown, Format.XLSX)["data.xlsx"])
        assert list(sheets) == ["Cover", "Contents", *(table.name for table in tables)]
        files = make_files(shown, Format.CSV)
        for table in tables:
            _compare(sheets[table.name][3:], table)
            text = files[f"{table.key}.csv"].decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text, newline=""), quoting=csv.QUOTE_NONNUMERIC))
            assert rows[0] == list(table.columns)
            _compare(rows[1:], table)


def test_a_sheet_holds_one_table_and_no_empty_or_merged_cell() -> None:
    """Each sheet has its title in A1 and a named table under it; nothing in it is empty, merged or blank."""
    raw = make_files(storage.load_engagement(EXAMPLE), Format.XLSX)["data.xlsx"]
    for name, rows in _read_sheets(raw).items():
        width = len(rows[-1])
        table = rows[1:] if name == "Cover" else rows[2:]
        assert all(cell not in ("", None) for row in table for cell in row), name
        assert all(len(row) == width for row in table), name
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        tables = [name for name in parts.namelist() if name.startswith("xl/tables/")]
        assert len(tables) == len(sheets) - 1  # the cover is no table
        assert not any(b"mergeCell" in parts.read(name) for name in sheets)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "https://example.org", "2026-03-31", "1e3", "{=1}", "mailto:a"]
)
def test_a_text_stays_a_text(text: str) -> None:
    """No text becomes a formula, a link, a number or a date, in any cell, heading or property."""
    table = Table("facts", "Facts", text, (text, f"{text} "), ((text, text),))
    raw = write_spreadsheet([table], title=text, cover=[(text, text)])
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                root = ET.fromstring(parts.read(name))
                assert not list(root.iter(f"{SPREADSHEET}f"))
                assert {cell.get("t") for cell in root.iter(f"{SPREADSHEET}c")} <= {"s"}
            if name.endswith(".rels"):
                assert b"External" not in parts.read(name)
    assert _read_sheets(raw)["Facts"][3] == [text, text]


def test_two_voices_of_one_name_have_columns_of_their_own() -> None:
    """A table's headings must differ, also where people differ by capitals alone."""
    table = Table("answers", "Answers", "T", ("Question", "Officer", "officer"), (("q", "a", "b"),))
    rows = _read_sheets(write_spreadsheet([table], title="T", cover=[]))["Answers"]
    assert rows[2:] == [["Question", "Officer", "officer 2"], ["q", "a", "b"]]


def test_what_has_no_name_is_taken_apart(tmp_path: Path) -> None:
    """The cells of one unnamed person never stand together: a matrix has a row for each cell, points one an option."""
    write_canaries(tmp_path)
    engagement = storage.load_engagement(tmp_path / "canaries", Edition.PARTNERS)
    tables = {table.key: table for table in make_tables(engagement)}
    pooled = [row for row in tables["answers_listed"].rows if row[2] == "answer without a name"]
    grids = {key for key, pool in engagement.pools.items() if any(isinstance(one, dict) for one in pool.values)}
    assert grids
    assert {row[1] for row in pooled if row[0] in grids} >= {"funder.mode"}
    assert all(row[1] != "the whole question" and not str(row[5]).startswith("{") for row in pooled if row[0] in grids)
    document = json.loads(write_document(engagement))
    shown = document["engagement"]["pools"]
    assert not [key for key in grids & set(shown) if any(isinstance(one, dict) for one in shown[key]["values"])]
    assert "learning_modes.with/funder.mode" in shown
