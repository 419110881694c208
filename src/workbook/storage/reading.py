"""An engagement's files -> the model, or every problem of every file at once: one run is enough to mend them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from workbook.content import NAMED_FIRST, read_examples
from workbook.errors import InputError, Problem
from workbook.model.answers import Agreed, Edition, Voice
from workbook.model.base import SLUG_PATTERN
from workbook.model.chapters import list_marks, list_questions
from workbook.model.engagement import Engagement, Facts
from workbook.model.faults import check_targets, list_between, list_faults, read_answers
from workbook.model.marks import Leftover, sort_answers
from workbook.model.slips.doubles import set_doubles_aside
from workbook.model.slips.hints import (
    Hint,
    list_answer_hints,
    list_doubles,
    list_left_over,
    list_long_lines,
    list_not_given,
    list_template_lines,
)
from workbook.model.slips.two_readings import list_unclear_answers, list_unclear_facts
from workbook.model.slips.unused import list_unused
from workbook.storage.documents import read_file
from workbook.storage.earlier import list_earlier
from workbook.storage.folders import (
    AGREED_FILE,
    FACTS_FILE,
    VOICES_FOLDER,
    list_copies,
    list_links,
    list_stray_files,
    list_voice_files,
    name_file,
)
from workbook.storage.misplaced import list_beside, say_name
from workbook.storage.releases import read_releases
from workbook.storage.schema import Raw
from workbook.storage.withdrawn import WITHDRAWN_FILE, read_secret, read_withdrawn
from workbook.yaml_reader import Document

MOST_VOICES = 500

Kind = TypeVar("Kind", Voice, Agreed)
Stamp = tuple[int, int, int]
# By file name: what a voice's file was like when it was read, and with which facts.
Known = dict[str, tuple[Stamp, Facts, Voice]]


def read_engagement(folder: Path, known: Known | None = None) -> Engagement:
    """Read a whole engagement from its folder; raises InputError with every problem of every file.

    `known` keeps voices from one reading to the next: a file that did not change since is not opened again.
    """
    return _Reading(folder, known).engagement


def check_engagement(folder: Path) -> tuple[Engagement, tuple[Hint, ...]]:
    """Return an engagement and what to look at in its files; raises InputError with every problem of every file."""
    problems = _list_release_faults(folder)
    try:
        reading = _Reading(folder)
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    return reading.engagement, tuple(reading.list_hints())


def _list_release_faults(folder: Path) -> tuple[Problem, ...]:
    try:
        read_releases(folder)
    except InputError as error:
        return error.problems
    return ()


def list_hints(folder: Path) -> tuple[Hint, ...]:
    """Return what to look at in the files of an engagement that have no problems."""
    return check_engagement(folder)[1]


def read_voices(folder: Path, facts: Facts, known: Known | None = None) -> tuple[Voice, ...]:
    """Return every voice of an engagement's folder, doubles too; raises InputError with every problem."""
    files = _Files(known=known)
    voices = _read_voices(folder / VOICES_FOLDER, facts, files)
    if files.problems:
        raise InputError(files.problems)
    return voices


@dataclass
class _Files:
    """What was read of an engagement's files, each once: their problems, and those with answers as they are read,
    with what is left over of each.
    """

    problems: list[Problem] = field(default_factory=list)
    answers: list[tuple[Document, tuple[Leftover, ...]]] = field(default_factory=list)
    known: Known | None = None


class _Reading:
    """One reading of an engagement's folder; raises InputError with every problem of every file."""

    def __init__(self, folder: Path, known: Known | None = None) -> None:
        self.folder, self._files = folder, _Files(known=known)
        self._facts, facts = _read_facts(folder / FACTS_FILE, self._files)
        facts = _know_again(facts, known or {})
        agreed = _read_agreed(folder / AGREED_FILE, facts, self._files)
        voices = _read_voices(folder / VOICES_FOLDER, facts, self._files)
        withdrawn = read_withdrawn(folder, self._files.problems)
        self._files.problems += [
            Problem(f"{folder.name}/{path.name}", "", "a folder or file of its own, not a link", "put it itself there")
            for path in list_links(folder)
            if path.name not in (FACTS_FILE, AGREED_FILE, VOICES_FOLDER, WITHDRAWN_FILE)
        ]
        if self._files.problems or facts is None:
            raise InputError(self._files.problems)
        secret = read_secret() if withdrawn else ""
        self._withdrawn = tuple(voice for voice in voices if withdrawn and withdrawn.holds(voice, secret))
        gone = {voice.id for voice in self._withdrawn}
        voices = tuple(voice for voice in voices if voice.id not in gone)
        voices, self._doubles = set_doubles_aside(voices)
        answered = sum(voice.has_answered for voice in voices)
        self.engagement = Engagement(
            slug=folder.name,
            edition=Edition.PRIVATE,
            facts=facts,
            voices=voices,
            agreed=agreed,
            heard=answered,
            lone_voice=answered == 1,
        )

    def list_hints(self) -> Iterator[Hint]:
        """List what to look at: words of the template, answers, what was left over or asked of nobody, doubles."""
        questions, name = list_questions(self.engagement.facts), self.folder.name
        sorted_ = [document for document, _ in self._files.answers]
        left_over = ((document.name, left) for document, left in self._files.answers)
        if self._facts:
            yield from list_template_lines(self._facts, read_examples())
            yield from list_long_lines(self._facts, self.engagement.facts)
        for one in sorted_:
            yield from list_answer_hints(one, questions)
        yield from list_left_over(left_over, list_marks(), folder=name)
        yield from list_not_given(sorted_, questions, folder=name)
        yield from list_unused(sorted_)
        yield from _list_not_followed(self.folder, self.engagement)
        yield from _list_overdue(self.engagement.facts, bool(self.engagement.voices), folder=name)
        yield from _list_withdrawn(self._withdrawn, folder=name)
        yield from list_doubles(self._doubles, folder=f"{name}/{VOICES_FOLDER}")
        yield from list_beside(self.folder)
        voices = self.folder / VOICES_FOLDER
        yield from _list_strays(voices) if voices.is_dir() else ()


def _read_facts(path: Path, files: _Files) -> tuple[Document | None, Facts | None]:
    document = read_file(path, files.problems)
    if document is None:
        return None, None
    unclear = list_unclear_facts(document)
    if not unclear and not list_between(document):
        with suppress(ValidationError):
            return document, Facts.model_validate(document.data)
    files.problems += [*list_faults(Facts, document), *unclear]
    return document, None


def _read_voices(folder: Path, facts: Facts | None, files: _Files) -> tuple[Voice, ...]:
    name = f"{folder.parent.name}/{folder.name}"
    if folder.is_symlink():
        remedy = "put the folder itself there"
        files.problems.append(Problem(name, "", "a folder of its own, not a link", remedy))
        return ()
    if not folder.exists():
        return ()
    if not folder.is_dir():
        files.problems.append(Problem(name, "", "a folder with one file per voice", "remove the file, make a folder"))
        return ()
    paths = list_voice_files(folder)
    if len(paths) > MOST_VOICES:
        remedy = f"move some away: there are {len(paths)}"
        files.problems.append(Problem(name, "", f"at most {MOST_VOICES} voices", remedy))
        return ()
    voices = [_find_voice(path, facts, files) for path in paths]
    return tuple(voice for voice in voices if voice is not None)


def _know_again(facts: Facts | None, known: Known) -> Facts | None:
    """Return the very facts that the voices known were read with, where they are the same: they are compared once."""
    before = next((kept for _, kept, _ in known.values()), None)
    return before if before == facts else facts


def _find_voice(path: Path, facts: Facts | None, files: _Files) -> Voice | None:
    """Return a voice as it is known where its file and the facts are those it was read with, else read it."""
    if files.known is None:
        return _read_voice(path, facts, files)
    stamp = read_stamp(path)
    kept = files.known.get(path.name)
    if kept and kept[0] == stamp and kept[1] is facts:
        return kept[2]
    voice = _read_voice(path, facts, files)
    files.known.pop(path.name, None)
    if voice and facts:
        files.known[path.name] = (stamp, facts, voice)
    return voice


def read_stamp(path: Path) -> Stamp:
    """Return what changes whenever a file does: when, its size, which file it is; zeros where there is none."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def _read_voice(path: Path, facts: Facts | None, files: _Files) -> Voice | None:
    if path.suffix != ".yaml" or not re.fullmatch(SLUG_PATTERN, path.stem):
        expected = "a file name of 1 to 60 small letters, digits and hyphens, ending in .yaml"
        files.problems.append(Problem(name_file(path), "", expected, say_name(path)))
        return None
    document = read_file(path, files.problems)
    if document is None:
        return None
    return _validate(Voice, document, facts, files, extra={"id": path.stem})


def _read_agreed(path: Path, facts: Facts | None, files: _Files) -> Agreed:
    if not path.exists():
        return Agreed()
    document = read_file(path, files.problems)
    return (document and _validate(Agreed, document, facts, files, extra={})) or Agreed()


def _validate(model: type[Kind], document: Document, facts: Facts | None, files: _Files, *, extra: Raw) -> Kind | None:
    if facts is not None:
        data, left = sort_answers(document.data, list_questions(facts), list_marks())
        document = document.with_data(data)
        files.answers.append((document, left))
    values, found = read_answers(document, list_questions(facts) if facts else None)
    if facts:
        found += list_unclear_answers(document, list_questions(facts))
        found += check_targets(document, list_questions(facts))
    whole = {**document.data, **extra}
    if not found and facts is not None and not list_between(document):
        with suppress(ValidationError):
            return model.model_validate(_wrap_answers(whole, values))
    files.problems += found + list_faults(model, document.with_data(_wrap_answers(whole)))
    return None


def _wrap_answers(data: Raw, values: Mapping[str, Any] | None = None) -> Raw:
    """Give every answer the long form `{value: …}`, and with `values` the value that is kept."""
    answers = data.get("answers")
    if answers is None and "answers" in data:
        return {**data, "answers": {}}
    if not isinstance(answers, dict):
        return data
    wrapped = {key: answer if is_long_form(answer) else {"value": answer} for key, answer in answers.items()}
    if values:
        wrapped = {key: {**answer, "value": values[key]} for key, answer in wrapped.items()}
    return {**data, "answers": wrapped}


def is_long_form(answer: Any) -> bool:
    """Whether an answer is written as `{value: …, note: …}` and not as the value alone."""
    return isinstance(answer, dict) and "value" in answer


def _list_not_followed(folder: Path, engagement: Engagement) -> Iterator[Hint]:
    """Name a last round that is not there, and people who say that they are somebody who was not in it."""
    follows = engagement.facts.follows
    if not follows:
        return
    before = list_earlier(folder)
    if not before or before[0].name != follows:
        text = f"there is no other engagement called {follows} beside this one, so pages compare with nothing"
        yield Hint(f"{folder.name}/{FACTS_FILE}", "follows", text)
        return
    known = {path.stem for path in list_voice_files(before[0] / VOICES_FOLDER)}
    for voice in engagement.voices:
        if voice.same_as and voice.same_as not in known:
            text = f"the last round has no voice {voice.same_as}, so this person is compared with nobody"
            yield Hint(f"{folder.name}/{VOICES_FOLDER}/{voice.id}.yaml", "same_as", text)


def _list_overdue(facts: Facts, has_voices: bool, *, folder: str) -> Iterator[Hint]:
    """Name the day until which answers were to be kept, where it is over and they are still there."""
    until = facts.answers_kept.until
    if until and has_voices and until < datetime.now(tz=UTC).date():
        typed = f"workbook export {folder}, then workbook delete {folder}, or workbook withdraw {folder} VOICE"
        text = f"those who answered were told that their answers are kept until {until}, which is over; type: {typed}"
        yield Hint(f"{folder}/{FACTS_FILE}", "answers_kept.until", text)


def _list_withdrawn(voices: Iterable[Voice], *, folder: str) -> Iterator[Hint]:
    """Name the files of people who took their answers back, which are not read, and what to type."""
    for voice in voices:
        typed = f"workbook withdraw {folder} {voice.id}"
        text = f"this person took their answers back ({WITHDRAWN_FILE}), so it is not read; type: {typed}"
        yield Hint(f"{folder}/{VOICES_FOLDER}/{voice.id}.yaml", "voice", text)


def _list_strays(voices: Path) -> tuple[Hint, ...]:
    """Name what lies among the voices and is not read, and what to do about copies that a program made."""
    copied = (
        "a program made this copy, and it is not read: look what differs in it, bring that into the voice's own file, "
        "and delete the copy"
    )
    stray = "this folder is passed over: voices are files here"
    return (
        *(Hint(name_file(path), "file name", copied) for path in list_copies(voices)),
        *(Hint(name_file(path), "file name", stray) for path in list_stray_files(voices)),
    )


def _list_template_lines(folder: Path) -> tuple[Hint, ...]:
    document = read_file(folder / FACTS_FILE, [])
    return list_template_lines(document, read_examples()) if document else ()


def refuse_template(folder: Path) -> None:
    """Raise InputError where title or commissioner are still the template's words."""
    hints = [hint for hint in _list_template_lines(folder) if hint.field in NAMED_FIRST]
    if hints:
        raise InputError(hint.as_problem("words of your own, before anybody else sees them") for hint in hints)
