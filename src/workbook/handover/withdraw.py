"""What a person may ask: all their answers taken out, everywhere on this machine, and who has them told.

The mark by which a file of theirs is known again is written first, so that a program that is stopped half way has let
nothing back in; the same command then goes on where it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook import storage
from workbook.errors import InputError, NotFoundError, WorkbookError
from workbook.forms.lab.working_copies import clear_outputs, is_edited
from workbook.forms.saving.saving import hold_lock
from workbook.forms.ways.facilitator import is_filled_in
from workbook.handover.later_rounds import Later, find_later, name_elsewhere
from workbook.model.answers import Voice
from workbook.model.base import SLUG_PATTERN
from workbook.model.choices import Edition
from workbook.model.editions import Release
from workbook.model.slips.doubles import is_double_of
from workbook.model.wordings import Wording, load_wording
from workbook.projects.keeping import Plan, refuse_running_batch
from workbook.storage import Of
from workbook.storage.moving import Step

_MOST_NAMED = 20
_SHARED = tuple(edition.value for edition in Edition if edition is not Edition.PRIVATE)


@dataclass(frozen=True)
class Withdrawal:
    """What would go of a person and what would only be emptied, step by step, and what to tell whoever has pages."""

    folder: Path
    voices: tuple[Voice, ...]
    plan: Plan
    emptied: tuple[Path, ...]
    message: str
    later: tuple[Later, ...] = ()

    def __str__(self) -> str:
        words = load_wording("withdraw")
        names = (path.relative_to(self.plan.project).as_posix() for path in self.emptied)
        lines = [f"  {name}: {words.get_word('holds.cleared')}" for name in names]
        return "\n".join([*lines, str(self.plan), "", self.message])

    def carry_out(self) -> None:
        """Take everything out; raises WorkbookError where the disk refuses a part, and can be typed again then."""
        with hold_lock(self.folder):
            if self.voices:
                storage.remember_withdrawn(self.folder, *self.voices)
                self._forget()
            for path in self.emptied:
                clear_outputs(path)
            self.plan.carry_out()

    def _forget(self) -> None:
        """Take their marks out of the records; how they were shown, the rounds after go on being held to."""
        record = storage.read_releases(self.folder)
        for one in self.later:
            one.keep_levels(record, self.voices)
            if one.is_next:
                storage.forget_last(one.folder, *self.voices)
        storage.forget_released(self.folder, *self.voices)


def plan_withdrawal(slug: str, voice: str) -> Withdrawal:
    """Say what taking a person's answers out removes; raises NotFoundError where nothing of that voice is there."""
    folder = storage.find_slug(slug)
    project, words = folder.parent.parent, load_wording("withdraw")
    if not re.fullmatch(SLUG_PATTERN, voice):
        raise NotFoundError(f"{voice!r} cannot be a voice's name: it has 1 to 60 small letters, digits and hyphens.")
    refuse_running_batch(project)
    title, known = _read_known(folder)
    voices = tuple(
        one for one in known if one.id == voice or any(_is_same(one, own) for own in known if own.id == voice)
    )
    found = list(storage.find_places(project, slug, *{voice, *(one.id for one in voices)}))
    if not any(place.of is Of.VOICE for place, _ in found):
        named = [one.id for one in known[:_MOST_NAMED]]
        more = [f"and {len(known) - len(named)} more"] if len(known) > len(named) else []
        there = ", ".join([*named, *more]) or "none"
        raise NotFoundError(words.get_word("missing").format(slug=slug, voice=voice, known=there))
    later = _find_later(folder, voices)
    # What was made of the next round shows the same person's answers of both.
    after = [one for next_ in later if next_.is_next for one in storage.find_places(project, next_.folder.name)]
    steps, emptied = _plan_steps(list(dict.fromkeys([*found, *after])), words)
    notes = tuple(_list_notes(folder, voices, words, later))
    told = _Told(folder, title, voices, tuple(path for place, path in found if place.of is not Of.VOICE), words, later)
    return Withdrawal(folder, voices, Plan(project, steps, notes), emptied, told.write(), later)


def _find_later(folder: Path, voices: Sequence[Voice]) -> tuple[Later, ...]:
    try:
        return find_later(folder, voices)
    except InputError as error:
        raise WorkbookError(f"Nothing was taken out: mend these first.\n{error}") from error


def _read_known(folder: Path) -> tuple[str, tuple[Voice, ...]]:
    """Return title and voices; those of a person are taken out even where somebody else's file has faults."""
    try:
        facts = storage.read_engagement(folder).facts
    except InputError as error:
        typed = f"workbook check {folder.name}"
        raise WorkbookError(f"Nothing was taken out: mend these first, then type {typed}.\n{error}") from error
    return facts.title, storage.read_voices(folder, facts)


def _is_same(one: Voice, other: Voice) -> bool:
    return bool(one.respondent and one.respondent == other.respondent) or is_double_of(one, other)


def _plan_steps(
    found: Sequence[tuple[storage.Place, Path]], words: Wording
) -> tuple[tuple[Step, ...], tuple[Path, ...]]:
    """Return what is deleted, and the notebooks that somebody edited: these stay, without what they showed."""
    steps: list[Step] = []
    emptied: list[Path] = []
    for place, path in found:
        holds = words.get_word(f"holds.{place.holds}")
        kept = (
            [one for one in sorted(path.glob("*.ipynb")) if is_edited(one)] if place.holds == "working_copies" else []
        )
        emptied += kept
        gone = [one for one in sorted(path.iterdir()) if one not in kept] if kept else [path]
        steps += [Step(one, None, holds) for one in gone]
    return tuple(steps), tuple(emptied)


def _list_notes(folder: Path, voices: Sequence[Voice], words: Wording, later: Sequence[Later]) -> Iterator[str]:
    yield words.get_word("stays").format(slug=folder.name, file=storage.WITHDRAWN_FILE)
    if any(not one.respondent for one in voices):
        yield words.get_word("by_role")
    if (folder / storage.RELEASES_FILE).is_file():
        yield words.get_word("recorded").format(slug=folder.name)
    if (folder / storage.AGREED_FILE).exists():
        yield words.get_word("agreed").format(file=f"parameters/{folder.name}/{storage.AGREED_FILE}")
    for path in sorted((folder.parents[1] / "outputs" / folder.name).glob("questionnaire*.xls*")):
        if is_filled_in(path):
            yield words.get_word("typed").format(file=f"outputs/{folder.name}/{path.name}")
    for slug, voice in name_elsewhere(folder, voices, later):
        yield words.get_word("elsewhere_too").format(slug=slug, voice=voice)
    yield from (words.get_word(name) for name in ("elsewhere", "close", "undone"))


@dataclass(frozen=True)
class _Told:
    """What was made for others before, and the message to whoever has it."""

    folder: Path
    title: str
    voices: tuple[Voice, ...]
    made: tuple[Path, ...]
    words: Wording
    later: tuple[Later, ...] = ()

    def write(self) -> str:
        """Return what is known of pages made before, and a message about them."""
        word, slug, pages = self.words.get_word, self.folder.name, self._list_pages()
        sent = self._list_releases()
        if self._is_begun():
            return word("begun")
        known = [word("no_record").format(slug=slug)] if sent is None else []
        known += [word("record_none").format(slug=slug)] if sent == [] else []
        known += [word("record"), *(f"  {line}" for line in sent)] if sent else []
        known += [word("stood"), *(f"  {name}" for name in pages)] if pages else [word("none_stood").format(slug=slug)]
        listed = [word("message_pages").format(name=name) for name in dict.fromkeys([*(sent or []), *pages])]
        listed = listed or [word("message_all").format(title=self.title)]
        message = word("message").format(title=self.title, pages="\n".join(listed))
        return "\n".join([*known, word("tell"), "", *(f"  {line}".rstrip() for line in message.splitlines())])

    def _is_begun(self) -> bool:
        """Whether the same command was stopped before it was done: then their marks are out of the record already."""
        withdrawn, secret = storage.read_withdrawn(self.folder), storage.read_secret()
        return withdrawn is not None and any(withdrawn.holds(one, secret) for one in self.voices)

    def _list_releases(self) -> list[str] | None:
        """Name what went out with these people's answers in it; None where no record was kept."""
        later = list(self._list_later())
        if not (self.folder / storage.RELEASES_FILE).is_file():
            return later or None
        record = storage.read_releases(self.folder)
        found = dict.fromkeys(one for voice in self.voices for one in record.list_holding(voice))
        return [*(self._name("record_line", one) for one in found), *later]

    def _list_later(self) -> Iterator[str]:
        """Name what went out of the next round with these people's answers of this one in it."""
        for one in self.later:
            record = storage.read_releases(one.folder)
            found = dict.fromkeys(sent for voice in self.voices for sent in record.list_holding_last(voice))
            yield from (self._name("record_later", sent, title=one.title) for sent in found)

    def _name(self, line: str, sent: Release, **more: str) -> str:
        files = ", ".join(sent.files) or "its pages"
        return self.words.get_word(line).format(edition=sent.edition, input=sent.input, files=files, **more)

    def _list_pages(self) -> list[str]:
        """Name the files for others that stand in outputs: a file's name says whom it is for."""
        own = [path.name for path in self.made if _is_shared(path)]
        word, project = self.words.get_word("page_later"), self.folder.parent.parent
        later = [
            word.format(name=path.name, title=one.title)
            for one in self.later
            if one.is_next
            for _, path in storage.find_places(project, one.folder.name)
            if path.parent.name == one.folder.name and _is_shared(path)
        ]
        return [*own, *later]


def _is_shared(path: Path) -> bool:
    return any(f".{edition}" in path.name for edition in _SHARED)
