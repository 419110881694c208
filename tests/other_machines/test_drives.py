"""Drives that hold no locks, keep no permissions or refuse a rename; files as Windows and its editors write them."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import filelock
import pytest

from builders import SMALLEST, write_engagement
from workbook import machine
from workbook.errors import WorkbookError
from workbook.forms.saving import saving
from workbook.forms.saving.saving import find_voice_file, hold_lock, read_data, save_answer
from workbook.storage import load_engagement

VOICE = "schema: 1\nrole: Grants manager\nconsent: role\nanswers:\n  framing.product.soil: unsure   # to ask\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An engagement with one voice, in a folder whose name has spaces and signs of other languages."""
    place = tmp_path / "Dropbox (Persönlich)" / "mine"
    write_engagement(place, {"engagement.yaml": SMALLEST, "voices/manager.yaml": VOICE})
    return place


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_drive_without_locks_keeps_writers_apart_by_a_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Where the drive refuses every lock the answer is saved, and a second writer waits."""

    def refuse(_self: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(filelock.FileLock, "_acquire", refuse)
    monkeypatch.setattr(saving, "LONGEST_WAIT", 0.05)
    save_answer(folder, "manager", "framing.product.soil", {"value": "unsure", "note": "a note"})
    assert read_data(find_voice_file(folder, "manager"))["answers"]["framing.product.soil"]["note"] == "a note"
    with hold_lock(folder), pytest.raises(WorkbookError, match="busy"), hold_lock(folder):
        pass


def test_a_lock_file_of_a_writer_that_was_killed_does_not_stand_for_ever(folder: Path) -> None:
    """The file that stood for the lock of a dead process is taken away by the next writer."""
    holder = (
        "import os, sys, filelock; lock = filelock.SoftFileLock(sys.argv[1]); lock.acquire(); os.kill(os.getpid(), 9)"
    )
    held = folder / ".lock-held"
    subprocess.run([sys.executable, "-c", holder, str(held)], timeout=60, check=False)
    assert held.exists()
    with filelock.SoftFileLock(held, timeout=10):
        pass


def test_a_drive_that_keeps_no_permissions_and_flushes_no_folder_refuses_no_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What such a drive cannot do is no reason to lose an answer."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    really_open = os.open

    def open_no_folder(path: str | Path, *rest: int) -> int:
        return refuse() or -1 if Path(path).is_dir() else really_open(path, *rest)

    monkeypatch.setattr(Path, "chmod", refuse)
    monkeypatch.setattr(machine.os, "open", open_no_folder)
    path = find_voice_file(folder, "manager")
    saving.write_durably(path, VOICE + "name: Sam\n")
    assert read_data(path)["name"] == "Sam"


def test_a_rename_that_is_refused_is_said_and_leaves_the_old_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where another program has the file open the old one stays whole, nothing is left beside it, and it is said."""
    path = find_voice_file(folder, "manager")
    before = path.read_bytes()

    def refuse(self: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(WorkbookError, match="The process cannot access the file"):
        save_answer(folder, "manager", "framing.product.soil", {"value": "unsure", "note": "a note"})
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["manager.yaml"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_with_windows_line_ends_keeps_them(folder: Path, mark: bytes) -> None:
    """An editor's line ends and its mark at the beginning are read, and an answer beside them is saved."""
    path = find_voice_file(folder, "manager")
    path.write_bytes(mark + VOICE.replace("\n", "\r\n").encode())
    assert load_engagement(folder).voices[0].role == "Grants manager"
    save_answer(folder, "manager", "framing.product.seed", {"value": "unsure"})
    written = path.read_bytes()
    assert b"# to ask\r\n" in written
    assert written.count(b"\n") == written.count(b"\r\n")
