"""The next round: what was promised and kept, what moved and between whom, what was spent."""

from workbook.analysis.rounds.points import list_points
from workbook.analysis.rounds.promises import list_promises
from workbook.analysis.rounds.rounds import RoundsReading, read_rounds

__all__ = ["RoundsReading", "list_points", "list_promises", "read_rounds"]
