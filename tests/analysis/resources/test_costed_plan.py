"""The costed plan: totals, sides, coverage, and money moved."""

from __future__ import annotations

from typing import Any

import pytest

from builders import make_engagement, make_facts
from workbook.analysis.resources.plan import CATEGORIES, SIDES, CostedPlan, cost_plans, move_lines, read_coverage
from workbook.errors import WorkbookError
from workbook.model.engagement import Facts, PlanLine


def make_line(category: str, cost: float, **changes: Any) -> dict[str, Any]:
    line = {"activity": f"Some {category}", "category": category, "quantity": 1, "unit": "sum", "unit_cost": cost}
    return {**line, **changes}


PLAN = [
    make_line("discovery", 1_000),
    make_line("data_collection", 100, quantity=60, audiences=["people"]),
    make_line("reporting", 9_000, audiences=["funder"], mechanisms=["awareness"]),
    make_line("facilitation", 5_000, audiences=["grantees"], mechanisms=["interaction", "skills"]),
]


def cost_plan(facts: Facts) -> CostedPlan:
    plan, _ = cost_plans(facts)
    assert plan is not None
    return plan


def test_totals_and_sides_add_up() -> None:
    """Every line counts on one side, and the sides add up to the total."""
    plan = cost_plan(make_facts(plan=PLAN))
    assert plan.total == 21_000
    assert [plan.cost_of_side(side) for side in ("data", "use", "top")] == [15_000, 5_000, 1_000]
    assert set(SIDES) == set(CATEGORIES)


def test_the_share_on_use_leaves_out_what_is_off_the_top() -> None:
    """Discovery and management are in neither side of the split."""
    assert cost_plan(make_facts(plan=PLAN)).use_share == 0.25


def test_over_and_under_budget() -> None:
    """A plan says by how much it is over the budget, and nothing where no budget is stated."""
    assert cost_plan(make_facts(plan=PLAN, budget=20_000.0)).over == 1_000
    assert cost_plan(make_facts(plan=PLAN, budget=22_000.0)).over == -1_000
    assert cost_plan(make_facts(plan=PLAN, budget=None)).over is None


def test_the_order_of_lines_does_not_matter() -> None:
    """Sums of money come out alike to the last bit in whatever order the lines stand."""
    odd = [make_line("analysis", cost) for cost in (0.1, 0.2, 0.3, 1e9, 7.7)]
    assert cost_plan(make_facts(plan=odd)).total == cost_plan(make_facts(plan=odd[::-1])).total


def test_coverage_lists_activities_by_mechanism() -> None:
    """Each audience has the activities that reach it by each of the six mechanisms."""
    facts = make_facts(plan=PLAN)
    funder, grantees, people = read_coverage(facts, cost_plan(facts))
    assert grantees.activities["skills"] == ("Some facilitation",)
    assert funder.reports_only
    assert not grantees.reports_only
    assert people.reached


def test_a_line_that_names_no_audience_has_a_row_of_its_own() -> None:
    """A mechanism without an audience is shown, not lost."""
    facts = make_facts(plan=[make_line("facilitation", 5, mechanisms=["skills"])])
    *named, nobody = read_coverage(facts, cost_plan(facts))
    assert nobody.audience == ""
    assert not any(one.reached for one in named)


def test_moved_money_keeps_the_total() -> None:
    """What leaves one kind of spending arrives in the other, also where that has no line yet."""
    engagement = make_engagement(facts=make_facts(plan=PLAN))
    for target in ("facilitation", "participants_time"):
        moved = CostedPlan("", move_lines(engagement, "reporting", target, 4_000), None)
        before = CostedPlan("", engagement.facts.plan, None)
        assert moved.total == pytest.approx(21_000)
        assert moved.cost_of("reporting") == pytest.approx(5_000)
        assert moved.cost_of(target) == pytest.approx(before.cost_of(target) + 4_000)


def test_more_than_there_is_cannot_be_moved() -> None:
    """The error says how much there is to move."""
    engagement = make_engagement(facts=make_facts(plan=PLAN))
    with pytest.raises(WorkbookError, match="£9,000"):
        move_lines(engagement, "reporting", "facilitation", 9_001)
    with pytest.raises(WorkbookError, match="no kind of spending"):
        move_lines(engagement, "cake", "facilitation", 1)


def test_a_plan_without_lines_is_no_plan() -> None:
    """Where no line is costed there is no plan to speak of."""
    assert cost_plans(make_facts())[0] is None
    assert isinstance(PlanLine.model_validate(PLAN[0]).cost, float)
