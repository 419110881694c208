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
from workbook.views.brief.invitation import show_band, show_draft_band, show_invitation, show_title

__all__ = [
    "make_cover",
    "note_provenance",
    "read_brief",
    "show_band",
    "show_conduct",
    "show_draft_band",
    "show_invitation",
    "show_purpose",
    "show_readiness",
    "show_terms",
    "show_title",
    "show_work",
    "summarise",
    "write_follows",
    "write_headline",
]
