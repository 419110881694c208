"""What the drive that answers lie on holds to: permissions, locks, names put in place whole. Some hold to less."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from workbook.disk.held import hold_folder
from workbook.machine import hold_file

PROBE = ".drive-"


def list_not_kept(folder: Path) -> tuple[str, ...]:
    """Return what does not hold in a folder, of `permissions`, `locks` and `renames`; raises OSError if it is full."""
    holds: dict[str, Callable[[Path], bool]] = {
        "permissions": _keeps_permissions,
        "locks": _keeps_locks,
        "renames": _keeps_renames,
    }
    with hold_folder(folder, PROBE) as place:
        return tuple(name for name, look in holds.items() if not look(place))


def _keeps_permissions(place: Path) -> bool:
    path = place / "permissions"
    path.write_bytes(b"1")
    path.chmod(0o644)
    path.chmod(0o600)
    # Windows keeps who may read a file elsewhere, and says 666 of all.
    return os.name == "nt" or path.stat().st_mode & 0o777 == 0o600


def _keeps_locks(place: Path) -> bool:
    try:
        with hold_file(place / "lock", seconds=1):
            if list(place.glob("lock-held")):
                return False  # a second file stood in for a lock
            with hold_file(place / "lock", seconds=0):
                return False
    except TimeoutError:
        return True


def _keeps_renames(place: Path) -> bool:
    old, new = place / "old", place / "new"
    old.write_bytes(b"old")
    new.write_bytes(b"new")
    new.replace(old)
    return old.read_bytes() == b"new" and not new.exists()
