"""The two browsers of the tests of what is heard: Chromium everywhere, Firefox where there is one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from forms.heard.firefox import ADVICE, Firefox, find_firefox

Drive = Callable[[Path, Callable[[Any], Any]], Any]


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Start one Firefox for the session; skip, saying what to type, where there is none. `make listen` has one."""
    executable = find_firefox(os.environ)
    if executable is None:
        give_up = pytest.fail if "WORKBOOK_LISTEN" in os.environ else pytest.skip
        give_up(ADVICE)
    opened = Firefox(executable, tmp_path_factory.mktemp("firefox"))
    yield opened
    opened.close()


@pytest.fixture(params=["chromium", "firefox"])
def drive(request: pytest.FixtureRequest) -> Drive:
    """Return a function that opens a file in a browser and gives its page to a script; in each browser in turn.

    A page has `keyboard`, `evaluate`, `wait_for` and `read_tree`.
    """
    if request.param == "firefox":
        found: Firefox = request.getfixturevalue("firefox")
        return found.drive
    browser = request.getfixturevalue("form_browser")
    return lambda path, script: browser.drive(path, lambda page: script(_teach(page)))


def _teach(page: Any) -> Any:
    page.wait_for = page.wait_for_function
    page.read_tree = lambda selector: list(_read_tree(page, selector))
    return page


def _read_tree(page: Any, selector: str) -> Iterator[tuple[str, str, str]]:
    """Yield role, name and description of what a selector finds, as Chromium tells a screen reader."""
    chromium = page.context.new_cdp_session(page)
    root = chromium.send("DOM.getDocument")["root"]["nodeId"]
    for node in chromium.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]:
        told = chromium.send("Accessibility.getPartialAXTree", {"nodeId": node, "fetchRelatives": False})["nodes"][0]
        if not told["ignored"]:
            yield tuple(told.get(one, {}).get("value", "") for one in ("role", "name", "description"))  # type: ignore[misc]
