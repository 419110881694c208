"""From numbers to positions: a linear scale, evenly spaced bands, and round numbers for ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

LARGEST = 1e300
SMALLEST = 1e-200


@dataclass(frozen=True)
class LinearScale:
    """Maps a number of `domain` to a position in `span`; a domain of a single number maps to the middle.

    Raises ValueError for a domain that is not finite or runs backwards; a span may run either way.
    """

    domain: tuple[float, float]
    span: tuple[float, float]

    def __post_init__(self) -> None:
        require_finite((*self.domain, *self.span))
        if self.domain[0] > self.domain[1]:
            raise ValueError(f"a scale must run from its smaller number to its larger, not {self.domain}")

    def __call__(self, value: float) -> float:
        """Return the position of a number; one outside the domain lands outside the span."""
        low, high = self.domain
        start, end = self.span
        if low == high:
            return (start + end) / 2
        return start + (end - start) * ((value - low) / (high - low))

    def holds(self, value: float) -> bool:
        """Say whether the number lies within the domain, ends included."""
        return self.domain[0] <= value <= self.domain[1]


@dataclass(frozen=True)
class BandScale:
    """Shares `span` out among `count` equal bands; `gap` is the part of each band left empty (0 to 1)."""

    count: int
    span: tuple[float, float]
    gap: float = 0.2

    def __post_init__(self) -> None:
        if self.count < 1 or not 0 <= self.gap < 1:
            raise ValueError("a band scale needs at least one band and a gap from 0 to below 1")

    @property
    def step(self) -> float:
        """Distance from one band's start to the next."""
        return (self.span[1] - self.span[0]) / self.count

    @property
    def width(self) -> float:
        """Width of what is drawn in a band."""
        return self.step * (1 - self.gap)

    def centre(self, index: int) -> float:
        """Position of the middle of band `index`, from 0."""
        return self.span[0] + self.step * (index + 0.5)

    def start(self, index: int) -> float:
        """Position at which band `index` starts, its gap left out."""
        return self.centre(index) - self.width / 2


def require_finite(values: Iterable[float]) -> None:
    """Raise ValueError where a number is missing (NaN), infinite or past 1e300, which no chart can place."""
    for value in values:
        if not abs(value) <= LARGEST:
            raise ValueError(f"a chart cannot place the number {value}; leave the point out or give a finite number")


def choose_step(low: float, high: float, about: int = 5) -> float:
    """Return the distance between ticks: 1, 2 or 5 times a power of ten, giving about `about` steps."""
    rough = high / about - low / about
    power = float(10.0 ** math.floor(math.log10(rough)))
    return next(power * factor for factor in (1, 2, 5, 10, 20) if power * factor >= rough * 0.999)


def choose_ticks(low: float, high: float, about: int = 5) -> tuple[float, ...]:
    """Return round numbers from `low` to `high`, ascending, two at least.

    A range too thin to divide gives `low` alone.
    """
    require_finite((low, high))
    if high - low <= max(1e-9 * max(abs(low), abs(high)), SMALLEST):
        return (low,)
    step = choose_step(low, high, about)
    digits = 1 - math.floor(math.log10(step))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    if last - first < 1 and about < 5:
        return choose_ticks(low, high, 5)
    return tuple(round(index * step, digits) + 0.0 for index in range(first, last + 1))


def widen_domain(values: Iterable[float], *, from_zero: bool = False) -> tuple[float, float]:
    """Return a domain with round ends that holds every value, and zero where `from_zero` says so."""
    found = list(values)
    require_finite(found)
    if not found:
        return (0.0, 1.0)
    low, high = min(found), max(found)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= max(1e-9 * max(abs(low), abs(high)), SMALLEST):
        half = abs(low) / 2 or 0.5
        return (low if from_zero and low >= 0 else low - half, high + half)
    step = choose_step(low, high)
    return (min(low, math.floor(low / step + 1e-9) * step), max(high, math.ceil(high / step - 1e-9) * step))
