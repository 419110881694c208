"""What the marks of a chart mean, in a line or a few above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbook.charts.pieces.frame import MARGIN, WIDTH, Block
from workbook.charts.pieces.marks import draw_path, trace_box
from workbook.charts.pieces.text import SMALL, draw_text, fit_text, measure_text
from workbook.markup import element, join

ROW = 20.0


@dataclass(frozen=True)
class Entry:
    """A mark and its words; `draw_sample` draws the mark around a point, at most `room` units wide."""

    words: str
    draw_sample: Callable[[float, float], Markup]
    room: float = 14.0


def sample_box(class_: str) -> Callable[[float, float], Markup]:
    """Return what draws a small bar of the given classes around a point."""
    return lambda x, y: draw_path(trace_box(x - 7, y - 6, 14, 12), class_)


def draw_legend(entries: Sequence[Entry], *, top: float = MARGIN, width: float = WIDTH) -> Block:
    """Set entries beside one another, and in further rows where one is full; no entries take no height."""
    drawn: list[Markup] = []
    x, y = MARGIN, top + ROW / 2
    for entry in entries:
        words = fit_text(entry.words, width - 2 * MARGIN - entry.room - 5, size=SMALL)
        across = entry.room + 5 + measure_text(words, SMALL)
        if x > MARGIN and x + across > width - MARGIN:
            x, y = MARGIN, y + ROW
        drawn.append(entry.draw_sample(x + entry.room / 2, y))
        drawn.append(draw_text(words, x + entry.room + 5, y + SMALL * 0.35))
        x += across + 16
    return Block(element("g", join(drawn), class_="small"), y + ROW / 2 - top if entries else 0.0)
