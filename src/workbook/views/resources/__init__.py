"""Chapter 05 on the page: the costed plan and the trade-off between data and use.

Named here is what its notebook calls.
"""

from workbook.analysis.resources.resources import read_resources
from workbook.views.resources.doubts import draw_tornado, list_inputs, show_settling
from workbook.views.resources.figures import (
    compare_readings,
    list_differences,
    read_twice,
    summarise,
    tell_answer,
    write_follows,
    write_headline,
)
from workbook.views.resources.plan import draw_money, show_mechanisms, show_plan
from workbook.views.resources.tradeoff import compare_plans, draw_corners_of, draw_curve
from workbook.views.resources.what_if import show_what_if

__all__ = [
    "compare_plans",
    "compare_readings",
    "draw_corners_of",
    "draw_curve",
    "draw_money",
    "draw_tornado",
    "list_differences",
    "list_inputs",
    "read_resources",
    "read_twice",
    "show_mechanisms",
    "show_plan",
    "show_settling",
    "show_what_if",
    "summarise",
    "tell_answer",
    "write_follows",
    "write_headline",
]
