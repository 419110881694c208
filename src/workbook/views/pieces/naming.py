"""How several things are named in one sentence: a few by name, the rest by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from workbook.model.answers import Edition
from workbook.model.wordings import load_wording
from workbook.theme import join_words
from workbook.views.pieces.voices import write_count

MOST_NAMED = 4


def name_some(names: Sequence[str], *, quoted: bool = False, most: int = MOST_NAMED, last: str = "") -> str:
    """Join names as a sentence does; of more than `most`, the rest are counted."""
    kept = list(names) if len(names) <= most else list(names[: most - 1])
    shown = [f"“{name}”" for name in kept] if quoted else kept
    left = len(names) - len(kept)
    if left:
        shown.append(load_wording("voices").get_word("others").format(count=write_count(left)))
    return join_words(shown, last)


class DotWords(TypedDict):
    """What the legend of a chart of dots calls a dot, the bar, the diamond and the triangle."""

    voice_word: str
    middle_word: str
    agreed_word: str
    target_word: str


def name_dots() -> DotWords:
    """Return the words of a legend for a chart whose chapter has none of its own."""
    words = load_wording("page")
    return DotWords(
        voice_word=words.get_word("one_voice"),
        middle_word=words.get_word("middle"),
        agreed_word=words.get_word("agreed"),
        target_word=words.get_word("target"),
    )


def name_page(report: str, edition: Edition) -> str:
    """Return the file name of another page of the same engagement: the private edition has the plain one."""
    return f"{report}.html" if edition is Edition.PRIVATE else f"{report}.{edition}.html"
