"""The form in JupyterLab by keyboard, in Firefox; what Chromium does there stands with the forms in JupyterLab."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from forms.heard.firefox import Firefox
from forms.lab_support import FORM, Lab
from workbook.storage import read_engagement

IS_SAVED = f'/^Saved at/.test(document.querySelector("{FORM} .ss-save")?.textContent)'
IS_DRAWN = f'Boolean(document.querySelector("{FORM} .ss-sheet"))'
KEEP = """([slug, voice]) => { sessionStorage.setItem(`soil-and-seeds:voice:${slug}`, voice);
  sessionStorage.setItem(`soil-and-seeds:way:${slug}`, "everything"); }"""
HAS_FOCUS = "document.activeElement.matches('.ss-form')"


class FirefoxLab(Lab):
    """`workbook open` alone: the browser is a Firefox."""

    slug = "lighthouse"

    def _start_playwright(self) -> None:
        pass

    def close(self) -> None:
        """End the server."""
        self._thread.shutdown()
        self.stop()


@pytest.fixture
def lab(tmp_path: Path, firefox: Firefox) -> Iterator[Lab]:
    """A server with a small engagement, once there is a Firefox to open it."""
    assert firefox
    opened = FirefoxLab(tmp_path, "")
    yield opened
    opened.close()


@pytest.mark.slow  # in Chromium it is walked each time, and the questionnaire in both
def test_the_walk_by_keyboard_in_jupyterlab_answers_every_kind(
    lab: Lab,
    firefox: Firefox,
    fill_every_kind: Callable[[Any], dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The focus begins on the form, no letter harms it there, and the file holds what was given with keys alone."""
    monkeypatch.setenv("WORKBOOK_CONTENT", str(lab.folder.parents[1] / "content"))
    address = lab.address.replace("00_start_here", "01_framing")
    firefox.open(address)
    firefox.wait_for(HAS_FOCUS, seconds=60)
    for key in "mxdd":
        firefox.press(key)
    firefox.press("Tab")
    assert firefox.evaluate("document.activeElement.matches('.ss-who select')")
    firefox.evaluate(KEEP, [lab.slug, "trustee"])
    firefox.open(address)
    firefox.wait_for(IS_DRAWN, seconds=60)
    expected = fill_every_kind(firefox)
    firefox.wait_for(IS_SAVED)
    firefox.wait_for("!document.querySelector('.ss-form[data-busy]')")
    answers = next(one for one in read_engagement(lab.folder).voices if one.id == "trustee").answers
    given = {question: answer.value for question, answer in answers.items()}
    assert {key: value for key, value in given.items() if key in expected} == expected
