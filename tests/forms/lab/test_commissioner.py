"""A new commissioner, from `workbook new` to pages opened, in a real JupyterLab: nothing typed in an editor."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from forms.lab_support import FORM, Lab, open_lab
from workbook.forms.lab.early import FIRST_PAGE
from workbook.storage import read_engagement

MOST_ANSWERS = 25
FACTS_FORM = ".ss-form[aria-label*='facts']"
HOPES, HABITS = "Mostly", "A little"


class FirstLab(Lab):
    """Opened by somebody who has chosen nothing yet."""

    slug = "riverside"
    way = ""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Lab]:
    """A server and a browser on an engagement that the command has just made."""
    project = tmp_path_factory.mktemp("first")
    for opened in open_lab(project, chromium, FirstLab):
        shutil.rmtree(opened.folder)
        command = [sys.executable, "-c", "from workbook.cli import main; main()", "new", FirstLab.slug]
        subprocess.run(command, check=True, capture_output=True, env=opened._environment)
        yield opened


class Seat:
    """What the commissioner does, counted."""

    def __init__(self, page: Any) -> None:
        self.page, self.clicks, self.answers = page, 0, 0

    def click(self, target: Any) -> None:
        """Press something."""
        target.click()
        self.clicks += 1

    def give(self, question: str, words: str) -> None:
        """Type an answer."""
        self.page.locator(f"[data-question='{question}'] textarea").first.fill(words)
        self.answers += 1

    def rate(self, question: Any, step: str) -> None:
        """Choose a step of a scale."""
        self.click(question.get_by_label(step, exact=True))
        self.answers += 1


def _come_to_a_verdict(page: Any) -> Seat:
    seat = Seat(page)
    page.wait_for_selector(f"{FACTS_FORM} .ss-sheet")
    seat.give("title", "Riverside: learning with families")
    seat.give("commissioner", "Riverside Trust")
    seat.give("sentence", "a partner who will learn beside eight family projects.")
    page.locator(".ss-who select").select_option("_new")
    seat.click(page.locator(".ss-who .ss-button"))
    page.locator("input[name=role]").fill("Grants manager")
    seat.click(page.locator("input[type=radio][value=role]"))
    seat.click(page.locator(".ss-fields-form button[type=submit]"))
    page.wait_for_selector(".ss-onward a")
    seat.click(page.locator(".ss-onward a").filter(visible=True).last)
    page.wait_for_selector(f"{FORM} .ss-sheet")
    for question in page.locator(f"{FORM} .ss-kind-scale").all():
        is_hope = str(question.get_attribute("data-question")).endswith("seed")
        seat.rate(question, HOPES if is_hope else HABITS)
    return seat


def test_a_verdict_and_messages_stand_beside_the_form_after_a_few_answers(
    lab: Lab, capsys: pytest.CaptureFixture[str]
) -> None:
    """Then the pages are made and opened without leaving the browser."""
    begun = time.perf_counter()
    while not (early := lab.find_kernel(FIRST_PAGE)):  # it begins with the server, before there is a page
        assert lab.server.poll() is None

    def go(page: Any) -> tuple[Seat, str, float, list[str], str]:
        page.set_viewport_size({"width": 1440, "height": 900})
        seat = _come_to_a_verdict(page)
        verdict = f'document.querySelector("{FORM} .ss-verdict")'
        page.wait_for_function(
            f"/commission a learning partner/i.test({verdict}.querySelector('.ss-line').textContent)"
        )
        page.wait_for_function(f"{verdict}.querySelectorAll('.ss-messages li').length > 0")
        told, seconds = page.inner_text(f"{FORM} .ss-verdict"), time.perf_counter() - begun
        in_sight = page.locator(f"{FORM} .ss-verdict summary").evaluate(
            "(node) => { const box = node.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
        )
        assert in_sight
        faults = page.find_axe_faults()
        ending = page.locator(f"{FORM} .ss-ending")
        seat.click(ending.locator("> summary"))
        seat.click(ending.get_by_role("button", name="Make the pages"))
        page.wait_for_selector(f"{FORM} .ss-told a", timeout=110_000)
        with page.context.expect_page() as opened:
            seat.click(page.locator(f"{FORM} .ss-told a").first)
        opened.value.wait_for_selector("h1")
        return seat, told, seconds, faults, str(opened.value.inner_text("body"))

    seat, told, seconds, faults, summary = lab.drive(go, voice="", chapter="")
    assert lab.find_kernel(FIRST_PAGE) == early
    with capsys.disabled():
        print(f"\n{seat.answers} answers, {seat.clicks} clicks; a verdict after {seconds:.0f} s of machine")
    assert seat.answers <= MOST_ANSWERS
    assert "As you see it" in told or "as you see it" in told
    assert not faults
    assert "Riverside: learning with families" in summary
    assert "ommission a learning partner" in summary
    assert read_engagement(lab.folder).facts.commissioner == "Riverside Trust"
