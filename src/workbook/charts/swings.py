"""What a result hangs on: per input, the result at its low and at its high end, around a centre line."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from workbook.charts.pieces.frame import LABELS, MARGIN, NOTHING, WIDTH, Block, draw_frame, draw_nothing
from workbook.charts.pieces.legend import Entry, draw_legend, sample_box
from workbook.charts.pieces.marks import draw_path, trace_box, trace_segment
from workbook.charts.pieces.scale import LinearScale, require_finite
from workbook.charts.pieces.text import LINE, SMALL, TEXT, draw_centred, draw_text, fit_text, measure_text, wrap_text
from workbook.markup import join

THICK = 16.0
VALUES = 70.0
"""Most room that the words at either end of a bar may take."""


@dataclass(frozen=True)
class Swing:
    """One input: the result where the input is low and where it is high, each with its words."""

    label: str
    low: float
    high: float
    low_words: str
    high_words: str


@dataclass(frozen=True)
class SwingChart:
    """Inputs in the order given, around the result at the middle of every input; `names` is the legend."""

    swings: tuple[Swing, ...]
    centre: float
    centre_words: str
    names: tuple[str, str] = ("when low", "when high")


def draw_swings(chart: SwingChart, *, title: str, description: str, empty: str = NOTHING) -> Markup:
    """Draw two half-height bars per input, the low one solid above the outlined high one.

    Both may fall on the same side of the centre.
    """
    if not chart.swings:
        return draw_nothing(empty, title=title, description=description)
    scale = _choose_scale(chart)
    centre = scale(chart.centre)
    classes = ("solid soil", "open ink")
    legend = draw_legend([Entry(name, sample_box(class_)) for name, class_ in zip(chart.names, classes, strict=True)])
    top = MARGIN + legend.height + SMALL * LINE + 8
    words = fit_text(chart.centre_words, WIDTH - 2 * MARGIN, size=SMALL)
    half = measure_text(words, SMALL) / 2
    x = min(max(centre, MARGIN + half), WIDTH - MARGIN - half)
    parts = [legend.markup, draw_text(words, x, top - 5, "small centre")]
    y = top
    for swing in chart.swings:
        block = _draw_row(swing, scale, centre, y)
        parts.append(block.markup)
        y += block.height
    parts.append(draw_path(trace_segment((centre, top), (centre, y)), "axis"))
    return draw_frame(*parts, title=title, description=description, height=y + MARGIN)


def _choose_scale(chart: SwingChart) -> LinearScale:
    values = [chart.centre, *(value for swing in chart.swings for value in (swing.low, swing.high))]
    require_finite(values)
    words = [text for swing in chart.swings for text in (swing.low_words, swing.high_words)]
    room = min(VALUES, max(measure_text(text[:60], SMALL) for text in words)) + 8
    return LinearScale((min(values), max(values)), (LABELS + room, WIDTH - MARGIN - room))


def _draw_row(swing: Swing, scale: LinearScale, centre: float, top: float) -> Block:
    lines = wrap_text(swing.label, LABELS - MARGIN, lines=2)
    height = max(2 * THICK, len(lines) * TEXT * LINE) + 10
    y = top + height / 2
    parts = (
        draw_centred(lines, MARGIN, top + height / 2, class_="label"),
        _draw_half(centre, scale(swing.low), y - THICK, "solid soil", swing.low_words),
        _draw_half(centre, scale(swing.high), y, "open ink", swing.high_words),
    )
    return Block(join(parts), height)


def _draw_half(centre: float, end: float, top: float, class_: str, words: str) -> Markup:
    """Draw a bar from the centre to `end`, its words on the far side of the end."""
    text = fit_text(words, VALUES, size=SMALL)
    bar = draw_path(trace_box(min(centre, end), top + 2, abs(end - centre), THICK - 4), class_)
    leftwards = end < centre
    x = end - 6 if leftwards else end + 6
    return bar + draw_text(text, x, top + THICK / 2 + SMALL * 0.36, "small end" if leftwards else "small")
