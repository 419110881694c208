"""What Windows refuses, played: a file that another program holds open, and a path of 260 signs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from workbook.projects.doctor import LONGEST_FOLDER

MAIN = "from workbook.cli import main; main()"
WITHOUT = Path(__file__).with_name("without")
LONGEST_PATH = 260
# As somebody's own documents are called on a council's machine; with "C:" before it as long as the doctor allows.
FOLDER = "Users/firstname.surname/OneDrive - County Borough Council/Documents/Commissions/workbook"
SLUG = "s" * 60


def _run(project: Path, *arguments: str, **played: str) -> subprocess.CompletedProcess[str]:
    # A temporary folder of its own: a program that has locks would take what one without holds for left behind.
    own = {"TMPDIR": str(project.parents[len(Path(FOLDER).parts)]), "WORKBOOK_HOME": str(project), "COLUMNS": "200"}
    environment = {**os.environ, "PYTHONPATH": str(WITHOUT), **own, **played}
    command = [sys.executable, "-c", MAIN, *arguments]
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def drive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What stands for C:."""
    return tmp_path_factory.mktemp("drive")


@pytest.fixture(scope="module")
def project(drive: Path) -> Path:
    """A project as deep as they lie on a council's machine, with an engagement of the longest name."""
    folder = drive / FOLDER
    assert len(f"C:/{FOLDER}") >= LONGEST_FOLDER
    folder.parent.mkdir(parents=True)
    done = _run(folder.parent, "init", "workbook")
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.copytree(folder / "parameters" / "example", folder / "parameters" / SLUG)
    return folder


SLOW = partial(pytest.param, marks=pytest.mark.slow)


@pytest.mark.parametrize(
    ("held", "command"),
    [
        SLOW("summary.html", ("batch", "example", "--force")),
        ("questionnaire.html", ("questionnaire", "example")),
        SLOW("data.xlsx", ("export", "example", "--edition", "private", "--format", "xlsx")),
        SLOW("map.xlsx", ("map", "example", "--format", "xlsx")),
        SLOW("example.public.zip", ("pack", "example", "--edition", "public")),
    ],
)
def test_a_file_that_is_open_elsewhere_is_named_and_stays_as_it_was(
    project: Path, held: str, command: tuple[str, ...]
) -> None:
    """Made once, then held open as Excel holds one: a sentence says which file and what to do, and nothing is left."""
    if command[0] == "pack":
        assert _run(project, "batch", "example", "--edition", "public", "--release").returncode == 0
    first = _run(project, *command)
    assert first.returncode == 0, first.stdout + first.stderr
    (path,) = (project / "outputs").rglob(held)
    before = path.read_bytes()
    again = _run(project, *command, PLAYED_HELD_OPEN=held)
    said = again.stdout + again.stderr
    assert again.returncode != 0
    assert held in said
    assert "close it there" in said
    assert "Traceback" not in said
    assert "used by another process" in said
    assert path.read_bytes() == before
    assert [one for one in path.parent.iterdir() if one.name.startswith(".")] == []


@pytest.mark.slow
def test_the_longest_name_fits_into_a_path_of_windows(project: Path, drive: Path) -> None:
    """In a folder as deep as they come, an engagement with the longest name is made, filled, paged and handed on."""
    played = {"PLAYED_LONGEST_PATH": str(LONGEST_PATH), "PLAYED_DRIVE": str(drive)}
    for command in (
        ("check", SLUG),
        ("batch", SLUG, "--edition", "private"),
        ("batch", SLUG, "--edition", "partners", "--release"),
        ("questionnaire", SLUG, "--chapters", "framing"),
        ("export", SLUG, "--edition", "private", "--format", "xlsx"),
        ("pack", SLUG, "--edition", "partners"),
    ):
        done = _run(project, *command, **played)
        assert done.returncode == 0, (command, done.stdout, done.stderr)


@pytest.mark.slow
def test_a_path_that_is_too_long_is_refused_by_what_is_played(project: Path, drive: Path) -> None:
    """The test above could fail: at fewer signs the same command does."""
    done = _run(project, "batch", "example", "--force", PLAYED_LONGEST_PATH="110", PLAYED_DRIVE=str(drive))
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
