"""Published grants become the programme of a commission, from each of the forms they are published in."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from workbook import storage
from workbook.errors import InputError
from workbook.intake.grants import create_from_grants

HEADS = (
    "Identifier",
    "Title",
    "Currency",
    "Amount Awarded",
    "Award Date",
    "Funding Org:0:Name",
    "Recipient Org:Name",
    "Grant Programme:Title",
)
ROWS: list[tuple[Any, ...]] = [
    ("360G-1", "Mentoring", "GBP", 30000, "2025-02-01", "A fund", "Youth group", "Young harbour"),
    ("360G-2", "Trips", "GBP", 20000.5, "2026-02-01", "A fund", "Boat club", "Young harbour"),
    ("360G-3", "Roof", "GBP", 99000, "2024-02-01", "A fund", "Church", "Buildings"),
]


def _write_csv(path: Path, rows: list[tuple[Any, ...]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([HEADS, *rows])
    path.write_text(stream.getvalue(), encoding="utf-8-sig")


def _write_json(path: Path, rows: list[tuple[Any, ...]]) -> None:
    grants = [
        {
            "id": row[0],
            "title": row[1],
            "currency": row[2],
            "amountAwarded": row[3],
            "awardDate": row[4],
            "fundingOrganization": [{"name": row[5]}],
            "recipientOrganization": [{"name": row[6]}],
            "grantProgramme": [{"title": row[7]}],
        }
        for row in rows
    ]
    path.write_text(json.dumps({"grants": grants}), encoding="utf-8")


def _write_xlsx(path: Path, rows: list[tuple[Any, ...]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("grants")
        for number, row in enumerate([HEADS, *rows]):
            sheet.write_row(number, 0, row)


@pytest.mark.parametrize(("ending", "write"), [("csv", _write_csv), ("json", _write_json), ("xlsx", _write_xlsx)])
def test_the_programme_most_grants_name_is_taken(project: Path, ending: str, write: Any) -> None:
    """Its name, its sum, its funder and those who were given its grants, the largest first, each guess marked."""
    path = project / f"grants.{ending}"
    write(path, ROWS)
    made = create_from_grants("taken", path)
    facts = storage.load_engagement("taken").facts
    assert (facts.programme, facts.programme_budget, facts.currency) == ("Young harbour", 50000.5, "GBP")
    assert (facts.commissioner, facts.others_at_work) == ("A fund", ("Youth group", "Boat club"))
    assert facts.budget is None
    assert "What the work may cost" in facts.not_stated
    assert facts.source[0].year == 2026
    assert "# guess: the sum of 2 grants" in made.path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "headings of 360Giving"),
        ([*ROWS, (*ROWS[0][:5], "Another fund", *ROWS[0][6:])], "one funder"),
        ([*ROWS, (*ROWS[0][:2], "EUR", *ROWS[0][3:])], "one currency"),
    ],
)
def test_what_cannot_be_one_programme_is_refused(project: Path, rows: list[tuple[Any, ...]], said: str) -> None:
    """No grants, several funders or several currencies: the message says what to keep."""
    _write_csv(project / "grants.csv", rows)
    with pytest.raises(InputError, match=said):
        create_from_grants("taken", project / "grants.csv")


def test_a_file_of_another_kind_is_refused(project: Path) -> None:
    """Also one that is named .xlsx and is none."""
    for name in ("grants.pdf", "grants.xlsx"):
        (project / name).write_bytes(b"words")
        with pytest.raises(InputError, match=r"\.json, \.csv or \.xlsx|can be read"):
            create_from_grants("taken", project / name)
