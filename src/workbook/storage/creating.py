"""The first files of a new engagement: read as a whole before they are kept, never over others."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from workbook.content import read_template
from workbook.disk.held import NEW, hold_folder
from workbook.disk.writing import make_folder, write_atomically
from workbook.errors import NotFoundError
from workbook.storage.folders import FACTS_FILE, VOICES_FOLDER, find_project, refuse_archived, refuse_new_name
from workbook.storage.reading import read_engagement


def create_engagement(slug: str) -> Path:
    """Make `parameters/SLUG/engagement.yaml` from the template; raises NotFoundError rather than overwrite."""
    return create_from_files(slug, {FACTS_FILE: read_template().replace("SLUG", slug)}) / FACTS_FILE


def create_from_files(slug: str, files: Mapping[str, str]) -> Path:
    """Make `parameters/SLUG` of texts by their names in it; return the folder.

    Raises NotFoundError rather than overwrite, and InputError with every problem that the files would have: then
    nothing is made.
    """
    refuse_new_name(slug)
    folder = find_project() / "parameters" / slug
    refuse_archived(slug)
    path = folder / FACTS_FILE
    _refuse_existing(path)
    with hold_folder(folder.parent, NEW) as held:
        _write_all(held / slug, files)
        read_engagement(held / slug)
        if not folder.exists():
            with suppress(OSError):  # a drive that moves no folders
                # At once: a program that is killed half way has left no answers without an engagement.
                return (held / slug).rename(folder)
    _refuse_existing(path)  # another command may have made it meanwhile
    _write_all(folder, files)
    return folder


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise NotFoundError(f"{path} exists already and was not touched. Choose another name, or edit that file.")


def _write_all(folder: Path, files: Mapping[str, str]) -> None:
    """Write the facts last: a folder without them is no engagement yet."""
    make_folder(folder / VOICES_FOLDER)
    for name in sorted(files, key=lambda name: name == FACTS_FILE):
        write_atomically(folder / name, files[name])
