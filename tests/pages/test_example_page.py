"""The page made from the example notebook, opened in a browser, printed and compared."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from nbformat import NotebookNode
from pypdf import PdfReader

from pages.browser import PageBrowser
from workbook.share.exporter import PageExporter


@pytest.fixture
def example_path(example_page: str, tmp_path: Path) -> Path:
    """Write the example page to a file."""
    path = tmp_path / "summary.html"
    path.write_text(example_page, encoding="utf-8")
    return path


@pytest.fixture
def print_text(page_browser: PageBrowser) -> Callable[[Path], list[str]]:
    """Return a function that prints a page on A4 and returns the text of each sheet."""

    def print_text(path: Path) -> list[str]:
        printed = PdfReader(BytesIO(page_browser.print_pdf(path)))
        return [" ".join(sheet.extract_text().split()) for sheet in printed.pages]

    return print_text


def test_page_has_no_fault(example_path: Path, check_page: Callable[..., None]) -> None:
    """A page of realistic parts meets everything that is asked of a shared page."""
    check_page(example_path, max_kib=60)


def test_page_holds_shared_outputs_only(example_page: str) -> None:
    """Every share cell's HTML is in the page; inputs, metadata, streams, other types and other cells are not."""
    assert "CANARY" not in example_page
    for identity in ("facts", "framing", "resources", "agenda"):
        assert f'<h2 id="{identity}">' in example_page
    assert "Input 3f9a2c71b0de." in example_page


def test_same_notebook_gives_same_bytes(example_notebook: NotebookNode, example_page: str) -> None:
    """A second exporter makes the same bytes of the same notebook."""
    again, _ = PageExporter().from_notebook_node(example_notebook)
    assert again.encode() == example_page.encode()


def test_policy_allows_the_style_of_the_page(example_page: str) -> None:
    """The hash in the policy is the hash of the text between the style tags."""
    style = re.search(r"<style>(.*?)</style>", example_page, re.DOTALL)
    assert style
    digest = b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in example_page


def test_print_shows_everything(example_path: Path, print_text: Callable[[Path], list[str]]) -> None:
    """The printed page holds every part, what is closed on the screen among them, and the address of a link."""
    printed = "".join(print_text(example_path))
    # A line may end inside a long word, after a hyphen.
    joined = re.sub(r"[\s-]", "", printed)
    for words in ("Workshops with all grantees", "£120,000", "ANSWER IN CLOSED DETAILS", "Input 3f9a2c71b0de"):
        assert words.replace(" ", "") in joined
    assert "example.org/alongaddress" in joined
    assert "Contents" not in printed


def test_long_table_repeats_its_head(example_path: Path, print_text: Callable[[Path], list[str]]) -> None:
    """A table that is longer than a sheet has its head on each sheet that it stands on."""
    page = example_path.read_text(encoding="utf-8")
    row = page[page.index('<tr><th scope="row">Reports</th>') :].split("\n")[0]
    example_path.write_text(page.replace(row, "\n".join([row] * 60)), encoding="utf-8")
    sheets = [sheet for sheet in print_text(example_path) if sheet.count("Reporting") > 1]
    assert len(sheets) > 1
    assert all("Unit cost" in sheet for sheet in sheets)


def test_short_table_is_not_broken(example_path: Path, print_text: Callable[[Path], list[str]]) -> None:
    """A table that fits on a sheet stands on one, wherever the text before it ends."""
    page = example_path.read_text(encoding="utf-8")
    for lines in (0, 6, 12, 18):
        filler = "<p>Filler</p>" * lines
        example_path.write_text(
            page.replace('<div class="callout">', f'{filler}<div class="callout">'), encoding="utf-8"
        )
        sheets = [sheet for sheet in print_text(example_path) if "Interviews with" in sheet]
        assert len(sheets) == 1
        assert "Total" in sheets[0]
