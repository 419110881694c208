"""Answers into files: one at a time, whole or not at all, and nothing another person wrote is lost.

A voice's file is changed under a lock that every program of the workbook takes, and put in place by renaming.
Where somebody else changed the same answer meanwhile, the newer one stands in the voice's file and the other
one is kept under `set-aside/` with the same file name, until a person chooses.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import EllipsisType
from typing import Any

from workbook.errors import InputError, NotFoundError, Problem, WorkbookError, explain_refusal
from workbook.forms.saving.answers_file import Place, change_entry
from workbook.machine import flush_folder, hold_file
from workbook.model.answers import Consent, Edition
from workbook.model.base import LONGEST_NAME, SLUG_PATTERN
from workbook.model.chapters import list_marks
from workbook.model.voice_names import list_ids
from workbook.storage import (
    AGREED_FILE,
    FACTS_FILE,
    SCHEMA,
    SET_ASIDE,
    VOICES_FOLDER,
    is_long_form,
    list_links,
    make_folder,
    make_folders_private,
    read_engagement,
    read_releases,
    read_voices,
    remove_temporary,
    write_atomically,
)
from workbook.yaml_reader import Document, parse_known
from workbook.yaml_writer import write_document

GROUP = "_agreed"  # no voice can have this id: an underscore is not allowed in one
FACTS = "_facts"
LOCK = ".lock"
LONGEST_WAIT = 10.0
# What a form shows and changes; a person's evidence and private note beside an answer are not touched.
SHOWN = ("value", "note", "consent", "edition")

Raw = dict[str, Any]


@dataclass(frozen=True)
class Saved:
    """An answer as it now stands in the file (None where it was taken back), and the one it met, if it met one.

    `was_taken_back` says that somebody else had taken the answer back which the person was looking at.
    """

    answer: Raw | None
    other: Raw | None = None
    was_taken_back: bool = False

    @property
    def is_conflict(self) -> bool:
        """Whether somebody else had changed the same answer; theirs is kept under `set-aside/`."""
        return self.other is not None


def save_answer(
    folder: Path,
    voice: str,
    question: str,
    answer: Raw | None,
    *,
    base: Raw | EllipsisType | None = ...,
    earlier: Sequence[Raw | None] = (),
) -> Saved:
    """Write one answer into a voice's file (`GROUP` for what the group agreed); None takes it back.

    `base` is the answer the person was looking at, `earlier` are those they have sent since and were not told
    about: if the file holds none of these nor the new one, both are kept, and the one that fewer people may see
    stands meanwhile. Without a base, the new one simply replaces. Returns once the answer is on the disk; raises
    WorkbookError where it cannot be.
    """
    with hold_lock(folder):
        path = find_voice_file(folder, voice)
        data = read_data(path)
        before = find_answer(data, question)
        kept = {key: one for key, one in (before or {}).items() if key not in SHOWN}
        after = None if answer is None else {key: answer[key] for key in SHOWN if answer.get(key) is not None} | kept
        known = () if isinstance(base, EllipsisType) else (base, after, *earlier)
        met = bool(known) and _is_unknown(before, known)
        if before and after and met and _measure_reach(before, data, voice) < _measure_reach(after, data, voice):
            keep_aside(folder, voice, question, after)
            return Saved(before, after)
        if before and (met or (after is None and kept)):
            keep_aside(folder, voice, question, before)
        if after != before:
            mark = list_marks().get(question) if after else None
            _write(path, ("answers", question), after and _shorten(after), mark=mark)
        return Saved(after, before if met else None, was_taken_back=met and before is None)


def change_voice(folder: Path, voice: str, **fields: str | None) -> None:
    """Change fields of a voice such as role, name, organisation and consent; None or no words takes one out.

    Raises InputError, and changes nothing, where one is too long or no role is left.
    """
    with hold_lock(folder):
        path = find_voice_file(folder, voice)
        _check_person(path.stem, fields)
        for field, value in fields.items():
            _write(path, (field,), value.strip() or None if value else None)


def mark_voices(folder: Path) -> None:
    """Give everybody to whom no form gave a mark a random one, by which the record of releases knows them.

    Whom the record knows already by role and name stays known by these.
    """
    with hold_lock(folder):
        record, facts = read_releases(folder), read_engagement(folder).facts
        for voice in read_voices(folder, facts):
            if not (voice.respondent or voice.released_as or record.knows(voice)):
                path = find_voice_file(folder, voice.id)
                _write(path, ("released_as",), secrets.token_hex(8))


def create_voice(
    folder: Path, role: str, consent: Consent | str, *, day: str = "", same_as: str = "", **who: str
) -> str:
    """Make the file of a new voice and return its id, made from the role; no file is ever overwritten.

    `who` may give a name and an organisation, `same_as` the id of this person's voice in the last round.
    """
    given = {"role": role.strip(), **{field: who.get(field, "").strip() for field in ("name", "organisation")}}
    _check_person("a new voice", given)
    fields = {key: value for key, value in given.items() if value} | {"consent": Consent(consent).value}
    with hold_lock(folder):
        voices = folder / VOICES_FOLDER
        make_folder(voices)
        voice = next(one for one in list_ids(role) if not is_taken(folder, one))
        more = {key: value for key, value in (("date", day), ("same_as", same_as)) if value}
        write_durably(voices / f"{voice}.yaml", write_document({"schema": SCHEMA, **fields, **more, "answers": {}}))
        return voice


def _check_person(who: str, fields: Mapping[str, str | None]) -> None:
    """Raise InputError with everything that is wrong with a person's role, name and organisation."""
    given = {field: (text or "").strip() for field, text in fields.items()}
    problems = [
        Problem(who, field, f"at most {LONGEST_NAME} characters", f"shorten it: it has {len(text):,} characters")
        for field, text in given.items()
        if len(text) > LONGEST_NAME
    ]
    if given.get("role") == "":
        expected = "what this person is in the commission, in words"
        problems.append(Problem(who, "role", expected, "write for example Grants manager"))
    if problems:
        raise InputError(problems)


def list_set_aside(folder: Path, voice: str) -> dict[str, tuple[Raw, ...]]:
    """Return, by question, the answers that met another one in a voice's file and wait for a choice."""
    path = _find_set_aside_file(folder, voice)
    if not path.is_file():
        return {}
    return {key: tuple(map(_lengthen, found)) for key, found in read_data(path).get("answers", {}).items()}


def settle(
    folder: Path, voice: str, question: str, other: Raw, *, standing: Raw | None = None, take: bool = False
) -> None:
    """Do as a person has chosen between two answers they were shown: `standing` in the file, `other` set aside.

    `other` is forgotten, or with `take` put into the file, whole. Nothing goes that they were not shown: further
    answers set aside go on waiting, and so does the one in the file if it is no longer the one they saw.
    """
    with hold_lock(folder):
        waiting = list_set_aside(folder, voice).get(question, ())
        chosen = [one for one in waiting if show_answer(one) == other]
        if not chosen:
            return
        if take:
            path = find_voice_file(folder, voice)
            before = find_answer(read_data(path), question) or {}
            if before and show_answer(before) != standing:
                keep_aside(folder, voice, question, before)
            kept = {key: one for key, one in before.items() if key not in SHOWN}
            _write(path, ("answers", question), _shorten(kept | chosen[-1]), mark=list_marks().get(question))
        drop_aside(folder, voice, question, *chosen)


def keep_aside(folder: Path, voice: str, question: str, answer: Raw) -> None:
    """Put an answer with those that wait for a choice; the folder's lock must be held."""
    waiting = list_set_aside(folder, voice).get(question, ())
    if answer not in waiting:
        _write_set_aside(folder, voice, question, [*waiting, answer])


def drop_aside(folder: Path, voice: str, question: str, *answers: Raw) -> None:
    """Take answers from those that wait for a choice; the folder's lock must be held."""
    waiting = list_set_aside(folder, voice).get(question, ())
    if waiting:
        _write_set_aside(folder, voice, question, [one for one in waiting if one not in answers])


def prepare_saving(folder: Path, voice: str) -> None:
    """Read a voice's file while the person thinks, so that their next answer is saved sooner."""
    path = find_voice_file(folder, voice)
    if path.is_file():
        read_data(path)


def find_voice_file(folder: Path, voice: str) -> Path:
    """Return the path of a voice's file; raises NotFoundError where no voice can have that id, or none has it."""
    if voice in (GROUP, FACTS):
        return folder / (AGREED_FILE if voice == GROUP else FACTS_FILE)
    path = folder / VOICES_FOLDER / f"{voice}.yaml"
    if not re.fullmatch(SLUG_PATTERN, voice) or not path.is_file():
        raise NotFoundError(f"There is no voice called {voice!r} any more. Choose who you are again.")
    return path


def read_data(path: Path) -> Raw:
    """Return what a file of answers holds, nothing for the group's file that is not there yet."""
    if path.is_symlink():
        raise WorkbookError(f"{path.name} is a link. Put the file itself there.")
    if not path.exists() and path.name == AGREED_FILE:
        return {}
    found = parse_known(path.read_bytes(), path.name)
    if isinstance(found, Document):
        return found.data
    raise InputError(found)


def find_answer(data: Raw, question: str) -> Raw | None:
    """Return an answer in its long form, None where there is none."""
    answers = data.get("answers")
    return _lengthen(answers[question]) if isinstance(answers, dict) and question in answers else None


def show_answer(answer: Raw | None) -> Raw | None:
    """Return the part of an answer that a form shows."""
    return None if answer is None else {key: answer[key] for key in SHOWN if answer.get(key) is not None}


@contextmanager
def hold_lock(folder: Path) -> Iterator[None]:
    """Keep every other program of the workbook from writing into an engagement's folder."""
    try:
        with hold_file(folder / LOCK, seconds=LONGEST_WAIT):
            _refuse_links(folder)
            make_folders_private(folder)
            # What a killed writer left may hold answers that were since taken back.
            remove_temporary((folder, *(path for path in folder.glob("*/") if path.is_dir())))
            yield
    except TimeoutError:
        raise WorkbookError("Another program has kept these files busy for ten seconds. Try again.") from None
    except OSError as error:
        raise WorkbookError(f"The disk refused it. {explain_refusal(error)}") from error


def _refuse_links(folder: Path) -> None:
    if linked := list_links(folder):
        raise WorkbookError(f"{linked[0].name} in {folder.name} is a link. Put the folder or file itself there.")


def write_durably(path: Path, text: str) -> None:
    """Write a file as `write_atomically` does, and see its name onto the disk too."""
    write_atomically(path, text)
    flush_folder(path.parent)


def _write(path: Path, place: Place, value: Any, *, mark: str | None = None) -> None:
    """Change one entry, and beside an answer write the mark of the question that it answers."""
    write_entries(path, {place: value} | ({("asked", place[-1]): mark} if mark else {}))


def write_entries(path: Path, entries: Mapping[Place, Any]) -> None:
    """Change entries of a file, all or none; the folder's lock must be held."""
    text = path.read_bytes().decode("utf-8-sig") if path.exists() else f"schema: {SCHEMA}\nanswers: {{}}\n"
    for place, value in entries.items():
        text = change_entry(text, place, value, name=path.name)
    write_durably(path, text)


def _is_unknown(before: Raw | None, known: Iterable[Raw | None]) -> bool:
    return show_answer(before) not in map(show_answer, known)


def _measure_reach(answer: Raw, data: Raw, voice: str) -> int:
    """Return how far an answer may travel, 0 being nowhere; what nobody knows travels nowhere."""
    levels: list[str] = list(Edition) if voice == GROUP else list(reversed(Consent))
    whole = data.get("edition", Edition.PARTNERS) if voice == GROUP else data.get("consent")
    own = answer.get("edition" if voice == GROUP else "consent") or whole
    return levels.index(own) if own in levels else 0


def _write_set_aside(folder: Path, voice: str, question: str, answers: list[Raw]) -> None:
    path = _find_set_aside_file(folder, voice)
    make_folder(path.parent)
    _write(path, ("answers", question), answers or None)
    if not read_data(path).get("answers"):
        path.unlink()


def _find_set_aside_file(folder: Path, voice: str) -> Path:
    return folder / SET_ASIDE / find_voice_file(folder, voice).name


def is_taken(folder: Path, voice: str) -> bool:
    """Whether somebody has this id, or had it and answers of theirs still wait for a choice."""
    return any((folder / place / f"{voice}.yaml").exists() for place in (VOICES_FOLDER, SET_ASIDE))


def _lengthen(answer: Any) -> Raw:
    return dict(answer) if is_long_form(answer) else {"value": answer}


def _shorten(answer: Mapping[str, Any]) -> Any:
    """Return the value alone where nothing stands beside it and it cannot be taken for a long form."""
    alone = set(answer) == {"value"} and not is_long_form(answer["value"])
    return answer["value"] if alone else dict(answer)
