"""The lines of discovery's rule, the numbers behind them, and how much of what they need is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from workbook.analysis.voices.evidence import Evidence, Part, make_part
from workbook.analysis.voices.grids import ChoiceReading, NumberReading
from workbook.analysis.voices.scales import ScaleReading

Origin = Literal["agreed", "facts", "voices", "default", "unknown"]


@dataclass(frozen=True)
class Amount:
    """A number to reckon with, and where it comes from: agreed, the facts, the middle of the voices, a default."""

    number: NumberReading
    value: float | None
    origin: Origin


@dataclass(frozen=True)
class Line:
    """One line of the rule: the weeks it adds at least and at most.

    `known` is False where the answer is not known: then it adds from nothing to its most, or, where there is
    no most, is left out.
    """

    name: str
    low: float
    high: float
    known: bool = True
    left_out: bool = False


def weigh_lines(
    lines: Iterable[Line], amounts: dict[str, Amount], scales: dict[str, ScaleReading], before: ChoiceReading
) -> Evidence:
    """Say what is known of the answers that the rule needs, a part for each of its lines but the base."""
    parts = []
    for line in lines:
        if line.name in amounts:
            amount = amounts[line.name]
            fact = amount.origin == "facts"
            parts.append(Part(known=True, agreed=True) if fact else make_part(amount.number, known=line.known))
        elif line.name == "places":
            parts.append(Part(known=True, agreed=True))
        elif line.name != "base":
            cell = scales.get(line.name, before)
            apart = cell.differs and cell.agreed is None
            parts.append(make_part(cell, known=line.known, disputed=apart))
    return Evidence(tuple(parts))
