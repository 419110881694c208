"""Words as they are compared: two ways of writing one thing are one."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u02bc\u02b9\u00b4`\u2032\uff07"), "'") | dict.fromkeys(
    map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"), '"'
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-")
# What is not seen: the soft hyphen, spaces of no width, marks that turn the direction, and those that choose a picture.
_UNSEEN = dict.fromkeys([0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)])
_SIGNS = {**_QUOTES, **_DASHES, **_UNSEEN}


@lru_cache(maxsize=8192)
def fold_words(text: str) -> str:
    """Return text without case, curly quotes, kinds of hyphen, signs nobody sees, or spaces that say nothing."""
    plain = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    return " ".join(plain.casefold().split())
