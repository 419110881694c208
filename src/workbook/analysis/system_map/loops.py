"""Loops and ways through a map of factors numbered from 0. Bounded, and the same for the same map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import islice, pairwise

Pair = tuple[int, int]
Cycle = tuple[int, ...]


def find_cycles(pairs: Collection[Pair], *, longest: int, most: int) -> tuple[tuple[Cycle, ...], bool]:
    """Return at most `most` loops of at most `longest` factors, the shortest first, and whether there are more.

    Each loop begins with its smallest number. Loops of one length are all found before longer ones are looked
    for, so that a search that stops early has the short ones.
    """
    import networkx as nx

    # Whole numbers, in order: sets of them come out alike in every run, as sets of text would not.
    graph = nx.DiGraph(sorted(pairs))
    found: list[list[int]] = []
    for length in range(1, longest + 1):
        found = list(islice(nx.simple_cycles(graph, length_bound=length), most + 1))
        if len(found) > most:
            break
    cycles = sorted((_turn(cycle) for cycle in found[:most]), key=lambda cycle: (len(cycle), cycle))
    return tuple(cycles), len(found) > most


def list_pairs(cycle: Cycle) -> tuple[Pair, ...]:
    """Return the links of a loop, from each factor to the next and from the last to the first."""
    return tuple(pairwise((*cycle, cycle[0])))


def reach_from(start: int, pairs: Iterable[Pair]) -> frozenset[int]:
    """Return every factor that a way along the links leads to; `start` itself only if a loop leads back to it."""
    follows = defaultdict(list)
    for source, target in pairs:
        follows[source].append(target)
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        new = [target for target in follows[waiting.pop()] if target not in seen]
        seen.update(new)
        waiting.extend(new)
    return frozenset(seen)


def lead_to(end: int, pairs: Iterable[Pair]) -> frozenset[int]:
    """Return every other factor from which a way along the links leads to `end`."""
    return reach_from(end, ((target, source) for source, target in pairs)) - {end}


def _turn(cycle: list[int]) -> Cycle:
    first = cycle.index(min(cycle))
    return tuple(cycle[first:] + cycle[:first])
