"""The report: every chapter's figures and readings, all disagreements and open points, and people's own words.

Named here is what its notebook calls.
"""

from workbook.analysis.summary import read_summary
from workbook.views.report.parts import (
    list_assumptions,
    list_disagreements,
    show_chapters,
    show_commission,
    show_edition,
    show_front,
)
from workbook.views.summary.rests import note_provenance

__all__ = [
    "list_assumptions",
    "list_disagreements",
    "note_provenance",
    "read_summary",
    "show_chapters",
    "show_commission",
    "show_edition",
    "show_front",
]
