"""What a killed writer left goes with the next command, whatever the clock says; what is being written stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbook.cli import app
from workbook.disk.leftovers import remove_all_leftovers
from workbook.disk.writing import remove_temporary
from workbook.storage import write_atomically
from workbook.storage.creating import create_from_files
from workbook.storage.moving import end_all_steps

EXAMPLE = Path(__file__).parents[2] / "parameters" / "example"


@pytest.mark.parametrize("when", [0, 2**33])
@pytest.mark.parametrize("place", ["voices", "set-aside", "earlier/trustee", "."])
def test_the_next_command_removes_what_was_left(project: Path, place: str, when: int) -> None:
    """A file of long ago or of years to come: any command of the project takes it away, check too."""
    folder = project / "parameters" / "example" / place
    folder.mkdir(parents=True, exist_ok=True)
    # Where nothing locks, a file is known for one that was left by its writer's being gone.
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    left = folder / f".trustee.yaml-{gone.pid}-0123abcd"
    left.write_text("answers", encoding="utf-8")
    os.utime(left, (when, when))
    CliRunner().invoke(app, ["check", "example"])
    assert not left.exists()


def test_what_somebody_is_writing_stays(project: Path) -> None:
    """A file that another process holds is not touched; once that is gone, it goes."""
    folder = project / "parameters" / "example" / "voices"
    script = (
        "import os, sys, fcntl; path = f'{sys.argv[1]}-{os.getpid()}-0123abcd';"
        "handle = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600);"
        "fcntl.flock(handle, fcntl.LOCK_EX); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(folder / ".trustee.yaml")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        left = folder / f".trustee.yaml-{other.pid}-0123abcd"
        remove_all_leftovers(project, end_all_steps)
        assert left.exists()
        other.kill()
        other.wait()
    remove_all_leftovers(project, end_all_steps)
    assert not left.exists()


def test_names_that_are_only_like_ours_stay(tmp_path: Path) -> None:
    """No file of anybody else's is taken for one of ours, and no link is followed."""
    for name in (".trustee.yaml.swp", ".hidden-1-xyz", "trustee.yaml-1-0123abcd", ".lock"):
        (tmp_path / name).write_text("kept", encoding="utf-8")
    (tmp_path / ".link-1-0123abcd").symlink_to(tmp_path / ".lock")
    before = sorted(path.name for path in tmp_path.iterdir())
    remove_temporary([tmp_path])
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_file_is_private_from_its_first_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The temporary one too, whatever the umask: who looks while it is written sees 0600."""
    seen: list[int] = []
    flushed = os.fsync

    def look(handle: int) -> None:
        seen.extend(path.stat().st_mode & 0o777 for path in tmp_path.iterdir())
        flushed(handle)

    monkeypatch.setattr(os, "fsync", look)
    before = os.umask(0)
    try:
        write_atomically(tmp_path / "voice.yaml", "answers")
    finally:
        os.umask(before)
    assert seen == [0o600]
    assert (tmp_path / "voice.yaml").stat().st_mode & 0o777 == 0o600


def test_a_folder_whose_owner_died_before_it_held_it_goes(project: Path) -> None:
    """One that a running program has just made stays; a folder that was being removed goes too."""
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    parameters = project / "parameters"
    names = (f".new-new-{gone.pid}-a", f".new-new-{os.getpid()}-b", ".gone-0123abcd")
    for name in names:
        (parameters / name / "example" / "voices").mkdir(parents=True)
    remove_all_leftovers(project, end_all_steps)
    assert sorted(path.name for path in parameters.iterdir()) == sorted([names[1], "example"])


def test_an_engagement_is_there_whole_or_not_at_all(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No answers of a new one lie in its folder before its facts do."""
    seen = []
    moved = Path.rename

    def look(path: Path, to: Path) -> Path:
        seen.append((to.name, to.exists(), sorted(one.name for one in path.rglob("*.yaml"))))
        return moved(path, to)

    monkeypatch.setattr(Path, "rename", look)
    files = {"engagement.yaml": (EXAMPLE / "engagement.yaml").read_text(encoding="utf-8")}
    files |= {"voices/trustee.yaml": (EXAMPLE / "voices" / "trustee.yaml").read_text(encoding="utf-8")}
    create_from_files("fresh", files)
    assert seen[-1] == ("fresh", False, ["engagement.yaml", "trustee.yaml"])
