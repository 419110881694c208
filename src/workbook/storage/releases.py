"""`releases.yaml`: what went out of an engagement, as counts and keyed fingerprints. The next page is held to it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

from workbook.disk.writing import write_atomically
from workbook.errors import InputError, Problem
from workbook.model.answers import Voice
from workbook.model.editions.releases import NOTHING_RELEASED, Level, Releases
from workbook.model.faults import list_faults
from workbook.storage.documents import read_file
from workbook.storage.schema import SCHEMA
from workbook.yaml_writer import write_document

RELEASES_FILE = "releases.yaml"
_HEAD = """\
# What went out of this engagement: no name, no answer, only counts and fingerprints. workbook batch --release and
# workbook pack write it. Keep it: pages made without it could be set beside those sent before, to tell who said what.
"""
_PUT_BACK = (
    "put the file back as it was, from a backup: pages made without this record could be set beside those sent before, "
    "to tell who said what"
)


def read_releases(folder: Path) -> Releases:
    """Return what went out of an engagement; raises InputError where it cannot be read: nothing goes out then."""
    path = folder / RELEASES_FILE
    if not path.exists() and not path.is_symlink():
        return NOTHING_RELEASED
    problems: list[Problem] = []
    document = read_file(path, problems)
    problems += list_faults(Releases, document) if document else []
    if problems or document is None:
        raise InputError(replace(one, remedy=_PUT_BACK) for one in problems)
    return Releases.model_validate(document.data)


def write_releases(folder: Path, releases: Releases) -> None:
    """Write what went out of an engagement, whole or not at all."""
    data = releases.model_dump(mode="json")
    write_atomically(folder / RELEASES_FILE, _HEAD + write_document({"schema": SCHEMA, **data}))


def forget_released(folder: Path, *voices: Voice) -> None:
    """Take the marks of these people out of the record; how often each value stood in a total stays."""
    _write_changed(folder, before := read_releases(folder), before.forget(*voices))


def forget_last(folder: Path, *voices: Voice) -> None:
    """Take the marks of these people of the last round out of the record of the round after it."""
    _write_changed(folder, before := read_releases(folder), before.forget_last(*voices))


def keep_level(folder: Path, *voices: Voice, level: Level) -> None:
    """Let the record know that these people were shown by name or by role before, where it does not know them."""
    before = read_releases(folder)
    keyed = before if before.key else Releases(key=secrets.token_hex(32))
    _write_changed(folder, before, keyed.keep_level(*voices, level=level))


def _write_changed(folder: Path, before: Releases, after: Releases) -> None:
    if after != before:
        write_releases(folder, after)
