"""The sheet in a real Chromium: every kind of question by keyboard, its names, its errors, its merging."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import make_facts
from workbook.model.chapters import list_questions

Drive = Callable[..., Any]
PLACE = "[data-question='framing.{}'] .ss-frame {}".format
AROUND = "[data-question='framing.{}']".format
NAME = (
    "(one) => one.getAttribute('{}').split(' ').map((id) => document.getElementById(id).textContent).join(' ')".format
)
# What an element is called: by what names it, else by its own words.
SAID = f"(one) => one.hasAttribute('aria-labelledby') ? ({NAME('aria-labelledby')})(one) : one.textContent"
# Keep what a live region of the sheet says from now on.
HEAR = """() => { window.heard = []; const status = document.querySelector(".ss-status");
  const keep = () => window.heard.push(status.textContent);
  new MutationObserver(keep).observe(status, { childList: true, characterData: true, subtree: true }); }"""
LAST = "() => Object.fromEntries(answers)"


@pytest.fixture
def drive(form_browser: Any, sheet_page: Path) -> Drive:
    """Return a function that gives the sheet of every kind, open in a browser, to a script."""

    def run(script: Callable[[Any], Any], **options: Any) -> Any:
        return form_browser.drive(sheet_page, script, **options)

    return run


def test_every_kind_is_filled_by_keyboard(drive: Drive, fill_every_kind: Callable[[Any], dict[str, Any]]) -> None:
    """Keys alone answer each kind of question, and each answer is one that the question accepts."""

    def fill(page: Any) -> tuple[dict[str, Any], dict[str, Any], bool]:
        expected = fill_every_kind(page)
        page.wait_for_timeout(0)
        return expected, page.evaluate(LAST), page.evaluate("'ran' in window")

    expected, answers, ran = drive(fill)
    assert {key: answer["value"] for key, answer in answers.items()} == expected
    assert not ran
    for key, question in list_questions(make_facts()).items():
        question.read_value(answers[key]["value"])


def test_unsure_answers_every_kind(drive: Drive) -> None:
    """Each question can be answered with "we do not know yet", and taken back again."""

    def fill(page: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        for question in page.locator(".ss-question").all():
            question.locator(":is(.ss-frame, .ss-given) > .ss-unsure input, .ss-options .ss-unsure input").last.check()
        unsure = page.evaluate(LAST)
        for button in page.locator(".ss-clear").all():
            button.click()
        return unsure, page.evaluate(LAST)

    unsure, taken_back = drive(fill)
    assert unsure == {key: {"value": "unsure"} for key in list_questions(make_facts())}
    assert taken_back == dict.fromkeys(unsure)


def test_every_name_holds_its_question(drive: Drive) -> None:
    """Each control's accessible name, or that of the group around it, says the question it belongs to, or begins it."""

    def read(page: Any) -> list[dict[str, Any]]:
        page.locator(".ss-add").click()
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        nodes: list[dict[str, Any]] = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        return nodes

    nodes = {node["nodeId"]: node for node in drive(read)}
    texts = {question.text for question in list_questions(make_facts()).values()}
    texts |= {f"{' '.join(text.split()[:6])}…" for text in texts if len(text.split()) > 7}
    controls = [node for node in nodes.values() if _get_role(node) in CONTROLS]
    # The browser's own button inside a date field.
    controls = [node for node in controls if "date picker" not in _get_name(node)]
    assert len(controls) > 70
    for node in controls:
        names = [_get_name(node)]
        assert names[0]
        names += [_get_name(one) for one in _list_parents(node, nodes) if _get_role(one) in ("group", "radiogroup")]
        assert any(text in name for text in texts for name in names), names


CONTROLS = ("textbox", "radio", "checkbox", "combobox", "button", "Date", "DisclosureTriangle")


def _get_role(node: dict[str, Any]) -> str:
    return "" if node["ignored"] else node["role"]["value"]


def _get_name(node: dict[str, Any]) -> str:
    return node.get("name", {}).get("value", "")


def _list_parents(node: dict[str, Any], nodes: dict[str, Any]) -> list[dict[str, Any]]:
    parent = nodes.get(node.get("parentId"))
    return [parent, *_list_parents(parent, nodes)] if parent else []


def test_cell_says_row_and_column_and_not_the_question_again(drive: Drive) -> None:
    """A cell of a matrix and of a table is named by its row and its column; the group around it says the question."""

    def read(page: Any) -> list[int]:
        page.locator(".ss-add").click()
        names = (
            ("textbox", "Grantees Months"),
            ("checkbox", "Grantees We do not know yet"),
            ("textbox", "Row 1 Name"),
        )
        return [page.get_by_role(role, name=name, exact=True).count() for role, name in names]

    assert drive(read) == [1, 1, 1]


def test_cell_that_is_not_asked_says_so_and_takes_nothing(drive: Drive) -> None:
    """Where a column is not for a row there are words and no field, and what a file holds there is not shown."""

    def read(page: Any) -> tuple[list[int], str]:
        asked = [f"{who} What was said" for who in ("Grantees", "People who benefit")]
        fields = [page.get_by_role("textbox", name=name, exact=True).count() for name in asked]
        page.evaluate("sheet.setAnswers({'framing.each': {value: {people: {step: 1, said: 'before'}}}})")
        row = page.get_by_role("row", name="People who benefit")
        assert "before" not in row.inner_text()
        return fields, row.get_by_role("cell").nth(2).inner_text().splitlines()[-1]

    assert drive(read) == ([1, 0], "not asked")


def test_help_and_example_describe_the_field(drive: Drive) -> None:
    """Help and example are read out with the field they belong to."""

    def read(page: Any) -> str:
        return page.locator(PLACE("words", "textarea")).evaluate(NAME("aria-describedby"))

    assert drive(read) == "A few words. For example: The long one"


def test_problems_are_announced_and_tied_to_fields(drive: Drive) -> None:
    """Problems from outside appear in a group whose links lead to the fields, which are marked and described."""

    def show(page: Any) -> list[Any]:
        page.evaluate(
            """() => sheet.showProblems([
              {question: "framing.words", inside: "", expected: "some words", remedy: "type <b>them</b>"},
              {question: "framing.each", inside: "grantees.months", expected: "a number", remedy: "type digits"}])"""
        )
        alert = page.locator(".ss-summary:visible")
        links = alert.get_by_role("link").all_text_contents()
        page.evaluate("sheet.focusProblem(1)")
        focused = page.evaluate("document.activeElement.getAttribute('aria-invalid')")
        alert.get_by_role("link").first.press("Enter")
        field = page.locator(PLACE("words", "textarea"))
        is_focused = field.evaluate("(one) => one === document.activeElement")
        error = field.evaluate(
            "(one) => document.getElementById(one.getAttribute('aria-describedby').split(' ').at(-1)).textContent"
        )
        page.evaluate("sheet.showProblems([])")
        return [links, focused, is_focused, error, alert.count(), page.locator("[aria-invalid]").count()]

    links, focused, is_focused, error, alerts, marked = drive(show)
    assert links[0] == "What is it called? – Expected some words. type <b>them</b>."
    assert links[1].startswith("How is it for each? (Grantees, Months)")
    assert (focused, is_focused, alerts, marked) == ("true", True, 0, 0)
    assert "some words" in error


def test_problem_from_outside_stands_until_the_answer_changes(drive: Drive) -> None:
    """Passing through a question does not take away what was said about it; another answer does."""

    def pass_through(page: Any) -> list[bool]:
        page.locator(PLACE("words", "textarea")).fill("first")
        page.keyboard.press("Tab")
        page.evaluate("sheet.showProblems([{question: 'framing.words', inside: '', expected: 'x', remedy: 'y'}])")
        error = page.locator(PLACE("words", ".ss-error"))
        page.locator(PLACE("words", "textarea")).focus()
        page.locator(PLACE("count", "input[type=text]")).focus()
        page.evaluate("new Promise((done) => setTimeout(done))")
        before = error.is_visible()
        page.locator(PLACE("words", "textarea")).fill("second")
        page.locator(PLACE("count", "input[type=text]")).focus()
        error.wait_for(state="hidden")
        return [before, error.is_visible()]

    assert drive(pass_through) == [True, False]


FAULTY = {
    "count": ("input", "61", "a whole number from 1 to 60 (people)"),
    "cost": ("input", "12.500", "Do you mean 12500 or 12.5?"),
    "points": ("input", "70", "Give 30 more"),
    "words": ("textarea", "x" * 20001, "It has 20,001"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_answer_that_cannot_be_kept_is_said_at_once(
    drive: Drive, press_tab_to: Callable[[Any, str], None], name: str
) -> None:
    """What is not an answer yet is never handed on; leaving the question says why, aloud and beside it."""
    field, typed, message = FAULTY[name]

    def leave(page: Any) -> list[Any]:
        press_tab_to(page, PLACE(name, field))
        page.keyboard.insert_text(typed)
        press_tab_to(page, f"{AROUND(name)} ~ * *")
        page.wait_for_function("document.querySelector('.ss-status').textContent !== ''")
        said = page.locator(".ss-status").text_content()
        shown = page.locator(PLACE(name, ".ss-error")).text_content()
        invalid = page.locator(PLACE(name, field)).first.get_attribute("aria-invalid")
        return [said, shown, invalid, page.evaluate(LAST), page.evaluate("sheet.listUnfinished().length")]

    said, shown, invalid, answers, unfinished = drive(leave)
    assert message in said
    assert message in shown
    assert (invalid, answers, unfinished) == ("true", {}, 1)


def test_rows_in_falling_order_are_not_kept(drive: Drive) -> None:
    """A lowest figure above the highest is said, and kept once it is mended."""

    def fill(page: Any) -> list[Any]:
        inputs = page.locator(PLACE("range", "input[type=text]"))
        inputs.nth(0).fill("9")
        inputs.nth(1).fill("3")
        page.locator(PLACE("things", ".ss-add")).focus()
        page.locator(PLACE("range", ".ss-error")).wait_for()
        before = page.evaluate("answers.filter(([id, answer]) => answer.value.small.high === 3).length")
        inputs.nth(1).fill("30")
        inputs.nth(1).press("Tab")
        return [before, page.evaluate(LAST), page.locator(PLACE("range", ".ss-error")).is_visible()]

    before, answers, is_shown = drive(fill)
    assert before == 0
    assert answers == {"framing.range": {"value": {"small": {"low": 9, "high": 30}}}}
    assert not is_shown


def test_points_say_what_is_left_once_the_typing_stops(drive: Drive) -> None:
    """The running total of points is seen at each digit and heard once, after the last."""

    def fill(page: Any) -> list[Any]:
        total = page.locator(PLACE("points", ".ss-total"))
        inputs = page.locator(PLACE("points", "input[type=text]"))
        texts = [total.text_content()]
        for index, points in enumerate(("70", "40")):
            inputs.nth(index).fill(points)
            texts.append(total.text_content())
        said = page.evaluate(HEAR)
        inputs.nth(1).focus()
        inputs.nth(1).fill("")
        page.keyboard.type("30")
        page.wait_for_function("window.heard.length > 0")
        return [said, *texts, total.text_content(), page.evaluate("window.heard")]

    assert drive(fill) == [
        None,
        "Given so far: 0. Left to give: 100.",
        "Given so far: 70. Left to give: 30.",
        "110 points are given. Take 10 off.",
        "All 100 points are given.",
        ["All 100 points are given."],
    ]


def test_focus_follows_rows_that_come_and_go(drive: Drive) -> None:
    """A new row takes the focus; a removed one gives it to the next row, or to the button that adds one."""

    def change(page: Any) -> list[str]:
        focused = []
        add, remove = page.locator(".ss-add"), page.locator(".ss-remove")
        for press in (add, add, remove.first, remove.first):
            press.press("Enter")
            focused.append(page.locator(":focus").evaluate(SAID))
        return [*focused, page.locator(".ss-status").text_content()]

    assert drive(change) == [
        "Row 1 Name",
        "Row 2 Name",
        "Row 1 Name",
        "Add a row",
        "Row 1 was removed. No row is left.",
    ]


def test_answers_from_elsewhere_appear_and_what_is_being_typed_stays(drive: Drive) -> None:
    """Answers set from outside are shown without being handed back, and never replace words just being typed."""

    def merge(page: Any) -> list[Any]:
        page.locator(PLACE("words", "textarea")).focus()
        page.keyboard.type("mine")
        page.evaluate(
            """() => sheet.setAnswers({
              "framing.words": {value: "theirs"},
              "framing.pick": {value: "one", note: "so", evidence: "kept"},
              "framing.things": {value: [{name: "A"}, {name: "B"}]} })"""
        )
        shown = [
            page.locator(PLACE("words", "textarea")).first.input_value(),
            page.locator(PLACE("pick", "input")).first.is_checked(),
            page.locator(PLACE("things", "tbody textarea")).nth(1).input_value(),
            page.evaluate("answers.length"),
        ]
        page.locator(PLACE("pick", "input")).nth(1).check()
        return [shown, page.evaluate(LAST)]

    shown, answers = drive(merge)
    assert shown == ["mine", True, "B", 0]
    assert answers["framing.words"] == {"value": "mine"}
    assert answers["framing.pick"] == {"value": "two", "note": "so", "evidence": "kept"}


def test_note_and_consent_stand_beside_an_answer(drive: Drive) -> None:
    """A note and a consent of its own go with an answer; a note alone is not lost but waits for one."""

    def fill(page: Any) -> list[Any]:
        more = page.locator(AROUND("pick"))
        more.locator("summary").press("Enter")
        more.get_by_label("Why? In your own words").fill("Because")
        more.get_by_label("Who may see this answer?").select_option("none")
        before = page.evaluate(LAST)
        more.get_by_label("The first").check()
        return [before, page.evaluate(LAST)]

    before, after = drive(fill)
    assert before == {}
    assert after == {"framing.pick": {"value": "one", "note": "Because", "consent": "none"}}


def test_words_pause_is_enough(drive: Drive) -> None:
    """Typed words are handed on after a pause, without leaving the field."""

    def fill(page: Any) -> dict[str, Any]:
        page.locator(PLACE("words", "textarea")).focus()
        page.keyboard.type("enough")
        page.wait_for_function("answers.length > 0")
        return page.evaluate(LAST)

    assert drive(fill) == {"framing.words": {"value": "enough"}}


def test_ten_thousand_characters_come_back(drive: Drive) -> None:
    """A long text of many scripts is handed on letter for letter."""
    text = ("Ünï\u202eעברית\u200f العربية 日本 😀\t=cmd|'/c calc'!A1 <img src=x onerror=alert(1)>\n" * 200)[:10_000]

    def fill(page: Any) -> dict[str, Any]:
        page.locator(PLACE("story", "textarea")).focus()
        page.keyboard.insert_text(text)
        page.keyboard.press("Tab")
        return page.evaluate(LAST)

    assert drive(fill) == {"framing.story": {"value": text}}


def test_unseen_control_signs_become_line_ends_or_go(drive: Drive) -> None:
    """Signs that a word processor pastes and no file may hold are taken out where the person can see it."""

    def fill(page: Any) -> dict[str, Any]:
        page.locator(PLACE("story", "textarea")).focus()
        page.keyboard.insert_text("one\u000btwo\u0007")
        page.keyboard.press("Tab")
        return page.evaluate(LAST)

    assert drive(fill) == {"framing.story": {"value": "one\ntwo"}}


@pytest.mark.parametrize("width", [1280, 320])
def test_sheet_is_accessible_and_fits(drive: Drive, width: int) -> None:
    """With all of it open, axe finds no A or AA fault and nothing runs over the edge."""

    def look(page: Any) -> list[Any]:
        page.locator(".ss-add").click()
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.evaluate("sheet.showProblems([{question: 'framing.pick', inside: '', expected: 'one', remedy: 'choose'}])")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return [page.find_axe_faults() if width == 320 else [], over]

    assert drive(look, viewport={"width": width, "height": 800}) == [[], 0]
