"""What a form in a notebook says, and when: who answers, a reading that changes, a window as 400 % leaves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from forms.heard.regions import COUNT_REGIONS
from forms.lab_support import list_covered

Drive = Callable[..., Any]


def test_going_through_the_people_changes_nothing_until_it_is_confirmed(drive: Drive) -> None:
    """No form is drawn at an arrow key and no answer can be given meanwhile; then it is said once who answers."""

    def choose(page: Any) -> list[Any]:
        page.get_by_text("The form is here.").wait_for()
        page.evaluate(COUNT_REGIONS)
        who = page.get_by_label("Who is answering?")
        who.focus()
        page.evaluate("document.querySelector('.ss-sheet').dataset.old = ''")
        seen = []
        for key in ("ArrowDown", "ArrowUp", "ArrowDown"):
            page.keyboard.press(key)
            seen.append([who.input_value(), page.locator(".ss-sheet").is_visible()])
        kept = page.locator(".ss-sheet[data-old]").count()
        page.keyboard.press("Tab")
        button = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        page.locator(".ss-sheet:not([data-old])").wait_for()
        page.get_by_text("You now answer as").wait_for()
        focused = page.evaluate("document.activeElement.className")
        return [seen, kept, button, focused, page.evaluate("window.heard")]

    seen, kept, button, focused, heard = drive("trustee", choose)
    assert seen == [["_agreed", False], ["trustee", True], ["_agreed", False]]
    assert (kept, button, focused) == (1, "Answer as: What the group agreed", "ss-progress")
    assert heard == ["You now answer as: What the group agreed. Each answer is saved as you give it."]


# Every text of the first live region, also those that another follows in the same moment.
KEEP_NEWS = """() => {
  window.news = [];
  Object.defineProperty(document.querySelector(".ss-save"), "textContent", {
    set(text) { window.news.push(text); this.replaceChildren(text); },
    get() { return this.innerText; },
  });
}"""


def test_that_the_reading_follows_is_said_until_it_could_be_heard(drive: Drive) -> None:
    """Of answers given fast a screen reader says the last news alone; once that stood a while it is not said again."""

    def answer(page: Any) -> list[str]:
        page.evaluate(KEEP_NEWS)
        for count, (choice, pause) in enumerate([(0, 0), (1, 1200), (0, 0)], 1):
            page.locator("[data-question='framing.pick'] input").nth(choice).check()
            page.wait_for_function(
                "(count) => news.filter((text) => /^Saved at .....[.]/.test(text)).length >= count", arg=count
            )
            page.wait_for_timeout(pause)
        return page.evaluate("news.filter((text) => /^Saved at .....[.]( The reading below|$)/.test(text))")

    assert ["reading" in text for text in drive("trustee", answer)] == [True, True, False]


ASK_KERNEL = "dispatchEvent(new CustomEvent('soil-and-seeds:way'))"  # as when another way through is chosen


def test_a_page_that_goes_says_nothing_and_one_that_is_cut_off_says_what_is_saved(drive: Drive) -> None:
    """Who loads a page again need not hear that its kernel went first; who stays hears what is saved."""

    def cut_off(page: Any) -> list[str]:
        page.get_by_text("The form is here.").wait_for()
        alert = page.locator(".ss-alert")
        page.evaluate("window.isCut = true; dispatchEvent(new Event('beforeunload', { cancelable: true }))")
        said = []
        for _ in range(2):
            page.evaluate(ASK_KERNEL)
            said.append(alert.text_content())
        page.locator("[data-question='framing.pick'] input").first.check()
        page.wait_for_function("(before) => document.querySelector('.ss-alert').textContent !== before", arg=said[-1])
        return [*said, alert.text_content()]

    leaving, staying, answered = drive("trustee", cut_off)
    assert leaving == ""
    assert staying.startswith("All answers are saved, but the workbook is not replying.")
    assert answered.startswith("Not saved yet. The workbook is not replying.")


READING = "(text) => deliver({ kind: 'reading', html: `<h3 tabindex='-1'>${text}</h3>` })"
PLACES = {
    "focus": "document.querySelector('.ss-reading h3').focus()",
    "caret": "getSelection().collapse(document.querySelector('.ss-reading h3').firstChild, 1)",
}


@pytest.mark.parametrize("place", PLACES)
def test_reading_that_changes_while_it_is_read_waits_to_be_asked_for(drive: Drive, place: str) -> None:
    """What is read stays as it is; it is said once that there is a new one, and a button shows that."""

    def read(page: Any) -> list[Any]:
        page.evaluate(READING, "First")
        page.evaluate(COUNT_REGIONS)
        page.evaluate(PLACES[place])
        page.wait_for_timeout(0)
        for text in ("Second", "Third"):
            page.evaluate(READING, text)
        kept = page.locator(".ss-reading h3").inner_text()
        show = page.get_by_role("button", name="Show the new one")
        show.press("Enter")
        said = page.evaluate("window.heard.filter((text) => text.includes('while you were here')).length")
        shown = page.locator(".ss-reading h3").inner_text()
        return [kept, said, shown, page.evaluate("document.activeElement.textContent"), show.count()]

    assert drive("trustee", read) == ["First", 1, "Third", "Your reading", 0]


def test_reading_that_was_left_follows_again(drive: Drive) -> None:
    """Whoever goes on to the questions has the new reading without asking for it, and is told nothing more."""

    def read(page: Any) -> list[Any]:
        page.evaluate(READING, "First")
        page.evaluate(PLACES["caret"])
        page.wait_for_timeout(0)
        page.evaluate(READING, "Second")
        page.locator("[data-question='framing.pick'] input").first.focus()
        seen = [page.locator(".ss-reading h3").inner_text()]
        page.evaluate(READING, "Third")
        return [*seen, page.locator(".ss-reading h3").inner_text(), page.locator(".ss-news button").count()]

    assert drive("trustee", read) == ["Second", "Third", 0]


def test_reading_is_changed_only_where_it_differs(drive: Drive) -> None:
    """A screen reader that tells the page nothing of its place keeps it: what is alike is the same as before."""
    html = "<section><h3>Kept</h3><p>{}</p><table><tr><td>{}</td></tr></table></section>"

    def read(page: Any) -> list[Any]:
        show = "(html) => deliver({ kind: 'reading', html })"
        page.evaluate(show, html.format("Four", "<b>4</b>"))
        body = page.locator(".ss-reading .ss-reading-body").first
        body.evaluate("(body) => body.querySelectorAll('*').forEach((one) => { one.isOld = true; })")
        page.evaluate(show, html.format("Three", "3") + "<p>More</p>")
        old = "(body) => [...body.querySelectorAll('*')].map((one) => [one.localName, Boolean(one.isOld)])"
        return [body.inner_text().split(), body.evaluate(old)]

    words, nodes = drive("trustee", read)
    assert words == ["Kept", "Three", "3", "More"]
    assert [name for name, is_old in nodes if not is_old] == ["p"]


@pytest.mark.parametrize("size", [(320, 256), (320, 800), (640, 512)])
def test_nothing_lies_over_what_has_the_focus(drive: Drive, size: tuple[int, int]) -> None:
    """At 400 % and on a narrow screen every Tab stop is in sight, while answers are saved."""

    def walk(page: Any) -> list[Any]:
        page.locator("[data-question='framing.pick'] input").first.check()
        page.wait_for_function("document.querySelector('.ss-save').textContent.startsWith('Saved at')")
        stops, covered = list_covered(page, size=size)
        return [stops > 60, covered]

    assert drive("trustee", walk) == [True, []]
