"""The value of learning: published numbers, and what must hold for any figures."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.analysis.resources.value import (
    evpi,
    evsi,
    normal_cdf,
    preposterior_sd,
    tabled_evpi,
    unit_normal_loss,
)

means = st.floats(-10, 10)
spreads = st.floats(0, 10)
counts = st.integers(0, 10_000)


def test_evpi_published() -> None:
    """Perfect information about N(1, sqrt 5) is worth 0.4798107."""
    assert evpi(1, math.sqrt(5)) == pytest.approx(0.4798107, abs=5e-8)


def test_evsi_published() -> None:
    """A hundred responses about N(1, 1), each with sd 1, are worth 0.0821176."""
    assert evsi(1, 1, 1, 100) == pytest.approx(0.0821176, abs=5e-8)


def test_normal_cdf_against_math_erf() -> None:
    """The distribution function agrees with math.erf to 1e-12, on and beside Cody's borders."""
    borders = [0.46875 * math.sqrt(2), 4 * math.sqrt(2)]
    points = np.concatenate([np.linspace(-12, 12, 20_001), borders, np.nextafter(borders, 9)])
    expected = [0.5 * (1 + math.erf(x / math.sqrt(2))) for x in points]
    assert np.max(np.abs(normal_cdf(points) - expected)) < 1e-12


def test_tail_keeps_its_digits() -> None:
    """Far out in the tail the distribution function is right to twelve digits, not just small."""
    points = np.linspace(-30, -5, 101)
    expected = [0.5 * math.erfc(-x / math.sqrt(2)) for x in points]
    assert normal_cdf(points) == pytest.approx(np.array(expected), rel=1e-12)


def test_table_against_formula() -> None:
    """The table used over draws is within 5e-12 of one sd of the formula, and never negative."""
    ratios = np.linspace(0, 12, 300_007)
    tabled = tabled_evpi(ratios, np.ones_like(ratios))
    assert np.max(np.abs(tabled - unit_normal_loss(ratios))) < 5e-12
    assert tabled.min() >= 0


def test_table_with_nothing_to_learn() -> None:
    """The table gives 0, not NaN, where the sd is 0, whatever the mean."""
    assert tabled_evpi(np.array([0.0, 1e200, 3.0]), np.zeros(3)).tolist() == [0, 0, 0]


def test_scalars_give_a_float_and_arrays_broadcast() -> None:
    """Single numbers give a plain float; arrays broadcast and agree with the single numbers."""
    assert type(evpi(1, 2)) is float
    assert type(evsi(1, 1, 1, 3)) is float
    table = evsi(np.array([[0.0], [1.0]]), 1.0, 2.0, np.array([0, 5, 50]))
    assert isinstance(table, np.ndarray)
    assert table.shape == (2, 3)
    assert table[1, 2] == pytest.approx(evsi(1, 1, 2, 50), rel=1e-14)


def test_nothing_to_learn_is_worth_nothing() -> None:
    """No responses, or no doubt today, are worth exactly 0."""
    assert evsi(0, 1, 1, 0) == 0
    assert evsi(0, 1, 0, 0) == 0
    assert evsi(0.3, 0, 1, 10) == 0
    assert evpi(2, 0) == 0
    assert evpi(0, 0) == 0


def test_answers_without_noise_are_perfect_information() -> None:
    """One response that is never wrong is worth perfect information."""
    assert evsi(0.4, 1.5, 0, 1) == pytest.approx(evpi(0.4, 1.5), rel=1e-14)


@given(means, spreads, spreads, counts, counts)
def test_more_responses_never_worth_less(mean: float, prior_sd: float, obs_sd: float, n: int, more: int) -> None:
    """More responses are never worth less, and never more than perfect information."""
    few, many = evsi(mean, prior_sd, obs_sd, n), evsi(mean, prior_sd, obs_sd, n + more)
    assert 0 <= few <= many + 1e-12
    assert many <= evpi(mean, prior_sd) + 1e-12


@given(means, st.floats(1e-6, 10), st.floats(0.1, 100))
def test_evpi_follows_its_units(mean: float, sd: float, factor: float) -> None:
    """In other units the value changes by the same factor; the sign of the lean does not matter."""
    assert evpi(mean * factor, sd * factor) == pytest.approx(evpi(mean, sd) * factor, rel=1e-9)
    assert evpi(-mean, sd) == evpi(mean, sd)


@given(means, st.floats(0.01, 10))
def test_evpi_against_its_definition(mean: float, sd: float) -> None:
    """Evpi is E max(effect, 0) - max(mean, 0), here by numerical integration."""
    z = np.linspace(-12, 12, 40_001)
    weights = np.exp(-z * z / 2)
    gained = np.maximum(mean + sd * z, 0) @ weights / weights.sum()
    assert evpi(mean, sd) == pytest.approx(gained - max(mean, 0), abs=1e-6 * sd)


@given(st.floats(0.01, 10), st.floats(0, 10), st.integers(1, 1000))
def test_preposterior_sd_formula(prior_sd: float, obs_sd: float, n: int) -> None:
    """The preposterior sd follows prior^2 / sqrt(prior^2 + obs^2 / n)."""
    expected = prior_sd**2 / math.sqrt(prior_sd**2 + obs_sd**2 / n)
    assert preposterior_sd(prior_sd, obs_sd, n) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("bad", [-1.0, math.nan, math.inf])
def test_bad_figures_are_refused(bad: float) -> None:
    """A negative, missing or endless figure gets a ValueError that says which one."""
    with pytest.raises(ValueError, match="standard deviation must be"):
        evpi(0, bad)
    with pytest.raises(ValueError, match="number of responses must be"):
        evsi(0, 1, 1, bad)
    with pytest.raises(ValueError, match="what we know today must be"):
        evsi(0, np.array([1.0, bad]), 1, 1)
    with pytest.raises(ValueError, match="one response must be"):
        evsi(0, 1, bad, 1)


def test_a_mean_that_is_no_number_is_refused() -> None:
    """A mean may be negative but not NaN."""
    with pytest.raises(ValueError, match="The mean must be an ordinary number"):
        evpi(math.nan, 1)
