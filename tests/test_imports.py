"""What `import workbook` costs, and what a notebook's imports bring in."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {"numpy", "pandas", "ipywidgets", "IPython", "papermill", "nbconvert", "nbformat", "jsonschema", "networkx"}


def _list_imported(statement: str) -> set[str]:
    command = [sys.executable, "-X", "importtime", "-c", statement]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in done.stderr, done.stderr
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}


def _list_ours(statement: str) -> set[str]:
    """Return the modules of the workbook that are imported."""
    told = f"import sys\n{statement}\nprint(*(one for one in sys.modules if one.startswith('workbook.')))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_workbook_brings_in_nothing_heavy() -> None:
    """The root module imports neither Jupyter nor numpy nor pandas nor jsonschema."""
    imported = _list_imported("import workbook")
    assert "workbook" in imported
    assert imported & HEAVY == set()


def test_a_form_that_opens_brings_in_its_own_chapter_alone() -> None:
    """Neither numpy, nor other chapters' readings, nor what stands at the end of the way: these come when asked for."""
    opens = f"""
from pathlib import Path
from workbook.forms.lab.session import Session
list(Session(Path({str(ROOT / "parameters" / "example")!r}), "framing").respond({{"kind": "open", "voice": "trustee"}}))
"""
    ours = _list_ours(opens)
    assert "workbook.views.framing.field" in ours
    others = (
        "analysis.summary",
        "analysis.resources",
        "views.summary",
        "forms.questionnaire.collect",
        "forms.ways.files",
    )
    assert [one for one in others if f"workbook.{one}" in ours] == []
    assert "numpy" not in _list_imported(opens)


@pytest.mark.parametrize("name", ["framing", "start_here", "summary"])
def test_what_a_notebook_asks_for_never_brings_in_the_batch_or_jsonschema(name: str) -> None:
    """Reading and showing a chapter needs no papermill, nbconvert, nbformat, jsonschema or pandas."""
    imported = _list_imported(f"import workbook; workbook.load, workbook.prepare, workbook.{name}")
    assert "pydantic" in imported
    assert imported & {"papermill", "nbconvert", "nbformat", "jsonschema", "pandas", "IPython", "typer"} == set()


@pytest.mark.parametrize("command", ["batch", "check", "collect", "withdraw"])
def test_a_command_brings_in_nothing_heavy(command: str) -> None:
    """The process that hands out a batch makes no page; it and other commands are there at once."""
    imported = _list_imported(
        f"import sys; from workbook.cli import main; sys.argv[1:] = ['{command}', 'x', 'y']; main()"
    )
    assert "typer" in imported
    assert imported & HEAVY == set()


def test_a_check_of_what_is_known_brings_in_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checked once and the same since, an engagement is answered for by the digests of its files."""
    shutil.copytree(ROOT / "parameters" / "example", tmp_path / "parameters" / "example")
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    check = "import sys; from workbook.cli import app; app(['check', 'example'], standalone_mode=False)"
    of_model = {"workbook.storage", "workbook.model.base"}
    assert _list_ours(check) >= of_model
    assert _list_ours(check) & of_model == set()


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


@pytest.mark.parametrize(
    ("module", "names"),
    [
        ("workbook", ("load",)),
        ("workbook.analysis.value", ("evpi", "evsi")),
        ("workbook.analysis.resources", ("uptake", "best_split", "four_corners")),
        ("workbook.analysis.consensus", ("agreement", "consensus", "concordance")),
        ("workbook.analysis.discovery", ("interviews_needed",)),
    ],
)
def test_names_that_outside_checks_call_are_where_they_were_promised(module: str, names: tuple[str, ...]) -> None:
    """However the rooms are moved, these can be imported under these names and called."""
    found = import_module(module)
    assert all(callable(getattr(found, name)) for name in names)


def test_no_room_is_crowded_and_no_file_is_long() -> None:
    """No folder holds more than 18 modules beside its `__init__`, and no module more than 400 lines."""
    modules = sorted((ROOT / "src" / "workbook").rglob("*.py"))
    crowds = Counter(path.parent for path in modules if path.name != "__init__.py")
    assert {folder.name: count for folder, count in crowds.items() if count > 18} == {}
    assert [path.name for path in modules if len(path.read_text(encoding="utf-8").splitlines()) > 400] == []
    assert all(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) for path in modules)
