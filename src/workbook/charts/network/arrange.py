"""Where the factors of a map stand: cells of a brick wall, chosen so that links are short and pass between cells.

A cell holds one factor, so nothing can overlap; the search has no randomness, so the same map is always drawn alike.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from workbook.charts.pieces.marks import Point

SWEEPS = 12
PASSING = 2.0
"""Cost of a link passing over a factor, in widths of a cell."""
REACH = 0.38
"""How near a link must pass a cell's middle to count as over it, in widths and heights of a cell."""
RISING = 0.35
"""Cost of a link that runs upwards, as a part of its rise: maps read from the top down."""

Link = tuple[int, int]


@dataclass(frozen=True)
class Wall:
    """Rows of cells `pitch` apart; every second row holds one cell fewer and is set in by half a cell."""

    columns: int
    rows: int
    pitch: Point

    @cached_property
    def cells(self) -> tuple[Point, ...]:
        """Centres of the cells, row by row, the first half a pitch from the left and the top."""
        across, down = self.pitch
        return tuple(
            (across * (0.5 + column + row % 2 / 2), down * (0.5 + row))
            for row in range(self.rows)
            for column in range(self.columns - row % 2)
        )

    @cached_property
    def lengths(self) -> dict[Link, float]:
        """For two cells, how far it is from the first to the second, a rise costing extra."""
        return {
            (first, second): math.hypot(end[0] - start[0], end[1] - start[1]) + RISING * max(0.0, start[1] - end[1])
            for first, start in enumerate(self.cells)
            for second, end in enumerate(self.cells)
        }

    @cached_property
    def between(self) -> dict[Link, frozenset[int]]:
        """For two cells, the cells that a straight line between them passes over."""
        found: dict[Link, frozenset[int]] = {}
        across, down = self.pitch
        places = [(x / across, y / down) for x, y in self.cells]
        for first, start in enumerate(places):
            for second in range(first, len(places)):
                end = places[second]
                lying = frozenset(
                    index
                    for index, cell in enumerate(places)
                    if index not in (first, second) and measure_distance(cell, start, end) < REACH
                )
                found[first, second] = found[second, first] = lying
        return found


def measure_distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from the nearest point of a straight stroke."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = 0.0 if length == 0 else min(1.0, max(0.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length))
    return math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1))


def choose_wall(count: int, columns: int, pitch: Point) -> Wall:
    """Return a wall with about a fifth more cells than factors, so that the search has room to move them."""
    wanted = max(count + 1, math.ceil(count * 1.2))
    rows = 1
    while sum(columns - row % 2 for row in range(rows)) < wanted:
        rows += 1
    return Wall(columns, rows, pitch)


def arrange_factors(count: int, links: Sequence[Link], wall: Wall) -> list[int]:
    """Return the number of the cell of each factor; links are pairs of factors' numbers, from 0."""
    search = _Search(wall, [link for link in links if link[0] != link[1]], _rank_factors(count, links))
    for _ in range(SWEEPS):
        if not search.improve():
            break
    return search.cell_of


def _rank_factors(count: int, links: Sequence[Link]) -> list[int]:
    """Return the factors from causes to effects: by longest path, links that would close a loop left out."""
    after: list[list[int]] = [[] for _ in range(count)]
    for source, target in links:
        after[source].append(target)
    rank, state = [0] * count, [0] * count
    order: list[int] = []
    for root in range(count):
        if state[root]:
            continue
        state[root] = 1
        trail = [(root, iter(after[root]))]
        while trail:
            factor, rest = trail[-1]
            following = next((each for each in rest if not state[each]), None)
            if following is None:
                state[factor] = 2
                order.append(factor)
                trail.pop()
            else:
                state[following] = 1
                trail.append((following, iter(after[following])))
    place = {factor: index for index, factor in enumerate(reversed(order))}
    for factor in reversed(order):
        for following in after[factor]:
            if place[following] > place[factor]:
                rank[following] = max(rank[following], rank[factor] + 1)
    return sorted(range(count), key=lambda factor: (rank[factor], place[factor]))


class _Search:
    """Factors in cells, moved or swapped one at a time for as long as that makes the links better."""

    def __init__(self, wall: Wall, links: Sequence[Link], order: Sequence[int]) -> None:
        self.wall = wall
        self.links = links
        self.cell_of = [0] * len(order)
        for cell, factor in enumerate(order):
            self.cell_of[factor] = cell
        self.factor_in: list[int | None] = [*order, *[None] * (len(wall.cells) - len(order))]
        self.free = set(range(len(order), len(wall.cells)))
        self.links_of: list[list[Link]] = [[link for link in links if factor in link] for factor in range(len(order))]
        self.over = self._count_passes()

    def _count_passes(self) -> Counter[int]:
        """Return how many links pass over each cell."""
        return Counter(cell for link in self.links for cell in self._pass(link))

    def improve(self) -> bool:
        """Give each factor in turn the best cell it can have; say whether anything moved."""
        moved = False
        for factor in range(len(self.cell_of)):
            gains = ((self._measure_gain(factor, cell), -cell) for cell in range(len(self.factor_in)))
            gain, cell = max(gains, default=(0.0, 0))
            if gain > 1e-6 * self.wall.pitch[0]:
                self._swap(factor, -cell)
                self.over = self._count_passes()
                moved = True
        return moved

    def _measure_gain(self, factor: int, cell: int) -> float:
        """Return how much cheaper the links get when the factor takes the cell."""
        here, other = self.cell_of[factor], self.factor_in[cell]
        if cell == here:
            return 0.0
        touched = {*self.links_of[factor], *(self.links_of[other] if other is not None else ())}
        before = sum(map(self._weigh, touched))
        uncovered = 0
        if other is None:
            uncovered = self._count_over(here, touched) - self._count_over(cell, touched)
        self._swap(factor, cell)
        after = sum(map(self._weigh, touched))
        self._swap(factor, here)
        return before - after + uncovered * PASSING * self.wall.pitch[0]

    def _count_over(self, cell: int, touched: set[Link]) -> int:
        """Count the links that pass over the cell, those that are about to move aside."""
        return self.over[cell] - sum(cell in self._pass(link) for link in touched)

    def _pass(self, link: Link) -> frozenset[int]:
        return self.wall.between[self.cell_of[link[0]], self.cell_of[link[1]]]

    def _weigh(self, link: Link) -> float:
        """Return the cost of a link: its length, what it passes over, and its rise."""
        start, end = self.cell_of[link[0]], self.cell_of[link[1]]
        passed = len(self.wall.between[start, end] - self.free)
        return self.wall.lengths[start, end] + PASSING * self.wall.pitch[0] * passed

    def _swap(self, factor: int, cell: int) -> None:
        """Move the factor to the cell, and whoever was there to the cell it leaves."""
        here, other = self.cell_of[factor], self.factor_in[cell]
        self.cell_of[factor], self.factor_in[cell], self.factor_in[here] = cell, factor, other
        if other is not None:
            self.cell_of[other] = here
        else:
            self.free.remove(cell)
            self.free.add(here)
