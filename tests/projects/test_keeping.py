"""Engagements renamed, put away and deleted: what goes is said, and nothing else goes."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbook.cli import app
from workbook.disk.held import MAKING, hold_folder
from workbook.errors import WorkbookError
from workbook.projects.keeping import Plan, plan_archive, plan_delete, plan_rename, plan_return
from workbook.storage import create_engagement


@pytest.fixture
def filled(project: Path) -> Path:
    """A project in which the example has a page, and all engagements have one together."""
    for name in ("example/summary.html", "portfolio.html", "portfolio/private/portfolio.ipynb"):
        path = project / "outputs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a page", encoding="utf-8")
    return project


def _list(project: Path) -> set[str]:
    return {path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()}


def test_a_plan_says_what_goes_and_touches_nothing(filled: Path) -> None:
    """Voices and pages are counted before anything moves."""
    before = _list(filled)
    said = str(plan_rename("example", "ours"))
    assert "parameters/example goes to parameters/ours: 8 voices" in said
    assert "outputs/example goes to outputs/ours: 1 page" in said
    assert "outputs/portfolio.html is deleted" in str(plan_delete("example"))
    assert _list(filled) == before


def test_renaming_moves_facts_answers_and_pages(filled: Path) -> None:
    """Every file keeps its place below the new name."""
    before = _list(filled)
    plan_rename("example", "ours").carry_out()
    assert _list(filled) == {name.replace("s/example/", "s/ours/") for name in before}


def test_a_next_round_follows_the_new_name(filled: Path) -> None:
    """What follows a renamed round is said first, and its line alone is changed: its pages stay held to that round."""
    facts = filled / "parameters" / "example-second-year" / "engagement.yaml"
    text = facts.read_text(encoding="utf-8")
    plan = plan_rename("example", "ours")
    assert "parameters/example-second-year/engagement.yaml is changed: it follows ours then" in str(plan)
    plan.carry_out()
    assert facts.read_text(encoding="utf-8") == text.replace("\nfollows: example\n", "\nfollows: ours\n") != text


def test_an_archived_engagement_comes_back_as_it_was(filled: Path) -> None:
    """Put away and taken back, every file is where it was."""
    before = _list(filled)
    plan_archive("example").carry_out()
    assert not any("parameters/example/" in name for name in _list(filled))
    plan_return("example").carry_out()
    assert _list(filled) == before


@pytest.mark.parametrize("archived", [False, True])
def test_deleting_leaves_nothing_of_it(filled: Path, archived: bool) -> None:
    """Facts, answers and pages are gone, and so are the pages over all engagements; all else stays."""
    before = _list(filled)
    if archived:
        plan_archive("example").carry_out()
    plan_delete("example").carry_out()
    gone = {name for name in before if "/example/" in name or name.startswith("outputs/portfolio")}
    assert _list(filled) == before - gone


@pytest.mark.parametrize("name", ["transitions", "../up", "UP", "", "con", "2024"])
def test_a_name_that_is_taken_or_leads_elsewhere_moves_nothing(filled: Path, name: str) -> None:
    """Neither another engagement nor another folder is ever written over."""
    before = _list(filled)
    with pytest.raises(WorkbookError):
        plan_rename("example", name)
    assert _list(filled) == before


@pytest.mark.parametrize("make", [plan_archive, plan_delete, plan_return, lambda slug: plan_rename(slug, "new")])
@pytest.mark.parametrize("slug", ["nobodys", "../parameters", "."])
def test_an_unknown_engagement_is_refused(filled: Path, make: object, slug: str) -> None:
    """A slip in a name touches nothing."""
    before = _list(filled)
    with pytest.raises(WorkbookError):
        make(slug)  # type: ignore[operator]
    assert _list(filled) == before


def test_a_file_that_is_held_open_leaves_everything_as_it_was(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a system refuses to move what another program has open, what was moved before is moved back."""
    before, replace = _list(filled), Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if "outputs" in self.parts and self.name == "example":
            raise PermissionError(13, "The process cannot access the file because it is being used by another process")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(WorkbookError, match="another program may have a file in it open"):
        plan_rename("example", "ours").carry_out()
    assert _list(filled) == before


@pytest.mark.parametrize("make", [plan_archive, plan_delete, lambda slug: plan_rename(slug, "new")])
def test_nothing_moves_while_a_batch_runs(filled: Path, make: Callable[[str], Plan]) -> None:
    """Its pages would come to lie where the engagement was; once it has ended, or was killed, it may."""
    with hold_folder(filled / "outputs", MAKING), pytest.raises(WorkbookError, match="A batch is running"):
        make("example")
    assert make("example").steps


def test_a_full_disk_can_be_emptied_and_nothing_is_moved_on_it(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no record can be kept of what is under way, what only removes goes on, and what moves is refused."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("workbook.storage.moving.write_atomically", refuse)
    before = _list(filled)
    with pytest.raises(OSError, match="No space"):
        plan_archive("example").carry_out()
    assert _list(filled) == before
    plan_delete("example").carry_out()
    assert not any("/example/" in name for name in _list(filled))


@pytest.mark.parametrize("command", [["delete", "example"], ["archive", "example"], ["rename", "example", "ours"]])
def test_nothing_goes_unasked(filled: Path, command: list[str]) -> None:
    """Where nobody can be asked, the command says what would go and how to go on; with --yes it goes."""
    before = _list(filled)
    asked = CliRunner().invoke(app, command)
    assert isinstance(asked.exception, WorkbookError)
    assert "--yes" in str(asked.exception)
    assert "8 voices" in asked.output
    assert _list(filled) == before
    assert CliRunner().invoke(app, [*command, "--yes"]).exit_code == 0
    assert not any(name.startswith("parameters/example/") for name in _list(filled))


def test_a_plan_of_nothing_says_so(filled: Path) -> None:
    """An engagement without answers is called that."""
    (filled / "parameters" / "empty").mkdir()
    plan = plan_delete("empty")
    assert isinstance(plan, Plan)
    assert "no answers, no pages" in str(plan)


def test_a_name_in_the_archive_is_not_given_again(filled: Path) -> None:
    """Else neither of the two could be where the other is: it says how to take the first one back."""
    plan_archive("example").carry_out()
    with pytest.raises(WorkbookError, match="workbook archive example --back"):
        create_engagement("example")
    with pytest.raises(WorkbookError, match="workbook archive example --back"):
        plan_rename("transitions", "example")
    assert not (filled / "parameters" / "example").exists()
