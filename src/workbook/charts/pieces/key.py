"""What the numbers in a chart stand for, in two columns under it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from workbook.charts.pieces.frame import MARGIN, WIDTH, Block
from workbook.charts.pieces.text import LINE, SMALL, draw_block, draw_text, wrap_text
from workbook.markup import element, join


def draw_key(labels: Sequence[str], *, top: float, width: float = WIDTH) -> Block:
    """List the labels by number from 1, down the left column first, each on two lines at most."""
    column = (width - 2 * MARGIN) / 2
    half = math.ceil(len(labels) / 2)
    numbers: list[Markup] = []
    texts: list[Markup] = []
    bottom = top
    for start, left in ((0, MARGIN), (half, MARGIN + column)):
        y = top
        for index, label in enumerate(labels[start : start + half], start + 1):
            lines = wrap_text(label, column - 32, size=SMALL)
            numbers.append(draw_text(str(index), left + 20, y + SMALL))
            texts.append(draw_block(lines, left + 26, y + SMALL, size=SMALL))
            y += max(len(lines), 1) * SMALL * LINE + 3
        bottom = max(bottom, y)
    return Block(
        element("g", element("g", join(numbers), class_="strong end"), join(texts), class_="small"), bottom - top
    )
