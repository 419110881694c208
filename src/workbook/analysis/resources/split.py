"""One budget between collecting data and helping people to use it, for one set of figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import overload

import numpy as np

from workbook.analysis.resources.value import FloatArray, Numbers, checked, evpi, returned

NEAR_OPTIMAL = 0.95
_MOST_SPLITS = 1_000_000


@overload
def uptake(spend: float, baseline: float, ceiling: float, scale: float) -> float: ...
@overload
def uptake(spend: Numbers, baseline: Numbers, ceiling: Numbers, scale: Numbers) -> Numbers: ...
def uptake(spend: Numbers, baseline: Numbers, ceiling: Numbers, scale: Numbers) -> Numbers:
    """Share of an audience (0 to 1) expected to act on the learning after `spend` on use.

    baseline + (ceiling - baseline) * (1 - exp(-spend / scale)); at spend = scale 63 % of the way.
    Spend and scale in the same money. ValueError for shares outside 0 to 1, a baseline above the
    ceiling, negative spend, or a scale of zero.
    """
    money = checked("The spend on use", spend)
    low = checked("The baseline", baseline)
    high = checked("The ceiling", ceiling)
    pace = checked("The scale", scale)
    if np.any(high > 1):
        raise ValueError(f"The ceiling is a share of people, 1 at most; it is {ceiling}.")
    if np.any(low > high):
        raise ValueError(f"The baseline ({baseline}) must not be above the ceiling ({ceiling}).")
    if np.any(pace == 0):
        raise ValueError("The scale must be above zero: it is what two thirds of the way costs.")
    with np.errstate(over="ignore"):
        reached = low - (high - low) * np.expm1(-money / pace)
    return returned(np.asarray(np.minimum(reached, high)))


def floor_with_guard(ratio: FloatArray, size: FloatArray) -> FloatArray:
    """Whole numbers in `ratio`, a difference of two ratios that add up to `size`, 0 at least.

    The guard is 64 rounding steps of `size`: a whole number that floating point left just short
    still counts, so that all money times any factor buys the same.
    """
    guard = 64 * np.finfo(np.float64).eps * size
    whole = np.asarray(ratio + guard)
    np.floor(whole, out=whole)
    return np.maximum(whole, 0.0, out=whole)


@overload
def responses_bought(data_spend: float, setup: float, unit_cost: float) -> float: ...
@overload
def responses_bought(data_spend: Numbers, setup: Numbers, unit_cost: Numbers) -> Numbers: ...
def responses_bought(data_spend: Numbers, setup: Numbers, unit_cost: Numbers) -> Numbers:
    """Whole responses that `data_spend` pays for after `setup`, at `unit_cost` each, never below 0.

    ValueError for negative money or a unit cost of zero.
    """
    money = checked("The spend on data", data_spend)
    before = checked("The set-up cost", setup)
    each = checked("The cost of one response", unit_cost)
    if np.any(each == 0):
        raise ValueError("The cost of one response must be above zero.")
    whole = floor_with_guard((money - before) / each, (money + before) / each)
    return returned(np.asarray(whole))


@dataclass(frozen=True)
class Choice:
    """Where a curve of values is best, as positions along it.

    `low` and `high` bound the positions within 5 % of the best; `contiguous` says that every
    position between them is within it too.
    """

    best: int
    low: int
    high: int
    contiguous: bool


def choose(values: FloatArray) -> Choice:
    """Find the best and the near-optimal positions of a curve; ties go to the first.

    Values that differ by less than 1e-12 of the best count as ties: rounding must not decide.
    """
    top = float(values.max())
    near = np.flatnonzero(values >= NEAR_OPTIMAL * top)
    low, high = int(near[0]), int(near[-1])
    best = int(np.argmax(values >= top * (1 - 1e-12)))
    return Choice(best=best, low=low, high=high, contiguous=near.size == high - low + 1)


@dataclass(frozen=True, eq=False)
class BestSplit:
    """The best split of a budget and how much it matters; money in the budget's units.

    `data` and `use` add up to the budget; `value` is in the units of learning times use;
    `grid` holds the data spends that were tried and `values` what each is worth; `near_low` and
    `near_high` bound the data spends within 5 % of the best, with none worse between them where
    `contiguous`. Where `value` is 0 no split is worth anything and the others mean nothing.
    """

    data: float
    use: float
    value: float
    grid: FloatArray
    values: FloatArray
    near_low: float
    near_high: float
    contiguous: bool


def _data_spends(budget: float, steps: int, step: float | None) -> FloatArray:
    """Data spends from nothing to the whole budget, in equal steps but perhaps the last."""
    if not budget > 0:
        raise ValueError("There is no money to split: the budget must be above zero.")
    if step is not None and not step > 0:
        raise ValueError(f"The step must be above zero; it is {step}.")
    wanted = steps if step is None else budget / step
    if not 1e-9 < wanted <= _MOST_SPLITS:
        raise ValueError(f"Between 1 and {_MOST_SPLITS:,} steps can be tried, not {wanted:,.0f}.")
    if step is None:
        return budget * (np.arange(steps + 1) / steps)
    whole = np.arange(int(np.ceil(wanted * (1 - 1e-12)))) * step
    return np.append(whole, budget)


def best_split(
    budget: float,
    learning: Callable[[FloatArray], Numbers],
    use: Callable[[FloatArray], Numbers],
    *,
    steps: int = 200,
    step: float | None = None,
) -> BestSplit:
    """Try every split of `budget` and value each at use(budget - data) * learning(data).

    `learning` and `use` take an array of spends and return as many values, none negative.
    `step` (money) takes the place of `steps` (how many). ValueError for no budget, no step, or
    values that are negative or not numbers.
    """
    total = float(checked("The budget", budget))
    grid = _data_spends(total, steps, step)
    gained = checked("The value of learning", learning(grid))
    used = checked("The value of use", use(total - grid))
    values = np.broadcast_to(gained * used, grid.shape).copy()
    for array in (grid, values):
        array.flags.writeable = False
    found = choose(values)
    data = float(grid[found.best])
    return BestSplit(
        data=data,
        use=total - data,
        value=float(values[found.best]),
        grid=grid,
        values=values,
        near_low=float(grid[found.low]),
        near_high=float(grid[found.high]),
        contiguous=found.contiguous,
    )


@dataclass(frozen=True)
class FourCorners:
    """Today and at best, of knowing and of using; all in the units of the decision's net effect.

    `a` today's knowledge and use, `b` today's knowledge used by all who could, `c` perfect
    knowledge with today's use, `d` both (Fenwick, Claxton and Sculpher 2008).
    """

    a: float
    b: float
    c: float
    d: float

    @property
    def using(self) -> float:
        """Value of better use of what is known today, B - A."""
        return self.b - self.a

    @property
    def knowing(self) -> float:
        """Value of perfect knowledge once use is at its best, D - B."""
        return self.d - self.b

    @property
    def both(self) -> float:
        """Value of perfect knowledge and best use together, D - A."""
        return self.d - self.a

    @property
    def interaction(self) -> float:
        """How far knowing and using need each other, D - C - B + A."""
        return self.d - self.c - self.b + self.a


def four_corners(mean: float, sd: float, use_today: float, use_best: float = 1.0) -> FourCorners:
    """Value a net effect ~ N(mean, sd) at the four corners; use is a share from 0 to 1.

    ValueError for NaN, a negative sd, a use outside 0 to 1, or a best below today's.
    """
    today = float(checked("Use today", use_today))
    best = float(checked("The best use", use_best))
    if best > 1:
        raise ValueError(f"The best use is a share of people, 1 at most; it is {best}.")
    if today > best:
        raise ValueError(f"Use today ({today}) must not be above the best use ({best}).")
    perfect = evpi(mean, sd)
    known = max(mean, 0.0)
    return FourCorners(
        a=today * known,
        b=best * known,
        c=today * (known + perfect),
        d=best * (known + perfect),
    )
