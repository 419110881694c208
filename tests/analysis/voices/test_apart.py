"""How far answers to one question lie apart, by the kind of the question."""

from __future__ import annotations

from typing import Any

import pytest

from builders import make_facts
from workbook.analysis.voices.apart import find_shared, measure_apart
from workbook.model.answers import Response
from workbook.model.chapters import list_questions

SCALE, POINTS, WORDS = "framing.purpose.soil", "audiences.points", "framing.said_aloud"


def _give(*values: Any) -> list[Response]:
    return [Response(value=value, voice=f"Voice {number}") for number, value in enumerate(values)]


@pytest.mark.parametrize(
    ("question", "values", "apart"),
    [
        (SCALE, (0, 4), 1.0),
        (SCALE, (1, 2, 3), 0.5),
        (SCALE, (2, 2), 0.0),
        (SCALE, (0, "unsure"), 0.0),
        (POINTS, ({"funder": 100}, {"people": 100}), 1.0),
        (POINTS, ({"funder": 50, "people": 50}, {"funder": 30, "people": 70}), 0.2),
        (WORDS, ("yes", "no"), 0.0),
    ],
)
def test_apart_is_one_at_the_ends_and_nothing_for_one_mind_or_words(
    question: str, values: tuple[Any, ...], apart: float
) -> None:
    """Steps by the range, points by what would have to move; not knowing is no side."""
    found = measure_apart(list_questions(make_facts())[question], _give(*values))
    assert found == pytest.approx(apart)


def test_shared_is_what_two_or_more_said_without_exception() -> None:
    """One voice agrees with nobody, and who does not know does not agree."""
    assert find_shared(_give(2, 2)) == 2
    assert find_shared(_give({"a": 1, "b": 2}, {"b": 2, "a": 1})) == {"a": 1, "b": 2}
    assert find_shared(_give(2)) is None
    assert find_shared(_give(2, "unsure")) is None
    assert find_shared(_give(2, 3)) is None
