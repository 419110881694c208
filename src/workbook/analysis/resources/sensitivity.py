"""What the trade-off hangs on: each doubt moved by itself, and what settling it would gain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbook.analysis.resources.doubts import Doubt, Doubts, Drawn, draw_chunks
from workbook.analysis.resources.draws import grid_values, plan_values
from workbook.analysis.resources.split import choose
from workbook.analysis.resources.value import FloatArray

_DRAWS_PER_BIN = 20


@dataclass(frozen=True)
class End:
    """The trade-off at one set of figures; shares are of the money, spent on use.

    Values are in the units of the decision's net effect.
    """

    today_value: float
    best_share: float
    best_value: float


@dataclass(frozen=True)
class TornadoBar:
    """One doubt at its low and at its high end, every other figure at its likeliest."""

    doubt: Doubt
    at_low: End
    at_high: End

    @property
    def value_swing(self) -> float:
        """How far apart today's plan is worth at the two ends."""
        return abs(self.at_high.today_value - self.at_low.today_value)

    @property
    def split_swing(self) -> float:
        """How far apart the best shares on use are at the two ends."""
        return abs(self.at_high.best_share - self.at_low.best_share)


@dataclass(frozen=True)
class Tornado:
    """Every doubt's bar, the widest swing in value first, and the likeliest figures between."""

    likely: End
    bars: tuple[TornadoBar, ...]


def tornado(doubts: Doubts, today: float, *, steps: int = 200) -> Tornado:
    """Move each range to its low and to its high; `today` is today's share on use, 0 to 1.

    Figures nobody doubts have no bar.
    """
    ranges = doubts.ranges()
    open_ranges = {doubt: figure for doubt, figure in ranges.items() if not figure.certain}
    cases = 1 + 2 * len(open_ranges)
    drawn = {doubt: np.full(cases, float(figure.likely)) for doubt, figure in ranges.items()}
    for place, (doubt, figure) in enumerate(open_ranges.items()):
        drawn[doubt][1 + 2 * place : 3 + 2 * place] = figure.low, figure.high
    likely, *ends = _ends(doubts, drawn, today, steps)
    bars = [
        TornadoBar(doubt, at_low, at_high)
        for doubt, at_low, at_high in zip(open_ranges, ends[::2], ends[1::2], strict=True)
    ]
    return Tornado(likely, tuple(sorted(bars, key=lambda bar: (-bar.value_swing, bar.doubt))))


def _ends(doubts: Doubts, drawn: Drawn, today: float, steps: int) -> list[End]:
    values = grid_values(doubts, drawn, steps)
    todays = plan_values(doubts, drawn, [today])[0]
    places = [choose(column).best for column in values.T]
    return [
        End(float(worth), place / steps, float(column[place]))
        for worth, place, column in zip(todays, places, values.T, strict=True)
    ]


@dataclass(frozen=True)
class Settling:
    """What is gained, on average, by settling one doubt before choosing the split.

    `gain` and `best_value`, the worth of the best split chosen in doubt, are in the units of the
    decision's net effect.
    """

    doubt: Doubt
    gain: float
    best_value: float

    @property
    def relative(self) -> float:
        """Gain as a share of the best value; 0 where nothing is worth anything."""
        return self.gain / self.best_value if self.best_value > 0 else 0.0


class SettlingSums:
    """What settling each doubt alone would gain, added up chunk by chunk of the draws; certain figures left out.

    Draws are sorted into bins by the doubt; in each bin one half of the draws chooses the split
    and the other half values it, so that chance is not taken for knowledge (expected value of
    partial perfect information; binning after Strong and Oakley 2013). What noise leaves below
    zero is set to zero. Looks at every `stride`-th split. ValueError for fewer than 20 draws a bin.
    """

    def __init__(self, doubts: Doubts, *, draws: int = 10_000, bins: int = 20, stride: int = 1) -> None:
        if bins < 1 or draws < _DRAWS_PER_BIN * bins:
            raise ValueError(f"{bins} bins need {_DRAWS_PER_BIN * bins} draws or more, not {draws}.")
        self._names = [doubt for doubt, figure in doubts.ranges().items() if not figure.certain]
        self._draws, self._bins, self._stride = draws, bins, stride
        self._edges: dict[Doubt, FloatArray] = {}
        self._sums: dict[Doubt, FloatArray] = {}

    def add(self, drawn: Drawn, values: FloatArray) -> None:
        """Take in a chunk: its inputs, and the values of every split (splits, draws)."""
        rows = values[:: self._stride]
        halves = np.arange(values.shape[1]) % 2
        for doubt in self._names:
            if doubt not in self._edges:
                self._edges[doubt] = _inner_edges(drawn[doubt], self._bins)
            places = 2 * np.searchsorted(self._edges[doubt], drawn[doubt]) + halves
            sums = self._sums.setdefault(doubt, np.zeros((len(rows), 2 * self._bins)))
            sums += [np.bincount(places, weights=row, minlength=2 * self._bins) for row in rows]

    def finish(self) -> tuple[Settling, ...]:
        """Return the gains, largest first."""
        found = [self._settle(doubt, sums) for doubt, sums in self._sums.items()]
        return tuple(sorted(found, key=lambda settling: (-settling.gain, settling.doubt)))

    def _settle(self, doubt: Doubt, sums: FloatArray) -> Settling:
        best = float(sums.sum(axis=1).max()) / self._draws
        return Settling(doubt, max(0.0, _chosen(sums) / self._draws - best), best)


def value_of_settling(
    doubts: Doubts, *, draws: int = 10_000, steps: int = 200, seed: int = 1, bins: int = 20
) -> tuple[Settling, ...]:
    """Expected gain of settling each doubt alone, as `SettlingSums` finds it."""
    sums = SettlingSums(doubts, draws=draws, bins=bins)
    for drawn in draw_chunks(doubts, draws, seed):
        sums.add(drawn, grid_values(doubts, drawn, steps))
    return sums.finish()


def _inner_edges(drawn: FloatArray, bins: int) -> FloatArray:
    return np.asarray(np.quantile(drawn, np.arange(1, bins) / bins))


def _chosen(sums: FloatArray) -> float:
    """Sum over the draws when each half of a bin takes the split the other half finds best."""
    choice = sums.reshape(sums.shape[0], -1, 2)[:, :, ::-1].argmax(axis=0).ravel()
    return float(sums[choice, np.arange(sums.shape[1])].sum())
