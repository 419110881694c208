"""Forking, where the system can: a process that begins with what its parent had imported, and ends with it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from workbook.batch.processes.endings import end_with_parent

_TASKS = Path("/proc/self/task")  # every thread of this process, those of libraries in C too; Linux has it


def fork(target: Callable[[], None], *, close: Iterable[int] = (), ends_with_parent: bool = True) -> int:
    """Run `target` in a process that heads a session of its own, and return its id.

    `close` names descriptors that are the parent's alone. Raises RuntimeError in a process with threads, whose locks
    a fork would carry over in any state.
    """
    if _count_threads() > 1:
        raise RuntimeError("a process with threads cannot be forked")
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        _become_own(close)
        if ends_with_parent:
            end_with_parent(parent)
        target()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - nothing may come back into the parent's loop
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(Exception):
                stream.flush()
        os._exit(status)


def _count_threads() -> int:
    """Return how many threads this process has; a ZeroMQ context has some that Python knows nothing of."""
    try:
        return len(list(_TASKS.iterdir()))
    except OSError:
        return threading.active_count()


def _become_own(close: Iterable[int]) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    for handle in close:
        os.close(handle)
