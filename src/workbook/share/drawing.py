"""The styles of drawings with each colour written out, for what draws them without a browser."""

from __future__ import annotations

import re
from functools import cache

from workbook.theme import COLOURS, read_stylesheet

PAPER = "#FFFFFF"
# A mark is a line without length, with a round or square end; poppler and MuPDF draw no square end of such a line.
_POINT = re.compile(r'(?<=[0-9])h0(?=[ "Mm])')
_RULES = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^}]*\})*[^{}]*\}")


@cache
def write_drawing_styles() -> str:
    """Return the pages' styles of drawings without a variable, since these programs know none."""
    css = read_stylesheet("figures")
    css = _RULES.sub("", css.partition("}")[2])
    colours = {**COLOURS, "paper": PAPER}
    css = re.sub(r"var\(--([a-z]+)\)", lambda found: colours.get(found[1], COLOURS["ink"]), css)
    return f".chart{{font-family:'Liberation Sans',Arial,sans-serif;font-size:15px}}{css}"


def lengthen_marks(html: str) -> str:
    """Return a page whose marks have a length too small to see, so that every reader of PDF draws them."""
    return _POINT.sub("h.02", html)
