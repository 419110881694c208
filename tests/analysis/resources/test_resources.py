"""The trade-off of an engagement: figures from people, what is refused, and what must not change the result."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import AUDIENCES, make_engagement, make_facts, make_voice
from workbook.analysis.resources import tradeoff
from workbook.analysis.resources.doubts import Doubt
from workbook.analysis.resources.points import list_points
from workbook.analysis.resources.resources import (
    ResourcesReading,
    best_split,
    four_corners,
    move_money,
    read_resources,
    uptake,
)
from workbook.analysis.resources.value import evsi
from workbook.model.answers import Voice
from workbook.model.engagement import Facts

IDS = [audience["id"] for audience in AUDIENCES]
ONE = AUDIENCES[:1]


@pytest.fixture(autouse=True)
def _draw_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the draws: what is tested here hangs on none of them."""
    monkeypatch.setattr(tradeoff, "DRAWS", 1_000)


def make_line(category: str, cost: float, **changes: Any) -> dict[str, Any]:
    return {"activity": category, "category": category, "quantity": 1, "unit": "sum", "unit_cost": cost, **changes}


def make_plan(data: float = 45_000, use: float = 5_000, factor: float = 1.0) -> list[dict[str, Any]]:
    lines = [
        make_line("management", 5_000 * factor),
        make_line("data_collection", data * factor / 100, quantity=100),
        make_line("facilitation", use * factor, audiences=["funder"], mechanisms=["skills"]),
    ]
    return [line for line in lines if line["unit_cost"]]


def triple(low: float, likely: float, high: float) -> dict[str, float]:
    return {"low": low, "likely": likely, "high": high}


def exactly(value: float) -> dict[str, float]:
    return triple(value, value, value)


def give(name: str, **answers: Any) -> Voice:
    return make_voice(name, {f"resources.{question}": value for question, value in answers.items()})


def certain_figures(factor: float = 1.0, rows: list[str] = IDS, **changes: Any) -> dict[str, Any]:
    """Figures nobody doubts, but for the half step on either side of worded answers."""
    figures = {
        "sure": 1,
        "vary": 2,
        "data_costs": {"unit_cost": exactly(500 * factor), "setup_cost": exactly(5_000 * factor)},
        "use_report": {row: exactly(1) for row in rows},
        "use_support": {row: exactly(6) for row in rows},
        "use_spend": {row: exactly(20_000 * factor) for row in rows},
    }
    return {**figures, **changes}


def read(*voices: Voice, facts: Facts | None = None, **changes: Any) -> ResourcesReading:
    return read_resources(make_engagement(*voices, facts=facts or make_facts(plan=make_plan()), **changes))


def test_the_names_outside_checks_call_are_here() -> None:
    """uptake, best_split and four_corners are importable from here with their meanings."""
    assert uptake(0, 0.1, 0.9, 30_000) == pytest.approx(0.1)
    assert best_split(100, lambda d: 1 - np.exp(-d / 20), lambda u: 1 - np.exp(-u / 20)).data == 50
    assert four_corners(1, math.sqrt(5), 0.4).both == pytest.approx(1.079811, abs=1e-6)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"budget": None}, "no_budget"),
        ({"budget": "unsure"}, "budget_unsure"),
        ({"budget": 0.0}, "budget_zero"),
        ({"budget": 1.0, "plan": make_plan()}, "top_heavy"),
        ({"plan": [make_line("management", 5)]}, "nothing_to_split"),
        ({"audiences": []}, "no_audiences"),
    ],
)
def test_facts_that_make_the_sum_meaningless_are_named(changes: dict[str, Any], reason: str) -> None:
    """Where no split can be valued the reading names the reason and holds no numbers."""
    reading = read(facts=make_facts(**changes))
    assert reading.blocked == reason
    assert reading.tradeoff is None


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"sure": 4}, "certain"),
        ({"use_report": {"people": exactly(7)}, "use_support": {"people": exactly(3)}}, "crossed"),
        ({"data_costs": {"unit_cost": exactly(90_000)}}, "too_dear"),
        ({"data_costs": {"unit_cost": exactly(0)}}, "free"),
        ({name: {row: exactly(0) for row in IDS} for name in ("use_report", "use_support")}, "worthless"),
    ],
)
def test_answers_that_make_the_sum_meaningless_are_named(answers: dict[str, Any], reason: str) -> None:
    """A contradiction, a certainty or a price beyond reach gives its reason and no number."""
    reading = read(give("A", **answers))
    assert reading.blocked == reason
    assert reading.tradeoff is None


def test_with_no_doubt_the_average_equals_the_closed_form() -> None:
    """One audience and figures nobody doubts: the curve is uptake times evsi at every split."""
    facts = make_facts(plan=make_plan(), audiences=ONE)
    changes = {"sure": 0, "vary": 0}
    reading = read(give("A", **certain_figures(rows=["funder"], **changes)), facts=facts)
    result = reading.tradeoff
    assert result is not None
    doubts = result.doubts
    assert doubts.audiences[0].baseline.certain
    for place in (0, 40, 100, 160):
        spend = result.draws.shares[place] * result.money
        n = math.floor((result.money - spend - 5_000) / 500 + 1e-9)
        low = uptake(spend, 0.1, 0.6, 20_000) * evsi(0.0, 1.0, doubts.obs_sd.high, n)
        high = uptake(spend, 0.1, 0.6, 20_000) * evsi(0.0, 1.0, doubts.obs_sd.low, n)
        middle = float(result.draws.values.median[place])
        assert min(low, high) * 0.8 <= middle <= max(low, high) + 1e-9


def test_the_near_optimal_range_holds_the_best_split() -> None:
    """The best split always lies within the range that is nearly as good."""
    for voice in (give("A", **certain_figures()), give("A", sure=0), give("A", vary=4)):
        result = read(voice).tradeoff
        assert result is not None
        low, high = result.near
        assert low <= result.draws.best_share <= high


@settings(max_examples=8, deadline=None)
@given(factor=st.sampled_from([1e-3, 0.1, 3, 7.5, 1_000, 1e5]))
def test_all_money_times_a_factor_changes_only_labels(factor: float) -> None:
    """Prices, plan and budget in another unit give the same splits and the same worths."""
    one = read(give("A", **certain_figures()), facts=make_facts(budget=55_000.0, plan=make_plan())).tradeoff
    facts = make_facts(budget=55_000.0 * factor, plan=make_plan(factor=factor))
    other = read(give("A", **certain_figures(factor)), facts=facts).tradeoff
    assert one is not None
    assert other is not None
    assert other.near == one.near
    assert other.draws.best_share == one.draws.best_share
    assert other.finding == one.finding
    assert other.today_worth == pytest.approx(one.today_worth)
    assert other.money == pytest.approx(one.money * factor)


def test_the_order_of_voices_audiences_and_lines_changes_nothing() -> None:
    """Whatever comes first, the result is the same."""
    voices = [give("A", **certain_figures()), give("B", sure=3, use_report={"people": triple(0, 2, 4)})]
    facts = make_facts(plan=make_plan())
    turned = make_facts(plan=make_plan()[::-1], audiences=AUDIENCES[::-1])
    one, other = read(*voices, facts=facts).tradeoff, read(*voices[::-1], facts=turned).tradeoff
    assert one is not None
    assert other is not None
    assert np.array_equal(one.draws.values.mean, other.draws.values.mean)
    assert one.tornado == other.tornado
    assert one.settling == other.settling


def test_more_draws_come_closer_as_their_square_root() -> None:
    """The average over n draws strays from the long-run average by about 1 / sqrt(n)."""
    from workbook.analysis.resources.draws import simulate_splits

    result = read(give("A", sure=1)).tradeoff
    assert result is not None
    truth = simulate_splits(result.doubts, draws=100_000, seed=99, steps=20).values.mean[10]
    strays = []
    for draws in (100, 1_600):
        found = [simulate_splits(result.doubts, draws=draws, seed=seed, steps=20).values.mean[10] for seed in range(24)]
        strays.append(float(np.sqrt(np.mean((np.array(found) - truth) ** 2))))
    assert 2 < strays[0] / strays[1] < 8


def test_all_money_on_data_asks_for_more_use() -> None:
    """A plan with nothing on use is told so."""
    result = read(give("A", **certain_figures()), facts=make_facts(plan=make_plan(50_000, 0))).tradeoff
    assert result is not None
    assert result.today == 0
    assert result.finding == "more_use"


def test_nearly_all_money_on_use_asks_for_more_data() -> None:
    """A plan that buys hardly a response is told that data would be the better buy."""
    result = read(give("A", **certain_figures()), facts=make_facts(plan=make_plan(5_500, 60_000))).tradeoff
    assert result is not None
    assert result.finding == "more_data"


def test_a_wide_range_says_that_the_split_hardly_matters() -> None:
    """Where responses cost next to nothing and support adds little, most splits do as well."""
    figures = certain_figures(
        data_costs={"unit_cost": exactly(1), "setup_cost": exactly(0)},
        use_report={row: exactly(5) for row in IDS},
        use_support={row: exactly(5.5) for row in IDS},
    )
    result = read(give("A", **figures), facts=make_facts(plan=make_plan(25_000, 25_000))).tradeoff
    assert result is not None
    assert result.finding == "flat"


def test_without_a_plan_no_split_is_called_todays() -> None:
    """Without a plan the budget less a share is split, and today is left open."""
    reading = read(give("A", **certain_figures()), facts=make_facts())
    assert reading.tradeoff is not None
    assert reading.tradeoff.today is None
    assert reading.money == pytest.approx(85_000)
    assert reading.tradeoff.finding in ("open", "open_flat")


def test_a_plan_over_the_budget_is_cut_to_what_is_left() -> None:
    """Money that is not there is not split."""
    reading = read(facts=make_facts(plan=make_plan(), budget=35_000.0))
    assert reading.money == 30_000
    assert reading.plan is not None
    assert reading.plan.over == 20_000


def test_fifty_audiences_and_huge_budgets_are_worked_out() -> None:
    """Size alone never stops the sum."""
    many = [{"id": f"a{place}", "name": f"Audience {place}", "group": "other"} for place in range(50)]
    assert read(facts=make_facts(audiences=many, budget=1e10)).tradeoff is not None
    assert read(facts=make_facts(budget=1.0)).tradeoff is not None


def test_agreed_figures_come_first_then_voices_then_the_plan_then_defaults() -> None:
    """Each figure says where it comes from, the group's word before the voices'."""
    voices = (give("A", use_report={"people": triple(0, 2, 5)}), give("B", use_report={"people": triple(1, 4, 6)}))
    inputs = read(*voices).elicited.inputs
    people = inputs[Doubt("baseline", "people")]
    assert (people.figure.low, people.figure.likely, people.figure.high, people.origin) == (0, 3, 6, "voices")
    assert inputs[Doubt("unit_cost")].origin == "plan"
    assert inputs[Doubt("setup")].origin == "default"
    agreed = {"resources.use_report": {"people": triple(0, 1, 2)}}
    settled = read(*voices, agreed=agreed).elicited.inputs[Doubt("baseline", "people")]
    assert (settled.figure.likely, settled.figure.high, settled.origin) == (1, 2, "agreed")


def test_the_plan_buys_as_many_responses_as_it_counts() -> None:
    """Where nobody priced a response, today's plan buys what its own lines say."""
    result = read().tradeoff
    assert result is not None
    assert result.responses_at(45_000)[1] == 100


def test_unsure_answers_leave_the_default() -> None:
    """An answer of "we do not know yet" gives no figure."""
    answers = {"sure": "unsure", "use_report": "unsure", "use_spend": {"people": "unsure"}}
    assert read(give("A", **answers)).is_ours


def test_openness_and_permission_lower_the_ceiling() -> None:
    """The smaller of the two says how much of what support could add is left."""
    engagement = make_engagement(give("A", **certain_figures()), facts=make_facts(plan=make_plan()))
    reading = read_resources(engagement, openness={"people": 0.5, "funder": 0.9}, standing={"funder": "withdrawn"})
    assert reading.openness == {"people": 0.5, "funder": 0.0}
    assert reading.tradeoff is not None
    ceilings = {one.key: one.ceiling.likely for one in reading.tradeoff.doubts.audiences}
    assert ceilings == pytest.approx({"people": 0.35, "funder": 0.1, "grantees": 0.6})


def test_audiences_count_by_the_points_of_chapter_03() -> None:
    """Points given there weigh the audiences here; without any, all count alike."""
    voice = make_voice("A", {"audiences.points": {"funder": 0, "grantees": 25, "people": 75}})
    assert read(voice).weights.by_audience == {"funder": 0, "grantees": 25, "people": 75}
    assert read().weights.origin == "equal"


def test_moving_money_changes_the_reading_and_not_the_engagement() -> None:
    """A change tried out is read as if it were the plan, at the prices of the plan as it stands."""
    engagement = make_engagement(give("A", sure=1), facts=make_facts(plan=make_plan()))
    before, after = read_resources(engagement), move_money(engagement, "data_collection", "facilitation", 20_000)
    assert before.tradeoff is not None
    assert after.tradeoff is not None
    assert after.tradeoff.today == pytest.approx(0.5)
    assert after.tradeoff.today_worth > before.tradeoff.today_worth  # type: ignore[operator]
    assert after.elicited.inputs == before.elicited.inputs
    assert read_resources(engagement).tradeoff.today == before.tradeoff.today  # type: ignore[union-attr]


def test_withheld_answers_are_replaced_by_a_default_that_says_so() -> None:
    """Where an edition holds answers back the figure is ours and marked as such."""
    engagement = make_engagement(facts=make_facts(plan=make_plan()), edition="public")
    withheld = {f"resources.{name}": "small_group" for name in ("sure", "use_report")}
    reading = read_resources(engagement.model_copy(update={"withheld": withheld}))
    assert reading.elicited.inputs[Doubt("mean")].origin == "withheld"
    assert reading.elicited.inputs[Doubt("baseline", "people")].origin == "withheld"
    assert reading.is_held_back


def test_points_ask_about_what_the_plan_leaves_open() -> None:
    """A plan far from what voices would do, unreached audiences and unpaid time each give one point."""
    points = {"facilitation": 60, "participants_time": 20, "data_collection": 20}
    subjects = [point.subject for point in list_points(read(give("A", points=points)))]
    assert {"resources.points", "resources.reach.grantees", "resources.reach.people", "resources.time"} <= set(subjects)
    assert len(subjects) == len(set(subjects))


def test_nothing_answered_and_no_plan_asks_nothing_of_its_own() -> None:
    """Plain gaps are collected elsewhere; without a plan there is nothing this chapter alone knows."""
    assert list_points(read(facts=make_facts())) == ()


def test_one_voice_and_thirty_give_a_reading() -> None:
    """Any number of voices is read."""
    thirty = [give(f"Voice {place}", **certain_figures(sure=place % 4, vary=place % 5)) for place in range(30)]
    for voices in (thirty[:1], thirty):
        reading = read(*voices)
        assert reading.tradeoff is not None
        assert reading.elicited.inputs[Doubt("baseline", "people")].voices == len(voices)
