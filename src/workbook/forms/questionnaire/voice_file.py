"""A voice's file as `collect` writes it: new, or changed with the comments of whoever keeps it left where they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbook import storage
from workbook.errors import InputError, Problem
from workbook.forms.saving.answers_file import change_entry
from workbook.yaml_reader import LARGEST_FILE, Document, parse_document
from workbook.yaml_writer import write_document

Raw = dict[str, Any]


def write_voice(data: Raw, name: str) -> str:
    """Return a voice's file; raises InputError where it would not come back as it was given."""
    whole = _order({"schema": storage.SCHEMA, **data, "answers": _shorten_all(data)})
    text = write_document(whole)
    found = parse_document(text.encode(), name)
    if not isinstance(found, Document) or found.data != whole:
        expected = (
            f"answers that fit a voice's file, of at most {LARGEST_FILE // 1024} KiB, and come back letter for letter"
        )
        raise InputError([Problem(name, "", expected, "shorten the longest answers, and ask for the file again")])
    return text


def change_voice_file(path: Path, data: Raw, name: str) -> str:
    """Return a voice's file with other fields and answers; lines that somebody put behind a # stay."""
    text = path.read_bytes().decode("utf-8-sig")
    if "#" not in text:
        return write_voice(data, name)
    wanted = {**data, "answers": _shorten_all(data)}
    found = parse_document(text.encode(), name)
    before = found.data if isinstance(found, Document) else {}
    for key in dict.fromkeys([*before, *wanted]):
        if key in ("schema", "answers", "asked") or before.get(key) == wanted.get(key):
            continue
        text = change_entry(text, (key,), wanted.get(key), name=name)
    for group in ("answers", "asked"):
        old, new = before.get(group) or {}, wanted.get(group) or {}
        for key in dict.fromkeys([*old, *new]):
            if old.get(key) != new.get(key):
                text = change_entry(text, (group, key), new.get(key), name=name)
    return text


def keep_earlier(path: Path) -> None:
    """Keep a voice's file as it is under `earlier/VOICE/`, numbered from 1, before another takes its place."""
    if not path.is_file():
        return
    folder = path.parent.parent / storage.EARLIER_FOLDER / path.stem
    storage.make_folder(folder)
    number = 1 + max((int(one.stem) for one in folder.glob("*.yaml") if one.stem.isdigit()), default=0)
    storage.write_atomically(folder / f"{number}.yaml", path.read_bytes().decode("utf-8-sig"))


def was_replaced(path: Path, answers: Raw) -> bool:
    """Whether a file that others have replaced since held just these answers."""
    for earlier in (path.parent.parent / storage.EARLIER_FOLDER / path.stem).glob("*.yaml"):
        found = parse_document(earlier.read_bytes(), earlier.name)
        held = found.data.get("answers") or {} if isinstance(found, Document) else {}
        if answers and all(_shorten(held.get(key)) == _shorten(one) for key, one in answers.items()):
            return True
    return False


def _order(data: Raw) -> Raw:
    """Put the marks of the questions last: they are for the program."""
    last = {key: data[key] for key in ("asked",) if data.get(key)}
    return {key: one for key, one in data.items() if key != "asked"} | last


def _shorten_all(data: Raw) -> Raw:
    return {key: _shorten(answer) for key, answer in data.get("answers", {}).items()}


def _shorten(answer: Any) -> Any:
    alone = storage.is_long_form(answer) and set(answer) == {"value"} and not storage.is_long_form(answer["value"])
    return answer["value"] if alone else answer
