"""How a link runs: a gentle curve from the edge of one box to the edge of another, clear of the rest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbook.charts.pieces.marks import Point, format_points, trace_polygon

BOWS = (0.0, 0.12, -0.12, 0.26, -0.26, 0.45, -0.45, 0.7, -0.7)
"""How far a curve may swing out, as a part of its length."""
STEPS = 24
HEAD = 9.0
SIGN = 7.0


@dataclass(frozen=True)
class Box:
    """A rectangle by its centre and the halves of its width and height."""

    x: float
    y: float
    half_width: float
    half_height: float

    def holds(self, point: Point, room: float = 0.0) -> bool:
        """Say whether the point lies in the box, or within `room` of it."""
        return abs(point[0] - self.x) < self.half_width + room and abs(point[1] - self.y) < self.half_height + room


@dataclass(frozen=True)
class Route:
    """A curve with the spot for its sign; `points` runs from edge to edge."""

    points: tuple[Point, ...]
    sign: Point

    @property
    def line(self) -> str:
        """Path data of the curve, ending where its arrowhead begins."""
        start, end = self.points[0], _retreat(self.points, HEAD * 0.8)
        middle = self.points[len(self.points) // 2]
        control = (2 * middle[0] - (start[0] + end[0]) / 2, 2 * middle[1] - (start[1] + end[1]) / 2)
        return f"M{format_points(start)}Q{format_points((*control, *end))}"

    @property
    def head(self) -> str:
        """Path data of the arrowhead."""
        (x, y), (from_x, from_y) = self.points[-1], _retreat(self.points, HEAD)
        length = math.hypot(x - from_x, y - from_y) or 1
        dx, dy = (x - from_x) / length, (y - from_y) / length
        base = (x - dx * HEAD, y - dy * HEAD)
        half = HEAD * 0.45
        return trace_polygon(
            [(x, y), (base[0] - dy * half, base[1] + dx * half), (base[0] + dy * half, base[1] - dx * half)]
        )


def _retreat(points: Sequence[Point], distance: float) -> Point:
    """Return the last point of a curve that is at least `distance` from its end."""
    return next((point for point in reversed(points) if math.dist(point, points[-1]) >= distance), points[0])


def route_links(boxes: Sequence[Box], links: Sequence[tuple[int, int]], size: Point) -> list[Route]:
    """Return a route per link, chosen one after another to avoid boxes, earlier routes and the edge of the chart."""
    used: set[tuple[int, int]] = set()
    signs: list[Point] = []
    routes: list[Route] = []
    both = set(links)
    for source, target in links:
        if source == target:
            points = _loop_around(boxes[source])
        else:
            bows = [bow for bow in BOWS if bow > 0] if (target, source) in both else BOWS
            curves = (_curve(boxes[source], boxes[target], bow) for bow in bows)
            others = [box for index, box in enumerate(boxes) if index not in (source, target)]
            points = min(curves, key=lambda points: _weigh(points, others, used, size))
        used.update(map(_round_point, points))
        spot = _choose_sign(points, boxes, signs)
        signs.append(spot)
        routes.append(Route(points, spot))
    return routes


def _round_point(point: Point) -> tuple[int, int]:
    return (round(point[0] / 7), round(point[1] / 7))


def _curve(source: Box, target: Box, bow: float) -> tuple[Point, ...]:
    """Return points of a quadratic curve between two boxes, swung out to the left of its way for a positive bow."""
    dx, dy = target.x - source.x, target.y - source.y
    control = ((source.x + target.x) / 2 + dy * bow, (source.y + target.y) / 2 - dx * bow)
    points = [
        _bend((source.x, source.y), control, (target.x, target.y), step / (STEPS * 3)) for step in range(STEPS * 3 + 1)
    ]
    inner = [point for point in points if not source.holds(point, 1) and not target.holds(point, 2)]
    return tuple(inner) if len(inner) > 1 else (points[0], points[-1])


def _bend(start: Point, control: Point, end: Point, share: float) -> Point:
    a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
    return (a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1])


def _loop_around(box: Box) -> tuple[Point, ...]:
    """Return points from the box's right side around to its upper edge, for a link to itself."""
    corner, radius = (box.x + box.half_width, box.y - box.half_height), 11.0
    angles = (math.pi / 2 - index * 1.5 * math.pi / STEPS for index in range(STEPS + 1))
    return tuple((corner[0] + radius * math.cos(angle), corner[1] + radius * math.sin(angle)) for angle in angles)


def _weigh(points: Sequence[Point], others: Iterable[Box], used: set[tuple[int, int]], size: Point) -> float:
    """Return the cost of a curve: boxes run over, leaving the chart, running along earlier routes, swinging out."""
    near = _list_near(others, points)
    over = sum(box.holds(point, 4) for box in near for point in points)
    outside = sum(not (4 < x < size[0] - 4 and 4 < y < size[1] - 4) for x, y in points)
    shared = sum(_round_point(point) in used for point in points)
    length = sum(math.dist(first, second) for first, second in pairwise(points))
    swing = length - math.dist(points[0], points[-1])
    return 40 * over + 60 * outside + 2 * shared + swing


def _list_near(boxes: Iterable[Box], points: Sequence[Point]) -> list[Box]:
    """Return the boxes that the rectangle around the points touches."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs) - 4, max(xs) + 4, min(ys) - 4, max(ys) + 4
    return [
        box
        for box in boxes
        if left < box.x + box.half_width
        and right > box.x - box.half_width
        and top < box.y + box.half_height
        and bottom > box.y - box.half_height
    ]


def _choose_sign(points: Sequence[Point], boxes: Sequence[Box], signs: Sequence[Point]) -> Point:
    """Return a spot on the curve for its sign, clear of boxes and of other signs where there is one."""
    spots = [points[round((len(points) - 1) * share)] for share in (0.45, 0.38, 0.55, 0.3, 0.65, 0.22, 0.75)]

    def crowd(spot: Point) -> float:
        return sum(box.holds(spot, SIGN + 1) for box in boxes) * 2 + sum(
            math.dist(spot, sign) < 2 * SIGN + 1 for sign in signs
        )

    return min(spots, key=crowd)
