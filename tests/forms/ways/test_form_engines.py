"""The XLSForm filled in and sent by the programs that respondents meet: ODK Web Forms and Enketo, in a real Chromium.

`make ways-in` runs these; it installs both engines from npm. What they send is read by `collect` as an export.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chromium import FLAGS
from workbook.forms.questionnaire.collect import Taken, collect_answers
from workbook.forms.ways.files import read_file
from workbook.forms.ways.xlsform import write_xlsform

PYTHON, MADE = os.environ.get("WORKBOOK_WAYS_IN", ""), os.environ.get("WORKBOOK_FORM_ENGINES", "")
pytestmark = pytest.mark.skipif(not (PYTHON and MADE), reason="make ways-in runs these")
CONVERT = "import sys; from pyxform.xls2xform import convert as c; print(c(sys.argv[1]).xform)"
SCRIPT = '<script type="module" src="{engine}.js"></script>'
PAGE = f'<!doctype html><html lang="en"><title>x</title><div id="form"></div>{SCRIPT}'
STORY = "First line\n  second, “line” & <b>\n\nשלום"
TYPED = {
    "What is your role in this?": "Lead",
    "What is it called?": "=1+1, “so”",
    "What happened?": STORY,
    "How many came? (people)": "12",
    "What did it cost? (£)": "1200.5",
    "The funder": "60",
    "Grantees": "40",
    "The funder: Months (months)": "18",
}
CHOSEN = {
    "How far may your answers travel?": ["With my role. Anyone may read"],
    "Purpose: We hope to improve the work.": ["Mostly"],
    "Which one is it?": ["The second"],
    "Which ones are they?": ["Red", "Green"],
    "The funder: How far": ["Halfway"],
    "Grantees: How far": ["We do not know yet"],
}
ANSWERS = {
    "framing.purpose.seed": 2,
    "framing.pick": "two",
    "framing.several": ["red", "green"],
    "framing.words": "=1+1, “so”",
    "framing.story": STORY,
    "framing.count": 12,
    "framing.cost": 1200.5,
    "framing.points": {"funder": 60, "grantees": 40, "people": 0},
    "framing.each": {"funder": {"step": 1, "months": 18}, "grantees": {"step": "unsure"}},
}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def form(every_kind: Path) -> str:
    """Return the form of one question of each kind, converted as Central and Kobo convert it."""
    path = write_xlsform("commission")
    done = subprocess.run([PYTHON, "-c", CONVERT, str(path)], capture_output=True, text=True, check=True, timeout=120)
    return done.stdout


def _open(browser: Any, engine: str, form: str) -> Any:
    page = browser.new_page()
    page.set_default_timeout(20_000)

    def serve(route: Any) -> None:
        name = route.request.url.rsplit("/", 1)[-1]
        kind = "text/javascript" if name else "text/html"
        found = (Path(MADE) / name).read_bytes() if name else PAGE.format(engine=engine).encode()
        route.fulfill(body=found, content_type=f"{kind}; charset=utf-8")

    page.route("**/*", serve)
    page.goto("http://localhost/")
    page.wait_for_function("() => typeof window.openForm === 'function'")
    page.evaluate("form => openForm(form)", form)
    return page


def _find(page: Any, engine: str, asked: str) -> Any:
    """Return the question that has this label, and no other that begins with it."""
    box, label = (".question-container", ".control-text label") if engine == "odk" else (".question", ".question-label")
    for one in page.locator(box).all():
        said = one.locator(label).first
        if said.count() and said.text_content().strip().removesuffix("*").strip() == asked:
            return one
    raise AssertionError(f"{engine} does not ask: {asked}")


def _fill(page: Any, engine: str) -> None:
    page.get_by_text("What is your role in this?").first.wait_for()
    for asked, options in CHOSEN.items():
        for option in options:
            _find(page, engine, asked).locator("label", has_text=option).last.click()
    for asked, text in TYPED.items():
        field = _find(page, engine, asked).locator("input:not([type=radio]):not([type=checkbox]), textarea").first
        field.click()
        field.fill(text) if "\n" in text or not text.isdecimal() else field.press_sequentially(text)
        field.press("Tab")


def _send(page: Any, engine: str) -> str:
    if engine == "odk":
        page.get_by_role("button", name="Send").click()
    else:
        page.evaluate("sendForm()")
    page.wait_for_function("() => window.sent !== undefined")
    sent: str = page.evaluate("window.sent")
    return sent


def _list_columns(element: ET.Element, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield what Central writes of a submission: groups and name with a hyphen between them, and the text."""
    for child in element:
        name = (*path, child.tag.rpartition("}")[2])
        if len(child):
            yield from _list_columns(child, name)
        else:
            yield "-".join(name), child.text or ""


@pytest.mark.parametrize("engine", ["odk", "enketo"])
def test_a_form_filled_in_and_sent_is_the_voice_it_should_be(
    browser: Any, form: str, every_kind: Path, engine: str
) -> None:
    """Every kind of answer, typed and chosen as a respondent does, is what `collect` reads of what was sent."""
    page = _open(browser, engine, form)
    _fill(page, engine)
    columns = dict(_list_columns(ET.fromstring(_send(page, engine))))
    page.close()
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([columns.keys(), columns.values()])
    path = every_kind / "export.csv"
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")
    (taken,) = collect_answers("commission", [path], read=read_file)
    assert isinstance(taken, Taken), str(taken)
    assert (taken.voice.role, taken.voice.consent) == ("Lead", "role")
    assert {key: answer.value for key, answer in taken.voice.answers.items()} == ANSWERS


@pytest.mark.parametrize("engine", ["odk", "enketo"])
def test_points_that_do_not_add_up_are_not_sent(browser: Any, form: str, engine: str) -> None:
    """With 60 points of 100 nothing is sent; the form says how many there are."""
    page = _open(browser, engine, form)
    page.get_by_text("What is your role in this?").first.wait_for()
    for asked, text in (("What is your role in this?", "Lead"), ("The funder", "60")):
        field = _find(page, engine, asked).locator("input:not([type=radio]):not([type=checkbox]), textarea").first
        field.click()
        field.press_sequentially(text)
        field.press("Tab")
    page.get_by_text("60").last.wait_for()
    if engine == "odk":
        page.get_by_role("button", name="Send").click()
        page.locator(".form-error-message, [role=alert], .p-message").first.wait_for()
    else:
        page.evaluate("sendForm()")
    assert page.evaluate("window.sent") in (None, "")
    page.close()
