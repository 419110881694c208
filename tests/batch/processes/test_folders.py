"""Temporary folders: private, removed, and removed by the next batch when their owner was killed."""

import stat
import subprocess
import sys

import pytest

from workbook.disk.held import find_short_folder, hold_folder, remove_leftovers
from workbook.errors import WorkbookError

HOLD_AND_DIE = """
import os, sys
from pathlib import Path
from workbook.disk.held import hold_folder
with hold_folder(Path(sys.argv[1]), ".making-") as folder:
    (folder / "half.html").write_text("half")
    os.kill(os.getpid(), 9)
"""


def test_folder_is_private_and_removed_at_the_end(tmp_path):
    """Nobody else can look into the folder, and it goes with everything in it."""
    with hold_folder(tmp_path / "outputs", ".making-") as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "deep").mkdir()
        (folder / "deep" / "page.html").touch()
    assert list((tmp_path / "outputs").iterdir()) == []


def test_folder_is_removed_after_an_error(tmp_path):
    """An error inside leaves no folder behind."""
    with pytest.raises(ValueError, match="inside"), hold_folder(tmp_path, ".making-"):
        raise ValueError("inside")
    assert list(tmp_path.iterdir()) == []


def test_folder_in_use_is_left_alone(tmp_path):
    """A second batch beside a running one does not remove its folder."""
    with hold_folder(tmp_path, ".making-") as first, hold_folder(tmp_path, ".making-") as second:
        assert first.is_dir()
        assert second.is_dir()
        assert first != second


def test_folder_of_a_killed_owner_is_removed(tmp_path):
    """The next batch removes what a killed one left, and nothing else."""
    subprocess.run([sys.executable, "-c", HOLD_AND_DIE, str(tmp_path)], check=False)
    assert [path.name for path in tmp_path.glob(".making-*/*")] == ["half.html"]
    (tmp_path / "example").mkdir()
    with hold_folder(tmp_path, ".making-") as folder:
        seen = [path.name for path in tmp_path.iterdir() if not path.name.startswith(".held")]
        assert sorted(seen) == sorted(["example", folder.name])
    assert [path.name for path in tmp_path.iterdir()] == ["example"]


def test_links_are_not_followed(tmp_path):
    """A link with a leftover's name leads nowhere: what it points to stays."""
    kept = tmp_path / "kept"
    kept.mkdir()
    (tmp_path / ".making-link").symlink_to(kept)
    remove_leftovers(tmp_path, ".making-")
    assert kept.is_dir()


def test_long_temporary_folder_is_not_used_for_sockets(monkeypatch):
    """Where TMPDIR is too long for a socket's path, /tmp serves."""
    monkeypatch.setattr("tempfile.tempdir", "/" + "long/" * 30)
    assert str(find_short_folder()) == "/tmp"


def test_folder_that_cannot_be_written_is_refused_in_words(tmp_path):
    """A file where outputs/ should be ends in a message, not in a traceback."""
    outputs = tmp_path / "outputs"
    outputs.write_text("a file")
    with pytest.raises(WorkbookError, match="Nothing can be written into"), hold_folder(outputs, ".making-"):
        pass


def test_the_lock_of_a_folder_in_the_making_is_left_alone(tmp_path):
    """Another batch that looks between the lock's making and its taking does not take it away from under its owner."""
    draft, lock = tmp_path / "x-new-1", tmp_path / ".held-x-1"
    draft.mkdir()
    lock.touch()
    remove_leftovers(tmp_path, "x-")
    assert lock.exists()
    draft.rmdir()
    remove_leftovers(tmp_path, "x-")
    assert not lock.exists()


def test_a_folder_held_by_a_program_that_found_no_locks_is_left_alone(tmp_path):
    """Where one program finds locks and another does not, the second one's folder counts as held all the same."""
    from filelock import SoftFileLock

    folder = tmp_path / "x-1"
    folder.mkdir()
    with SoftFileLock(tmp_path / ".held-x-1-held"):
        remove_leftovers(tmp_path, "x-")
        assert folder.is_dir()
    remove_leftovers(tmp_path, "x-")
    assert not folder.exists()
