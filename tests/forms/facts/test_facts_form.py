"""The form of facts in a Chromium, on a real session: typed by a person, and in engagement.yaml."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbook.forms.lab.facts_session import FactsSession
from workbook.forms.sheet.sheet import read_host_script
from workbook.storage import create_engagement, read_engagement
from workbook.theme import read_stylesheet

OPEN = """async ([esm, slug]) => {
  const heard = [];
  const model = {
    get: (name) => ({ slug, chapter: "facts" })[name],
    on: (_, hear) => heard.push(hear),
    off: () => {},
    send: async (message) => (await window.respond(message)).forEach((reply) => heard.forEach((hear) => hear(reply))),
  };
  const { default: host } = await import(URL.createObjectURL(new Blob([esm], { type: "text/javascript" })));
  host.render({ model, el: document.getElementById("root") });
}"""
Drive = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an engagement that `workbook new` has just made."""
    (tmp_path / "parameters").mkdir()
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    return create_engagement("riverside").parent


@pytest.fixture
def drive(form_browser: Any, folder: Path) -> Drive:
    """Return a function that gives the form of facts, open in a browser, to a script."""
    page_file = folder.parent.parent / "host.html"
    style = read_stylesheet("sheet", "lab")
    page_file.write_text(
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>Form</title><style>{style}</style><main><h1>Form</h1><div id="root"></div></main></html>',
        encoding="utf-8",
    )
    session = FactsSession(folder)
    esm = read_host_script()

    def run(script: Callable[[Any], Any], **options: Any) -> Any:
        def open_form(page: Any) -> Any:
            page.expose_function("respond", lambda message: json.loads(json.dumps(list(session.respond(message)))))
            page.evaluate(OPEN, [esm, folder.name])
            page.wait_for_selector(".ss-sheet")
            return script(page)

        return form_browser.drive(page_file, open_form, fresh=True, **options)

    return run


def _at(key: str) -> str:
    return f"[data-question='{key}']"


def _wait_saved(page: Any) -> None:
    page.wait_for_function("document.querySelector('.ss-save').textContent.startsWith('Saved')")


def test_facts_typed_are_in_the_file_and_no_editor_was_opened(drive: Drive, folder: Path) -> None:
    """A title with a colon, an audience added above another, a sum before its currency."""

    def fill(page: Any) -> str:
        page.fill(f"{_at('title')} textarea", "Riverside: learning with families")
        page.fill(f"{_at('commissioner')} textarea", "Riverside Trust")
        page.fill(f"{_at('budget')} td:nth-of-type(1) input", "£90,000")
        page.locator(f"{_at('audiences')} .ss-add").click()
        row = page.locator(f"{_at('audiences')} tbody tr").nth(3)
        row.locator("textarea").fill("Schools nearby")
        row.locator("select").first.select_option(label="Others in the field")
        row.locator(".ss-move").first.focus()
        page.keyboard.press("Enter")
        focused = str(page.evaluate("document.activeElement.textContent"))
        page.fill(f"{_at('currency')} textarea", "GBP")
        page.locator(f"{_at('currency')} textarea").blur()
        page.wait_for_function("!document.querySelector('.is-faulty')")
        _wait_saved(page)
        page.wait_for_function("document.querySelector('.ss-reading').textContent.includes('£90,000')")
        return focused

    assert drive(fill) == "Move up"
    facts = read_engagement(folder).facts
    assert (facts.title, facts.budget, facts.currency) == ("Riverside: learning with families", 90000, "GBP")
    assert [one.id for one in facts.audiences] == ["commissioner", "grantees", "schools-nearby", "people"]
    assert "# The money for the learning" in (folder / "engagement.yaml").read_text(encoding="utf-8")


def test_an_audience_set_aside_keeps_its_row_and_the_focus(drive: Drive, folder: Path) -> None:
    """What moves in the file does not move under the person's hands."""

    def set_aside(page: Any) -> list[str]:
        select = page.locator(f"{_at('audiences')} tbody tr").first.locator("select").last
        select.focus()
        select.select_option(label="No, set aside")
        _wait_saved(page)
        page.wait_for_function("!document.querySelector('.ss-reading').textContent.includes('The commissioner;')")
        assert select.evaluate("(node) => node === document.activeElement")
        names: list[str] = page.eval_on_selector_all(
            f"{_at('audiences')} tbody textarea", "(all) => all.map((one) => one.value)"
        )
        return names

    assert drive(set_aside)[0] == "The commissioner"
    facts = read_engagement(folder).facts
    assert [one.id for one in facts.audiences] == ["grantees", "people"]
    assert [one.id for one in facts.audiences_set_aside] == ["commissioner"]


def test_a_plan_line_is_given_with_ticks_and_lists(drive: Drive, folder: Path) -> None:
    """Whom it is for and how it gets used are ticked; its money is in the file."""

    def fill(page: Any) -> None:
        page.fill(f"{_at('currency')} textarea", "GBP")
        _wait_saved(page)
        page.locator(f"{_at('plan')} .ss-add").click()
        row = page.locator(f"{_at('plan')} tbody tr").first
        for place, text in ((0, "Learning days"), (1, "days")):
            row.locator("textarea").nth(place).fill(text)
        row.locator("select").first.select_option(label="Learning together")
        row.locator("input[type=text]").nth(0).fill("6")
        row.locator("input[type=text]").nth(1).fill("2,600")
        for label in ("Organisations that do the work", "Learning how to use it"):
            row.get_by_label(label).check()
            _wait_saved(page)
            page.evaluate("document.querySelector('.ss-save').textContent = ''")

    drive(fill)
    line = read_engagement(folder).facts.plan[0]
    assert (line.cost, line.audiences, line.mechanisms) == (15600, ("grantees",), ("skills",))


def test_what_is_wrong_is_said_at_its_question(drive: Drive, folder: Path) -> None:
    """A day nobody can read is marked, with what to type, and the file stays as it was."""
    before = (folder / "engagement.yaml").read_bytes()

    def fill(page: Any) -> str:
        page.fill(f"{_at('start')} textarea", "whenever it suits")
        page.locator(f"{_at('start')} textarea").blur()
        page.wait_for_selector(f"{_at('start')}.is-faulty")
        return str(page.inner_text(f"{_at('start')} .ss-error"))

    assert "2027-Q1" in drive(fill)
    assert (folder / "engagement.yaml").read_bytes() == before


@pytest.mark.parametrize("width", [1366, 683, 390])
def test_the_form_of_facts_has_no_accessibility_fault_and_fits(drive: Drive, width: int) -> None:
    """At a wide window, at 200 % and on a phone; the page never goes sideways."""

    def look(page: Any) -> tuple[list[str], bool]:
        for key in ("plan", "other_plans", "invited"):
            page.locator(f"{_at(key)} .ss-add").click()
        sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        return page.find_axe_faults(), sideways

    assert drive(look, viewport={"width": width, "height": 844}) == ([], False)
