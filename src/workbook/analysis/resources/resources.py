"""Chapter 05: is it right to learn less if what is done with it changes more?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from workbook.analysis.permission import read_permission
from workbook.analysis.resources.doubts import Doubt, Doubts
from workbook.analysis.resources.elicited import Elicited, Input, read_inputs
from workbook.analysis.resources.plan import SIDES, CostedPlan, Coverage, cost_plans, move_lines, read_coverage
from workbook.analysis.resources.split import best_split, four_corners, uptake
from workbook.analysis.resources.tradeoff import TradeOff, make_doubts, weigh
from workbook.analysis.safety import read_safety
from workbook.analysis.voices.evidence import Evidence, Part
from workbook.analysis.voices.grids import NumberReading, read_points
from workbook.analysis.voices.scales import Lone, find_lone
from workbook.model.base import UNSURE
from workbook.model.chapters import Chapter, list_questions, load_chapter_of
from workbook.model.choices import Category
from workbook.model.engagement import Engagement, Facts, PlanLine
from workbook.model.questions import PointsQuestion
from workbook.theme import format_percent

__all__ = [
    "ResourcesReading",
    "best_split",
    "four_corners",
    "move_money",
    "read_resources",
    "uptake",
]

Block = Literal[
    "no_budget", "budget_unsure", "budget_zero", "top_heavy", "nothing_to_split", "no_audiences",
    "certain", "crossed", "too_dear", "free", "worthless",
]  # fmt: skip
WeightOrigin = Literal["agreed", "voices", "one", "equal", "withheld"]
PointsOrigin = Literal["agreed", "one", "middle"]


FIGURES = tuple(f"resources.{name}" for name in ("data_costs", "sure", "vary", "use_"))
"""How the ids begin of the questions that ask for a figure of the sum."""


@dataclass(frozen=True)
class Weights:
    """How much each audience counts, by id, and where that comes from."""

    by_audience: dict[str, float]
    origin: WeightOrigin


@dataclass(frozen=True, eq=False)
class ResourcesReading:
    """The chapter's result; money in the engagement's currency.

    `money` is what is split between data and use, 0 where `blocked` names a reason why no split can be valued
    (`blocked_doubt` is the figure at fault); then `tradeoff` is None. `openness` holds the share of what support
    could do, 0 to 1, of the audiences for which it is known.
    """

    chapter: Chapter
    facts: Facts
    plan: CostedPlan | None
    others: tuple[CostedPlan, ...]
    money: float
    elicited: Elicited
    weights: Weights
    openness: dict[str, float]
    points: dict[str, NumberReading]
    coverage: tuple[Coverage, ...]
    blocked: Block | None
    blocked_doubt: Doubt | None
    tradeoff: TradeOff | None
    edition: str
    minimum_group: int
    lone: Lone | None
    use_shares: tuple[float, ...] = ()

    @property
    def budget(self) -> float | None:
        """The budget, None where none is stated or it is not known."""
        return self.facts.most_money

    def spent_on(self, *categories: str) -> float:
        """What the facts say was spent on some kinds of work since the last round."""
        return sum(one.cost for one in self.facts.spent if one.category in categories)

    @property
    def spent_split(self) -> float:
        """What was spent on data and on use since the last round, 0 in a first one."""
        return self.spent_on(*(name for name, side in SIDES.items() if side != "top"))

    @property
    def is_asked(self) -> bool:
        """Whether anybody has given or agreed a figure of this chapter that this edition may show."""
        return any(not one.is_ours and one.origin != "plan" for one in self.elicited.inputs.values()) or bool(
            self.middle_points
        )

    @property
    def is_answered(self) -> bool:
        """Whether anything of the chapter is known: an answer, or a costed plan."""
        return self.is_asked or self.plan is not None

    @property
    def is_ours(self) -> bool:
        """Whether nobody gave or agreed any figure of the trade-off that this edition may show."""
        return all(one.is_ours or one.origin == "plan" for one in self.elicited.inputs.values())

    @property
    def is_whole(self) -> bool:
        """Whether the edition shows every answer, so that what is not here has not been said."""
        return self.edition == "private"

    @property
    def is_held_back(self) -> bool:
        """Whether a default may stand in for answers that this edition does not show."""
        return bool(self.elicited.ours) and not self.is_whole

    @property
    def is_mostly_ours(self) -> bool:
        """Whether too few figures come from people, the group or the plan for a number to be worked out from them.

        Voices that differ over a figure widen the range that is drawn for it; nothing is averaged away.
        """
        return not Evidence(tuple(Part(known=not one.is_ours) for one in self.elicited.inputs.values())).allows_number

    @property
    def middle_points(self) -> dict[Category, float]:
        """The points to reckon with for each kind of spending, each the middle of its own; empty without answers."""
        values = {name: one.value for name, one in self.points.items() if one.value is not None}
        return {name: values.get(name, 0.0) for name in self.points} if any(values.values()) else {}  # type: ignore[misc]

    @property
    def points_origin(self) -> PointsOrigin:
        """Whose the middle points are: the group's, one voice's, or the middle of several voices."""
        if any(one.agreed is not None for one in self.points.values()):
            return "agreed"
        return "middle" if any(len(one.responses) > 1 for one in self.points.values()) else "one"

    @property
    def wanted_use_share(self) -> float | None:
        """The share on use, of what goes to data and use: what was agreed, else the middle of each answer's own."""
        agreed = {name: one.agreed for name, one in self.points.items() if one.agreed is not None}
        if agreed:
            return _share_on_use(agreed)  # type: ignore[arg-type]
        return median(self.use_shares) if self.use_shares else None

    @property
    def unreached(self) -> tuple[Coverage, ...]:
        """Audiences that no line of the plan is said to reach; empty where no line names any audience."""
        named = any(line.audiences for line in self.plan.lines) if self.plan else False
        return tuple(one for one in self.coverage if named and one.audience and not one.reached)


def _share_on_use(points: Mapping[Category, float]) -> float | None:
    sides = {side: sum(value for name, value in points.items() if SIDES[name] == side) for side in ("data", "use")}
    return sides["use"] / sum(sides.values()) if sum(sides.values()) else None


def read_resources(
    engagement: Engagement,
    *,
    openness: Mapping[str, float | None] | None = None,
    standing: Mapping[str, str] | None = None,
    plan: Sequence[PlanLine] | None = None,
) -> ResourcesReading:
    """Read the resources of an engagement.

    `openness` (0 to 1) and `standing` (step of permission) are by audience id; without them they are read from
    chapters 07 and 06. `plan` takes the place of today's plan; prices are then still worked out from the plan
    in the facts.
    """
    openness = read_safety(engagement).openness if openness is None else openness
    standing = read_permission(engagement).standing if standing is None else standing
    chapter, facts = load_chapter_of(engagement, "resources"), engagement.facts
    today, others = cost_plans(facts, plan)
    stated = today if plan is None else cost_plans(facts)[0]
    money = find_money(facts, today, chapter)
    elicited = read_inputs(engagement, chapter, stated, find_money(facts, stated, chapter))
    weights = _read_weights(engagement)
    factors = _combine_openness(chapter, facts, openness, standing)
    blocked, at_fault = _find_block(facts, today, money, elicited)
    tradeoff = None
    if blocked is None:
        doubts = make_doubts(money, elicited.inputs, weights.by_audience, factors)
        tradeoff = _weigh_plans(chapter, money, doubts, today, others)
        blocked = None if tradeoff else "worthless"
    question = list_questions(facts)["resources.points"]
    assert isinstance(question, PointsQuestion)
    return ResourcesReading(
        chapter=chapter,
        facts=facts,
        plan=today,
        others=others,
        money=money,
        elicited=elicited,
        weights=weights,
        openness=factors,
        points=read_points(engagement, question),
        coverage=read_coverage(facts, today),
        blocked=blocked,
        blocked_doubt=at_fault,
        tradeoff=tradeoff,
        edition=engagement.told_as,
        minimum_group=facts.minimum_group,
        lone=find_lone(engagement, *FIGURES),
        use_shares=_list_use_shares(engagement, question),
    )


def _list_use_shares(engagement: Engagement, question: PointsQuestion) -> tuple[float, ...]:
    """Return the share on use that each whole answer asks for, the lowest first; a shared edition may thin answers."""
    whole = [one.value for one in engagement.list_responses(question.id) if isinstance(one.value, dict)]
    thinned = engagement.edition != "private"
    complete = [value for value in whole if not thinned or len(value) == len(question.options)]
    return tuple(sorted(share for value in complete if (share := _share_on_use(value)) is not None))


def _weigh_plans(
    chapter: Chapter, money: float, doubts: Doubts, today: CostedPlan | None, others: tuple[CostedPlan, ...]
) -> TradeOff | None:
    """Weigh the splits and the plans; None where no split is worth anything."""
    plans = (today, *others) if today else others
    use_share = today.use_share if today else None
    result = weigh(money, doubts, today=use_share, plans=plans, wide_range=chapter.get_number("wide_range"))
    return result if result.reference > 0 else None


def move_money(engagement: Engagement, source: Category, target: Category, amount: float) -> ResourcesReading:
    """Read the resources as they would be with `amount` moved between two kinds of spending; nothing is saved."""
    return read_resources(engagement, plan=move_lines(engagement, source, target, amount))


def find_money(facts: Facts, plan: CostedPlan | None, chapter: Chapter) -> float:
    """Return what is split between data and use: what the plan puts there, or less where the budget leaves less."""
    budget = facts.most_money
    if budget is None:
        return 0.0
    if plan is None:
        return budget * (1 - chapter.get_number("off_the_top"))
    left = max(budget - plan.cost_of_side("top"), 0.0)
    # What rounding leaves of a plan that spends the budget exactly must not count as over it.
    return plan.split_money if plan.split_money <= left * (1 + 1e-9) else left


def _find_block(
    facts: Facts, plan: CostedPlan | None, money: float, elicited: Elicited
) -> tuple[Block | None, Doubt | None]:
    """Say why no split can be valued, the plainest reason first."""
    inputs = elicited.inputs
    if facts.most_money is None:
        return ("budget_unsure" if facts.budget == UNSURE else "no_budget"), None
    if facts.most_money == 0:
        return "budget_zero", None
    if plan and plan.split_money == 0:
        return "nothing_to_split", None
    if money <= 0:
        return "top_heavy", None
    if not facts.audiences:
        return "no_audiences", None
    if elicited.certain:
        return "certain", None
    return _find_faulty_figure(facts, money, inputs)


def _find_faulty_figure(facts: Facts, money: float, inputs: Mapping[Doubt, Input]) -> tuple[Block | None, Doubt | None]:
    for audience in facts.audiences:
        report, support = (inputs[Doubt(name, audience.id)].figure for name in ("baseline", "ceiling"))
        if report.likely > support.likely:
            return "crossed", Doubt("baseline", audience.id)
    priced = [Doubt("unit_cost"), *(Doubt("scale", audience.id) for audience in facts.audiences)]
    for doubt in priced:
        if inputs[doubt].figure.low <= 0:
            return "free", doubt
    unit, setup = (inputs[Doubt(name)].figure.likely for name in ("unit_cost", "setup"))
    return ("too_dear", Doubt("unit_cost")) if setup + unit > money * (1 + 1e-9) else (None, None)


def _read_weights(engagement: Engagement) -> Weights:
    """Return the audiences' weights from chapter 03, else the same for everyone."""
    equal = {audience.id: 1.0 for audience in engagement.facts.audiences}
    question = list_questions(engagement.facts).get("audiences.points")
    if not isinstance(question, PointsQuestion):
        return Weights(equal, "equal")
    points = read_points(engagement, question)
    found = {key: value for key in equal if (value := points[key].value) is not None}
    # An audience whose points are held back must not be taken for one that nobody gave any to.
    if len(found) < len(equal) or not sum(found.values()) > 0:
        return Weights(equal, "equal" if engagement.told_as == "private" else "withheld")
    if any(one.agreed is not None for one in points.values()):
        return Weights(found, "agreed")
    return Weights(found, "voices" if any(len(one.responses) > 1 for one in points.values()) else "one")


def _combine_openness(
    chapter: Chapter, facts: Facts, openness: Mapping[str, float | None], standing: Mapping[str, str]
) -> dict[str, float]:
    """Return the weaker of openness and permission for each audience; one of which neither is known is left out."""
    found = {}
    for audience in facts.audiences:
        parts = [openness.get(audience.id)]
        setting = f"permission_{standing.get(audience.id, 'unknown')}"
        if setting in chapter.settings:
            parts.append(chapter.get_number(setting))
        elif setting == "permission_agreed":
            parts.append(1.0)
        known = [part for part in parts if part is not None]
        if known:
            found[audience.id] = min(max(min(known), 0.0), 1.0)
    return found


def list_wide_points(reading: ResourcesReading) -> tuple[str, ...]:
    """Name the kinds of spending on which voices lie as many points apart as counts as far."""
    labels = {option.id: option.label.lower() for option in reading.chapter.lists["categories"]}
    least = reading.chapter.get_number("points_apart")
    return tuple(labels[name] for name, one in reading.points.items() if one.gap >= least)


def word_wanted_share(reading: ResourcesReading) -> str:
    """Word the share on use that is asked for; where it is a middle, from the lowest to the highest answer."""
    shown, shares = format_percent(reading.wanted_use_share or 0.0), reading.use_shares
    if reading.points_origin == "agreed" or len(shares) < 2 or shares[0] == shares[-1]:
        return shown
    ends = {"low": format_percent(shares[0]), "high": format_percent(shares[-1])}
    return reading.chapter.get_word("split_range").format(share=shown, **ends)


def name_doubt(reading: ResourcesReading, doubt: Doubt, *, short: bool = False) -> str:
    """Name a figure in words."""
    kind = "short_inputs" if short else "inputs"
    names = {audience.id: audience.name for audience in reading.facts.audiences}
    return reading.chapter.get_word(f"{kind}.{doubt.field}").format(audience=names.get(doubt.audience, ""))
