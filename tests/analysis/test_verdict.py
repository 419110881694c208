"""The rule of the verdict over all patterns, and the words it is told in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from builders import make_engagement, make_voice
from workbook.analysis.framing import FramingReading, Pattern, read_framing
from workbook.analysis.verdict import MARKS, list_rules, read_verdict
from workbook.model.chapters import load_chapter
from workbook.model.wordings import load_wording
from workbook.views.framing.verdict import write_verdict

FACETS = [facet.id for facet in load_chapter("framing").facets]


def read(places: list[tuple[int, int]], voices: int = 3, **given: Any) -> FramingReading:
    """Read a framing in which every voice gives the same seed and soil to each of some facets."""
    answers = {
        f"framing.{facet}.{side}": value
        for facet, pair in zip(FACETS, places, strict=False)
        for side, value in zip(("seed", "soil"), pair, strict=True)
    }
    return read_framing(make_engagement(*(make_voice(f"Role {n}", answers) for n in range(voices)), **given))


STAYS = {"framing.stays_evaluation": "Whether the money was spent"}


@pytest.mark.parametrize(
    ("places", "agreed", "mark", "words"),
    [
        ([(4, 0)] * 10, {}, "partner", "Commission a learning partner."),
        ([(4, 0)] * 10, STAYS, "both", "keep the evaluation apart."),
        ([(4, 4)] * 10, {}, "partner", "but not on today's terms: the hope is"),
        ([(4, 4)] * 10, STAYS, "both", "keep the evaluation apart, but not on today's terms"),
        ([(0, 4)] * 10, {}, "evaluation", "Commission an evaluation, and say plainly that it is one."),
        ([(0, 0)] * 10, {}, "early", "not yet clear what this is for"),
        ([(4, 0)] * 5 + [(0, 4)] * 5, {}, "both", "Split it: an evaluation of"),
        ([(4, 0)] * 2, {}, "early", "Too early to say: 2 of 10 points are known."),
        ([], {}, "early", "nobody has said yet"),
    ],
)
def test_the_answers_draw_the_verdict(
    places: list[tuple[int, int]], agreed: dict[str, str], mark: str, words: str
) -> None:
    """Each pattern of hope and habit, with and without an agreed word on what stays evaluation, has its verdict."""
    reading = read(places, agreed=agreed)
    assert read_verdict(reading).mark == mark
    assert words in write_verdict(reading)


def test_voices_far_apart_draw_no_verdict() -> None:
    """Where people are far apart on most points it is too early, and the sentence counts the points."""
    halves = [
        make_voice(
            f"Role {n}", {f"framing.{facet}.{side}": 4 * (n % 2) for facet in FACETS for side in ("seed", "soil")}
        )
        for n in range(4)
    ]
    reading = read_framing(make_engagement(*halves))
    assert read_verdict(reading).mark == "early"
    assert "far apart on 10 of 10 points" in write_verdict(reading)


def test_one_voice_is_told_as_one_voice() -> None:
    """A verdict that rests on one voice says so."""
    assert write_verdict(read([(4, 0)] * 10, voices=1)).startswith("As you see it: ")


@pytest.mark.parametrize("pattern", get_args(Pattern))
def test_every_pattern_has_a_rule_and_words(pattern: Pattern) -> None:
    """No pattern is without a verdict, whatever else holds."""
    for places in ([(4, 0)] * 10, [(4, 0)] * 5 + [(0, 4)] * 5, [(4, 4)] * 10):
        for agreed in ({}, STAYS):
            reading = replace(read(places, agreed=agreed), pattern=pattern)
            assert read_verdict(reading).mark in MARKS
            assert write_verdict(reading)


def test_every_rule_has_its_sentence() -> None:
    """The rules printed in content name sentences that stand there."""
    sentences = load_wording("verdict").words["sentences"]
    assert {rule.sentence for rule in list_rules()} <= set(sentences)
