"""One small chart of every kind, with a text of the test's choice wherever a chart holds text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from markupsafe import Markup

from workbook.charts.bars import Bar, BarChart, draw_bars
from workbook.charts.corners import Corner, CornerChart, draw_corners
from workbook.charts.dots import DotAnswers, DotChart, DotRow, DotSeries, draw_dots
from workbook.charts.lines import Band, Curve, LineChart, Position, Region, draw_lines
from workbook.charts.network.network import (
    Certainty,
    Factor,
    NetworkChart,
    NetworkLink,
    NetworkWords,
    Shape,
    draw_network,
)
from workbook.charts.places import Place, PlaceChart, draw_places
from workbook.charts.swings import Swing, SwingChart, draw_swings
from workbook.charts.timeline import TimelineChart, TimelineSeries, draw_timeline

Draw = Callable[[str], Markup]


def _draw_dots(text: str) -> Markup:
    answers = (
        DotAnswers((0, 1, 1, 4, 4, 4, 4, 4), middle=2.5, agreed=3),
        DotAnswers(words=text),
    )
    series = (DotSeries(text, "seed"), DotSeries(text, "soil", "square"))
    chart = DotChart(
        series, (DotRow(text, answers), DotRow(text, answers[::-1])), (text, text), (0, 4), text, text, text
    )
    return draw_dots(chart, title=text, description=text)


def _draw_places(text: str) -> Markup:
    places = (Place(text, 10, 90), Place(text, 10, 90), Place(text, 100, 0))
    return draw_places(PlaceChart(places, (text, text, text, text), text, text), title=text, description=text)


def _draw_bars(text: str) -> Markup:
    bars = (Bar(text, 3, text, 5, text), Bar(text, 0, text))
    return draw_bars(BarChart(bars, (text, text)), title=text, description=text)


def _draw_swings(text: str) -> Markup:
    swings = (Swing(text, -3, 5, text, text), Swing(text, 2, 3, text, text))
    return draw_swings(SwingChart(swings, 1, text, (text, text)), title=text, description=text)


def _draw_corners(text: str) -> Markup:
    corners = (Corner(0, text), Corner(1, text), Corner(2, text), Corner(3.5, text))
    chart = CornerChart(corners, (text, text), (text, text), (text, text, text, text))
    return draw_corners(chart, title=text, description=text)


def _draw_timeline(text: str) -> Markup:
    series = (
        TimelineSeries(text, "seed", (0, 4), (text, text)),
        TimelineSeries(text, "extra", (None, 2.5), (text, text)),
    )
    return draw_timeline(TimelineChart((text, text), series), title=text, description=text)


def _draw_lines(text: str) -> Markup:
    chart = LineChart(
        (Curve(text, ((0, 1), (1, 5), (2, 2))), Curve(text, ((0, 2),), "soil", "dashed")),
        text,
        text,
        Band(text, ((0, 0, 2), (1, 3, 6), (2, 1, 3))),
        Region(text, 0.5, 1.5),
        (Position(text, 0), Position(text, 1.1, "best"), Position(text, 1.2, "other"), Position(text, 2)),
        lambda value: text or str(value),
        lambda value: text or str(value),
    )
    return draw_lines(chart, title=text, description=text)


def _draw_network(count: int) -> Draw:
    shapes: tuple[Shape, ...] = ("box", "pill", "hexagon")
    looks: tuple[Certainty, ...] = ("tested", "believed", "guessed")

    def draw(text: str) -> Markup:
        factors = tuple(Factor(str(index), text, shapes[index % 3]) for index in range(count))
        links = tuple(
            NetworkLink(str(index), str(index * 7 % count), index % 4 > 0, looks[index % 3]) for index in range(count)
        )
        words = NetworkWords(text, text, text, text, text, tuple((shape, text) for shape in shapes))
        return draw_network(NetworkChart(factors, links, words), title=text, description=text)

    return draw


EVERY_CHART: dict[str, Draw] = {
    "dots": _draw_dots,
    "places": _draw_places,
    "bars": _draw_bars,
    "swings": _draw_swings,
    "corners": _draw_corners,
    "timeline": _draw_timeline,
    "lines": _draw_lines,
    "network": _draw_network(7),
    "numbered network": _draw_network(24),
}


@pytest.fixture(params=sorted(EVERY_CHART))
def draw(request: pytest.FixtureRequest) -> Draw:
    """Each kind of chart in turn: text in, chart out."""
    return EVERY_CHART[request.param]


@pytest.fixture
def every_chart() -> dict[str, Draw]:
    """All kinds of chart by name."""
    return EVERY_CHART
