"""What people do to a facilitator's workbook without meaning to: no answer is left out without a word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from flat_support import fill_workbook, name_fields
from workbook.cli import app
from workbook.errors import InputError
from workbook.forms.questionnaire.collect import Refused, Taken, collect_answers
from workbook.forms.ways.facilitator import write_facilitator_workbook
from workbook.forms.ways.files import read_file

LEAD = {"framing_purpose_seed": "Mostly", "framing_count": 12, **name_fields(role="Lead", consent="role")}
Rows = list[list[Any]]


def _read(path: Path) -> Rows:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Answers").to_python(skip_empty_area=False)


def _write(path: Path, *sheets: Rows, last: Callable[[Any, Any], None] = lambda _book, _sheet: None) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    last(book, sheet)
    book.close()
    return path


def _collect(path: Path) -> list[Taken | Refused]:
    return list(collect_answers("commission", [path], read=read_file))


@pytest.fixture
def filled(every_kind: Path) -> Path:
    """Return a workbook with one person in it."""
    return fill_workbook(write_facilitator_workbook("commission"), [LEAD])


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: [["Notes of the day"], [], *rows],
        lambda rows: [["", *row] for row in rows],
        lambda rows: [rows[0], *rows[2:]],
        lambda rows: [rows[0], *sorted(rows[1:], key=lambda row: str(row[2]))],
        lambda rows: [[2 if cell == "Mostly" else cell for cell in row] for row in rows],
    ],
    ids=["rows above", "a column before", "a row of ours deleted", "sorted", "a number for a step"],
)
def test_a_workbook_that_was_moved_about_says_the_same(filled: Path, change: Callable[[Rows], Rows]) -> None:
    """Rows and columns put in front, taken out or sorted, and a step by its number, change no answer."""
    (taken,) = _collect(_write(filled.with_name("moved.xlsx"), change(_read(filled))))
    assert isinstance(taken, Taken), str(taken)
    assert {key: answer.value for key, answer in taken.voice.answers.items()} == {
        "framing.purpose.seed": 2,
        "framing.count": 12,
    }


def test_every_sheet_of_answers_is_read(filled: Path) -> None:
    """A sheet copied for a second group is people too, and a problem names the sheet."""
    first, second = _read(filled), _read(filled)
    for row in second:
        row[4] = {"Lead": "Resident", 12: "many"}.get(row[4], row[4])
    taken, refused = _collect(_write(filled.with_name("two.xlsx"), first, second))
    assert isinstance(taken, Taken), str(taken)
    assert "two.xlsx, sheet Sheet2, column E: answers.framing.count" in str(refused)


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (lambda _, sheet: sheet.merge_range(6, 4, 8, 4, "Mostly"), "rows 7 to 9.*none merged"),
        (lambda _, sheet: sheet.merge_range(3, 4, 3, 5, "Lead"), "row 4.*none merged"),
        (lambda _, sheet: sheet.write_formula(7, 5, "=1/0", None, "#DIV/0!"), "there is a formula"),
    ],
)
def test_cells_that_hold_no_answer_of_their_own_are_named(filled: Path, last: Callable[..., None], why: str) -> None:
    """Of merged cells only one holds anything, so nothing is taken until they are apart again; nor of a formula."""
    with pytest.raises(InputError, match=f"(?s){why}"):
        list(read_file(_write(filled.with_name("bad.xlsx"), _read(filled), last=last), slug="commission", questions={}))


def test_a_file_with_nobody_in_it_is_said_to_be_empty(every_kind: Path) -> None:
    """The workbook as it was sent out takes nothing, and says so."""
    (refused,) = _collect(write_facilitator_workbook("commission"))
    assert "questionnaire.xlsx\n      expected: answers of at least one person; there are none" in str(refused)


def test_one_of_several_people_in_a_file_can_be_filed_alone(filled: Path) -> None:
    """What is to be typed for one of them names a file of one, since --as names one person."""
    taken, refused = _collect(fill_workbook(filled.replace(filled.with_name("questionnaire.xlsx")), [LEAD, LEAD]))
    assert isinstance(taken, Taken), str(taken)
    assert "one-person.xlsx --as lead-2\n" in str(refused)
    assert "one-person.xlsx: a copy of filled.xlsx without the others" in str(refused)


def test_a_file_name_with_spaces_can_be_pasted(every_kind: Path) -> None:
    """A file as a mail program renames it is quoted in what to type, with its folder."""
    path = every_kind / "export of Ana's (1).csv"
    path.write_text("Time,Role\n1,Lead\n", encoding="utf-8")
    quoted = "'" + str(path).replace("'", "'\"'\"'") + "'"
    (refused,) = _collect(path)
    assert f"workbook mapping commission {quoted}" in str(refused)
    said = CliRunner().invoke(app, ["mapping", "commission", str(path)])
    assert f"collect commission {quoted} --mapping export-of-ana-s-1" in said.output
    said = CliRunner().invoke(app, ["collect", "commission", str(path), "--mapping", "export-of-ana-s-1"])
    assert "answers\n      expected: at least one question, with its column" in said.output
