"""Printing without a browser: WeasyPrint reads no styles of a page inside drawings, so they are written into each."""

from __future__ import annotations

import re

from workbook.share.drawing import write_drawing_styles, write_strip_styles

# Inside grids and flexible boxes WeasyPrint leaves out the tags of some headings; one below the other they have them.
_PLAIN = (
    "<style>.first,.in-short,.todo,.todo ol,.todo>div,.half,.readings{display:block!important}"
    ".in-short li{display:inline;margin-right:1.4rem}.todo ol{list-style:none;padding:0}"
    ".first>.verdict{margin:3mm 0}</style></head>"
)
_DRAWING = re.compile(r"(<svg[^>]*>)")


def print_page(html: str) -> bytes:
    """Return the tagged PDF of a page."""
    from weasyprint import HTML

    whole = _DRAWING.sub(_dress, html).replace("</head>", _PLAIN, 1)
    printed: bytes = HTML(string=whole).write_pdf(pdf_tags=True, pdf_variant="pdf/ua-1")
    return printed


def _dress(found: re.Match[str]) -> str:
    """Put the styles of a drawing into it: those of a figure, or of one in a row of a table."""
    css = write_drawing_styles() if 'class="chart' in found[1] else write_strip_styles()
    return f"{found[1]}<style>{css}</style>"
