"""Which notebooks run: those that ship, and those that this user has approved, each known by the sources of its cells.

What is approved is kept in the user's own folder for settings, never in a project: an engagement, a project or a
notebook that a stranger sends can say nothing of itself that is believed.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from workbook.errors import InputError, Problem, WorkbookError
from workbook.machine import hold_file, make_private
from workbook.places import find_settings, find_shipped
from workbook.storage import make_folder, write_atomically

FILE = "approved.json"
LARGEST = 50_000_000
_STORED = "nbval-check-output"  # says what a stored output is for, and changes with what a notebook shows


def is_trusted(path: Path) -> bool:
    """Whether a notebook runs without being asked about: what it showed when it was stored does not count.

    In the workbook's own source the notebooks beside it ship: who runs that source trusts it.
    """
    own = find_shipped() / "notebooks"
    if path.is_symlink():
        return False
    if path.resolve().parent == own.resolve():
        return True
    mark = fingerprint(read_notebook(path))
    return mark in _read_shipped(own) or mark in read_approved()


def approve(*paths: Path) -> None:
    """Let notebooks, as they are now, run for this user."""
    approve_marks(fingerprint(read_notebook(path)) for path in paths)


def approve_marks(marks: Iterable[str]) -> None:
    """Let notebooks with these fingerprints run for this user."""
    path = make_folder(find_settings()) / FILE
    make_private(path.parent)
    with hold_file(path.with_suffix(".lock"), seconds=10):
        known = sorted({*read_approved(), *marks})
        write_atomically(path, json.dumps({"approved": known}, indent=1) + "\n")


def approve_shipped() -> None:
    """Let the notebooks that ship now run for this user, also when other ones ship one day."""
    approve_marks(_read_shipped(find_shipped() / "notebooks"))


def read_approved() -> frozenset[str]:
    """Return the fingerprints of what this user has approved; nothing where the file is damaged or others may write it.

    Raises nothing: a notebook that is not known is not run, and what to type is said.
    """
    path = find_settings() / FILE
    try:
        if path.is_symlink() or (os.name == "posix" and path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
            return frozenset()
        found = json.loads(path.read_text(encoding="utf-8"))["approved"]
        return frozenset(one for one in found if isinstance(one, str))
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def read_notebook(path: Path) -> dict[str, Any]:
    """Return a notebook; raises InputError where the file is none."""
    try:
        if not path.is_file():
            raise ValueError("there is no such file")
        if path.stat().st_size > LARGEST:
            raise ValueError("it is too large")
        found = _read_json(path)
        fingerprint(found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(
            [Problem(path.name or str(path), "", "a Jupyter notebook", f"look at the path ({said})")]
        ) from None
    return dict(found)


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError("it is something else") from error


def fingerprint(notebook: Mapping[str, Any]) -> str:
    """Return a name for what a notebook does: its cells' kinds, sources and tags, and not what they showed."""
    cells = [
        [
            cell["cell_type"],
            "".join(cell["source"]),
            sorted(tag for tag in cell.get("metadata", {}).get("tags", []) if tag != _STORED),
        ]
        for cell in notebook["cells"]
    ]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def explain(path: Path, shown: str) -> str:
    """Say why a notebook was not run, and what to type; `shown` is its path as one types it."""
    return (
        f"{path.name} is not one of the notebooks that ship with this workbook, and you have not approved it as it is "
        "now, so it was not run: its code could do on this machine whatever you may.\n"
        f"If it is yours, or you have read its code, type: workbook trust {shown}"
    )


@cache
def _read_shipped(folder: Path) -> frozenset[str]:
    found = frozenset(fingerprint(read_notebook(path)) for path in folder.glob("*.ipynb"))
    if not found:
        raise WorkbookError(f"The notebooks that ship are missing in {folder}. Install the workbook again.")
    return found
