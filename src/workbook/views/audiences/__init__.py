"""Chapter 03 on the page: whose learning comes first, by how much and in which order.

Named here is what its notebook calls.
"""

from workbook.analysis.audiences.audiences import read_audiences
from workbook.views.audiences.figures import (
    compare_readings,
    draw_points,
    list_changes,
    list_differences,
    list_question_gaps,
    read_twice,
    summarise,
    write_follows,
    write_headline,
)

__all__ = [
    "compare_readings",
    "draw_points",
    "list_changes",
    "list_differences",
    "list_question_gaps",
    "read_audiences",
    "read_twice",
    "summarise",
    "write_follows",
    "write_headline",
]
