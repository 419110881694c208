"""A project can be made anywhere, is found from below, and holds words of one's own if wanted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workbook.content import find_content_folder, read_content
from workbook.errors import WorkbookError
from workbook.places import HOME, SHIPPED, find_shipped
from workbook.projects.making import make_project
from workbook.storage import find_project, list_slugs, load_engagement


def test_a_new_project_holds_what_ships(tmp_path: Path) -> None:
    """Notebooks, the engagements that ship, documents and a README are there, and the engagements can be loaded."""
    project = make_project(tmp_path / "a folder" / "mine")
    assert list_slugs(project) == SHIPPED
    assert load_engagement(project / "parameters" / "example").heard == 8
    notebooks = {path.name for path in (find_shipped() / "notebooks").glob("*.ipynb")}
    assert {path.name for path in (project / "notebooks").iterdir()} == notebooks
    assert "content" not in [path.name for path in project.iterdir()]


def test_a_bare_project_has_a_place_for_engagements_and_none_in_it(tmp_path: Path) -> None:
    """With `bare` nothing that ships stands beside one's own."""
    project = make_project(tmp_path / "mine", bare=True)
    assert list_slugs(project) == ()
    assert find_project(project / "notebooks") == project


def test_every_link_of_a_projects_documents_leads_to_something(project: Path) -> None:
    """What a document of a new project points at is there."""
    documents = list(project.rglob("*.md"))
    links = {(path, link) for path in documents for link in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8"))}
    assert len(documents) > 5
    assert [link for path, link in links if "://" not in link and not (path.parent / link).exists()] == []


def test_nothing_is_made_where_a_file_is_in_the_way(tmp_path: Path) -> None:
    """A file of the same name is named, and neither it nor anything else is touched."""
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(WorkbookError, match=r"README\.md"):
        make_project(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"


def test_a_project_is_not_made_twice(project: Path) -> None:
    """A second time, what to type instead is said."""
    with pytest.raises(WorkbookError, match="workbook init --update"):
        make_project(project)


def test_without_a_project_what_to_type_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside any project the way to make one is named."""
    monkeypatch.delenv(HOME, raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WorkbookError, match="workbook init my-workbook"):
        find_project()


def test_the_words_in_a_project_are_the_words_that_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From any folder of a project with `content/`, its words are read; elsewhere those that ship."""
    monkeypatch.delenv(HOME, raising=False)
    project = make_project(tmp_path / "mine", content=True)
    path = project / "content" / "framing.yaml"
    title = read_content("framing")["title"]
    path.write_text(path.read_text("utf-8").replace(f"title: {title}", "title: Our own title", 1), encoding="utf-8")
    monkeypatch.chdir(project / "outputs")
    assert find_content_folder() == project / "content"
    assert read_content("framing")["title"] == "Our own title"
    monkeypatch.chdir(tmp_path)
    assert read_content("framing")["title"] == title


def test_a_project_that_was_stopped_half_way_is_made_whole(tmp_path: Path) -> None:
    """After a full disk the same command goes on; what somebody else put there is named and stays."""
    whole = make_project(tmp_path / "whole", bare=True)
    half = tmp_path / "half" / "notebooks"
    half.mkdir(parents=True)
    for name in ("01_framing.ipynb", "10_summary.ipynb"):
        (half / name).write_bytes((whole / "notebooks" / name).read_bytes())
    (half / "10_summary.ipynb").write_text("mine", encoding="utf-8")
    with pytest.raises(WorkbookError, match=r"move:\n  notebooks/10_summary.ipynb$"):
        make_project(half.parent, bare=True)
    (half / "10_summary.ipynb").unlink()
    assert find_project(make_project(half.parent, bare=True)) == half.parent
