"""Where a drive does not keep permissions, locks or renames, `check` says what may happen and what to do."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from workbook.cli import app
from workbook.disk.drive import list_not_kept


def _check() -> str:
    return CliRunner().invoke(app, ["check", "example"]).output


def test_a_disk_that_keeps_everything_is_not_mentioned(project: Path) -> None:
    """Nothing is said, and nothing of the trial is left."""
    before = sorted(path.name for path in (project / "parameters").iterdir())
    assert "this drive" not in _check()
    assert sorted(path.name for path in (project / "parameters").iterdir()) == before


@pytest.mark.parametrize("lack", ["permissions", "locks", "renames"])
def test_what_a_drive_does_not_keep_is_said(project: Path, monkeypatch: pytest.MonkeyPatch, lack: str) -> None:
    """Each by itself, in a line of check."""
    if lack == "permissions":
        monkeypatch.setattr(Path, "chmod", lambda *_: None)
        monkeypatch.setattr("workbook.disk.drive.os.name", "posix")
        monkeypatch.setattr(Path, "write_bytes", _write_open)
    elif lack == "locks":
        monkeypatch.setattr("filelock.FileLock.acquire", _refuse_lock)
    else:
        monkeypatch.setattr(Path, "replace", lambda self, other: Path(shutil.copyfile(self, other)))
    assert list_not_kept(project / "parameters") == (lack,)


def _write_open(self: Path, content: bytes) -> int:
    with self.open("wb") as stream:
        return stream.write(content)


def _refuse_lock(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


def test_check_says_it_and_still_passes(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is something to look at, and no fault of a file."""
    monkeypatch.setattr("workbook.disk.drive.list_not_kept", lambda folder: ("locks",))
    assert "no locks, so two people" in _check()


def test_a_folder_that_cannot_be_written_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only disk is a sentence."""

    def refuse(*_: Any, **__: Any) -> str:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("workbook.disk.held.tempfile.mkdtemp", refuse)
    said = _check()
    assert "nothing can be written here" in said
    assert "example: no problems" in said
