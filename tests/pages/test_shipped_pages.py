"""Every page made from the shipped engagements, in every edition, held to the rules of pages in a real Chromium."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from pages.browser import PageBrowser
from workbook.batch.plan import plan_jobs
from workbook.batch.run import Limits, ignore_change
from workbook.batch.snapshots import prepare_snapshot
from workbook.batch.stages import run_stages

ROOT = Path(__file__).parents[2]
EDITIONS = ("private", "partners", "public")
CALLS = ("space-to-connect", "transitions", "youth-led-creativity")
NEXT = "example-second-year"
# The example fills every page in every edition; a call's page is short, and its partners edition is its private one.
PAGES = [
    *[("example", report, edition) for report in ("summary", "report", "brief") for edition in EDITIONS],
    ("example", "draft", "private"),
    *[(NEXT, report, "private") for report in ("summary", "report", "log")],
    *[(slug, "summary", edition) for slug in CALLS for edition in ("private", "public")],
    *[(slug, "report", edition) for slug in CALLS for edition in ("private", "public")],
    ("space-to-connect", "brief", "private"),
]
# What `make pages-check` measures beside them, so that no page that ships is left out.
FURTHER = [
    one
    for one in [
        *itertools.product(("example", NEXT, *CALLS), ("summary", "report", "brief", "log"), EDITIONS),
        *[(slug, "draft", "private") for slug in (NEXT, *CALLS)],
    ]
    if one not in PAGES
]


# What one batch makes. The headings of every page of the two examples are looked at, so each is made in full.
MADE = [
    *itertools.product(("summary", "report", "brief", "log"), ("example", NEXT), EDITIONS),
    *itertools.product(("summary", "report"), CALLS, ("private", "public")),
    ("brief", "space-to-connect", "private"),
    ("draft", "example", "private"),
]
ALL = ("example", NEXT, *CALLS)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("project")
    for folder in ("notebooks", "parameters"):
        shutil.copytree(ROOT / folder, project / folder)
    _make(project, MADE)
    return project / "outputs"


@pytest.fixture(scope="module")
def further(outputs: Path) -> Path:
    """The outputs again, once they hold every report of every shipped engagement in every edition."""
    every = [*itertools.product(("summary", "report", "brief", "log"), ALL, EDITIONS)]
    _make(outputs.parent, [*every, *(("draft", slug, "private") for slug in ALL)])
    return outputs


def _make(project: Path, pages: list[tuple[str, str, str]]) -> None:
    """Make pages and the portfolio in one batch, as the command does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_HOME", str(project))
        patch.setenv("WORKBOOK_CONTENT", str(ROOT / "src" / "workbook" / "content"))
        jobs = [
            job
            for report, slug, edition in pages
            for job in plan_jobs([slug], editions=[edition], report=report, root=project)
        ]
        jobs += plan_jobs(ALL, editions=EDITIONS, report="portfolio", root=project)
        outcomes = run_stages(jobs, prepare=prepare_snapshot, limits=Limits(2), on_change=ignore_change)
    assert [outcome.message for outcome in outcomes if not outcome.stands] == []


@pytest.mark.parametrize(
    ("slug", "report", "edition"),
    # What partners see has the marks of the private page and the words of the public one.
    [pytest.param(*one, marks=pytest.mark.slow) if one[2] == "partners" else one for one in PAGES],
)
def test_a_shipped_page_keeps_to_the_rules(
    outputs: Path, check_page: Callable[..., None], slug: str, report: str, edition: str
) -> None:
    """No axe fault, no request, no script, nothing too wide, every figure named, every table captioned, small."""
    check_page(_find_page(outputs, slug, report, edition), max_kib=120 if report == "report" else 60)


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "report", "edition"), FURTHER)
def test_every_other_page_that_ships_keeps_to_the_rules(
    further: Path, check_page: Callable[..., None], slug: str, report: str, edition: str
) -> None:
    """Every report of every engagement in every edition, by the same rules."""
    check_page(_find_page(further, slug, report, edition), max_kib=120 if report == "report" else 60)


def _find_page(outputs: Path, slug: str, report: str, edition: str) -> Path:
    return outputs / slug / (f"{report}.html" if edition == "private" else f"{report}.{edition}.html")


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_portfolio_keeps_to_the_rules(outputs: Path, check_page: Callable[..., None], edition: str) -> None:
    """The one page over all engagements is held to the same rules."""
    suffix = "" if edition == "private" else f".{edition}"
    check_page(outputs / f"portfolio{suffix}.html")


WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); let count = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!element.closest(".vh, .skip, svg > title, svg > desc") && element.checkVisibility())
      count += walker.currentNode.textContent.trim().split(/\\s+/).filter(Boolean).length;
  }
  return count; }"""
SHEETS = [
    ("example", "summary", 4, 1700),
    (NEXT, "summary", 4, 1700),
    (NEXT, "report", 25, None),
    (NEXT, "log", 4, None),
    *[(slug, "summary", 2, 900) for slug in CALLS],
    ("example", "report", 25, None),
    *[(slug, "report", 6, None) for slug in CALLS],
    ("example", "brief", 6, None),
]
# What shared editions show is less, so it may be no longer.
SHARED_SHEETS = [
    *[
        ("example", report, edition, sheets)
        for edition in ("partners", "public")
        for report, sheets in (("summary", 4), ("report", 25), ("brief", 6))
    ],
    *[
        (NEXT, report, edition, sheets)
        for edition in ("partners", "public")
        for report, sheets in (("summary", 4), ("report", 25), ("log", 4))
    ],
    *[(slug, report, "public", sheets) for slug in CALLS for report, sheets in (("summary", 2), ("report", 6))],
]


@pytest.mark.parametrize(("slug", "report", "sheets", "words"), SHEETS)
def test_a_page_keeps_its_budget(
    outputs: Path, page_browser: PageBrowser, slug: str, report: str, sheets: int, words: int | None
) -> None:
    """One page, three, twenty-five: no more sheets of A4, and no more words to read, than the page is given."""
    path = outputs / slug / f"{report}.html"
    assert len(PdfReader(BytesIO(page_browser.print_pdf(path))).pages) <= sheets
    if words:
        assert page_browser.ask(path, WORDS, width=1366, height=768) <= words


@pytest.mark.parametrize(
    ("slug", "report", "edition", "sheets"),
    [pytest.param(*one, marks=pytest.mark.slow) if one[2] == "partners" else one for one in SHARED_SHEETS],
)
def test_a_shared_page_keeps_its_sheets(
    outputs: Path, page_browser: PageBrowser, slug: str, report: str, edition: str, sheets: int
) -> None:
    """The partners and public editions have no more sheets and no more words than the private one may, drafts too."""
    path = outputs / slug / f"{report}.{edition}.html"
    assert len(PdfReader(BytesIO(page_browser.print_pdf(path))).pages) <= sheets
    if report == "summary":
        most = 900 if slug in CALLS else 1700
        assert page_browser.ask(path, WORDS, width=1366, height=768) <= most


@pytest.mark.parametrize("slug", ["example", *CALLS])
def test_the_first_sheet_ends_with_what_to_do(outputs: Path, page_browser: PageBrowser, slug: str) -> None:
    """Page 1 holds the verdict and every message; the second begins with the table read twice."""
    first, second = PdfReader(BytesIO(page_browser.print_pdf(outputs / slug / "summary.html"))).pages[:2]
    text, rest = (" ".join(page.extract_text().split()) for page in (first, second))
    assert "Before" in text
    assert "read twice" not in text
    assert "The same commission, read twice" in rest[:200]


FOLD = """() => {
  const bottom = (element) => element.getBoundingClientRect().top + parseFloat(getComputedStyle(element).lineHeight);
  return [...document.querySelectorAll(".verdict h2, .todo li")].map(bottom).reduce((a, b) => Math.max(a, b), 0); }"""


# What a bare Debian has: the widest letters there are, and no others.
WIDEN = """for (const [kind, name] of [["--sans", "DejaVu Sans"], ["--serif", "DejaVu Serif"]])
  document.documentElement.style.setProperty(kind, `"${name}"`);"""


@pytest.mark.parametrize(
    ("slug", "report", "sheets"),
    [
        ("example", "summary", 4),
        (NEXT, "summary", 4),
        ("space-to-connect", "summary", 2),
        ("youth-led-creativity", "report", 6),
    ],
)
def test_a_page_keeps_its_sheets_in_wide_letters(
    outputs: Path, page_browser: PageBrowser, slug: str, report: str, sheets: int
) -> None:
    """Where a machine has DejaVu alone, no page is longer."""
    printed = page_browser.print_pdf(outputs / slug / f"{report}.html", before=f"() => {{ {WIDEN} }}")
    assert len(PdfReader(BytesIO(printed)).pages) <= sheets


def test_too_early_is_not_ticked(outputs: Path, page_browser: PageBrowser) -> None:
    """A tick reads as approval; the other three verdicts have one."""
    tick = "() => getComputedStyle(document.querySelector('.four b'), '::before').content"
    found = [
        page_browser.ask(outputs / slug / "summary.html", tick, width=1366, height=768)
        for slug in ("transitions", "example")
    ]
    assert found[0] == "none"
    assert "\u2713" in found[1]


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
@pytest.mark.parametrize(
    ("slug", "edition"),
    [
        *itertools.product(("example", NEXT), EDITIONS),
        *itertools.product(CALLS, ("private", "public")),
    ],
)
def test_the_first_screen_holds_the_verdict_and_every_message(
    outputs: Path, page_browser: PageBrowser, slug: str, edition: str, width: int, height: int, wide: bool
) -> None:
    """On a laptop and on a phone each message's first line is above the fold with 24 px to spare, in wide fonts too."""
    path = _find_page(outputs, slug, "summary", edition)
    assert 0 < _find_fold(page_browser, path, width, height, wide=wide) <= height - 24


def _find_fold(page_browser: PageBrowser, path: Path, width: int, height: int, *, wide: bool) -> float:
    script = f"() => {{ {WIDEN if wide else ''} return ({FOLD})(); }}"
    found = page_browser.ask(path, script, width=width, height=height)
    return float(found)


MOST_SHEETS = {"summary": (4, 2), "report": (25, 6), "brief": (6, 6), "draft": (8, 8), "log": (4, 4)}
"""Sheets of A4 for an engagement in full and for a call about which little is known."""


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["example", NEXT, *CALLS])
def test_every_page_in_every_edition_keeps_its_sheets_and_its_first_screen(
    further: Path, page_browser: PageBrowser, slug: str
) -> None:
    """All that ships, once with a machine's own letters and once with wide ones; every fault is told at once."""
    faults = []
    for report, edition in itertools.product(MOST_SHEETS, EDITIONS):
        if report == "draft" and edition != "private":
            continue
        path = _find_page(further, slug, report, edition)
        for before in ("() => 0", f"() => {{ {WIDEN} }}"):
            sheets = len(PdfReader(BytesIO(page_browser.print_pdf(path, before=before))).pages)
            if sheets > MOST_SHEETS[report][slug in CALLS]:
                faults.append((path.name, before, f"{sheets} sheets"))
        if report == "summary":
            for (width, height), wide in itertools.product(((1366, 768), (390, 844)), (False, True)):
                fold = _find_fold(page_browser, path, width, height, wide=wide)
                if not 0 < fold <= height - 24:
                    faults.append((path.name, f"{width} wide", f"{fold} px"))
    assert not faults


def test_headings_say_their_chapter_and_the_edition_comes_first(outputs: Path, page_browser: PageBrowser) -> None:
    """In a list of headings no two are alike; the title and the first words of every page say whom it is for."""
    script = """() => [[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((one) => one.textContent),
      document.title, document.body.textContent.trim()]"""
    for path in [*(outputs / "example").glob("*.html"), *(outputs / NEXT).glob("*.html")]:
        headings, title, text = page_browser.ask(path, script, width=1366, height=768)
        assert len(headings) == len(set(headings)), path.name
        edition = path.stem.rpartition(".")[2] if "." in path.stem else "private"
        assert title.startswith(f"{edition.title()} edition")
        assert text.startswith(f"{edition.title()} edition")


def test_a_drawing_is_silent_where_its_table_stands_and_only_there(outputs: Path, page_browser: PageBrowser) -> None:
    """What a table under a drawing says is not said twice; a drawing without one is named."""
    script = """() => [...document.querySelectorAll('svg.chart')].map((one) =>
      [one.getAttribute('role'), Boolean(one.closest('figure')?.querySelector('table'))])"""
    found = [
        tuple(one)
        for path in (outputs / "example").glob("*.html")
        for one in page_browser.ask(path, script, width=1366, height=768)
    ]
    assert set(found) == {("none", True), ("img", False)}


def test_a_drawing_keeps_its_letters_on_a_phone(outputs: Path, page_browser: PageBrowser) -> None:
    """At 320 px, and so at 400 %, a figure scrolls before its letters are smaller than 12 px; the page does not."""
    script = """() => [Math.min(...[...document.querySelectorAll(".chart text")].map(
      (one) => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)),
      document.documentElement.scrollWidth]"""
    for report in ("summary", "report"):
        smallest, wide = page_browser.ask(outputs / "example" / f"{report}.html", script, width=320, height=640)
        assert smallest >= 12
        assert wide <= 320


def test_what_is_open_stays_open_in_a_contrast_theme(outputs: Path, page_browser: PageBrowser) -> None:
    """White marks on a dark theme would look filled: one voice as several, the finance lead as any other."""
    script = """() => [...document.querySelectorAll(".one, .agreed, .ring, .box")].filter((one) =>
      one.checkVisibility()).map((one) => getComputedStyle(one).fill == getComputedStyle(document.body).color)"""
    for slug in ("example", "transitions"):
        path = outputs / slug / "summary.html"
        filled = page_browser.ask(path, script, width=1366, height=768, in_contrast=True)
        assert filled
        assert not any(filled)


def test_no_sheet_ends_with_a_bare_head(outputs: Path, page_browser: PageBrowser) -> None:
    """A long table takes its head along to the next sheet."""
    sheets = PdfReader(BytesIO(page_browser.print_pdf(outputs / "portfolio.html"))).pages
    texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
    assert [text for text in texts if "Part Ready Thin Missing" in text and "About the work" in text]
    assert not [text for text in texts if "Part Ready Thin Missing" in text and "About the work" not in text]


def test_at_most_ten_landmarks(outputs: Path, page_browser: PageBrowser) -> None:
    """Whoever moves from landmark to landmark meets few: sections and tables that scroll are none."""
    landmarks = "main, nav, header, footer, aside, [role=region], section[aria-labelledby]"
    script = f"() => document.querySelectorAll('{landmarks}').length"
    for path in (outputs / "example").glob("*.html"):
        assert page_browser.ask(path, script, width=1366, height=768) <= 10


def test_summary_and_report_link_to_each_other(outputs: Path) -> None:
    """Each names the other's file of the same edition."""
    for suffix in ("", ".partners", ".public"):
        folder = outputs / "example"
        assert f'href="report{suffix}.html"' in (folder / f"summary{suffix}.html").read_text(encoding="utf-8")
        assert f'href="summary{suffix}.html"' in (folder / f"report{suffix}.html").read_text(encoding="utf-8")


def test_a_month_is_not_written_as_a_day(outputs: Path) -> None:
    """Work that starts in a month starts in it; only a day is something that work starts on."""
    call = (outputs / "space-to-connect" / "summary.html").read_text(encoding="utf-8")
    example = (outputs / "example" / "summary.html").read_text(encoding="utf-8")
    assert "before work was to start (October 2019)" in call
    assert "before work starts on 11 January 2027" in example
