"""Where a form is put: whole or not at all, and never over what a person would miss."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from workbook import storage
from workbook.errors import InputError, Problem

# What every form names: the kind of file that comes back.
KIND = "soil-and-seeds-answers"
_ELSEWHERE = "choose another name with --output, or move that file away"


def choose_output(
    slug: str, name: str, output: Path | None, *, says_why_not: Callable[[Path], str] = lambda _path: ""
) -> Path:
    """Return where a form called `name` goes; raises InputError where it would take another file's place.

    `says_why_not` looks into a form of ours that stands there, and says what would be lost with it.
    """
    path = output or storage.find_outputs(slug) / name
    ending = Path(name).suffix
    if path.suffix.lower() != ending:
        shown = path.with_suffix(ending).name if path.name else name
        raise InputError([Problem(str(path), "", f"a name that ends in {ending}", f"type, say, {shown}")])
    if path.exists():
        why = f"{_ELSEWHERE} (no form stands there)" if not _is_form(path) else says_why_not(path)
        if why:
            raise InputError([Problem(str(path), "", "no file that a form would take the place of", why)])
    storage.make_folder(path.parent)
    return path


def _is_form(path: Path) -> bool:
    """Whether a file is a form of ours, of this or another engagement."""
    with suppress(OSError, zipfile.BadZipFile):
        if not zipfile.is_zipfile(path):
            return KIND.encode() in path.read_bytes()
        with zipfile.ZipFile(path) as packed:
            return any(KIND.encode() in packed.read(one) for one in packed.namelist())
    return False
