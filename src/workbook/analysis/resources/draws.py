"""The trade-off over doubts: what each split of the money is worth, across many draws."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from functools import cache

import numpy as np
import numpy.typing as npt

from workbook.analysis.resources.doubts import Doubt, Doubts, Drawn, draw_chunks
from workbook.analysis.resources.split import NEAR_OPTIMAL, Choice, choose, floor_with_guard
from workbook.analysis.resources.value import FloatArray, tabled_evpi

BAND = (0.1, 0.5, 0.9)

# Columns worked on together: few enough that the steps of one formula find their numbers in the cache, and enough
# that threads seldom wait for each other.
_BLOCK = 160
_MOST_THREADS = 4
# Numbers in a piece of memory that, once given back, has the C library of Linux keep smaller pieces for the next block:
# more than a block has, and fewer than all values, whose memory a page's process gives back.
_KEPT = 2**18
_BINS = 256

Watch = Callable[[Drawn, FloatArray], None]


@dataclass(frozen=True, eq=False)
class _Terms:
    """Drawn inputs as the formulas need them: (draws,), or (audiences, draws) for the last two."""

    affordable: FloatArray
    setup: FloatArray
    prior: FloatArray
    noise_squared: FloatArray
    mean_size: FloatArray
    ceiling: FloatArray
    gain: FloatArray
    pace: FloatArray

    def columns(self, part: slice) -> _Terms:
        return _Terms(*(getattr(self, field.name)[..., part] for field in fields(self)))


def _terms(doubts: Doubts, drawn: Drawn) -> _Terms:
    """Put money as numbers of responses and of scales, so that its unit cancels."""
    audiences = doubts.audiences_by_key()
    points = np.array([audience.weight for audience in audiences])[:, np.newaxis]
    baseline, ceiling, scale = (
        np.stack([drawn[Doubt(name, audience.key)] for audience in audiences])
        for name in ("baseline", "ceiling", "scale")
    )
    ceiling = np.maximum(ceiling, baseline)
    weight = points / points.sum()
    budget, unit_cost = drawn[Doubt("budget")], drawn[Doubt("unit_cost")]
    return _Terms(
        affordable=budget / unit_cost,
        setup=drawn[Doubt("setup")] / unit_cost,
        prior=drawn[Doubt("prior_sd")],
        noise_squared=drawn[Doubt("obs_sd")] ** 2,
        mean_size=np.abs(drawn[Doubt("mean")]),
        ceiling=(weight * ceiling).sum(axis=0),
        gain=weight * (ceiling - baseline),
        pace=budget / scale,
    )


def _learning(terms: _Terms, shares: FloatArray) -> FloatArray:
    """Value of the data bought with what use leaves over: (shares, draws)."""
    ratio = (1 - shares)[:, np.newaxis] * terms.affordable
    ratio -= terms.setup
    known = floor_with_guard(ratio, terms.affordable + terms.setup)
    known *= terms.prior**2
    together = known + terms.noise_squared
    known /= np.maximum(together, np.finfo(np.float64).tiny, out=together)
    np.sqrt(known, out=known)
    known *= terms.prior
    return tabled_evpi(terms.mean_size, known)


def _use(terms: _Terms, shares: FloatArray) -> FloatArray:
    """Uptake over all audiences by their weights: (shares, draws)."""
    missed = np.exp(-shares[:, np.newaxis, np.newaxis] * terms.pace) * terms.gain
    return np.asarray(terms.ceiling - missed.sum(axis=1))


def _use_on_grid(terms: _Terms, steps: int) -> FloatArray:
    """`_use` at shares 0, 1/steps, ... 1, with one exponential a draw: the rest are its powers.

    Each pass multiplies the powers so far by the next one, which doubles how many there are.
    """
    result = np.tile(terms.ceiling, (steps + 1, 1))
    powers = np.empty_like(result)
    for gain, pace in zip(terms.gain, terms.pace, strict=True):
        factor = np.exp(-pace / steps)
        powers[0] = gain
        done = 1
        while done <= steps:
            more = min(done, steps + 1 - done)
            np.multiply(powers[:more], factor, out=powers[done : done + more])
            done += more
            factor *= factor
        result -= powers
    return result


def grid_values(doubts: Doubts, drawn: Drawn, steps: int) -> FloatArray:
    """Value of every split in every draw: shape (steps + 1, draws), by rising share on use."""
    terms = _terms(doubts, drawn)
    shares = np.arange(steps + 1) / steps
    _keep_memory()
    values = np.empty((steps + 1, terms.prior.size))

    def work_out(start: int) -> None:
        part = slice(start, start + _BLOCK)
        block = terms.columns(part)
        np.multiply(_use_on_grid(block, steps), _learning(block, shares), out=values[:, part])

    # Each block is its own: how many threads there are changes no number. list() raises what a thread raised.
    list(_find_threads().map(work_out, range(0, terms.prior.size, _BLOCK)))
    return values


@cache
def _keep_memory() -> None:
    """Have memory of one block kept for the next from the first call on; without it, that takes three times as long.

    glibc gives back to the system, and asks for again, every piece larger than the largest given back so far.
    """
    np.empty(_KEPT)


@cache
def _find_threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, _MOST_THREADS))


def plan_values(doubts: Doubts, drawn: Drawn, plans: Sequence[float] | FloatArray) -> FloatArray:
    """Value of any shares on use, on the grid or not, in every draw: shape (plans, draws)."""
    shares = np.asarray(plans, dtype=np.float64)
    if not np.all((shares >= 0) & (shares <= 1)):
        raise ValueError(f"A plan is the share of the money spent on use, 0 to 1; not {plans}.")
    terms = _terms(doubts, drawn)
    return _use(terms, shares) * _learning(terms, shares)


def row_quantiles(values: FloatArray, levels: Sequence[float]) -> FloatArray:
    """Quantiles of each row, each the drawn value nearest that rank: shape (levels, rows).

    Counts each row into bins and sorts out only the bin the rank falls in: exact, and four times
    as fast as np.partition.
    """
    ranks = [round(level * (values.shape[1] - 1)) for level in levels]
    lowest, highest = values.min(axis=1), values.max(axis=1)
    result = np.tile(lowest, (len(ranks), 1))
    for row in np.flatnonzero(highest - lowest > 1e-290):
        width = highest[row] - lowest[row]
        bins = ((values[row] - lowest[row]) * (_BINS / width)).astype(np.intp)
        upto = np.bincount(bins).cumsum()
        for place, rank in enumerate(ranks):
            found = upto.searchsorted(rank, side="right")
            members = values[row][bins == found]
            within = rank - (upto[found - 1] if found else 0)
            result[place, row] = np.sort(members)[within]
    return result


@dataclass(frozen=True, eq=False)
class Spread:
    """Values over the draws, by row: mean, median, and the 10-90 % band from `low` to `high`."""

    mean: FloatArray
    low: FloatArray
    median: FloatArray
    high: FloatArray


@dataclass(frozen=True)
class PlanOutcome:
    """One plan over the draws; values in the units of the decision's net effect.

    `share` of the money on use; `near_chance` is the share of draws in which the plan is within
    5 % of that draw's best split.
    """

    share: float
    mean: float
    low: float
    median: float
    high: float
    near_chance: float


@dataclass(frozen=True, eq=False)
class SplitDraws:
    """The trade-off over draws; arrays have one entry a split, by rising share on use (`shares`).

    `values` are in the units of the decision's net effect. `best_chance` is the share of draws in
    which a split is the best (draws in which nothing is worth anything, `worthless`, left out), and
    `near_chance` the share in which it is within 5 % of that draw's best. `choice` holds positions:
    the best split of the mean curve, which is the one to choose when money cannot wait for the
    doubts, and the bounds of the splits within 5 % of it.
    """

    shares: FloatArray
    values: Spread
    best_chance: FloatArray
    near_chance: FloatArray
    choice: Choice
    plans: tuple[PlanOutcome, ...]
    worthless: float
    draws: int
    seed: int

    @property
    def best_share(self) -> float:
        """Share on use that is worth most on average."""
        return float(self.shares[self.choice.best])

    @property
    def best_value(self) -> float:
        """Average value of the best split."""
        return float(self.values.mean[self.choice.best])

    @property
    def near_shares(self) -> tuple[float, float]:
        """Lowest and highest share on use within 5 % of the best, on average."""
        return float(self.shares[self.choice.low]), float(self.shares[self.choice.high])

    def best_share_at(self, level: float) -> float:
        """Quantile, at `level` from 0 to 1, of the best share over the draws; NaN if worthless."""
        if not self.best_chance.any():
            return math.nan
        place = np.searchsorted(self.best_chance.cumsum(), level - 1e-12)
        return float(self.shares[min(int(place), self.shares.size - 1)])


@dataclass(frozen=True, eq=False)
class _Part:
    """What one chunk adds: `curves` are rows of mean, low, median, high; counts are of draws."""

    size: int
    curves: FloatArray
    plan_curves: FloatArray
    best: FloatArray
    near: FloatArray
    plan_near: FloatArray
    worthless: int


def _curves(values: FloatArray) -> FloatArray:
    means = values.mean(axis=1, keepdims=True).T
    return np.concatenate([means, row_quantiles(values, BAND)])


def _count(matches: npt.NDArray[np.bool_]) -> FloatArray:
    return np.asarray(np.count_nonzero(matches, axis=1), dtype=np.float64)


def _work_through(doubts: Doubts, drawn: Drawn, steps: int, plans: Sequence[float], watch: Watch | None) -> _Part:
    values = grid_values(doubts, drawn, steps)
    if watch:
        watch(drawn, values)
    planned = plan_values(doubts, drawn, plans)
    best = values.max(axis=0)
    near = NEAR_OPTIMAL * best
    return _Part(
        size=best.size,
        curves=_curves(values),
        plan_curves=_curves(planned) if len(plans) else np.empty((4, 0)),
        best=_count(values == np.where(best > 0, best, np.inf)),
        near=_count(values >= near),
        plan_near=_count(planned >= near),
        worthless=int(np.count_nonzero(best == 0)),
    )


def _averaged(parts: Sequence[_Part], name: str) -> FloatArray:
    total = sum(part.size for part in parts)
    return np.asarray(sum(getattr(part, name) * (part.size / total) for part in parts))


def _plan_outcomes(plans: Sequence[float], parts: Sequence[_Part], draws: int) -> tuple[PlanOutcome, ...]:
    curves = _averaged(parts, "plan_curves").tolist()
    near = np.sum([part.plan_near for part in parts], axis=0) / draws
    return tuple(
        PlanOutcome(float(share), mean, low, median, high, float(chance))
        for share, mean, low, median, high, chance in zip(plans, *curves, near, strict=True)
    )


def simulate_splits(
    doubts: Doubts,
    *,
    plans: Sequence[float] = (),
    draws: int = 10_000,
    steps: int = 200,
    seed: int = 1,
    watch: Watch | None = None,
) -> SplitDraws:
    """Value every split of the money in every draw; `plans` are shares on use looked at as well.

    `watch` is shown each chunk's inputs and the values of every split in it (steps + 1, draws).
    Beyond 10,000 draws the quantiles are averages over chunks of that many, so that memory stays
    flat. ValueError for a plan outside 0 to 1, no draws or no steps.
    """
    if steps < 1:
        raise ValueError(f"At least one step is needed, not {steps}.")
    chunks = draw_chunks(doubts, draws, seed)
    parts = [_work_through(doubts, drawn, steps, plans, watch) for drawn in chunks]
    curves = _averaged(parts, "curves")
    best = np.sum([part.best for part in parts], axis=0)
    return SplitDraws(
        shares=np.arange(steps + 1) / steps,
        values=Spread(*curves),
        best_chance=best / max(best.sum(), 1.0),
        near_chance=np.sum([part.near for part in parts], axis=0) / draws,
        choice=choose(curves[0]),
        plans=_plan_outcomes(plans, parts, draws),
        worthless=sum(part.worthless for part in parts) / draws,
        draws=draws,
        seed=seed,
    )
