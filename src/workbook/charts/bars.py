"""Horizontal bars: one value a row, or two to compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbook.charts.pieces.frame import LABELS, MARGIN, NOTHING, WIDTH, Block, draw_frame, draw_nothing
from workbook.charts.pieces.legend import Entry, draw_legend, sample_box
from workbook.charts.pieces.marks import Hue, draw_path, trace_box, trace_segment
from workbook.charts.pieces.scale import LinearScale, require_finite
from workbook.charts.pieces.text import LINE, SMALL, TEXT, draw_centred, draw_text, fit_text, measure_text, wrap_text
from workbook.markup import join

THICK = 17.0
LEFT = LABELS + 8
VALUES = 110.0
"""Most room that the words at the end of a bar may take."""


@dataclass(frozen=True)
class Bar:
    """A value with its words (for example "£12,000"), and optionally one to compare it with; none below zero."""

    label: str
    value: float
    words: str
    other: float | None = None
    other_words: str = ""


@dataclass(frozen=True)
class BarChart:
    """Rows of bars; `names` says what a solid bar and an outlined one are, `top` is the value of a full bar."""

    bars: tuple[Bar, ...]
    names: tuple[str, ...] = ()
    top: float | None = None
    hue: Hue = "ink"
    other_hue: Hue = "soil"


def draw_bars(chart: BarChart, *, title: str, description: str, empty: str = NOTHING) -> Markup:
    """Draw a row per bar, the compared value outlined below; a value below zero or above `top` is a ValueError."""
    if not chart.bars:
        return draw_nothing(empty, title=title, description=description)
    scale = _choose_scale(chart)
    legend = draw_legend(_list_entries(chart))
    start = y = MARGIN + legend.height + (6 if chart.names else 0)
    rows: list[Markup] = []
    for bar in chart.bars:
        block = _draw_row(bar, chart, scale, y)
        rows.append(block.markup)
        y += block.height
    axis = draw_path(trace_segment((LEFT, start), (LEFT, y)), "axis")
    return draw_frame(legend.markup, *rows, axis, title=title, description=description, height=y + MARGIN)


def _choose_scale(chart: BarChart) -> LinearScale:
    values = [value for bar in chart.bars for value in (bar.value, bar.other) if value is not None]
    require_finite(values)
    top = max(values) if chart.top is None else chart.top
    if min(values) < 0 or top < max(values):
        raise ValueError("a bar's value must lie between zero and the chart's top")
    words = [text for bar in chart.bars for text in (bar.words, bar.other_words)]
    room = min(VALUES, max(measure_text(text[:60], SMALL) for text in words)) + 8
    return LinearScale((0, top or 1), (LEFT, WIDTH - MARGIN - room))


def _list_entries(chart: BarChart) -> Sequence[Entry]:
    classes = (f"solid {chart.hue}", f"open {chart.other_hue}")
    return [Entry(name, sample_box(class_)) for name, class_ in zip(chart.names, classes, strict=False)]


def _draw_row(bar: Bar, chart: BarChart, scale: LinearScale, top: float) -> Block:
    lines = wrap_text(bar.label, LABELS - MARGIN, lines=2)
    count = 1 if bar.other is None else 2
    height = max(count * THICK, len(lines) * TEXT * LINE) + 10
    y = top + (height - count * THICK) / 2
    parts = [
        draw_centred(lines, MARGIN, top + height / 2, class_="label"),
        _draw_bar(scale(bar.value), y, f"solid {chart.hue}", bar.words),
    ]
    if bar.other is not None:
        parts.append(_draw_bar(scale(bar.other), y + THICK, f"open {chart.other_hue}", bar.other_words))
    return Block(join(parts), height)


def _draw_bar(end: float, top: float, class_: str, words: str) -> Markup:
    """Draw one bar from the axis to `end` with its words beside it."""
    text = fit_text(words, VALUES, size=SMALL)
    return draw_path(trace_box(LEFT, top + 2, end - LEFT, THICK - 4), class_) + draw_text(
        text, end + 6, top + THICK / 2 + SMALL * 0.36, "small"
    )
