"""Room: what a long title, forty voices and a thousand words of notes do to the first page is decided by rule."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from ruamel.yaml import YAML

from pages.browser import PageBrowser
from pages.test_shipped_pages import FOLD
from shared_pages import make_page
from workbook.share.exporter import render_page
from workbook.storage import list_hints
from workbook.views.pieces.room import is_cut, shorten

EXAMPLE = Path(__file__).parents[2] / "parameters" / "example"
TITLE = "Learning with the Harbour Towns youth fund and everybody in it, " * 5 + "to the end"
SENTENCE = "a partner who will learn alongside many projects and their people, " * 8 + "to the last"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with a long title and sentence, forty voices, and a thousand words of notes from one of them."""
    folder = tmp_path_factory.mktemp("crowded") / "parameters" / "example"
    shutil.copytree(EXAMPLE, folder)
    yaml = YAML()
    facts = yaml.load((folder / "engagement.yaml").read_text(encoding="utf-8"))
    facts |= {"title": TITLE, "sentence": SENTENCE}
    yaml.dump(facts, folder / "engagement.yaml")
    given = sorted((folder / "voices").glob("*.yaml"))
    for number in range(40 - len(given)):
        voice = yaml.load(given[number % len(given)].read_text(encoding="utf-8"))
        yaml.dump(voice | {"role": f"Grantee {number}"}, folder / "voices" / f"grantee-{number}.yaml")
    voice = yaml.load(given[0].read_text(encoding="utf-8"))
    for question in list(voice["answers"])[:5]:
        value = voice["answers"][question]
        voice["answers"][question] = {"value": value.get("value") if isinstance(value, dict) else value}
        voice["answers"][question]["note"] = "words of a note " * 50
    yaml.dump(voice, given[0])
    return folder


def test_the_first_page_keeps_its_room(crowded: Path, page_browser: PageBrowser, tmp_path: Path) -> None:
    """The verdict and every message's first line are above the fold, and what to do ends with the first sheet."""
    path = tmp_path / "summary.html"
    path.write_text(render_page(make_page("summary", crowded, "private")), encoding="utf-8")
    assert "40 voices" in path.read_text(encoding="utf-8")
    for width, height in ((1366, 768), (390, 844)):
        assert 0 < page_browser.ask(path, FOLD, width=width, height=height) <= height - 24
    sheets = [
        " ".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(page_browser.print_pdf(path))).pages
    ]
    assert len(sheets) <= 4
    assert "Before the first findings" in sheets[0]
    assert "The same commission, read twice" in sheets[1][:200]


def test_what_the_first_page_cuts_stands_whole_in_the_report(crowded: Path) -> None:
    """Title and sentence; the first page ends each after a whole word, with an ellipsis."""
    summary, report = (str(make_page(name, crowded, "private").cover) for name in ("summary", "report"))
    for text in (TITLE, SENTENCE):
        assert text not in summary
        assert text in report


def test_check_says_what_is_too_long_for_the_first_page(crowded: Path) -> None:
    """By name, with the lengths; what ships has room."""
    told = {hint.field: hint.text for hint in list_hints(crowded)}
    assert f"{len(TITLE)} characters" in told["title"]
    assert f"{len(SENTENCE)} characters" in told["sentence"]
    assert not {"title", "sentence"} & {hint.field for hint in list_hints(EXAMPLE)}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Short", "Short"),
        ("one\n  two", "one two"),
        ("x" * 500, "x" * 120 + "…"),
        ("word " * 50, "word " * 23 + "word…"),
    ],
)
def test_text_is_cut_after_a_whole_word(text: str, kept: str) -> None:
    """On one line, within its room; a single long word is cut where the room ends."""
    assert shorten(text, "most_title") == kept
    assert is_cut(text, "most_title") == kept.endswith("…")
