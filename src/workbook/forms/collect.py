"""Files that came back from a questionnaire -> voices of an engagement.

Every file is taken for hostile: it is read with the same limits as any file of the workbook, it must be for this
engagement, and it is filed only if nothing at all is wrong with it. What it says is kept letter for letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.errors import InputError, NotFoundError, Problem, WorkbookError
from workbook.forms.questionnaire import KIND
from workbook.forms.saving import hold_lock, write_durably
from workbook.forms.yaml_text import write_document
from workbook.model.answers import Voice
from workbook.model.base import SLUG_PATTERN
from workbook.model.chapters import list_questions
from workbook.model.engagement import Engagement
from workbook.model.faults import check_answers, list_faults
from workbook.model.questions import Question
from workbook.yaml_reader import LARGEST_FILE, Document, parse_document

LARGEST_NUMBER = 10**15
MOST_SHOWN = 30
# Control codes, halves of a character, and the two that are no characters. Tabs and line ends are text.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
# As a file names itself; the rest of it has the shape of a voice.
_HEAD = ("schema", "kind", "engagement", "questionnaire")

Raw = dict[str, Any]


@dataclass(frozen=True)
class Taken:
    """One file that is now a voice."""

    file: str
    voice: Voice
    path: Path
    replaced: bool

    def __str__(self) -> str:
        voice = self.voice
        place = f"{storage.VOICES_FOLDER}/{self.path.name}"
        done = "in the place of the voice" if self.replaced else "as the new voice"
        own = Counter(answer.consent for answer in voice.answers.values() if answer.consent is not None)
        others = "".join(f", but {level} for {_count(number, 'answer')}" for level, number in sorted(own.items()))
        lines = [
            f"{self.file}: {_count(len(voice.answers), 'answer')} taken {done} {voice.id} ({place})",
            f"    role:    {_show(voice.role)}",
            f"    consent: {voice.consent}{others}",
        ]
        chapters: dict[str, list[str]] = {}
        for question in voice.answers:
            chapter, _, rest = question.partition(".")
            chapters.setdefault(chapter, []).append(rest)
        lines += [f"    {chapter}: {', '.join(rest)}" for chapter, rest in chapters.items()]
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
        raise NotFoundError(f"{_show(voice)} cannot be a voice's name. Use 1 to 60 small letters, digits and hyphens.")
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

    def take(self, path: Path, *, voice: str, replace: bool) -> Taken | Refused:
        name = _show(path.name)
        try:
            data = read_answers(path, slug=self.slug, questions=self.questions)
            id_ = self._choose_id(data, name, wanted=voice, replace=replace)
            replaced = id_ in self.voices
            target, filed = self._write(id_, data, name)
        except InputError as error:
            return Refused(name, error.problems)
        self.voices[id_] = filed
        return Taken(name, filed, target, replaced)

    def _choose_id(self, data: Raw, name: str, *, wanted: str, replace: bool) -> str:
        if wanted:
            if wanted in self.voices and not replace:
                remedy = "choose another name after --as, or add --replace to put these answers in its place"
                raise InputError([Problem(name, "", f"a voice that is not there yet; {wanted} is", remedy)])
            return wanted
        like = _build_voice("like", data, self.questions)
        if same := [id_ for id_, known in self.voices.items() if known.model_copy(update={"id": "like"}) == like]:
            raise InputError(
                [
                    Problem(
                        name, "", f"answers that are new; {same[0]} has just these", "nothing: they are filed already"
                    )
                ]
            )
        if replace:
            people = [id_ for id_, known in self.voices.items() if _get_person(known) == _get_person(like)]
            if len(people) > 1:
                expected = (
                    f"one voice with this role, name and organisation; these have it: {', '.join(sorted(people))}"
                )
                raise InputError([Problem(name, "role", expected, "say which one to replace: --as VOICE")])
            if people:
                return people[0]
        return self._number_id(like.role)

    def _number_id(self, role: str) -> str:
        stem = re.sub(r"[^a-z0-9]+", "-", role.lower()).strip("-")[:40].strip("-") or "voice"
        numbered = (f"{stem}-{number}" for number in range(2, storage.MOST_VOICES + 2))
        return next(id_ for id_ in (stem, *numbered) if id_ not in self.voices)

    def _write(self, id_: str, data: Raw, name: str) -> tuple[Path, Voice]:
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
        return path, _build_voice(id_, data, self.questions)


def read_answers(path: Path, *, slug: str, questions: Mapping[str, Question]) -> Raw:
    """Return a voice's fields from one file; raises InputError with everything that is wrong with it."""
    name = _show(path.name)
    document = _parse(path, name)
    data = _join_halves(document.data)
    document = document.with_data(data)
    problems = list(_check_head(document, slug))
    if data.get("engagement") == slug:
        problems += _check_voice(document, questions)
    if problems:
        raise InputError([_clean_problem(problem) for problem in problems])
    return {key: data[key] for key in Voice.model_fields if key in data}


def _check_voice(document: Document, questions: Mapping[str, Question]) -> list[Problem]:
    """Return what `workbook check` would say of a voice's file, and what only a file from outside can hold."""
    voice = document.with_data({key: value for key, value in document.data.items() if key not in _HEAD})
    problems = [*_check_signs(voice), *list_faults(Voice, voice.with_data({**_wrap(voice.data), "id": "voice"}))]
    if "id" in voice.data:
        # A voice's file has none: its name is its id.
        problems.append(
            Problem(voice.name, "id", "a field of the workbook", "take the line out", voice.find_line(("id",)))
        )
    answers = voice.data.get("answers")
    if isinstance(answers, dict) and len(answers) > len(questions):
        expected = f"at most {len(questions)} answers, one to each question"
        return [*problems, Problem(voice.name, "answers", expected, f"take some out: there are {len(answers)}")]
    measurable = all(abs(value) <= LARGEST_NUMBER for _, value in _walk(answers, ()) if isinstance(value, int))
    return [*problems, *(check_answers(voice, questions) if measurable else ())]


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


def _parse(path: Path, name: str) -> Document:
    try:
        if not path.is_file():
            raise InputError([Problem(name, "", "a file that exists", "look at the name and the folder")])
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        remedy = f"look at its permissions ({error.strerror})"
        raise InputError([Problem(name, "", "a file that can be read", remedy)]) from error
    for number, line in enumerate(raw.split(b"\n"), 1):
        # A line in another encoding is for the reader to refuse.
        with suppress(UnicodeDecodeError):
            if found := _CONTROL.search(line.decode("utf-8")):
                raise InputError([_refuse_sign(name, "", found.group(), number)])
    document = parse_document(raw, name)
    if isinstance(document, Document):
        return document
    raise InputError([_clean_problem(problem) for problem in document])


def _check_head(document: Document, slug: str) -> Iterator[Problem]:
    wanted = {
        "schema": (storage.SCHEMA, f"schema {storage.SCHEMA}", "make the questionnaire again with this workbook"),
        "kind": (KIND, f"kind: {KIND}", "collect the file that the questionnaire saved, not another one"),
        "engagement": (slug, f"answers for {slug}", "look which engagement the file belongs to, and collect it there"),
    }
    for key, (value, expected, remedy) in wanted.items():
        found = document.data.get(key)
        if isinstance(found, bool) or found != value:
            shown = f" (found: {_show(str(found))})" if key in document.data else ""
            yield Problem(document.name, key, expected, remedy + shown, document.find_line((key,)))
    made = document.data.get("questionnaire", "")
    if not isinstance(made, str) or not re.fullmatch(r"[0-9a-f]{0,64}", made):
        remedy = "take the line out, or ask for the file again"
        line = document.find_line(("questionnaire",))
        yield Problem(document.name, "questionnaire", "the form's mark, in letters a to f and digits", remedy, line)


def _check_signs(document: Document) -> Iterator[Problem]:
    """Find signs that no text may hold and numbers beyond all measure, in names and in values."""
    for place, value in _walk(document.data, ()):
        line = document.find_line(place)
        if isinstance(value, str) and (found := _CONTROL.search(value)):
            yield _refuse_sign(document.name, ".".join(map(str, place)), found.group(), line)
        if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            where = ".".join(map(str, place))
            yield Problem(document.name, where, "a number that means something", "type a smaller one", line)


def _walk(value: Any, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    yield place, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield place, key
            yield from _walk(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(inner, (*place, index))


def _join_halves(value: Any) -> Any:
    """Join the halves in which JSON may write a character beyond the first 65,536."""
    if isinstance(value, str):
        return _HALVES.sub(lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), value)
    if isinstance(value, dict):
        return {_join_halves(key): _join_halves(inner) for key, inner in value.items()}
    return [_join_halves(inner) for inner in value] if isinstance(value, list) else value


def _wrap(data: Raw) -> Raw:
    answers = data.get("answers")
    if not isinstance(answers, dict):
        return data
    long = {key: answer if storage.is_long_form(answer) else {"value": answer} for key, answer in answers.items()}
    return {**data, "answers": long}


def _shorten(answer: Any) -> Any:
    alone = storage.is_long_form(answer) and set(answer) == {"value"} and not storage.is_long_form(answer["value"])
    return answer["value"] if alone else answer


def _build_voice(id_: str, data: Raw, questions: Mapping[str, Question]) -> Voice:
    answers = {
        key: {**answer, "value": questions[key].read_value(answer["value"])}
        for key, answer in _wrap({"answers": {}, **data})["answers"].items()
    }
    return Voice.model_validate({**data, "id": id_, "answers": answers})


def _get_person(voice: Voice) -> tuple[str | None, ...]:
    return voice.role, voice.name, voice.organisation


def _refuse_sign(name: str, field: str, sign: str, line: int | None) -> Problem:
    remedy = f"take out the sign U+{ord(sign):04X}, which cannot be seen; it may have been pasted in"
    return Problem(name, field, "text without control characters", remedy, line)


def _clean_problem(problem: Problem) -> Problem:
    texts = (_show(problem.file), _show(problem.field), _show(problem.expected, 400), _show(problem.remedy, 400))
    return Problem(*texts, problem.line)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _show(text: str, longest: int = 100) -> str:
    """Return text that a terminal may be given: no control codes, no marks that turn direction, and not much."""
    seen = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[: longest + 1])
    return seen if len(text) <= longest else f"{seen[:longest]}…"
