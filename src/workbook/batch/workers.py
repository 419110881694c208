"""The batch's view of a worker: a process, a line to it, and the job it holds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from workbook.batch.environment import build_environment
from workbook.batch.messages import Message, Progress, Setup, Task
from workbook.batch.processes import kill_group


class Worker:
    """A process that carries out tasks, headed by nobody else's signals: it leads a session of its own."""

    def __init__(self, number: int, setup: Setup, *, folder: Path) -> None:
        self.ready = False
        self.index: int | None = None  # of the job it holds
        self.doing = "before it began"
        self._since = 0.0
        self._kernel: int | None = None
        self._log = folder / f"worker-{number}.log"
        ours, theirs = Pipe()
        self.connection: Connection[Any, Message] = ours
        with theirs, self._log.open("wb") as log:
            # Not multiprocessing.Process: that would run the caller's main module again in every worker.
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "workbook.batch.worker_process",
                    str(theirs.fileno()),
                ],
                stdin=subprocess.PIPE,  # the lifeline, see worker_process
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=(theirs.fileno(),),
                env=build_environment(os.environ, folder=folder / f"worker-{number}"),
                start_new_session=True,
            )
        with suppress(BrokenPipeError):  # it died at once; the batch hears that when it listens
            self.connection.send(sys.path)
            self.connection.send(setup)

    @property
    def seconds(self) -> float:
        """How long it has held its job."""
        return time.monotonic() - self._since

    def give(self, index: int, task: Task) -> None:
        """Hand over a task."""
        self.index, self._since = index, time.monotonic()
        self.note(Progress("before it began"))
        with suppress(BrokenPipeError):
            self.connection.send(task)

    def note(self, progress: Progress) -> None:
        """Remember what it is doing and with which kernel."""
        self.doing, self._kernel = progress.doing, progress.kernel

    def kill(self) -> None:
        """End the process and its kernel, and close the line."""
        self._process.kill()
        with suppress(EOFError, OSError):
            while self.connection.poll():  # it may just have told of its kernel
                message = self.connection.recv()
                if isinstance(message, Progress):
                    self.note(message)
        kill_group(self._process.pid)
        self._process.wait()
        kill_group(self._kernel)
        self.connection.close()
        if self._process.stdin:
            self._process.stdin.close()

    def last_words(self) -> str:
        """Return the last line the worker wrote before it died, which for a Python error says what it was."""
        lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "It left no message."
