"""The formats of a page, apart from what makes them, so that the command can name them at once."""

from __future__ import annotations

from enum import StrEnum


class PageFormat(StrEnum):
    """The formats of a page; HTML is always made."""

    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
