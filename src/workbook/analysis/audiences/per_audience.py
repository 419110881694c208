"""What a chapter holds that asks the same of every audience: permission and safety."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from workbook.analysis.voices.scales import Lone, WordsReading
from workbook.model.answers import Edition
from workbook.model.chapters import Chapter

One = TypeVar("One")


@dataclass(frozen=True)
class PerAudience(Generic[One]):
    """A chapter's result, an audience at a time in the engagement's order.

    `words` are its questions that are answered in words, by id.
    """

    chapter: Chapter
    audiences: tuple[One, ...]
    words: dict[str, WordsReading]
    withheld: tuple[str, ...]
    edition: str
    minimum_group: int
    lone: Lone | None

    @property
    def is_whole(self) -> bool:
        """Whether this edition holds every answer, so that what is missing was never said."""
        return self.edition == Edition.PRIVATE

    @property
    def has_words(self) -> bool:
        """Whether anything is known of the questions that are answered in words."""
        return any(words.given or words.agreed is not None for words in self.words.values())
