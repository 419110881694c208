"""Closed sets of words that files, pages and commands share. Nothing heavy is imported: every command needs them."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Category = Literal[
    "discovery",
    "data_collection",
    "analysis",
    "reporting",
    "knowledge_mobilisation",
    "facilitation",
    "participants_time",
    "management",
]


class Consent(StrEnum):
    """How far an answer may travel beyond the commissioner, the most open first."""

    NAMED = "named"
    ROLE = "role"
    UNNAMED = "unnamed"
    AGGREGATE = "aggregate"
    NONE = "none"

    @property
    def attributes(self) -> bool:
        """Whether the answer may be shown beside who gave it."""
        return self in (Consent.NAMED, Consent.ROLE)


class Edition(StrEnum):
    """Whom a page is for."""

    PRIVATE = "private"
    PARTNERS = "partners"
    PUBLIC = "public"


class Recipient(StrEnum):
    """Who is asked, which decides on the questions and their words: the commissioner's own people, or all others."""

    COMMISSIONER = "commissioner"
    OTHERS = "others"
