"""What an answer rests on: whether the group settled it, voices point one way, voices differ, or nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from workbook.analysis.voices.grids import ChoiceReading
from workbook.analysis.voices.scales import ScaleReading

Basis = Literal["agreed", "voices", "one", "several", "unsure", "not_known", "none"]
"""`one` is one voice alone, `unsure` what the group agreed is open, `not_known` what all who answered do not know."""


def judge_basis(cell: ScaleReading | ChoiceReading) -> Basis:
    """Say what an answer rests on; a middle (`voices`) counts only where the group did not agree that it is open."""
    if cell.agreed is not None:
        return "agreed"
    if cell.agreed_unsure:
        return "unsure"
    if cell.responses:
        return "one" if len(cell.responses) == 1 else "several" if cell.differs else "voices"
    return "not_known" if cell.unsure else "none"


def judge_together(cells: Iterable[ScaleReading | ChoiceReading]) -> Basis:
    """Say what answers rest on that are read together: the least settled of those that anybody gave."""
    found = {judge_basis(cell) for cell in cells}
    order: tuple[Basis, ...] = ("unsure", "several", "one", "voices", "agreed", "not_known")
    return next((basis for basis in order if basis in found), "none")
