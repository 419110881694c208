"""`withdrawn.yaml`: who took their answers back, as keyed marks. It is read before any voice counts."""

from __future__ import annotations

import secrets
from pathlib import Path

from workbook.errors import InputError, Problem
from workbook.model.answers import Voice
from workbook.model.faults import list_faults
from workbook.model.withdrawn import Withdrawn
from workbook.storage.documents import read_file
from workbook.storage.schema import SCHEMA
from workbook.storage.writing import write_atomically
from workbook.yaml_writer import write_document

WITHDRAWN_FILE = "withdrawn.yaml"
_HEAD = """\
# Who took their answers back: no name, no answer, only a mark by which a file of theirs is known if it comes again.
# Keep this file. To let somebody take part again who asks for it, delete their line: the one you were told of.
"""


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
    if found and problems is None:
        raise InputError(found)
    (problems if problems is not None else []).extend(found)
    return Withdrawn.model_validate(document.data) if document and not found else None


def remember_withdrawn(folder: Path, *voices: Voice) -> None:
    """Write the marks of these people, so that no file of theirs comes back."""
    before = read_withdrawn(folder) or Withdrawn(key=secrets.token_hex(32))
    after = before.add(*voices)
    write_atomically(
        folder / WITHDRAWN_FILE,
        _HEAD + write_document({"schema": SCHEMA, "key": after.key, "marks": list(after.marks)}),
    )
