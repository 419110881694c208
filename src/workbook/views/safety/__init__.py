"""Chapter 07 on the page: how open each audience can afford to be, and what would raise it.

Named here is what its notebook calls.
"""

from workbook.analysis.safety import read_safety
from workbook.views.safety.figures import draw_openness, draw_parts, list_protections
from workbook.views.safety.words import (
    compare_readings,
    list_differences,
    list_lifts,
    read_twice,
    summarise,
    write_follows,
    write_headline,
)

__all__ = [
    "compare_readings",
    "draw_openness",
    "draw_parts",
    "list_differences",
    "list_lifts",
    "list_protections",
    "read_safety",
    "read_twice",
    "summarise",
    "write_follows",
    "write_headline",
]
