"""Cells of points and matrices over voices."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_engagement, make_voice
from workbook.analysis.voices.grids import NumberReading, read_matrix, read_points
from workbook.model.answers import Edition
from workbook.model.editions import redact
from workbook.model.engagement import Engagement
from workbook.model.questions import Column, GridQuestion, Option, PointsQuestion

ROWS = (Option(id="a", label="A"), Option(id="b", label="B"))
POINTS = PointsQuestion(id="x.points", kind="points", text="Share out", options=ROWS)
STEPS = ("none", "little", "some", "much", "all")
MATRIX = GridQuestion(
    id="x.matrix",
    kind="matrix",
    text="Fill in",
    rows=ROWS,
    columns=(
        Column(id="rate", label="Rate", kind="scale", steps=STEPS),
        Column(id="count", label="Count", kind="number"),
        Column(
            id="pick", label="Pick", kind="choice", options=(Option(id="yes", label="Yes"), Option(id="no", label="No"))
        ),
    ),
).fill_lists({})
WORDS = GridQuestion(
    id="x.words", kind="matrix", text="Say", rows=ROWS, columns=(Column(id="what", label="What", kind="text"),)
).fill_lists({})


def answer(question: str, *values: Any, agreed: Any = None, consent: str = "role") -> Engagement:
    """An engagement in which each value is one voice's answer to a question."""
    voices = [
        make_voice(f"Voice {number}", {question: {"value": v}}, consent=consent) for number, v in enumerate(values)
    ]
    return make_engagement(*voices, agreed={} if agreed is None else {question: agreed})


def test_points_are_read_row_by_row() -> None:
    """Each row of points has its voices, its middle and its ends."""
    reading = read_points(answer("x.points", {"a": 70.0, "b": 30.0}, {"a": 20.0, "b": 80.0}), POINTS)["a"]
    assert (reading.low, reading.middle, reading.high, reading.gap) == (20, 45, 70, 50)
    assert [response.voice for response in reading.responses] == ["Voice 1", "Voice 0"]


def test_agreed_goes_before_the_middle() -> None:
    """What the group agreed is reckoned with; the voices keep their own answers beside it."""
    reading = read_points(answer("x.points", {"a": 70.0, "b": 30.0}, agreed={"a": 10.0, "b": 90.0}), POINTS)["a"]
    assert (reading.value, reading.middle) == (10, 70)


def test_unsure_spreads_to_every_cell_it_covers() -> None:
    """A whole answer or a row that is unsure makes each of its cells unsure, and no other."""
    reading = read_matrix(answer("x.matrix", "unsure", {"a": "unsure", "b": {"rate": 3}}), MATRIX)
    assert len(reading.scales["a", "rate"].unsure) == 2
    assert len(reading.scales["b", "rate"].unsure) == 1
    assert reading.scales["b", "rate"].value == 3


def test_an_agreed_cell_that_is_unsure_is_not_a_value() -> None:
    """An agreed "we do not know yet" is kept apart from a number or a choice."""
    reading = read_matrix(answer("x.matrix", agreed={"a": {"count": "unsure", "pick": "unsure"}}), MATRIX)
    assert reading.numbers["a", "count"].agreed_unsure
    assert reading.numbers["a", "count"].value is None
    assert reading.choices["a", "pick"].value is None


def test_each_kind_of_column_has_its_own_reading() -> None:
    """Scales differ as elsewhere, numbers have a middle, choices need more than half."""
    votes = [{"a": {"rate": 0, "count": 1.0, "pick": "yes"}}, {"a": {"rate": 4, "count": 3.0, "pick": "no"}}]
    reading = read_matrix(answer("x.matrix", *votes), MATRIX)
    assert reading.scales["a", "rate"].differs
    assert reading.numbers["a", "count"].value == 2
    assert reading.choices["a", "pick"].value is None
    assert reading.choices["a", "pick"].chosen == ("yes", "no")


def test_words_in_cells_are_read_as_words() -> None:
    """A cell of text that only one voice filled in is settled by it."""
    assert (
        read_matrix(answer("x.words", {"a": {"what": "less paper"}}), WORDS).words["a", "what"].said[0].value
        == "less paper"
    )


def test_nobody_answered() -> None:
    """Without answers every cell is empty, and nothing is said to be held back."""
    reading = read_matrix(make_engagement(), MATRIX)
    assert reading.numbers["a", "count"] == NumberReading("x.matrix.a.count")
    assert reading.withheld == ()


@pytest.mark.parametrize("edition", [Edition.PARTNERS, Edition.PUBLIC])
def test_a_cell_that_was_thinned_out_says_so(edition: Edition) -> None:
    """A cell that four of six unnamed voices filled in is empty outside the private edition, and says why."""
    votes = [{"a": {"count": 1.0}, "b": {"count": 2.0}}] * 4 + [{"a": {"count": 3.0}}] * 2
    redacted = redact(answer("x.matrix", *votes, consent="unnamed"), edition, words={"x.matrix": False})
    reading = read_matrix(redacted, MATRIX)
    assert len(reading.numbers["a", "count"].responses) == 6
    assert reading.numbers["b", "count"].responses == ()
    assert reading.numbers["b", "count"].withheld == "small_group"


def test_partners_who_all_let_themselves_be_named_lose_no_cell() -> None:
    """Where everybody consented to be shown, an empty cell means that nobody filled it in."""
    redacted = redact(answer("x.matrix", {"a": {"count": 1.0}}), Edition.PARTNERS, words={"x.matrix": False})
    assert read_matrix(redacted, MATRIX).withheld == ()


@given(st.lists(st.integers(0, 100), min_size=1, max_size=8), st.randoms())
def test_the_order_of_voices_does_not_matter(points: list[int], random: Any) -> None:
    """Voices in another order have the same middle, ends and gap."""
    shuffled = random.sample(points, len(points))
    first, second = (
        read_points(answer("x.points", *[{"a": float(p), "b": 100.0 - p} for p in order]), POINTS)["a"]
        for order in (points, shuffled)
    )
    assert (first.low, first.middle, first.high) == (second.low, second.middle, second.high)
