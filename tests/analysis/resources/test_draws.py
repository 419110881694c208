"""The trade-off over draws, against closed forms, and what must not change it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.analysis.resources.doubts import AudienceDoubts, Doubts, Range, draw_chunks
from workbook.analysis.resources.draws import (
    BAND,
    grid_values,
    plan_values,
    row_quantiles,
    simulate_splits,
)
from workbook.analysis.resources.split import best_split, responses_bought, uptake
from workbook.analysis.resources.value import evsi

AUDIENCE = AudienceDoubts("all", 1, *map(Range.exactly, (0.1, 0.9, 30_000)))
CERTAIN = Doubts(
    budget=Range.exactly(1e5),
    setup=Range.exactly(1e4),
    unit_cost=Range.exactly(500),
    mean=Range.exactly(0),
    prior_sd=Range.exactly(1),
    obs_sd=Range.exactly(3),
    audiences=(AUDIENCE,),
)
TRUSTEES = AudienceDoubts("trustees", 30, Range(0, 0.1, 0.2), Range(0.4, 0.6, 0.9), Range(1e4, 3e4, 9e4))
GRANTEES = AudienceDoubts("grantees", 70, Range(0.1, 0.2, 0.3), Range(0.25, 0.8, 0.9), Range(2e4, 4e4, 8e4))
DOUBTS = Doubts(
    budget=Range(9e4, 1e5, 1.2e5),
    setup=Range(5e3, 1e4, 2e4),
    unit_cost=Range(300, 500, 900),
    mean=Range(-0.3, 0.1, 0.6),
    prior_sd=Range(0.5, 1, 2),
    obs_sd=Range(2, 3, 5),
    audiences=(TRUSTEES, GRANTEES),
)


def times(figure: Range, factor: float) -> Range:
    """The range in another currency."""
    return Range(figure.low * factor, figure.likely * factor, figure.high * factor)


def in_currency(doubts: Doubts, factor: float) -> Doubts:
    """All money of the doubts times `factor`."""
    return replace(
        doubts,
        budget=times(doubts.budget, factor),
        setup=times(doubts.setup, factor),
        unit_cost=times(doubts.unit_cost, factor),
        audiences=tuple(replace(audience, scale=times(audience.scale, factor)) for audience in doubts.audiences),
    )


@pytest.mark.parametrize("mean", [0.0, 0.4, -2.0])
def test_without_doubt_the_draws_are_the_closed_form(mean: float) -> None:
    """With one audience and no doubt, mean, median and band are the closed form, to 1e-11."""
    certain = replace(CERTAIN, mean=Range.exactly(mean))
    closed = best_split(
        100_000,
        lambda data: evsi(mean, 1.0, 3.0, responses_bought(data, 10_000, 500)),
        lambda use: uptake(use, 0.1, 0.9, 30_000),
        steps=200,
    )
    found = simulate_splits(certain, plans=[closed.use / 100_000], draws=300)
    for curve in (found.values.mean, found.values.low, found.values.median, found.values.high):
        assert curve[::-1] == pytest.approx(closed.values, abs=1e-11)
    assert found.best_share == pytest.approx(closed.use / 100_000)
    near = (1 - closed.near_high / 1e5, 1 - closed.near_low / 1e5)
    assert found.near_shares == pytest.approx(near)
    assert found.plans[0].median == pytest.approx(closed.value, abs=1e-11)
    assert found.plans[0].near_chance == 1


def test_published_case() -> None:
    """The published case comes out of the draws too: 67 % on use, worth 0.297079."""
    found = simulate_splits(CERTAIN, draws=10)
    assert found.best_share == 0.67
    assert found.best_value == pytest.approx(0.297079, abs=5e-7)
    assert found.best_chance[134] == 1
    assert found.best_share_at(0.5) == 0.67


def test_powers_against_exponentials() -> None:
    """The grid by repeated multiplication is the grid by exponentials and by the two formulas."""
    drawn = next(draw_chunks(DOUBTS, 700, 1))
    by_powers = grid_values(DOUBTS, drawn, 37)
    assert by_powers == pytest.approx(plan_values(DOUBTS, drawn, np.arange(38) / 37), abs=1e-13)


@pytest.mark.parametrize("draw", [0, 3, 11])
def test_each_draw_against_the_plain_functions(draw: int) -> None:
    """One draw's values are evsi times the weighted uptake at that draw's figures."""
    drawn = next(draw_chunks(DOUBTS, 12, 1))
    one = {doubt: float(values[draw]) for doubt, values in drawn.items()}
    overall = {doubt.field: value for doubt, value in one.items() if not doubt.audience}
    for share in (0.0, 0.35, 0.8, 1.0):
        spend = share * overall["budget"]
        responses = responses_bought(overall["budget"] - spend, overall["setup"], overall["unit_cost"])
        learning = evsi(overall["mean"], overall["prior_sd"], overall["obs_sd"], responses)
        used = 0.0
        for audience in DOUBTS.audiences:
            mine = {d.field: value for d, value in one.items() if d.audience == audience.key}
            ceiling = max(mine["baseline"], mine["ceiling"])
            used += audience.weight / 100 * uptake(spend, mine["baseline"], ceiling, mine["scale"])
        found = plan_values(DOUBTS, drawn, [share])[0, draw]
        assert found == pytest.approx(learning * used, abs=1e-11)


def test_order_of_audiences() -> None:
    """Turning the audiences round changes not one bit."""
    one = simulate_splits(DOUBTS, draws=500)
    other = simulate_splits(replace(DOUBTS, audiences=(GRANTEES, TRUSTEES)), draws=500)
    assert np.array_equal(one.values.mean, other.values.mean)
    assert np.array_equal(one.values.median, other.values.median)
    assert np.array_equal(one.best_chance, other.best_chance)


def test_order_of_draws() -> None:
    """Turning the draws round changes no quantile and no draw's own value."""
    drawn = next(draw_chunks(DOUBTS, 999, 1))
    turned = {doubt: values[::-1].copy() for doubt, values in drawn.items()}
    one, other = grid_values(DOUBTS, drawn, 50), grid_values(DOUBTS, turned, 50)
    assert np.array_equal(one, other[:, ::-1])
    assert np.array_equal(row_quantiles(one, BAND), row_quantiles(other, BAND))


@settings(max_examples=25, deadline=None)
@given(st.floats(1e-4, 1e6))
def test_all_money_times_a_factor(factor: float) -> None:
    """In another currency everything is the same: no value is in money, no share moves."""
    one = simulate_splits(DOUBTS, plans=[0.2], draws=200, steps=40)
    other = simulate_splits(in_currency(DOUBTS, factor), plans=[0.2], draws=200, steps=40)
    assert other.values.mean == pytest.approx(one.values.mean, rel=1e-9, abs=1e-12)
    assert other.values.high == pytest.approx(one.values.high, rel=1e-9, abs=1e-12)
    assert other.choice == one.choice
    assert other.plans[0].median == pytest.approx(one.plans[0].median, rel=1e-9)


def test_same_seed_same_result() -> None:
    """The same seed gives the same result and another seed another one."""
    one, again, other = (simulate_splits(DOUBTS, draws=300, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one.values.median, again.values.median)
    assert not np.array_equal(one.values.median, other.values.median)


def test_near_optimal_range_holds_the_best() -> None:
    """The near-optimal range holds the best split, chances are chances, the band is in order."""
    found = simulate_splits(DOUBTS, plans=[0.1, 0.6], draws=2_000)
    low, high = found.near_shares
    assert low <= found.best_share <= high
    assert found.best_chance.sum() == pytest.approx(1)
    assert np.all((found.near_chance >= found.best_chance - 1e-12) & (found.near_chance <= 1))
    assert np.all(found.values.low <= found.values.median)
    assert np.all(found.values.median <= found.values.high)
    assert found.best_share_at(0.1) <= found.best_share_at(0.5) <= found.best_share_at(0.9)
    early, late = found.plans
    assert early.mean < late.mean < found.best_value
    assert early.near_chance < late.near_chance


def test_chances_are_counts_of_draws() -> None:
    """The chances are what counting draw by draw gives: best, and within 5 % of the best."""
    found = simulate_splits(DOUBTS, draws=400, steps=40)
    values = grid_values(DOUBTS, next(draw_chunks(DOUBTS, 400, 1)), 40)
    near = [np.mean(row >= 0.95 * values.max(axis=0)) for row in values]
    best = np.bincount(values.argmax(axis=0), minlength=41) / 400
    assert found.near_chance == pytest.approx(np.array(near))
    assert found.best_chance == pytest.approx(best)


def test_plan_on_the_grid() -> None:
    """A plan that is a point of the grid has that point's mean, band and chance."""
    found = simulate_splits(DOUBTS, plans=[0.25], draws=800, steps=40)
    plan = found.plans[0]
    assert plan.mean == pytest.approx(found.values.mean[10], rel=1e-9)
    assert plan.low == pytest.approx(found.values.low[10], rel=1e-9)
    assert plan.high == pytest.approx(found.values.high[10], rel=1e-9)
    assert plan.near_chance == found.near_chance[10]


def test_error_falls_with_the_root_of_the_draws() -> None:
    """Sixteen times the draws leave a quarter of the error, in the mean and in the median."""

    def scatter(draws: int) -> tuple[float, float]:
        runs = [simulate_splits(DOUBTS, draws=draws, steps=4, seed=seed) for seed in range(60)]
        return (
            float(np.std([run.values.mean[2] for run in runs])),
            float(np.std([run.values.median[2] for run in runs])),
        )

    few, many = scatter(200), scatter(3_200)
    for before, after in zip(few, many, strict=True):
        assert 0.17 < after / before < 0.36


def test_chunks_against_one_piece() -> None:
    """Beyond a chunk the mean is exact and the quantiles are within a thousandth of the band."""
    found = simulate_splits(DOUBTS, draws=25_000, steps=10)
    values = np.hstack([grid_values(DOUBTS, part, 10) for part in draw_chunks(DOUBTS, 25_000, 1)])
    exact = row_quantiles(values, BAND)
    width = exact[2] - exact[0]
    assert found.values.mean == pytest.approx(values.mean(axis=1), rel=1e-12)
    for curve, expected in zip((found.values.low, found.values.median, found.values.high), exact, strict=True):
        assert np.all(np.abs(curve - expected) <= 2e-3 * width)


@given(
    st.lists(
        st.lists(st.sampled_from([0.0, 1e-300, 0.1, 0.5, 3.0, 1e9]), min_size=7, max_size=7),
        min_size=1,
        max_size=5,
    )
)
def test_quantiles_against_sorting(rows: list[list[float]]) -> None:
    """Quantiles by bins are the values that sorting finds, with ties and lonely far values too."""
    values = np.array(rows)
    expected = np.sort(values, axis=1)[:, [1, 3, 5]].T
    assert row_quantiles(values, BAND) == pytest.approx(expected, abs=1e-290)


def test_quantiles_of_many() -> None:
    """On 5,000 uneven values a row the quantiles by bins are exactly those of sorting."""
    values = np.random.Generator(np.random.PCG64(3)).gamma(0.05, 1, (20, 5_001))
    expected = np.sort(values, axis=1)[:, [500, 2_500, 4_500]].T
    assert np.array_equal(row_quantiles(values, BAND), expected)


def test_nothing_worth_anything() -> None:
    """Where no response can be paid for and nothing leans either way, every draw says so."""
    found = simulate_splits(replace(CERTAIN, unit_cost=Range.exactly(1e9)), draws=20)
    assert found.worthless == 1
    assert found.best_value == 0
    assert not found.best_chance.any()
    assert np.isnan(found.best_share_at(0.5))


@pytest.mark.parametrize("budget", [1.0, 1e10])
def test_extreme_budgets(budget: float) -> None:
    """A budget of 1 and of 10 billion give finite values between 0 and perfect information."""
    found = simulate_splits(replace(DOUBTS, budget=Range.exactly(budget)), draws=200)
    assert np.all(np.isfinite(found.values.high))
    assert found.values.low.min() >= 0
    assert found.values.high.max() <= 2 * 0.4


def test_fifty_audiences() -> None:
    """Fifty alike audiences do as much as one of them."""
    alike = tuple(replace(AUDIENCE, key=f"audience-{number}") for number in range(50))
    many = simulate_splits(replace(CERTAIN, audiences=alike), draws=5)
    one = simulate_splits(CERTAIN, draws=5)
    assert many.values.mean == pytest.approx(one.values.mean, abs=1e-12)


@pytest.mark.parametrize("plan", [-0.1, 1.1, float("nan")])
def test_plans_refused(plan: float) -> None:
    """A plan outside 0 to 1 is refused."""
    with pytest.raises(ValueError, match="share of the money spent on use"):
        simulate_splits(DOUBTS, plans=[plan], draws=5)


def test_no_steps_refused() -> None:
    """A grid without steps is refused."""
    with pytest.raises(ValueError, match="At least one step"):
        simulate_splits(DOUBTS, steps=0)
