"""How an audience is named inside a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.model.engagement import Audience
from workbook.model.wordings import load_wording
from workbook.theme import join_words


def name_audience(audience: Audience) -> str:
    """Return an audience's name as it stands inside a sentence: "youth projects" and "the trust", but "Porticus".

    Only an article, or a word known to be nobody's name where no capital comes later, goes on small.
    """
    return lower_name(audience.name)


def lower_name(name: str) -> str:
    """Return a name as it stands inside a sentence; see `name_audience`."""
    first, _, rest = name.partition(" ")
    words = load_wording("voices").words
    plain = first.lower().rstrip(",") in words["plain_starts"] and rest == rest.lower()
    article = bool(rest) and first in words["articles"]
    return name[:1].lower() + name[1:] if (plain or article) and first[1:] == first[1:].lower() else name


def join_names(names: Sequence[str]) -> str:
    """Join names as a sentence lists them; where one holds an "and" or a comma itself, marks keep them apart."""
    if len(names) > 1 and any(" and " in name or "," in name for name in names):
        mark = "; " if any("," in name for name in names) else ", "
        return f"{mark.join(names[:-1])}{mark}and {names[-1]}"
    return join_words(list(names))
