"""Chapter 11 on the page: the invitation, part by part, and how ready each part is.

Named here is what its notebook calls.
"""

from workbook.analysis.brief.brief import read_brief
from workbook.views.brief.brief import (
    make_cover,
    note_provenance,
    show_conduct,
    show_purpose,
    show_readiness,
    show_terms,
    show_work,
    summarise,
    write_follows,
    write_headline,
)

__all__ = [
    "make_cover",
    "note_provenance",
    "read_brief",
    "show_conduct",
    "show_purpose",
    "show_readiness",
    "show_terms",
    "show_work",
    "summarise",
    "write_follows",
    "write_headline",
]
