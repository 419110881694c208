"""Bars, swings around a centre, corners and phases: lengths and areas tell the truth."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.charts.bars import Bar, BarChart, draw_bars
from workbook.charts.corners import Corner, CornerChart, draw_corners
from workbook.charts.swings import Swing, SwingChart, draw_swings
from workbook.charts.timeline import TimelineChart, TimelineSeries, draw_timeline

NAMES = {"title": "t", "description": "d"}


def _find_boxes(chart: str, class_: str) -> list[tuple[float, float]]:
    """Return width and height of the rectangles of a class."""
    paths = re.findall(rf'<path d="([^"]+)" class="{class_}"', chart)
    return [(float(w), float(h)) for path in paths for w, h in re.findall(r"h(\d[\d.]*)v(\d[\d.]*)h-", path)]


@given(values=st.lists(st.floats(1e4, 1e6), min_size=2, max_size=8))
def test_bars_are_as_long_as_their_values(values: list[float]) -> None:
    """Twice the value is twice the length, to the rounding of a tenth of a unit."""
    chart = draw_bars(BarChart(tuple(Bar("label", value, "") for value in values)), **NAMES)
    full = max(width for width, _ in _find_boxes(chart, "solid ink"))
    expected = [full * value / max(values) for value in values]
    drawn = [width for width, _ in _find_boxes(chart, "solid ink")]
    assert drawn == pytest.approx(expected, abs=0.21)


def test_a_second_value_is_outlined() -> None:
    """What is compared differs by more than colour."""
    chart = draw_bars(BarChart((Bar("label", 1, "1", 2, "2"),)), **NAMES)
    assert len(_find_boxes(chart, "solid ink")) == len(_find_boxes(chart, "open soil")) == 1


@pytest.mark.parametrize("value", [-1, 11, float("inf")])
def test_a_bar_that_cannot_be_drawn_is_refused(value: float) -> None:
    """Values below zero, over the top or without end are faults."""
    with pytest.raises(ValueError, match=r"between zero|finite"):
        draw_bars(BarChart((Bar("label", value, ""),), top=10), **NAMES)


def test_swings_run_from_the_centre() -> None:
    """A swing of ten down and twenty up is drawn one to two."""
    drawn = draw_swings(SwingChart((Swing("label", 20, 50, "20", "50"),), 30, "30", ("", "")), **NAMES)
    low, high = _find_boxes(drawn, "solid soil")[-1][0], _find_boxes(drawn, "open ink")[-1][0]
    assert high == pytest.approx(2 * low, abs=0.3)


def test_squares_have_areas_in_proportion() -> None:
    """Four times the value is twice the side."""
    corners = (Corner(1, ""), Corner(4, ""), Corner(0, ""), Corner(2, ""))
    chart = draw_corners(CornerChart(corners, ("", ""), ("", "")), **NAMES)
    sides = [width for width, _ in _find_boxes(chart, "solid seed")]
    assert sides == pytest.approx([52, 104, 104 / 2**0.5], abs=0.1)


def test_a_square_below_zero_is_refused() -> None:
    """An area cannot stand for a loss."""
    corner = Corner(-1, "")
    with pytest.raises(ValueError, match="below zero"):
        draw_corners(CornerChart((corner, corner, corner, corner), ("", ""), ("", "")), **NAMES)


def test_phases_are_as_high_as_their_values() -> None:
    """A role at the top of the scale fills its row, half of it half, and none or unknown nothing."""
    series = TimelineSeries("mirror", "seed", (4, 2, 0, None), ("", "", "", "not known"))
    chart = draw_timeline(TimelineChart(("a", "b", "c", "d"), (series,)), **NAMES)
    assert [height for _, height in _find_boxes(chart, "solid seed")] == [44, 22]
    assert ">not known</text>" in chart


def test_a_series_needs_every_phase() -> None:
    """A series of another length than the phases is a fault of the caller."""
    with pytest.raises(ValueError, match="each phase"):
        draw_timeline(TimelineChart(("a", "b"), (TimelineSeries("mirror", "seed", (1,), ("",)),)), **NAMES)
