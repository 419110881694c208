"""The field: a hope grows above the ground, what people are held to lies below it, and every voice stands beside.

The words stand in the page, not in the drawing, so each drawing is silent and as wide as its cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbook.charts.pieces.marks import format_length, format_points, trace_dots
from workbook.markup import element, join

GROUND, FIRST, REACH = 55.0, 7.0, 44.0
"""The ground's depth in the drawing, how far from it the lowest step lies, and how far the highest lies from that."""
GROUND_TEXT = format_length(GROUND)
HEIGHT = 110
BAR = 18.0
APART = 5.4
MOST_DOTS = 9
"""Up to so many voices are drawn one by one; more as a bar for each step."""
LANE, LANE_FULL, LANE_START, LANE_REACH = 17, 21, 8.0, 80.0
LANE_DOTS = 4
SMALL_STEP, SMALL_GROUND = 12, 18
"""So many voices stand beside each other in a lane; more make it higher."""


@dataclass(frozen=True)
class Side:
    """What is known of one side: each voice's step, the step to reckon with, or words in place of both.

    `agreed` says that the group settled it, `apart` that voices lie too far apart for a middle. `target` is where the
    group wants to be, `ghost` where the same people stood in the last round. Steps run from 0 to `last`.
    """

    values: tuple[float, ...] = ()
    value: float | None = None
    agreed: bool = False
    apart: bool = False
    words: str = ""
    last: int = 4
    target: float | None = None
    ghost: float | None = None

    @property
    def is_alone(self) -> bool:
        """Whether one voice alone gives it."""
        return len(self.values) == 1 and not self.agreed


def draw_plant(seed: Side, soil: Side) -> Markup:
    """Draw one point of the field: up from the ground what is hoped for, down into it what people are held to."""
    earth = element("rect", class_="earth", x="-.5", y=GROUND_TEXT, width="100.5%", height=56)
    high = [_draw_across("high", _find_depth(side, side.last / 2, sign)) for side, sign in ((seed, -1), (soil, 1))]
    marks = element("svg", _draw_side(seed, "seed", -1), _draw_side(soil, "soil", 1), x="50%")
    words = [
        element("text", side.words, x="50%", y=format_length(GROUND + sign * 29 + 6))
        for side, sign in ((seed, -1), (soil, 1))
        if side.words
    ]
    return element(
        "svg",
        earth,
        *high,
        marks,
        *words,
        _draw_across("ground", GROUND),
        width="100%",
        height=HEIGHT,
        aria_hidden="true",
    )


def _draw_across(class_: str, y: float) -> Markup:
    at = format_length(y)
    return element("line", class_=class_, x2="100%", y1=at, y2=at)


def _find_depth(side: Side, step: float, sign: int) -> float:
    return GROUND + sign * (FIRST + REACH / side.last * step)


def _draw_side(side: Side, hue: str, sign: int) -> Markup:
    bars = [_draw_bar(side, hue, sign), *_draw_stands(side, sign)]
    return join([*bars, _draw_voices(side, sign), _draw_agreed(side, sign)])


def _draw_stands(side: Side, sign: int) -> list[Markup]:
    """Draw across the bar where the same people stood in the last round, and where the group wants to be."""
    stands = (("ghost", side.ghost), ("target", side.target))
    return [
        element("path", class_=name, d=f"M-33 {format_length(_find_depth(side, step, sign))}h24")
        for name, step in stands
        if step is not None
    ]


def _draw_bar(side: Side, hue: str, sign: int) -> Markup:
    if side.apart:
        low, high = (_find_depth(side, step, sign) for step in (min(side.values), max(side.values)))
        stops = f"M-27 {format_length(low)}h12M-27 {format_length(high)}h12"
        line = f"M-21 {format_length(low)}V{format_length(high)}"
        return join([element("path", class_=f"apart {hue}", d=line), element("path", class_=f"stop {hue}", d=stops)])
    if side.value is None:
        return Markup("")
    end = _find_depth(side, side.value, sign)
    class_ = f"bar {hue} one" if side.is_alone else f"bar {hue}"
    return element(
        "path", class_=class_, d=f"M-30 {GROUND_TEXT}V{format_length(end)}h{format_length(BAR)}V{GROUND_TEXT}z"
    )


def _draw_voices(side: Side, sign: int) -> Markup:
    counts = sorted(Counter(side.values).items())
    if len(side.values) <= MOST_DOTS:
        points = [(-4 + APART * k, _find_depth(side, step, sign)) for step, count in counts for k in range(count)]
        return element("path", class_="dot", d=trace_dots(points)) if points else Markup("")
    most = max(count for _, count in counts)
    bars = "".join(
        f"M{format_points((-6, _find_depth(side, step, sign) - 3))}h{format_length(REACH * count / most)}v6H-6z"
        for step, count in counts
    )
    return element("path", class_="col", d=bars)


def _draw_agreed(side: Side, sign: int) -> Markup:
    if not side.agreed or side.value is None:
        return Markup("")
    end = format_length(_find_depth(side, side.value, sign) - 6)
    return element("path", class_="agreed", d=f"M-21 {end}l6 6-6 6-6-6z")


def draw_small(pairs: Sequence[tuple[Side, Side]]) -> Markup:
    """Draw a whole field in little: a bar up and a bar down for each point, none where a side is not known."""
    marks = []
    for hue, sign, sides in (("seed", -1, [p[0] for p in pairs]), ("soil", 1, [p[1] for p in pairs])):
        reach = [sign * (2 + 14 * (side.value or 0) / side.last) for side in sides]
        bars = [
            f"M{SMALL_STEP * k + 2} {SMALL_GROUND}v{format_length(reach[k])}h8V{SMALL_GROUND}z"
            for k, side in enumerate(sides)
            if side.value is not None and not side.apart
        ]
        apart = [
            f"M{SMALL_STEP * k + 6} {SMALL_GROUND + sign * 3}v{sign * 12}" for k, side in enumerate(sides) if side.apart
        ]
        marks.append(element("path", class_=f"bar {hue}", d="".join(bars)) if bars else Markup(""))
        marks.append(element("path", class_=f"apart {hue}", d="".join(apart)) if apart else Markup(""))
    width = SMALL_STEP * len(pairs)
    ground = element("line", class_="axis", x2=width, y1=SMALL_GROUND, y2=SMALL_GROUND)
    return element("svg", marks, ground, class_="lane small", width=width, height=2 * SMALL_GROUND, aria_hidden="true")


def draw_lane(side: Side, hue: str, *, mirrored: bool = False) -> Markup:
    """Draw one side lying down, for paper: the bar, and under it the voices; `mirrored` runs to the left."""

    def place(step: float) -> str:
        x = LANE_START + LANE_REACH * step / side.last
        return f"{format_length(100 - x if mirrored else x)}%"

    crowded = max(Counter(side.values).values(), default=0) > LANE_DOTS and len(side.values) <= MOST_DOTS
    deep = LANE_FULL if crowded else LANE
    axis = "100%" if mirrored else None  # what is at nought need not be said
    parts = [element("line", class_="axis", x1=axis, x2=axis, y2=deep)]
    half = place(side.last / 2)
    parts.append(element("line", class_="high", x1=half, x2=half, y2=deep))
    if side.apart:
        low, high = place(min(side.values)), place(max(side.values))
        parts.append(element("line", class_=f"apart {hue}", x1=low, x2=high, y1=6, y2=6))
        parts += [element("line", class_=f"stop {hue}", x1=at, x2=at, y1=2, y2=10) for at in (low, high)]
    elif side.value is not None:
        wide = LANE_START + LANE_REACH * side.value / side.last
        left = f"{format_length(100 - wide)}%" if mirrored else None
        class_ = f"bar {hue} one" if side.is_alone else f"bar {hue}"
        parts.append(element("rect", class_=class_, x=left, y=2, width=f"{format_length(wide)}%", height=8))
    for name, step in (("ghost", side.ghost), ("target", side.target)):
        parts += [] if step is None else [element("line", class_=name, x1=place(step), x2=place(step), y2=12)]
    parts += [_draw_lane_voices(side, place)] if side.values else []
    if side.agreed and side.value is not None:
        agreed = element("path", class_="agreed", d="M0 0l6 6-6 6-6-6z")
        parts.append(element("svg", agreed, x=place(side.value)))
    if side.words:
        parts.append(element("text", side.words, x="50%", y=12))
    return element("svg", *parts, class_="lane", width="100%", height=deep, aria_hidden="true")


def _draw_lane_voices(side: Side, place: Callable[[float], str]) -> Markup:
    counts = sorted(Counter(side.values).items())
    few = len(side.values) <= MOST_DOTS
    most = max(count for _, count in counts)
    marks = []
    for step, count in counts:
        if few:
            left = -5 * (min(count, LANE_DOTS) - 1) / 2
            dots = [(left + 5 * (k % LANE_DOTS), 13 + 5 * (k // LANE_DOTS)) for k in range(count)]
            mark = element("path", class_="dot", d=trace_dots(dots))
        else:
            mark = element("path", class_="col", d=f"M-3 17v{format_length(-6 * count / most)}h6V17z")
        marks.append(element("svg", mark, x=place(step)))
    return join(marks)
