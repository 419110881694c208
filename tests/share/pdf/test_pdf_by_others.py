"""PDFs and Word files held to real programs: pdfua checks, WeasyPrint prints, LibreOffice makes PDFs of Word files.

`make ways-out` runs these with all three; without it, those run whose program is there.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn

from canaries import EVERYTHING, MAY, find_words, write_canaries
from opened import find_active, open_bytes
from shared_pages import make_page
from test_hostile_text import HOSTILE, write_engagement
from workbook.share.page import Page
from workbook.share.pdf import open_printer
from workbook.share.tree import read_tree
from workbook.share.word import write_word

EXAMPLE = Path(__file__).parents[3] / "parameters" / "example"
REPORTS = pytest.mark.parametrize("report", ["summary", "brief", "report"])
CLAIM = "UA-28-004"  # that a file says of itself that it is PDF/UA: ours does not, on purpose
PDF_UA = "http://www.aiim.org/pdfua/ns/id/"
Make = Callable[[Page], tuple[bytes, str]]


def _list_tags(raw: bytes) -> list[Any]:
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        return [
            (str(one.S), str(one.get("/Alt", "")))
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one
        ]


def _count_tags(raw: bytes) -> Counter[str]:
    return Counter(kind for kind, _ in _list_tags(raw))


def _read(raw: bytes) -> str:
    return "".join("".join(text.split()) for text in open_bytes(raw))


# ---- pdfua


@pytest.fixture(scope="module")
def by_browser(chromium: str) -> Iterator[Make]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_CHROMIUM", chromium)
        with open_printer() as printer:
            yield printer


def _check(raw: bytes, folder: Path) -> tuple[int, list[str]]:
    """Return pdfua's exit code, 0 where it finds nothing at all, and the rules of its findings."""
    pytest.importorskip("pdfua", reason="make ways-out installs it")
    (folder / "made.pdf").write_bytes(raw)
    command = [sys.executable, "-m", "pdfua", "check", str(folder / "made.pdf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    lines = [line.strip() for line in done.stdout.splitlines()]
    return done.returncode, [line.split("]")[1].split()[0] for line in lines if line.startswith("[")]


def _claim(raw: bytes) -> bytes:
    """Write into a copy what ours does not say, so that nothing else can hide behind it."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        with pdf.open_metadata() as meta:
            meta.register_xml_namespace(PDF_UA, "pdfuaid") if hasattr(meta, "register_xml_namespace") else None
            meta[f"{{{PDF_UA}}}part"] = "1"
        pdf.save(stream)
    return stream.getvalue()


@REPORTS
def test_pdfua_finds_nothing_but_that_no_claim_is_made(by_browser: Make, tmp_path: Path, report: str) -> None:
    """Its one finding is that the file does not call itself PDF/UA; with that written in, there is none."""
    raw = by_browser(make_page(report, EXAMPLE, "private"))[0]
    assert _check(raw, tmp_path)[1] == [CLAIM]
    assert _check(_claim(raw), tmp_path) == (0, [])


# ---- WeasyPrint


@pytest.fixture(scope="module")
def by_weasyprint() -> Iterator[Make]:
    pytest.importorskip("weasyprint", reason="make ways-out installs it", exc_type=ImportError)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_CHROMIUM", "")
        with open_printer() as printer:
            yield printer


@pytest.mark.parametrize("report", ["summary", "brief"])
def test_without_a_browser_a_pdf_is_tagged_and_says_everything(
    by_browser: Make, by_weasyprint: Make, report: str
) -> None:
    """Headings, figures with words and tables are tagged; each sentence stands there; made twice, the same bytes."""
    page = make_page(report, EXAMPLE, "private")
    raw = by_weasyprint(page)[0]
    tree = read_tree(page.cover, *page.sections)
    count = _count_tags(raw)
    printed = _count_tags(by_browser(page)[0])
    assert all(count[kind] >= printed[kind] > 0 for kind in ("/H1", "/H2", "/H3"))  # over two lines, one is there twice
    assert count["/Table"] >= len(tree.find("table"))
    assert count["/TH"] > 0
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        assert (str(pdf.Root.Lang), str(pdf.docinfo["/Title"])) == ("en-GB", page.title)
        assert set(pdf.docinfo.keys()) == {"/Title"}
        assert b"pdfuaid" not in pdf.Root.Metadata.read_bytes()
    said = [one.text for one in tree.find("h1")]
    text = _read(raw)
    assert [one for one in said if "".join(one.split()) not in text] == []
    assert by_weasyprint(page)[0] == raw


def test_without_a_browser_drawings_have_their_colours(by_weasyprint: Make) -> None:
    """No drawing is a black shape: the colours of seeds and soil are painted on the page."""
    raw = by_weasyprint(make_page("summary", EXAMPLE, "private"))[0]
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        drawn = b"\n".join(one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream))
    found = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG|scn|SCN)\b", drawn)
    painted = {tuple(round(float(part) * 255) for part in colour) for colour in found}
    assert {(0x28, 0xA1, 0x97), (0x80, 0x16, 0x50)} <= painted


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_without_a_browser_a_pdf_shows_what_its_edition_may_show(
    tmp_path: Path, by_weasyprint: Make, edition: str
) -> None:
    """In text, tags and properties no forbidden word is there; the private edition has some of them."""
    write_canaries(tmp_path)
    shown, private = (
        list(open_bytes(by_weasyprint(make_page("summary", tmp_path / "canaries", one))[0]))
        for one in (edition, "private")
    )
    forbidden = EVERYTHING - MAY[edition]
    assert find_words(forbidden, shown) == []
    assert [word for word in forbidden if any(word in text for text in private)] != []


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_without_a_browser_hostile_text_stays_text(tmp_path: Path, by_weasyprint: Make, kind: str) -> None:
    """Nothing runs, nothing leads anywhere, nothing is packed inside."""
    write_engagement(tmp_path / "hostile", HOSTILE[kind])
    raw = by_weasyprint(make_page("summary", tmp_path / "hostile", "public"))[0]
    assert find_active(raw) == []


# ---- LibreOffice


@pytest.mark.skipif("WORKBOOK_WAYS_OUT" not in os.environ, reason="make ways-out runs it")
@REPORTS
def test_libreoffice_keeps_headings_tables_and_pictures_words(tmp_path: Path, report: str) -> None:
    """A Word file of ours, opened by LibreOffice and made into a tagged PDF, has each of them still."""
    content = write_word(make_page(report, EXAMPLE, "private")).content
    (tmp_path / "made.docx").write_bytes(content)
    kind = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "made.docx")], check=True, capture_output=True, timeout=120)
    raw = (tmp_path / "made.pdf").read_bytes()
    document = docx.Document(io.BytesIO(content))
    styles = Counter(p.style.name for p in document.paragraphs if p.style is not None)
    tags = _list_tags(raw)
    count = Counter(kind for kind, _ in tags)
    assert [count[f"/H{level}"] for level in (1, 2, 3)] == [styles[f"Heading {level}"] for level in (1, 2, 3)]
    assert count["/Table"] == len(document.tables)
    assert count["/TH"] >= sum(len(table.columns) for table in document.tables if table.cell(0, 0).text != "What")
    described = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    assert sorted(alt for kind, alt in tags if kind == "/Figure") == sorted(map(str, described))
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
