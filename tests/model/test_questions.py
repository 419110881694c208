"""Every kind of question: what it takes, what it refuses and what it then says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from workbook.model.base import UNSURE
from workbook.model.questions import AnswerFaults, AnyQuestion, Option, Question

ADAPTER: TypeAdapter[Question] = TypeAdapter(AnyQuestion)
OPTIONS = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
COLUMNS = [
    {"id": "low", "label": "Low", "kind": "money"},
    {"id": "high", "label": "High", "kind": "money"},
]
KINDS: dict[str, dict[str, Any]] = {
    "text": {},
    "long_text": {},
    "scale": {"steps": ["no", "some", "yes"]},
    "choice": {"options": OPTIONS},
    "choices": {"options": OPTIONS},
    "number": {"maximum": 10, "whole": True},
    "money": {},
    "date": {},
    "points": {"options": OPTIONS},
    "table": {"columns": [{"id": "what", "label": "What", "kind": "text", "required": True}]},
    "matrix": {"columns": COLUMNS, "rows": OPTIONS, "ordered": True},
}
GOOD: dict[str, list[tuple[Any, Any]]] = {
    "text": [("words", "words")],
    "long_text": [("a\nb", "a\nb")],
    "scale": [(0, 0), (2, 2)],
    "choice": [("a", "a")],
    "choices": [([], []), (["b", "a"], ["b", "a"])],
    "number": [(3, 3.0)],
    "money": [(12.5, 12.5), (0, 0.0)],
    "date": [("2026-03-31", "2026-03-31")],
    "points": [({"a": 100}, {"a": 100.0}), ({"a": 33.3, "b": 66.7}, {"a": 33.3, "b": 66.7})],
    "table": [([], []), ([{"what": "x"}], [{"what": "x"}]), ([{"what": UNSURE}], [{"what": UNSURE}])],
    "matrix": [
        ({}, {}),
        ({"a": {"low": 1, "high": 1}}, {"a": {"low": 1.0, "high": 1.0}}),
        ({"b": UNSURE}, {"b": UNSURE}),
    ],
}
BAD: dict[str, list[tuple[Any, str]]] = {
    "text": [("", "some words"), (3, "some words"), ("x" * 20_001, "at most 20,000 characters")],
    "long_text": [("  ", "some words"), (["a"], "some words")],
    "scale": [(3, "a whole number from 0 to 2"), (-1, "0 to 2"), (True, "0 to 2"), (1.0, "0 to 2"), ("1", "0 to 2")],
    "choice": [("c", "one of a or b"), (["a"], "one of a or b"), ({}, "one of a or b")],
    "choices": [("a", "a list of some of a or b"), (["c"], "a list"), (["a", "a"], "none twice"), ([["a"]], "a list")],
    "number": [
        (11, "from 0 to 10"),
        (1.5, "a whole number"),
        (float("nan"), "a whole number"),
        (10**400, "from 0 to 10"),
        (True, "a whole number"),
    ],
    "money": [(-1, "an amount of money"), (float("inf"), "an amount of money"), ("£5", "an amount of money")],
    "date": [("31/03/2026", "year-month-day"), ("2026-02-30", "year-month-day"), (2026, "year-month-day")],
    "points": [
        ({"a": 60, "b": 50}, "add up to 100"),
        ({"a": 60}, "add up to 100"),
        ({"c": 100}, "one of a or b"),
        ({"a": 120, "b": -20}, "from 0 to 100"),
        ([50, 50], "points for each item"),
    ],
    "table": [
        ("x", "a list of at most"),
        ([{}], "in every row"),
        ([{"what": 3}], "some words"),
        ([3], "the columns what"),
    ],
    "matrix": [
        ({"a": {"low": 2, "high": 1}}, "in rising order"),
        ({"c": {"low": 1}}, "one of a or b"),
        ({"a": {"middle": 1}}, "one of the columns low or high"),
        ({"a": 3}, "the columns low or high"),
        ([1], "a line for each of a or b"),
    ],
}


def make_question(kind: str) -> Question:
    """Return a small question of a kind, its lists filled in."""
    asked = ADAPTER.validate_python({"id": f"q.{kind}", "kind": kind, "text": "What?", **KINDS[kind]})
    return asked.fill_lists({})


@pytest.mark.parametrize("kind", KINDS)
def test_every_question_takes_we_do_not_know_yet(kind: str) -> None:
    """`unsure` answers a question of any kind."""
    assert make_question(kind).read_value(UNSURE) == UNSURE


@pytest.mark.parametrize(("kind", "raw", "kept"), [(k, raw, kept) for k, pairs in GOOD.items() for raw, kept in pairs])
def test_a_good_answer_is_kept(kind: str, raw: Any, kept: Any) -> None:
    """What a person may write is kept as it was meant."""
    assert make_question(kind).read_value(raw) == kept


@pytest.mark.parametrize(("kind", "raw", "says"), [(k, raw, says) for k, pairs in BAD.items() for raw, says in pairs])
def test_a_bad_answer_is_refused_in_plain_words(kind: str, raw: Any, says: str) -> None:
    """What cannot be meant is refused, with what was expected."""
    with pytest.raises(AnswerFaults) as caught:
        make_question(kind).read_value(raw)
    assert says in " / ".join(fault.expected for fault in caught.value.faults)
    assert all(fault.remedy for fault in caught.value.faults)


def test_points_that_do_not_add_up_say_how_many_to_move() -> None:
    """Somebody who gave 110 points is told to take off 10."""
    with pytest.raises(AnswerFaults) as caught:
        make_question("points").read_value({"a": 60, "b": 50})
    assert "take off 10" in caught.value.faults[0].remedy


def test_every_fault_of_a_table_is_found_at_once() -> None:
    """Two bad rows are two faults, each with its row."""
    with pytest.raises(AnswerFaults) as caught:
        make_question("table").read_value([{"what": 1}, {"what": "fine"}, {"where": "x"}])
    assert [fault.inside for fault in caught.value.faults] == ["row 1.what", "row 3.where", "row 3.what"]


def test_lists_come_from_the_engagement() -> None:
    """A question may take its rows and options from lists of the engagement."""
    asked = {"id": "q.m", "kind": "matrix", "text": "What?", "rows_from": "audiences", "columns": COLUMNS}
    question = ADAPTER.validate_python(asked).fill_lists({"audiences": (Option(id="people", label="People"),)})
    assert question.read_value({"people": {"low": 1}}) == {"people": {"low": 1.0}}


@given(kind=st.sampled_from(sorted(KINDS)), raw=st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
))  # fmt: skip
def test_no_answer_whatever_breaks_a_question(kind: str, raw: Any) -> None:
    """Anything a file can hold is either kept or refused with faults; nothing else happens."""
    question = make_question(kind)
    try:
        kept = question.read_value(raw)
    except AnswerFaults as wrong:
        refused = len(wrong.faults)
        assert refused > 0
    else:
        assert question.read_value(kept) == kept


@pytest.mark.parametrize(("points", "fits"), [(33.33, True), (33.3, True), (33, False), (34, False)])
def test_three_alike_can_be_given(points: float, fits: bool) -> None:
    """A third, rounded to a tenth, given three times, is all there is; a point short is not."""
    question = make_question("points").model_copy(update={"options": tuple(Option(id=o, label=o) for o in "abc")})
    raw = dict.fromkeys("abc", points)
    if fits:
        assert question.read_value(raw) == raw
    else:
        with pytest.raises(AnswerFaults):
            question.read_value(raw)
