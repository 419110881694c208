"""Chapter 09 on the page: the drawn map, its loops, where to step in, what is guessed.

Named here is what its notebook calls.
"""

from workbook.analysis.system_map.system_map import read_system_map
from workbook.views.system_map.figures import (
    draw_map,
    list_guesses,
    list_levers,
    list_loops,
    list_problems,
    summarise,
    tabulate_factors,
    tabulate_links,
)
from workbook.views.system_map.words import (
    compare_readings,
    list_differences,
    read_twice,
    write_follows,
    write_headline,
)

__all__ = [
    "compare_readings",
    "draw_map",
    "list_differences",
    "list_guesses",
    "list_levers",
    "list_loops",
    "list_problems",
    "read_system_map",
    "read_twice",
    "summarise",
    "tabulate_factors",
    "tabulate_links",
    "write_follows",
    "write_headline",
]
