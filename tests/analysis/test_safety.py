"""How open each audience can afford to be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_engagement, make_facts, make_voice
from workbook.analysis.safety import (
    PROTECTIONS,
    AudienceSafety,
    SafetyReading,
    lift_part,
    list_points,
    measure_comfort,
    measure_money,
    read_safety,
)
from workbook.errors import ContentError
from workbook.model.chapters import load_chapter

YES_NO = st.sampled_from(["yes", "no"])
GROUND = st.fixed_dictionaries(
    {},
    optional={
        "months": st.floats(0, 60),
        "hangs": st.sampled_from(["yes", "partly", "no"]),
        "comfort": st.integers(0, 4),
    },
)
PROTECTED = st.fixed_dictionaries({}, optional=dict.fromkeys(PROTECTIONS, YES_NO))


def read_one(
    ground: dict[str, Any], protections: dict[str, str] | None = None, audience: str = "grantees"
) -> AudienceSafety:
    """Read two voices that say the same of one audience."""
    reading = read_voices(*[(ground, protections or {})] * 2, audience=audience)
    return next(one for one in reading.audiences if one.audience.id == audience)


def read_voices(*given: tuple[dict[str, Any], dict[str, str]], audience: str = "grantees") -> SafetyReading:
    """Read one voice for each pair of answers, all on one audience."""
    voices = [
        make_voice(f"Voice {n}", {"safety.ground": {audience: ground}, "safety.protections": {audience: protections}})
        for n, (ground, protections) in enumerate(given)
    ]
    return read_safety(make_engagement(*voices))


@given(GROUND, PROTECTED)
def test_openness_is_the_weakest_known_part(ground: dict[str, Any], protections: dict[str, str]) -> None:
    """Openness is the smallest of the known parts, and is unknown where money, decision and comfort all are."""
    one = read_one(ground, protections)
    values = [part.value for part in one.parts if part.value is not None]
    assert one.openness == (min(values) if ground else None)


@given(GROUND, PROTECTED, st.sampled_from(PROTECTIONS))
def test_a_protection_never_lowers_openness(ground: dict[str, Any], protections: dict[str, str], extra: str) -> None:
    """One more protection leaves openness as it was or raises it."""
    without, with_it = (read_one(ground, {**protections, extra: answer}).openness for answer in ("no", "yes"))
    assert (without is None) == (with_it is None)
    assert without is None or with_it is None or with_it >= without


@given(GROUND, PROTECTED)
def test_the_best_protection_does_what_it_says(ground: dict[str, Any], protections: dict[str, str]) -> None:
    """Putting the named protection in place gives the openness that was promised, and no other gives more."""
    one = read_one(ground, protections)
    missing = [name for name in PROTECTIONS if protections.get(name) == "no"]
    if one.best is None or one.best.protection not in missing:
        return
    then = {name: read_one(ground, {**protections, name: "yes"}).openness or 0 for name in missing}
    assert then[one.best.protection] == pytest.approx(one.best.openness)
    assert max(then.values()) <= one.best.openness + 1e-9


def test_good_parts_do_not_make_up_for_a_bad_one() -> None:
    """Secure money and comfort leave openness where the pending decision puts it."""
    one = read_one({"months": 60, "hangs": "yes", "comfort": 4})
    assert one.openness == pytest.approx(0.2)
    assert [part.name for part in one.weakest] == ["decision"]


def test_a_funders_own_money_is_not_asked_about() -> None:
    """Months of secure money and pending decisions change nothing for a funder."""
    assert read_one({"months": 0, "hangs": "yes", "comfort": 4}, audience="funder").openness == 1


def test_a_protection_somebody_calls_missing_is_not_in_place() -> None:
    """A protection on which voices differ protects nobody, unless the group settled it."""
    ground = {"hangs": "yes"}
    answers = ((ground, {"apart": "yes"}), (ground, {"apart": "no"}))
    assert not read_voices(*answers).audiences[1].has("apart")
    missing = {"safety.protections": {"grantees": {"apart": "no"}}}
    voice = make_voice("A", {"safety.ground": {"grantees": ground}, **missing})
    settled = read_safety(make_engagement(voice, agreed={"safety.protections": {"grantees": {"apart": "yes"}}}))
    assert settled.audiences[1].has("apart")


def test_the_middle_of_the_voices_counts_until_the_group_agrees() -> None:
    """Months are the median of the voices; an agreed number counts before it."""
    voices = [make_voice(f"V{n}", {"safety.ground": {"grantees": {"months": n}}}) for n in (4, 9, 14)]
    chapter = load_chapter("safety")
    assert read_safety(make_engagement(*voices)).openness["grantees"] == pytest.approx(measure_money(chapter, 9))
    agreed = {"safety.ground": {"grantees": {"months": 18}}}
    assert read_safety(make_engagement(*voices, agreed=agreed)).openness["grantees"] == 1


def test_a_part_not_known_makes_openness_an_upper_bound() -> None:
    """With a part that applies and is not known, openness could be lower, and the reading says so."""
    assert read_one({"hangs": "no"}).is_upper_bound
    assert not read_one({"months": 3, "hangs": "no", "comfort": 2}, {"time_paid": "yes"}).is_upper_bound


def test_paid_time_alone_says_nothing_of_openness() -> None:
    """To know only that time is paid is not to know that people can be open."""
    assert read_one({}, {"time_paid": "yes"}).openness is None


@given(st.floats(0, 100), st.floats(0, 100))
def test_more_secure_money_never_lowers_openness(one: float, other: float) -> None:
    """The measure rises with the months and stays between its floor and 1."""
    chapter = load_chapter("safety")
    low, high = sorted((one, other))
    assert chapter.get_number("money_floor") <= measure_money(chapter, low) <= measure_money(chapter, high) <= 1


def test_steps_of_comfort_without_a_number_are_refused() -> None:
    """Somebody who adds a step of comfort and no number for it is told which setting to mend."""
    with pytest.raises(ContentError, match="comfort_steps"):
        measure_comfort(load_chapter("safety"), 2, 6)


@given(st.floats(0, 1), st.lists(st.sampled_from(PROTECTIONS), unique=True))
def test_a_lifted_part_stays_between_its_base_and_one(base: float, protections: list[str]) -> None:
    """Protections give back part of what is missing and never more."""
    for part in ("money", "decision", "comfort", "time"):
        assert base - 1e-12 <= lift_part(load_chapter("safety"), part, base, protections) <= 1 + 1e-12


@pytest.mark.parametrize("count", [0, 1, 30])
def test_any_number_of_voices_gives_openness_for_each_audience(count: int) -> None:
    """No voice, one voice and thirty voices all give an openness, or None, for every audience."""
    reading = read_voices(*[({"comfort": 2}, {})] * count)
    assert set(reading.openness) == {"funder", "grantees", "people"}
    assert (reading.openness["grantees"] is None) == (count == 0)


def test_everybody_unsure_leaves_openness_unknown() -> None:
    """A chapter answered with nothing but unsure is answered, and nothing of it is known."""
    reading = read_safety(make_engagement(make_voice("A", {"safety.ground": "unsure", "safety.protections": "unsure"})))
    assert reading.is_answered
    assert set(reading.openness.values()) == {None}


def test_without_audiences_there_is_no_openness() -> None:
    """An engagement that names no audience has nobody whose openness could be read."""
    assert read_safety(make_engagement(facts=make_facts(audiences=()))).openness == {}


def test_low_openness_is_a_point_that_names_the_best_protection() -> None:
    """An audience that can hardly be open is on the agenda, with the protection that would raise it most."""
    points = list_points(read_voices(({"hangs": "yes", "comfort": 3, "months": 30}, {"apart": "no"})))
    texts = {point.subject: point.text for point in points}
    assert "keep learning apart" in texts["safety.grantees"]


def test_a_disputed_protection_is_a_point_once() -> None:
    """An audience with a disputed protection gives one point, whose reason is the disagreement."""
    ground = {"hangs": "yes"}
    points = list_points(read_voices((ground, {"apart": "yes"}), (ground, {"apart": "no"})))
    assert [point.reason for point in points if point.subject == "safety.grantees"] == ["disagreement"]


def test_one_voices_yes_puts_no_protection_in_place() -> None:
    """It is reported; a second voice's yes, or the group's, puts it in place, and openness rises only then."""
    ground, yes = {"hangs": "yes", "months": 60, "comfort": 4}, {"apart": "yes", "time_paid": "yes"}
    one = read_voices((ground, yes), (ground, {})).audiences[1]
    two = read_voices((ground, yes), (ground, yes)).audiences[1]
    assert (one.has("apart"), one.reported, two.has("apart"), two.reported) == (False, ("apart", "time_paid"), True, ())
    assert (one.openness or 0) < (two.openness or 0)


def test_a_part_on_which_voices_are_far_apart_is_not_read_by_its_middle() -> None:
    """One says a decision hangs on it, one that none does: nobody says "partly", and openness is known only above."""
    one = read_voices(({"hangs": "yes", "comfort": 2}, {}), ({"hangs": "no", "comfort": 2}, {})).audiences[1]
    assert (one.disputed, one.openness, one.is_upper_bound) == (("decision",), 0.5, True)


def test_whoever_pays_is_never_the_least_protected() -> None:
    """A funder at no ease at all comes after grantees, and the agenda asks nothing for it."""
    ground = {"funder": {"comfort": 0}, "grantees": {"months": 12, "hangs": "no", "comfort": 3}}
    reading = read_safety(make_engagement(*(make_voice(f"V{n}", {"safety.ground": ground}) for n in range(2))))
    assert [one.audience.id for one in reading.known] == ["grantees", "funder"]
    assert not any(point.subject.endswith("funder") for point in list_points(reading))
