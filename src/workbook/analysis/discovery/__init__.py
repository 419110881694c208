"""Chapter 02: how long discovery takes, and how many interviews it needs."""

from workbook.analysis.discovery.interviews import interviews_needed

__all__ = ["interviews_needed"]
