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
        ({**rate(1, 4), **rate(4, 4, FACETS[:3])}, "tension"),
        (rate(4, 1), "learning"),
        (rate(1, 1), "bare"),
        ({**rate(4, 1, FACETS[:4]), **rate(1, 4, FACETS[4:8])}, "mixed"),
        ({}, "unknown"),
        (rate("unsure", "unsure"), "unknown"),
    ],
)
def test_the_facets_amount_to_a_pattern(answers: dict[str, Any], pattern: str) -> None:
    """An engagement that plainly wants an evaluation is read as one; a few tensions do not change that."""
    assert read(answers).pattern == pattern


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
