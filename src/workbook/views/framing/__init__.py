"""Chapter 01 on the page: seed and soil point by point, the tensions, two readings.

Named here is what its notebook calls.
"""

from workbook.analysis.framing import read_framing
from workbook.views.framing.field import draw_field
from workbook.views.framing.figures import draw_facet_places, draw_facets, list_differences, list_tensions, summarise
from workbook.views.framing.words import compare_readings, read_twice, write_follows, write_headline

__all__ = [
    "compare_readings",
    "draw_facet_places",
    "draw_facets",
    "draw_field",
    "list_differences",
    "list_tensions",
    "read_framing",
    "read_twice",
    "summarise",
    "write_follows",
    "write_headline",
]
