"""Chapter 09: factors and links, their tables, and the loops they make.

Named here is what the agenda calls.
"""

from workbook.analysis.system_map.system_map import list_points, read_system_map

__all__ = ["list_points", "read_system_map"]
