"""Working copies of the notebooks, and how JupyterLab is started on them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from builders import make_facts
from workbook import fill
from workbook.errors import NotFoundError, WorkbookError
from workbook.forms.lab import server as lab
from workbook.forms.lab.server import plan_server
from workbook.forms.lab.session import Session
from workbook.forms.lab.working_copies import make_working_copies
from workbook.forms.sheet.sheet import list_forms
from workbook.machine import is_plain

ROOT = Path(__file__).parents[3]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with the shipped notebooks and one engagement."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    folder = tmp_path / "parameters" / "my-commission"
    folder.mkdir(parents=True)
    (folder / "engagement.yaml").write_text("schema: 1\ntitle: A\ncommissioner: B\n", encoding="utf-8")
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    return tmp_path


def _read(path: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def _sources(notebook: dict[str, Any]) -> list[str]:
    return ["".join(cell["source"]) for cell in notebook["cells"]]


def test_every_chapter_that_asks_something_has_its_form_and_its_engagement(project: Path) -> None:
    """The form is the last cell of a chapter's copy, and no output of the example is left."""
    folder = make_working_copies("my-commission")
    asked = list_forms(make_facts())
    chapters = [chapter for chapter in asked if (folder / f"{chapter.number:02d}_{chapter.id}.ipynb").exists()]
    assert len(chapters) >= 9
    for chapter in chapters:
        notebook = _read(folder / f"{chapter.number:02d}_{chapter.id}.ipynb")
        assert _sources(notebook)[-1] == f'wb.fill(engagement, "{chapter.id}")'
        assert "workbook open" not in _sources(notebook)[0]  # whoever is here has the forms
        assert 'engagement = "my-commission"\nedition = "private"' in _sources(notebook)
        shown = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
        assert [output["data"]["text/plain"].split(",")[0] for output in shown] == ["Press Run"]


def test_the_start_page_shows_the_facts_in_its_form(project: Path) -> None:
    """They follow what is typed there, and every other notebook is copied as well."""
    folder = make_working_copies("my-commission")
    sources = _sources(_read(folder / "00_start_here.ipynb"))
    assert 'wb.fill(engagement, "start_here")' in sources
    assert not any("list_facts" in source for source in sources)
    assert {path.name for path in folder.glob("*.ipynb")} == {
        path.name for path in (project / "notebooks").glob("*.ipynb")
    }


def test_the_start_page_shows_what_is_done_under_its_form_only(project: Path) -> None:
    """A table that does not follow the form would soon contradict it, so it and its heading are left out."""
    (shipped,) = (ROOT / "notebooks").glob("00_*.ipynb")
    assert any("show_progress" in source for source in _sources(_read(shipped)))
    sources = _sources(_read(make_working_copies("my-commission") / "00_start_here.ipynb"))
    assert not any("show_progress" in source or "What is done" in source for source in sources)
    assert any("Why this workbook" in source for source in sources)


def test_the_table_under_the_form_follows_who_answers(project: Path) -> None:
    """With nobody it says how to begin, in both ways; a voice that has just been made has its row."""
    folder = project / "parameters" / "my-commission"
    session = Session(folder, "start_here")
    before = _draw(session, {"kind": "open"})
    assert "Type workbook open my-commission" in before
    assert "parameters/my-commission/voices" in before
    after = _draw(session, {"kind": "create", "role": "Grants manager", "consent": "role"})
    assert "No voice has answered yet" not in after
    assert "Grants manager" in after


def _draw(session: Session, message: dict[str, Any]) -> str:
    return next(str(reply["html"]) for reply in session.respond(message) if reply["kind"] == "reading")


def test_a_copy_made_again_is_the_same(project: Path) -> None:
    """Opening twice changes nothing, and keeps no copy aside."""
    folder = make_working_copies("my-commission")
    before = {path: path.read_bytes() for path in folder.glob("*.ipynb")}
    make_working_copies("my-commission")
    assert {path: path.read_bytes() for path in folder.glob("*.ipynb")} == before


def test_a_copy_that_a_person_edited_is_kept_aside(project: Path) -> None:
    """Under a name of its own, numbered; what a run stored in a copy is no edit."""
    path = make_working_copies("my-commission") / "01_framing.ipynb"
    for words in ("mine", "mine again"):
        notebook = _read(path)
        notebook["cells"][0]["source"] = words
        path.write_text(json.dumps(notebook), encoding="utf-8")
        make_working_copies("my-commission")
    kept = [_sources(_read(one))[0] for one in sorted(path.parent.glob("01_framing.edited-*.ipynb"))]
    assert kept == ["mine", "mine again"]
    notebook = _read(path)
    notebook["cells"][-1]["outputs"] = []
    path.write_text(json.dumps(notebook), encoding="utf-8")
    make_working_copies("my-commission")
    assert len(list(path.parent.glob("01_framing*"))) == 3


def test_a_broken_copy_is_kept_aside(project: Path) -> None:
    """Whatever stands there is never thrown away."""
    path = make_working_copies("my-commission") / "01_framing.ipynb"
    path.write_text("half a noteb", encoding="utf-8")
    make_working_copies("my-commission")
    assert path.with_name("01_framing.edited-1.ipynb").read_text(encoding="utf-8") == "half a noteb"


def test_an_engagement_that_is_not_there_is_refused(project: Path) -> None:
    """With what to type instead."""
    with pytest.raises(NotFoundError, match="workbook new nobody"):
        make_working_copies("nobody")


def test_where_nobody_can_fill_it_in_a_form_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same in every run, so that nbval and papermill can hold it; a chapter that is not there is refused."""
    monkeypatch.delenv("WORKBOOK_FORMS", raising=False)
    block = fill("example", "framing")
    assert "workbook open example" in repr(block)
    assert repr(block) == repr(fill("parameters/example", "framing"))
    with pytest.raises(WorkbookError):
        fill("example", "nothing")


def test_jupyterlab_is_reached_from_this_machine_only_and_with_a_token(project: Path) -> None:
    """Bound to the loopback address; the token is in the address and the environment, not among the arguments."""
    server = plan_server("my-commission", with_browser=False)
    token = server.environment["JUPYTER_TOKEN"]
    assert len(token) >= 24
    assert server.address.endswith(f"/doc/tree/00_start_here.ipynb?token={token}")
    assert "--ServerApp.ip=127.0.0.1" in server.command
    assert not any(token in part for part in server.command)


@pytest.mark.skipif(is_plain(), reason="nothing is locked there")
def test_two_that_are_opened_at_once_take_two_ports(project: Path) -> None:
    """Neither answers yet; the second leaves the first its port and its settings, and the port is had again later."""
    pytest.importorskip("fcntl")
    first = plan_server("my-commission")
    second = plan_server("my-commission")
    assert first.address.split("/")[2] != second.address.split("/")[2]
    assert (first.folder / "settings" / "overrides.json").is_file()
    again = first.address.split("/")[2]
    assert first.held
    first.held.close()
    assert plan_server("my-commission").address.split("/")[2] == again


def test_the_users_own_jupyterlab_is_not_touched(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, data and what runs are in a folder of the working copies; the user's settings are not read."""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", "/somewhere")
    monkeypatch.setenv("JUPYTERLAB_DIR", "/somewhere")
    server = plan_server("my-commission")
    (own,) = (project / "outputs" / "my-commission" / "workbook").glob(".lab*")
    assert {key: value for key, value in server.environment.items() if "somewhere" in value} == {}
    assert server.environment["JUPYTER_CONFIG_DIR"] == str(own / "config")
    overrides = json.loads((own / "settings" / "overrides.json").read_text(encoding="utf-8"))
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    assert overrides["@jupyterlab/apputils-extension:sanitizer"]["allowCommandLinker"] is False
    assert overrides["@jupyter-widgets/jupyterlab-manager:plugin"] == {"saveState": False}


def test_without_voila_the_app_says_what_to_install(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is started."""
    monkeypatch.setattr(lab, "find_spec", lambda _: None)
    with pytest.raises(WorkbookError, match=r"pip install .*\[app\]"):
        plan_server("my-commission", as_app=True)
