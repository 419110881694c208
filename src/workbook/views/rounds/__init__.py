"""Chapter 15 on the page: what was promised, what moved between the same people, and what is still owed.

Named here is what its notebook calls.
"""

from workbook.analysis.rounds import read_rounds
from workbook.views.rounds.figures import (
    list_answered,
    show_money,
    show_places,
    show_roles,
    show_targets,
    summarise,
    tabulate_promises,
)
from workbook.views.rounds.moves import show_change, show_moves
from workbook.views.rounds.words import compare_readings, write_follows, write_headline, write_line

__all__ = [
    "compare_readings",
    "list_answered",
    "read_rounds",
    "show_change",
    "show_money",
    "show_moves",
    "show_places",
    "show_roles",
    "show_targets",
    "summarise",
    "tabulate_promises",
    "write_follows",
    "write_headline",
    "write_line",
]
