"""One person in the rounds after an engagement: who they are there, and which of its pages hold what they said here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook import storage
from workbook.errors import WorkbookError
from workbook.model.answers import Voice
from workbook.model.editions import Releases, pair_voices
from workbook.model.engagement import Facts
from workbook.model.wordings import load_wording
from workbook.places import PARAMETERS
from workbook.storage.folders import ARCHIVE


@dataclass(frozen=True)
class Later:
    """A round after an engagement, the voices of the same person in it, and whether it shows answers of before.

    Pages of the next round hold answers of the last one, those of the round after that hold none.
    """

    folder: Path
    title: str
    voices: tuple[Voice, ...]
    is_next: bool

    def keep_levels(self, before: Releases, voices: Sequence[Voice]) -> None:
        """Let this round know by itself how these people were shown in the one before, whose record forgets them."""
        levels = {person.level for voice in voices if (person := before.find_person(voice))}
        if self.voices and levels:
            storage.keep_level(self.folder, *self.voices, level="named" if "named" in levels else "role")


def find_later(folder: Path, voices: Sequence[Voice]) -> tuple[Later, ...]:
    """Return the rounds after an engagement, the next one first.

    Raises InputError where one cannot be read, WorkbookError where one is in the archive, with pages nobody looks for.
    """
    return tuple(_follow(folder, voices, seen={folder}))


def _follow(folder: Path, voices: Sequence[Voice], *, seen: set[Path], is_next: bool = True) -> Iterator[Later]:
    marks = {one.respondent for one in voices if one.respondent}
    for later in (facts.parent for facts in storage.list_following(folder)):
        if later in seen:
            continue
        if later.parent.parent.name == ARCHIVE and later.name == PARAMETERS:
            raise WorkbookError(load_wording("withdraw").get_word("archived").format(slug=later.parent.name))
        seen.add(later)
        facts, known = _read(later)
        pairs = pair_voices(known, [one for one in voices if one.id])
        same = tuple(one for one in known if one.id in pairs or one.respondent in marks)
        yield Later(later, facts.title, same, is_next)
        # Who skipped a round is known in the one after it by the form's mark alone.
        skipped = [one.model_copy(update={"id": ""}) for one in voices]
        yield from _follow(later, [*same, *skipped], seen=seen, is_next=False)


def _read(folder: Path) -> tuple[Facts, tuple[Voice, ...]]:
    facts = storage.read_engagement(folder).facts
    return facts, storage.read_voices(folder, facts)


def name_elsewhere(folder: Path, voices: Sequence[Voice], later: Sequence[Later]) -> Iterator[tuple[str, str]]:
    """Yield the other rounds in which the same person answered, each with the name of their voice there."""
    earlier = storage.list_earlier(folder)[:1]
    for before in earlier:
        known = _read(before)[1]
        yield from ((before.name, was) for was in sorted(set(pair_voices(voices, known).values())))
    yield from ((one.folder.name, voice.id) for one in later for voice in one.voices)
