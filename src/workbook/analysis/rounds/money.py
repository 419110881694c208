"""The plan against what was spent, and what the trade-off says once something has been learnt."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

from workbook.analysis.resources.doubts import Range
from workbook.analysis.resources.draws import simulate_splits
from workbook.analysis.resources.plan import CATEGORIES, SIDES
from workbook.analysis.resources.resources import ResourcesReading, read_resources
from workbook.analysis.resources.tradeoff import DRAWS, SEED, STEPS
from workbook.model.choices import Category
from workbook.model.engagement import Engagement


@dataclass(frozen=True)
class SpentLine:
    """One kind of work: what the last round planned for it and what was spent, in the engagement's currency."""

    category: Category
    planned: float
    spent: float

    @property
    def left(self) -> float:
        """What is left of the plan, below zero where more was spent."""
        return self.planned - self.spent


@dataclass(frozen=True)
class Learnt:
    """What answers leave of the doubt there was: `left` is its share, 0 to 1, after `responses` answers.

    `before` and `after` are the shares on use that do nearly as well as the best, with the doubt there was and with
    what is left of it.
    """

    responses: int
    left: float
    before: tuple[float, float]
    after: tuple[float, float]


@dataclass(frozen=True, eq=False)
class MoneyOverTime:
    """Money over two rounds; `lines` are empty where nobody said what was spent, `responses` are the answers since."""

    lines: tuple[SpentLine, ...]
    last: Engagement | None = None
    responses: int = 0

    @cached_property
    def learnt(self) -> Learnt | None:
        """What the answers leave of the last round's doubt; reckoned when it is asked for, since it takes its time."""
        return _learn(read_resources(self.last), self.responses) if self.last and self.responses else None

    @property
    def use_shares(self) -> tuple[float, float] | None:
        """The share on use that was planned and that was spent, 0 to 1; None where either side is nothing."""
        shares = []
        for name in ("planned", "spent"):
            sides = {
                side: sum(getattr(one, name) for one in self.lines if SIDES[one.category] == side)
                for side in ("data", "use")
            }
            if not sum(sides.values()):
                return None
            shares.append(sides["use"] / sum(sides.values()))
        return shares[0], shares[1]


def narrow_doubt(obs_sd: float, responses: int) -> float:
    """Return what is left of a doubt of 1 after answers that vary by `obs_sd` times it.

    The standard deviation after n answers of a normal mean known with standard deviation 1 before
    (Raiffa and Schlaifer, Applied Statistical Decision Theory, 1961): sqrt(1 / (1 + n / obs_sd^2)).
    """
    return math.sqrt(1 / (1 + responses / obs_sd**2)) if obs_sd > 0 else 0.0


def read_money(engagement: Engagement, last: Engagement) -> MoneyOverTime:
    """Read what was planned in the last round beside what was spent since."""
    spent = engagement.facts.spent
    if not spent:
        return MoneyOverTime(())
    totals = {name: sum(one.cost for one in spent if one.category == name) for name in CATEGORIES}
    planned = {name: sum(one.cost for one in last.facts.plan if one.category == name) for name in CATEGORIES}
    lines = tuple(SpentLine(name, planned[name], totals[name]) for name in CATEGORIES if planned[name] or totals[name])
    responses = sum(one.responses or 0 for one in spent)
    return MoneyOverTime(lines, last, responses)


def _learn(resources: ResourcesReading, responses: int) -> Learnt | None:
    """Weigh the last round's splits again with a narrower doubt; None where its figures were mostly ours."""
    before = resources.tradeoff
    if before is None or resources.is_ours or resources.is_mostly_ours:
        return None
    left = narrow_doubt(before.doubts.obs_sd.likely, responses)
    if left <= 0:
        return None
    narrower = replace(before.doubts, prior_sd=Range.exactly(left))
    after = simulate_splits(narrower, draws=DRAWS, steps=STEPS, seed=SEED)
    return Learnt(responses, left, before.near, after.near_shares) if after.best_value > 0 else None
