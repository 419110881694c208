"""Chapter 06 on the page: how far each audience agreed to be named, and the boundaries.

Named here is what its notebook calls.
"""

from workbook.analysis.permission import read_permission
from workbook.views.permission.boundaries import state_boundaries
from workbook.views.permission.figures import (
    compare_readings,
    draw_ladder,
    list_differences,
    list_gaps,
    list_terms,
    read_twice,
    summarise,
    write_follows,
    write_headline,
)

__all__ = [
    "compare_readings",
    "draw_ladder",
    "list_differences",
    "list_gaps",
    "list_terms",
    "read_permission",
    "read_twice",
    "state_boundaries",
    "summarise",
    "write_follows",
    "write_headline",
]
