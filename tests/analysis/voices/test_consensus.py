"""Agreement between voices: published values, and what relabelling must not change."""

import math
import random
import subprocess
import sys
from collections.abc import Callable, Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workbook.analysis.voices.consensus import agreement, concordance, consensus

counts = st.lists(st.integers(0, 50), min_size=2, max_size=9).filter(any)
rankings = st.integers(2, 6).flatmap(
    lambda items: st.lists(st.lists(st.integers(1, 5), min_size=items, max_size=items), min_size=2, max_size=6)
)


@pytest.mark.parametrize(
    ("given_counts", "expected", "precision"),
    [
        ([30, 40, 210, 130, 530, 50, 10], 0.6113333, 5e-8),
        ([2, 0, 1, 1], 0.0833, 5e-5),
        ([2, 0, 0, 2], -1, 1e-12),
        ([3, 3, 3, 3, 3], 0, 1e-12),
        ([0, 0, 7], 1, 1e-12),
        ([5, 5], 0, 1e-12),
    ],
)
def test_agreement_published(given_counts: list[int], expected: float, precision: float) -> None:
    """Van der Eijk's A takes its published values, and 0 for even, -1 for split, 1 for one mind."""
    assert agreement(given_counts) == pytest.approx(expected, abs=precision)


@pytest.mark.parametrize(
    ("given_counts", "expected"),
    [([30, 40, 210, 130, 530, 50, 10], 0.7256876), ([2, 0, 0, 2], 0), ([0, 4, 0], 1)],
)
def test_consensus_published(given_counts: list[int], expected: float) -> None:
    """Tastle and Wierman's consensus takes its published values."""
    assert consensus(given_counts) == pytest.approx(expected, abs=5e-8)


def test_concordance_published() -> None:
    """Kendall's W, tie-corrected, of the anxiety ratings in R's irr and DescTools: 0.5396569."""
    ratings = [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ]
    assert concordance(ratings) == pytest.approx(0.5396569, abs=5e-8)


@given(counts)
def test_ranges(given_counts: list[int]) -> None:
    """A lies between -1 and 1, consensus between 0 and 1."""
    assert -1 <= agreement(given_counts) <= 1
    assert 0 <= consensus(given_counts) <= 1


@given(counts)
def test_reading_the_steps_backwards(given_counts: list[int]) -> None:
    """Turning the scale round changes neither."""
    backwards = given_counts[::-1]
    assert agreement(backwards) == pytest.approx(agreement(given_counts), abs=1e-12)
    assert consensus(backwards) == pytest.approx(consensus(given_counts), abs=1e-12)


@given(counts, st.integers(2, 5))
def test_doubling_every_voice(given_counts: list[int], times: int) -> None:
    """The same voices several times over agree as much as once."""
    more = [count * times for count in given_counts]
    assert agreement(more) == pytest.approx(agreement(given_counts), abs=1e-12)
    assert consensus(more) == pytest.approx(consensus(given_counts), abs=1e-12)


@given(st.integers(2, 9), st.integers(1, 50), st.data())
def test_one_mind(steps: int, voices: int, data: st.DataObject) -> None:
    """Everybody on one step is full agreement, wherever the step is."""
    given_counts = [0] * steps
    given_counts[data.draw(st.integers(0, steps - 1))] = voices
    assert agreement(given_counts) == 1
    assert consensus(given_counts) == 1


@given(rankings, st.randoms(use_true_random=False))
def test_order_of_voices_and_items(rows: list[list[int]], shuffler: random.Random) -> None:
    """Neither the order of voices nor that of items changes W, and W lies between 0 and 1."""
    assume(any(len(set(row)) > 1 for row in rows))
    expected = concordance(rows)
    items = list(range(len(rows[0])))
    shuffler.shuffle(items)
    shuffled = [[row[item] for item in items] for row in rows]
    shuffler.shuffle(shuffled)
    assert 0 <= expected <= 1
    assert concordance(shuffled) == pytest.approx(expected, abs=1e-12)


@given(st.permutations(range(1, 6)), st.integers(2, 6))
def test_same_ranking_from_all(ranking: list[int], voices: int) -> None:
    """Voices that rank alike have W = 1, on whatever numbers they write their ranks."""
    assert concordance([ranking] * voices) == pytest.approx(1)
    scored = [[10 * rank for rank in ranking], *[ranking] * (voices - 1)]
    assert concordance(scored) == pytest.approx(1)


def test_opposite_rankings() -> None:
    """Two opposite rankings have W = 0."""
    assert concordance([[1, 2, 3], [3, 2, 1]]) == 0


@pytest.mark.parametrize("measure", [agreement, consensus])
@pytest.mark.parametrize(
    ("given_counts", "words"),
    [
        ([], "two ordered steps"),
        ([3], "two ordered steps"),
        ([0, 0], "Nobody has answered"),
        ([1, -1, 3], "zero or more"),
        ([1, math.nan], "zero or more"),
    ],
)
def test_counts_refused(measure: Callable[[Sequence[float]], float], given_counts: list[float], words: str) -> None:
    """Counts that are none, too few, negative or no numbers get a ValueError that says so."""
    with pytest.raises(ValueError, match=words):
        measure(given_counts)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "two voices"),
        ([[1, 2]], "two voices"),
        ([[1, 2], [1, 2, 3]], "differ in length"),
        ([[1], [1]], "two items"),
        ([[1, 1], [2, 2]], "no order to compare"),
        ([[1, math.nan], [1, 2]], "ordinary number"),
    ],
)
def test_rankings_refused(rows: list[list[float]], words: str) -> None:
    """Rankings that cannot be compared get a ValueError that says why."""
    with pytest.raises(ValueError, match=words):
        concordance(rows)


def test_numpy_stays_out() -> None:
    """Agreement needs no numpy: the notebooks that show it stay light."""
    code = "import sys, workbook.analysis.consensus; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
