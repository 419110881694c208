"""Which promises a form asks about: each party about its own, and everybody about those that are public."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from builders import AUDIENCES
from workbook import storage
from workbook.cli import app
from workbook.forms.lab.ending import Ending
from workbook.forms.questionnaire.asked_of import load_to_ask
from workbook.forms.questionnaire.questionnaire import write_questionnaire
from workbook.forms.ways.xlsform import write_xlsform
from workbook.model.choices import Recipient

PROMISES = [
    {"id": "all", "what": "Publish what changed", "edition": "public"},
    {"id": "to-people", "what": "Pay for their time", "to": ["people"]},
    {"id": "to-grantees", "what": "Cut the form", "to": ["grantees"], "edition": "public"},
    {"id": "by-grantees", "what": "Try one change", "who": "grantees"},
    {"id": "own", "what": "Ask the chair", "to": ["people"], "edition": "private"},
]
FACTS = {"schema": 2, "title": "T", "commissioner": "A funder", "audiences": list(AUDIENCES), "promises": PROMISES}


@pytest.fixture
def slug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a round with promises of each edition."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    folder = tmp_path / "parameters" / "second"
    folder.mkdir(parents=True)
    (folder / "engagement.yaml").write_text(json.dumps(FACTS), encoding="utf-8")
    return folder.name


@pytest.mark.parametrize(
    ("audiences", "recipient", "asked"),
    [
        ((), Recipient.OTHERS, {"all", "to-grantees"}),
        (("people",), Recipient.OTHERS, {"all", "to-people"}),
        (("grantees",), Recipient.OTHERS, {"all", "to-grantees", "by-grantees"}),
        (("grantees", "people"), Recipient.OTHERS, {"all", "to-people", "to-grantees", "by-grantees"}),
        ((), Recipient.COMMISSIONER, {"all", "to-people", "to-grantees", "by-grantees"}),
    ],
)
def test_each_party_is_asked_about_what_it_was_promised_or_promised_itself(
    slug: str, audiences: tuple[str, ...], recipient: Recipient, asked: set[str]
) -> None:
    """A promise for partners reaches those concerned, and no form that may go anywhere; a private one reaches none."""
    found = load_to_ask(slug, recipient, audiences)
    assert {one.id for one in found.engagement.facts.promises} == asked
    assert found.left_out == len(PROMISES) - len(asked)
    page = write_questionnaire(slug, recipient=recipient, audiences=audiences).read_text(encoding="utf-8")
    assert {str(one["id"]) for one in PROMISES if one["what"] in page} == asked


def test_other_formats_ask_the_same_and_the_command_says_what_is_left_out(slug: str) -> None:
    """An XLSForm names no promise that the page does not; the command says how many stay out, and what to add."""
    rows = CalamineWorkbook.from_path(str(write_xlsform(slug))).get_sheet_by_name("survey").to_python()
    words = " ".join(str(cell) for row in rows for cell in row)
    assert "Publish what changed" in words
    assert "Pay for their time" not in words
    assert "3 of the promises" in Ending(storage.find_slug(slug)).ask_others("quarter")["text"]
    said = CliRunner().invoke(app, ["questionnaire", slug, "--audience", "people"])
    assert "3 of the promises are not asked about" in said.output.replace("\n", " ")
    assert "add --audience and their id" in said.output.replace("\n", " ")
