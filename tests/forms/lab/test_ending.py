"""The end of the way, from the bar of any form: others asked, and their answers taken in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbook.storage import read_engagement

Drive = Callable[..., Any]
SENT = {
    "schema": 1,
    "kind": "soil-and-seeds-answers",
    "engagement": "commission",
    "role": "Neighbour",
    "consent": "role",
    "answers": {"framing.words": {"value": "Trust"}},
}


def _choose_files(page: Any, *contents: str) -> None:
    files = [
        {"name": f"{number}-answers.json", "mimeType": "application/json", "buffer": text.encode()}
        for number, text in enumerate(contents)
    ]
    page.get_by_label("Files of answers").set_input_files(files)


def test_others_are_asked_from_the_bar(drive: Drive, folder: Path) -> None:
    """By keyboard: the button at the bottom goes to its part, which makes the file and hands it over."""

    def ask(page: Any) -> list[Any]:
        page.locator(".ss-bar").get_by_role("button", name="Ask others").press("Enter")
        heard = page.evaluate("document.activeElement.textContent")
        page.get_by_role("button", name="Make the questionnaire").press("Enter")
        page.wait_for_selector(".ss-told a")
        link = page.locator(".ss-told a")
        return [heard, link.inner_text(), link.get_attribute("download"), page.find_axe_faults()]

    assert drive("trustee", ask) == ["Ask others", "questionnaire.html", "questionnaire.html", []]
    outputs = folder.parent.parent / "outputs" / "commission"
    made = (outputs / "questionnaire.html").read_bytes()
    assert (outputs / "workbook" / "pages" / "questionnaire.html").read_bytes() == made


def test_answers_are_shown_before_they_are_filed(drive: Drive, folder: Path) -> None:
    """What would be filed is said first and nothing is written; a file that is none is named, and the other filed."""

    def take(page: Any) -> list[Any]:
        page.locator(".ss-bar").get_by_role("button", name="Take in answers").click()
        button = page.get_by_role("button", name="File these answers")
        found = [button.is_visible()]
        _choose_files(page, "no answers at all")
        page.get_by_text("None of these can be filed.").wait_for()
        found.append(button.is_visible())
        _choose_files(page, json.dumps(SENT), "no answers at all")
        button.wait_for()
        found += [page.locator(".ss-told", has_text="would be").count(), len(read_engagement(folder).voices)]
        button.press("Enter")
        page.get_by_text("Filed. The reading follows.").wait_for()
        page.wait_for_function(
            "[...document.querySelector('.ss-who select').options].some((one) => one.text === 'Neighbour')"
        )
        return [*found, button.is_visible()]

    assert drive("trustee", take) == [False, False, 1, 1, False]
    voice = next(one for one in read_engagement(folder).voices if one.role == "Neighbour")
    assert voice.answers["framing.words"].value == "Trust"
