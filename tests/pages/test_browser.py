"""The checks of pages themselves: each one finds its fault in a page that is otherwise good."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pages.browser import list_faults

SECTION = '<section>\n<h2 id="facts">'
PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
POLICY = '<meta http-equiv="Content-Security-Policy"'
LOGO = '<img alt="A logo" src="https://example.org/logo.png">'

# The name of each fault, and what is replaced by what in a good page to make it.
FAULTS = {
    "axe": {SECTION: f'<img src="{PIXEL}">{SECTION}'},
    "requests": {POLICY: "<meta", SECTION: LOGO + SECTION},
    "loads": {SECTION: LOGO + SECTION},
    "complaints": {SECTION: f'<p style="color:red">Red</p>{SECTION}'},
    "scripts": {SECTION: f"<script>1</script>{SECTION}"},
    "handlers": {SECTION: f'<p onclick="1">Press</p>{SECTION}'},
    "style attributes": {SECTION: f'<p style="color:red">Red</p>{SECTION}'},
    "overflow": {'<div class="scroll"': "<div"},
    "over the sheet": {SECTION: f'<svg width="900" height="9" aria-hidden="true"></svg>{SECTION}'},
    "size": {SECTION: f"<!--{'x' * 61 * 1024}-->{SECTION}"},
    "home path": {SECTION: f"<p>Made in /home/somebody/project</p>{SECTION}"},
    "placeholder alt": {SECTION: f'<img src="{PIXEL}" alt="No description has been provided">{SECTION}'},
    "svg name": {"<title>Seed and soil for three facets</title>": ""},
    "th scope": {'<th scope="col">Facet': "<th>Facet"},
    "caption": {"<caption>The costed plan</caption>": ""},
    "h1": {"<h1>": "<h1>First</h1><h1>"},
    "heading skip": {"<h3>What was found, in five</h3>": "<h4>What was found, in five</h4>"},
    "main": {"<main ": "<main></main><main "},
    "title": {"<title>A learning partner": "<title></title><meta name='A learning partner"},
    "lang": {'lang="en-GB"': 'lang="en"'},
    "doctype": {"<!doctype html>": ""},
    "policy": {POLICY: f'<meta charset="utf-8">{POLICY}'},
    "contents": {'aria-label="Contents"': 'aria-label="Parts"'},
    "skip link": {"Skip to the main part": "Go to the main part"},
    "lost anchors": {'href="#agenda"': 'href="#diary"'},
    "small text": {"<p>Private edition.": "<p><sub><sub>Private edition.</sub></sub>"},
    # The policy refuses a stylesheet that is not the one it names, so lines run across the window.
    "long line": {"</style>": " </style>"},
    "hidden in print": {"<details>": "<details hidden>"},
}
ONLY_IN_AN_EMPTY_PAGE = "empty"


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(fault: str, example_page: str, page_browser: Any, tmp_path: Path) -> None:
    """A page that is good but for one thing is found to have that fault."""
    page = example_page
    for part, replacement in FAULTS[fault].items():
        assert part in page
        page = page.replace(part, replacement, 1)
    path = tmp_path / "bad.html"
    path.write_text(page, encoding="utf-8")
    assert fault in page_browser.measure(path, with_axe=fault == "axe")


def test_empty_page_is_no_good_page(page_browser: Any, tmp_path: Path) -> None:
    """A page with nothing in it cannot pass."""
    path = tmp_path / "empty.html"
    path.write_text("", encoding="utf-8")
    assert {ONLY_IN_AN_EMPTY_PAGE, "title", "main", "h1", "policy"} <= set(page_browser.measure(path))


def test_every_fault_has_a_bad_page() -> None:
    """No check stands without a page above that it refuses."""
    counts = (
        "scripts",
        "handlers",
        "style_attributes",
        "overflow",
        "over_the_sheet",
        "placeholder_alts",
        "unnamed_svgs",
    )
    counts += ("th_without_scope", "tables_without_caption", "h1", "heading_skips", "main", "lost_anchors")
    lists = ("axe", "requests", "complaints", "small_texts", "hidden_in_print")
    worst = dict.fromkeys(counts, 2) | {name: ["x"] for name in lists} | {"contents": 0, "skip_link": False}
    worst |= {"title": "", "lang": "", "doctype": False, "first_in_head": "", "longest_line": 100, "text": 0}
    content = b'<img src="https://example.org/x"> /home/somebody/x' + b" " * 1024
    assert set(list_faults(worst, content, max_kib=1)) == {*FAULTS, ONLY_IN_AN_EMPTY_PAGE}
