"""Files that may hold answers and lie where nothing reads them: said, so that nobody takes them for heard."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from workbook.model.slips.hints import Hint
from workbook.storage.folders import (
    AGREED_FILE,
    EARLIER_FOLDER,
    FACTS_FILE,
    SET_ASIDE,
    SURVEYS_FOLDER,
    VOICES_FOLDER,
    is_passed_over,
    name_file,
    propose_name,
)
from workbook.storage.releases import RELEASES_FILE
from workbook.storage.withdrawn import WITHDRAWN_FILE

_OWN_FILES = (FACTS_FILE, AGREED_FILE, RELEASES_FILE, WITHDRAWN_FILE)
_OWN_FOLDERS = (VOICES_FOLDER, SURVEYS_FOLDER, EARLIER_FOLDER, SET_ASIDE)
_SENT = (".json", ".txt", ".xlsx", ".ods", ".xls", ".csv")
_BY_HAND = (".yaml", ".yml")


def list_beside(folder: Path) -> Iterator[Hint]:
    """Yield what lies in an engagement's folder under a name that is not read, where it may hold answers."""
    for path in sorted(folder.iterdir()):
        if is_passed_over(path) or path.is_symlink() or path.name in (*_OWN_FILES, *_OWN_FOLDERS):
            continue
        if path.is_dir() or path.suffix.lower() in (".json", *_BY_HAND):
            near = _find_near(path)
            # Where capitals make no difference it is read under the other spelling.
            if not near or not _is_same(path, folder / near):
                yield Hint(name_file(path), "file name", f"this is not read: {_say_what_for(path, near)}")


def say_name(path: Path) -> str:
    """Return what to do with a file among the voices that has no name of a voice."""
    if path.suffix.lower() in _SENT and ".yaml" not in path.name.lower():
        return f"move it elsewhere, then type workbook collect {path.parent.parent.name} {shlex.quote(path.name)}"
    stem = path.name.lower().partition(".yaml")[0] if ".yaml" in path.name.lower() else path.stem
    return f"rename it, for example {propose_name(stem) or 'grants-manager'}.yaml"


def _say_what_for(path: Path, near: str) -> str:
    if near:
        return f"should it be called {near}?"
    if path.suffix.lower() == ".json" and path.is_file():
        return f"if answers are in it, type workbook collect {path.parent.name} {shlex.quote(str(path))}"
    return f"if it holds answers of one person, put it into {VOICES_FOLDER}/"


def _find_near(path: Path) -> str:
    names = _OWN_FOLDERS if path.is_dir() else _OWN_FILES
    return next(iter(get_close_matches(path.name.lower(), names, n=1, cutoff=0.8)), "")


def _is_same(path: Path, other: Path) -> bool:
    return other.exists() and path.samefile(other)
