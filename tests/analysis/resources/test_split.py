"""One budget, one set of figures: uptake, the best split, the four corners."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.analysis.resources.split import (
    BestSplit,
    best_split,
    choose,
    four_corners,
    responses_bought,
    uptake,
)
from workbook.analysis.resources.value import FloatArray, evsi

shares = st.floats(0, 1)
factors = st.floats(1e-6, 1e6)


def published_case(factor: float = 1.0) -> BestSplit:
    """The larger case of the published table, all its money times `factor`."""
    return best_split(
        100_000 * factor,
        lambda data: evsi(0.0, 1.0, 3.0, responses_bought(data, 10_000 * factor, 500 * factor)),
        lambda use: uptake(use, 0.1, 0.9, 30_000 * factor),
        step=500 * factor,
    )


def test_symmetrical_case_published() -> None:
    """Two equal saturating curves split 100 in half, worth 0.842568."""

    def saturate(spend: FloatArray) -> FloatArray:
        return 1 - np.exp(-spend / 20)

    found = best_split(100, saturate, saturate)
    assert found.data == 50
    assert found.use == 50
    assert found.value == pytest.approx(0.842568, abs=5e-7)


def test_larger_case_published() -> None:
    """100,000 with a set-up cost: 33,000 on data, 46 responses, worth 0.297079."""
    found = published_case()
    assert found.data == 33_000
    assert responses_bought(found.data, 10_000, 500) == 46
    assert found.value == pytest.approx(0.297079, abs=5e-7)
    assert found.values[-1] == pytest.approx(0.038933, abs=5e-7)
    assert found.near_low <= 33_000 <= found.near_high


@given(factors)
def test_all_money_times_a_factor(factor: float) -> None:
    """Raising every price and the budget together changes nothing but the labels."""
    before, after = published_case(), published_case(factor)
    assert after.data == pytest.approx(before.data * factor, rel=1e-9)
    assert after.near_low == pytest.approx(before.near_low * factor, rel=1e-9)
    assert after.near_high == pytest.approx(before.near_high * factor, rel=1e-9)
    assert after.values == pytest.approx(before.values, rel=1e-9, abs=1e-12)


@given(factors, st.integers(0, 2000))
def test_whole_responses_survive_floating_point(factor: float, wanted: int) -> None:
    """Money for exactly so many responses buys that many, in any currency."""
    setup, unit_cost = 10_000 * factor, 500 * factor
    assert responses_bought((10_000 + 500 * wanted) * factor, setup, unit_cost) == wanted


def test_money_short_of_one_response() -> None:
    """Money short of the next response does not buy it, and less than the set-up buys none."""
    assert responses_bought(32_999.99, 10_000, 500) == 45
    assert responses_bought(9_000, 10_000, 500) == 0
    assert np.array_equal(responses_bought(np.array([0.0, 10_500.0]), 10_000, 500), [0, 1])


@given(shares, shares, st.floats(0, 1e9), st.floats(1e-3, 1e9), st.floats(0, 1e6))
def test_uptake_rises_between_its_ends(one: float, other: float, spend: float, scale: float, more: float) -> None:
    """Uptake starts at the baseline, never falls with spend, and never passes the ceiling."""
    low, high = sorted([one, other])
    assert uptake(0, low, high, scale) == low
    assert low <= uptake(spend, low, high, scale) <= high
    assert uptake(spend + more, low, high, scale) >= uptake(spend, low, high, scale) - 1e-15


def test_uptake_at_its_scale() -> None:
    """At the scale 63 % of the way is covered."""
    assert uptake(30_000, 0.1, 0.9, 30_000) == pytest.approx(0.1 + 0.8 * (1 - math.exp(-1)))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((1, 0.5, 0.4, 1), "must not be above the ceiling"),
        ((1, 0.5, 4, 1), "1 at most"),
        ((1, 0.1, 0.4, 0), "scale must be above zero"),
        ((-1, 0.1, 0.4, 1), "spend on use must be zero or more"),
        ((math.nan, 0.1, 0.4, 1), "ordinary number"),
    ],
)
def test_uptake_refuses(arguments: tuple[float, float, float, float], words: str) -> None:
    """Figures that mean nothing get a ValueError that says what is wrong."""
    with pytest.raises(ValueError, match=words):
        uptake(*arguments)


@given(
    st.floats(1, 1e10),
    st.floats(0, 1.2),
    st.floats(1e-5, 1.2),
    st.floats(0.01, 10),
    st.integers(1, 300),
)
def test_near_optimal_range_holds_the_best(
    budget: float, setup: float, unit_cost: float, scale: float, steps: int
) -> None:
    """Whatever the prices, the near-optimal range holds the best split and spends add up."""
    found = best_split(
        budget,
        lambda data: evsi(0.0, 1.0, 3.0, responses_bought(data, setup * budget, unit_cost * budget)),
        lambda use: uptake(use, 0.1, 0.9, scale * budget),
        steps=steps,
    )
    assert found.near_low <= found.data <= found.near_high
    assert found.data + found.use == pytest.approx(budget)
    assert found.value == pytest.approx(found.values.max(), rel=1e-11)


def test_near_optimal_splits_with_a_gap() -> None:
    """Near-optimal splits with worse ones between them are said not to be contiguous."""
    assert not choose(np.array([1.0, 0.1, 0.97, 0.2])).contiguous
    found = choose(np.array([0.1, 0.96, 1.0, 0.2]))
    assert (found.best, found.low, found.high, found.contiguous) == (2, 1, 2, True)


def test_result_cannot_be_changed() -> None:
    """The arrays of a result refuse to be written to."""
    with pytest.raises(ValueError, match="read-only"):
        published_case().values[0] = 1.0


def test_last_step_may_be_short() -> None:
    """A step that does not divide the budget still tries the whole budget, and nothing above."""
    found = best_split(10, lambda data: data, lambda use: use + 1, step=4)
    assert found.grid.tolist() == [0, 4, 8, 10]


@pytest.mark.parametrize(("budget", "words"), [(0, "no money to split"), (-1, "zero or more")])
def test_no_budget(budget: float, words: str) -> None:
    """Without money there is nothing to split, and the error says so."""
    with pytest.raises(ValueError, match=words):
        best_split(budget, lambda data: data, lambda use: use)


def test_steps_out_of_bounds() -> None:
    """Steps that are none, negative or beyond a million are refused."""
    with pytest.raises(ValueError, match="steps can be tried"):
        best_split(1, lambda data: data, lambda use: use, steps=0)
    with pytest.raises(ValueError, match="steps can be tried"):
        best_split(1e10, lambda data: data, lambda use: use, step=1)
    with pytest.raises(ValueError, match="step must be above zero"):
        best_split(1, lambda data: data, lambda use: use, step=0)


def test_values_below_zero_are_refused() -> None:
    """A learning curve below zero is refused: near-optimal would mean nothing."""
    with pytest.raises(ValueError, match="value of learning must be zero or more"):
        best_split(1, lambda data: data - 1, lambda use: use)


def test_four_corners_published() -> None:
    """Uptake 0.4 of an option worth N(1, sqrt 5): using 0.6, knowing 0.479811, both 1.079811."""
    found = four_corners(1, math.sqrt(5), 0.4)
    assert found.using == pytest.approx(0.6)
    assert found.knowing == pytest.approx(0.479811, abs=5e-7)
    assert found.both == pytest.approx(1.079811, abs=5e-7)


@given(st.floats(-5, 5), st.floats(0, 5), shares, shares)
def test_four_corners_add_up(mean: float, sd: float, one: float, other: float) -> None:
    """Using and knowing add up to both; each corner is worth at least the one it improves on."""
    today, best = sorted([one, other])
    found = four_corners(mean, sd, today, best)
    assert found.using + found.knowing == pytest.approx(found.both, abs=1e-12)
    assert found.a <= min(found.b, found.c) <= max(found.b, found.c) <= found.d
    expected = (best - today) * (found.d - found.b) / best if best else 0
    assert found.interaction == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("today", "best"), [(0.5, 0.4), (0.5, 1.5), (-0.1, 1), (math.nan, 1)])
def test_four_corners_refuses(today: float, best: float) -> None:
    """Use outside 0 to 1, or worse at its best than today, is refused."""
    with pytest.raises(ValueError, match=r"[Uu]se"):
        four_corners(1, 1, today, best)
