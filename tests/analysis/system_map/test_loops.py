"""Loops and ways through a map of numbered factors."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.analysis.system_map.loops import find_cycles, lead_to, list_pairs, reach_from

PAIRS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14)


def find_by_hand(pairs: set[tuple[int, int]], longest: int) -> set[tuple[int, ...]]:
    """Walk every way without a repeat that comes back to its smallest number."""
    found: set[tuple[int, ...]] = set()
    waiting = [(start,) for start in range(7)]
    while waiting:
        way = waiting.pop()
        for source, target in pairs:
            if source != way[-1]:
                continue
            if target == way[0]:
                found.add(way)
            elif target > way[0] and target not in way and len(way) < longest:
                waiting.append((*way, target))
    return found


@given(pairs=PAIRS, longest=st.integers(1, 7))
@settings(max_examples=60, deadline=None)
def test_every_loop_is_found_once(pairs: set[tuple[int, int]], longest: int) -> None:
    """Nothing is missed and nothing is found twice, loops of one factor among them."""
    found, more = find_cycles(pairs, longest=longest, most=100_000)
    assert len(set(found)) == len(found)
    assert set(found) == find_by_hand(pairs, longest)
    assert not more


@given(pairs=PAIRS)
@settings(max_examples=40, deadline=None)
def test_every_loop_runs_over_links_there_are(pairs: set[tuple[int, int]]) -> None:
    """A loop's links are links of the map, the one back to its start among them."""
    for cycle in find_cycles(pairs, longest=7, most=100_000)[0]:
        assert set(list_pairs(cycle)) <= pairs


def test_the_search_stops_and_says_so() -> None:
    """In a map of sixty factors all linked to all, the search is bounded and keeps the shortest loops."""
    pairs = {(a, b) for a in range(60) for b in range(60) if a != b}
    found, more = find_cycles(pairs, longest=8, most=200)
    assert (len(found), more) == (200, True)
    assert {len(cycle) for cycle in found} == {2}


def test_exactly_as_many_loops_as_may_be_found_are_all_of_them() -> None:
    """Two loops, at most two: nothing is said to be left."""
    assert find_cycles({(0, 1), (1, 0), (1, 1)}, longest=8, most=2) == (((1,), (0, 1)), False)
    assert find_cycles({(0, 1), (1, 0), (1, 1)}, longest=8, most=1) == (((1,),), True)


@given(pairs=PAIRS, start=st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_reach_and_lead_mirror_each_other(pairs: set[tuple[int, int]], start: int) -> None:
    """One factor leads to another just where the other is reached from it."""
    for end in range(7):
        if end != start:
            assert (end in reach_from(start, pairs)) == (start in lead_to(end, pairs))
