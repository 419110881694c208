"""Chapter 03: whose learning comes first, and how each audience is named.

Named here is what the agenda calls.
"""

from workbook.analysis.audiences.audiences import list_points, read_audiences

__all__ = ["list_points", "read_audiences"]
