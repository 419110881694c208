"""How many interviews: the published number, and exactness against sums by hand."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.analysis.discovery.interviews import interviews_needed


def chance(n: int, prevalence: float, mentions: int) -> float:
    """P(Binomial(n, prevalence) >= mentions), term by term."""
    return 1 - math.fsum(math.comb(n, k) * prevalence**k * (1 - prevalence) ** (n - k) for k in range(mentions))


def test_published() -> None:
    """A theme that one in ten hold is heard twice with 80 % chance from 29 interviews on."""
    assert interviews_needed(0.10, 2, 0.80) == 29


@settings(max_examples=60)
@given(st.floats(0.02, 0.98), st.integers(1, 6), st.floats(0.05, 0.99))
def test_smallest_number(prevalence: float, mentions: int, power: float) -> None:
    """The number found reaches the power and one interview fewer does not."""
    found = interviews_needed(prevalence, mentions, power)
    assert chance(found, prevalence, mentions) >= power - 1e-9
    assert found == mentions or chance(found - 1, prevalence, mentions) < power + 1e-9


@given(st.floats(0.001, 0.999), st.integers(1, 10), st.floats(0.1, 0.98))
def test_harder_questions_need_no_fewer(prevalence: float, mentions: int, power: float) -> None:
    """A rarer theme, one mention more or a higher power never needs fewer interviews."""
    found = interviews_needed(prevalence, mentions, power)
    assert interviews_needed(prevalence * 0.9, mentions, power) >= found
    assert interviews_needed(prevalence, mentions + 1, power) > found
    assert interviews_needed(prevalence, mentions, power + 0.01) >= found


def test_equality_is_enough() -> None:
    """A chance that equals the power counts, though it cannot be written exactly in binary."""
    assert interviews_needed(0.2, 1, 0.2) == 1
    assert interviews_needed(0.1, 1, 0.19) == 2


def test_everybody_says_it() -> None:
    """Where everybody holds the theme, as many interviews as mentions are enough."""
    assert interviews_needed(1, 3, 0.99) == 3


def test_very_rare_theme() -> None:
    """At one in a thousand million the number follows Poisson's approximation, to the digit."""
    found = interviews_needed(1e-9, 1, 0.5)
    assert found == pytest.approx(math.log(2) * 1e9, rel=1e-8)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0, 2, 0.8), "prevalence"),
        ((1.1, 2, 0.8), "prevalence"),
        ((math.nan, 2, 0.8), "prevalence"),
        ((0.1, 0, 0.8), "mentions"),
        ((0.1, 1.5, 0.8), "mentions"),
        ((0.1, 2, 1), "power"),
        ((0.1, 2, 0), "power"),
    ],
)
def test_impossible_questions(arguments: tuple[float, int, float], words: str) -> None:
    """A question without an answer gets a ValueError that names the figure to change."""
    with pytest.raises(ValueError, match=words):
        interviews_needed(*arguments)
