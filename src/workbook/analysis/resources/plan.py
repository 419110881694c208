"""The costed plan: totals, the two sides of the split, who is reached by which mechanism, and a change tried out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from workbook.errors import WorkbookError
from workbook.model.chapters import load_chapter
from workbook.model.choices import Category
from workbook.model.engagement import Engagement, Facts, Mechanism, PlanLine
from workbook.theme import format_money, join_words

Side = Literal["data", "use", "top"]

# Our judgement, told to the reader by `words.split_note` of the chapter.
SIDES: dict[Category, Side] = {
    "discovery": "top",
    "data_collection": "data",
    "analysis": "data",
    "reporting": "data",
    "knowledge_mobilisation": "use",
    "facilitation": "use",
    "participants_time": "use",
    "management": "top",
}
CATEGORIES: tuple[Category, ...] = get_args(Category)
MECHANISMS: tuple[Mechanism, ...] = get_args(Mechanism)


@dataclass(frozen=True)
class CostedPlan:
    """A plan and what it costs, in the engagement's currency; `budget` is None where none is stated."""

    name: str
    lines: tuple[PlanLine, ...]
    budget: float | None

    @property
    def total(self) -> float:
        """What every line costs together."""
        return _add(self.lines)

    @property
    def over(self) -> float | None:
        """By how much the plan is over the budget; below zero where money is left; None without a budget."""
        if self.budget is None:
            return None
        return 0.0 if math.isclose(self.total, self.budget) else self.total - self.budget

    @property
    def split_money(self) -> float:
        """What goes to data and to use together."""
        return self.cost_of_side("data") + self.cost_of_side("use")

    @property
    def use_share(self) -> float | None:
        """The share of the split money that goes to use, 0 to 1; None where neither side has any."""
        money = self.split_money
        return min(self.cost_of_side("use") / money, 1.0) if money > 0 else None

    def cost_of(self, category: Category) -> float:
        """What one kind of spending costs."""
        return _add([line for line in self.lines if line.category == category])

    def share_of(self, category: Category) -> float:
        """What one kind of spending costs, as a share of the plan's total; 0 where the plan costs nothing."""
        return self.cost_of(category) / self.total if self.total > 0 else 0.0

    def cost_of_side(self, side: Side) -> float:
        """What data, use, or the lines off the top cost."""
        return _add([line for line in self.lines if SIDES[line.category] == side])

    @property
    def responses(self) -> float:
        """How many units the lines that collect data count."""
        return sum(line.quantity for line in self.lines if line.category == "data_collection")


def _add(lines: Sequence[PlanLine]) -> float:
    """Add costs in one order whatever order the lines stand in, so that sums round alike."""
    return sum(sorted(line.cost for line in lines))


Plans = tuple[CostedPlan | None, tuple[CostedPlan, ...]]


def cost_plans(facts: Facts, plan: Sequence[PlanLine] | None = None) -> Plans:
    """Return the plan (or `plan` in its place; None where there are no lines) and the other plans, costed."""
    budget = facts.most_money
    lines = tuple(facts.plan if plan is None else plan)
    today = CostedPlan(load_chapter("resources").get_word("today_name"), lines, budget) if lines else None
    return today, tuple(CostedPlan(other.name, other.lines, budget) for other in facts.other_plans)


@dataclass(frozen=True)
class Coverage:
    """The activities that reach one audience by each mechanism; `audience` is empty for lines that name none.

    `reports_only` says that every line naming the audience is a report.
    """

    audience: str
    name: str
    activities: dict[Mechanism, tuple[str, ...]]
    reached: bool
    reports_only: bool


def read_coverage(facts: Facts, plan: CostedPlan | None) -> tuple[Coverage, ...]:
    """Say for every audience by which of the six mechanisms the plan's lines reach it."""
    lines = plan.lines if plan else ()
    named = [_cover(one.id, one.name, [line for line in lines if one.id in line.audiences]) for one in facts.audiences]
    nobody = [line for line in lines if not line.audiences and line.mechanisms]
    return (*named, _cover("", "", nobody)) if nobody else tuple(named)


def _cover(audience: str, name: str, lines: Sequence[PlanLine]) -> Coverage:
    found = {way: tuple(line.activity for line in lines if way in line.mechanisms) for way in MECHANISMS}
    beyond = [line for line in lines if line.category != "reporting"]
    return Coverage(audience, name, found, reached=bool(lines), reports_only=bool(lines) and not beyond)


def move_lines(engagement: Engagement, source: Category, target: Category, amount: float) -> tuple[PlanLine, ...]:
    """Return the plan with `amount` moved from one kind of spending to another.

    Quantities shrink and grow in proportion; a kind without money gets a line of its own. WorkbookError
    where the plan does not hold that much there.
    """
    plan = CostedPlan("", engagement.facts.plan, None)
    for category in (source, target):
        if category not in CATEGORIES:
            raise WorkbookError(f"{category} is no kind of spending. Use {join_words(CATEGORIES, 'or')}.")
    there, here = plan.cost_of(source), plan.cost_of(target)
    if not 0 <= amount <= there:
        currency = engagement.facts.currency
        raise WorkbookError(
            f"The plan holds {format_money(there, currency)} for {source}. Move an amount from 0 to that sum."
        )
    factors = {source: (there - amount) / there if there else 1.0, target: (here + amount) / here if here else 1.0}
    if source == target:
        return plan.lines
    moved = tuple(_resize(line, factors.get(line.category, 1.0)) for line in plan.lines)
    if here or not amount:
        return moved
    words = load_chapter("resources")
    activity, unit = words.get_word("moved_activity"), words.get_word("moved_unit")
    return (*moved, PlanLine(activity=activity, category=target, quantity=1, unit=unit, unit_cost=amount))


def _resize(line: PlanLine, factor: float) -> PlanLine:
    return line if factor == 1 else line.model_copy(update={"quantity": line.quantity * factor})
