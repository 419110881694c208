"""The doctor says in a few lines what this machine can do, and what to type where it is too little."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workbook import machine
from workbook.projects import doctor


def _read(subject: str) -> doctor.Finding:
    return next(one for one in doctor.examine() if subject in one.subject)


def test_about_ten_lines_each_with_a_remedy_where_it_is_not_well(project: Path) -> None:
    """Everything looked at is a line, and nothing that is missing lacks what to type."""
    findings = list(doctor.examine())
    assert 8 <= len(findings) <= 12
    assert [one for one in findings if not one.well and not one.remedy] == []
    assert str(project) in _read("a workbook").found
    assert [path for path in project.iterdir() if path.name.startswith(".doctor")] == []


def test_a_package_that_is_too_old_or_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The version found and the one wanted stand side by side."""
    real = doctor.version
    monkeypatch.setattr(doctor, "version", lambda name: "1.0" if name == "jupyterlab" else real(name))
    found = _read("soil-and-seeds")
    assert not found.well
    assert "jupyterlab 1.0, wanted >=4.6.2" in found.found


def test_what_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Outside a project, without programs and on a plain machine the lines say so."""
    monkeypatch.delenv("WORKBOOK_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setenv(machine.PLAIN, "1")
    said = "\n".join(map(str, doctor.examine()))
    assert "workbook init my-workbook" in said
    assert "LibreOffice, to look at Word files and make PDF of them: not found" in said
    assert "not folders flushed" in said
    assert "WORKBOOK_PLAIN is set" in said
