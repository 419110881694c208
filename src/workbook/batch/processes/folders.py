"""Temporary folders that cannot outlive their owner for long: the next batch removes what a killed one left."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workbook.errors import WorkbookError

_LONGEST_SOCKET_FOLDER = 60  # a socket's path may have 103 bytes on macOS, 107 on Linux; the rest is ours
_NEW = "new-"


@contextmanager
def hold_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Make a private folder (mode 0700) in `parent`, removed at the end; first remove those of dead owners.

    The owner holds a lock on the folder, which the system lets go when the owner dies, however it dies.
    The folder gets its final name only once locked, so that another batch never takes a new one for a leftover.
    """
    try:
        parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=prefix + _NEW, dir=parent))
    except OSError as error:
        raise WorkbookError(
            f"Nothing can be written into {parent}: {error.strerror}. Allow it, or make room."
        ) from error
    remove_leftovers(parent, prefix)
    folder = draft.with_name(draft.name.replace(_NEW, "", 1))
    lock = os.open(draft, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        draft.rename(folder)
        yield folder
    finally:
        remove_folder(draft)
        remove_folder(folder)
        os.close(lock)


def remove_leftovers(parent: Path, prefix: str) -> None:
    """Remove this user's folders in `parent` that begin with `prefix` and that no living process holds."""
    for folder in parent.glob(f"{prefix}*"):
        if folder.name.startswith(prefix + _NEW) or folder.is_symlink():
            continue
        with suppress(OSError):  # another user's, or another batch was quicker
            if folder.stat().st_uid == os.getuid() and _is_abandoned(folder):
                remove_folder(folder)


def _is_abandoned(folder: Path) -> bool:
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(lock)
    return True


def remove_folder(folder: Path) -> None:
    """Remove a folder with everything in it; one that is gone already is no error."""
    shutil.rmtree(folder, ignore_errors=True)


def find_short_folder() -> Path:
    """Return the system's temporary folder, or /tmp where that one's path is too long for a socket."""
    usual = Path(tempfile.gettempdir())
    return usual if len(os.fsencode(usual)) <= _LONGEST_SOCKET_FOLDER else Path("/tmp")  # noqa: S108 - only mkdtemp writes there
