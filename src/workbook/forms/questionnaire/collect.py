"""Files that came back from a questionnaire -> voices of an engagement.

A file is filed only if nothing at all is wrong with it, and what it says is kept letter for letter. One person is one
voice: a second file of theirs takes the first one's place where somebody says so, and is refused until then.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from pathlib import Path
from typing import Any, Protocol

from workbook import storage
from workbook.errors import InputError, NotFoundError, Problem, WorkbookError
from workbook.forms.questionnaire.last_round import follow_person
from workbook.forms.questionnaire.merge import Merge, merge_voice
from workbook.forms.questionnaire.people import (
    find_respondent,
    is_marked_apart,
    is_same_role,
    list_maybe_same_person,
    list_same_person,
)
from workbook.forms.questionnaire.sent_file import Sent, read_answers, show_text, wrap_answers
from workbook.forms.questionnaire.voice_file import change_voice_file, keep_earlier, was_replaced, write_voice
from workbook.forms.questionnaire.words import MOST_SHOWN, word_loss, word_merge, word_taken_back
from workbook.forms.saving.saving import hold_lock, is_taken, read_data, write_durably
from workbook.model.answers import Voice
from workbook.model.base import SLUG_PATTERN
from workbook.model.chapters import list_marks, list_questions
from workbook.model.engagement import Engagement
from workbook.model.marks import sort_answers
from workbook.model.money import name_currency
from workbook.model.questions import Question
from workbook.model.slips.doubles import is_double_of
from workbook.model.slips.hints import list_answer_hints, word_left_over
from workbook.model.voice_names import list_ids
from workbook.theme import join_words
from workbook.yaml_reader import Document

MOST_NAMED = 5
_LOOK = "look whether this is the file that was filled in, and whether it was saved after that"
# Under the first word that a problem says after "to mend:".
_INDENT = " " * 14

Raw = dict[str, Any]


class Read(Protocol):
    """What reads a file: it yields what each person sent, or why nothing of theirs can be taken."""

    def __call__(self, path: Path, *, slug: str, questions: Mapping[str, Question]) -> Iterable[Sent | InputError]:
        """Read the file at `path`, of the engagement `slug`."""


@dataclass(frozen=True)
class Taken:
    """One person's answers that are now in a voice's file, or would be; `hint` says what to look at.

    `merge` is what it did to a voice that was there, None where the voice is new.
    """

    file: str
    voice: Voice
    path: Path
    merge: Merge | None = None
    hint: tuple[str, ...] = ()
    is_tried: bool = False

    @property
    def replaced(self) -> bool:
        """Whether the voice was there already."""
        return self.merge is not None

    def __str__(self) -> str:
        voice = self.voice
        own = Counter(answer.consent for answer in voice.answers.values() if answer.consent is not None)
        others = "".join(f", but {level} for {_count(number, 'answer')}" for level, number in sorted(own.items()))
        lines = [
            self._word_first(),
            f"    role:    {show_text(voice.role)}",
            f"    consent: {voice.consent}{others}",
        ]
        chapters: dict[str, list[str]] = {}
        for question in self.merge.added if self.merge else voice.answers:
            chapter, _, rest = question.partition(".")
            chapters.setdefault(chapter, []).append(rest)
        lines += [f"    {chapter}: {', '.join(rest)}" for chapter, rest in chapters.items()]
        lines += [f"    {'' if index else 'look:':<9}{line}" for index, line in enumerate(self.hint)]
        return "\n".join(lines)

    def _word_first(self) -> str:
        place, voice = f"{storage.VOICES_FOLDER}/{self.path.name}", self.voice.id
        would = " would be" if self.is_tried else ""
        if self.merge is None:
            taken = f"{_count(len(self.voice.answers), 'answer')}{would} taken"
            return f"{self.file}: {taken} as the new voice {voice} ({place})"
        done = [f"{_count(len(self.merge.added), 'answer')}{would} added"]
        done += [f"{len(self.merge.changed)} changed"] if self.merge.changed else []
        done += [f"{len(self.merge.gone)} taken back"] if self.merge.gone else []
        return f"{self.file}: {join_words(done)} in the voice {voice} ({place})"


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
    slug: str,
    paths: Sequence[Path],
    *,
    voice: str = "",
    replace: bool = False,
    tries: bool = False,
    read: Read | None = None,
) -> Iterator[Taken | Refused]:
    """File each of the files as a voice, or refuse it; one file's faults never stop another.

    `voice` names the voice of a single file, `read` reads files of other making than the questionnaire's, and with
    `tries` nothing is written. No voice is overwritten unless `replace` says so. Raises
    WorkbookError where the engagement itself cannot be read or the request makes no sense.
    """
    if voice and not re.fullmatch(SLUG_PATTERN, voice):
        raise NotFoundError(
            f"{show_text(voice)} cannot be a voice's name. Use 1 to 60 small letters, digits and hyphens."
        )
    if voice and len(paths) > 1:
        raise WorkbookError("One voice is one person. With --as, give one file at a time.")
    folder = storage.find_slug(slug)
    known: storage.Known = {}
    collector = _Collector(storage.load_engagement(folder, known=known), folder, known, tries=tries)
    for path in paths:
        # One file at a time, and the lock is let go before anything is said of it: forms go on meanwhile.
        with hold_lock(folder):
            collector.look_again()
            outcomes = list(_collect_file(collector, path, read or _read_one, voice=voice, replace=replace))
        yield from outcomes


def _read_one(path: Path, *, slug: str, questions: Mapping[str, Question]) -> Iterator[Sent | InputError]:
    yield read_answers(path, slug=slug, questions=questions)


def _collect_file(
    collector: _Collector, path: Path, read: Read, *, voice: str, replace: bool
) -> Iterator[Taken | Refused]:
    """File each person in a file, or refuse them; voice names one, so a file of several cannot be given one."""
    try:
        people = list(read(path, slug=collector.slug, questions=collector.questions))
        if voice and len(people) > 1:
            raise _refuse(path, f"one person, since --as names one; there are {len(people)}", "leave --as out")
        if not people:
            raise _refuse(path, "answers of at least one person; there are none", _LOOK)
    except InputError as error:
        yield Refused(show_text(path.name or str(path)), error.problems)
        return
    collector.is_alone = len(people) == 1
    for sent in people:
        if isinstance(sent, InputError):
            yield Refused(sent.problems[0].file, sent.problems)
        else:
            yield collector.take(sent, path, voice=voice, replace=replace)


class _Collector:
    """The voices an engagement has so far, and where new ones go. With `tries`, nothing is written."""

    def __init__(self, engagement: Engagement, folder: Path, known: storage.Known, *, tries: bool = False) -> None:
        self._facts, self._known = engagement.facts, known
        self.slug = folder.name
        self.folder = folder / storage.VOICES_FOLDER
        currency = engagement.facts.currency
        self.questions = {k: name_currency(one, currency) for k, one in list_questions(engagement.facts).items()}
        self.voices: dict[str, Voice] = {}
        self.tries = tries
        self.is_alone = True  # whether a command that names the file names one person
        self._fresh: set[str] = set()
        self._written: dict[str, Raw] = {}

    def look_again(self) -> None:
        """See what others wrote meanwhile; what was only tried is remembered beside it."""
        tried = {id_: self.voices[id_] for id_ in self._written} if self.tries else {}
        there = storage.read_voices(self.folder.parent, self._facts, self._known)
        self.voices = {voice.id: voice for voice in there} | tried
        self.withdrawn = storage.read_withdrawn(self.folder.parent)

    def take(self, sent: Sent, path: Path, *, voice: str, replace: bool) -> Taken | Refused:
        """File what one person sent, or say why not."""
        try:
            like = _build_voice("like", {**sent.data, "answers": sent.fitting}, self.questions)
            self._refuse_withdrawn(like, path, wanted=voice)
            id_ = self._choose_id(like, path, wanted=voice, replace=replace)
            others = [one for one in self.voices.values() if one.id != id_]
            same, told = follow_person(sent, like, self.folder.parent, others)
            sent = replace_fields(sent, data={**sent.data, "same_as": same}) if same else sent
            merge = self._merge(id_, sent, path, replace=replace) if id_ in self.voices else None
            data = merge.data if merge else self._make_new(sent, like, wanted=voice)
            hint = self._list_hints(sent, like, path, id_ if merge is None and not voice else "")
            hint += (*word_merge(merge), *word_taken_back(merge, self.slug, id_)) if merge else ()
            hint += tuple(filter(None, told))
            target = self._write(id_, data, sent.name)
        except InputError as error:
            return Refused(sent.name, error.problems)
        self.voices[id_] = _build_voice(id_, _fit(data, self.questions), self.questions)
        self._fresh.add(id_)
        return Taken(sent.name, self.voices[id_], target, merge, hint, self.tries)

    def _refuse_withdrawn(self, like: Voice, path: Path, *, wanted: str) -> None:
        """Raise InputError where these are the answers of somebody who took theirs back, or may be."""
        if not self.withdrawn or (wanted and not like.respondent):
            return
        secret = storage.read_secret()
        if self.withdrawn.may_hold(like, secret) and not list_same_person(self.voices, like):
            raise self._refuse_unknown(like, path)
        if not self.withdrawn.holds(like, secret):
            return
        where = f"parameters/{self.slug}/{storage.WITHDRAWN_FILE}"
        if like.respondent:
            remedy = f"delete this file. If they ask to take part again, take their mark out of {where} first"
            raise _refuse(path, "answers of somebody who did not take them back", remedy)
        typed = self._spell(path, self._number_id(like.role))
        remedy = f"delete this file if it is theirs ({where}). If it is somebody else of the same name and role, type:"
        expected = "another person than the one of this name and role, who took their answers back"
        raise _refuse(path, expected, f"{remedy}\n{typed}", field="role")

    def _refuse_unknown(self, like: Voice, path: Path) -> InputError:
        """Say that somebody took their answers back on another machine, which alone knows them again."""
        expected = "a person of whom this machine can tell that they did not take their answers back"
        remedy = (
            f"ask whoever withdrew somebody from {self.slug} whether it was this person, and delete this file if "
            f"it was. If not, type:\n{self._spell(path, self._number_id(like.role))}"
        )
        return _refuse(path, expected, remedy, field="role")

    def _make_new(self, sent: Sent, like: Voice, *, wanted: str) -> Raw:
        """Return a new voice's fields; where somebody says that a double is another person, they say so for good."""
        is_double = wanted and any(is_double_of(known, like) for known in self.voices.values())
        return {**sent.data, "another_person": True} if is_double else sent.data

    def _merge(self, id_: str, sent: Sent, path: Path, *, replace: bool) -> Merge:
        """Return what becomes of a voice that is there; raises InputError where somebody has to decide first."""
        filed = (self._written.get(id_) if self.tries else None) or read_data(self.folder / f"{id_}.yaml")
        merge = merge_voice(filed, sent, questions=self.questions, replace=replace)
        if merge.is_empty:
            remedy = f"nothing: they are filed already. If this is somebody else, type:\n{self._spell_new(path, sent)}"
            raise _refuse(sent, f"answers that are new; {id_} has all of these", remedy)
        if merge.loses and not replace:
            raise self._refuse_loss(merge, id_, sent, path)
        return merge

    def _refuse_loss(self, merge: Merge, id_: str, sent: Sent, path: Path) -> InputError:
        """Name what would go before it goes, and what to type."""
        which = ", and this file is the newer one" if merge.newer else ""
        if merge.newer is None and was_replaced(self.folder / f"{id_}.yaml", sent.answers):
            which = "; but just these answers were there before, and others took their place"
        named = [f"{_INDENT}  {line}" for line in word_loss(merge, self.voices[id_], sent, self.questions)]
        lines = [
            "look at what changes:",
            *named,
            f"{_INDENT}if this is the same person{which}, type (the file as it was is kept):",
            self._spell(path, id_, replace=True),
            f"{_INDENT}if it is somebody else, type:",
            self._spell_new(path, sent),
        ]
        there = f"{id_}: {_describe(self.voices[id_])}"
        expected = f"answers that change none that is there; this may be the person of {there}"
        return _refuse(sent, expected, "\n".join(lines), field="role")

    def _spell_new(self, path: Path, sent: Sent) -> str:
        return self._spell(path, self._number_id(str(sent.data["role"])))

    def _choose_id(self, like: Voice, path: Path, *, wanted: str, replace: bool) -> str:
        if wanted:
            if wanted in self.voices and not replace:
                remedy = "choose another name after --as, or add --replace to put these answers in its place"
                raise _refuse(path, f"a voice that is not there yet; {wanted} is", remedy)
            known = find_respondent(self.voices, like)
            if known and known != wanted and wanted not in self.voices:
                remedy = f"file it as who they are:\n{self._spell(path, known, replace=True)}"
                raise _refuse(path, f"one voice for one person; by the form's mark this is {known}", remedy)
            return wanted
        if known := find_respondent(self.voices, like):
            return known
        new = self._number_id(like.role)
        people = list_same_person(self.voices, like)
        sure = [id_ for id_ in people if not is_marked_apart(self.voices[id_], like)]
        if same := [id_ for id_ in sure if self.voices[id_].answers == like.answers]:
            remedy = f"nothing: they are filed already. If this is somebody else, type:\n{self._spell(path, new)}"
            raise _refuse(path, f"answers that are new; {same[0]} has just these", remedy)
        if len(people) == 1 and sure and ((replace and sure[0] not in self._fresh) or (like.name and not replace)):
            return sure[0]
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

    def _list_hints(self, sent: Sent, like: Voice, path: Path, new: str) -> tuple[str, ...]:
        """Say what to look at: what is not read, a name that is missing, and who may be the same person."""
        document = Document(sent.name, {**sent.data, "answers": sent.fitting}, {})
        hints = [f"{one.field}: {one.text}" for one in list_answer_hints(document, self.questions)]
        hints += [f"{one.question}: {word_left_over(one, today=list_marks())}" for one in sent.left[:MOST_SHOWN]]
        return (*hints, *(self._hint_people(like, path, new) if new else ()))

    def _hint_people(self, like: Voice, path: Path, new: str) -> tuple[str, ...]:
        """Say which voices may be the same person, which only somebody who knows them can tell."""
        alike = list_maybe_same_person(self.voices, like)
        if not alike:
            return ()
        what = "role" if any(is_same_role(self.voices[id_], like) for id_ in alike) else "name"
        more = f" and {len(alike) - MOST_NAMED} more" if len(alike) > MOST_NAMED else ""
        named, several = ", ".join(alike[:MOST_NAMED]), len(alike) > 1
        return (
            f"a voice of this {what} is there already: {named}{more}",
            f"If this file is from the same person, type{', with its name for VOICE' if several else ''}:",
            f"  {self._spell(path, 'VOICE' if several else alike[0], replace=True).strip()}",
            f"and delete parameters/{self.slug}/{storage.VOICES_FOLDER}/{new}.yaml",
        )

    def _spell(self, path: Path, voice: str, *, replace: bool = False) -> str:
        own = path if self.is_alone else path.with_name(f"one-person{path.suffix}")
        copy = (
            "" if self.is_alone else f"\n{_INDENT}  ({own.name}: a copy of {show_text(path.name)} without the others)"
        )
        file = shlex.quote(show_text(str(own), 400))
        return f"{_INDENT}  workbook collect {self.slug} {file} --as {voice}{' --replace' if replace else ''}{copy}"

    def _number_id(self, role: str) -> str:
        ids = list_ids(role)
        return next(id_ for id_ in ids if id_ not in self.voices and not is_taken(self.folder.parent, id_))

    def _write(self, id_: str, data: Raw, name: str) -> Path:
        if len(self.voices) >= storage.MOST_VOICES and id_ not in self.voices:
            raise InputError([Problem(name, "", f"at most {storage.MOST_VOICES} voices", "move some away first")])
        path = self.folder / f"{id_}.yaml"
        text = change_voice_file(path, data, name) if path.exists() else write_voice(data, name)
        self._written[id_] = data
        if not self.tries:
            storage.make_folder(self.folder)
            keep_earlier(path)
            write_durably(path, text)
        return path


def _fit(data: Raw, questions: Mapping[str, Question]) -> Raw:
    fitting = sort_answers(data, questions, list_marks())[0]
    return {key: one for key, one in fitting.items() if key != "schema"}


def _build_voice(id_: str, data: Raw, questions: Mapping[str, Question]) -> Voice:
    answers = {
        key: {**answer, "value": questions[key].read_value(answer["value"])}
        for key, answer in wrap_answers({"answers": {}, **data})["answers"].items()
    }
    return Voice.model_validate({**data, "id": id_, "answers": answers})


def _describe(voice: Voice) -> str:
    parts = (voice.label, voice.organisation, _count(len(voice.answers), "answer"), voice.date and str(voice.date))
    return ", ".join(show_text(part) for part in parts if part)


def _refuse(source: Path | Sent, expected: str, remedy: str, *, field: str = "") -> InputError:
    return InputError([Problem(show_text(source.name), field, expected, remedy)])


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
