"""Learning for and learning with: what follows from who finds it, what people can do, the roles and the plan."""

from __future__ import annotations

from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from workbook.analysis.learning_modes import LearningModesReading, list_points, read_learning_modes
from workbook.model.answers import Edition
from workbook.model.editions import redact

IDS = ("funder", "grantees", "people")


def finds(*steps: Any) -> dict[str, Any]:
    """Who finds the learning of the funder, the grantees and the people."""
    rows = {key: "unsure" if step is None else {"mode": step} for key, step in zip(IDS, steps, strict=True)}
    return {"learning_modes.with": {"value": rows}}


def able(audience: str, analyse: int, reflect: int) -> dict[str, Any]:
    """What one audience can do."""
    return {"learning_modes.capacity": {"value": {audience: {"analyse": analyse, "reflect": reflect}}}}


def roles(**phases: tuple[int, int, int]) -> dict[str, Any]:
    """Mirror, mentor and midwife by phase."""
    names = ("mirror", "mentor", "midwife")
    return {"learning_modes.roles": {"value": {p: dict(zip(names, steps, strict=True)) for p, steps in phases.items()}}}


def spend(category: str, cost: float, *audiences: str) -> dict[str, Any]:
    """One line of a plan."""
    line = {"activity": category, "category": category, "quantity": 1.0, "unit": "lot", "unit_cost": cost}
    return {**line, "audiences": audiences}


def read(*answers: dict[str, Any], agreed: dict[str, Any] | None = None, **facts: Any) -> LearningModesReading:
    """Read an engagement in which each mapping is one voice."""
    voices = [make_voice(f"Voice {number}", one) for number, one in enumerate(answers)]
    return read_learning_modes(make_engagement(*voices, agreed=agreed, facts=make_facts(**facts)))


def test_nobody_has_answered() -> None:
    """Without answers nothing is known, and nothing contradicts anything."""
    reading = read(plan=(spend("reporting", 10.0),))
    assert (reading.pattern, reading.is_answered, list_points(reading)) == ("unknown", False, ())


def test_no_audience_is_named() -> None:
    """Zero audiences are a finding of their own, even where roles are rated."""
    assert read(roles(early=(4, 0, 0)), audiences=()).pattern == "none"


def test_everybody_is_unsure() -> None:
    """Unsure is no answer to reckon with."""
    reading = read(*[{f"learning_modes.{name}": "unsure" for name in ("with", "capacity", "roles")}] * 3)
    assert (reading.pattern, reading.is_answered) == ("unknown", False)
    assert len(reading.audiences[0].who_finds.unsure) == 3


@pytest.mark.parametrize(
    ("steps", "pattern"),
    [
        ((0, 1, 0), "evaluation"),
        ((3, 4, 3), "with"),
        ((2, 2, 2), "both"),
        ((0, 4, 0), "mixed"),
        ((0, 2, None), "mixed"),
        ((2, 4, 3), "together"),
        ((None, None, None), "unknown"),
    ],
)
def test_what_the_audiences_amount_to(steps: tuple[Any, ...], pattern: str) -> None:
    """Told, finding out, between the two: the pattern is that of the audiences known."""
    assert read(finds(*steps)).pattern == pattern


def test_roles_alone_are_not_for_anybody() -> None:
    """Where only roles are rated, the pattern says that it is not known for whom."""
    assert read(roles(early=(4, 0, 0))).pattern == "roles"


def test_the_agreed_answer_goes_before_the_middle() -> None:
    """What was agreed decides the mode; the voices keep their own answers."""
    reading = read(finds(0, 0, 0), finds(0, 0, 0), agreed={"learning_modes.with": {"grantees": {"mode": 4}}})
    assert [one.mode for one in reading.audiences] == ["for", "with", "for"]
    assert reading.audiences[1].who_finds.middle == 0


def test_the_middle_of_thirty_voices() -> None:
    """Thirty voices have a middle like three."""
    assert [one.mode for one in read(*[finds(0, 2, 4)] * 30).audiences] == ["for", "both", "with"]


def test_phases_know_who_leads() -> None:
    """The highest answer leads, equal ones together, and nobody leads where all are at nothing."""
    reading = read(roles(discovery=(4, 1, 0), early=(3, 3, 1), middle=(0, 0, 0)))
    assert [one.leading for one in reading.phases] == [("mirror",), ("mirror", "mentor"), (), ()]


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        ((), []),
        ((spend("reporting", 10.0),), ["reports"]),
        ((spend("reporting", 10.0), spend("facilitation", 9.0)), ["reports"]),
        ((spend("reporting", 10.0), spend("facilitation", 6.0), spend("participants_time", 5.0)), []),
        ((spend("data_collection", 50.0),), []),
    ],
)
def test_money_in_reports_contradicts_learning_with(lines: tuple[dict[str, Any], ...], kinds: list[str]) -> None:
    """Learning with is asked for: reports may not get more than sessions and people's time together."""
    assert [one.kind for one in read(finds(0, 4, 0), plan=lines).contradictions] == kinds


def test_money_in_reports_does_not_contradict_learning_for() -> None:
    """Where findings are to be brought, reports are what was asked for."""
    assert read(finds(0, 1, 0), plan=(spend("reporting", 10.0),)).contradictions == ()


@pytest.mark.parametrize(
    ("reflect", "line", "found"),
    [
        (1, spend("facilitation", 5.0, "funder"), True),
        (1, spend("facilitation", 0.0, "grantees"), True),
        (1, spend("facilitation", 5.0, "grantees"), False),
        (1, spend("participants_time", 5.0), False),
        (2, spend("facilitation", 5.0, "funder"), False),
    ],
)
def test_learning_with_needs_support(reflect: int, line: dict[str, Any], found: bool) -> None:
    """No skill or time to reflect, and no session or paid time: to find their own is asked of people left alone."""
    reading = read({**finds(0, 4, 0), **able("grantees", 2, reflect)}, plan=(line,))
    assert [one.kind for one in reading.contradictions] == (["unsupported"] if found else [])
    assert [point.subject for point in list_points(reading)] == (["learning_modes.grantees"] if found else [])


@pytest.mark.parametrize(
    ("midwife", "soil", "found"), [(4, 4, True), (3, 3, True), (2, 4, False), (4, 2, False), (4, None, False)]
)
def test_a_midwife_needs_leave_to_change(midwife: int, soil: int | None, found: bool) -> None:
    """A midwife asked for strongly contradicts a framing in which a change of plan needs permission."""
    held = {} if soil is None else {"framing.change.soil": soil}
    reading = read({**finds(0, 0, 0), **roles(late=(0, 0, midwife)), **held})
    assert [one.kind for one in reading.contradictions] == (["midwife"] if found else [])


def test_capacity_that_is_not_known_is_not_taken_for_lacking() -> None:
    """Only a low answer counts as a lack, never a missing one."""
    assert not any(one.lacks_analysis or one.lacks_reflection for one in read(finds(4, 4, 4)).audiences)


def test_too_few_voices_are_held_back() -> None:
    """Four voices are too few for a public edition, and the reading says so."""
    whole = make_engagement(*[make_voice(f"Voice {number}", finds(0, 4, 4)) for number in range(4)])
    reading = read_learning_modes(redact(whole, Edition.PUBLIC, words={"learning_modes.with": False}))
    assert (reading.pattern, reading.is_answered) == ("withheld", False)
    assert "small_group" in reading.withheld
