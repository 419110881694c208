"""Promises: one list of what was promised, and whether it was kept, by those it was made to first."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.rounds.round_support import PROMISES, follow, make_round
from workbook.analysis.rounds import list_promises, read_rounds
from workbook.model.engagement import Engagement
from workbook.views.rounds import summarise, write_follows, write_line


def _say(received: tuple[str, ...], made: tuple[str, ...]) -> Engagement:
    people: dict[str, Any] = {}
    for question, said in (("received", received), ("made", made)):
        for number, kept in enumerate(said):
            people[f"p-{question}-{number}"] = {f"rounds.{question}": {"a": {"kept": kept}}}
    return make_round(people, promises=PROMISES, follows="before")


@pytest.mark.parametrize(
    ("received", "made", "state"),
    [
        ((), (), "unknown"),
        (("kept",), (), "kept"),
        (("kept", "partly"), ("partly",), "partly"),
        (("not",), ("kept",), "disputed"),
        (("kept", "not"), (), "disputed"),
        (("overtaken",), ("overtaken",), "overtaken"),
        ((), ("kept",), "claimed"),
        ((), ("not",), "not"),
    ],
)
def test_a_promise_is_kept_as_those_say_it_was_made_to(
    received: tuple[str, ...], made: tuple[str, ...], state: str
) -> None:
    """Those who made it can say alone that it was not kept, and never that it was."""
    reading = read_rounds(follow(_say(received, made), make_round({})))
    found = {one.promise.id: one.state for one in reading.promises}
    assert found == {"a": state, "b": "unknown", "c": "unknown"}


def test_every_undertaking_that_was_agreed_is_promised() -> None:
    """What only a voice says is nobody's word yet; what is not known is no promise."""
    agreed = {
        "permission.challenge": "The director answers in writing",
        "safety.promise": "unsure",
        "safety.protections": {"grantees": {"apart": "yes", "time_paid": "no"}},
        "permission.terms": {"people": {"promised": "Six paid days"}},
        "audiences.do_differently": {"funder": {"change": "Drop a rule"}},
        "practices.language.step": "Cut the form",
        "practices.language.owner": "The director",
    }
    plan = [
        {"activity": "Learning days", "category": "facilitation", "quantity": 2, "unit": "days", "unit_cost": 500.0,
         "audiences": ["grantees"]}
    ]  # fmt: skip
    questions = [{"question": "Why?", "decision": "What to fund", "decided_by": "The board", "by": "2028-01-01"}]
    now = make_round(
        {"p-1": {"practices.learning.step": "Only my idea"}}, agreed, plan=plan, learning_questions=questions
    )
    found = {one.id: (one.who, one.to) for one in list_promises(now)}
    assert found == {
        "permission-challenge": ("A funder", ()),
        "safety-apart-grantees": ("A funder", ("grantees",)),
        "permission-people": ("A funder", ("people",)),
        "change-funder": ("The funder", ()),
        "step-language": ("The director", ()),
        "decision-1": ("The board", ()),
        "plan-1": ("A funder", ("grantees",)),
    }


def test_the_line_of_change_says_what_was_not_kept() -> None:
    """It stands on the first page, in the place of the lead."""
    reading = read_rounds(follow(_say(("not",), ()), make_round({})))
    assert write_line(reading) == "Since the last round, of 3 promises, none is known to have been kept, 1 not kept."
    assert write_follows(reading).startswith("Take what was not kept to those it was promised to")
    assert "Promise a" in str(summarise(reading))
