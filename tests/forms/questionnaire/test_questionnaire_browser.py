"""The questionnaire in a real Chromium: filled, saved, collected; its draft; its access; on paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from workbook import storage
from workbook.cli import app
from workbook.forms.questionnaire.questionnaire import write_questionnaire

Drive = Callable[..., Any]
REFUSE_STORAGE = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
)
CHAPTERS = ("discovery", "audiences", "safety", "system_map")
ROLE, NAME = "Grants <b>manager</b> \u202e", "Ünal O'Brien"


@pytest.fixture
def form(every_kind: Path) -> Path:
    """Return the questionnaire that asks one question of each kind."""
    return write_questionnaire("commission", role="Grantee")


@pytest.fixture
def drive(form_browser: Any, form: Path) -> Drive:
    """Return a function that gives the questionnaire, open in a browser, to a script."""

    def run(script: Callable[[Any], Any], **options: Any) -> Any:
        return form_browser.drive(form, script, **options)

    return run


def test_answers_go_from_keys_to_a_voice(
    drive: Drive,
    every_kind: Path,
    fill_every_kind: Callable[[Any], dict[str, Any]],
    press_tab_to: Callable[[Any, str], None],
) -> None:
    """Filled by keyboard, saved, collected and loaded, every answer is what was typed, and nothing of it ran."""

    def fill(page: Any) -> dict[str, Any]:
        press_tab_to(page, "#role")
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(ROLE)
        page.keyboard.press("Tab")
        page.keyboard.insert_text(NAME)
        press_tab_to(page, "[name=consent]")
        page.keyboard.press("Space")
        expected = fill_every_kind(page)
        press_tab_to(page, "#save")
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        download.value.save_as(every_kind / download.value.suggested_filename)
        assert "commission-answers.json" in page.locator("#saved").text_content()
        assert page.locator("#progress").text_content() == "You have answered 12 of 12 questions."
        assert not page.evaluate("'ran' in window")
        return expected

    expected = drive(fill)
    done = CliRunner().invoke(app, ["collect", "commission", str(every_kind / "commission-answers.json")])
    assert done.exit_code == 0, done.output
    assert "12 answers taken as the new voice grants-b-manager-b" in done.output
    voice = storage.load_engagement("commission").voices[0]
    assert (voice.role, voice.name, voice.consent) == (ROLE.strip(), NAME, "named")
    assert {key: answer.value for key, answer in voice.answers.items()} == expected


def test_unfinished_answers_are_said_before_saving(drive: Drive) -> None:
    """A missing role and half an answer are listed in a group that leads to them; the rest can be saved alone."""

    def fill(page: Any) -> list[Any]:
        page.locator("#role").fill("")
        page.locator("[data-question='framing.points'] input[type=text]").first.fill("70")
        page.locator("[data-question='framing.pick'] input").first.check()
        page.locator("#save").press("Enter")
        alert = page.locator("#problems:visible")
        listed = alert.get_by_role("link").all_text_contents()
        alert.get_by_role("link").first.press("Enter")
        focused = page.evaluate("document.activeElement.id")
        invalid = page.locator("#role").get_attribute("aria-invalid")
        page.locator("#role").fill("Grantee")
        page.locator("#save").press("Enter")
        with page.expect_download() as download:
            page.locator("#save-rest").press("Enter")
        saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
        return [listed, focused, invalid, saved, alert.count()]

    listed, focused, invalid, saved, alerts = drive(fill)
    assert listed == [
        "Say your role in a few words.",
        "Who gets the points? – The points must add up to 100. Give 30 more.",
    ]
    assert (focused, invalid, alerts) == ("role", "true", 0)
    assert saved["answers"] == {"framing.pick": {"value": "one"}}
    assert saved["consent"] == "none"


def test_draft_survives_and_is_forgotten(drive: Drive) -> None:
    """A draft is there after a reload, half-typed answers too; forgotten, it is gone from form and browser."""

    def fill(page: Any) -> list[Any]:
        page.locator("#name").fill("Somebody")
        page.get_by_label("With my role").check()
        page.locator("[data-question='framing.pick'] input").first.check()
        page.locator("[data-question='framing.points'] input[type=text]").first.fill("70")
        page.locator("#draft", has_text="Last kept").wait_for()
        page.locator("[data-question='framing.story'] textarea").first.fill("Half a")
        page.reload()
        found = look(page)
        status = page.locator("#draft").text_content()
        page.locator("#forget").press("Enter")
        page.locator("#forget-yes").press("Enter")
        empty = look(page)
        kept = page.evaluate("localStorage.length")
        page.reload()
        return [found, status, empty, kept, look(page), page.evaluate("localStorage.length")]

    def look(page: Any) -> list[Any]:
        return [
            page.locator("#name").input_value(),
            page.get_by_label("With my role").is_checked(),
            page.locator("[data-question='framing.pick'] input").first.is_checked(),
            page.locator("[data-question='framing.points'] input[type=text]").first.input_value(),
            page.locator("[data-question='framing.story'] textarea").first.input_value(),
        ]

    found, status, empty, kept, again, kept_again = drive(fill)
    assert found == ["Somebody", True, True, "70", "Half a"]
    assert status == "Your draft is back as you left it."
    assert empty == again == ["", False, False, "", ""]
    assert kept == kept_again == 0


def test_two_windows_of_one_form_keep_each_others_answers(drive: Drive) -> None:
    """One was open long before: what it keeps takes nothing of the other's away, and both show and save it all."""

    def fill(page: Any) -> list[Any]:
        other = page.context.new_page()
        other.goto(page.url)
        story = "[data-question='framing.story'] .ss-frame textarea"
        page.locator(story).fill("An hour of words")
        page.locator("#name").fill("Somebody")
        page.locator("#draft", has_text="Last kept").wait_for()
        other.locator("[data-question='framing.pick'] input").first.check()
        other.locator("#draft", has_text="Last kept").wait_for()
        page.locator("[data-question='framing.pick'] input:checked").wait_for()
        with other.expect_download() as download:
            other.locator("#save").press("Enter")
        saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
        other.close()
        page.reload()
        return [page.locator(story).input_value(), saved["name"], saved["answers"]]

    story, name, answers = drive(fill)
    assert (story, name) == ("An hour of words", "Somebody")
    assert answers == {"framing.pick": {"value": "one"}, "framing.story": {"value": "An hour of words"}}


def test_a_bad_cell_takes_no_good_row_with_it(drive: Drive) -> None:
    """Saved without what is unfinished, the other rows and cells of the same table are in the file."""

    def fill(page: Any) -> Any:
        months = page.locator("[data-question='framing.each'] input[type=text]")
        months.nth(0).fill("3")
        months.nth(1).fill("about two")
        page.locator("[data-question='framing.each'] select").nth(1).select_option("1")
        months.nth(2).fill("-1")
        page.locator("[data-question='framing.things'] .ss-add").click()
        page.locator("[data-question='framing.things'] .ss-add").click()
        cells = page.locator("[data-question='framing.things'] tbody textarea")
        cells.nth(0).fill("Trust")
        page.locator("[data-question='framing.things'] tbody select").nth(1).select_option("0")
        page.locator("#save").press("Enter")
        with page.expect_download() as download:
            page.locator("#save-rest").press("Enter")
        return json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["answers"]

    answers = {key: answer["value"] for key, answer in drive(fill).items()}
    assert answers == {
        "framing.each": {"funder": {"months": 3}, "grantees": {"step": 1}},
        "framing.things": [{"name": "Trust"}],
    }


def test_how_far_answers_travel_is_said_again_before_they_are_saved(drive: Drive) -> None:
    """Nobody learns afterwards that nothing chosen means nobody sees it, or that a name was missing."""

    def look(page: Any) -> list[str]:
        reach, said = page.locator("#reach"), []
        said.append(reach.inner_text())
        reach.get_by_role("button").press("Enter")
        page.keyboard.press("Space")
        page.locator("#reach", has_text="gave none").wait_for()
        reach.get_by_role("button").press("Enter")
        page.keyboard.type("Somebody")
        page.locator("#reach:empty").wait_for(state="attached")
        return said

    assert drive(look) == [
        "You have not said how far your answers may travel, so nobody but those who ask will see them. Choose how far"
    ]


def test_draft_is_kept_until_somebody_says_yes(drive: Drive) -> None:
    """Forgetting asks first, and "Keep it" leaves everything as it is."""

    def fill(page: Any) -> list[Any]:
        page.locator("#name").fill("Somebody")
        page.locator("#forget").press("Enter")
        focused = page.evaluate("document.activeElement.id")
        page.keyboard.press("Enter")
        return [focused, page.locator("#name").input_value(), page.locator("#forget-sure").is_visible()]

    assert drive(fill) == ["forget-no", "Somebody", False]


def test_form_works_where_no_draft_may_be_kept(drive: Drive) -> None:
    """Where the browser refuses storage the form says so, and answers can still be saved."""

    def fill(page: Any) -> list[Any]:
        page.locator("[data-question='framing.pick'] input").first.check()
        page.get_by_text("This browser keeps no draft.").wait_for()
        with page.expect_download() as download:
            page.locator("#save").press("Enter")
        return json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["answers"]

    assert drive(fill, before=REFUSE_STORAGE) == {"framing.pick": {"value": "one"}}


@pytest.mark.parametrize("width", [1280, 640, 320])
def test_questionnaire_is_accessible_and_fits(drive: Drive, width: int) -> None:
    """With errors and the question about the draft open, axe finds no A or AA fault and nothing runs over the edge."""

    def look(page: Any) -> list[Any]:
        page.locator("#role").fill("")
        page.locator(".ss-add").click()
        page.locator("#save").click()
        page.locator("#forget").click()
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return [page.find_axe_faults() if width != 640 else [], over]

    assert drive(look, viewport={"width": width, "height": 800}) == [[], 0]


def test_shipped_questionnaire_is_accessible(form_browser: Any, tmp_path: Path) -> None:
    """A form of the example has no A or AA fault, one h1, and no heading level left out."""
    path = write_questionnaire("example", chapters=CHAPTERS, output=tmp_path / "form.html")

    def look(page: Any) -> list[Any]:
        levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map((one) => Number(one.tagName[1]))")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return [page.find_axe_faults(), levels, over]

    faults, levels, over = form_browser.drive(path, look, viewport={"width": 320, "height": 800})
    assert faults == []
    assert over == 0
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_paper_shows_whole_answers_and_no_buttons(drive: Drive) -> None:
    """On paper a long answer is not cut off, lists show what can be chosen, and buttons are left out."""

    def look(page: Any) -> list[Any]:
        page.locator("[data-question='framing.story'] textarea").first.fill("line\n" * 150)
        page.emulate_media(media="print")
        wrapper = page.locator("[data-question='framing.story'] .ss-frame .ss-grow")
        high = wrapper.evaluate("(one) => one.getBoundingClientRect().height")
        shown = wrapper.evaluate("(one) => getComputedStyle(one, '::after').visibility")
        ring = page.locator("[data-question='framing.each'] .ss-paper").first
        buttons = [one for one in page.locator("button").all() if one.is_visible()]
        return [high > 2500, shown, ring.is_visible() and ring.text_content(), len(buttons)]

    assert drive(look) == [True, "visible", "On paper, ring one: Hardly / Halfway / Fully / We do not know yet", 0]
