"""The strokes charts are made of: path data with short numbers, and a few shapes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from markupsafe import Markup

from workbook.markup import element

Hue = Literal["ink", "seed", "soil", "accent", "quiet", "extra"]
"""A colour of the theme; a chart never relies on it alone."""
Point = tuple[float, float]


def format_length(value: float) -> str:
    """Return a position with at most one decimal, in as few characters as it takes."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def format_points(values: Iterable[float]) -> str:
    """Return numbers for path data; a minus sign needs no space before it."""
    return " ".join(map(format_length, values)).replace(" -", "-")


def draw_path(data: str, class_: str | None = None) -> Markup:
    """Return a path; empty data gives nothing."""
    return element("path", d=data, class_=class_) if data else Markup("")


def trace_line(points: Iterable[Point]) -> str:
    """Return path data through the points, straight from one to the next."""
    pairs = [format_points(point) for point in points]
    return f"M{pairs[0]}L{' '.join(pairs[1:])}".replace(" -", "-") if len(pairs) > 1 else ""


def trace_segment(start: Point, end: Point) -> str:
    """Return path data of one straight stroke."""
    (x, y), (to_x, to_y) = start, end
    if format_length(y) == format_length(to_y):
        return f"M{format_points(start)}H{format_length(to_x)}"
    if format_length(x) == format_length(to_x):
        return f"M{format_points(start)}V{format_length(to_y)}"
    return f"M{format_points(start)}L{format_points(end)}"


def trace_dots(points: Iterable[Point]) -> str:
    """Return path data of strokes of next to no length: their ends, round or square, are the dots.

    It takes a fifth of the bytes that an element per dot takes; a dot near the one before is told from that, where it
    is shorter. Viewers built on poppler or MuPDF draw nothing for a stroke of no length with square ends, hence the
    hundredth of a unit.
    """
    data = ""
    at: Point | None = None
    for x, y in points:
        placed, there = f"M{format_points((x, y))}", (x, y)
        if at is not None:
            step = (round(x - at[0], 1), round(y - at[1], 1))
            moved = f"m{format_points(step)}"
            if len(moved) < len(placed):
                placed, there = moved, (at[0] + step[0], at[1] + step[1])
        data += f"{placed}h.01"
        at = (there[0] + 0.01, there[1])
    return data


def trace_box(x: float, y: float, width: float, height: float) -> str:
    """Return path data of a rectangle from its upper left corner; one without area gives nothing."""
    if width < 0.05 or height < 0.05:
        return ""
    return f"M{format_points((x, y))}h{format_length(width)}v{format_length(height)}h{format_length(-width)}z"


def trace_circle(x: float, y: float, radius: float) -> str:
    """Return path data of a circle around a point."""
    r, across = format_length(radius), format_length(radius * 2)
    return f"M{format_points((x - radius, y))}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0-{across} 0z"


def trace_polygon(points: Iterable[Point]) -> str:
    """Return path data of a closed shape."""
    data = trace_line(points)
    return f"{data}z" if data else ""


def trace_triangle(x: float, y: float, radius: float) -> str:
    """Return path data of a triangle that points up to a place on a scale."""
    r = format_length(radius)
    return f"M{format_points((x, y - radius))}l{r} {format_length(2 * radius)}h-{format_length(2 * radius)}z"


def trace_diamond(x: float, y: float, radius: float) -> str:
    """Return path data of a square standing on its corner."""
    r = format_length(radius)
    return f"M{format_points((x, y - radius))}l{r} {r}-{r} {r}-{r}-{r}z"
