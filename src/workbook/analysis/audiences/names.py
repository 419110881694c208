"""How an audience is named inside a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.model.chapters import load_chapter
from workbook.model.engagement import Audience
from workbook.theme import join_words


def name_audience(audience: Audience) -> str:
    """Return an audience's name as it stands inside a sentence: "youth projects", but "Barnet schools"."""
    first = audience.name.split()[0].lower().rstrip(",") if audience.name.split() else ""
    plain = first in load_chapter("permission").words["plain_starts"]
    return audience.name[:1].lower() + audience.name[1:] if plain else audience.name


def join_names(names: Sequence[str]) -> str:
    """Join names as a sentence lists them; where one holds an "and" or a comma itself, marks keep them apart."""
    if len(names) > 1 and any(" and " in name or "," in name for name in names):
        mark = "; " if any("," in name for name in names) else ", "
        return f"{mark.join(names[:-1])}{mark}and {names[-1]}"
    return join_words(list(names))
