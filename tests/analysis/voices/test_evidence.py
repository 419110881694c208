"""How much is needed: what the parts of a reading carry, counted once for all chapters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.analysis.voices.evidence import Evidence, Part, count_people, find_leaders, find_most
from workbook.model.answers import Response

UNKNOWN, DISPUTED = Part(known=False), Part(known=True, disputed=True, backing=5)
BY_ONE, BY_TWO, AGREED = Part(known=True, backing=1), Part(known=True, backing=2), Part(known=True, agreed=True)


@pytest.mark.parametrize(
    ("parts", "carries"),
    [
        ([UNKNOWN] * 10, "nothing"),
        ([BY_TWO] * 5 + [UNKNOWN] * 5, "parts"),
        ([BY_TWO] * 5 + [DISPUTED] + [UNKNOWN] * 4, "disputed"),
        ([DISPUTED] + [UNKNOWN] * 9, "disputed"),
        ([BY_TWO] * 6 + [DISPUTED] * 4, "all"),
        ([BY_ONE] * 6 + [UNKNOWN] * 4, "one_voice"),
        ([BY_ONE] * 5 + [BY_TWO] * 5, "one_voice"),
        ([BY_ONE] * 4 + [AGREED] * 6, "all"),
        ([BY_TWO, UNKNOWN, UNKNOWN], "parts"),
        ([BY_TWO, AGREED, UNKNOWN], "all"),
        ([], "nothing"),
    ],
)
def test_what_is_known_carries_so_much(parts: list[Part], carries: str) -> None:
    """Six of ten, or two of three, undisputed and backed by two voices or the group, carry a sentence about all."""
    assert Evidence(tuple(parts)).carries == carries


@given(st.lists(st.sampled_from([UNKNOWN, DISPUTED, BY_ONE, BY_TWO, AGREED]), min_size=1, max_size=12))
def test_a_dispute_never_makes_a_verdict(parts: list[Part]) -> None:
    """Whatever is known, taking the answers on one part for disputed allows no more than before."""
    worth = ("nothing", "parts", "disputed", "one_voice", "all")
    before = Evidence(tuple(parts))
    for place, part in enumerate(parts):
        if part.known:
            after = Evidence((*parts[:place], DISPUTED, *parts[place + 1 :]))
            assert not after.is_enough or before.is_enough
            assert not after.is_enough or worth.index(after.carries) <= worth.index(before.carries)
            assert not after.allows_number or before.allows_number


def test_a_number_takes_three_quarters_of_its_answers() -> None:
    """Five of eight carry a sentence and no number."""
    five, six = (Evidence((BY_TWO,) * known + (UNKNOWN,) * (8 - known)) for known in (5, 6))
    assert (five.is_enough, five.allows_number, six.allows_number) == (True, False, True)


@pytest.mark.parametrize(
    ("counts", "most"),
    [({"a": 3, "b": 3}, None), ({"a": 3, "b": 2, "c": 1}, "a"), ({"a": 2, "b": 2, "c": 1}, None), ({}, None)],
)
def test_most_is_half_and_more_than_anything_else(counts: dict[str, int], most: str | None) -> None:
    """A tie is nobody's."""
    assert find_most(counts) == most


@pytest.mark.parametrize(
    ("points", "leaders"),
    [
        ({"trust": 34, "groups": 33, "residents": 33}, ("trust", "groups", "residents")),
        ({"trust": 40, "groups": 30, "residents": 30}, ("trust",)),
        ({"trust": 100}, ()),
    ],
)
def test_a_small_lead_is_none(points: dict[str, float], leaders: tuple[str, ...]) -> None:
    """34, 33 and 33 are alike, and an audience alone leads nobody."""
    assert find_leaders(points) == leaders


def test_people_are_counted_once() -> None:
    """Those with a label once over all answers, those without as many as gave any one of them."""
    groups = [[Response(value=1, voice="A"), Response(value=2)], [Response(value=1, voice="A"), Response(value=3)]]
    assert count_people(groups) == 2
