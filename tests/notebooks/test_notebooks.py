"""The shipped notebooks: thin, parameterised in one place, stored with outputs that nbval really compares."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TAGS = {"parameters", "injected-parameters", "setup", "form", "share", "provenance", "nbval-check-output"}
PARAMETERS = 'engagement = "example"\nedition = "private"'
NOT_THIN = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.If,
    ast.IfExp,
    ast.comprehension,
)

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def _read(path: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def _list_code(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in _read(path)["cells"] if cell["cell_type"] == "code"]


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _tags(cell: dict[str, Any]) -> list[str]:
    tags: list[str] = cell["metadata"].get("tags", [])
    return tags


@each_notebook
def test_a_notebook_is_thin(path: Path) -> None:
    """At most thirty cells, two in five of them prose or more, and no program in any."""
    cells = _read(path)["cells"]
    assert len(cells) <= 30
    assert sum(cell["cell_type"] == "markdown" for cell in cells) >= 0.3 * len(cells)
    for cell in _list_code(path):
        assert len(_source(cell).splitlines()) <= 10
        assert not any(isinstance(node, NOT_THIN) for node in ast.walk(ast.parse(_source(cell))))


@each_notebook
def test_the_first_line_says_how_to_get_the_forms(path: Path) -> None:
    """Right under the title, since a notebook alone shows answers and asks for none."""
    title, line, *_ = _source(_read(path)["cells"][0]).split("\n\n")
    assert title.startswith("# ")
    assert line.startswith("To fill in the forms")
    assert "`workbook open example`" in line


@each_notebook
def test_a_notebook_has_its_two_parameters_in_one_cell(path: Path) -> None:
    """Papermill finds the engagement and the edition, and nothing else, in the one cell tagged for them."""
    assert [_source(cell) for cell in _list_code(path) if "parameters" in _tags(cell)] == [PARAMETERS]


@each_notebook
def test_tags_are_those_we_know(path: Path) -> None:
    """A tag that drifted would silently take a cell off the page."""
    assert {tag for cell in _read(path)["cells"] for tag in _tags(cell)} <= TAGS


@each_notebook
def test_every_cell_that_shows_something_is_stored_with_what_it_shows(path: Path) -> None:
    """Nbval compares stored outputs of cells tagged for it only, so each cell that shows something has both."""
    shows = [cell for cell in _list_code(path) if isinstance(ast.parse(_source(cell)).body[-1], ast.Expr)]
    compared = [cell for cell in shows if "setup" not in _tags(cell)]
    assert len(compared) >= 3
    assert [_source(cell) for cell in compared if not cell["outputs"] or "nbval-check-output" not in _tags(cell)] == []
    assert all(set(o["data"]) <= {"text/html", "text/plain"} for cell in shows for o in cell["outputs"])


@each_notebook
def test_nothing_of_a_machine_or_a_moment_is_stored(path: Path) -> None:
    """No path, no time, no widget state; the execution counts are those of one run from top to bottom."""
    text = path.read_text(encoding="utf-8")
    assert str(ROOT.parent) + "/" not in text
    assert "/home/" not in text
    assert set(_read(path)["metadata"]) == {"kernelspec", "language_info"}
    assert [cell["execution_count"] for cell in _list_code(path)] == list(range(1, len(_list_code(path)) + 1))
    assert all(set(cell["metadata"]) <= {"tags"} for cell in _read(path)["cells"])


def _run(*arguments: str, cwd: Path, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **({"WORKBOOK_HOME": str(home)} if home else {})}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_nbval_notices_a_stored_figure_changed_by_hand(tmp_path: Path) -> None:
    """One figure changed in a stored output makes nbval fail that cell, and no other."""
    notebook = _read(ROOT / "notebooks" / "01_framing.ipynb")
    output = next(
        o for cell in notebook["cells"] for o in cell.get("outputs", []) if "svg+xml" in "".join(o["data"]["text/html"])
    )
    figure = "".join(output["data"]["text/html"])
    output["data"]["text/html"] = figure.replace("d=%22M", "d=%22M1 1M", 1)
    assert output["data"]["text/html"] != figure
    (tmp_path / "bad.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    nbval = ("pytest", "-q", "-p", "no:cacheprovider", "--nbval-lax", "--nbval-current-env")
    done = _run(*nbval, "bad.ipynb", cwd=tmp_path, home=ROOT)
    assert f"1 failed, {len(_list_code(tmp_path / 'bad.ipynb')) - 1} passed" in done.stdout
    assert done.returncode == 1


def test_the_plain_papermill_command_works_from_anywhere_with_a_folders_path(tmp_path: Path) -> None:
    """Papermill's own engine, another working directory, and the engagement given by its folder."""
    arguments = ("papermill", str(ROOT / "notebooks" / "10_summary.ipynb"), "out.ipynb", "-p", "engagement")
    done = _run(*arguments, str(ROOT / "parameters" / "example"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "<h1>" in (tmp_path / "out.ipynb").read_text(encoding="utf-8")


def test_the_plain_papermill_command_takes_a_name_inside_the_project(tmp_path: Path) -> None:
    """`papermill notebooks/10_summary.ipynb out.ipynb -p engagement example`, as the README has it."""
    done = _run(
        "papermill", "notebooks/10_summary.ipynb", str(tmp_path / "out.ipynb"), "-p", "engagement", "example", cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
