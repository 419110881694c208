"""Processes forked by a fork server, as `subprocess` and `jupyter_client` expect a process to behave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from workbook.batch.messages import Ended, Order
from workbook.batch.processes.forking import fork
from workbook.batch.ways.fork_server import serve


class ForkedProcess:
    """A process with the part of `subprocess.Popen` that is used; `returncode` is None while it runs."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, server: ForkServer) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._server = server

    def poll(self, timeout: float = 0.0) -> int | None:
        """Return its exit status if it has ended; one whose server is gone was killed with it."""
        if self.returncode is None:
            self.returncode = self._server.find_status(self.pid, timeout)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended; raises TimeoutExpired."""
        ends = time.monotonic() + (timeout if timeout is not None else 1e9)
        while (status := self.poll(max(0.0, ends - time.monotonic()))) is None:
            if time.monotonic() >= ends:
                raise subprocess.TimeoutExpired("notebook", timeout or 0.0)
        return status

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class ForkServer:
    """One end of the line to a fork server, and the exit statuses it has told."""

    def __init__(self, line: Connection[Order, Ended | int], pid: int) -> None:
        self.pid = pid
        self._line = line
        self._statuses: dict[int, int] = {}

    def start(self, order: Order) -> ForkedProcess:
        """Have an order carried out; a server that was killed is replaced by one started anew."""
        try:
            return self._place(order)
        except (OSError, EOFError):
            self._line.close()
            self._line, self.pid = _spawn_line()
            return self._place(order)

    def _place(self, order: Order) -> ForkedProcess:
        self._line.send(order)
        while not isinstance(answer := self._line.recv(), int):
            self._statuses[answer.pid] = answer.status
        return ForkedProcess(answer, self)

    def find_status(self, pid: int, timeout: float) -> int | None:
        """Return how a process ended, None if it still runs after so many seconds."""
        try:
            while pid not in self._statuses and self._line.poll(min(timeout, 1e6)):
                ended = self._line.recv()
                assert isinstance(ended, Ended)
                self._statuses[ended.pid] = ended.status
        except (OSError, EOFError):
            return self._statuses.get(pid, -signal.SIGKILL)
        return self._statuses.get(pid)


def fork_server(*, close: tuple[int, ...]) -> ForkServer:
    """Fork a server from this process, which must have imported what it needs and have seen no engagement yet."""
    ours, theirs = Pipe()
    with theirs:
        pid = fork(partial(serve, theirs), close=(ours.fileno(), *close), ends_with_parent=False)
    return ForkServer(ours, pid)


def _spawn_line() -> tuple[Connection[Order, Ended | int], int]:
    """Start a server anew, from a process that has seen engagements and so must not be forked."""
    ours, theirs = Pipe()
    with theirs:
        command = [
            sys.executable,
            "-P",
            "-m",
            "workbook.batch.ways.fork_server",
            str(theirs.fileno()),
            str(os.getpid()),
        ]
        started = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=(theirs.fileno(),))
    return ours, started.pid
