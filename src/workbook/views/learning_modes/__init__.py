"""Chapter 04 on the page: who differs, who finds the learning, which role when, what pulls apart, two readings.

Named here is what its notebook calls.
"""

from workbook.analysis.learning_modes import read_learning_modes
from workbook.views.learning_modes.figures import (
    draw_modes,
    draw_roles,
    list_contradictions,
    list_differences,
    summarise,
)
from workbook.views.learning_modes.words import compare_readings, read_twice, write_follows, write_headline

__all__ = [
    "compare_readings",
    "draw_modes",
    "draw_roles",
    "list_contradictions",
    "list_differences",
    "read_learning_modes",
    "read_twice",
    "summarise",
    "write_follows",
    "write_headline",
]
