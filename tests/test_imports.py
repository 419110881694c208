"""What `import workbook` costs, and what a notebook's imports bring in."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"numpy", "pandas", "ipywidgets", "IPython", "papermill", "nbconvert", "nbformat", "jsonschema", "networkx"}


def _list_imported(statement: str) -> set[str]:
    command = [sys.executable, "-X", "importtime", "-c", statement]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}


def test_importing_the_workbook_brings_in_nothing_heavy() -> None:
    """The root module imports neither Jupyter nor numpy nor pandas nor jsonschema."""
    imported = _list_imported("import workbook")
    assert "workbook" in imported
    assert imported & HEAVY == set()


@pytest.mark.parametrize("name", ["framing", "start_here", "summary"])
def test_what_a_notebook_asks_for_never_brings_in_the_batch_or_jsonschema(name: str) -> None:
    """Reading and showing a chapter needs no papermill, nbconvert, nbformat, jsonschema or pandas."""
    imported = _list_imported(f"import workbook; workbook.load, workbook.prepare, workbook.{name}")
    assert "pydantic" in imported
    assert imported & {"papermill", "nbconvert", "nbformat", "jsonschema", "pandas", "IPython", "typer"} == set()


def test_a_name_the_workbook_does_not_have_is_refused_with_those_it_has() -> None:
    """A slip of the pen in a notebook lists what there is."""
    import workbook

    with pytest.raises(AttributeError, match="framing"):
        _ = workbook.framming


def test_the_door_is_small() -> None:
    """At most 25 public names, all of which are there."""
    import workbook

    assert len(workbook.__all__) <= 25
    assert all(getattr(workbook, name) is not None for name in workbook.__all__)
