"""Pages and Word files in another language are wholly in it. Through the real batch, in a language made by program."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from made_language import find_foreign, make_language
from test_hostile_text import write_engagement
from workbook.theme import (
    format_day,
    format_money,
    format_month,
    format_number,
    format_percent,
    format_share,
    join_words,
)
from workbook.views.pieces.facts import write_day

ROOT = Path(__file__).parent.parent
REPORTS = ("summary", "report", "brief", "portfolio")
# The product's name, and the names of the engagement and of its files, which are nobody's language.
NAMES = {"soil", "seeds", "commission", "voice"}


class _Words(HTMLParser):
    """Everything a page says: what is seen, and what is read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.language: str | None = None
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")
        given = dict(attrs)
        self.said += [given[name] or "" for name in ("aria-label", "title", "alt") if name in given]
        self.language = given["lang"] if tag == "html" else self.language

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(data)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make every page and Word file of an engagement with something in each field, in the made language."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "notebooks", project / "notebooks")
    write_engagement(project / "parameters" / "commission", "⟦x⟧")
    reports = [part for report in REPORTS for part in ("--report", report)]
    command = [sys.executable, "-c", "from workbook.cli import main; main()", "batch", *reports]
    chosen = {
        "WORKBOOK_CONTENT": str(make_language(project)),
        "WORKBOOK_LANGUAGE": "qqq",
        "WORKBOOK_HOME": str(project),
    }
    done = subprocess.run(
        [*command, "--format", "html", "--format", "docx"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **chosen},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "outputs"


def _find(outputs: Path, name: str) -> Path:
    return next(path for path in outputs.rglob(name))


def _find_strange(texts: list[str]) -> list[str]:
    """Join first: a drawing breaks a sentence into lines."""
    return [word for word in find_foreign(" ".join(texts)) if word.lower() not in NAMES]


@pytest.mark.parametrize("report", REPORTS)
def test_a_page_is_wholly_in_its_language(made: Path, report: str) -> None:
    """Every word seen or read aloud comes from the translation or the engagement, and the page says its language."""
    page = _Words()
    page.feed(_find(made, f"{report}.html").read_text(encoding="utf-8"))
    assert page.language == "qqq"
    assert len(page.said) > 20
    assert _find_strange(page.said) == []


def test_the_foot_of_a_printed_page_is_in_its_language(made: Path) -> None:
    """The edition and "of" beside the number: the last rule for each says it in the translation's words."""
    style = _find(made, "summary.html").read_text(encoding="utf-8").partition("<style>")[2].partition("</style>")[0]
    last = dict(re.findall(r"@page ?(\w*) ?\{@bottom-[a-z]+\{content:([^}]*)\}", style))
    assert last[""] == 'counter(page) "⟦ of ⟧" counter(pages)'
    assert last["private"] == '"⟦Private edition: do not send it on⟧"'
    assert find_foreign("".join(last[name] for name in ("private", "partners", "public", "call"))) == []


@pytest.mark.parametrize("report", REPORTS)
def test_a_word_file_is_wholly_in_its_language(made: Path, report: str) -> None:
    """Its text, header, footer, alternative texts and title are; it says its language twice, as Word wants it."""
    with zipfile.ZipFile(_find(made, f"{report}.docx")) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml")}
    said: list[str] = []
    for name, text in parts.items():
        if re.match(r"word/(document|header|footer)", name) or name == "docProps/core.xml":
            paragraphs = re.findall(r"<w:p[ >].*?</w:p>", text, re.DOTALL)
            said += ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", one)) for one in paragraphs]
            said += re.findall(r'descr="([^"]*)"', text) + re.findall(r"<dc:title>([^<]*)", text)
    assert len(said) > 20
    assert _find_strange(said) == []
    assert 'w:lang w:val="qqq"' in parts["word/styles.xml"]
    assert "<dc:language>qqq</dc:language>" in parts["docProps/core.xml"]


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the words of a folder with a language that writes numbers, days and lists otherwise."""
    content = make_language(tmp_path)
    months = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ]
    ways = {"and": "und", "thousands": ".", "point": ",", "under_one": "unter 1 %", "percent": "{number} %"}
    ways |= {"share": "{count} von {total}", "share_percent": "{count} von {total} ({percent} %)"}
    ways |= {"day": "{day}. {month} {year}", "month": "{month} {year}"}
    (content / "qqq" / "language.yaml").write_text(json.dumps({"words": {**ways, "months": months}}), encoding="utf-8")
    monkeypatch.setenv("WORKBOOK_CONTENT", str(content))
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "qqq")


@pytest.mark.usefixtures("german")
def test_numbers_days_and_lists_are_written_as_the_language_writes_them() -> None:
    """Thousands, fractions, shares, days and the last "and" follow `language.yaml` of the language."""
    assert [format_number(1234.56), format_money(33000, "EUR"), format_money(-12.5)] == [
        "1.234,6",
        "€33.000",
        "−£12,50",
    ]
    assert [format_percent(0.25), format_percent(0.001)] == ["25 %", "unter 1 %"]
    assert [format_share(3, 8), format_share(5, 10)] == ["3 von 8", "5 von 10 (50 %)"]
    assert [format_day(date(2026, 3, 3)), format_month(date(2026, 3, 3))] == ["3. März 2026", "März 2026"]
    assert [write_day(date(2026, 5, 1)), write_day("2026-05")] == ["1. Mai 2026", "Mai 2026"]
    assert [join_words(["a", "b", "c"]), join_words(["a", "b"], "oder")] == ["a, b und c", "a oder b"]
