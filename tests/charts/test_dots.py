"""Dots per voice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.charts.dots import DotAnswers, DotChart, DotRow, DotSeries, draw_dots
from workbook.charts.pieces.marks import trace_dots

SERIES = (DotSeries("seed", "seed"), DotSeries("soil", "soil", "square"))
NAMES = {"title": "t", "description": "d"}


def _find_dots(chart: str, shape: str) -> list[tuple[float, float]]:
    """Return the places of the dots of one shape, the legend's sample left out."""
    paths = re.findall(rf'<path d="([^"]+)" class="voice {shape} ', chart)
    return [place for path in paths[1:] for place in _read_dots(path)]


def _read_dots(path: str) -> Iterator[tuple[float, float]]:
    """Yield where each dot of a path lies: after `M` from the corner, after `m` from the end of the one before."""
    x = y = 0.0
    for way, first, second in re.findall(r"([Mm])(-?[\d.]+) ?(-?[\d.]+)h\.01", path):
        x, y = (float(first), float(second)) if way == "M" else (x + 0.01 + float(first), y + float(second))
        yield x, y


@given(points=st.lists(st.tuples(*[st.integers(-6000, 6000)] * 2), max_size=60))
def test_a_dot_told_from_the_one_before_lies_where_it_is_to_lie(points: list[tuple[int, int]]) -> None:
    """However many come one after the other, none is off by more than a rounding."""
    places = [(x / 10, y / 10) for x, y in points]
    found = list(_read_dots(trace_dots(places)))
    assert len(found) == len(places)
    assert all(
        abs(a - b) < 0.06 for one, other in zip(found, places, strict=True) for a, b in zip(one, other, strict=True)
    )


@given(values=st.lists(st.sampled_from([0, 0.5, 1, 1.3, 2, 3, 4]), min_size=1, max_size=40))
def test_every_voice_has_a_dot_of_its_own(values: list[float]) -> None:
    """No answer is hidden behind an equal one."""
    chart = DotChart(SERIES[:1], (DotRow("row", (DotAnswers(tuple(values)),)),), ("low", "high"))
    places = _find_dots(draw_dots(chart, **NAMES), "round")
    assert len(places) == len(values)
    assert len(set(places)) == len(places)


def test_the_order_of_voices_changes_nothing() -> None:
    """Who answered first cannot be read from a chart."""
    rows = [DotRow("row", (DotAnswers(values),)) for values in ((1, 3, 3, 4), (4, 3, 1, 3))]
    first, second = (draw_dots(DotChart(SERIES[:1], (row,), ("low", "high")), **NAMES) for row in rows)
    assert first == second


def test_series_differ_in_shape() -> None:
    """Seed is round and soil is square, for those who see no colours."""
    chart = draw_dots(DotChart(SERIES, (DotRow("row", (DotAnswers((1,)), DotAnswers((2, 3)))),), ("", "")), **NAMES)
    assert (len(_find_dots(chart, "round")), len(_find_dots(chart, "square"))) == (1, 2)


def test_a_row_without_answers_says_so() -> None:
    """The caller's words stand where the dots would be."""
    chart = draw_dots(DotChart(SERIES[:1], (DotRow("row", (DotAnswers(words="held back"),)),), ("", "")), **NAMES)
    assert ">held back</text>" in chart
    assert _find_dots(chart, "round") == []


def test_the_legend_names_only_what_is_there() -> None:
    """Without an agreed answer there is no diamond to explain."""
    rows = (DotRow("row", (DotAnswers((1,), middle=1),)),)
    chart = draw_dots(DotChart(SERIES[:1], rows, ("", "")), **NAMES)
    assert ">the middle</text>" in chart
    assert ">agreed</text>" not in chart


def test_ten_facets_of_eight_voices_are_small() -> None:
    """The figure of a whole chapter stays under 12 KiB."""
    answers = DotAnswers((0, 1, 1, 2, 2, 3, 3.5, 4), middle=2, agreed=3)
    rows = tuple(DotRow(f"What counts as evidence, facet {index}", (answers, answers)) for index in range(10))
    assert len(draw_dots(DotChart(SERIES, rows, ("not at all", "wholly")), **NAMES).encode()) < 12 * 1024


@pytest.mark.parametrize("value", [5, -1, float("nan")])
def test_a_value_off_the_scale_is_refused(value: float) -> None:
    """A dot is never drawn where nobody answered."""
    with pytest.raises(ValueError, match=r"outside|finite"):
        draw_dots(DotChart(SERIES[:1], (DotRow("row", (DotAnswers((value,)),)),), ("", "")), **NAMES)


def test_a_row_needs_answers_for_every_series() -> None:
    """A row of another length than the chart's series is a fault of the caller."""
    with pytest.raises(ValueError, match="2 series"):
        draw_dots(DotChart(SERIES, (DotRow("row", (DotAnswers((1,)),)),), ("", "")), **NAMES)


def test_a_target_is_a_triangle_under_its_lane_and_stands_in_the_legend() -> None:
    """It is there with and without answers, on the scale or refused; no target, no entry."""
    aims = DotRow("row", (DotAnswers((1, 3), target=4), DotAnswers(words="not answered", target=0)))
    chart = draw_dots(DotChart(SERIES, (aims,), ("low", "high"), target_word="where we want to be"), **NAMES)
    assert chart.count('class="target"') == 3  # the legend's and two lanes'
    assert "where we want to be" in chart
    plain = draw_dots(DotChart(SERIES[:1], (DotRow("row", (DotAnswers((1, 3)),)),), ("low", "high")), **NAMES)
    assert "target" not in plain
    with pytest.raises(ValueError, match="outside the scale"):
        draw_dots(DotChart(SERIES[:1], (DotRow("row", (DotAnswers(target=5),)),), ("low", "high")), **NAMES)
