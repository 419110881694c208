"""What forms give a screen reader: names, descriptions and what is announced, in Chromium's tree and in Firefox's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import make_facts
from forms.heard.regions import COUNT_REGIONS
from workbook.forms.questionnaire.questionnaire import write_questionnaire
from workbook.model.chapters import list_questions

Drive = Callable[[Path, Callable[[Any], Any]], Any]
CONTROLS = ".ss-sheet :is(input, textarea, select, button, summary)"
OPEN_ALL = """() => { document.querySelector(".ss-add").click();
  document.querySelectorAll("details").forEach((one) => { one.open = true; }); }"""
PLACE = "[data-question='framing.{}'] .ss-frame {}".format
FOCUS = "(selector) => document.querySelector(selector).focus()"
LAST = "() => Object.fromEntries(answers)"


def test_every_control_is_called_by_its_words_once(drive: Drive, sheet_page: Path) -> None:
    """Each control and each group has a name, none says the same twice, and no two of one group are called alike."""

    def read(page: Any) -> tuple[list[Any], list[Any]]:
        page.evaluate(OPEN_ALL)
        return page.read_tree(CONTROLS), page.read_tree(".ss-sheet fieldset")

    controls, groups = drive(sheet_page, read)
    assert len(controls) > 70
    for _, name, description in [*controls, *groups]:
        words = " ".join(name.split())
        assert words
        half = words[: len(words) // 2].strip()
        assert f"{half} {half}" != words, words
        assert not description or description not in name, (name, description)
    texts = [question.text for question in list_questions(make_facts()).values()]
    assert all(sum(text in name for text in texts) == 1 for _, name, _ in groups)


def test_help_of_a_group_describes_where_one_enters_it_and_help_of_a_field_the_field(
    drive: Drive, sheet_page: Path
) -> None:
    """Not every screen reader says what describes a group. A cell is called by its row and column."""
    steps = PLACE("purpose.seed", "input")

    def read(page: Any) -> list[Any]:
        page.evaluate(OPEN_ALL)
        names = [PLACE("purpose.seed", "")[:-1].strip(), PLACE("words", "textarea"), PLACE("each", "input[type=text]")]
        found = [page.read_tree(name)[0][1:] for name in names]
        found.append([description for _, _, description in page.read_tree(steps)])
        page.evaluate(FOCUS, steps)
        for key in ("Space", "ArrowDown", "Tab"):
            page.keyboard.press(key)
        return [*found, [description for _, _, description in page.read_tree(steps)]]

    group, field, cell, entered, entered_again = drive(sheet_page, read)
    assert group == ("We hope to improve the work.", "")
    assert field == ("What is it called?", "A few words. For example: The long one")
    assert cell[0] == "The funder Months"
    assert [bool(description) for description in entered] == [True, False, False, False]
    assert entered[0] == "Rate the hope."
    assert entered_again == ["", "Rate the hope.", "", ""]


def test_a_column_that_must_be_filled_says_so(drive: Drive, sheet_page: Path) -> None:
    """To the eye in its head, to the ear at each of its fields."""
    read = """() => [document.querySelector('.ss-needed').textContent.trim(),
      document.querySelectorAll("[data-question='framing.things'] tbody [aria-required='true']").length]"""

    def look(page: Any) -> Any:
        page.evaluate(OPEN_ALL)
        return page.evaluate(read)

    assert drive(sheet_page, look) == ["(needed)", 1]


def test_a_session_by_keyboard_announces_what_is_wrong_once_and_in_time(drive: Drive, sheet_page: Path) -> None:
    """Nothing while it is filled well; the total after the typing; a fault when its question is left, with its name."""

    def answer(page: Any) -> list[list[str]]:
        page.evaluate(COUNT_REGIONS)
        heard = []
        page.evaluate(FOCUS, PLACE("purpose.seed", "input"))
        for key in ("Space", "ArrowDown", "ArrowDown", "Tab"):
            page.keyboard.press(key)
        heard.append(_take(page))
        page.evaluate(FOCUS, PLACE("points", "input"))
        page.keyboard.type("70")
        page.wait_for("window.heard.length > 0")
        heard.append(_take(page))
        page.evaluate(FOCUS, PLACE("count", "input"))
        page.wait_for("window.heard.length > 0")
        heard.append(_take(page))
        return heard

    quiet, total, fault = drive(sheet_page, answer)
    assert quiet == []
    assert total == ["Given so far: 70. Left to give: 30."]
    assert len(fault) == 1
    assert "Give 30 more" in fault[0]
    assert fault[0].startswith(list_questions(make_facts())["framing.points"].text)


@pytest.mark.usefixtures("every_kind")
def test_a_draft_is_announced_once(drive: Drive) -> None:
    """That a questionnaire keeps a draft is news the first time, and not at every answer."""
    path = write_questionnaire("commission", role="Grantee")

    def answer(page: Any) -> list[str]:
        page.evaluate(COUNT_REGIONS)
        for name in ("pick", "several"):
            page.evaluate(FOCUS, PLACE(name, "input"))
            page.keyboard.press("Space")
            page.wait_for_timeout(700)
        return _take(page)

    heard = drive(path, answer)
    assert len([text for text in heard if "draft" in text]) == 1, heard
    assert len(heard) == 1, heard


@pytest.mark.usefixtures("every_kind")
def test_what_was_saved_is_said_again_once_where_a_list_of_downloads_took_the_focus(drive: Drive) -> None:
    """Firefox's own list opens in the moment of the news: the page says it when it has the focus back, then no more."""
    path = write_questionnaire("commission", role="Grantee")

    def save(page: Any) -> list[list[str]]:
        page.evaluate(
            "() => { HTMLAnchorElement.prototype.click = () => {}; }"
        )  # no file, so no list of the browser's own
        page.evaluate(COUNT_REGIONS)
        page.evaluate("() => document.querySelector('#save').click()")
        told = []
        for events in ([], ["focus"], ["blur", "focus"], ["blur", "focus"]):
            page.evaluate("(names) => names.forEach((name) => window.dispatchEvent(new Event(name)))", events)
            page.wait_for_timeout(600)
            told.append([text for text in _take(page) if "asked to save" in text])
        return told

    assert [len(texts) for texts in drive(path, save)] == [1, 0, 1, 0]


def test_the_walk_by_keyboard_answers_every_kind(
    drive: Drive, sheet_page: Path, fill_every_kind: Callable[[Any], dict[str, Any]]
) -> None:
    """In both browsers the same keys give the same answers."""

    def fill(page: Any) -> tuple[Any, Any]:
        return fill_every_kind(page), page.evaluate(LAST)

    expected, answers = drive(sheet_page, fill)
    assert {key: answer["value"] for key, answer in answers.items()} == expected


def _take(page: Any) -> list[str]:
    """Return what was announced since the last time."""
    told: list[str] = page.evaluate("window.heard.splice(0)")
    return told
