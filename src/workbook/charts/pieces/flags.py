"""Labels over a plot, each with a line down to its place, that never overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations, product

from workbook.charts.pieces.text import LINE, SMALL, fit_text, measure_text

ROW = SMALL * LINE + 3
REACH = 6.0
"""How far a label starts before its line."""
APART = 8.0
SEARCHED = 4


@dataclass(frozen=True)
class Flag:
    """A label of one line: its left edge, its width, its row from 0 just over the plot, and the x it belongs to."""

    words: str
    left: float
    width: float
    row: int
    x: float

    @property
    def right(self) -> float:
        """Right edge of the words."""
        return self.left + self.width


def place_flags(labels: Sequence[tuple[float, str]], edges: tuple[float, float]) -> tuple[Flag, ...]:
    """Give each label (x, words) a row and a side; they come back in the order given.

    No two labels overlap. Of all ways to place up to four labels the one is taken in which the fewest lines
    run through words, then the one with the fewest rows; more labels are placed from the middle outwards.
    """
    middle = sum(edges) / 2
    outwards = sorted(range(len(labels)), key=lambda index: (abs(labels[index][0] - middle), index))
    usual = tuple(x >= middle for x, _ in labels)
    orders: Iterable[Sequence[int]] = [outwards]
    sides: Iterable[tuple[bool, ...]] = [usual]
    if len(labels) <= SEARCHED:
        orders = list(permutations(outwards))
        sides = sorted(product((False, True), repeat=len(labels)), key=lambda each: each != usual)
    ways = (_place_in_turn(labels, edges, order, side) for side in sides for order in orders)
    return min(ways, key=_weigh)


def _place_in_turn(
    labels: Sequence[tuple[float, str]], edges: tuple[float, float], order: Sequence[int], sides: Sequence[bool]
) -> tuple[Flag, ...]:
    """Give each label in turn the lowest row in which it touches no other."""
    placed: dict[int, Flag] = {}
    for index in order:
        x, words = labels[index]
        text = fit_text(words, edges[1] - edges[0], size=SMALL)
        width = measure_text(text, SMALL)
        left = x + REACH - width if sides[index] else x - REACH
        left = min(max(left, edges[0]), edges[1] - width)
        spots = (Flag(text, left, width, row, x) for row in range(len(labels)))
        placed[index] = next(spot for spot in spots if not any(_touch(spot, other) for other in placed.values()))
    return tuple(placed[index] for index in range(len(labels)))


def _touch(flag: Flag, other: Flag) -> bool:
    return flag.row == other.row and flag.left < other.right + APART and other.left < flag.right + APART


def _weigh(flags: Sequence[Flag]) -> tuple[int, int]:
    """Count the lines that run through the words of a lower label, and the rows."""
    crossed = sum(
        lower.row < higher.row and lower.left - 3 < higher.x < lower.right + 3 for lower in flags for higher in flags
    )
    return (crossed, max((flag.row for flag in flags), default=-1))
