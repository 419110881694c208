"""The practices of chapter 08: gaps, quick wins, owners."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import make_engagement, make_voice
from workbook.analysis.practices import PracticeReading, PracticesReading, list_points, read_practices
from workbook.model.answers import Edition
from workbook.model.chapters import load_chapter
from workbook.model.editions import redact

IDS = [facet.id for facet in load_chapter("practices").facets]
NAMES = ("today", "wanted", "step", "owner")
WORDS = {f"practices.{id_}.{name}": name in ("step", "owner") for id_ in IDS for name in NAMES}


def rate(today: Any, wanted: Any, *ids: str, **named: str) -> dict[str, Any]:
    """Ratings of some practices (all, if none is named), with a step or an owner for each."""
    answers: dict[str, Any] = {}
    for id_ in ids or IDS:
        answers |= {f"practices.{id_}.today": today, f"practices.{id_}.wanted": wanted}
        answers |= {f"practices.{id_}.{name}": words for name, words in named.items()}
    return answers


def read(*answers: dict[str, Any], agreed: dict[str, Any] | None = None) -> PracticesReading:
    """Read an engagement in which each mapping is one voice."""
    voices = [make_voice(f"Voice {number}", one) for number, one in enumerate(answers)]
    return read_practices(make_engagement(*voices, agreed=agreed))


def name(practices: tuple[PracticeReading, ...]) -> list[str]:
    """The ids of practices."""
    return [one.facet.id for one in practices]


def test_there_are_eighteen_practices_in_four_groups() -> None:
    """Three processes, four behaviours, seven features of a learning space, four strengths."""
    groups = [facet.words["group"] for facet in load_chapter("practices").facets]
    assert [groups.count(group) for group in ("process", "behaviour", "space", "strengths")] == [3, 4, 7, 4]


@given(today=st.integers(0, 4), wanted=st.integers(0, 4))
@settings(deadline=None)
def test_every_gap_is_wanted_less_today(today: int, wanted: int) -> None:
    """Whatever the ratings, and each practice is in one place only."""
    reading = read(rate(today, wanted))
    assert {one.gap for one in reading.practices} == {wanted - today}
    places = (reading.below, reading.backwards)
    assert [len(place) for place in places] == [18 * (wanted > today), 18 * (wanted < today)]
    assert bool(reading.wide) == (wanted - today >= 2)


def test_the_agreed_rating_counts_before_the_middle() -> None:
    """The group settled on more than its voices."""
    reading = read(rate(1, 2, "learning"), rate(1, 2, "learning"), agreed={"practices.learning.wanted": 4})
    assert reading.rated[0].gap == 3


def test_the_widest_gap_comes_first() -> None:
    """Ties stay in the chapter's order."""
    reading = read({**rate(1, 2), **rate(0, 4, "language"), **rate(1, 3, "limits")})
    assert name(reading.rated)[:3] == ["language", "limits", "getting_started"]


def test_a_quick_win_is_a_small_gap_with_a_step() -> None:
    """Neither a wide gap with a step nor a small one without is."""
    small = rate(2, 3, "learning", step="Ring them")
    reading = read({**small, **rate(0, 4, "language", step="Burn it"), **rate(2, 3, "limits")})
    assert name(reading.quick) == ["learning"]


@pytest.mark.parametrize("word", ["unsure", "nobody", "No one yet", "N/A.", "?"])
def test_a_word_for_nobody_is_no_owner(word: str) -> None:
    """Saying that nobody owns it does not make nobody the owner."""
    assert name(read(rate(0, 4, "learning", owner=word)).unowned) == ["learning"]


def test_an_owner_named_by_one_is_an_owner() -> None:
    """The gap is not without one."""
    assert read(rate(0, 4, "learning", owner="The director")).unowned == ()


def test_two_owners_are_contested_and_the_same_owner_twice_is_one() -> None:
    """Spelling aside."""
    two = read(rate(0, 4, "learning", owner="The director"), rate(0, 4, "learning", owner="A manager"))
    same = read(rate(0, 4, "learning", owner="The director"), rate(0, 4, "learning", owner="the  Director."))
    assert (name(two.contested), same.contested) == (["learning"], ())
    assert same.checkable == ()


def test_the_agreed_owner_settles_what_voices_contest() -> None:
    """Agreed that it is not known is not settled."""
    voices = (rate(0, 4, "learning", owner="The director"), rate(0, 4, "learning", owner="A manager"))
    assert read(*voices, agreed={"practices.learning.owner": "A manager"}).contested == ()
    assert name(read(*voices, agreed={"practices.learning.owner": "unsure"}).unowned) == ["learning"]


def test_a_promise_to_check_needs_a_step_and_one_owner() -> None:
    """Either alone is none."""
    alone = {**rate(0, 4, "limits", step="S"), **rate(0, 4, "language", owner="O")}
    reading = read({**alone, **rate(0, 4, "learning", step="S", owner="O")})
    assert name(reading.checkable) == ["learning"]


def test_voices_that_want_less_than_they_see_are_named_where_they_may_be() -> None:
    """Only those whose two answers can be laid side by side."""
    voices = [make_voice("Open", rate(3, 1, "learning")), make_voice("Other", rate(1, 3, "learning"))]
    assert read_practices(make_engagement(*voices)).rated[0].backwards_voices == ("Open",)


@pytest.mark.parametrize(
    ("answers", "pattern"),
    [
        ({}, "unknown"),
        (rate("unsure", "unsure"), "unknown"),
        ({"practices.learning.wanted": 4}, "half"),
        (rate(3, 3, "learning"), "few"),
        (rate(3, 1), "hardly"),
        (rate(1, 4), "wide"),
        (rate(2, 3, step="S"), "quick"),
        (rate(2, 3), "small"),
        (rate(4, 3), "backwards"),
        (rate(3, 3), "none"),
    ],
)
def test_the_pattern_follows_the_ratings(answers: dict[str, Any], pattern: str) -> None:
    """Each pattern can be reached."""
    assert read(answers).pattern == pattern


def test_points_are_wide_gaps_without_one_owner() -> None:
    """Wider gaps weigh more; owned and small ones are no points."""
    others = {**rate(0, 4, "learning", owner="O"), **rate(2, 3, "practical")}
    points = list_points(read({**others, **rate(0, 4, "language"), **rate(0, 2, "limits")}))
    assert [(point.subject, point.reason) for point in points] == [
        ("practices.language", "gap"),
        ("practices.limits", "gap"),
    ]
    assert points[0].weight > points[1].weight


def test_another_edition_never_says_that_nobody_is_named() -> None:
    """An owner agreed for the partners only is unknown to the public page, not missing."""
    voices = [make_voice(f"Voice {number}", rate(0, 4)) for number in range(6)]
    whole = make_engagement(*voices, agreed={f"practices.{id_}.owner": "The director" for id_ in IDS})
    public = read_practices(redact(whole, Edition.PUBLIC, words=WORDS))
    assert (len(public.wide), public.unowned, list_points(public)) == (18, (), ())


def test_order_and_names_of_voices_change_nothing() -> None:
    """The same answers from others, in another order, give the same gaps."""
    one, two, three = rate(0, 4), rate(1, 2), rate(3, 3)
    assert [p.gap for p in read(one, two, three).practices] == [p.gap for p in read(three, one, two).practices]
