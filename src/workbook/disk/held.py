"""Temporary folders that cannot outlive their owner for long: the next command removes what a killed one left."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workbook.errors import WorkbookError
from workbook.machine import hold_file, is_running

_LONGEST_SOCKET_FOLDER = 60  # a socket's path may have 103 bytes on macOS, 107 on Linux; the rest is ours
MAKING, BATCH, PRINTING, NEW, GONE = ".making-", "soil-and-seeds-", "soil-and-seeds-printing-", ".new-", ".gone-"
UNDER_WAY = ".under-way-"
_NEW, _LOCK = "new-", ".held-"
_LONGEST_WAIT = 10.0


@contextmanager
def hold_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Make a private folder (mode 0700) in `parent`, removed at the end; first remove those of dead owners."""
    remove_leftovers(parent, prefix)
    with take_folder(parent, prefix) as folder:
        try:
            yield folder
        finally:
            remove_folder(folder)


@contextmanager
def take_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Make a private folder (mode 0700) in `parent`, which is held until this ends and stays if nobody removes it.

    The owner holds a lock on a file beside it, which the system lets go when the owner dies, however it dies.
    The folder gets its final name only once locked, so that another batch never takes a new one for a leftover.
    """
    try:
        parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f"{prefix}{_NEW}{os.getpid()}-", dir=parent))
    except OSError as error:
        raise WorkbookError(
            f"Nothing can be written into {parent}: {error.strerror}. Allow it, or make room."
        ) from error
    folder = draft.with_name(draft.name.replace(_NEW, "", 1))
    held = _name_lock(folder)
    try:
        with hold_file(held, seconds=_LONGEST_WAIT):
            draft.rename(folder)
            yield folder
    finally:
        remove_folder(draft)
        if not folder.exists():
            held.unlink(missing_ok=True)


def remove_leftovers(parent: Path, prefix: str, end: Callable[[Path], None] | None = None) -> None:
    """Remove this user's folders in `parent` that begin with `prefix` and that no living process holds.

    `end` is called with each before; what it cannot end stays for another time (OSError).
    """
    for folder in parent.glob(f"{prefix}*"):
        if folder.is_symlink() or _may_be_taking_lock(folder, prefix):
            continue
        with suppress(OSError):  # another user's, or another batch was quicker, or holds it
            if _is_ours(folder):
                with hold_file(_name_lock(folder), seconds=0):
                    if end:
                        end(folder)
                remove_held(folder)
    for lock in parent.glob(f"{_LOCK}{prefix.lstrip('.')}*"):
        folder = lock.with_name(lock.name.replace(_LOCK, "." if prefix.startswith(".") else "", 1))
        with suppress(OSError):  # of a folder that went with its batch
            # In this order: its owner makes the draft, takes the lock, then renames the draft. Looked for the other way
            # round, both could be missed, and a lock that is gone from under a living batch gives its folder away.
            gone = not _name_draft(folder, prefix).exists() and not folder.exists()
            if gone and _is_ours(lock) and _is_abandoned(folder):
                lock.unlink(missing_ok=True)


def _may_be_taking_lock(folder: Path, prefix: str) -> bool:
    """Whether a folder is a draft whose owner runs, who is about to hold it."""
    draft = re.fullmatch(rf"{re.escape(prefix + _NEW)}(\d+)-.*", folder.name)
    return is_running(int(draft[1])) if draft else folder.name.startswith(prefix + _NEW)


def remove_held(folder: Path) -> None:
    """Remove a folder and the file that was locked for it, once whoever held it is gone."""
    remove_folder(folder)
    with suppress(OSError):
        _name_lock(folder).unlink(missing_ok=True)


def _name_lock(folder: Path) -> Path:
    """Return the file that is locked for a folder: beside it, as no system moves a folder in which one is open."""
    return folder.with_name(f"{_LOCK}{folder.name.lstrip('.')}")


def _name_draft(folder: Path, prefix: str) -> Path:
    """Return what a folder is called until its owner has the lock."""
    return folder.with_name(f"{prefix}{_NEW}{folder.name.removeprefix(prefix)}")


def _is_ours(folder: Path) -> bool:
    """Whether this user made the folder; where a system tells no users apart, everything in reach is theirs."""
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()


def _is_abandoned(folder: Path) -> bool:
    try:
        with hold_file(_name_lock(folder), seconds=0):
            return True
    except TimeoutError:
        return False


def remove_folder(folder: Path) -> None:
    """Remove a folder with everything in it; one that is gone already is no error."""
    shutil.rmtree(folder, ignore_errors=True)


def remove_at_once(folder: Path, parent: Path) -> None:
    """Remove a folder by moving it out of sight, into `parent`: the next command ends what is stopped half way.

    Raises OSError where the system refuses.
    """
    gone = parent / f"{GONE}{secrets.token_hex(4)}"
    folder.rename(gone)
    remove_folder(gone)
    if gone.exists():  # something in it cannot be removed, and it stays where it was
        gone.rename(folder)
        shutil.rmtree(folder)


def find_short_folder() -> Path:
    """Return the system's temporary folder, or /tmp where that one's path is too long for a socket."""
    usual = Path(tempfile.gettempdir())
    return usual if len(os.fsencode(usual)) <= _LONGEST_SOCKET_FOLDER else Path("/tmp")  # noqa: S108 - only mkdtemp writes there
