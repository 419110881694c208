"""What this machine can do, asked of it and not of its name.

`WORKBOOK_PLAIN=1` has the workbook do without all that not every machine has, as if it could do nothing of it.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
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
    # On macOS the system's own libraries forbid it.
    forbidden = is_plain() or sys.platform == "darwin"
    return not forbidden and all(hasattr(os, name) for name in ("fork", "setsid", "killpg", "posix_spawn"))


def count_processors() -> int:
    """Return how many processors this program may use: of a shared machine perhaps fewer than it has."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def can_replace_process() -> bool:
    """Whether a program can take this one's place and keep its process, as everywhere but on Windows."""
    return not is_plain() and os.name == "posix" and hasattr(os, "execve")


def can_hand_over_pipes() -> bool:
    """Whether a program can be started with pipes at numbers of our choice, as a browser that is led by one needs."""
    return not is_plain() and hasattr(os, "posix_spawn") and find_spec("fcntl") is not None


class NotAFileError(OSError):
    """What has a file's name is none: to read it could wait for ever, or do something."""


def read_plain(path: Path, most: int) -> bytes:
    """Return the first `most` bytes of a file; raises NotAFileError for a pipe or a device, without waiting for it."""
    # A pipe is opened without waiting for its other end, so that it can be told from a file.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotAFileError(errno.EINVAL, "a pipe or a device, not a file")
        return stream.read(most)


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
        _wait_for_stand_in(path, seconds=seconds)
    except TimeoutError:
        lock.release()
        raise
    except (NotImplementedError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in _NO_LOCKS:
            raise
        lock = SoftFileLock(_name_stand_in(path), timeout=seconds)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _wait_for_stand_in(path: Path, *, seconds: float) -> None:
    """Wait for a program that found no locks where this one did: it holds the second file; raises TimeoutError."""
    from filelock import SoftFileLock

    held = _name_stand_in(path)
    if held.exists():
        with SoftFileLock(held, timeout=seconds):
            return


def _name_stand_in(path: Path) -> Path:
    # A name of its own: the file of the lock that could not be had is there and would count as held.
    return path.with_name(f"{path.name}-held")


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
