"""The questionnaire by ear: what is said once, what is wrong in time, and how long all of it takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from listen.ear import Ear
from listen.speech_rate import count_seconds

Listen = Callable[..., Ear]
QUESTION = "I hope the learning will help people improve the work"
HELP = "Rate the hope, not what happens today."
POINTS = "Share out 100 points"
MATRIX = "What should each of them do differently"
# What all 79 took at first, read by the same Orca at the same rate from top to end, without the help of groups.
MINUTES_AT_FIRST = {"firefox": 82.3, "chromium": 73.7}
DRAFT = "kept in this browser"


def _open(listen: Listen, project: Path) -> Ear:
    return listen(project / "outputs" / "example" / "questionnaire.html")


def _go_to(ear: Ear, link: str) -> None:
    """Follow a link of the contents, in focus mode."""
    ear.press("Control+Home")
    ear.set_focus_mode()
    ear.until("Tab", link, most=25)
    ear.press("Return")


def test_nothing_is_announced_while_the_page_loads(listen: Listen, project: Path) -> None:
    """Neither that there is no draft nor who sees the answers; and a link of the contents says its chapter."""
    ear = _open(listen, project)
    before = " | ".join(ear.list_heard())
    assert "Choose how far" not in before
    assert "no draft" not in before
    ear.press("Control+Home")
    ear.until("Tab", "Safety", most=25)
    assert "Safety" in ear.press("Return")


def test_a_scale_says_its_question_and_its_help_once_and_the_draft_once(listen: Listen, project: Path) -> None:
    """On entering; then each step alone. That a draft is kept is said the first time."""
    ear = _open(listen, project)
    ear.press("Control+Home")
    ear.set_focus_mode()
    since = ear.mark()
    entered = ear.until("Tab", QUESTION)
    assert entered.count(QUESTION) == 1
    assert entered.count(HELP) == 1
    ear.press("Down")
    for _ in range(3):
        step = ear.press("Down")
        ear.listen(2)
        assert QUESTION not in step
    ear.press("Tab", "Tab", "Down")
    ear.listen(3)
    heard = " | ".join(ear.list_heard(since))
    assert heard.count(DRAFT) == 1, heard


def test_a_fault_is_said_with_its_question_when_the_group_is_left(listen: Listen, project: Path) -> None:
    """The total once the typing stops; then whose points they are, before the next question is begun."""
    ear = _open(listen, project)
    _go_to(ear, "Whose learning")
    entered = ear.until("Tab", POINTS)
    assert "points" in entered
    since = ear.mark()
    ear.type("30")
    ear.wait_for("Left to give: 70", since=since)
    ear.listen(2)
    assert " | ".join(ear.list_heard(since)).count("Left to give") == 1
    since = ear.mark()
    for _ in range(8):
        told = ear.press("Tab")
        if "Who sees it" in told:
            break
    heard = ear.wait_for("Give 70 more", since=since)
    assert "– " in heard.split("Give 70 more")[0][-120:], heard


def test_a_matrix_says_its_question_once_and_each_cell_by_row_and_column(listen: Listen, project: Path) -> None:
    """Going from cell to cell one hears where one is, and not again what is asked."""
    ear = _open(listen, project)
    _go_to(ear, "Whose learning")
    entered = ear.until("Tab", MATRIX, most=40)
    assert entered.count(MATRIX) <= 2  # the group and the table in it
    since = ear.mark()
    ear.press("Tab", "Tab")
    heard = " | ".join(ear.list_heard(since))
    assert MATRIX not in heard, heard


def test_a_row_says_what_it_needs_and_one_that_was_removed_can_be_put_back(listen: Listen, project: Path) -> None:
    """Where one is after adding and after removing, which fields must be filled, and the way back."""
    ear = _open(listen, project)
    _go_to(ear, "System map")
    ear.until("Tab", "Add a row push button", most=10)
    added = ear.press("Return")
    assert added.count("Row 1 was added") == 1, added
    assert "Short name entry required" in added
    assert "Row 1 In words entry required" in ear.press("Tab")
    ear.until("Tab", "Remove Row 1 push button", most=4)
    removed = ear.press("Return")
    assert removed.count("Row 1 was removed. No row is left.") == 1, removed
    assert "Put the row back push button" in ear.press("Tab")
    assert "Row 1 was added. You are in row 1 now." in ear.press("Return")


def test_the_list_of_faults_is_said_once_and_saving_ends_where_it_says_so(
    listen: Listen, project: Path, request: pytest.FixtureRequest
) -> None:
    """After saving what is not finished, and after saving without it; in Firefox once its own list is closed."""
    ear = _open(listen, project)
    ear.press("Control+Home")
    ear.set_focus_mode()
    ear.until("Tab", "What is your role", most=25)
    ear.type("Listener")
    ear.until("shift+Tab", "Whose learning", most=15)
    ear.press("Return")
    ear.until("Tab", POINTS)
    ear.type("30")
    ear.until("Tab", "Back to the contents", most=45)
    ear.press("Return")
    ear.until("Tab", "Save your answers", most=25)
    since = ear.mark()
    ear.press("Return")
    ear.until("Tab", "Save my answers", most=20)
    assert "Choose how far push button" in " | ".join(ear.list_heard(since))
    since = ear.mark()
    ear.press("Return")
    ear.listen(5)
    heard = " | ".join(ear.list_heard(since))
    assert heard.count("not finished") == 1, heard
    ear.until("Tab", "Save without", most=20)
    since = ear.mark()
    ear.press("Return")
    if request.node.callspec.params["listen"] == "firefox":
        ear.wait_for("Show in Folder push button", since=since)
        since = ear.mark()
        ear.press("Escape")
    ear.wait_for("Your browser was asked to save the file", since=since)
    assert "Is the file there?" in ear.press("Tab")


def test_the_empty_questions_take_four_fifths_of_what_they_took(
    listen: Listen, project: Path, request: pytest.FixtureRequest
) -> None:
    """All of them read from top to end, with the help of groups that was not heard before."""
    ear = _open(listen, project)
    heard = ear.read_all()
    minutes = count_seconds(heard) / 60
    print(f"\n{minutes:.1f} minutes, {len(heard)} utterances")
    assert minutes <= MINUTES_AT_FIRST[request.node.callspec.params["listen"]] * 0.8
    assert any(HELP in one for one in heard)
