"""Files that came back from a questionnaire -> voices of an engagement.

A file is filed only if nothing at all is wrong with it, and what it says is kept letter for letter. One person is one
voice: a second file of theirs takes the first one's place where somebody says so, and is refused until then.
"""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.errors import InputError, NotFoundError, Problem, WorkbookError
from workbook.forms.questionnaire.sent_file import read_answers, show_text, wrap_answers
from workbook.forms.saving.saving import hold_lock, is_taken, write_durably
from workbook.model.answers import Voice
from workbook.model.base import SLUG_PATTERN
from workbook.model.chapters import list_questions
from workbook.model.engagement import Engagement
from workbook.model.hints import list_answer_hints
from workbook.model.questions import Question
from workbook.model.voice_names import list_ids
from workbook.yaml_reader import LARGEST_FILE, Document, parse_document
from workbook.yaml_writer import write_document

MOST_SHOWN = 30
MOST_NAMED = 5
# Under the first word that a problem says after "to mend:".
_INDENT = " " * 14

Raw = dict[str, Any]


@dataclass(frozen=True)
class Taken:
    """One file that is now a voice; `hint` says what to look at, such as that somebody may have two voices now."""

    file: str
    voice: Voice
    path: Path
    replaced: bool
    hint: tuple[str, ...] = ()

    def __str__(self) -> str:
        voice = self.voice
        place = f"{storage.VOICES_FOLDER}/{self.path.name}"
        done = "in the place of the voice" if self.replaced else "as the new voice"
        own = Counter(answer.consent for answer in voice.answers.values() if answer.consent is not None)
        others = "".join(f", but {level} for {_count(number, 'answer')}" for level, number in sorted(own.items()))
        lines = [
            f"{self.file}: {_count(len(voice.answers), 'answer')} taken {done} {voice.id} ({place})",
            f"    role:    {show_text(voice.role)}",
            f"    consent: {voice.consent}{others}",
        ]
        chapters: dict[str, list[str]] = {}
        for question in voice.answers:
            chapter, _, rest = question.partition(".")
            chapters.setdefault(chapter, []).append(rest)
        lines += [f"    {chapter}: {', '.join(rest)}" for chapter, rest in chapters.items()]
        lines += [f"    {'' if index else 'look:':<9}{line}" for index, line in enumerate(self.hint)]
        return "\n".join(lines)


@dataclass(frozen=True)
class Refused:
    """One file of which nothing was kept, and everything that is wrong with it."""

    file: str
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        shown = [f"  {line}" for problem in self.problems[:MOST_SHOWN] for line in str(problem).splitlines()]
        more = len(self.problems) - MOST_SHOWN
        lines = [f"{self.file}: nothing was taken, {_count(len(self.problems), 'problem')}", *shown]
        return "\n".join([*lines, f"  and {more} more"] if more > 0 else lines)


def collect_answers(
    slug: str, paths: Sequence[Path], *, voice: str = "", replace: bool = False
) -> Iterator[Taken | Refused]:
    """File each of the files as a voice, or refuse it; one file's faults never stop another.

    `voice` names the voice of a single file. No voice is overwritten unless `replace` says so. Raises
    WorkbookError where the engagement itself cannot be read or the request makes no sense.
    """
    if voice and not re.fullmatch(SLUG_PATTERN, voice):
        raise NotFoundError(
            f"{show_text(voice)} cannot be a voice's name. Use 1 to 60 small letters, digits and hyphens."
        )
    if voice and len(paths) > 1:
        raise WorkbookError("One voice is one person. With --as, give one file at a time.")
    folder = storage.find_slug(slug)
    with hold_lock(folder):
        collector = _Collector(storage.load_engagement(folder), folder)
        for path in paths:
            yield collector.take(path, voice=voice, replace=replace)


class _Collector:
    """The voices an engagement has so far, and where new ones go."""

    def __init__(self, engagement: Engagement, folder: Path) -> None:
        self.slug = folder.name
        self.folder = folder / storage.VOICES_FOLDER
        self.questions = list_questions(engagement.facts)
        self.voices = {voice.id: voice for voice in engagement.voices}
        self._fresh: set[str] = set()

    def take(self, path: Path, *, voice: str, replace: bool) -> Taken | Refused:
        name = show_text(path.name)
        try:
            data = read_answers(path, slug=self.slug, questions=self.questions)
            like = _build_voice("like", data, self.questions)
            id_ = self._choose_id(like, path, wanted=voice, replace=replace)
            replaced = id_ in self.voices
            hints = list_answer_hints(Document(name, data, {}), self.questions)
            hint = tuple(f"{one.field}: {one.text}" for one in hints)
            hint += () if voice or replaced else self._hint(like, path, id_)
            target = self._write(id_, data, name)
        except InputError as error:
            return Refused(name, error.problems)
        filed = like.model_copy(update={"id": id_})
        self.voices[id_] = filed
        self._fresh.add(id_)
        return Taken(name, filed, target, replaced, hint)

    def _choose_id(self, like: Voice, path: Path, *, wanted: str, replace: bool) -> str:
        if wanted:
            if wanted in self.voices and not replace:
                remedy = "choose another name after --as, or add --replace to put these answers in its place"
                raise _refuse(path, f"a voice that is not there yet; {wanted} is", remedy)
            return wanted
        new = self._number_id(like.role)
        if same := [id_ for id_, known in self.voices.items() if known.model_copy(update={"id": "like"}) == like]:
            remedy = f"nothing: they are filed already. If this is somebody else, type:\n{self._spell(path, new)}"
            raise _refuse(path, f"answers that are new; {same[0]} has just these", remedy)
        people = [id_ for id_, known in self.voices.items() if _is_same_person(known, like)]
        if replace and len(people) == 1 and people[0] not in self._fresh:
            return people[0]
        if people and (replace or like.name):
            raise self._refuse_again(like, path, people)
        return new

    def _refuse_again(self, like: Voice, path: Path, people: Sequence[str]) -> InputError:
        """Say who is there already, and what to type if this is them and if it is not."""
        there = "; ".join(f"{id_}: {_describe(self.voices[id_])}" for id_ in people[:MOST_NAMED])
        what = "role and name" if like.name else "role"
        which = "" if len(people) == 1 else ", the one of these that is theirs"
        commands = [self._spell(path, id_, replace=True) for id_ in people[:MOST_NAMED]]
        lines = [
            f"if this is the same person's corrected file, type{which}:",
            *commands,
            f"{_INDENT}if it is somebody else, type:",
            self._spell(path, self._number_id(like.role)),
        ]
        return _refuse(
            path, f"a person who is not there yet; with this {what} there is {there}", "\n".join(lines), field="role"
        )

    def _hint(self, like: Voice, path: Path, new: str) -> tuple[str, ...]:
        """Say which voices may be the same person, which only somebody who knows them can tell."""
        alike = [id_ for id_, known in self.voices.items() if _may_be_same_person(known, like)]
        if not alike:
            return ()
        what = "role" if any(_fold(self.voices[id_].role) == _fold(like.role) for id_ in alike) else "name"
        more = f" and {len(alike) - MOST_NAMED} more" if len(alike) > MOST_NAMED else ""
        named, several = ", ".join(alike[:MOST_NAMED]), len(alike) > 1
        return (
            f"a voice of this {what} is there already: {named}{more}",
            f"If this file is from the same person, type{', with its name for VOICE' if several else ''}:",
            f"  {self._spell(path, 'VOICE' if several else alike[0], replace=True).strip()}",
            f"and delete parameters/{self.slug}/{storage.VOICES_FOLDER}/{new}.yaml",
        )

    def _spell(self, path: Path, voice: str, *, replace: bool = False) -> str:
        file = shlex.quote(show_text(str(path), 400))
        return f"{_INDENT}  workbook collect {self.slug} {file} --as {voice}{' --replace' if replace else ''}"

    def _number_id(self, role: str) -> str:
        ids = list_ids(role)
        return next(id_ for id_ in ids if id_ not in self.voices and not is_taken(self.folder.parent, id_))

    def _write(self, id_: str, data: Raw, name: str) -> Path:
        if len(self.voices) >= storage.MOST_VOICES and id_ not in self.voices:
            raise InputError([Problem(name, "", f"at most {storage.MOST_VOICES} voices", "move some away first")])
        if not self.folder.resolve().is_relative_to(self.folder.parent.resolve()):
            raise InputError(
                [Problem(self.folder.name, "", "a folder of its own, not a link", "put the folder itself there")]
            )
        text = write_voice(data, name)
        self.folder.mkdir(exist_ok=True)
        path = self.folder / f"{id_}.yaml"
        write_durably(path, text)
        return path


def write_voice(data: Raw, name: str) -> str:
    """Return a voice's file; raises InputError where it would not come back as it was given."""
    answers = {key: _shorten(answer) for key, answer in data.get("answers", {}).items()}
    whole = {"schema": storage.SCHEMA, **data, "answers": answers}
    text = write_document(whole)
    found = parse_document(text.encode(), name)
    if not isinstance(found, Document) or found.data != whole:
        expected = (
            f"answers that fit a voice's file, of at most {LARGEST_FILE // 1024} KiB, and come back letter for letter"
        )
        raise InputError([Problem(name, "", expected, "shorten the longest answers, and ask for the file again")])
    return text


def _shorten(answer: Any) -> Any:
    alone = storage.is_long_form(answer) and set(answer) == {"value"} and not storage.is_long_form(answer["value"])
    return answer["value"] if alone else answer


def _build_voice(id_: str, data: Raw, questions: Mapping[str, Question]) -> Voice:
    answers = {
        key: {**answer, "value": questions[key].read_value(answer["value"])}
        for key, answer in wrap_answers({"answers": {}, **data})["answers"].items()
    }
    return Voice.model_validate({**data, "id": id_, "answers": answers})


def _is_same_person(one: Voice, other: Voice) -> bool:
    """Whether role, name and organisation are the same; beside a name, an organisation may be left out."""
    if (_fold(one.role), _fold(one.name)) != (_fold(other.role), _fold(other.name)):
        return False
    places = {_fold(one.organisation), _fold(other.organisation)}
    return len(places) == 1 or (bool(one.name) and "" in places)


def _may_be_same_person(one: Voice, other: Voice) -> bool:
    """Whether a role is the same and one of two gives no name, or a name is the same whatever the role."""
    if one.name and other.name:
        return _fold(one.name) == _fold(other.name)
    return _fold(one.role) == _fold(other.role)


def _fold(text: str | None) -> str:
    """Return text as it is compared: without case, outer or double spaces, or two ways of writing one letter."""
    return " ".join(unicodedata.normalize("NFKC", text or "").casefold().split())


def _describe(voice: Voice) -> str:
    parts = (voice.label, voice.organisation, _count(len(voice.answers), "answer"), voice.date and str(voice.date))
    return ", ".join(show_text(part) for part in parts if part)


def _refuse(path: Path, expected: str, remedy: str, *, field: str = "") -> InputError:
    return InputError([Problem(show_text(path.name), field, expected, remedy)])


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
