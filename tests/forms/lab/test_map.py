"""The system map in its form: drawn while it is typed, and linked by pointer and by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbook.storage import read_engagement

FACTORS, LINKS = "system_map.factors", "system_map.links"
Drive = Callable[..., Any]
NAMES = """() => [...document.querySelectorAll(".ss-map-factor")].map((one) => one.textContent)"""


@pytest.fixture
def drive(request: pytest.FixtureRequest, every_kind: Path, monkeypatch: pytest.MonkeyPatch) -> Drive:
    """Open the chapter of the map, in its own words, for a trustee; another voice has named one factor."""
    monkeypatch.delenv("WORKBOOK_CONTENT")
    voices = every_kind / "parameters" / "commission" / "voices"
    given = request.getfixturevalue("drive_chapter")
    shutil.rmtree(every_kind / "content")
    (voices.parent / "agreed.yaml").unlink()
    text = f"schema: 1\nrole: Officer\nconsent: role\nanswers: {{{FACTORS}: [{{id: time, label: time to talk}}]}}\n"
    (voices / "officer.yaml").write_text(text, encoding="utf-8")
    opened: Drive = given("system_map")
    return opened


def _type(page: Any, question: str, *words: str) -> None:
    """Add a row to a table, and type its first cells."""
    table = page.locator(f"[data-question='{question}']")
    table.get_by_role("button", name="Add a row").press("Enter")
    for place, text in enumerate(words):
        table.locator("tbody tr").last.locator("textarea").nth(place).press_sequentially(text)


def test_the_map_follows_the_typing_and_links_what_is_pressed(drive: Drive, every_kind: Path) -> None:
    """Before anything is saved; one press after the other makes a link, by keyboard too, and axe finds nothing."""

    def draw(page: Any) -> list[Any]:
        _type(page, FACTORS, "well-being")
        page.wait_for_function(f"({NAMES})().includes('well-being')")
        page.locator(f"[data-question='{FACTORS}'] tbody textarea").nth(1).press_sequentially("how people are")
        page.wait_for_function(f"({NAMES})().sort().join() === 'how people are,time to talk'")
        page.get_by_role("button", name="time to talk").press("Enter")
        page.get_by_role("button", name="how people are").press("Enter")
        page.wait_for_function("document.querySelectorAll('.ss-map .ss-link').length === 1")
        in_hand = page.evaluate("document.activeElement.closest('td').dataset.column")
        page.keyboard.press("m")
        faults = page.find_axe_faults()
        # Another sign for the hyphen is the same factor; what names none becomes one by a press.
        _type(page, LINKS, "Well\u2010being", "trust")
        page.get_by_role("button", name="Make “trust” a factor").click()
        page.wait_for_function("document.querySelectorAll('.ss-map .ss-link').length === 2")
        page.locator(f"[data-question='{LINKS}'] tbody tr").last.locator(".ss-end").last.select_option(
            label="time to talk"
        )
        page.locator(".ss-who select").focus()  # a row goes out once it is left
        page.evaluate("() => new Promise((done) => setTimeout(done))")
        page.wait_for_selector(".ss-form:not([data-busy])")
        page.wait_for_function("document.querySelector('.ss-save').textContent.startsWith('Saved at')")
        return [in_hand, faults]

    in_hand, faults = drive("trustee", draw)
    assert in_hand == "sign"
    assert faults == []
    engagement = read_engagement(every_kind / "parameters" / "commission")
    answers = next(one for one in engagement.voices if one.id == "trustee").answers
    assert [row["id"] for row in answers[FACTORS].value] == ["well-being", "trust"]
    assert [(row["from"], row["to"]) for row in answers[LINKS].value] == [
        ("time", "well-being"),
        ("Well\u2010being", "time"),
    ]
