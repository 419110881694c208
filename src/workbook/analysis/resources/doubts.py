"""The inputs of the trade-off as ranges, and draws from them."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from workbook.analysis.resources.value import FloatArray

# Draws are handed out this many at a time: 16 MB of values at 201 splits, however many follow.
_CHUNK = 10_000


@dataclass(frozen=True)
class Range:
    """A figure as people give it: lowest, likeliest and highest; all three alike where certain."""

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        if not all(math.isfinite(end) for end in (self.low, self.likely, self.high)):
            raise ValueError("Low, likely and high must be ordinary numbers.")
        if not self.low <= self.likely <= self.high:
            raise ValueError(f"Low, likely and high must rise: {self.low}, {self.likely}, {self.high} do not.")

    @classmethod
    def exactly(cls, value: float) -> Range:
        """Give a figure nobody doubts."""
        return cls(value, value, value)

    @property
    def certain(self) -> bool:
        """Whether there is nothing to draw."""
        return self.low == self.high


class Doubt(NamedTuple):
    """Names one input: a field of `Doubts`, or of the `AudienceDoubts` of that key."""

    field: str
    audience: str = ""


@dataclass(frozen=True)
class AudienceDoubts:
    """Uptake of one audience. Baseline and ceiling are shares of its people, 0 to 1.

    `weight` counts in proportion to the other audiences'. `scale` is what has to be spent on use
    in all, for every audience together, before this one is 63 % of the way to its ceiling. A drawn
    ceiling below the drawn baseline is raised to it: support never makes fewer people act.
    """

    key: str
    weight: float
    baseline: Range
    ceiling: Range
    scale: Range

    def __post_init__(self) -> None:
        if not (math.isfinite(self.weight) and self.weight >= 0):
            raise ValueError(f"{self.key}: the weight must be zero or more; it is {self.weight}.")
        if self.baseline.low < 0 or self.ceiling.high > 1:
            raise ValueError(f"{self.key}: baseline and ceiling are shares of people, 0 to 1.")
        if self.baseline.likely > self.ceiling.likely:
            raise ValueError(
                f"{self.key}: the baseline ({self.baseline.likely}) must not be above the ceiling"
                f" ({self.ceiling.likely})."
            )
        if self.scale.low <= 0:
            raise ValueError(f"{self.key}: the scale, a spend on use, must be above zero.")


@dataclass(frozen=True)
class Doubts:
    """Every input of the trade-off as a range.

    `budget` (data and use together), `setup` and `unit_cost` share one money with the audiences'
    scales; `mean`, `prior_sd` and `obs_sd` share the units of the decision's net effect, in which
    every value comes out. ValueError where there is nothing to split, to buy or to reach.
    """

    budget: Range
    setup: Range
    unit_cost: Range
    mean: Range
    prior_sd: Range
    obs_sd: Range
    audiences: tuple[AudienceDoubts, ...]

    def __post_init__(self) -> None:
        if self.budget.low <= 0:
            raise ValueError("There is no money to split: the budget must be above zero.")
        if self.unit_cost.low <= 0:
            raise ValueError("The cost of one response must be above zero.")
        if min(self.setup.low, self.prior_sd.low, self.obs_sd.low) < 0:
            raise ValueError("Set-up cost and standard deviations must be zero or more.")
        if len({audience.key for audience in self.audiences}) < len(self.audiences):
            raise ValueError("Two audiences have the same key.")
        if not sum(audience.weight for audience in self.audiences) > 0:
            raise ValueError("Name at least one audience with a weight above zero.")

    def ranges(self) -> dict[Doubt, Range]:
        """Every input by name, audiences in the order of their keys."""
        overall = (field.name for field in fields(self) if field.name != "audiences")
        found = {Doubt(name): getattr(self, name) for name in overall}
        for audience in self.audiences_by_key():
            for name in ("baseline", "ceiling", "scale"):
                found[Doubt(name, audience.key)] = getattr(audience, name)
        return found

    def audiences_by_key(self) -> list[AudienceDoubts]:
        """Audiences in one order whatever order they came in, so that sums round alike."""
        return sorted(self.audiences, key=lambda audience: audience.key)


Drawn = Mapping[Doubt, FloatArray]


def draw_pert(figure: Range, draws: int, generator: np.random.Generator) -> FloatArray:
    """Draw from the PERT distribution, a beta over low to high with mean (low + 4 likely + high)/6.

    Malcolm, Roseboom, Clark and Fazar 1959. Shape (draws,).
    """
    if figure.certain:
        return np.full(draws, figure.low)
    span = figure.high - figure.low
    rise = 1 + 4 * (figure.likely - figure.low) / span
    drawn = figure.low + span * generator.beta(rise, 6 - rise, draws)
    return np.clip(drawn, figure.low, figure.high)


def draw_chunks(doubts: Doubts, draws: int, seed: int) -> Iterator[Drawn]:
    """Yield the inputs of `draws` draws, in chunks of nearly equal size.

    Each input has a stream of its own, seeded by its name: another audience, or another order of
    them, leaves every other input's draws as they were, and more draws continue the same ones.
    """
    if draws < 1:
        raise ValueError(f"At least one draw is needed, not {draws}.")
    ranges = doubts.ranges()
    if draws <= _CHUNK:
        yield {doubt: _draw_once(doubt, figure, draws, seed) for doubt, figure in ranges.items()}
        return
    streams = {doubt: _open_stream(doubt, seed) for doubt in ranges}
    chunks = math.ceil(draws / _CHUNK)
    for chunk in range(chunks):
        size = draws * (chunk + 1) // chunks - draws * chunk // chunks
        yield {doubt: draw_pert(ranges[doubt], size, streams[doubt]) for doubt in ranges}


def _open_stream(doubt: Doubt, seed: int) -> np.random.Generator:
    digest = hashlib.sha256(f"{doubt.audience}\0{doubt.field}".encode()).digest()
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, int.from_bytes(digest[:16], "big")])))


@lru_cache(maxsize=64)
def _draw_once(doubt: Doubt, figure: Range, draws: int, seed: int) -> FloatArray:
    """Draw one input, or hand out what it gave before: one changed answer draws one input anew. Read only."""
    drawn = draw_pert(figure, draws, _open_stream(doubt, seed))
    drawn.flags.writeable = False
    return drawn
