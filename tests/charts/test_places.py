"""The plane of soil and seeds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.charts.places import Place, PlaceChart, draw_places, spread_marks

EDGES = (20.0, 20.0, 420.0, 320.0)
points = st.tuples(st.floats(20, 420), st.floats(20, 320))


@given(points=st.lists(points, max_size=30) | st.lists(st.just((420.0, 320.0)), max_size=30))
def test_marks_never_overlap_and_stay_on_the_plane(points: list[tuple[float, float]]) -> None:
    """Thirty engagements, even all in one corner, can each be told apart."""
    spots = spread_marks(points, EDGES)
    for index, spot in enumerate(spots):
        assert 20 <= spot[0] <= 420
        assert 20 <= spot[1] <= 320
        assert all(math.dist(spot, other) >= 21 for other in spots[index + 1 :])


def test_a_mark_on_its_own_stays_at_its_place() -> None:
    """Only marks that would cover others move."""
    assert spread_marks([(100, 100), (300, 100)], EDGES) == [(100, 100), (300, 100)]


def test_a_moved_mark_is_tied_to_its_place() -> None:
    """A reader sees where a mark that stands aside belongs."""
    quarters = ("a", "b", "c", "d")
    apart = PlaceChart((Place("one", 20, 20), Place("two", 80, 80)), quarters, "x", "y")
    alike = PlaceChart((Place("one", 50, 50), Place("two", 50, 50)), quarters, "x", "y")
    assert 'class="tie"' not in draw_places(apart, title="t", description="d")
    assert 'class="tie"' in draw_places(alike, title="t", description="d")


def test_the_key_numbers_items_in_their_order() -> None:
    """Each label stands in the key, with its number on the plane and in the key."""
    chart = PlaceChart(tuple(Place(f"item {n}", n * 20, 50) for n in range(1, 4)), ("a", "b", "c", "d"), "x", "y")
    drawn = draw_places(chart, title="t", description="d")
    assert [drawn.count(f">{number}</text>") for number in (1, 2, 3, 4)] == [2, 2, 2, 0]
    assert drawn.index("item 1") < drawn.index("item 2") < drawn.index("item 3")


def test_an_item_off_the_plane_is_refused() -> None:
    """A score of 120 is a fault, not a mark at the edge."""
    with pytest.raises(ValueError, match="outside the plane"):
        draw_places(PlaceChart((Place("one", 120, 0),), ("", "", "", ""), "", ""), title="t", description="d")
