"""`withdrawn.yaml`: who took their answers back, as keyed marks. It is read before any voice counts."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from pathlib import Path

from workbook.disk.writing import make_folder, write_atomically
from workbook.errors import InputError, Problem, WorkbookError
from workbook.machine import hold_file
from workbook.model.answers import Voice
from workbook.model.faults import list_faults
from workbook.model.withdrawn import Withdrawn
from workbook.places import find_settings
from workbook.storage.documents import read_file
from workbook.storage.schema import SCHEMA
from workbook.yaml_writer import write_document

WITHDRAWN_FILE = "withdrawn.yaml"
_KEPT_AS = "withdrawn.secret"
_HEAD = """\
# Who took their answers back: no name, no answer, only a mark by which a file of theirs is known if it comes again.
# Keep this file. To let somebody take part again who asks for it, delete their line: the one you were told of.
"""
_PUT_BACK = (
    "put the file back as it was, from a backup: without it, answers that somebody took back could come in again"
)


def read_withdrawn(folder: Path, problems: list[Problem] | None = None) -> Withdrawn | None:
    """Return who took their answers back, None where nobody did.

    A file that cannot be read stops everything, for without it nobody's answers could be let in: it adds to `problems`,
    and raises InputError where none are given.
    """
    path = folder / WITHDRAWN_FILE
    if not path.exists() and not path.is_symlink():
        return None
    found: list[Problem] = []
    document = read_file(path, found)
    found += list_faults(Withdrawn, document) if document else []
    found = [replace(one, remedy=_PUT_BACK) for one in found]
    if found and problems is None:
        raise InputError(found)
    (problems if problems is not None else []).extend(found)
    return Withdrawn.model_validate(document.data) if document and not found else None


def remember_withdrawn(folder: Path, *voices: Voice) -> None:
    """Write the marks of these people, so that no file of theirs comes back."""
    before = read_withdrawn(folder) or Withdrawn(key=secrets.token_hex(32))
    after = before.add(*voices, secret=make_secret() if any(not one.respondent for one in voices) else "")
    data = {name: value for name, value in after.model_dump(mode="json").items() if value}
    write_atomically(folder / WITHDRAWN_FILE, _HEAD + write_document({"schema": SCHEMA, **data}))


def read_secret() -> str:
    """Return this user's secret, by which people without a random id are known again; empty where there is none yet.

    It lies in the user's own folder for settings, so that whoever has an engagement cannot try out names.
    """
    try:
        found = (find_settings() / _KEPT_AS).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
    return found if re.fullmatch(r"[0-9a-f]{64}", found) else ""


def make_secret() -> str:
    """Return this user's secret, made where there is none; raises WorkbookError where it cannot be kept."""
    path = find_settings() / _KEPT_AS
    try:
        make_folder(path.parent)
        with hold_file(path.with_suffix(".lock"), seconds=10):
            if not read_secret():
                write_atomically(path, secrets.token_hex(32) + "\n")
            return read_secret()
    except (OSError, TimeoutError) as error:
        raise WorkbookError(
            f"Nothing was touched: {path} cannot be written ({error}). Allow it, then go on."
        ) from error
