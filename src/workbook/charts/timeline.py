"""Phases from left to right, and a row of bars for each series."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from workbook.charts.pieces.frame import MARGIN, NOTHING, WIDTH, draw_frame, draw_nothing
from workbook.charts.pieces.marks import Hue, draw_path, trace_box, trace_segment
from workbook.charts.pieces.scale import BandScale, LinearScale, require_finite
from workbook.charts.pieces.text import LINE, SMALL, TEXT, draw_block, draw_centred, draw_text, fit_text, wrap_text
from workbook.markup import element, join

NAMES = 96.0
ROW = 76.0
BAR = 44.0
"""Height of a bar at the top of the scale."""


@dataclass(frozen=True)
class TimelineSeries:
    """One value per phase, None where there is no answer; `words` stand over the bars (or in place of one)."""

    name: str
    hue: Hue
    values: tuple[float | None, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class TimelineChart:
    """Series over the same phases; a bar of value `top` fills its row."""

    phases: tuple[str, ...]
    series: tuple[TimelineSeries, ...]
    top: float = 4


def draw_timeline(chart: TimelineChart, *, title: str, description: str, empty: str = NOTHING) -> Markup:
    """Draw a row per series and a column per phase; a value outside 0 to `top` is a ValueError."""
    if not chart.series or not chart.phases:
        return draw_nothing(empty, title=title, description=description)
    bands = BandScale(len(chart.phases), (NAMES, WIDTH - MARGIN), gap=0.16)
    bottom = MARGIN + ROW * len(chart.series)
    rows = [_draw_row(series, chart, bands, MARGIN + ROW * (index + 1)) for index, series in enumerate(chart.series)]
    heads = [wrap_text(phase, bands.step - 6, size=SMALL, lines=3) for phase in chart.phases]
    names = join(
        draw_block(lines, bands.centre(index), bottom + SMALL + 6, size=SMALL) for index, lines in enumerate(heads)
    )
    height = bottom + 8 + max(map(len, heads)) * SMALL * LINE + MARGIN
    phases = element("g", names, class_="label small centre")
    return draw_frame(*rows, phases, title=title, description=description, height=height)


def _draw_words(words: str, bands: BandScale, index: int, base: float, *, whole: bool) -> Markup:
    """Write over a bar what fits beside its neighbours; in place of a bar the whole, over several lines."""
    if not whole:
        return draw_text(fit_text(words, bands.step - 4, size=SMALL), bands.centre(index), base)
    lines = wrap_text(words, bands.step - 4, size=SMALL, lines=3)
    return draw_block(lines, bands.centre(index), base - (len(lines) - 1) * SMALL * LINE, size=SMALL)


def _draw_row(series: TimelineSeries, chart: TimelineChart, bands: BandScale, base: float) -> Markup:
    """Draw one series standing on the line at height `base`."""
    if len(series.values) != len(chart.phases) or len(series.words) != len(chart.phases):
        raise ValueError(f"the series {series.name[:60]!r} needs a value and words for each phase")
    scale = LinearScale((0, chart.top), (0, BAR))
    bars, texts = "", []
    for index, (value, words) in enumerate(zip(series.values, series.words, strict=True)):
        require_finite([] if value is None else [value])
        if value is not None and not scale.holds(value):
            raise ValueError(f"{value} lies outside the scale from 0 to {chart.top}")
        height = 0.0 if value is None else scale(value)
        bars += trace_box(bands.start(index), base - height, bands.width, height)
        texts.append(_draw_words(words, bands, index, base - height - 5, whole=value is None))
    name = wrap_text(series.name, NAMES - MARGIN - 6, lines=3)
    return join([
        draw_path(bars, f"solid {series.hue}"),
        draw_path(trace_segment((MARGIN, base), (WIDTH - MARGIN, base)), "axis"),
        draw_centred(name, MARGIN, base - min(BAR, TEXT * LINE * len(name)) / 2 - 3, class_="label"),
        element("g", join(texts), class_="small centre"),
    ])  # fmt: skip
