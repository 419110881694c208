"""The summary: one page of what to do and why, and at most three of what it rests on.

Named here is what its notebook calls.
"""

from workbook.analysis.summary import read_summary
from workbook.views.summary.front import show_edition, show_front
from workbook.views.summary.money import show_evidence
from workbook.views.summary.rests import note_provenance, show_open

__all__ = [
    "note_provenance",
    "read_summary",
    "show_edition",
    "show_evidence",
    "show_front",
    "show_open",
]
