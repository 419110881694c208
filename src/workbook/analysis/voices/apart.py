"""How far the answers to one question lie apart, whatever its kind: what a group had best talk about first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from workbook.model.answers import Response
from workbook.model.questions import GridQuestion, NumberQuestion, PointsQuestion, Question, ScaleQuestion


def measure_apart(question: Question, responses: Sequence[Response]) -> float:
    """Return 0 for one mind to 1 for as far apart as can be; "we do not know yet" is no side, nor are words.

    Steps and amounts by the lowest and the highest, points by the two people who gave most otherwise, choices and
    tables by the share who gave another answer than the commonest.
    """
    known = [one.value for one in responses if not one.is_unsure]
    if len(known) < 2 or question.is_words:
        return 0.0
    if isinstance(question, ScaleQuestion):
        return float(max(known) - min(known)) / (len(question.steps) - 1)
    if isinstance(question, NumberQuestion):
        return _compare_amounts(min(known), max(known))
    if isinstance(question, PointsQuestion):
        return max(_compare_points(one, other) for one, other in combinations(known, 2))
    if isinstance(question, GridQuestion):  # what nobody's name stands beside comes in no row that could be compared
        known = [one.value for one in responses if not one.is_unsure and one.voice]
    commonest = Counter(map(_freeze, known)).most_common(1)
    return 1 - commonest[0][1] / len(known) if known else 0.0


def find_shared(responses: Sequence[Response]) -> Any:
    """Return what everybody said who said anything, None where answers differ or there are not two."""
    alike = {_freeze(one.value) for one in responses}
    return responses[0].value if len(responses) > 1 and len(alike) == 1 else None


def _compare_amounts(low: float, high: float) -> float:
    largest = max(abs(low), abs(high))
    return min(1.0, (high - low) / largest) if largest else 0.0


def _compare_points(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(abs(one.get(key, 0) - other.get(key, 0)) for key in one.keys() | other.keys()) / 200


def _freeze(value: Any) -> str:
    chosen = sorted(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else value
    return json.dumps(chosen, sort_keys=True, default=str)
