"""`workbook new SLUG --voice NAME`: a file with every question as a comment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builders import AUDIENCES, write_engagement
from workbook.cli import app
from workbook.errors import NotFoundError
from workbook.forms.saving.saving import save_answer
from workbook.intake.voice_file import write_blank_voice
from workbook.model.chapters import list_questions
from workbook.storage import load_engagement


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one engagement."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    text = f"schema: 2\ntitle: T\ncommissioner: A funder\naudiences: {list(AUDIENCES)}\n".replace("'", "")
    return write_engagement(tmp_path / "parameters" / "mine", {"engagement.yaml": text})


def test_every_question_stands_in_it_and_each_line_can_be_used_as_it_is(folder: Path) -> None:
    """With every # taken away the file is valid, and says "we do not know yet" to everything that is asked."""
    result = CliRunner().invoke(app, ["new", "mine", "--voice", "grants-manager"])
    assert result.exit_code == 0, result.output
    path = folder / "voices" / "grants-manager.yaml"
    assert load_engagement(folder).voices[0].answers == {}
    path.write_text(re.sub(r"^  # (?=[a-z_]+\.)", "  ", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    voice = load_engagement(folder).voices[0]
    assert set(voice.answers) == set(list_questions(load_engagement(folder).facts))
    assert voice.role == "Grants manager"


def test_a_form_can_save_into_it(folder: Path) -> None:
    """Whoever begins in the file may go on in the form."""
    write_blank_voice("mine", "lead")
    save_answer(folder, "lead", "framing.purpose.seed", {"value": 3})
    assert load_engagement(folder).voices[0].answers["framing.purpose.seed"].value == 3


def test_it_says_the_steps_of_a_scale_and_the_options_of_a_choice(folder: Path) -> None:
    """Nobody has to look them up elsewhere."""
    text = write_blank_voice("mine", "lead").read_text("utf-8")
    assert "##     4: Completely" in text
    assert "##     grantees: Grantees" in text


@pytest.mark.parametrize("name", ["../lead", "Lead", ""])
def test_a_name_that_is_no_file_is_refused(folder: Path, name: str) -> None:
    """Nothing is written outside the folder of voices."""
    with pytest.raises(NotFoundError):
        write_blank_voice("mine", name)
    assert not list(folder.parent.glob("**/*.yml"))


def test_a_voice_that_is_there_is_not_touched(folder: Path) -> None:
    """No file is ever overwritten."""
    path = write_blank_voice("mine", "lead")
    path.write_text("schema: 2\nrole: Mine\nanswers: {}\n", "utf-8")
    with pytest.raises(NotFoundError, match="was not touched"):
        write_blank_voice("mine", "lead")
    assert "Mine" in path.read_text("utf-8")
