"""Curves over an x axis, with a band around them, a shaded range, and marked positions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from workbook.charts.pieces.axis import Tick, draw_bottom_axis, draw_left_axis, measure_ticks
from workbook.charts.pieces.flags import ROW, Flag, place_flags
from workbook.charts.pieces.frame import MARGIN, NOTHING, WIDTH, draw_frame, draw_nothing
from workbook.charts.pieces.legend import Entry, draw_legend, sample_box
from workbook.charts.pieces.marks import (
    Hue,
    Point,
    draw_path,
    trace_box,
    trace_diamond,
    trace_dots,
    trace_line,
    trace_polygon,
    trace_segment,
)
from workbook.charts.pieces.scale import LinearScale, choose_ticks, require_finite, widen_domain
from workbook.charts.pieces.text import LINE, SMALL, draw_text, fit_text, measure_text
from workbook.markup import element, join
from workbook.theme import format_number

Pattern = Literal["unbroken", "dashed", "dotted"]
HEIGHT = 140.0


@dataclass(frozen=True)
class Curve:
    """Points (x, y) in the order they are joined."""

    label: str
    points: tuple[Point, ...]
    hue: Hue = "ink"
    pattern: Pattern = "unbroken"


@dataclass(frozen=True)
class Band:
    """A range around a curve: points (x, low, high), ascending in x."""

    label: str
    points: tuple[tuple[float, float, float], ...]
    hue: Hue = "seed"


@dataclass(frozen=True)
class Region:
    """A range of x that is shaded and named under the axis."""

    label: str
    low: float
    high: float


@dataclass(frozen=True)
class Position:
    """A place on the x axis, marked by a line and named over the plot.

    `today` is dashed, `best` stands on a diamond, `other` is dotted.
    """

    label: str
    x: float
    kind: Literal["today", "best", "other"] = "today"


@dataclass(frozen=True)
class LineChart:
    """What is drawn over one pair of axes; `format_x` and `format_y` write the tick labels."""

    curves: tuple[Curve, ...]
    x_name: str
    y_name: str
    band: Band | None = None
    region: Region | None = None
    positions: tuple[Position, ...] = ()
    format_x: Callable[[float], str] = format_number
    format_y: Callable[[float], str] = format_number
    y_from_zero: bool = True


@dataclass(frozen=True)
class _Plot:
    """The two scales, the y one running upwards."""

    x: LinearScale
    y: LinearScale

    @property
    def top(self) -> float:
        return self.y.span[1]

    @property
    def bottom(self) -> float:
        return self.y.span[0]


def draw_lines(chart: LineChart, *, title: str, description: str, empty: str = NOTHING) -> Markup:
    """Draw the chart; a region or position outside the curves' x range is a ValueError."""
    if not any(curve.points for curve in chart.curves):
        return draw_nothing(empty, title=title, description=description)
    legend = draw_legend(list(_list_entries(chart)))
    x_domain, y_domain = _measure_domains(chart)
    y_ticks = [(value, chart.format_y(value)) for value in choose_ticks(*y_domain, 4)]
    x_scale = LinearScale(x_domain, (MARGIN + measure_ticks(y_ticks) + 8, WIDTH - MARGIN - 12))
    flags = place_flags([(x_scale(each.x), each.label) for each in chart.positions], (x_scale.span[0], WIDTH - MARGIN))
    top = MARGIN + legend.height + SMALL * LINE + 8 + ROW * (max((flag.row for flag in flags), default=-1) + 1)
    plot = _Plot(x_scale, LinearScale(y_domain, (top + HEIGHT, top)))
    name = draw_text(fit_text(chart.y_name, WIDTH - 2 * MARGIN, size=SMALL), MARGIN, MARGIN + legend.height + SMALL)
    x_name = fit_text(chart.x_name, x_scale.span[1] - MARGIN, size=SMALL)
    foot = plot.bottom + SMALL + 10 + (ROW if chart.region else 0)
    return draw_frame(
        legend.markup, element("g", name, class_="small"), _draw_region(chart.region, plot),
        _draw_axes(chart, plot, y_ticks), _draw_curves(chart, plot), _draw_positions(chart.positions, flags, plot),
        draw_text(x_name, x_scale.span[1], foot + SMALL, "small end"),
        title=title, description=description, height=foot + SMALL * LINE + MARGIN,
    )  # fmt: skip


def _measure_domains(chart: LineChart) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the x range of the data as it is, and the y range widened to round numbers."""
    band = chart.band.points if chart.band else ()
    xs = [x for curve in chart.curves for x, _ in curve.points] + [x for x, _, _ in band]
    ys = [y for curve in chart.curves for _, y in curve.points] + [y for _, *ends in band for y in ends]
    require_finite(xs)
    domain = (min(xs), max(xs))
    marked = [position.x for position in chart.positions]
    for x in marked + ([chart.region.low, chart.region.high] if chart.region else []):
        if not domain[0] <= x <= domain[1]:
            raise ValueError(f"{x} lies outside the x axis, which runs from {domain[0]} to {domain[1]}")
    return domain, widen_domain(ys, from_zero=chart.y_from_zero)


def _list_entries(chart: LineChart) -> Iterator[Entry]:
    """Yield a legend entry per curve and for the band; a single curve needs none, as the y axis names it."""
    if len(chart.curves) > 1 or chart.band:
        for curve in chart.curves:
            yield Entry(curve.label, _sample_curve(curve), room=28)
    if chart.band:
        yield Entry(chart.band.label, sample_box(f"band {chart.band.hue}"))


def _sample_curve(curve: Curve) -> Callable[[float, float], Markup]:
    return lambda x, y: draw_path(trace_segment((x - 14, y), (x + 14, y)), f"curve {curve.pattern} {curve.hue}")


def _draw_axes(chart: LineChart, plot: _Plot, y_ticks: Sequence[Tick]) -> Markup:
    x_ticks = [(value, chart.format_x(value)) for value in choose_ticks(*plot.x.domain, 5)]
    left, right = plot.x.span
    return draw_left_axis(plot.y, y_ticks, left=left, right=right) + draw_bottom_axis(
        plot.x, x_ticks, top=plot.bottom, bottom=plot.bottom
    )


def _draw_region(region: Region | None, plot: _Plot) -> Markup:
    """Shade the range, underline it on the axis, and name it under the tick labels."""
    if region is None:
        return Markup("")
    start, end = plot.x(region.low), plot.x(region.high)
    words = fit_text(region.label, WIDTH - 2 * MARGIN, size=SMALL)
    half = measure_text(words, SMALL) / 2
    x = min(max((start + end) / 2, MARGIN + half), WIDTH - MARGIN - half)
    y = plot.bottom + SMALL + 11
    bracket = f"{trace_segment((start, y - 4), (start, y))}{trace_segment((start, y), (end, y))}V{y - 4:.1f}"
    return join([
        draw_path(trace_box(start, plot.top, end - start, plot.bottom - plot.top), "range"),
        draw_path(bracket, "bracket"),
        draw_text(words, x, y + SMALL + 2, "label small centre"),
    ])  # fmt: skip


def _draw_curves(chart: LineChart, plot: _Plot) -> Markup:
    """Draw the band under the curves."""
    parts: list[Markup] = []
    if chart.band:
        upper = [(plot.x(x), plot.y(high)) for x, _, high in chart.band.points]
        lower = [(plot.x(x), plot.y(low)) for x, low, _ in reversed(chart.band.points)]
        parts.append(draw_path(trace_polygon(upper + lower), f"band {chart.band.hue}"))
    for curve in chart.curves:
        points = [(plot.x(x), plot.y(y)) for x, y in curve.points]
        if len(points) == 1:
            parts.append(draw_path(trace_dots(points), f"voice round {curve.hue}"))
        parts.append(draw_path(trace_line(points), f"curve {curve.pattern} {curve.hue}"))
    return join(parts)


def _draw_positions(positions: Sequence[Position], flags: Sequence[Flag], plot: _Plot) -> Markup:
    """Draw a line from the axis up to each label."""
    parts: list[Markup] = []
    for position, flag in zip(positions, flags, strict=True):
        base = plot.top - 6 - flag.row * ROW
        parts.append(draw_path(trace_segment((flag.x, plot.bottom), (flag.x, base + 3)), position.kind))
        if position.kind == "best":
            parts.append(draw_path(trace_diamond(flag.x, plot.bottom, 6), "agreed"))
    texts = [draw_text(flag.words, flag.left, plot.top - 6 - flag.row * ROW, "flag") for flag in flags]
    return element("g", join([*parts, *texts]), class_="small")
