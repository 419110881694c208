"""An update brings in what is new and touches nothing that somebody changed, removed or answered."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from workbook.errors import WorkbookError
from workbook.places import find_shipped
from workbook.projects import shipped
from workbook.projects.making import NOTE, make_project
from workbook.projects.updating import apply_update, plan_update

NOTEBOOK, OTHER = "notebooks/01_framing.ipynb", "notebooks/02_discovery.ipynb"
FACTS, VOICE = "parameters/example/engagement.yaml", "parameters/example/voices/trustee.yaml"


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a newer workbook ships, to be changed by a test; a project made before stays as it was."""
    folder = tmp_path / "newer"
    root = find_shipped()
    for name in ("notebooks", "docs", "outputs", "parameters"):
        shutil.copytree(root / name, folder / name)
    monkeypatch.setattr(shipped, "find_shipped", lambda: folder)
    return folder


def _add(path: Path, text: str = "\n") -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _list(project: Path, kind: str) -> list[str]:
    return [change.name for change in plan_update(project).changes if change.kind == kind]


def test_a_project_of_today_has_nothing_to_bring_forward(project: Path) -> None:
    """The same workbook changes nothing, nor does the way lines end on Windows."""
    path = project / NOTEBOOK
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert plan_update(project).changes == ()


def test_what_nobody_changed_is_brought_forward(project: Path, newer: Path) -> None:
    """A newer notebook takes the place of the older, a new one is added, one that ships no more goes."""
    _add(newer / NOTEBOOK)
    (newer / OTHER).rename(newer / "notebooks" / "02_new.ipynb")
    update = plan_update(project)
    assert _list(project, "changed") == [NOTEBOOK]
    assert _list(project, "new") == ["notebooks/02_new.ipynb"]
    assert _list(project, "gone") == [OTHER]
    assert (project / OTHER).is_file()
    apply_update(update)
    assert (project / NOTEBOOK).read_bytes() == (newer / NOTEBOOK).read_bytes()
    assert not (project / OTHER).exists()
    assert plan_update(project).changes == ()


def test_what_somebody_changed_is_named_and_left(project: Path, newer: Path) -> None:
    """A notebook changed on both sides keeps the person's, after every further update too."""
    for folder, text in ((project, "\n\n"), (newer, "\n")):
        _add(folder / NOTEBOOK, text)
    before = (project / NOTEBOOK).read_bytes()
    for _ in range(2):
        assert _list(project, "kept") == [NOTEBOOK]
        apply_update(plan_update(project))
        assert (project / NOTEBOOK).read_bytes() == before


def test_what_somebody_removed_stays_away(project: Path, newer: Path) -> None:
    """An engagement and a notebook that were removed do not come back, changed since or not."""
    shutil.rmtree(project / "parameters" / "example")
    (project / NOTEBOOK).unlink()
    _add(newer / NOTEBOOK)
    for _ in range(2):
        apply_update(plan_update(project))
        assert not (project / "parameters" / "example").exists()
        assert not (project / NOTEBOOK).exists()


@pytest.mark.parametrize("answered", [VOICE, "parameters/example/voices/somebody-new.yaml"])
def test_an_engagement_that_somebody_answered_in_stays_whole(project: Path, newer: Path, answered: str) -> None:
    """One answer, or one more voice, in an engagement that ships keeps every file of it."""
    _add(newer / FACTS, "# newer\n")
    text = (project / VOICE).read_text(encoding="utf-8")
    (project / answered).write_text(text + "# mine\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in (project / "parameters" / "example").rglob("*.yaml")}
    assert FACTS in _list(project, "kept")
    apply_update(plan_update(project))
    assert {path: path.read_bytes() for path in (project / "parameters" / "example").rglob("*.yaml")} == before


def test_a_bare_project_stays_bare(tmp_path: Path) -> None:
    """What was left out when the project was made is not brought in later."""
    project = make_project(tmp_path / "bare", bare=True)
    assert plan_update(project).changes == ()


def test_words_come_when_they_are_asked_for(project: Path) -> None:
    """An update with `content` adds the words, and changes nothing else."""
    update = plan_update(project, content=True)
    assert {change.kind for change in update.changes} == {"new"}
    assert {Path(change.name).parent.name for change in update.changes} == {"content"}


def test_a_project_without_a_note_loses_nothing(project: Path) -> None:
    """Where nobody knows what was ours, every file there is taken for somebody's."""
    (project / NOTE).unlink()
    _add(project / NOTEBOOK)
    update = plan_update(project)
    assert _list(project, "kept") == [NOTEBOOK]
    assert update.writes == ()


def test_a_damaged_note_and_the_source_itself_are_refused(project: Path) -> None:
    """The one is named with what to do; the other is brought forward by git."""
    (project / NOTE).write_text(json.dumps({"files": 1}), encoding="utf-8")
    with pytest.raises(WorkbookError, match="Remove it"):
        plan_update(project)
    with pytest.raises(WorkbookError, match="git pull"):
        plan_update(find_shipped())
