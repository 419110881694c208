"""How an audience is named inside a sentence."""

from __future__ import annotations

from workbook.model.chapters import load_chapter
from workbook.model.engagement import Audience


def name_audience(audience: Audience) -> str:
    """Return an audience's name as it stands inside a sentence: "youth projects", but "Barnet schools"."""
    first = audience.name.split()[0].lower().rstrip(",") if audience.name.split() else ""
    plain = first in load_chapter("permission").words["plain_starts"]
    return audience.name[:1].lower() + audience.name[1:] if plain else audience.name
