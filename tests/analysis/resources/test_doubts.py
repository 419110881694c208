"""Ranges, PERT draws, and streams that do not depend on one another."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.analysis.resources.doubts import (
    AudienceDoubts,
    Doubt,
    Doubts,
    Range,
    draw_chunks,
    draw_pert,
)

TRUSTEES = AudienceDoubts("trustees", 30, Range(0, 0.1, 0.2), Range(0.4, 0.6, 0.9), Range(1e4, 3e4, 9e4))
GRANTEES = AudienceDoubts("grantees", 70, Range(0.1, 0.2, 0.3), Range(0.5, 0.8, 0.9), Range(2e4, 4e4, 8e4))
DOUBTS = Doubts(
    budget=Range.exactly(1e5),
    setup=Range(5e3, 1e4, 2e4),
    unit_cost=Range(300, 500, 900),
    mean=Range(-0.3, 0.1, 0.6),
    prior_sd=Range(0.5, 1, 2),
    obs_sd=Range(2, 3, 5),
    audiences=(TRUSTEES, GRANTEES),
)

rising = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted)


def stream() -> np.random.Generator:
    """One seeded generator."""
    return np.random.Generator(np.random.PCG64(7))


@given(rising)
def test_draws_stay_in_their_range(ends: list[float]) -> None:
    """No draw leaves the range, however narrow it is and wherever its likeliest value."""
    drawn = draw_pert(Range(*ends), 100, stream())
    assert drawn.shape == (100,)
    assert ends[0] <= drawn.min() <= drawn.max() <= ends[2]


@pytest.mark.parametrize("likely", [10, 12, 17, 30])
def test_pert_moments(likely: float) -> None:
    """The draws have PERT's mean and variance, with the likeliest value at either end too."""
    drawn = draw_pert(Range(10, likely, 30), 200_000, stream())
    mean = (10 + 4 * likely + 30) / 6
    assert drawn.mean() == pytest.approx(mean, abs=0.05)
    assert drawn.var() == pytest.approx((mean - 10) * (30 - mean) / 7, rel=0.03)


def test_certain_range() -> None:
    """Low = likely = high draws that one value."""
    assert draw_pert(Range.exactly(5), 3, stream()).tolist() == [5, 5, 5]


def test_other_audiences_change_no_draws() -> None:
    """Another order of audiences, or one audience fewer, leaves the other draws as they were."""
    both = next(draw_chunks(DOUBTS, 50, 1))
    turned = next(draw_chunks(replace(DOUBTS, audiences=(GRANTEES, TRUSTEES)), 50, 1))
    alone = next(draw_chunks(replace(DOUBTS, audiences=(TRUSTEES,)), 50, 1))
    assert list(both) == list(turned)
    assert all(np.array_equal(both[doubt], turned[doubt]) for doubt in both)
    assert all(np.array_equal(both[doubt], alone[doubt]) for doubt in alone)
    assert Doubt("ceiling", "grantees") not in alone


def test_inputs_have_streams_of_their_own() -> None:
    """Two inputs with the same range are drawn apart, and so are two seeds."""
    twins = replace(DOUBTS, prior_sd=Range(2, 3, 5))
    drawn = next(draw_chunks(twins, 2_000, 1))
    correlation = np.corrcoef(drawn[Doubt("prior_sd")], drawn[Doubt("obs_sd")])[0, 1]
    assert abs(correlation) < 0.1
    other = next(draw_chunks(twins, 2_000, 2))
    assert not np.array_equal(drawn[Doubt("obs_sd")], other[Doubt("obs_sd")])


def test_more_draws_continue_the_same_ones() -> None:
    """The first draws of a long run are those of a short one, across chunks."""
    chunks = list(draw_chunks(DOUBTS, 25_000, 1))
    assert [chunk[Doubt("mean")].size for chunk in chunks] == [8_333, 8_333, 8_334]
    long = np.concatenate([chunk[Doubt("setup")] for chunk in chunks])
    short = next(draw_chunks(DOUBTS, 9_000, 1))[Doubt("setup")]
    assert np.array_equal(long[:9_000], short)


@pytest.mark.parametrize("ends", [(2, 1, 3), (1, 3, 2), (math.nan, 1, 2), (1, 2, math.inf)])
def test_ranges_refused(ends: tuple[float, float, float]) -> None:
    """Ends that do not rise, or are no numbers, are refused."""
    with pytest.raises(ValueError, match="Low, likely and high must"):
        Range(*ends)


@pytest.mark.parametrize(
    ("field", "figure", "words"),
    [
        ("budget", Range(0, 1, 2), "no money to split"),
        ("unit_cost", Range.exactly(0), "cost of one response"),
        ("setup", Range(-1, 0, 1), "Set-up cost"),
        ("prior_sd", Range(-1, 0, 1), "standard deviations"),
        ("obs_sd", Range(-1, 0, 1), "standard deviations"),
    ],
)
def test_doubts_refused(field: str, figure: Range, words: str) -> None:
    """Money or spreads below what makes sense are refused by name."""
    change: dict[str, Any] = {field: figure}
    with pytest.raises(ValueError, match=words):
        replace(DOUBTS, **change)


def test_audiences_refused() -> None:
    """No audience, no weight at all, or one key twice, is refused."""
    weightless = replace(TRUSTEES, weight=0)
    for audiences, words in [
        ((), "at least one audience"),
        ((weightless,), "at least one audience"),
        ((TRUSTEES, TRUSTEES), "same key"),
    ]:
        with pytest.raises(ValueError, match=words):
            replace(DOUBTS, audiences=audiences)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("weight", -1, "weight must be zero or more"),
        ("weight", math.nan, "weight must be zero or more"),
        ("baseline", Range(0.1, 0.7, 0.8), "must not be above the ceiling"),
        ("baseline", Range(-0.1, 0, 0.1), "shares of people"),
        ("ceiling", Range(0.4, 0.6, 1.1), "shares of people"),
        ("scale", Range(0, 1, 2), "scale"),
    ],
)
def test_audience_refused(field: str, value: float | Range, words: str) -> None:
    """An audience's impossible figure is refused, with the audience's key."""
    change: dict[str, Any] = {field: value}
    with pytest.raises(ValueError, match=f"trustees: .*{words}"):
        replace(TRUSTEES, **change)


def test_no_draws_refused() -> None:
    """Fewer than one draw is refused."""
    with pytest.raises(ValueError, match="At least one draw"):
        next(draw_chunks(DOUBTS, 0, 1))
