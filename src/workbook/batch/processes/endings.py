"""Ending processes: a group at once, and a child when its parent is gone."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress

_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG in <linux/prctl.h>


def kill_group(leader: int | None) -> None:
    """Kill the process group that `leader` heads, whether or not the leader itself still lives.

    Where a system has no groups, the leader alone is ended; a kernel it started sees that and ends too.
    """
    if leader is None or leader <= 1:
        return
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(leader, signal.SIGKILL)
        else:
            os.kill(leader, getattr(signal, "SIGKILL", signal.SIGTERM))


def end_with_parent(parent: int) -> None:
    """Have the system kill this process when the process `parent` dies (Linux; elsewhere nothing happens).

    Unlike a thread that polls, this also ends a process stuck in code that never gives a thread its turn.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if parent and os.getppid() != parent:  # it died before the request was in place
        os._exit(1)
