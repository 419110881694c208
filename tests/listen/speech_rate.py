"""How long it takes to hear something: 17 characters a second, which is about 175 words a minute."""

from __future__ import annotations

from collections.abc import Sequence

CHARACTERS_A_SECOND = 17
SHORTEST = 0.15


def count_seconds(heard: Sequence[str]) -> float:
    """Return how many seconds it takes to say utterances."""
    return sum(max(SHORTEST, len(one) / CHARACTERS_A_SECOND) for one in heard)


def find_second(heard: Sequence[str], text: str) -> float:
    """Return the second at which a text begins to be said."""
    place = next(number for number, one in enumerate(heard) if text in one)
    return count_seconds(heard[:place])
