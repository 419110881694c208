"""Who has agreed that findings may be named."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_engagement, make_facts, make_voice, redact_for
from workbook.analysis.permission import LADDER, PermissionReading, list_points, read_permission

STEPS = st.sampled_from([*LADDER, "unsure"])


def say_step(step: str, audience: str = "grantees") -> dict[str, Any]:
    """Return answers that put one audience on a step."""
    return {"permission.standing": {audience: {"step": step}}}


def read_steps(*steps: str, agreed: str | None = None) -> PermissionReading:
    """Read one voice for each step, all of them on the grantees."""
    voices = [make_voice(f"Voice {number}", say_step(step)) for number, step in enumerate(steps)]
    return read_permission(make_engagement(*voices, agreed=say_step(agreed) if agreed else None))


def test_the_lower_step_counts() -> None:
    """Where voices disagree on whether permission was given, the lower step counts."""
    assert read_steps("agreed", "limited", "asked").standing["grantees"] == "asked"


@given(st.lists(STEPS, min_size=1, max_size=30))
def test_no_voice_can_raise_a_step(steps: list[str]) -> None:
    """One more voice never puts an audience on a higher step than the others did, unless nothing was known."""
    fewer, more = (read_steps(*said).standing["grantees"] for said in (steps[1:], steps))
    assert fewer == "unknown" or (more != "unknown" and LADDER.index(more) <= LADDER.index(fewer))


@given(st.lists(STEPS, max_size=8), st.randoms())
def test_the_order_of_voices_changes_nothing(steps: list[str], chance: Any) -> None:
    """The step that counts does not depend on who answered first."""
    mixed = list(steps)
    chance.shuffle(mixed)
    assert read_steps(*steps).standing == read_steps(*mixed).standing


def test_unsure_is_not_consent() -> None:
    """Where everybody is unsure the step is unknown, and it is not granted."""
    reading = read_steps("unsure", "unsure")
    assert reading.standing["grantees"] == "unknown"
    assert not reading.audiences[1].is_granted


def test_what_was_agreed_counts_before_voices() -> None:
    """The group can settle a step that voices disagree on."""
    assert read_steps("asked", "agreed", agreed="limited").standing["grantees"] == "limited"


def test_nobody_settles_away_a_withdrawal() -> None:
    """A voice that says permission was withdrawn counts before what the group agreed."""
    assert read_steps("withdrawn", "agreed", agreed="agreed").standing["grantees"] == "withdrawn"


@pytest.mark.parametrize("count", [0, 1, 30])
def test_any_number_of_voices_gives_a_step_for_each_audience(count: int) -> None:
    """No voice, one voice and thirty voices all give a standing for every audience."""
    assert set(read_steps(*["agreed"] * count).standing) == {"funder", "grantees", "people"}


def test_without_audiences_nothing_stands() -> None:
    """An engagement that names no audience has an empty standing and no points."""
    reading = read_permission(make_engagement(make_voice("A", {}), facts=make_facts(audiences=())))
    assert reading.standing == {}
    assert list_points(reading) == ()


def test_a_chapter_nobody_answered_says_so() -> None:
    """Without a single answer the chapter counts as not answered and brings nothing to the agenda."""
    reading = read_permission(make_engagement(make_voice("A", {"framing.purpose.seed": 1})))
    assert not reading.is_answered
    assert list_points(reading) == ()


def test_gaps_of_those_with_most_to_lose_come_first() -> None:
    """Gaps of people who benefit come first, then those of grantees; a funder is not told to ask itself."""
    standing = {name: {"step": "not_asked"} for name in ("funder", "grantees", "people")}
    reading = read_permission(make_engagement(make_voice("A", {"permission.standing": standing})))
    order = list(dict.fromkeys(one.audience.id for one, _ in reading.gaps))
    assert order == ["people", "grantees"]


def test_a_withdrawal_comes_before_every_other_gap() -> None:
    """A withdrawn permission is the first gap even where the audience has little to lose."""
    standing = {"funder": {"step": "withdrawn"}, "people": {"step": "not_asked"}}
    reading = read_permission(make_engagement(make_voice("A", {"permission.standing": standing})))
    assert reading.gaps[0][0].audience.id == "funder"


def test_limits_nobody_wrote_down_are_a_gap() -> None:
    """To agree with limits and not to write the limits down is a gap, which writing them closes."""
    assert "bounds" in read_steps("limited").audiences[1].gaps
    terms = {"permission.terms": {"grantees": {"bounds": "Staff by name"}}}
    written = read_permission(make_engagement(make_voice("A", {**say_step("limited"), **terms})))
    assert "bounds" not in written.audiences[1].gaps


def test_a_funder_is_not_asked_for_a_clear_yes() -> None:
    """Only groups that take a risk by answering need a clear yes from the people themselves."""
    reading = read_steps("agreed")
    assert [one.active is None for one in reading.audiences] == [True, False, False]


def test_a_dispute_is_a_point_once() -> None:
    """An audience on which voices differ gives one point, which names what each side says."""
    found = list_points(read_steps("not_asked", "agreed"))
    points = [point for point in found if point.subject == "permission.grantees"]
    assert [point.reason for point in points] == ["disagreement"]
    assert "not asked" in points[0].text
    assert "agreed" in points[0].text


def test_what_somebody_is_unsure_about_is_left_to_the_agenda() -> None:
    """A step nobody knows gives no point of its own, because the agenda asks about every answer that is unsure."""
    answers = {"permission.standing": "unsure", "permission.challenge": "unsure"}
    assert list_points(read_permission(make_engagement(make_voice("A", answers)))) == ()


def test_a_silent_commissioner_is_a_point() -> None:
    """Where nobody wrote what the commissioner undertakes, the agenda asks."""
    assert "permission.challenge" in {point.subject for point in list_points(read_steps("agreed"))}


def test_points_weigh_withdrawal_most() -> None:
    """A withdrawn permission weighs more than one that was never asked for."""
    weights = {
        step: next(point.weight for point in list_points(read_steps(step)) if point.subject == "permission.grantees")
        for step in ("withdrawn", "not_asked")
    }
    assert weights["withdrawn"] > weights["not_asked"]


def test_a_public_edition_claims_no_gap_it_cannot_know() -> None:
    """Where answers are held back nothing is said to be missing, since somebody may have said it."""
    voices = [make_voice(f"V{n}", say_step("agreed"), consent="none") for n in range(6)]
    reading = read_permission(redact_for(make_engagement(*voices), "public"))
    assert reading.gaps == ()
    assert not reading.is_answered
