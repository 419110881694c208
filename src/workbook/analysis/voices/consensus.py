"""How far voices agree, over ordered steps and over rankings."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise


def _refuse_bad_counts(counts: Sequence[float]) -> None:
    if len(counts) < 2:
        raise ValueError("Agreement needs a count for each of two ordered steps or more.")
    if any(not math.isfinite(count) or count < 0 for count in counts):
        raise ValueError(f"Counts must be zero or more; they are {list(counts)}.")
    if not any(counts):
        raise ValueError("Nobody has answered: every count is zero.")


def _layer_agreement(chosen: Sequence[bool]) -> float:
    """Agreement of one layer, in which each step is either chosen (equally often) or not."""
    steps, size = len(chosen), sum(chosen)
    if size == 1:
        return 1.0
    if size == steps:
        return 0.0
    triples = Counter(combinations(chosen, 3))
    apart = triples[True, False, True]
    together = triples[True, True, False] + triples[False, True, True]
    unimodality = ((steps - 2) * together - (steps - 1) * apart) / ((steps - 2) * (together + apart))
    return unimodality * (1 - (size - 1) / (steps - 1))


def agreement(counts: Sequence[float]) -> float:
    """Agreement A of counts per ordered step: -1 split in two, 0 even, 1 of one mind.

    C. van der Eijk, "Measuring agreement in ordered rating scales", Quality & Quantity 35 (2001),
    325-341: the counts are cut into layers, each weighted by its share of the answers. ValueError
    for fewer than two steps, a negative count, or no answers.
    """
    _refuse_bad_counts(counts)
    total = math.fsum(counts)
    levels = sorted({0.0, *map(float, counts)})
    parts = []
    for below, level in pairwise(levels):
        chosen = [count >= level for count in counts]
        share = (level - below) * sum(chosen) / total
        parts.append(share * _layer_agreement(chosen))
    return min(1.0, max(-1.0, math.fsum(parts)))


def consensus(counts: Sequence[float]) -> float:
    """Consensus of counts per ordered step: 0 split between the ends, 1 of one mind.

    W. Tastle and M. Wierman, "Consensus and dissention", International Journal of Approximate
    Reasoning 45 (2007), 531-545: 1 + sum of p * log2(1 - |step - mean| / width). ValueError as for
    `agreement`.
    """
    _refuse_bad_counts(counts)
    total, width = math.fsum(counts), len(counts) - 1
    mean = math.fsum(step * count for step, count in enumerate(counts)) / total
    parts = [count / total * math.log2(1 - abs(step - mean) / width) for step, count in enumerate(counts) if count]
    return min(1.0, max(0.0, 1 + math.fsum(parts)))


def _average_ranks(ranking: Sequence[float]) -> list[float]:
    """Ranks from 1, where items that tie share the average of the places they take up."""
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(ranking), start=1):
        places.setdefault(value, []).append(place)
    average = {value: sum(taken) / len(taken) for value, taken in places.items()}
    return [average[value] for value in ranking]


def _refuse_bad_rankings(rankings: Sequence[Sequence[float]]) -> None:
    if len(rankings) < 2:
        raise ValueError("Concordance needs the rankings of two voices or more.")
    if len({len(ranking) for ranking in rankings}) > 1:
        raise ValueError("Every voice must rank the same items: the rankings differ in length.")
    if len(rankings[0]) < 2:
        raise ValueError("Concordance needs two items or more to rank.")
    if any(not math.isfinite(rank) for ranking in rankings for rank in ranking):
        raise ValueError("Every rank must be an ordinary number.")


def concordance(rankings: Sequence[Sequence[float]]) -> float:
    """Kendall's W with the correction for ties: 0 no common order, 1 the same order from all.

    One row a voice, one column an item; ties allowed. M. G. Kendall and B. Babington Smith, Annals
    of Mathematical Statistics 10 (1939), 275-287. ValueError for fewer than two voices or items,
    rows of different length, or voices that all leave every item tied.
    """
    _refuse_bad_rankings(rankings)
    voices, items = len(rankings), len(rankings[0])
    ranks = [_average_ranks(ranking) for ranking in rankings]
    middle = voices * (items + 1) / 2
    spread = math.fsum((math.fsum(column) - middle) ** 2 for column in zip(*ranks, strict=True))
    ties = sum(size**3 - size for ranking in rankings for size in Counter(map(float, ranking)).values())
    possible = voices**2 * (items**3 - items) - voices * ties
    if possible == 0:
        raise ValueError("No voice puts any item before another: there is no order to compare.")
    return min(1.0, 12 * spread / possible)
