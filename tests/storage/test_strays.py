"""Files nobody meant are passed over, copies are named, and a stray folder stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from builders import SMALLEST, write_engagement
from workbook import storage
from workbook.cli import app
from workbook.errors import InputError

VOICE = "schema: 1\nrole: Lead\nconsent: role\nanswers: {framing.purpose.seed: 3}\n"
LEFT = [
    *("desktop.ini", "Thumbs.db", ".DS_Store", "._lead.yaml", "Icon\r", "lead.yaml~", "#lead.yaml#", ".lead.yaml.swp"),
    *("lead.yaml.bak", "~$lead.yaml", "lead.yaml.tmp", "lead.yaml.crdownload", "lead.yaml.orig", ".lead.yaml.icloud"),
    *("_notes.yaml", "lead.yaml.lnk"),
]
COPIES = [
    "lead (conflicted copy 2026-11-02).yaml",
    "lead (Ana's conflicted copy 2026-11-02).yaml",
    "lead.sync-conflict-20261102-101500-ABCDEFG.yaml",
    "lead (1).yaml",
    "lead - Copy.yaml",
    "lead copy 2.yaml",
    "Copy of lead.yaml",
    "lead-DESKTOP-7Q3K.yaml",
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with one engagement of one voice."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    write_engagement(tmp_path / "parameters" / "towns", {"engagement.yaml": SMALLEST, "voices/lead.yaml": VOICE})
    return tmp_path


def _check(*names: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["check", *names])
    return done.exit_code, done.output


@pytest.mark.parametrize("name", LEFT)
def test_what_systems_and_editors_leave_is_passed_over(project: Path, name: str) -> None:
    """It is no problem and nothing to look at."""
    (project / "parameters" / "towns" / "voices" / name).write_text("x", encoding="utf-8")
    assert _check("towns") == (0, "towns: no problems (1 voice)\n")


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_made_by_a_program_is_named_and_not_counted(project: Path, name: str) -> None:
    """It is not read, opens no group, and what to do is said; nobody is told to rename it to a voice."""
    (project / "parameters" / "towns" / "voices" / name).write_text(VOICE, encoding="utf-8")
    status, said = _check("towns")
    assert status == 0
    assert "(1 voice)" in said
    assert "a program made this copy" in said
    assert "rename" not in said


@pytest.mark.parametrize("name", ["Grants Manager.yaml", "lead.yml", "lead.json", "notes.txt"])
def test_a_name_that_somebody_chose_is_still_a_problem(project: Path, name: str) -> None:
    """What a person may have meant as a voice is never passed over silently."""
    (project / "parameters" / "towns" / "voices" / name).write_text(VOICE, encoding="utf-8")
    with pytest.raises(InputError, match="a file name of"):
        storage.load_engagement("towns")


@pytest.mark.parametrize("name", ["New folder", "old", "__MACOSX", "towns (copy)", "lost+found"])
def test_a_stray_folder_stops_nothing(project: Path, name: str) -> None:
    """Beside the engagements it is passed over, and said where it may have been meant."""
    (project / "parameters" / name).mkdir()
    status, said = _check()
    assert status == 0
    assert "towns: no problems" in said
    assert storage.list_slugs(project) == ("towns",)
    assert (f"parameters/{name}" in said) == (name not in ("__MACOSX", "lost+found"))


def test_a_folder_with_voices_and_no_facts_is_still_a_problem(project: Path) -> None:
    """Answers that lost their engagement's file are not passed over."""
    write_engagement(project / "parameters" / "hills", {"voices/lead.yaml": VOICE})
    assert storage.list_slugs(project) == ("hills", "towns")
    assert _check()[0] == 1


def test_a_stray_folder_among_the_voices_stops_nothing(project: Path) -> None:
    """A folder beside the voices' files is said and passed over."""
    (project / "parameters" / "towns" / "voices" / "old").mkdir()
    status, said = _check("towns")
    assert status == 0
    assert "this folder is passed over" in said


@pytest.mark.parametrize("name", ["007", "1e3", "0x1f", "nan", "inf", "true", "no", "2026"])
def test_a_name_another_tool_takes_for_a_number_is_refused_with_a_reason(project: Path, name: str) -> None:
    """A new engagement cannot have it, and one that has it is told why."""
    for command in ("new", "check"):
        done = CliRunner().invoke(app, [command, name])
        said = done.output + str(done.exception or "")
        assert done.exit_code != 0
        assert "other tools would read it as a number" in said
    assert not (project / "parameters" / name).exists()


@pytest.mark.parametrize("name", ["round-2026", "e3", "1e3x", "a1", "2026-27"])
def test_other_names_with_digits_are_names(project: Path, name: str) -> None:
    """A digit alone makes no number."""
    assert CliRunner().invoke(app, ["new", name]).exit_code == 0
