"""What the trade-off hangs on."""

from dataclasses import replace

import numpy as np
import pytest

from workbook.analysis.resources.doubts import AudienceDoubts, Doubt, Doubts, Range
from workbook.analysis.resources.draws import simulate_splits
from workbook.analysis.resources.sensitivity import Settling, tornado, value_of_settling

AUDIENCE = AudienceDoubts("all", 1, Range.exactly(0.1), Range(0.5, 0.9, 0.9), Range(1e4, 3e4, 9e4))
DOUBTS = Doubts(
    budget=Range.exactly(1e5),
    setup=Range(5e3, 1e4, 2e4),
    unit_cost=Range.exactly(500),
    mean=Range(-0.5, 0, 0.5),
    prior_sd=Range(0.5, 1, 2),
    obs_sd=Range.exactly(3),
    audiences=(AUDIENCE,),
)
CERTAIN = replace(
    DOUBTS,
    setup=Range.exactly(1e4),
    mean=Range.exactly(0),
    prior_sd=Range.exactly(1),
    audiences=(replace(AUDIENCE, ceiling=Range.exactly(0.9), scale=Range.exactly(3e4)),),
)


def test_bars_of_the_tornado() -> None:
    """There is one bar for each figure in doubt, none for the others, the widest first."""
    found = tornado(DOUBTS, 0.2)
    assert {bar.doubt for bar in found.bars} == {
        Doubt("setup"),
        Doubt("mean"),
        Doubt("prior_sd"),
        Doubt("ceiling", "all"),
        Doubt("scale", "all"),
    }
    swings = [bar.value_swing for bar in found.bars]
    assert swings == sorted(swings, reverse=True)


def test_ends_of_a_bar() -> None:
    """An end is what the draws give when that one figure is certain and the rest likeliest."""
    found = tornado(DOUBTS, 0.2)
    bar = next(bar for bar in found.bars if bar.doubt == Doubt("prior_sd"))
    certain = replace(CERTAIN, prior_sd=Range.exactly(2))
    expected = simulate_splits(certain, plans=[0.2], draws=2)
    assert bar.at_high.today_value == pytest.approx(expected.plans[0].mean, abs=1e-11)
    assert bar.at_high.best_share == expected.best_share
    assert bar.at_high.best_value == pytest.approx(expected.best_value, abs=1e-11)
    assert bar.at_low.today_value < found.likely.today_value < bar.at_high.today_value


def test_published_case_in_the_middle() -> None:
    """Between the bars stands the published case: 67 % on use, worth 0.297079."""
    found = tornado(DOUBTS, 0.0)
    assert found.likely.best_share == 0.67
    assert found.likely.best_value == pytest.approx(0.297079, abs=5e-7)
    assert found.likely.today_value == pytest.approx(0.038933, abs=5e-7)


def test_no_doubt_no_bars() -> None:
    """Without doubts there are no bars and nothing to settle."""
    assert tornado(CERTAIN, 0.5).bars == ()
    assert value_of_settling(CERTAIN, draws=400) == ()


def by_doubt(found: tuple[Settling, ...]) -> dict[Doubt, float]:
    """Gains by the doubt settled."""
    return {settling.doubt: settling.gain for settling in found}


def test_settling_gains_never_negative() -> None:
    """Gains are zero or more and come largest first."""
    found = value_of_settling(DOUBTS, draws=2_000)
    gains = [settling.gain for settling in found]
    assert len(gains) == 5
    assert gains[-1] >= 0
    assert gains == sorted(gains, reverse=True)


def test_settling_what_cannot_change_the_split() -> None:
    """Settling a ceiling is worth nothing when the baseline is 0: it scales every split alike."""
    audience = replace(AUDIENCE, baseline=Range.exactly(0))
    gains = by_doubt(value_of_settling(replace(DOUBTS, audiences=(audience,)), draws=10_000))
    best = simulate_splits(replace(DOUBTS, audiences=(audience,))).best_value
    assert gains[Doubt("ceiling", "all")] < 1e-4 * best
    assert gains[Doubt("setup")] > 1e-3 * best


def test_settling_the_only_doubt() -> None:
    """Settling the only doubt gains what choosing the best split in every draw gains."""
    only = replace(CERTAIN, prior_sd=Range(0.1, 0.3, 6))
    (found,) = value_of_settling(only, draws=10_000, bins=50)
    likeliest = simulate_splits(only)
    perfect = 0.0
    for level in range(200):
        settled = Range.exactly(_pert_quantile(only.prior_sd, (level + 0.5) / 200))
        perfect += simulate_splits(replace(only, prior_sd=settled), draws=1).best_value / 200
    assert found.doubt == Doubt("prior_sd")
    assert found.gain == pytest.approx(perfect - likeliest.best_value, rel=0.3)
    assert found.relative == pytest.approx(found.gain / likeliest.best_value)


def _pert_quantile(figure: Range, level: float) -> float:
    """Quantile of a PERT range, by adding up its density."""
    rise = 4 * (figure.likely - figure.low) / (figure.high - figure.low)
    x = (np.arange(20_000) + 0.5) / 20_000
    density = x**rise * (1 - x) ** (4 - rise)
    place = np.searchsorted(density.cumsum() / density.sum(), level)
    return float(figure.low + (figure.high - figure.low) * x[place])


def test_too_few_draws_refused() -> None:
    """Bins that chance would fill are refused."""
    with pytest.raises(ValueError, match="need 400 draws"):
        value_of_settling(DOUBTS, draws=300)
