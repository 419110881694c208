"""Axes: a line, thin grid lines, tick labels that never touch."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workbook.charts.pieces.frame import MARGIN, WIDTH
from workbook.charts.pieces.marks import draw_path, trace_segment
from workbook.charts.pieces.scale import LinearScale
from workbook.charts.pieces.text import SMALL, draw_text, fit_text, measure_text
from workbook.markup import element, join

Tick = tuple[float, str]
"""A number and what stands beside it."""


def draw_bottom_axis(scale: LinearScale, ticks: Sequence[Tick], *, top: float, bottom: float) -> Markup:
    """Draw the line under a plot of the given height, a grid line per tick, and its label where there is room."""
    start, end = scale.span
    grid = "".join(trace_segment((scale(value), top), (scale(value), bottom)) for value, _ in ticks)
    texts: list[Markup] = []
    free = 0.0
    for value, words in ticks:
        text = fit_text(words, end - start, size=SMALL)
        half = measure_text(text, SMALL) / 2
        x = max(half, min(scale(value), WIDTH - MARGIN - half))
        if x - half >= free:
            texts.append(draw_text(text, x, bottom + SMALL + 5))
            free = x + half + 8
    line = trace_segment((start, bottom), (end, bottom))
    return draw_path(grid, "grid") + draw_path(line, "axis") + element("g", join(texts), class_="small centre")


def draw_left_axis(scale: LinearScale, ticks: Sequence[Tick], *, left: float, right: float) -> Markup:
    """Draw a grid line per tick across the plot, with its label left of it."""
    grid = "".join(trace_segment((left, scale(value)), (right, scale(value))) for value, _ in ticks)
    texts = [
        draw_text(fit_text(words, left - 8 - MARGIN, size=SMALL), left - 6, scale(value) + SMALL * 0.36)
        for value, words in ticks
    ]
    return draw_path(grid, "grid") + element("g", join(texts), class_="small end")


def measure_ticks(ticks: Sequence[Tick], most: float = 90.0) -> float:
    """Return the width of the widest label, `most` at the most."""
    return min(most, max((measure_text(words[:60], SMALL) for _, words in ticks), default=0.0))
