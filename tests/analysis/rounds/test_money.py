"""Targets, and the plan against what was spent."""

from __future__ import annotations

import pytest

from analysis.rounds.round_support import SCALES, follow, make_round, set_targets
from workbook.analysis.framing import read_framing
from workbook.analysis.practices import read_practices
from workbook.analysis.resources.value import evpi
from workbook.analysis.rounds import read_rounds
from workbook.analysis.rounds.money import narrow_doubt
from workbook.storage import load_engagement
from workbook.views.framing.figures import draw_facets
from workbook.views.practices.figures import draw_gaps
from workbook.views.rounds import show_money


def test_what_is_left_of_a_doubt_is_the_posterior_of_a_normal_mean() -> None:
    """With as many answers as their variance is times the doubt's, half of the variance is left; none leave all."""
    assert narrow_doubt(1.0, 1) == pytest.approx(0.5**0.5)
    assert narrow_doubt(3.0, 9) == pytest.approx(0.5**0.5)
    assert narrow_doubt(2.0, 0) == 1
    assert evpi(0, narrow_doubt(1, 3)) < evpi(0, 1)


def test_the_example_says_how_much_narrower_its_doubt_is() -> None:
    """The share that is left, the ranges before and after, and that it is reckoned."""
    reading = read_rounds(load_engagement("example-second-year"))
    learnt = reading.money.learnt
    assert learnt is not None
    assert 0 < learnt.left < 1
    assert learnt.before != learnt.after
    told = str(show_money(reading))
    assert "32 answers leave 66% of the doubt" in told
    assert "This is reckoned" in told


def test_nothing_spent_is_nothing_said() -> None:
    """Where nobody wrote down what was spent, no plan is set beside it."""
    assert read_rounds(follow(make_round({}), make_round({}))).money.lines == ()


@pytest.mark.parametrize(
    ("then", "now", "state"),
    [(4, 1, "reached"), (4, 0, "reached"), (4, 2, "nearer"), (2, 3, "further"), (2, 2, "same")],
)
def test_a_target_is_reached_at_its_step_or_past_it(then: int, now: int, state: str) -> None:
    """Else the page says which way it went."""
    last = set_targets(make_round({"p-1": {SCALES[1]: then}}), framing__purpose__soil={"value": 1})
    reading = read_rounds(follow(make_round({"p-1": {SCALES[1]: now}}), last))
    assert [one.state for one in reading.targets] == [state]


def test_a_target_stands_in_the_chart_of_dots_and_its_table() -> None:
    """In framing and in practices, wherever the group said where it wants to be."""
    engagement = load_engagement("example")
    for drawn in (draw_facets(read_framing(engagement)), draw_gaps(read_practices(engagement))):
        assert 'class="target"' in drawn.html
        assert "target: " in str(drawn)
