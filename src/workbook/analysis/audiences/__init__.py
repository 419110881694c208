"""Chapter 03: whose learning comes first, and how each audience is named.

Named here is what the agenda calls.
"""

from workbook.analysis.audiences.audiences import read_audiences
from workbook.analysis.audiences.points import list_points

__all__ = ["list_points", "read_audiences"]
