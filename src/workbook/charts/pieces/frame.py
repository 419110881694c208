"""The `<svg>` around a chart: its size, its name and its description."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from workbook.charts.pieces.marks import format_points
from workbook.charts.pieces.text import LINE, TEXT, draw_block, wrap_text
from workbook.markup import element, escape_attribute

WIDTH = 440.0
"""Units across: 15 units of text are 10 px on a phone 320 px wide, 20 px on a desk and 14 pt on A4."""
WIDE = 640.0
"""Units across a chart that a page puts inside a region that scrolls."""
MARGIN = 6.0
LABELS = 150.0
"""Width of the column of labels left of rows."""
NOTHING = "There is nothing to draw yet."
LONGEST_TITLE = 300
LONGEST_DESCRIPTION = 2000


@dataclass(frozen=True)
class Block:
    """A part of a chart, and how much height it takes."""

    markup: Markup
    height: float


def draw_frame(*parts: Markup, title: str, description: str, height: float, width: float = WIDTH) -> Markup:
    """Wrap parts in an `<svg>` named by its title.

    What is drawn is silent: a screen reader says the title and the description, not every label one by one.
    It holds no ids, so that any number of charts can stand on one page. Title and description are cut
    at 300 and 2,000 characters.
    """
    return element(
        "svg",
        element("title", escape_attribute(_shorten(title, LONGEST_TITLE))),
        element("desc", escape_attribute(_shorten(description, LONGEST_DESCRIPTION))),
        element("g", *parts, aria_hidden="true"),
        viewBox=f"0 0 {format_points((width, round(height + 0.5)))}",
        class_="chart wide" if width > WIDTH else "chart",
        role="img",
    )


def _shorten(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def draw_nothing(words: str, *, title: str, description: str) -> Markup:
    """Return a chart that says in words why there is none."""
    lines = wrap_text(words, WIDTH - 2 * MARGIN, lines=3) or (NOTHING,)
    height = MARGIN * 2 + len(lines) * TEXT * LINE
    return draw_frame(draw_block(lines, MARGIN, MARGIN + TEXT), title=title, description=description, height=height)
