"""A file that came back from a questionnaire -> a voice's fields, or what keeps it from being taken, in plain words.

Every file is taken for hostile: it is read with the same limits as any file of the workbook, it must be for this
engagement, and nothing of it is used unless nothing at all is wrong with it. A file that the form saved is nothing a
person mends by hand, so its faults are told to somebody who has never seen its inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.errors import InputError, Problem
from workbook.forms.questionnaire.output import KIND
from workbook.forms.questionnaire.questionnaire import FORM_SCHEMA
from workbook.model.answers import Voice
from workbook.model.base import LONGEST_NAME
from workbook.model.chapters import list_marks
from workbook.model.faults import check_answers, list_faults
from workbook.model.marks import EARLIER, Leftover, pick_marks, sort_answers
from workbook.model.questions import Question
from workbook.model.slips.two_readings import list_unclear_answers
from workbook.model.wordings import load_wording
from workbook.yaml_reader import LARGEST_FILE, Document, parse_document

LARGEST_NUMBER = 10**15
# Only somebody who writes a file by hand is helped by words about its lines.
PACKED = (".zip", ".7z", ".rar", ".tgz", ".gz")
WRITTEN_BY_HAND = (".yaml", ".yml")
# Control codes, halves of a character, and the two that are no characters. Tabs and line ends are text.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
# As a file names itself; the rest of it has the shape of a voice.
_HEAD = ("schema", "kind", "engagement", "questionnaire", "last_time")
_ABOUT_LINES = re.compile("^add a line |take the line out")
_LONGEST_ID = 200
_ID = r"[a-z0-9_]{1,40}(\.[a-z0-9_]{1,40}){1,3}"
_MOST_STRANGE = 200
_MOST_NAMED = 5

Raw = dict[str, Any]


@dataclass(frozen=True)
class Sent:
    """What one person sent: a voice's fields, and what of the answers today's questions cannot read.

    `data` holds every answer as it came, those that cannot be read too, with the marks of the questions answered;
    `fitting` are the answers that can be read; `asked` are the questions that the form put at all. `last_time` is who
    they say they were in the last round, in their words.
    """

    name: str
    data: Raw
    fitting: Raw
    left: tuple[Leftover, ...] = ()
    asked: frozenset[str] = frozenset()
    last_time: str = ""

    @property
    def answers(self) -> dict[str, Raw]:
        """Every answer in its long form, by question."""
        found: dict[str, Raw] = wrap_answers(self.data)["answers"]
        return found

    @property
    def marks(self) -> dict[str, str]:
        """The marks of the questions that were put, by question."""
        return pick_marks(self.data)


def read_answers(path: Path, *, slug: str, questions: Mapping[str, Question]) -> Sent:
    """Return what one file holds; raises InputError with everything that is wrong with it."""
    name = show_text(path.name or str(path))
    by_hand = path.suffix.lower() in WRITTEN_BY_HAND
    document = _parse(_open(path, name), name, by_hand=by_hand)
    return check_sent(document, slug=slug, questions=questions, by_hand=by_hand)


def check_sent(
    document: Document, *, slug: str, questions: Mapping[str, Question], by_hand: bool = False, again: str = ""
) -> Sent:
    """Return what a file holds, or an answer of a survey put into its shape; raises InputError with every fault.

    `again` says what to do where a file is nothing that a person mends by hand; as a rule, to ask for it again.
    """
    if not by_hand:
        document = document.with_data(_mark_strange(document.data, questions))
    data = document.data
    fitting, left = sort_answers(data, questions, list_marks())
    problems = list(_check_head(document, slug))
    if data.get("engagement") == slug:
        problems += _check_voice(document.with_data(fitting), questions, by_hand=by_hand, left=left)
    if problems:
        worded = [_word_problem(one, document, questions, by_hand=by_hand) for one in problems]
        raise InputError([replace(one, remedy=again) if again and _is_to_ask(one) else one for one in worded])
    kept = {key: data[key] for key in Voice.model_fields if key in data}
    before = data.get("last_time", "").strip()
    return Sent(document.name, kept, fitting.get("answers", {}), left, frozenset(pick_marks(data)), before)


def _mark_strange(data: Raw, questions: Mapping[str, Question]) -> Raw:
    """Mark the answers of a form of long ago to questions that are not asked any more, so that they are kept."""
    answers, marks = data.get("answers"), data.get("asked", {})
    if not isinstance(answers, dict) or not isinstance(marks, dict):
        return data
    strange = [key for key in answers if key not in questions and re.fullmatch(_ID, key)][:_MOST_STRANGE]
    older = {key: EARLIER for key in strange if key not in marks}
    return {**data, "asked": {**older, **marks}} if older else data


def wrap_answers(data: Raw) -> Raw:
    """Give every answer the long form `{value: …}`."""
    answers = data.get("answers")
    if not isinstance(answers, dict):
        return data
    long = {key: answer if storage.is_long_form(answer) else {"value": answer} for key, answer in answers.items()}
    return {**data, "answers": long}


def show_text(text: str, longest: int = 100) -> str:
    """Return text that a terminal may be given: no control codes, no marks that turn direction, and not much."""
    seen = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[: longest + 1])
    return seen if len(text) <= longest else f"{seen[:longest]}…"


def _open(path: Path, name: str) -> bytes:
    try:
        _refuse_packed(path, name)
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        remedy = f"look at its permissions ({error.strerror})"
        raise InputError([Problem(name, "", "a file that can be read", remedy)]) from error
    if len(raw) > LARGEST_FILE:
        remedy = "look whether it is the right one: no form saves a larger file"
        raise InputError([Problem(name, "", "a file of at most 1 MiB", remedy)])
    return raw


def _refuse_packed(path: Path, name: str) -> None:
    """Raise InputError where a name leads to no file, to a folder, or to files packed into one."""
    if path.is_dir():
        remedy = f"name the files in it: {name}/*, or one after the other"
        raise InputError([Problem(name, "", "a file; this is a folder", remedy)])
    if not path.is_file():
        raise InputError([Problem(name, "", "a file that exists", "look at the name and the folder")])
    if path.suffix.lower() in PACKED:
        expected = "a file that somebody saved; this is a folder packed into one file"
        raise InputError([Problem(name, "", expected, "unpack it, and name the files that were in it")])


def _parse(raw: bytes, name: str, *, by_hand: bool) -> Document:
    """Return a file's content; of a form's file it says only that it is none, or damaged."""
    if not by_hand:
        raw = _read_signs(raw, name)
    control = _find_control(raw, name)
    found = [control] if control else parse_document(raw if by_hand else _find_text(raw), name)
    if isinstance(found, Document):
        found = found.with_data(_join_halves(found.data))
        if by_hand or found.data.get("kind") == KIND:
            return found
    if by_hand and isinstance(found, list):
        raise InputError([_clean_problem(problem) for problem in found])
    expected = "a file that the form saved; this is another file, or it was damaged on its way"
    raise InputError([Problem(name, "", expected, _ask_again())])


def _read_signs(raw: bytes, name: str) -> bytes:
    """Return text in UTF-8, of what an editor saved in UTF-16; raises InputError where only the editor knows."""
    with suppress(UnicodeDecodeError):
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return raw.decode("utf-16").encode()
    if KIND.encode() not in raw:
        return raw
    try:
        raw.decode()
    except UnicodeDecodeError:
        remedy = "open it in the editor that saved it, choose Save as, and UTF-8 as the encoding; then collect that"
        raise InputError([Problem(name, "", "a text in UTF-8", remedy)]) from None
    return raw


def _find_text(raw: bytes) -> bytes:
    """Return what a person pasted into a mail: from the first brace to the last, without the marks of a quotation."""
    start, end = raw.find(b"{"), raw.rfind(b"}")
    if start <= 0 or KIND.encode() not in raw:
        return raw
    return re.sub(rb"(?m)^(?:> ?)+", b"", raw[start : end + 1])


def _find_control(raw: bytes, name: str) -> Problem | None:
    for number, line in enumerate(raw.split(b"\n"), 1):
        # A line in another encoding is for the reader to refuse.
        with suppress(UnicodeDecodeError):
            if found := _CONTROL.search(line.decode("utf-8")):
                return _refuse_sign(name, "", found.group(), number)
    return None


def _is_to_ask(problem: Problem) -> bool:
    return problem.remedy in (_ask_again(), _ask_for_answers())


def _ask_again() -> str:
    return f'ask the person to press "{_read_word("save")}" again and send the new file'


def _ask_for_answers() -> str:
    return (
        "ask the person to open the form, answer at least one question (we do not know yet is an answer too), "
        f'press "{_read_word("save")}" and send the new file'
    )


def _read_word(name: str) -> str:
    return load_wording("forms").get_word(f"questionnaire.{name}")


def _check_head(document: Document, slug: str) -> Iterator[Problem]:
    wanted = {
        "schema": (FORM_SCHEMA, f"schema {FORM_SCHEMA}", "make the questionnaire again with this workbook"),
        "kind": (KIND, f"kind: {KIND}", "collect the file that the questionnaire saved, not another one"),
        "engagement": (slug, f"answers for {slug}", "look which engagement the file belongs to, and collect it there"),
    }
    for key, (value, expected, remedy) in wanted.items():
        found = document.data.get(key)
        if isinstance(found, bool) or found != value:
            shown = f" (found: {show_text(str(found))})" if key in document.data else ""
            yield Problem(document.name, key, expected, remedy + shown, document.find_line((key,)))
    made = document.data.get("questionnaire", "")
    if not isinstance(made, str) or not re.fullmatch(r"[0-9a-f]{0,64}", made):
        remedy = "take the line out, or ask for the file again"
        line = document.find_line(("questionnaire",))
        yield Problem(document.name, "questionnaire", "the form's mark, in letters a to f and digits", remedy, line)
    before = document.data.get("last_time", "")
    if not isinstance(before, str) or len(before) > LONGEST_NAME or _CONTROL.search(before):
        expected = f"a role or a name of at most {LONGEST_NAME} characters"
        yield Problem(document.name, "last_time", expected, _ask_again(), document.find_line(("last_time",)))


def _check_voice(
    document: Document, questions: Mapping[str, Question], *, by_hand: bool, left: tuple[Leftover, ...]
) -> list[Problem]:
    """Return what `workbook check` would say of a voice's file, and what only a file from outside can hold."""
    voice = document.with_data({key: value for key, value in document.data.items() if key not in _HEAD})
    problems = [*_check_signs(voice), *list_faults(Voice, voice.with_data({**wrap_answers(voice.data), "id": "voice"}))]
    if "id" in voice.data:
        # A voice's file has none: its name is its id.
        problems.append(
            Problem(voice.name, "id", "a field of the workbook", "take the line out", voice.find_line(("id",)))
        )
    answers = voice.data.get("answers", {})
    if not isinstance(answers, dict):
        return problems
    if not answers and left:
        return [*problems, _refuse_all_left(document, left)]
    if not answers:
        remedy = "write at least one under answers" if by_hand else _ask_for_answers()
        return [*problems, Problem(voice.name, "answers", "at least one answer; there is none", remedy)]
    if not by_hand and (strange := [key for key in answers if key not in questions]):
        problems.append(_refuse_strange(document, strange))
        answers = {key: answer for key, answer in answers.items() if key in questions}
    elif len(answers) > len(questions):
        expected = f"at most {len(questions)} answers, one to each question"
        return [*problems, Problem(voice.name, "answers", expected, f"take some out: there are {len(answers)}")]
    measurable = all(abs(value) <= LARGEST_NUMBER for _, value in _walk(answers, ()) if isinstance(value, int))
    known = voice.with_data({**voice.data, "answers": answers})
    if by_hand:
        problems += list_unclear_answers(known, questions)
    return [*problems, *(check_answers(known, questions) if measurable else ())]


def _refuse_strange(document: Document, strange: list[str]) -> Problem:
    """Say of a form's file which of its answers have names that no question can have."""
    named = ", ".join(show_text(key, 60) for key in strange[:_MOST_NAMED])
    more = f" and {len(strange) - _MOST_NAMED} more" if len(strange) > _MOST_NAMED else ""
    expected = f"answers to questions; no question can be called {named}{more}"
    return Problem(document.name, "answers", expected, _ask_again())


def _refuse_all_left(document: Document, left: tuple[Leftover, ...]) -> Problem:
    """Say of a file that none of its answers is to anything that is asked here."""
    named = ", ".join(show_text(one.question, 60) for one in left[:_MOST_NAMED])
    more = f" and {len(left) - _MOST_NAMED} more" if len(left) > _MOST_NAMED else ""
    expected = f"answers to questions that are asked here; it answers only {named}{more}"
    remedy = f"keep the file; make the form again (workbook questionnaire {document.data['engagement']}) and send that"
    return Problem(document.name, "answers", expected, remedy)


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


def _refuse_sign(name: str, field: str, sign: str, line: int | None) -> Problem:
    remedy = f"take out the sign U+{ord(sign):04X}, which cannot be seen; it may have been pasted in"
    return Problem(name, field, "text without control characters", remedy, line)


def _word_problem(problem: Problem, document: Document, questions: Mapping[str, Question], *, by_hand: bool) -> Problem:
    """Return a problem with its question's own words, no line where there is only one, and nothing about lines."""
    clean = _clean_problem(problem)
    asked = _find_question(problem.field, questions)
    field = f'{clean.field} ("{show_text(asked.text, 120)}")' if asked else clean.field
    remedy = clean.remedy if by_hand or not _ABOUT_LINES.search(clean.remedy) else _ask_again()
    line = clean.line if max(document.lines.values(), default=1) > 1 else None
    return replace(clean, field=field, remedy=remedy, line=line)


def _find_question(field: str, questions: Mapping[str, Question]) -> Question | None:
    head, _, rest = field[:_LONGEST_ID].partition(".")
    parts = rest.split(".") if head == "answers" else []
    ids = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((questions[id_] for id_ in ids if id_ in questions), None)


def _clean_problem(problem: Problem) -> Problem:
    texts = (
        show_text(problem.file),
        show_text(problem.field),
        show_text(problem.expected, 400),
        show_text(problem.remedy, 400),
    )
    return Problem(*texts, problem.line)
