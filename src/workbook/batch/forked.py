"""Kernels forked by a process that is ready to: as `jupyter_client` expects a process to behave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from workbook.batch.messages import KernelEnded, KernelOrder

_POLL_SECONDS = 0.01


class ForkedKernel:
    """A kernel's process, with the part of `subprocess.Popen` that is used; `returncode` is None while it runs."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, parent: KernelParent) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._parent = parent

    def poll(self) -> int | None:
        """Return its exit status if it has ended; one whose parent is gone was killed with it."""
        if self.returncode is None:
            self.returncode = self._parent.find_status(self.pid)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended; raises TimeoutExpired."""
        ends = None if timeout is None else time.monotonic() + timeout
        while (status := self.poll()) is None:
            if ends is not None and time.monotonic() > ends:
                raise subprocess.TimeoutExpired("kernel", timeout or 0.0)
            time.sleep(_POLL_SECONDS)
        return status

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class KernelParent:
    """One end of the line to `kernel_parent`, and the exit statuses it has told."""

    def __init__(self) -> None:
        ours, theirs = Pipe()
        self._connection: Connection[KernelOrder, KernelEnded | int] = ours
        self._statuses: dict[int, int] = {}
        with theirs:
            command = [sys.executable, "-m", "workbook.batch.kernel_parent", str(theirs.fileno()), str(os.getpid())]
            subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=(theirs.fileno(),))

    def fork(self, order: KernelOrder) -> ForkedKernel:
        """Have a kernel started; raises OSError or EOFError where the parent has died."""
        self._connection.send(order)
        while not isinstance(answer := self._connection.recv(), int):
            self._statuses[answer.pid] = answer.status
        return ForkedKernel(answer, self)

    def find_status(self, pid: int) -> int | None:
        """Return how a kernel ended, None while it runs."""
        try:
            while self._connection.poll():
                ended = self._connection.recv()
                assert isinstance(ended, KernelEnded)
                self._statuses[ended.pid] = ended.status
        except (OSError, EOFError):
            return self._statuses.get(pid, -signal.SIGKILL)
        return self._statuses.get(pid)


_parents: list[KernelParent] = []


def prepare_parent() -> None:
    """Start the parent of kernels, so that it gets ready while other things do."""
    _parents[:] = [KernelParent()]


def fork_kernel(order: KernelOrder) -> ForkedKernel:
    """Start a kernel; the parent of kernels is started if there is none, and again if it died."""
    with suppress(OSError, EOFError, IndexError):
        return _parents[-1].fork(order)
    prepare_parent()
    return _parents[-1].fork(order)
