"""What `pip install soil-and-seeds` alone gives: no extra is there, and everything that needs none works."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXTRAS = ("docx", "xlsxwriter", "python_calamine", "resvg_py", "pikepdf", "weasyprint", "voila", "distributed", "dask")
MAIN = "from workbook.cli import main; main()"


def _run(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder), "WORKBOOK_HOME": str(folder / "mine"), "COLUMNS": "200"}
    command = [sys.executable, "-c", MAIN, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which no process finds an extra, and a project in it."""
    place = tmp_path_factory.mktemp("plain")
    (place / "sitecustomize.py").write_text(f"import sys\nsys.modules.update(dict.fromkeys({EXTRAS!r}))\n", "utf-8")
    assert "Made a workbook" in _run(place, "init", "mine")
    return place


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("batch", "example"), "1 of 1 made"),
        (("questionnaire", "example"), "Made"),
        (("export", "example", "--edition", "private", "--format", "json"), "Made"),
        (("check",), "no problems"),
        (("pack", "example", "--edition", "public"), "workbook batch example"),
        (("withdraw", "example", "trustee", "--dry-run"), "is deleted"),
        (("batch", "example", "--format", "pdf"), "soil-and-seeds[pdf]"),
        (("batch", "example", "--format", "docx"), "soil-and-seeds[office]"),
        (("export", "example", "--edition", "private", "--format", "xlsx"), "soil-and-seeds[office]"),
    ],
)
def test_a_command_works_or_says_which_extra_it_wants(folder: Path, command: tuple[str, ...], said: str) -> None:
    """The README's first commands need no extra; a format that needs one says what to type."""
    assert said in _run(folder, *command)
