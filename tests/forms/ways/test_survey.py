"""Exports of survey tools in the shapes they have, through a mapping; and through the draft of one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from typer.testing import CliRunner

from workbook import storage
from workbook.cli import app
from workbook.errors import InputError, NotFoundError
from workbook.forms.questionnaire.collect import Refused, Taken, collect_answers
from workbook.forms.ways.draft import draft_mapping
from workbook.forms.ways.files import read_file

HEAD = "schema: 1\nengagement: commission\n"
PERSON = "person:\n  role: Your role\n  consent: {column: Consent, values: {Yes please: role, No thanks: none}}\n"
Collect = Callable[..., list[Taken | Refused]]


@pytest.fixture
def survey(every_kind: Path) -> Callable[..., list[Taken | Refused]]:
    """Return a function that writes an export and a mapping, and collects the one by the other."""

    def run(rows: list[list[Any]], mapping: str, *, name: str = "export.csv", encoding: str = "utf-8") -> Any:
        path = every_kind / name
        write_rows(path, rows, encoding=encoding)
        folder = every_kind / "parameters" / "commission" / "surveys"
        folder.mkdir(exist_ok=True)
        (folder / "made.yaml").write_text(HEAD + mapping, encoding="utf-8")
        return list(collect_answers("commission", [path], read=partial(read_file, mapping="made")))

    return run


def write_rows(path: Path, rows: list[list[Any]], *, encoding: str = "utf-8", delimiter: str = ",") -> None:
    """Write rows as CSV or as a workbook, by the file's name."""
    if path.suffix == ".xlsx":
        book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
        sheet = book.add_worksheet("Form1")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                (sheet.write_string if isinstance(value, str) else sheet.write_number)(number, column, value)
        book.close()
        return
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))


ROWS = [
    ["ID", "Email", "Your role", "Consent", "Rate it", "Which?", "How much?", "Why?"],
    ["1", "a@example.org", "Lead", "Yes please", "1", "Red;Green", "1.200,50", "Because, “so”"],
    ["2", "b@example.org", "Resident", "", "3", "", "12,5", ""],
]
ANSWERS = """answers:
  framing.purpose.seed: {column: Rate it, values: {"1": 0, "2": 1, "3": 2}, note: Why?}
  framing.several: {column: Which?, split: ";"}
  framing.cost: How much?
"""


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("e.csv", "utf-8"), ("e.csv", "utf-8-sig"), ("e.csv", "utf-16"), ("e.csv", "cp1252"), ("e.xlsx", "")],
)
def test_rows_become_voices_and_nothing_else_is_kept(survey: Any, every_kind: Path, name: str, encoding: str) -> None:
    """In each encoding and in a workbook the same voices; no address and no number of a row is in any file."""
    outcomes = survey(ROWS, f'decimal: ","\n{PERSON}{ANSWERS}', name=name, encoding=encoding or "utf-8")
    assert [type(one) for one in outcomes] == [Taken, Taken], [str(one) for one in outcomes]
    lead, resident = storage.load_engagement("commission").voices
    assert {key: one.value for key, one in lead.answers.items()} == {
        "framing.purpose.seed": 0,
        "framing.several": ["red", "green"],
        "framing.cost": 1200.5,
    }
    assert lead.answers["framing.purpose.seed"].note == "Because, “so”"
    assert (lead.consent, resident.consent) == ("role", "none")
    assert resident.answers["framing.purpose.seed"].value == 2
    kept = "".join(path.read_text("utf-8") for path in (every_kind / "parameters" / "commission" / "voices").iterdir())
    assert "example.org" not in kept


def test_values_are_named_and_never_guessed(survey: Any) -> None:
    """A bare number is no step, whatever it is; it is refused with the row, and with what is missing."""
    (one, two) = survey(ROWS, PERSON + "answers:\n  framing.purpose.seed: Rate it\n")
    assert isinstance(one, Refused)
    assert isinstance(two, Refused)
    assert "export.csv, row 2" in str(one)
    assert "which the mapping's values do not name" in str(one)


def test_an_unknown_word_of_consent_is_refused(survey: Any) -> None:
    """What a survey says of consent is named in the mapping or refused: it is never taken for a wider one."""
    rows = [ROWS[0], [*ROWS[1][:3], "OK", *ROWS[1][4:]]]
    (refused,) = survey(rows, f'decimal: ","\n{PERSON}{ANSWERS}')
    assert isinstance(refused, Refused)
    assert "one of named, role" in str(refused)


def test_two_readings_are_asked_about(survey: Any) -> None:
    """Where the mapping does not say which sign stands before fractions, 1.200 is asked about with its row."""
    rows = [ROWS[0], [*ROWS[1][:6], "1.200", ""]]
    (refused,) = survey(rows, PERSON + "answers:\n  framing.cost: How much?\n")
    assert '"1.200" may mean 1200 or 1.2' in str(refused)


BAD = [
    ("missing", "answers: {framing.cost: Nothing like it}\n", "a column called Nothing like it"),
    ("twice", "answers: {framing.cost: Why?}\n", "one column called Why?; there are 2"),
    ("number", "answers: {framing.cost: 40}\n", "a column's number from 1 to 9"),
    ("question", "answers: {framing.csot: Why}\n", "a question of the workbook"),
    ("part", "answers: {framing.points: {columns: {trust: Rate it}}}\n", "one of funder, grantees, people"),
    (
        "not filled in",
        'answers: {framing.purpose.seed: {column: Rate it, values: {"1": "?"}}}\n',
        "what each value means",
    ),
    ("key", "answers: {framing.cost: {colum: How much?}}\n", "a field of the workbook"),
]


@pytest.mark.parametrize(("mapping", "said"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_a_mapping_that_does_not_fit_refuses_the_file(survey: Any, mapping: str, said: str) -> None:
    """A heading that is missing or there twice stops the whole file, as does a fault of the mapping itself."""
    rows = [[*ROWS[0], "Why?"], *[[*row, ""] for row in ROWS[1:]]]
    (refused,) = survey(rows, PERSON + mapping)
    assert isinstance(refused, Refused)
    assert said in str(refused)
    assert not storage.load_engagement("commission").voices


SHAPES: dict[str, list[list[Any]]] = {
    "microsoft forms.xlsx": [
        ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time", "What is your role in this?", "How far may your answers travel?",
         "We hope to improve the work.", "Which one is it?", "Which ones are they?", "How many came?", "Who gets the points?.The funder",
         "Who gets the points?.Grantees", "How is it for each?.Grantees.Months"],
        [1, 46000.5, 46000.6, "anonymous", "", "", "Lead", "With my role", "Mostly", "The second", "Red;Green;", 12, 60, 40, 6],
    ],
    "google forms.csv": [
        ["Timestamp", "Email Address", "What is your role in this?", "How far may your answers travel?", "We hope to improve the work.", "Which one is it?",
         "Which ones are they?", "How many came?", "Who gets the points? [The funder]", "Who gets the points? [Grantees]",
         "How is it for each? [Grantees – Months]"],
        ["2026/03/31 10:00:00 am GMT", "a@example.org", "Lead", "With my role", "Mostly", "The second", "Red, Green", "12", "60", "40", "6"],
    ],
    "limesurvey.csv": [
        ["Response ID", "Date submitted", "What is your role in this?", "How far may your answers travel?", "We hope to improve the work.",
         "Which one is it?", "Which ones are they? [Red]", "Which ones are they? [Green]", "How many came?", "Who gets the points? [The funder]",
         "Who gets the points? [Grantees]", "How is it for each? [Grantees][Months]"],
        ["7", "2026-03-31 10:00", "Lead", "With my role", "Mostly", "The second", "Yes", "Yes", "12", "60", "40", "6"],
    ],
    "limesurvey codes and words.csv": [
        ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language", "seed. Seed", "G00Q01. What is your role in this?", "G00Q02. How far may your answers travel?",
         "G01Q01. We hope to improve the work.", "G01Q02. Which one is it?", "G01Q03[SQ001]. Which ones are they? [Red]",
         "G01Q03[SQ002]. Which ones are they? [Blue]", "G01Q03[SQ003]. Which ones are they? [Green]", "G01Q04. How many came?",
         "G01Q05[SQ001]. Who gets the points? [The funder]", "G01Q05[SQ002]. Who gets the points? [Grantees]",
         "G01Q06[SQ001_SQ002]. How is it for each? [Grantees][Months]"],
        ["7", "2026-03-31 10:00:00", "3", "en", "1804289383", "Lead", "With my role", "Mostly", "The second", "Yes", "No", "Yes", "12", "60", "40", "6"],
    ],
    "qualtrics three rows.csv": [
        ["StartDate", "IPAddress", "Q1", "Q2", "Q3", "Q4", "Q5_1", "Q5_2", "Q5_3", "Q6", "Q7_1", "Q7_2", "Q8_2_1"],
        ["Start Date", "IP Address", "What is your role in this?", "How far may your answers travel?", "We hope to improve the work.",
         "Which one is it?", "Which ones are they? - Red", "Which ones are they? - Blue", "Which ones are they? - Green", "How many came?",
         "Who gets the points? - The funder", "Who gets the points? - Grantees", "How is it for each? - Grantees - Months"],
        ['{"ImportId":"startDate","timeZone":"Europe/London"}', '{"ImportId":"ipAddress"}',
         *(f'{{"ImportId":"QID{number}"}}' for number in range(1, 12))],
        ["2026-03-31 10:00:00", "203.0.113.7", "Lead", "With my role", "Mostly", "The second", "Red", "", "Green", "12", "60", "40", "6"],
    ],
    "qualtrics one column.csv": [
        ["StartDate", "Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7_1", "Q7_2", "Q8_2_1"],
        ["Start Date", "What is your role in this?", "How far may your answers travel?", "We hope to improve the work.", "Which one is it?",
         "Which ones are they?", "How many came?", "Who gets the points? - The funder", "Who gets the points? - Grantees",
         "How is it for each? - Grantees - Months"],
        ['{"ImportId":"startDate","timeZone":"Z"}', *(f'{{"ImportId":"QID{number}"}}' for number in range(1, 10))],
        ["2026-03-31 10:00:00", "Lead", "With my role", "Mostly", "The second", "Red,Green", "12", "60", "40", "6"],
    ],
    "qualtrics.csv": [
        ["StartDate", "Q1 - What is your role in this?", "Q2 - How far may your answers travel?", "Q3 - We hope to improve the work.",
         "Q4 - Which one is it?", "Q5 - Which ones are they? - Red", "Q6 - Which ones are they? - Green", "Q7 - How many came?",
         "Q8 - Who gets the points? - The funder", "Q9 - Who gets the points? - Grantees", "Q10 - How is it for each? - Grantees - Months"],
        ["2026-03-31", "Lead", "With my role", "Mostly", "The second", "Yes", "Yes", "12", "60", "40", "6"],
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_a_draft_finds_what_a_tool_s_headings_say(every_kind: Path, name: str) -> None:
    """Where a tool writes labels, its draft needs no hand, and each tool's export is the same voice."""
    path = every_kind / name
    write_rows(path, SHAPES[name])
    draft = draft_mapping("commission", path)
    text = draft.path.read_text(encoding="utf-8")
    (taken,) = collect_answers("commission", [path], read=partial(read_file, mapping=draft.path.stem))
    assert isinstance(taken, Taken), f"{taken}\n{text}"
    assert {key: one.value for key, one in taken.voice.answers.items()} == {
        "framing.purpose.seed": 2,
        "framing.pick": "two",
        "framing.several": ["red", "green"],
        "framing.count": 12,
        "framing.points": {"funder": 60, "grantees": 40, "people": 0},
        "framing.each": {"grantees": {"months": 6}},
    }
    assert (taken.voice.role, taken.voice.consent) == ("Lead", "role")


def test_a_draft_lists_values_to_be_named_and_no_free_text(every_kind: Path) -> None:
    """Numbers of a scale wait with a question mark, nothing of anybody's words is copied, and it is not overwritten."""
    path = every_kind / "x.csv"
    write_rows(
        path,
        [["Your answer", "We hope to improve the work.", "What is it called?"], ["", "1", "Secret"], ["", "5", "More"]],
    )
    done = CliRunner().invoke(app, ["mapping", "commission", str(path)])
    assert done.exit_code == 0, done.output
    assert "Values to be named: 2" in done.output
    text = (every_kind / "parameters" / "commission" / "surveys" / "x.yaml").read_text(encoding="utf-8")
    assert '"1": "?"' in text
    assert "Secret" not in text
    assert "#   Your answer" in text
    with pytest.raises(NotFoundError, match="was not touched"):
        draft_mapping("commission", path)


def test_a_file_without_a_mapping_says_what_to_type(every_kind: Path) -> None:
    """An export of another tool is no file of ours, and the way to read it is said."""
    path = every_kind / "x.csv"
    write_rows(path, ROWS)
    with pytest.raises(InputError, match=r"workbook mapping commission .*x\.csv"):
        list(read_file(path, slug="commission", questions={}))
