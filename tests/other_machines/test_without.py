"""The workbook on machines and drives that lack what Linux has, as far as they can be played here."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest

MAIN = "from workbook.cli import main; main()"
WITHOUT = Path(__file__).with_name("without")
SAVE = """
import sys
from pathlib import Path
from workbook import machine
from workbook.forms.saving.saving import create_voice, find_voice_file, hold_lock, read_data, save_answer
assert not machine.can_fork() and not machine.can_replace_process() and not machine.flush_folder(Path())
folder = Path("parameters/mine")
voice = create_voice(folder, "Grants manager", "role")
save_answer(folder, voice, "framing.product.soil", {"value": "unsure"})
with hold_lock(folder):
    print(sorted(path.name for path in folder.iterdir()))
print(read_data(find_voice_file(folder, voice))["answers"])
"""


@cache
def _make_short() -> str:
    """Make a folder with a path so short that a batch keeps its temporary files there and nowhere else."""
    folder = tempfile.mkdtemp(prefix="poor-")
    assert len(folder) <= 60
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _run(project: Path, *arguments: str, poorer: bool = True) -> str:
    less = {"PYTHONPATH": str(WITHOUT)} if poorer else {}
    # Temporary folders of its own: it cannot see the locks by which the machine's other batches hold theirs.
    environment = {**os.environ, **less, "WORKBOOK_HOME": str(project), "COLUMNS": "200", "TMPDIR": _make_short()}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in a folder with spaces and signs, made by the command on the poorer machine."""
    folder = tmp_path_factory.mktemp("Über uns & others (1)")
    command = ("-c", MAIN)
    _run(folder, *command, "init", "mine")
    _run(folder / "mine", *command, "new", "mine")
    return folder / "mine"


def test_an_answer_is_saved_without_locks_and_without_opening_folders(project: Path) -> None:
    """The save says nothing of a disk that refused it, and a file stands for the lock while it is held."""
    held, answers = _run(project, "-c", SAVE).splitlines()
    assert ".lock-held" in held
    assert answers == "{'framing.product.soil': 'unsure'}"
    assert not (project / "parameters" / "mine" / ".lock-held").exists()


@pytest.mark.parametrize("command", ["check", "doctor", "--help"])
def test_commands_run(project: Path, command: str) -> None:
    """What needs no kernel runs and ends well."""
    assert _run(project, "-c", MAIN, command)


def test_the_batch_makes_the_same_page(project: Path) -> None:
    """Without splitting processes, groups of them and locked folders the page is the same to the byte."""
    page, command = project / "outputs" / "example" / "summary.html", ("-c", MAIN, "batch", "example")
    _run(project, *command)
    poorer = page.read_bytes()
    page.unlink()
    _run(project, *command, poorer=False)
    assert page.read_bytes() == poorer
