"""Chapter 01: places, patterns, differences."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_engagement, make_facts, make_voice
from workbook.analysis.framing import FramingReading, list_points, read_framing
from workbook.model.answers import Edition
from workbook.model.chapters import load_chapter
from workbook.model.editions import redact

FACETS = [facet.id for facet in load_chapter("framing").facets]


def rate(seed: Any, soil: Any, facets: list[str] = FACETS) -> dict[str, Any]:
    """Return ratings of seed and soil for facets."""
    return {f"framing.{f}.{side}": value for f in facets for side, value in (("seed", seed), ("soil", soil))}


def read(*answers: dict[str, Any], **changes: Any) -> FramingReading:
    """Read an engagement in which each voice gave one of `answers`."""
    voices = [make_voice(f"Role {n}", one) for n, one in enumerate(answers)]
    return read_framing(make_engagement(*voices, **changes))


@pytest.mark.parametrize(
    ("seed", "soil", "place"),
    [
        (4, 0, "learning_ground"),
        (3, 3, "tension"),
        (2, 3, "evaluation_ground"),
        (2, 2, "bare_ground"),
        ("unsure", 4, "unknown"),
    ],
)
def test_a_facet_stands_where_its_two_scales_put_it(seed: Any, soil: Any, place: str) -> None:
    """High means above the middle step; without both scales the place is unknown."""
    assert read(rate(seed, soil)).facets[0].place == place


@pytest.mark.parametrize(
    ("answers", "pattern"),
    [
        (rate(1, 4), "evaluation"),
        ({**rate(1, 4), **rate(4, 4, FACETS[:2])}, "evaluation"),
        ({**rate(1, 4), **rate(4, 4, FACETS[:5])}, "mixed"),
        ({**rate(1, 4), **rate(4, 4, FACETS[:6])}, "tension"),
        ({**rate(1, 4, FACETS[:5]), **rate(4, 4, FACETS[5:6])}, "evaluation"),
        (rate(4, 1), "learning"),
        (rate(1, 1), "bare"),
        ({**rate(4, 1, FACETS[:4]), **rate(1, 4, FACETS[4:8])}, "mixed"),
        ({**rate(4, 4, FACETS[:3]), **rate(1, 4, FACETS[3:5]), **rate(1, 1, FACETS[5:6])}, "tension"),
        ({**rate(4, 4, FACETS[:3]), **rate(1, 4, FACETS[3:6])}, "mixed"),
        (rate(4, 4, FACETS[:6]), "tension"),
        (rate(4, 4, FACETS[:5]), "early"),
        ({"framing.purpose.seed": 4}, "early"),
        ({"framing.stays_evaluation": "The money"}, "early"),
        (rate("unsure", "unsure"), "early"),
        ({}, "unknown"),
    ],
)
def test_the_facets_amount_to_a_pattern(answers: dict[str, Any], pattern: str) -> None:
    """Where most stand decides, as a share of what is known, and never one facet alone."""
    assert read(answers).pattern == pattern


@given(known=st.integers(0, 10), seed=st.integers(0, 4), soil=st.integers(0, 4))
def test_a_verdict_and_a_score_take_six_facets(known: int, seed: int, soil: int) -> None:
    """With fewer known there is neither, whatever the ratings are; a facet counts with both its sides."""
    half_known = {f"framing.{facet}.seed": seed for facet in FACETS[known:]}
    reading = read({**rate(seed, soil, FACETS[:known]), **half_known})
    assert len(reading.known) == known
    assert reading.is_answered == (known >= 6)
    assert (reading.pattern == "early", reading.seed is None, reading.soil is None) == (known < 6,) * 3


def test_the_facets_to_answer_next_begin_with_those_half_known() -> None:
    """Then those nobody answered, and last those somebody is unsure of."""
    reading = read({"framing.timing.seed": 3, **rate("unsure", 1, ["purpose"]), **rate(2, 2, ["judgement"])})
    order = [one.facet.id for one in reading.unsettled]
    assert (order[0], order[1], order[-1]) == ("timing", "accountability", "purpose")
    assert "judgement" not in order
    assert reading.unsettled[0].missing == ("soil",)


def test_who_rated_is_counted_in_the_private_edition_only() -> None:
    """A voice counts once, over all facets; shared editions might give a small rest away."""
    voices = [make_voice(f"Role {n}", rate(4, 4, [FACETS[n]])) for n in range(3)]
    engagement = make_engagement(*voices, make_voice("Other", {"framing.purpose.soil": 1}))
    assert read_framing(engagement).count_raters("seed", "soil") == 4
    assert read_framing(engagement).count_raters("seed") == 3
    shared = redact(engagement, Edition.PARTNERS, words=dict.fromkeys(rate(0, 0), False))
    assert read_framing(shared).count_raters("seed", "soil") is None


def test_a_shared_edition_that_holds_no_rating_does_not_say_that_nobody_rated() -> None:
    """What consent keeps back and what was never given look the same there."""
    kept_back = make_engagement(make_voice("Role", rate(4, 4), consent="none"))
    for engagement in (kept_back, make_engagement()):
        shown = redact(engagement, Edition.PARTNERS, words=dict.fromkeys(rate(0, 0), False))
        assert read_framing(shown).pattern in ("not_here", "withheld")


def test_what_was_agreed_counts_before_the_middle_of_the_voices() -> None:
    """The group settled on four where the voices' middle is none."""
    reading = read(rate(0, 0), rate(0, 0), agreed={"framing.purpose.seed": 4})
    assert (reading.facets[0].seed.value, reading.facets[0].seed.middle) == (4.0, 0.0)


def test_two_camps_are_a_strong_disagreement_and_one_outlier_in_twenty_is_not() -> None:
    """Four against four differ; one voice against nineteen does not."""
    camps = read(*[rate(0, 2)] * 4, *[rate(4, 2)] * 4)
    assert {scale.question for _, scale in camps.differences} == {f"framing.{f}.seed" for f in FACETS}
    outlier = read(rate(0, 2), *[rate(4, 2)] * 19)
    assert outlier.differences == ()


def test_a_tension_becomes_a_point_of_the_agenda() -> None:
    """Each facet in tension is asked about, the sharper one with more weight."""
    points = list_points(read({**rate(1, 1), **rate(3, 3, ["timing"]), **rate(4, 4, ["product"])}))
    weights = {point.subject: point.weight for point in points}
    assert set(weights) == {"framing.timing", "framing.product"}
    assert weights["framing.product"] > weights["framing.timing"]


def test_ratings_that_are_held_back_are_not_called_unanswered() -> None:
    """In public four voices are too few; the reading says so and knows nothing."""
    voices = [make_voice(f"Role {n}", rate(4, 4)) for n in range(4)]
    public = redact(make_engagement(*voices), Edition.PUBLIC, words=dict.fromkeys(rate(0, 0), False))
    reading = read_framing(public)
    assert (reading.pattern, reading.seed, reading.is_answered) == ("withheld", None, False)


@given(order=st.permutations(range(5)), ratings=st.lists(st.integers(0, 4), min_size=5, max_size=5))
def test_the_order_of_voices_changes_nothing(order: list[int], ratings: list[int]) -> None:
    """Relabelling or reordering voices leaves every figure as it was."""
    first = read(*[rate(value, 4 - value) for value in ratings])
    second = read(*[rate(ratings[i], 4 - ratings[i]) for i in order])
    assert [(f.seed.middle, f.soil.middle, f.place, f.seed.differs) for f in first.facets] == [
        (f.seed.middle, f.soil.middle, f.place, f.seed.differs) for f in second.facets
    ]


def test_the_chapter_reads_engagements_without_audiences() -> None:
    """Framing needs no audience and no budget."""
    facts = make_facts(audiences=(), budget=None)
    assert read(rate(3, 1), facts=facts).is_answered


def test_a_facet_on_which_voices_are_far_apart_has_no_place() -> None:
    """Neither its middle nor a verdict over such facets stands, until they talk it over and agree."""
    apart = read(rate(0, 1), rate(4, 1))
    assert {one.place for one in apart.facets} == {"disputed"}
    assert (apart.pattern, apart.seed, apart.soil, apart.is_answered) == ("disputed", None, None, False)
    assert read(rate(1, 1), rate(3, 1)).pattern == "bare"
    settled = {f"framing.{facet}.seed": 4 for facet in FACETS}
    assert read(rate(0, 1), rate(4, 1), agreed=settled).pattern == "learning"


def test_a_disputed_facet_counts_for_no_place_no_score_and_no_tension() -> None:
    """Of ten facets four are disputed: the verdict rests on the other six, and the agenda has no pull there."""
    one = {**rate(3, 4), **rate(0, 4, FACETS[:4])}
    reading = read(one, {**rate(3, 4), **rate(4, 4, FACETS[:4])}, {**rate(3, 4), **rate(4, 4, FACETS[:4])})
    assert [facet.place for facet in reading.facets] == ["disputed"] * 4 + ["tension"] * 6
    assert (reading.pattern, reading.seed) == ("tension", 3.0)
    assert (len(reading.placed), len(reading.known)) == (6, 10)
    assert {point.subject for point in list_points(reading)} == {f"framing.{facet}" for facet in FACETS[4:]}


@pytest.mark.parametrize(("undisputed", "pattern"), [(0, "disputed"), (1, "early"), (3, "early"), (5, "disputed")])
def test_few_facets_known_and_one_disputed_is_early_unless_nothing_else_is_known(undisputed: int, pattern: str) -> None:
    """With five known and a dispute on one more, enough facets are known and disputes keep the verdict back."""
    given = [{**rate(2, 2, FACETS[:undisputed]), **rate(step, 1, ["product"])} for step in (0, 4)]
    assert read(*given).pattern == pattern
