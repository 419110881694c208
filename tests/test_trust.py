"""A folder, a project or a notebook sent by a stranger runs nothing by being opened, checked or batched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from workbook import trust
from workbook.cli import main
from workbook.errors import InputError
from workbook.forms.lab.server import RUNS, plan_server
from workbook.forms.lab.working_copies import make_app_copies, make_working_copies
from workbook.places import HOME
from workbook.projects.making import make_project

EVIL = 'import os, pathlib; pathlib.Path(os.environ["SEEN"]).write_text("ran")'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one engagement that ships, and settings of a user who has approved nothing."""
    monkeypatch.setenv(HOME, str(tmp_path / "mine"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("SEEN", str(tmp_path / "seen"))
    found = make_project(tmp_path / "mine")
    for other in ("space-to-connect", "transitions", "youth-led-creativity"):
        shutil.rmtree(found / "parameters" / other)
    return found


def _run(project: Path, *arguments: str, here: Path | None = None) -> str:
    """Run the command as it is installed."""
    command = [str(Path(sys.executable).with_name("workbook")), *arguments]
    found = subprocess.run(
        command, cwd=here or project, capture_output=True, text=True, timeout=60, env=os.environ, check=False
    )
    return found.stdout + found.stderr


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return a function that runs the command in this process, inside the project, and returns what it says."""
    monkeypatch.chdir(project)

    def call(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["workbook", *arguments])
        with suppress(SystemExit):
            main()
        return "".join(capsys.readouterr())

    return call


def _change(path: Path, source: str) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    first["source"] = "".join(first["source"]) + "\n" + source
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_a_changed_notebook_is_run_by_nobody_until_it_is_approved(project: Path, tmp_path: Path) -> None:
    """The batch says which it would not run and what to type, and makes the others; then it runs for this user."""
    path = project / "notebooks" / "10_summary.ipynb"
    _change(path, EVIL)
    said = _run(project, "batch", "example", "--report", "summary", "--report", "brief", "--jobs", "1")
    assert "not trusted" in said
    assert "workbook trust notebooks/10_summary.ipynb" in said
    assert "1 of 2 made" in said
    assert not (tmp_path / "seen").exists()
    assert not (project / "outputs" / "example" / "summary.html").exists()
    assert "may run, as it is now" in _run(project, "trust", "notebooks/10_summary.ipynb")
    assert "1 of 1 made" in _run(project, "batch", "example", "--jobs", "1")
    assert (tmp_path / "seen").exists()
    _change(path, "1 + 1")
    assert "not trusted" in _run(project, "batch", "example", "--jobs", "1")


def test_what_is_approved_is_kept_outside_the_project_and_private(project: Path, tmp_path: Path) -> None:
    """In the user's own folder; a file of it that others may write is not believed."""
    path = project / "notebooks" / "10_summary.ipynb"
    _change(path, "1 + 1")
    before = sorted(one for one in project.rglob("*"))
    _run(project, "trust", str(path))
    assert sorted(one for one in project.rglob("*")) == before
    kept = tmp_path / "settings" / "soil-and-seeds" / "approved.json"
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert trust.is_trusted(path)
    kept.chmod(0o666)
    assert not trust.is_trusted(path)


def test_outputs_do_not_count_and_sources_and_tags_do(project: Path) -> None:
    """A notebook that was run and stored is the same notebook; one that shares another cell is not."""
    path = project / "notebooks" / "10_summary.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    mark = trust.fingerprint(notebook)
    for cell in notebook["cells"]:
        cell |= {"outputs": [], "execution_count": 3} if cell["cell_type"] == "code" else {}
    assert trust.fingerprint(notebook) == mark
    notebook["cells"][0]["metadata"]["tags"] = ["share", "other"]
    assert trust.fingerprint(notebook) != mark


def test_what_is_no_notebook_is_refused(project: Path) -> None:
    """By file and what was expected."""
    path = project / "notebooks" / "10_summary.ipynb"
    for text in ("{}", "[1]", "no JSON", '{"cells": [3]}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="Jupyter notebook"):
            trust.read_notebook(path)


def test_working_copies_of_strange_notebooks_wait(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only copies that were just written of what ships run by themselves: no mark that a notebook carries helps."""
    monkeypatch.chdir(project)
    copies = make_working_copies("example")
    planted = json.loads((copies / "01_framing.ipynb").read_text(encoding="utf-8"))
    (copies / "99_planted.ipynb").write_text(json.dumps(planted), encoding="utf-8")
    _change(copies / "01_framing.ipynb", EVIL)
    _change(project / "notebooks" / "02_discovery.ipynb", EVIL)
    server = plan_server("example", with_browser=False)
    (own,) = copies.glob(".lab*")
    page: dict[str, Any] = json.loads((own / "settings" / "page_config.json").read_text(encoding="utf-8"))
    runs = json.loads(page[RUNS])
    assert "01_framing.ipynb" in runs
    assert "WORKBOOK" not in (copies / "01_framing.ipynb").read_text(encoding="utf-8")
    assert EVIL not in (copies / "01_framing.ipynb").read_text(encoding="utf-8")
    assert (copies / "01_framing.edited-1.ipynb").exists()
    assert [name for name in runs if name.startswith(("99_", "02_", "01_framing.edited"))] == []
    assert [path.name for path in server.strange] == ["02_discovery.ipynb"]


def test_the_app_has_nothing_but_copies_that_may_run(project: Path) -> None:
    """Voilà runs whatever is opened in its folder: nothing that lay there stays."""
    _change(project / "notebooks" / "02_discovery.ipynb", EVIL)
    folder = project / "outputs" / "example" / "app"
    folder.mkdir(parents=True)
    (folder / "99_planted.ipynb").write_text("{}", encoding="utf-8")
    made = {path.name for path in make_app_copies("example").glob("*.ipynb")}
    assert "01_framing.ipynb" in made
    assert made & {"02_discovery.ipynb", "99_planted.ipynb"} == set()


def test_settings_that_lay_there_are_not_read(project: Path) -> None:
    """What a stranger left as settings, kernels or extensions of JupyterLab is gone before the server starts."""
    copies = make_working_copies("example")
    server = plan_server("example", with_browser=False)
    (own,) = copies.glob(".lab*")
    for name in (
        "config/jupyter_server_config.py",
        "data/kernels/python3/kernel.json",
        "ipython/profile_default/startup/0.py",
    ):
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(EVIL, encoding="utf-8")
    old = copies / ".lab" / "config"
    old.mkdir(parents=True)
    if server.held:
        server.held.close()  # it has ended
    server = plan_server("example", with_browser=False)
    assert [path for path in own.rglob("*") if path.is_file() and EVIL in path.read_text(encoding="utf-8")] == []
    assert not old.exists()
    # Jupyter reads settings from the folder it is started in: that is ours.
    assert server.folder == own
    assert server.environment["PYTHONSAFEPATH"] == "1"
    assert server.command[1] == "-P"


@pytest.mark.parametrize(
    "name",
    [
        "json",
        "workbook",
        *(pytest.param(one, marks=pytest.mark.slow) for one in ("numpy", "sitecustomize", "papermill", "yaml")),
    ],
)
def test_no_module_of_the_current_folder_is_taken(project: Path, tmp_path: Path, name: str) -> None:
    """Check and batch, in a folder where a file is called like a module of ours or of Python's."""
    for folder in (project, project / "notebooks", project / "parameters" / "example"):
        (folder / f"{name}.py").write_text(EVIL, encoding="utf-8")
    assert "no problems" in _run(project, "check", "example")
    assert "1 of 1 made" in _run(project, "batch", "example", "--jobs", "1")
    assert not (tmp_path / "seen").exists()


def test_links_of_a_folder_are_not_followed(project: Path, tmp_path: Path, run: Callable[..., str]) -> None:
    """Neither to read somebody else's file as a voice, nor to write or remove anything outside."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.yaml").write_text("schema: 2\nrole: A\nconsent: role\nanswers: {}\n", encoding="utf-8")
    folder = project / "parameters" / "example"
    (folder / "voices" / "linked.yaml").symlink_to(outside / "kept.yaml")
    assert "not a link" in run("check", "example")
    (folder / "voices" / "linked.yaml").unlink()
    for name in ("set-aside", "earlier"):
        (folder / name).symlink_to(outside)
    assert "not a link" in run("check", "example")
    for name in ("set-aside", "earlier"):
        (folder / name).unlink()
    shutil.rmtree(project / "outputs" / "example", ignore_errors=True)
    (project / "outputs" / "example").symlink_to(outside)
    for command in (("export", "--format", "json"), ("questionnaire",), ("map", "--format", "graphml")):
        said = run(command[0], "example", *command[1:])
        assert "is a link" in said, said
    assert [path.name for path in outside.iterdir()] == ["kept.yaml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_pipes_and_devices_are_refused(project: Path) -> None:
    """A pipe called like a file is named instead of waited for."""
    folder = project / "parameters" / "example"
    for place in ("voices/pipe.yaml", "agreed.yaml", "withdrawn.yaml"):
        path = folder / place
        path.unlink(missing_ok=True)
        os.mkfifo(path)
        assert "not a pipe or a device" in _run(project, "check", "example")
        path.unlink()
    os.mkfifo(project / "sent.json")
    assert "nothing was taken" in _run(project, "collect", "example", "sent.json")
    os.mkfifo(project / "tender.json")
    assert "a file that can be read" in _run(project, "new", "other", "--from-ocds", "tender.json")


def test_no_control_code_reaches_the_terminal(project: Path, run: Callable[..., str]) -> None:
    """From a name in a file, a file's name, a notebook or a form, whatever the command."""
    code = "\x1b]0;owned\x07\x1b[31m\x9b5m"
    voice = project / "parameters" / "example" / "voices" / "trustee.yaml"
    voice.write_text(f'schema: 2\nrole: "A \\e[31m"\nconsent: "{chr(0x9B)}"\nanswers: {{}}\n', encoding="utf-8")
    sent = project / f"sent{code}.json"
    sent.write_text(json.dumps({"schema": 1, "role": code, "answers": {code: 1}}), encoding="utf-8")
    (project / "parameters" / f"odd{code}").mkdir()
    notebook = project / "notebooks" / f"14_x{code}.ipynb"
    notebook.write_text(json.dumps({"cells": []}), encoding="utf-8")
    said = [
        run("check"),
        run("collect", "example", str(sent)),
        run("withdraw", "example", "trustee", "--dry-run"),
        run("trust", str(notebook)),
        run("batch", "example", "--jobs", "1"),
        run("new", "other", "--from-ocds", str(sent)),
        run("check", f"no{code}"),
    ]
    assert all(said)
    assert [text for text in said if any(sign in text for sign in ("\x1b", "\x07", "\x9b"))] == []
