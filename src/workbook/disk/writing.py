"""Files put in place whole or not at all, private to the user from their first moment.

What a killed writer left is known by its name, and that nobody writes it any more by its lock: no clock is asked.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from workbook.machine import claim, is_running, make_private

_TEMPORARY = re.compile(r"\..+-(\d+)-[0-9a-f]{8}")
_PLACES = ("parameters/*", "parameters/*/*", "parameters/*/earlier/*", "outputs/*", "outputs/*/*")


def write_atomically(path: Path, text: str) -> None:
    """Write a text so that a reader, or a crash, sees either the old one or the new one, whole."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> Path:
    """Write a file so that a reader, or a crash, sees either the old one or the new one, whole; return its path.

    Nobody but this user may read it, at any moment.
    """
    while not _write(path, content):
        pass
    return path


def _write(path: Path, content: bytes) -> bool:
    """Return whether it was written; False where another program took the new file for one that was left behind."""
    temporary = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}")
    # "EXCL": a file that was there before is never written into.
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with open(handle, "wb") as stream:  # noqa: PTH123 - a handle, not a path
            held = claim(handle, waits=True)
            if held and not temporary.exists():
                return False
            stream.write(content)
            stream.flush()
            os.fsync(handle)
            if held:  # and so until it has its name
                temporary.replace(path)
                return True
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def make_folder(folder: Path) -> Path:
    """Make a folder, and those above it that are missing, private to this user; return it."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
    return folder


def make_folders_private(folder: Path) -> None:
    """Let nobody else into an engagement's folder, whoever made it and however."""
    for one in (folder, *(inside for inside in folder.iterdir() if inside.is_dir() and not inside.is_symlink())):
        make_private(one)


def remove_temporary(folders: Iterable[Path]) -> None:
    """Remove what writers that were killed left in these folders; a file that somebody is writing stays."""
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:
            left = [entry.name for entry in entries if entry.name.startswith(".")]
            for name in left:
                if found := _TEMPORARY.fullmatch(name):
                    with suppress(OSError):
                        _remove_abandoned(folder / name, int(found[1]))


def list_written(project: Path) -> list[Path]:
    """Return the folders of a project into which commands write answers or what is made of them."""
    found = (path for place in _PLACES for path in project.glob(place))
    return [project / "parameters", project / "outputs", *(path for path in found if path.is_dir())]


def _remove_abandoned(path: Path, process: int) -> None:
    if path.is_symlink() or not path.is_file():
        return
    with path.open("rb") as stream:
        held = claim(stream.fileno(), waits=False)
        if held is True:
            path.unlink(missing_ok=True)
    if held is None and not is_running(process):
        path.unlink(missing_ok=True)
