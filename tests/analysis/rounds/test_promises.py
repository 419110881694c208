"""Promises: one list of what was promised, and whether it was kept, by those it was made to first."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.rounds.round_support import PROMISES, follow, make_round
from workbook.analysis.rounds import list_promises, read_rounds
from workbook.analysis.summary import read_summary
from workbook.model.answers import Edition
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


def test_what_is_not_due_yet_is_not_held_against_anybody() -> None:
    """Nobody spoke of it and its day had not come; once somebody does, or the day is over, it counts as all others."""
    promises = [{**PROMISES[0], "by": "2027-12"}, {**PROMISES[1], "by": "2027-10"}, PROMISES[2]]
    states = {}
    for kept in (None, "not"):
        said = {"p-1": {"rounds.received": {"a": {"kept": kept}}}} if kept else {}
        now = make_round(said, promises=promises, follows="before", as_of="2027-11-15")
        reading = read_rounds(follow(now, make_round({})))
        states[kept] = {one.promise.id: one.state for one in reading.promises}
    assert states == {
        None: {"a": "later", "b": "unknown", "c": "unknown"},
        "not": {"a": "not", "b": "unknown", "c": "unknown"},
    }
    page = str(summarise(read_rounds(follow(make_round({}, promises=promises, as_of="2027-11-15"), make_round({})))))
    assert "The director, by December 2027" in page
    assert "not due yet" in page


def test_a_shared_edition_never_calls_silence_what_it_holds_back() -> None:
    """Where those it was made to are not shown, nobody can read there that they said nothing, or that all is well."""
    now = _say((), ("kept",))
    shared = follow(now.model_copy(update={"edition": Edition.PUBLIC}), make_round({}))
    reading = read_rounds(shared)
    assert {one.state for one in reading.promises} == {"unshown"}
    assert not reading.is_changed
    page = str(summarise(reading))
    assert "this edition does not tell whether it was kept" in page
    assert "nobody has said" not in page
    assert write_follows(reading) == "Ask the commissioner what those it was promised to say."
    assert {one.state for one in read_rounds(follow(now, make_round({}))).promises} == {"claimed", "unknown"}


def test_a_line_of_change_counts_the_promises_that_an_edition_tells_of() -> None:
    """The others are neither kept nor not there."""
    now = _say(("kept",), ()).model_copy(update={"edition": Edition.PARTNERS})
    line = write_line(read_rounds(follow(now, make_round({}))))
    assert line == "Since the last round, the one promise was kept."


def test_what_was_not_kept_is_asked_first_of_those_it_was_promised_to() -> None:
    """So is what is disputed; that some say kept and others in part is no dispute of voices."""
    people = {"p-1": ("not", "kept", "kept"), "p-2": ("not", "not", "partly")}
    given = {
        name: {"rounds.received": {id_: {"kept": one} for id_, one in zip("abc", said, strict=True)}}
        for name, said in people.items()
    }
    now = follow(make_round(given, promises=PROMISES, follows="before"), make_round({}))
    agenda = read_summary(now).discovery.agenda
    found = {one.subject: (one.text, one.whom) for one in agenda if one.chapter == "rounds"}
    assert set(found) == {"rounds.a", "rounds.b"}
    whom = ("those it was promised to, without those who promised it in the room",)
    assert found["rounds.a"] == ("“Promise a” was promised and not kept. Why, and what would it take?", whom)
    assert not [one for one in read_summary(now).disputes if one.question.startswith("rounds.")]
