"""Chapter 08 on the page: today against wanted, first steps, what nobody owns.

Named here is what its notebook calls.
"""

from workbook.analysis.practices import read_practices
from workbook.views.practices.figures import (
    draw_gaps,
    list_backwards,
    list_quick_wins,
    list_unowned,
    summarise,
    tabulate_practices,
)
from workbook.views.practices.words import compare_readings, list_differences, read_twice, write_follows, write_headline

__all__ = [
    "compare_readings",
    "draw_gaps",
    "list_backwards",
    "list_differences",
    "list_quick_wins",
    "list_unowned",
    "read_practices",
    "read_twice",
    "summarise",
    "tabulate_practices",
    "write_follows",
    "write_headline",
]
