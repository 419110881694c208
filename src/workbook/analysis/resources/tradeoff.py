"""The trade-off of one engagement: its figures put into the model, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from statistics import NormalDist
from typing import Literal

import numpy as np

from workbook.analysis.resources.doubts import AudienceDoubts, Doubt, Doubts, Range, draw_chunks
from workbook.analysis.resources.draws import SplitDraws, plan_values, simulate_splits
from workbook.analysis.resources.elicited import OF_TEN, Input
from workbook.analysis.resources.plan import CostedPlan
from workbook.analysis.resources.sensitivity import Settling, SettlingSums, Tornado, tornado
from workbook.analysis.resources.split import NEAR_OPTIMAL, FourCorners, four_corners, responses_bought, uptake
from workbook.analysis.resources.value import FloatArray

Finding = Literal["more_use", "more_data", "near", "flat", "open", "open_flat", "defaults"]

DRAWS = 10_000
STEPS = 200
SEED = 1
# What settling a doubt gains is worked out for splits 2 % apart: a quarter of the work, and closer than chance tells.
SETTLING_STRIDE = 4


def make_doubts(
    money: float, inputs: Mapping[Doubt, Input], weights: Mapping[str, float], openness: Mapping[str, float]
) -> Doubts:
    """Put the figures into the model's units.

    The doubt about the main question is the unit of value, so `prior_sd` is 1 and `mean` is how many such
    units lie between what is believed and no effect. Openness lets support do only that share of what it
    could beyond a report.
    """
    chance = inputs[Doubt("mean")].figure
    return Doubts(
        budget=Range.exactly(money),
        setup=inputs[Doubt("setup")].figure,
        unit_cost=inputs[Doubt("unit_cost")].figure,
        mean=Range(*(max(NormalDist().inv_cdf(end), 0.0) for end in (chance.low, chance.likely, chance.high))),
        prior_sd=Range.exactly(1.0),
        obs_sd=inputs[Doubt("obs_sd")].figure,
        audiences=tuple(_make_audience(key, weight, inputs, openness.get(key, 1.0)) for key, weight in weights.items()),
    )


def _make_audience(key: str, weight: float, inputs: Mapping[Doubt, Input], openness: float) -> AudienceDoubts:
    report, support = (inputs[Doubt(name, key)].figure for name in ("baseline", "ceiling"))
    ends = ((getattr(report, end) / OF_TEN, getattr(support, end) / OF_TEN) for end in ("low", "likely", "high"))
    lowered = [low + openness * (high - low) for low, high in ends]
    return AudienceDoubts(
        key=key,
        weight=weight,
        baseline=Range(report.low / OF_TEN, report.likely / OF_TEN, report.high / OF_TEN),
        ceiling=Range(*sorted(lowered)),
        scale=inputs[Doubt("scale", key)].figure,
    )


@dataclass(frozen=True)
class PlanWorth:
    """One plan as costed, with its own money. `mean`, `low` and `high` are over the draws, the best split being 1.

    `chance_first` is the share of draws in which it is worth most of all the plans; ties count for each.
    """

    plan: CostedPlan
    mean: float
    low: float
    high: float
    chance_first: float


@dataclass(frozen=True, eq=False)
class TradeOff:
    """What every split of `money` is expected to do; `today` is today's share on use, None without a plan.

    `reference` is the average worth of the best split, in units of today's doubt times the share of people who
    act; the views set it to 100. `better_chance` is the share of draws in which the split that is best on average
    is worth more than today's, None without a plan.
    """

    money: float
    today: float | None
    doubts: Doubts
    draws: SplitDraws
    corners: FourCorners
    tornado: Tornado
    settling: tuple[Settling, ...]
    plans: tuple[PlanWorth, ...]
    wide_range: float
    better_chance: float | None = None

    @property
    def reference(self) -> float:
        """Average worth of the best split."""
        return self.draws.best_value

    @property
    def near(self) -> tuple[float, float]:
        """Lowest and highest share on use that does nearly as well as the best on average."""
        return self.draws.near_shares

    @property
    def is_flat(self) -> bool:
        """Whether the range of splits that do nearly as well is wide."""
        low, high = self.near
        return high - low >= self.wide_range - 1e-9

    @property
    def finding(self) -> Finding:
        """What the range says about today's plan."""
        if self.today is None:
            return "open_flat" if self.is_flat else "open"
        # Judged by worth: the ends of the range lie on a grid, and today's plan may lie between two of its points.
        if self.today_worth is not None and self.today_worth >= NEAR_OPTIMAL:
            return "flat" if self.is_flat else "near"
        return "more_use" if self.today < self.draws.best_share else "more_data"

    @property
    def today_worth(self) -> float | None:
        """What today's plan is worth on average, the best split being 1."""
        return self.draws.plans[0].mean / self.reference if self.draws.plans else None

    @property
    def today_chance(self) -> float | None:
        """In which share of the draws today's plan is within 5 % of that draw's best split."""
        return self.draws.plans[0].near_chance if self.draws.plans else None

    @property
    def best_chance(self) -> float:
        """In which share of the draws the split that is best on average is within 5 % of that draw's best."""
        return float(self.draws.near_chance[self.draws.choice.best])

    @property
    def edge(self) -> float:
        """The end of the near-optimal range that lies nearest to today's plan, as a share on use."""
        low, high = self.near
        if self.today is None:
            return (low + high) / 2
        return low if abs(self.today - low) <= abs(self.today - high) else high

    def people_at(self, spend: float) -> float:
        """How many people of ten are expected to act after `spend` on use, at the likeliest figures and by weight."""
        people = self.people_by_audience(spend)
        total = sum(audience.weight for audience in self.doubts.audiences)
        return sum(people[audience.key] * audience.weight for audience in self.doubts.audiences_by_key()) / total

    def people_by_audience(self, spend: float) -> dict[str, float]:
        """How many people of ten of each audience are expected to act, at the likeliest figures."""
        return {
            one.key: OF_TEN * uptake(spend, one.baseline.likely, one.ceiling.likely, one.scale.likely)
            for one in self.doubts.audiences
        }

    def responses_at(self, data: float) -> tuple[float, float, float]:
        """How many responses `data` buys at the highest, the likeliest and the lowest prices."""
        setup, unit = self.doubts.setup, self.doubts.unit_cost
        pairs = ((setup.high, unit.high), (setup.likely, unit.likely), (setup.low, unit.low))
        low, likely, high = (responses_bought(data, before, each) for before, each in pairs)
        return low, likely, high

    @cached_property
    def widest(self) -> tuple[Doubt, float, float] | None:
        """The doubt that moves the best split most, with the best shares on use at its ends.

        None if none moves it by 5 % of the money.
        """
        bars = sorted(self.tornado.bars, key=lambda bar: (-bar.split_swing, bar.doubt))
        if not bars or bars[0].split_swing < 0.05:
            return None
        return bars[0].doubt, bars[0].at_low.best_share, bars[0].at_high.best_share


def weigh(
    money: float,
    doubts: Doubts,
    *,
    today: float | None,
    plans: Sequence[CostedPlan] = (),
    wide_range: float = 0.5,
) -> TradeOff:
    """Work the trade-off out: 10,000 draws, 201 splits, one seed, so that the same answers give the same page."""
    return _weigh_once(money, doubts, today, tuple(plans), wide_range)


@lru_cache(maxsize=4)
def _weigh_once(
    money: float, doubts: Doubts, today: float | None, plans: tuple[CostedPlan, ...], wide_range: float
) -> TradeOff:
    """Work it out where a figure changed: most answers change none, and several chapters read the same trade-off."""
    sums = SettlingSums(doubts, draws=DRAWS, stride=SETTLING_STRIDE)
    planned = () if today is None else (today,)
    draws = simulate_splits(doubts, plans=planned, draws=DRAWS, steps=STEPS, seed=SEED, watch=sums.add)
    known = draws.best_value > 0
    valued = [plan for plan in plans if known and plan.split_money > 0]
    result = TradeOff(
        money=money,
        today=today,
        doubts=doubts,
        draws=draws,
        corners=FourCorners(0, 0, 0, 0),
        tornado=tornado(doubts, draws.best_share if today is None else today, steps=STEPS),
        settling=sums.finish() if known else (),
        plans=_value_plans(doubts, valued, draws.best_value),
        wide_range=wide_range,
        better_chance=None if today is None else _compare_draws(doubts, draws.best_share, today),
    )
    used = result.people_at((today or 0.0) * money) / OF_TEN
    corners = four_corners(doubts.mean.likely, doubts.prior_sd.likely, min(used, 1.0))
    return replace(result, corners=corners)


def _value_plans(doubts: Doubts, plans: Sequence[CostedPlan], reference: float) -> tuple[PlanWorth, ...]:
    """Value each plan with the money it has itself, over the same draws of everything else."""
    if not plans:
        return ()
    values = np.stack([_draw_worth(doubts, plan) for plan in plans]) / reference
    top = values.max(axis=0)
    first = np.count_nonzero((values == top) & (top > 0), axis=1) / values.shape[1]
    low, high = np.quantile(values, (0.1, 0.9), axis=1)
    columns = zip(plans, values.mean(axis=1), low, high, first, strict=True)
    return tuple(PlanWorth(plan, *(float(number) for number in numbers)) for plan, *numbers in columns)


def _compare_draws(doubts: Doubts, best: float, today: float) -> float:
    """In which share of the draws one share on use is worth more than another."""
    drawn = [plan_values(doubts, chunk, [best, today]) for chunk in draw_chunks(doubts, DRAWS, SEED)]
    pairs = np.concatenate(drawn, axis=1)
    return float(np.count_nonzero(pairs[0] > pairs[1]) / pairs.shape[1])


def _draw_worth(doubts: Doubts, plan: CostedPlan) -> FloatArray:
    own = replace(doubts, budget=Range.exactly(plan.split_money))
    drawn = [plan_values(own, chunk, [plan.use_share or 0.0])[0] for chunk in draw_chunks(own, DRAWS, SEED)]
    return np.concatenate(drawn)
