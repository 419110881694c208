"""The styles of drawings with each colour written out, for what draws them without a browser."""

from __future__ import annotations

import re
from functools import cache

from workbook.charts.pieces.still import write_colours
from workbook.theme import read_stylesheet

# A mark is a line without length, with a round or square end; poppler and MuPDF draw no square end of such a line.
_POINT = re.compile(r'(?<=[0-9])h0(?=[ "Mm])')
_RULES = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^}]*\})*[^{}]*\}")


@cache
def write_drawing_styles() -> str:
    """Return the pages' styles of drawings without a variable, since these programs know none."""
    css = _RULES.sub("", read_stylesheet("figures").partition("}")[2])
    return f".chart{{font-family:'Liberation Sans',Arial,sans-serif;font-size:15px}}{write_colours(css)}"


@cache
def write_strip_styles() -> str:
    """Return the pages' styles of the small drawings in tables, without the table that stands round each."""
    rules = re.findall(
        r"(?::is\(\.plant,\.lane\)|\.lane|\.strip) ([^{},]+\{[^}]*\})", read_stylesheet("marks", "front")
    )
    return write_colours("".join(rule for rule in rules if not rule.startswith(("svg", "+"))))


def lengthen_marks(html: str) -> str:
    """Return a page whose marks have a length too small to see, so that every reader of PDF draws them."""
    return _POINT.sub("h.02", html)
