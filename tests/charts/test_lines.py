"""Curves."""

from __future__ import annotations

import re

import pytest

from workbook.charts.lines import Band, Curve, LineChart, Position, Region, draw_lines

NAMES = {"title": "t", "description": "d"}
CURVE = Curve("value", ((0, 0), (0.5, 10), (1, 0)))


def test_a_marked_position_stands_at_its_x() -> None:
    """The best split is marked at the peak of the curve it was taken from."""
    chart = draw_lines(LineChart((CURVE,), "share", "value", positions=(Position("best", 0.5, "best"),)), **NAMES)
    curve = re.search(r'd="M\S+ \S+?L(\S+) ', chart)
    mark = re.search(r'd="M(\S+) \S+" class="best"', chart)
    assert curve
    assert mark
    assert curve[1] == mark[1]


def test_curves_differ_in_pattern() -> None:
    """The caller's patterns reach the page, for those who see no colours."""
    curves = (CURVE, Curve("other", CURVE.points, "soil", "dashed"))
    chart = draw_lines(LineChart(curves, "x", "y"), **NAMES)
    assert chart.count('class="curve unbroken ink"') == chart.count('class="curve dashed soil"') == 2


def test_a_single_curve_needs_no_legend() -> None:
    """The y axis already names it."""
    chart = draw_lines(LineChart((CURVE,), "share", "gain"), **NAMES)
    assert ">value</text>" not in chart
    assert ">gain</text>" in chart


def test_a_band_and_a_region_are_named() -> None:
    """Whatever is shaded says what it is."""
    band = Band("8 of 10 draws", ((0, 0, 1), (1, 2, 3)))
    chart = draw_lines(LineChart((CURVE,), "x", "y", band, Region("near the best", 0.4, 0.6)), **NAMES)
    assert ">8 of 10 draws</text>" in chart
    assert ">near the best</text>" in chart


def test_ticks_are_written_by_the_caller() -> None:
    """Formats of money and shares belong to the caller."""
    chart = draw_lines(LineChart((CURVE,), "x", "y", format_x=lambda value: f"{value:.0%}"), **NAMES)
    assert ">40%</text>" in chart


@pytest.mark.parametrize(
    "chart",
    [
        LineChart((CURVE,), "x", "y", positions=(Position("today", 2),)),
        LineChart((CURVE,), "x", "y", region=Region("best", -1, 0.5)),
        LineChart((Curve("value", ((0, 1), (1, float("nan")))),), "x", "y"),
    ],
    ids=["position", "region", "missing number"],
)
def test_what_has_no_place_on_the_axes_is_refused(chart: LineChart) -> None:
    """A position, a region or a point outside the axes is a ValueError."""
    with pytest.raises(ValueError, match=r"outside|finite"):
        draw_lines(chart, **NAMES)
