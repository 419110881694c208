"""Chapter 05: the costed plan, the doubts about it, and the trade-off between collecting data and using it."""

from workbook.analysis.resources.split import best_split, four_corners, uptake

__all__ = ["best_split", "four_corners", "uptake"]
