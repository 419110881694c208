"""Scales and ticks."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.charts.pieces.scale import BandScale, LinearScale, choose_ticks, widen_domain

numbers = st.floats(-1e12, 1e12, allow_nan=False)
domains = st.tuples(numbers, numbers).map(lambda pair: (min(pair), max(pair)))


@given(domain=domains, share=st.floats(0, 1))
def test_a_value_of_the_domain_lands_within_the_span(domain: tuple[float, float], share: float) -> None:
    """Nothing that belongs on a chart is drawn beside it."""
    value = min(domain[1], domain[0] + (domain[1] - domain[0]) * share)
    assert 100 - 1e-6 <= LinearScale(domain, (100, 400))(value) <= 400 + 1e-6


@given(domain=domains, first=numbers, second=numbers)
def test_a_scale_keeps_the_order(domain: tuple[float, float], first: float, second: float) -> None:
    """A larger number is never drawn before a smaller one."""
    scale = LinearScale(domain, (0, 300))
    if domain[0] < domain[1] and first <= second:
        assert scale(first) <= scale(second)


def test_a_scale_may_run_upwards() -> None:
    """A y axis has its largest number at the top, where positions are small."""
    scale = LinearScale((0, 10), (200, 0))
    assert (scale(0), scale(5), scale(10)) == (200, 100, 0)


def test_a_single_number_stands_in_the_middle() -> None:
    """A domain of one number is no division by zero."""
    assert LinearScale((3, 3), (0, 100))(3) == 50


@pytest.mark.parametrize("domain", [(1, 0), (math.nan, 1), (0, math.inf)])
def test_an_impossible_domain_is_refused(domain: tuple[float, float]) -> None:
    """A domain that runs backwards or is not finite is a ValueError."""
    with pytest.raises(ValueError, match=r"smaller|finite"):
        LinearScale(domain, (0, 1))


@given(domain=domains, about=st.integers(2, 10))
def test_ticks_are_even_round_and_within_the_domain(domain: tuple[float, float], about: int) -> None:
    """Ticks ascend in equal steps of 1, 2 or 5 times a power of ten, never many more than asked for."""
    low, high = domain
    ticks = choose_ticks(low, high, about)
    assert 1 <= len(ticks) <= max(about, 5) + 2
    assert len(ticks) > 1 or math.isclose(low, high, abs_tol=1e-199)
    slack = max(abs(low), abs(high)) * 1e-8
    assert all(low - slack <= tick <= high + slack for tick in ticks)
    steps = [second - first for first, second in pairwise(ticks)]
    if steps:
        assert max(steps) - min(steps) <= max(map(abs, ticks)) * 1e-8
        leading = steps[0] / 10 ** math.floor(math.log10(steps[0] * 1.000001))
        assert min(abs(leading - round_step) for round_step in (1, 2, 5)) < 0.01


def test_ticks_of_a_scale_of_answers_are_its_steps() -> None:
    """The scale 0-4 has its five steps as ticks."""
    assert choose_ticks(0, 4, 4) == (0, 1, 2, 3, 4)


def test_ticks_carry_no_traces_of_binary() -> None:
    """Ticks read 0.3, not 0.30000000000000004."""
    assert choose_ticks(0, 0.5) == (0, 0.1, 0.2, 0.3, 0.4, 0.5)


@given(values=st.lists(numbers, min_size=1))
def test_a_widened_domain_holds_every_value(values: list[float]) -> None:
    """Widening never leaves a value out."""
    low, high = widen_domain(values)
    assert low <= min(values)
    assert max(values) <= high
    assert low < high


def test_a_domain_from_zero_holds_zero() -> None:
    """Bars and amounts start at nothing."""
    assert widen_domain([30, 80], from_zero=True) == (0, 80)


@given(count=st.integers(1, 50), gap=st.floats(0, 0.9))
def test_bands_are_apart_and_within_the_span(count: int, gap: float) -> None:
    """Bands never overlap, and the first and the last stay inside."""
    bands = BandScale(count, (40, 440), gap)
    assert bands.start(0) >= 40 - 1e-9
    assert bands.start(count - 1) + bands.width <= 440 + 1e-9
    assert all(bands.start(index) + bands.width <= bands.start(index + 1) + 1e-9 for index in range(count - 1))
