"""The walk of one answer, as docs/walk.md tells it, is the way that the code goes."""

from __future__ import annotations

import ast
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import nbformat
import pytest

from workbook.forms.lab.session import Session
from workbook.share.exporter import PageExporter
from workbook.storage import SNAPSHOTS, load_engagement, write_snapshot

ROOT = Path(__file__).parents[2]
STEPS = re.compile(r"^[0-9]+\. `([\w.]+)`", re.MULTILINE)
QUESTION = "framing.purpose.seed"


@contextmanager
def record_calls() -> Iterator[list[str]]:
    """Note every function of the package that is entered, in order."""
    calls: list[str] = []

    def note(frame: FrameType, event: str, _: Any) -> None:
        module = frame.f_globals.get("__name__", "")
        if event == "call" and module.startswith("workbook."):
            calls.append(f"{module.removeprefix('workbook.')}.{frame.f_code.co_qualname}")

    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(None)


def _save_in_form(folder: Path) -> None:
    voice = min(path.stem for path in (folder / "voices").glob("*.yaml"))
    replies = list(
        Session(folder, "framing").respond(
            {"kind": "answer", "voice": voice, "question": QUESTION, "answer": {"value": 2}, "base": None}
        )
    )
    assert "saved" in {reply["kind"] for reply in replies}, replies


def _run_notebook(path: Path) -> nbformat.NotebookNode:
    """Run a report's cells here, in this process, each output as a notebook would store it."""
    notebook, names = nbformat.read(path, as_version=4), {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        parsed = ast.parse(cell.source.replace('edition = "private"', 'edition = "partners"'))
        *before, last = parsed.body
        exec(compile(ast.Module(before, []), path.name, "exec"), names)
        cell.outputs = []
        if not isinstance(last, ast.Expr):
            exec(compile(ast.Module([last], []), path.name, "exec"), names)
            continue
        shown = eval(compile(ast.Expression(last.value), path.name, "eval"), names)
        if hasattr(shown, "_repr_html_"):
            data = {"text/html": shown._repr_html_()}
            cell.outputs = [nbformat.v4.new_output("execute_result", data=data, execution_count=1)]
    return notebook


def _walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    folder, snapshots = tmp_path / "parameters" / "example", tmp_path / "snapshots"
    shutil.copytree(ROOT / "parameters" / "example", folder)
    snapshots.mkdir()
    with record_calls() as calls:
        _save_in_form(folder)
        calls.append("the batch begins")
        write_snapshot(load_engagement(folder, "partners"), snapshots)
        monkeypatch.setenv(SNAPSHOTS, str(snapshots))
        notebook = _run_notebook(ROOT / "notebooks" / "10_summary.ipynb")
        page, _ = PageExporter().from_notebook_node(notebook)
    assert "<h1" in page
    return calls


def find_missing(steps: list[str], calls: list[str]) -> list[str]:
    """Return the steps that are not passed after the step before them."""
    missing, place = [], 0
    for step in steps:
        try:
            place = calls.index(step, place) + 1
        except ValueError:
            missing.append(step)
    return missing


def test_an_answer_passes_what_the_walk_says_in_that_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every function that docs/walk.md names is entered, each after the one before it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    steps = STEPS.findall((ROOT / "docs" / "walk.md").read_text(encoding="utf-8"))
    calls = _walk(tmp_path, monkeypatch)
    assert len(steps) > 20
    assert find_missing(steps, calls) == []


def test_a_step_out_of_order_or_gone_is_told() -> None:
    """The comparison notices a function that was renamed and two that changed places."""
    calls = ["a", "b", "c", "a"]
    assert find_missing(["a", "b", "c"], calls) == []
    assert find_missing(["b", "a", "c"], calls) == ["c"]
    assert find_missing(["a", "gone", "c"], calls) == ["gone"]
