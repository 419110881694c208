"""What this machine can do, asked of it and not of its name.

`WORKBOOK_PLAIN=1` has the workbook do without all that not every machine has, as if it could do nothing of it.
"""

from __future__ import annotations

import errno
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

PLAIN = "WORKBOOK_PLAIN"
_NO_LOCKS = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP})


def is_plain() -> bool:
    """Whether only what every machine can do shall be used."""
    return os.environ.get(PLAIN, "") not in ("", "0")


def can_fork() -> bool:
    """Whether a process can be split in two, with groups of processes and a call for a parent's death."""
    return not is_plain() and all(hasattr(os, name) for name in ("fork", "setsid", "killpg", "posix_spawn"))


def can_replace_process() -> bool:
    """Whether a program can take this one's place and keep its process, as everywhere but on Windows."""
    return not is_plain() and os.name == "posix" and hasattr(os, "execve")


def can_hand_over_pipes() -> bool:
    """Whether a program can be started with pipes at numbers of our choice, as a browser that is led by one needs."""
    return not is_plain() and hasattr(os, "posix_spawn") and find_spec("fcntl") is not None


def flush_folder(folder: Path) -> bool:
    """See a folder's list of names onto the disk where folders can be opened; return whether it was.

    Windows opens no folder, and some drives flush none: there the file itself is on the disk, and its new name comes
    when the system writes it.
    """
    if is_plain() or not hasattr(os, "O_DIRECTORY"):
        return False
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        return True
    return False


@contextmanager
def hold_file(path: Path, *, seconds: float) -> Iterator[None]:
    """Hold a lock that every program of the workbook takes; raises TimeoutError where it stays taken.

    Where machine or drive has no locks, as some synchronised folders, a second file stands for the lock while it is
    held; one that a program left behind when it was killed is taken away by filelock.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that there are no locks, where we have another way
        from filelock import FileLock, SoftFileLock

    lock: FileLock | SoftFileLock = FileLock(path, timeout=seconds)
    try:
        if isinstance(lock, SoftFileLock):
            raise NotImplementedError
        lock.acquire()
    except (NotImplementedError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in _NO_LOCKS:
            raise
        # A name of its own: the file of the lock that could not be had is there and would count as held.
        lock = SoftFileLock(path.with_name(f"{path.name}-held"), timeout=seconds)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def make_private(path: Path) -> None:
    """Let nobody but this user into a folder or file; a drive that keeps no permissions is no reason to refuse."""
    with suppress(OSError, NotImplementedError):
        found = path.stat()
        if found.st_mode & 0o077:
            path.chmod(found.st_mode & 0o700)


def claim(handle: int, *, waits: bool) -> bool | None:
    """Lock an open file until it is closed; return False where somebody else has it, None where nothing can tell.

    The system lets go of it when its owner dies, whatever the clock says.
    """
    if is_plain():
        return None
    try:
        import fcntl
    except ImportError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def is_running(process: int) -> bool:
    """Whether a process of this number runs on this machine, as far as can be told without touching it."""
    if os.name != "posix":
        return True  # where there is no safe way to ask; an open file cannot be removed there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
