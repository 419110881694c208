"""Four corners: two states of one thing against two of another, each worth a square, and the steps between them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup

from workbook.charts.pieces.frame import MARGIN, draw_frame
from workbook.charts.pieces.marks import Point, draw_path, trace_box, trace_polygon, trace_segment
from workbook.charts.pieces.scale import require_finite
from workbook.charts.pieces.text import LINE, SMALL, TEXT, draw_block, draw_centred, draw_text, fit_text, wrap_text
from workbook.markup import element, join

SIDE = 104.0
"""Side of the largest square."""
COLUMNS = (160.0, 374.0)
"""Where the middles of the two columns stand."""
NAMES = 96.0


@dataclass(frozen=True)
class Corner:
    """A value, not below zero, and its words; the area of the square is in proportion to it."""

    value: float
    words: str


@dataclass(frozen=True)
class CornerChart:
    """Corners from the upper left: first row, then second row.

    `steps` are the words on the way along the upper row, the lower row, the left and the right column;
    an empty one is not drawn.
    """

    corners: tuple[Corner, Corner, Corner, Corner]
    columns: tuple[str, str]
    rows: tuple[str, str]
    steps: tuple[str, str, str, str] = ("", "", "", "")


def draw_corners(chart: CornerChart, *, title: str, description: str) -> Markup:
    """Draw the squares and the steps; a value below zero is a ValueError."""
    require_finite(corner.value for corner in chart.corners)
    if min(corner.value for corner in chart.corners) < 0:
        raise ValueError("a square cannot stand for a value below zero")
    heads = [wrap_text(name, SIDE + 24, size=TEXT) for name in chart.columns]
    top = MARGIN + max(map(len, heads)) * TEXT * LINE + 6
    rows = (top + SIDE / 2, top + SIDE * 1.5 + 86)
    centres = [(x, y) for y in rows for x in COLUMNS]
    largest = max(corner.value for corner in chart.corners) or 1
    squares = [_draw_corner(corner, largest, spot) for corner, spot in zip(chart.corners, centres, strict=True)]
    names = [
        *(draw_block(lines, x, MARGIN + TEXT, class_="label centre") for lines, x in zip(heads, COLUMNS, strict=True)),
        *(
            draw_centred(wrap_text(name, NAMES - MARGIN, lines=4), MARGIN, y, class_="label")
            for name, y in zip(chart.rows, rows, strict=True)
        ),
    ]
    height = rows[1] + SIDE / 2 + SMALL * LINE + MARGIN + 8
    return draw_frame(
        *names, *squares, _draw_steps(chart.steps, rows), title=title, description=description, height=height
    )


def _draw_corner(corner: Corner, largest: float, centre: Point) -> Markup:
    """Draw a square within the outline of the largest, all standing on one line, with its words below."""
    x, y = centre
    side = SIDE * math.sqrt(corner.value / largest)
    base = y + SIDE / 2
    words = draw_text(fit_text(corner.words, SIDE + 24), x, base + TEXT + 2, "centre strong")
    outline = draw_path(trace_box(x - SIDE / 2, y - SIDE / 2, SIDE, SIDE), "grid")
    return outline + draw_path(trace_box(x - side / 2, base - side, side, side), "solid seed") + words


def _draw_steps(steps: tuple[str, str, str, str], rows: tuple[float, float]) -> Markup:
    """Write the words of each step beside an arrow: along the rows, then down the columns."""
    parts: list[Markup] = []
    left, right = COLUMNS[0] + SIDE / 2 + 8, COLUMNS[1] - SIDE / 2 - 8
    for words, y in zip(steps[:2], rows, strict=True):
        if words:
            lines = wrap_text(words, right - left, size=SMALL, lines=4)
            above = y - 8 - (len(lines) - 1) * SMALL * LINE
            parts += [_draw_arrow((left, y), (right, y)), draw_block(lines, (left + right) / 2, above, size=SMALL)]
    upper, lower = rows[0] + SIDE / 2 + 24, rows[1] - SIDE / 2 - 8
    middle = element("g", join(parts), class_="small centre")
    sides: list[Markup] = []
    for words, x in zip(steps[2:], COLUMNS, strict=True):
        if words:
            lines = wrap_text(words, 92, size=SMALL, lines=3)
            sides += [
                _draw_arrow((x - 40, upper), (x - 40, lower)),
                draw_centred(lines, x - 30, (upper + lower) / 2, size=SMALL),
            ]
    return middle + element("g", join(sides), class_="small")


def _draw_arrow(start: Point, end: Point) -> Markup:
    """Draw an arrow along x or along y."""
    (x, y), along = end, start[1] == end[1]
    head = [(x, y), (x - 8, y - 4), (x - 8, y + 4)] if along else [(x, y), (x - 4, y - 8), (x + 4, y - 8)]
    return draw_path(trace_segment(start, end), "axis") + draw_path(trace_polygon(head), "solid quiet")
