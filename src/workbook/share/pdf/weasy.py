"""Printing without a browser: WeasyPrint reads no styles of a page inside drawings, so they are written into each."""

from __future__ import annotations

import re

from workbook.share.drawing import write_drawing_styles

_DRAWING = re.compile(r"(<svg[^>]*>)")


def print_page(html: str) -> bytes:
    """Return the tagged PDF of a page."""
    from weasyprint import HTML

    styles = f"<style>{write_drawing_styles()}</style>"
    whole = _DRAWING.sub(lambda found: found[1] + styles, html)
    printed: bytes = HTML(string=whole).write_pdf(pdf_tags=True, pdf_variant="pdf/ua-1")
    return printed
