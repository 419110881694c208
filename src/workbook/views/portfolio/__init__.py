"""Every engagement of a folder on one page.

Named here is what its notebook calls.
"""

from workbook.views.portfolio.figures import (
    list_commissions,
    list_gaps,
    list_pages,
    list_recurring,
    make_cover,
    note_provenance,
    show_edition,
    show_glance,
    show_ground,
)
from workbook.views.portfolio.money import show_money
from workbook.views.portfolio.table import make_frame, write_csv
from workbook.views.portfolio.words import read_portfolio

__all__ = [
    "list_commissions",
    "list_gaps",
    "list_pages",
    "list_recurring",
    "make_cover",
    "make_frame",
    "note_provenance",
    "read_portfolio",
    "show_edition",
    "show_glance",
    "show_ground",
    "show_money",
    "write_csv",
]
