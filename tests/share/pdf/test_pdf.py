"""A page as a tagged PDF: the part of it that a machine can check, by readers that are not ours."""

from __future__ import annotations

import io
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from canaries import EVERYTHING, MAY, MUST, find_words, write_canaries
from opened import find_active, open_bytes
from shared_pages import make_page
from test_hostile_text import HOSTILE, write_engagement
from workbook.errors import WorkbookError
from workbook.share.page import Page
from workbook.share.pdf import open_printer
from workbook.share.pdf.browsers import find_chromium
from workbook.share.tree import read_tree

EXAMPLE = Path(__file__).parents[3] / "parameters" / "example"
Make = Callable[[Page], tuple[bytes, str]]


@pytest.fixture(scope="module")
def make(chromium: str) -> Iterator[Make]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_CHROMIUM", chromium)
        with open_printer() as printer:
            yield printer


@pytest.fixture(scope="module")
def page() -> Page:
    return make_page("brief", EXAMPLE, "private")


@pytest.fixture(scope="module")
def pdf(make: Make, page: Page) -> bytes:
    return make(page)[0]


def _list_tags(pdf: pikepdf.Pdf) -> list[Any]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one]


def test_headings_tables_and_lists_are_tagged(pdf: bytes, page: Page) -> None:
    """As many of each as the page has."""
    tree = read_tree(page.cover, *page.sections)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        count = Counter(str(one.S) for one in _list_tags(opened))
    for tag, kind in (("h1", "/H1"), ("h2", "/H2"), ("h3", "/H3"), ("table", "/Table"), ("caption", "/Caption")):
        assert count[kind] == len(tree.find(tag)), kind


def test_title_and_language_are_said_and_no_day(pdf: bytes, page: Page) -> None:
    """For the reader's title bar and voice; no claim of PDF/UA, which no machine can check whole."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "en-GB"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert str(opened.docinfo["/Title"]) == page.title
        assert set(opened.docinfo.keys()) == {"/Title"}
        assert b"pdfuaid" not in opened.Root.Metadata.read_bytes()
        assert b"Date" not in opened.Root.Metadata.read_bytes()


def test_each_link_says_where_it_leads(make: Make) -> None:
    """A link's annotation has the link's own words."""
    page = make_page("summary", EXAMPLE, "private")
    words = {one.text for one in read_tree(page.cover, *page.sections).find("a")} | {h.text for h in page.contents}
    with pikepdf.open(io.BytesIO(make(page)[0])) as opened:
        links = [one for sheet in opened.pages for one in sheet.get("/Annots", []) if one.Subtype == "/Link"]
        assert links
        assert {" ".join(str(one.Contents).split()) for one in links} <= words
        assert not [one for one in links if "/A" in one and str(one.A.get("/URI", "")).startswith("file:")]


def test_each_figure_has_its_words(make: Make) -> None:
    """Every drawing has an alternative text, and none stands round a table that would then go unread."""
    page = make_page("summary", EXAMPLE, "private")
    drawings = [one for one in read_tree(*page.sections).find("svg") if one.find("title") and not one.is_silent]
    with pikepdf.open(io.BytesIO(make(page)[0])) as opened:
        figures = [one for one in _list_tags(opened) if one.S == "/Figure"]
        assert len(figures) == len(drawings) > 0
        assert all(str(one.Alt) for one in figures)


def test_nothing_is_painted_outside_a_tag(pdf: bytes) -> None:
    """Lines and backgrounds are marked as no content, and no mark cuts a path in two."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for sheet in opened.pages:
            depth, path = 0, False
            for step in pikepdf.parse_content_stream(sheet):
                name = str(step.operator)
                assert not (path and name in ("BMC", "BDC", "EMC"))
                depth += (name in ("BMC", "BDC")) - (name == "EMC")
                path = name in ("m", "re", "l", "c", "h", "v", "y", "W", "W*")
                assert depth or name not in ("S", "f", "f*", "B", "Do", "Tj", "TJ", "sh")


def test_the_same_page_gives_the_same_bytes(make: Make, page: Page, pdf: bytes) -> None:
    """Made twice, by one browser, and whole for another reader."""
    assert make(page)[0] == pdf
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 2


def test_a_browser_started_for_each_page_gives_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch, chromium: str, page: Page, pdf: bytes
) -> None:
    """As on a machine where no program can hand another its pipes."""
    monkeypatch.setenv("WORKBOOK_CHROMIUM", chromium)
    monkeypatch.setenv("WORKBOOK_PLAIN", "1")
    with open_printer() as printer:
        assert printer(page)[0] == pdf


def test_the_browser_that_a_person_has_prints_the_same_words(
    monkeypatch: pytest.MonkeyPatch, page: Page, pdf: bytes
) -> None:
    """The tests print with a light one where there is one; a browser with windows is led in the same way."""
    monkeypatch.delenv("WORKBOOK_CHROMIUM", raising=False)
    if not find_chromium():
        pytest.skip("this machine has no browser with windows")
    with open_printer() as printer:
        words, light = (
            [sheet.extract_text() for sheet in PdfReader(io.BytesIO(one)).pages] for one in (printer(page)[0], pdf)
        )
    assert words == light


@pytest.mark.parametrize("edition", [pytest.param("private", marks=pytest.mark.slow), "partners", "public"])
def test_a_pdf_shows_what_its_edition_may_show(tmp_path: Path, make: Make, edition: str) -> None:
    """In text, tags and properties no forbidden word is there; every word the page must show is, letter for letter."""
    write_canaries(tmp_path)
    texts = list(open_bytes(make(make_page("report", tmp_path / "canaries", edition))[0]))
    assert find_words(EVERYTHING - MAY[edition], texts) == []
    whole = "".join("".join(text.split()) for text in texts)
    assert [word for word in sorted(MUST[edition]) if word not in whole] == []


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_hostile_text_is_text_and_a_property(tmp_path: Path, make: Make, kind: str) -> None:
    """Whatever is typed acts nowhere; headings and tables are those of the page; the title is what was typed."""
    write_engagement(tmp_path / "hostile", HOSTILE[kind])
    page = make_page("summary", tmp_path / "hostile", "public")
    raw = make(page)[0]
    assert find_active(raw) == []
    with pikepdf.open(io.BytesIO(raw)) as opened:
        count = Counter(str(one.S) for one in _list_tags(opened))
        assert set(opened.docinfo.keys()) == {"/Title"}
        assert str(opened.docinfo["/Title"]) == page.title
    harmless = tmp_path / "harmless"
    write_engagement(harmless / "hostile", HOSTILE["long"] if kind == "long" else "plain words")
    with pikepdf.open(io.BytesIO(make(make_page("summary", harmless / "hostile", "public"))[0])) as opened:
        plain = Counter(str(one.S) for one in _list_tags(opened))
    assert [count[one] for one in ("/H1", "/H2", "/H3", "/Figure")] == [
        plain[one] for one in ("/H1", "/H2", "/H3", "/Figure")
    ]
    if kind in ("markup", "templates"):
        text = "".join("".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(raw)).pages)
        assert "".join(HOSTILE[kind].split())[:60] in text


def test_a_machine_without_a_browser_is_told_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no WeasyPrint either."""
    monkeypatch.setenv("WORKBOOK_CHROMIUM", "")
    monkeypatch.setattr("workbook.share.pdf.printer.find_spec", lambda name: None)
    with pytest.raises(WorkbookError, match="pip install"), open_printer():
        pass


@pytest.mark.parametrize("plain", ["0", "1"])
def test_a_browser_that_dies_is_said_to_have(monkeypatch: pytest.MonkeyPatch, page: Page, plain: str) -> None:
    """It makes no PDF and no traceback, led through a pipe or started for the page."""
    monkeypatch.setenv("WORKBOOK_PLAIN", plain)
    monkeypatch.setenv("WORKBOOK_CHROMIUM", shutil.which("true") or "true")
    with pytest.raises(WorkbookError, match="ended or went silent"), open_printer() as printer:
        printer(page)
