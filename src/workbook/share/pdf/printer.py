"""One printer for a whole batch: pages in, PDFs out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from workbook.errors import WorkbookError
from workbook.machine import can_hand_over_pipes
from workbook.optional import need
from workbook.share.drawing import lengthen_marks
from workbook.share.page import Page
from workbook.share.pdf.browsers import find_chromium
from workbook.typed import name_pip

Print = Callable[[str], bytes]


@contextmanager
def open_printer() -> Iterator[Callable[[Page], tuple[bytes, str]]]:
    """Give what makes a PDF of a page; raises WorkbookError where this machine has nothing to print with."""
    need("pikepdf", extra="pdf")
    from workbook.share.exporter import render_page
    from workbook.share.pdf.passes import set_right

    with _open_print() as print_html:

        def make(page: Page) -> tuple[bytes, str]:
            html = lengthen_marks(render_page(page))
            return set_right(print_html(html), html=html, title=page.title), ""

        yield make


@contextmanager
def _open_print() -> Iterator[Print]:
    program = find_chromium()
    if program and not can_hand_over_pipes():
        from workbook.share.pdf.plain import open_plain

        yield open_plain(program)
    elif program:
        from workbook.share.pdf.chromium import Chromium

        with Chromium(program) as browser:
            yield browser.print_page
    elif find_spec("weasyprint"):
        from workbook.share.pdf.weasy import print_page

        yield print_page
    else:
        raise WorkbookError(
            "To make a PDF, this machine needs a browser (Chromium, Chrome or Edge), or WeasyPrint. Install one, or "
            f"type: {name_pip()} install 'soil-and-seeds[pdf]'. WORKBOOK_CHROMIUM names a browser that is not found."
        )
