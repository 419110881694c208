"""Two answers to one question: both kept until a person chooses, and nothing goes that they were not shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from workbook.forms.saving.saving import (
    GROUP,
    create_voice,
    find_answer,
    list_set_aside,
    read_data,
    save_answer,
    settle,
)

QUESTION = "framing.said_aloud"
SEED = "framing.purpose.seed"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an engagement with one voice that gave one answer."""
    engagement = tmp_path / "a-commission"
    (engagement / "voices").mkdir(parents=True)
    (engagement / "engagement.yaml").write_text("schema: 1\ntitle: A\ncommissioner: B\n", encoding="utf-8")
    voice = f"schema: 1\nrole: Trustee\nconsent: role\nanswers:\n  {QUESTION}: first\n"
    (engagement / "voices" / "trustee.yaml").write_text(voice, encoding="utf-8")
    return engagement


def _save(folder: Path, value: str | None, *, base: str | None, **beside: str) -> Any:
    answer = None if value is None else {"value": value, **beside}
    return save_answer(folder, "trustee", QUESTION, answer, base=None if base is None else {"value": base})


def _read(folder: Path, voice: str = "trustee") -> Any:
    return find_answer(read_data(folder / "voices" / f"{voice}.yaml"), QUESTION)


def _list_waiting(folder: Path) -> list[Any]:
    return [answer["value"] for answer in list_set_aside(folder, "trustee").get(QUESTION, ())]


def test_of_three_answers_a_choice_forgets_only_the_one_that_was_shown(folder: Path) -> None:
    """Three windows answered from the same base: "keep" settles one pair, and the third goes on waiting."""
    for value in ("a", "b", "c"):
        _save(folder, value, base="first")
    assert (_read(folder), _list_waiting(folder)) == ({"value": "c"}, ["a", "b"])
    settle(folder, "trustee", QUESTION, {"value": "b"}, standing={"value": "c"})
    assert (_read(folder), _list_waiting(folder)) == ({"value": "c"}, ["a"])


def test_an_answer_taken_puts_aside_one_that_came_after_the_choice_was_shown(folder: Path) -> None:
    """The box said "b stands, a waits"; meanwhile d was saved. Taking a must not lose d."""
    _save(folder, "a", base="first")
    _save(folder, "b", base="first")
    _save(folder, "d", base="b")
    settle(folder, "trustee", QUESTION, {"value": "a"}, standing={"value": "b"}, take=True)
    assert (_read(folder), _list_waiting(folder)) == ({"value": "a"}, ["d"])


def test_an_answer_is_taken_whole(folder: Path) -> None:
    """Evidence and a private note, which no form shows, come back with the answer that was taken back."""
    whole = {"value": "first", "evidence": "the minutes", "private": "she was unsure"}
    save_answer(folder, "trustee", QUESTION, {"value": "first"})
    path = folder / "voices" / "trustee.yaml"
    text = path.read_text(encoding="utf-8")
    beside = '{value: first, evidence: "the minutes", private: "she was unsure"}'
    path.write_text(text.replace(f"{QUESTION}: first", f"{QUESTION}: {beside}"), encoding="utf-8")
    _save(folder, None, base="first")
    assert _read(folder) is None
    settle(folder, "trustee", QUESTION, {"value": "first"}, standing=None, take=True)
    assert _read(folder) == whole
    assert not (folder / "set-aside" / "trustee.yaml").exists()


def test_a_choice_of_an_answer_that_does_not_wait_any_more_changes_nothing(folder: Path) -> None:
    """Another window has chosen first."""
    _save(folder, "a", base="first")
    settle(folder, "trustee", QUESTION, {"value": "gone"}, standing={"value": "a"}, take=True)
    assert _read(folder) == {"value": "a"}


@pytest.mark.parametrize(
    ("first", "second"), [("none", "named"), ("none", None), (None, "named"), ("aggregate", "role")]
)
def test_of_two_answers_the_one_that_fewer_may_see_stands_until_someone_chooses(
    folder: Path, first: str | None, second: str | None
) -> None:
    """A withdrawal in one window is not undone by words typed in another; with no mark the whole form's holds."""
    marks = [{"consent": mark} if mark else {} for mark in (first, second)]
    _save(folder, "kept close", base="first", **marks[0])
    saved = _save(folder, "further", base="first", **marks[1])
    assert saved.is_conflict
    assert _read(folder)["value"] == "kept close"
    assert _list_waiting(folder) == ["further"]


def test_of_two_agreed_answers_the_one_for_fewer_stands(folder: Path) -> None:
    """What is not marked is for the partners: one for the commissioner alone comes before it."""
    for mark, stands in (("private", "private"), ("public", None)):
        (folder / "agreed.yaml").write_text("schema: 1\nanswers: {}\n", encoding="utf-8")
        save_answer(folder, GROUP, SEED, {"value": 1}, base=None)
        save_answer(folder, GROUP, SEED, {"value": 2, "edition": mark}, base=None)
        found = find_answer(read_data(folder / "agreed.yaml"), SEED)
        assert found is not None
        assert found.get("edition") == stands


def test_whoever_answers_what_another_window_took_back_is_told(folder: Path) -> None:
    """The new answer stands, and that it had been taken back is no secret."""
    _save(folder, None, base="first")
    saved = _save(folder, "again", base="first")
    assert saved.was_taken_back
    assert not _save(folder, "and again", base="again").was_taken_back


def test_whoever_comes_next_never_meets_the_answers_of_a_person_who_is_gone(folder: Path) -> None:
    """A withdrawn voice's answers may still wait under its id: nobody new is given that id."""
    _save(folder, "a", base="first")
    _save(folder, "b", base="first")
    (folder / "voices" / "trustee.yaml").unlink()
    new = create_voice(folder, "Trustee", "role")
    assert new == "trustee-2"
    assert list_set_aside(folder, new) == {}
