"""Chapter 05: the costed plan, the doubts about it, and the trade-off between collecting data and using it.

Named here is what the agenda calls, and what others check us by.
"""

from workbook.analysis.resources.points import list_points
from workbook.analysis.resources.resources import read_resources
from workbook.analysis.resources.split import best_split, four_corners, uptake

__all__ = ["best_split", "four_corners", "list_points", "read_resources", "uptake"]
