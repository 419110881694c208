"""The map of factors."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.charts.network.network import LABELLED, Factor, NetworkChart, NetworkLink, draw_network, place_factors
from workbook.charts.pieces.frame import WIDE
from workbook.charts.pieces.text import LINE, SMALL, measure_text

NAMES = {"title": "t", "description": "d"}
LABEL = "People who benefit are heard, and what they say changes the plan of the year"


def _make_map(count: int, pairs: list[tuple[int, int]], label: str = LABEL) -> NetworkChart:
    factors = tuple(
        Factor(str(index), f"{index} {label}", ("box", "pill", "hexagon")[index % 3]) for index in range(count)
    )
    return NetworkChart(factors, tuple(NetworkLink(str(source), str(target)) for source, target in pairs))


@st.composite
def maps(draw: st.DrawFn) -> NetworkChart:
    """Maps of up to 60 factors, with loops, links both ways, repeated links and links to oneself."""
    count = draw(st.integers(1, 60))
    ends = st.integers(0, count - 1)
    return _make_map(count, draw(st.lists(st.tuples(ends, ends), max_size=2 * count)), draw(st.text(max_size=80)))


@given(chart=maps())
@settings(max_examples=25, deadline=None)
def test_no_two_factors_overlap_and_all_stay_inside(chart: NetworkChart) -> None:
    """Up to 60 factors, however linked, each have a box of their own, and their words stay in it."""
    placed, height = place_factors(chart)
    assert [each.factor for each in placed] == list(chart.factors)
    for index, each in enumerate(placed):
        box = each.box
        assert box.half_width < box.x < WIDE - box.half_width
        assert box.half_height < box.y < height - box.half_height
        assert all(measure_text(line, SMALL) <= 2 * box.half_width for line in each.lines)
        assert len(each.lines) * SMALL * LINE <= 2 * box.half_height
        for other in placed[index + 1 :]:
            apart = abs(box.x - other.box.x) > 2 * box.half_width or abs(box.y - other.box.y) > 2 * box.half_height
            assert apart


@given(chart=maps())
@settings(max_examples=10, deadline=None)
def test_every_link_is_drawn_with_a_line_a_head_and_a_sign(chart: NetworkChart) -> None:
    """No link is lost, whatever the map."""
    drawn = draw_network(chart, **NAMES)
    legend, _, body = drawn.partition('<g transform="translate(')
    line = re.search(r'<path d="([^"]+)" class="link believed ink"', body)
    head = re.search(r'<path d="([^"]+)" class="solid ink"', body)
    disc = re.search(r'<path d="([^"]+)" class="disc believed ink"', body)
    assert "<svg " in legend
    assert [(found[1].count("M") if found else 0) for found in (line, head, disc)] == [len(chart.links)] * 3


def test_linked_factors_stand_near_one_another() -> None:
    """In a chain of twelve no link is longer than the way to the next cell."""
    placed, _ = place_factors(_make_map(12, [(index, index + 1) for index in range(11)]))
    for first, second in pairwise(placed):
        assert abs(first.box.x - second.box.x) <= 161
        assert abs(first.box.y - second.box.y) <= 113


def test_large_maps_are_numbered_with_a_key() -> None:
    """Beyond the room for labels, numbers stand on the map and labels under it, unless the caller has a table."""
    chart = _make_map(LABELLED + 1, [])
    assert f">{LABELLED + 1}</text>" in draw_network(chart, **NAMES)
    assert "benefit" in draw_network(chart, **NAMES)
    assert "benefit" not in draw_network(NetworkChart(chart.factors, key=False), **NAMES)


def test_polarity_and_certainty_show_without_colour() -> None:
    """Less is dashed and more is not; how sure a link is shows in the weight of its line."""
    factors = (Factor("a", "A"), Factor("b", "B"))
    links = (NetworkLink("a", "b", True, "tested"), NetworkLink("b", "a", False, "guessed"))
    drawn = draw_network(NetworkChart(factors, links), **NAMES)
    assert 'class="link tested ink"' in drawn
    assert 'class="link guessed soil dashed"' in drawn


def test_a_link_to_nowhere_is_refused() -> None:
    """A link's ends must be on the map."""
    with pytest.raises(ValueError, match="does not hold"):
        draw_network(NetworkChart((Factor("a", "A"),), (NetworkLink("a", "z"),)), **NAMES)


def test_a_key_used_twice_is_refused() -> None:
    """Two factors of one key could not be told apart by a link."""
    with pytest.raises(ValueError, match="share a key"):
        draw_network(NetworkChart((Factor("a", "A"), Factor("a", "B"))), **NAMES)
