"""Every voice as a dot on a scale with worded ends: one lane per series, one row per question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from workbook.charts.pieces.frame import LABELS, MARGIN, NOTHING, WIDTH, Block, draw_frame, draw_nothing
from workbook.charts.pieces.legend import Entry, draw_legend
from workbook.charts.pieces.marks import Hue, Point, draw_path, trace_diamond, trace_dots, trace_segment, trace_triangle
from workbook.charts.pieces.scale import LinearScale, choose_ticks, require_finite
from workbook.charts.pieces.text import LINE, SMALL, TEXT, draw_block, draw_centred, draw_text, fit_text, wrap_text
from workbook.markup import element, join

DOT = 10.0
"""Distance between neighbouring dots, which are drawn 8 units wide."""
MARK = 12.0
"""Height under a lane's dots, where the agreed answer is marked."""
PLOT = (LABELS + 24, WIDTH - 24)
EDGE = 14.0


@dataclass(frozen=True)
class DotSeries:
    """What one lane shows; series of a chart differ in shape as well as in hue."""

    name: str
    hue: Hue
    shape: Literal["round", "square"] = "round"


@dataclass(frozen=True)
class DotAnswers:
    """One value a voice; `words` stand in the lane where there are no values (not answered, held back).

    `left` says under the dots how many gave none: they do not know, or have not said. `target` is where the group
    wants to be.
    """

    values: tuple[float, ...] = ()
    middle: float | None = None
    agreed: float | None = None
    target: float | None = None
    words: str = ""
    left: str = ""


@dataclass(frozen=True)
class DotRow:
    """One question, with answers for each series of the chart in its order."""

    label: str
    answers: tuple[DotAnswers, ...]


@dataclass(frozen=True)
class DotChart:
    """Rows on one scale; `ends` are the words at its low and its high end.

    The last four words are the legend's for a dot, for the bar at the middle, for the diamond and for the triangle.
    """

    series: tuple[DotSeries, ...]
    rows: tuple[DotRow, ...]
    ends: tuple[str, str]
    domain: tuple[float, float] = (0, 4)
    voice_word: str = "one voice"
    middle_word: str = "the middle"
    agreed_word: str = "agreed"
    target_word: str = "target"


def draw_dots(chart: DotChart, *, title: str, description: str, empty: str = NOTHING) -> Markup:
    """Draw a row per question; a value outside the domain or a row of the wrong length is a ValueError."""
    if not chart.rows:
        return draw_nothing(empty, title=title, description=description)
    scale = LinearScale(chart.domain, PLOT)
    for row in chart.rows:
        _check_row(row, chart, scale)
    legend = draw_legend(list(_list_entries(chart)))
    ends = _draw_ends(chart.ends, MARGIN + legend.height)
    top = bottom = MARGIN + legend.height + ends.height
    rows: list[Markup] = []
    for row in chart.rows:
        block = _draw_row(row, chart.series, scale, bottom)
        rows.append(block.markup)
        bottom += block.height
    grid = "".join(trace_segment((scale(tick), top), (scale(tick), bottom)) for tick in choose_ticks(*chart.domain, 4))
    return draw_frame(
        legend.markup, ends.markup, draw_path(grid, "grid"), *rows,
        title=title, description=description, height=bottom + MARGIN,
    )  # fmt: skip


def _check_row(row: DotRow, chart: DotChart, scale: LinearScale) -> None:
    if len(row.answers) != len(chart.series):
        raise ValueError(f"the row {row.label[:60]!r} needs answers for {len(chart.series)} series")
    for answers in row.answers:
        marks = (answers.middle, answers.agreed, answers.target)
        values = [*answers.values, *(value for value in marks if value is not None)]
        require_finite(values)
        for value in values:
            if not scale.holds(value):
                raise ValueError(f"{value} lies outside the scale from {scale.domain[0]} to {scale.domain[1]}")


def _list_entries(chart: DotChart) -> Iterator[Entry]:
    """Yield a legend entry for each mark that the chart holds."""
    for series in chart.series:
        yield Entry(f"{series.name}: {chart.voice_word}", _sample_dot(series))
    answers = [given for row in chart.rows for given in row.answers]
    if any(given.middle is not None for given in answers):
        yield Entry(chart.middle_word, lambda x, y: draw_path(trace_segment((x, y - 8), (x, y + 8)), "middle"), room=6)
    if any(given.agreed is not None for given in answers):
        yield Entry(chart.agreed_word, lambda x, y: draw_path(trace_diamond(x, y, 6), "agreed"))
    if any(given.target is not None for given in answers):
        yield Entry(chart.target_word, lambda x, y: draw_path(trace_triangle(x, y, 7), "target"))


def _sample_dot(series: DotSeries) -> Callable[[float, float], Markup]:
    return lambda x, y: draw_path(trace_dots([(x, y)]), f"voice {series.shape} {series.hue}")


def _draw_ends(ends: tuple[str, str], top: float) -> Block:
    """Write the words of the two ends over the scale, each in its half."""
    room = (PLOT[1] - PLOT[0]) / 2 + EDGE - 8
    low, high = (wrap_text(words, room, size=SMALL) for words in ends)
    height = max(len(low), len(high)) * SMALL * LINE
    texts = [
        draw_block(lines, x, top + height - (len(lines) - 1) * SMALL * LINE, size=SMALL, class_=class_)
        for lines, x, class_ in ((low, PLOT[0] - EDGE, None), (high, PLOT[1] + EDGE, "end"))
    ]
    return Block(element("g", join(texts), class_="small"), height + 8)


def _draw_row(row: DotRow, series: Sequence[DotSeries], scale: LinearScale, top: float) -> Block:
    """Draw a row's label and its lanes under one another."""
    lines = wrap_text(row.label, LABELS - MARGIN, lines=3)
    stacks = [_stack_dots(answers.values, scale) for answers in row.answers]
    told = [SMALL * LINE if answers.left else 0.0 for answers in row.answers]
    heights = [
        MARK + DOT * (1 + max((level for _, level in stack), default=0)) + room
        for stack, room in zip(stacks, told, strict=True)
    ]
    height = max(sum(heights), len(lines) * TEXT * LINE) + 8
    y = top + (height - sum(heights)) / 2
    parts = [
        draw_path(trace_segment((MARGIN, top), (WIDTH - MARGIN, top)), "grid"),
        draw_centred(lines, MARGIN, top + height / 2, class_="label"),
    ]
    for kind, answers, stack, lane, room in zip(series, row.answers, stacks, heights, told, strict=True):
        base = y + lane - MARK - room
        parts.append(_draw_lane(kind, answers, stack, scale, (y, base)))
        if answers.left:
            left = fit_text(answers.left, PLOT[1] - PLOT[0] + EDGE, size=SMALL)
            parts.append(draw_text(left, PLOT[0] - EDGE, base + MARK + SMALL * 0.7, "small words"))
        y += lane
    return Block(join(parts), height)


def _draw_lane(
    series: DotSeries,
    answers: DotAnswers,
    stack: list[tuple[float, int]],
    scale: LinearScale,
    edges: tuple[float, float],
) -> Markup:
    """Draw the middle, the dots over it, and just under them where the group wants to be and the agreed answer."""
    top, base = edges
    parts = []
    if not answers.values and answers.words:
        words = fit_text(answers.words, PLOT[1] - PLOT[0] + EDGE, size=SMALL)
        parts.append(draw_text(words, PLOT[0] - EDGE, base - DOT / 2 + SMALL * 0.35, "small words"))
    if answers.middle is not None:
        x = scale(answers.middle)
        parts.append(draw_path(trace_segment((x, top - 2), (x, base + 6)), "middle"))
    dots: list[Point] = [(x, base - DOT * (level + 0.5)) for x, level in stack]
    parts.append(draw_path(trace_dots(dots), f"voice {series.shape} {series.hue}"))
    if answers.target is not None:
        parts.append(draw_path(trace_triangle(scale(answers.target), base + 5, 6.5), "target"))
    if answers.agreed is not None:
        parts.append(draw_path(trace_diamond(scale(answers.agreed), base + 5, 4.5), "agreed"))
    return join(parts)


def _stack_dots(values: Sequence[float], scale: LinearScale) -> list[tuple[float, int]]:
    """Return a position and a level for each voice: equal answers stand side by side, then on top of one another."""
    reach = abs(scale(scale.domain[0] + 1) - scale(scale.domain[0])) * 0.9
    most = max(1, int(reach // DOT))
    groups: dict[float, int] = defaultdict(int)
    for value in sorted(values):
        groups[round(scale(value), 1)] += 1
    placed: list[tuple[float, int]] = []
    taken: dict[int, float] = {}
    for x, count in groups.items():
        for start in range(0, count, most):
            beside = min(most, count - start)
            left = x - (beside - 1) * DOT / 2
            level = next(level for level in range(len(taken) + 1) if taken.get(level, -DOT) + DOT <= left + 0.01)
            taken[level] = left + (beside - 1) * DOT
            placed.extend((left + index * DOT, level) for index in range(beside))
    return placed
