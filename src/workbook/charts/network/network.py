"""A map of factors and the links between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from workbook.charts.network.arrange import Wall, arrange_factors, choose_wall
from workbook.charts.network.routes import Box, Route, route_links
from workbook.charts.pieces.frame import MARGIN, NOTHING, WIDE, draw_frame, draw_nothing
from workbook.charts.pieces.key import draw_key
from workbook.charts.pieces.legend import Entry, draw_legend
from workbook.charts.pieces.marks import Point, draw_path, format_length, trace_dots, trace_polygon
from workbook.charts.pieces.text import SMALL, draw_centred, draw_text, wrap_text
from workbook.markup import element, join

Shape = Literal["box", "pill", "hexagon"]
Certainty = Literal["tested", "believed", "guessed"]

LABELLED = 18
"""Up to so many factors are drawn with their labels; more are numbered, with a key under the map."""


@dataclass(frozen=True)
class Factor:
    """A thing that can grow or shrink; `key` is what links name it by."""

    key: str
    label: str
    shape: Shape = "box"


@dataclass(frozen=True)
class NetworkLink:
    """More of `source` brings more of `target`, or less where `more` is False."""

    source: str
    target: str
    more: bool = True
    certainty: Certainty = "believed"


@dataclass(frozen=True)
class NetworkWords:
    """The legend's words: for the kinds of link, and for the shapes that stand for kinds of factor."""

    more: str = "more brings more"
    less: str = "more brings less"
    tested: str = "tested"
    believed: str = "believed"
    guessed: str = "guessed"
    shapes: tuple[tuple[Shape, str], ...] = ()


@dataclass(frozen=True)
class NetworkChart:
    """A map; factors are numbered in the order given.

    `key` is the list under a map too large for labels; leave it out where the table beside has the numbers.
    """

    factors: tuple[Factor, ...]
    links: tuple[NetworkLink, ...] = ()
    words: NetworkWords = NetworkWords()
    key: bool = True


@dataclass(frozen=True)
class PlacedFactor:
    """A factor with its box and what is written in it: the wrapped label, or a number."""

    factor: Factor
    box: Box
    lines: tuple[str, ...]


def draw_network(chart: NetworkChart, *, title: str, description: str, empty: str = NOTHING) -> Markup:
    """Draw the map, made for up to 60 factors.

    A link to a factor that is not there, or a key used twice, is a ValueError. The chart is wide: a page puts
    it in a region that scrolls.
    """
    if not chart.factors:
        return draw_nothing(empty, title=title, description=description)
    legend = draw_legend(list(_list_entries(chart)), width=WIDE)
    top = MARGIN + legend.height + 8
    placed, height = place_factors(chart)
    links = _number_links(chart)
    routes = route_links([each.box for each in placed], links, (WIDE, height))
    bottom = top + height
    parts = [legend.markup, _shift(_draw_links(chart.links, routes) + _draw_factors(placed), top)]
    if chart.key and len(chart.factors) > LABELLED:
        key = draw_key([factor.label for factor in chart.factors], top=bottom + 8, width=WIDE)
        parts.append(key.markup)
        bottom += 8 + key.height
    return draw_frame(*parts, title=title, description=description, height=bottom + MARGIN, width=WIDE)


def _shift(markup: Markup, down: float) -> Markup:
    return element("g", markup, transform=f"translate(0 {format_length(down)})")


def _number_links(chart: NetworkChart) -> list[tuple[int, int]]:
    """Return the links by the numbers of their factors."""
    numbers = {factor.key: index for index, factor in enumerate(chart.factors)}
    if len(numbers) < len(chart.factors):
        raise ValueError("two factors of the map share a key; give each its own")
    for link in chart.links:
        for key in (link.source, link.target):
            if key not in numbers:
                raise ValueError(f"a link names the factor {key[:60]!r}, which the map does not hold")
    return [(numbers[link.source], numbers[link.target]) for link in chart.links]


def place_factors(chart: NetworkChart) -> tuple[list[PlacedFactor], float]:
    """Return every factor with a box of its own, and the height that the boxes take."""
    count = len(chart.factors)
    labelled = count <= LABELLED
    wall = _choose_wall(count)
    cells = arrange_factors(count, _number_links(chart), wall)
    rows = sorted({wall.cells[cell][1] for cell in cells})
    lift = rows[0] - wall.pitch[1] / 2
    half_width, half_height = (min(wall.pitch[0] * 0.38, 80), 33.0) if labelled else (15.0, 15.0)
    placed = []
    for index, (factor, cell) in enumerate(zip(chart.factors, cells, strict=True), 1):
        x, y = wall.cells[cell]
        room = 2 * half_width - (10 if factor.shape == "box" else 26)
        lines = wrap_text(factor.label, room, size=SMALL, lines=4) if labelled else (str(index),)
        placed.append(PlacedFactor(factor, Box(x, y - lift, half_width, half_height), lines))
    return placed, rows[-1] - lift + wall.pitch[1] / 2


def _choose_wall(count: int) -> Wall:
    """Return cells across the whole width: few and broad for labels, many for numbers."""
    if count <= LABELLED:
        columns = 2 if count <= 4 else 3 if count <= 9 else 4
        return choose_wall(count, columns, (WIDE / columns, 112.0))
    columns = 6 if count <= 30 else 8
    return choose_wall(count, columns, (WIDE / columns, 84.0 if count <= 30 else 70.0))


def _draw_links(links: Sequence[NetworkLink], routes: Sequence[Route]) -> Markup:
    """Draw lines, arrowheads and signs, all of one look in one path."""
    lines: dict[str, str] = defaultdict(str)
    heads: dict[str, str] = defaultdict(str)
    discs: dict[str, str] = defaultdict(str)
    holes: dict[str, str] = defaultdict(str)
    signs: dict[str, str] = defaultdict(str)
    for link, route in zip(links, routes, strict=True):
        hue = "ink" if link.more else "soil"
        lines[f"link {link.certainty} {hue}{'' if link.more else ' dashed'}"] += route.line
        heads[f"solid {hue}"] += route.head
        discs[f"disc {link.certainty} {hue}"] += trace_dots([route.sign])
        if link.certainty != "tested":
            holes[f"hole {link.certainty}"] += trace_dots([route.sign])
        signs[f"sign {link.certainty} {hue}"] += _trace_sign(route.sign, more=link.more)
    return join(
        draw_path(data, class_) for look in (lines, heads, discs, holes, signs) for class_, data in sorted(look.items())
    )


def _trace_sign(spot: Point, *, more: bool) -> str:
    x, y = spot
    minus = f"M{format_length(x - 3.5)} {format_length(y)}h7"
    return f"{minus}m-3.5-3.5v7" if more else minus


def _draw_factors(placed: Sequence[PlacedFactor]) -> Markup:
    """Draw the boxes over the links, then what is written in them."""
    outlines = "".join(_trace_shape(each.factor.shape, each.box) for each in placed)
    if all(len(each.lines) == 1 and each.lines[0].isdigit() for each in placed):
        texts = [draw_text(each.lines[0], each.box.x, each.box.y + SMALL * 0.36) for each in placed]
    else:
        texts = [draw_centred(each.lines, each.box.x, each.box.y, size=SMALL) for each in placed]
    return draw_path(outlines, "number") + element(
        "g", element("g", join(texts), class_="label"), class_="small centre"
    )


def _trace_shape(shape: Shape, box: Box) -> str:
    """Return the outline of a box: square, with round ends, or with pointed ends."""
    left, right, top, bottom = (
        box.x - box.half_width, box.x + box.half_width, box.y - box.half_height, box.y + box.half_height,
    )  # fmt: skip
    if shape == "box":
        return trace_polygon([(left, top), (right, top), (right, bottom), (left, bottom)])
    if shape == "pill":
        return _trace_pill(box)
    cut = min(box.half_width, 12.0 if box.half_width > box.half_height else 7.0)
    flat, half = format_length(right - left - 2 * cut), box.half_height
    corner, down = format_length(cut), format_length(half)
    start = f"M{format_length(left + cut)} {format_length(top)}h{flat}l{corner} {down}-{corner} {down}h-{flat}"
    return f"{start}l-{corner}-{down}z"


def _trace_pill(box: Box) -> str:
    r, across, down = (
        format_length(value) for value in (box.half_height, 2 * (box.half_width - box.half_height), 2 * box.half_height)
    )
    start = f"M{format_length(box.x - box.half_width + box.half_height)} {format_length(box.y - box.half_height)}"
    return f"{start}h{across}a{r} {r} 0 0 1 0 {down}h-{across}a{r} {r} 0 0 1 0-{down}z"


def _list_entries(chart: NetworkChart) -> Iterator[Entry]:
    """Yield a legend entry for each look that the map holds."""
    words = chart.words
    present = {factor.shape for factor in chart.factors}
    for shape, name in words.shapes:
        if shape in present:
            yield Entry(name, _sample_shape(shape), room=22)
    for more, name in ((True, words.more), (False, words.less)):
        if any(link.more is more for link in chart.links):
            yield Entry(name, _sample_link("believed", more=more), room=44)
    looks: tuple[tuple[Certainty, str], ...] = (
        ("tested", words.tested), ("believed", words.believed), ("guessed", words.guessed),
    )  # fmt: skip
    for certainty, name in looks:
        if any(link.certainty == certainty for link in chart.links):
            yield Entry(name, _sample_link(certainty, more=True), room=44)


def _sample_shape(shape: Shape) -> Callable[[float, float], Markup]:
    return lambda x, y: draw_path(_trace_shape(shape, Box(x, y, 11, 7)), "number")


def _sample_link(certainty: Certainty, *, more: bool) -> Callable[[float, float], Markup]:
    def draw(x: float, y: float) -> Markup:
        points = tuple((x - 22 + step, y) for step in range(45))
        return _draw_links([NetworkLink("", "", more, certainty)], [Route(points, (x - 4, y))])

    return draw
