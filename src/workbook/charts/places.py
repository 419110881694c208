"""A plane cut into four named quarters, with a numbered mark per item and its key underneath; of many, counts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbook.charts.pieces.frame import MARGIN, NOTHING, WIDTH, Block, draw_frame, draw_nothing
from workbook.charts.pieces.key import draw_key
from workbook.charts.pieces.marks import Point, draw_path, format_length, trace_box, trace_circle, trace_segment
from workbook.charts.pieces.scale import LinearScale, require_finite
from workbook.charts.pieces.text import LINE, SMALL, draw_block, draw_text, fit_text, wrap_text
from workbook.markup import element, join

MOST_MARKS = 30
"""So many items have a mark each; of more, circles say how many lie in each part of the plane."""
RADIUS = 10.5
LARGEST, SMALLEST = 15.0, 8.0
PARTS = 10
PLANE = (MARGIN + 4, WIDTH - MARGIN - 4)
HEIGHT = 320.0
COLUMN = (WIDTH - 2 * MARGIN) / 2


@dataclass(frozen=True)
class Place:
    """One item, both numbers within the domain of the plane."""

    label: str
    x: float
    y: float


@dataclass(frozen=True)
class PlaceChart:
    """Items on a plane; `boundaries` are the x and the y at which low becomes high.

    `quarters` names the four parts: upper left, upper right, lower left, lower right.
    """

    places: tuple[Place, ...]
    quarters: tuple[str, str, str, str]
    x_name: str
    y_name: str
    boundaries: tuple[float, float] = (50, 50)
    domain: tuple[float, float] = (0, 100)


def draw_places(chart: PlaceChart, *, title: str, description: str, empty: str = NOTHING) -> Markup:
    """Draw the plane; an item or boundary outside the domain is a ValueError.

    Where marks would cover one another the later ones stand aside, each tied to its true place by a line. More than
    `MOST_MARKS` are counted, ten parts across and ten up, and have no key.
    """
    if not chart.places:
        return draw_nothing(empty, title=title, description=description)
    upper, lower = _name_quarters(chart.quarters[:2]), _name_quarters(chart.quarters[2:])
    top = MARGIN + SMALL * LINE + upper.height + 10
    x_scale, y_scale = LinearScale(chart.domain, PLANE), LinearScale(chart.domain, (top + HEIGHT, top))
    points = [_locate(place, x_scale, y_scale) for place in chart.places]
    bottom = top + HEIGHT + lower.height + SMALL * LINE + 12
    counted = len(points) > MOST_MARKS
    key = draw_key([] if counted else [place.label for place in chart.places], top=bottom + 8)
    marks = _draw_counts(points, x_scale, y_scale) if counted else _draw_marks(points, top)
    names = [
        draw_text(fit_text(f"↑ {chart.y_name}", WIDTH - 2 * MARGIN, size=SMALL), PLANE[0], MARGIN + SMALL),
        _shift(upper, MARGIN + SMALL * LINE + 4),
        _shift(lower, top + HEIGHT + 4),
        draw_text(fit_text(f"{chart.x_name} →", WIDTH - 2 * MARGIN, size=SMALL), PLANE[1], bottom - 4, "end"),
    ]
    return draw_frame(
        element("g", join(names), class_="small"), _draw_plane(chart, x_scale, y_scale), marks,
        key.markup, title=title, description=description, height=bottom + 8 + key.height + MARGIN,
    )  # fmt: skip


def _locate(place: Place, x_scale: LinearScale, y_scale: LinearScale) -> Point:
    require_finite((place.x, place.y))
    if not (x_scale.holds(place.x) and y_scale.holds(place.y)):
        raise ValueError(f"the place of {place.label[:60]!r} lies outside the plane {x_scale.domain}")
    return (x_scale(place.x), y_scale(place.y))


def _shift(block: Block, down: float) -> Markup:
    return element("g", block.markup, transform=f"translate(0 {format_length(down)})")


def _name_quarters(names: Sequence[str]) -> Block:
    """Write two names, the left one from the left edge and the right one to the right edge."""
    left, right = (wrap_text(name, COLUMN - 12, size=SMALL) for name in names)
    texts = (
        draw_block(left, PLANE[0], SMALL, size=SMALL, class_="label"),
        draw_block(right, PLANE[1], SMALL, size=SMALL, class_="label end"),
    )
    return Block(join(texts), max(len(left), len(right)) * SMALL * LINE)


def _draw_plane(chart: PlaceChart, x_scale: LinearScale, y_scale: LinearScale) -> Markup:
    """Draw the edge and the two boundary lines."""
    left, right = x_scale.span
    bottom, top = y_scale.span
    x, y = x_scale(chart.boundaries[0]), y_scale(chart.boundaries[1])
    if not (left <= x <= right and top <= y <= bottom):
        raise ValueError(f"the boundaries {chart.boundaries} lie outside the plane {chart.domain}")
    cross = trace_segment((x, top), (x, bottom)) + trace_segment((left, y), (right, y))
    return draw_path(trace_box(left, top, right - left, bottom - top), "axis") + draw_path(cross, "boundary")


def _draw_marks(points: Sequence[Point], top: float) -> Markup:
    """Draw numbered circles, those that stand aside with a line to a dot at their true place."""
    edges = (PLANE[0] + RADIUS + 1, top + RADIUS + 1, PLANE[1] - RADIUS - 1, top + HEIGHT - RADIUS - 1)
    spots = spread_marks(points, edges)
    moved = [(point, spot) for point, spot in zip(points, spots, strict=True) if math.dist(point, spot) > RADIUS]
    ties = "".join(trace_segment(point, spot) for point, spot in moved)
    dots = "".join(trace_circle(*point, 2.5) for point, _ in moved)
    rings = "".join(trace_circle(*spot, RADIUS) for spot in spots)
    numbers = join(draw_text(str(index), x, y + SMALL * 0.36) for index, (x, y) in enumerate(spots, 1))
    return join([
        draw_path(ties, "tie"), draw_path(dots, "solid ink"), draw_path(rings, "number"),
        element("g", numbers, class_="small centre strong"),
    ])  # fmt: skip


def _draw_counts(points: Sequence[Point], x_scale: LinearScale, y_scale: LinearScale) -> Markup:
    """Draw a circle in each part of the plane that holds any, by its area and by a number."""
    found = Counter((_find_part(x, x_scale), _find_part(y, y_scale)) for x, y in points)
    most = max(found.values())
    rings, numbers = "", []
    for (across, up), count in sorted(found.items()):
        x, y = _find_middle(across, x_scale), _find_middle(up, y_scale)
        rings += trace_circle(x, y, SMALLEST + (LARGEST - SMALLEST) * math.sqrt(count / most))
        numbers.append(draw_text(str(count), x, y + SMALL * 0.36))
    return draw_path(rings, "number") + element("g", join(numbers), class_="small centre strong")


def _find_part(position: float, scale: LinearScale) -> int:
    begin, end = scale.span
    return min(PARTS - 1, int((position - begin) / (end - begin) * PARTS))


def _find_middle(part: int, scale: LinearScale) -> float:
    begin, end = scale.span
    return begin + (part + 0.5) * (end - begin) / PARTS


def spread_marks(
    points: Sequence[Point], edges: tuple[float, float, float, float], *, radius: float = RADIUS
) -> list[Point]:
    """Return a spot per point such that no two circles of `radius` overlap, each as near its point as its turn allows.

    `edges` are left, top, right and bottom for the centres; where they leave no room, the last marks
    stay at their own points.
    """
    left, top, right, bottom = edges
    placed: list[Point] = []
    for x, y in points:
        home = (min(max(x, left), right), min(max(y, top), bottom))
        free = (
            spot
            for spot in _circle_around(home, radius)
            if left <= spot[0] <= right
            and top <= spot[1] <= bottom
            and all(math.dist(spot, other) >= 2 * radius + 1 for other in placed)
        )
        placed.append(next(free, home))
    return placed


def _circle_around(home: Point, radius: float) -> Iterator[Point]:
    """Yield the point itself, then points on ever wider circles around it, to the right first."""
    yield home
    for ring in range(1, 48):
        distance, count = ring * radius * 0.6, 6 * ring
        for step in range(count):
            angle = 2 * math.pi * step / count
            yield (home[0] + distance * math.cos(angle), home[1] + distance * math.sin(angle))
