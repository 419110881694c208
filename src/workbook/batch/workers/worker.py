"""The batch's view of a worker: a process, a line to it, and the job it holds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from workbook.batch.messages import Message, Progress, Task
from workbook.batch.processes.endings import kill_group

Hear = Callable[["Worker", "Message | None"], None]


class Line(Protocol):
    """What joins the batch and a worker."""

    def send(self, message: Any, /) -> None:
        """Send an object; raises OSError when nobody listens."""

    def recv(self) -> Any:
        """Wait for an object; raises EOFError or OSError at the line's end."""

    def close(self) -> None:
        """Close it."""


class Worker:
    """A process that carries out tasks, headed by nobody else's signals: it leads a session of its own.

    `hear` is called, in a thread of the worker's own, with each message, and with None once the process is gone.
    """

    def __init__(self, line: Line, *, pid: int, log: Path, hear: Hear) -> None:
        self.ready = False
        self.index: int | None = None  # of the job it holds
        self.doing = "before it began"
        self._since = time.monotonic()
        self._line = line
        self._pid = pid
        self._process: int | None = None  # that runs the notebook
        self._log = log
        self._hear = hear
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        try:
            while True:
                message = self._line.recv()
                if isinstance(message, Progress):
                    self._process = message.process
                self._hear(self, message)
        except (EOFError, OSError):
            self._hear(self, None)

    @property
    def seconds(self) -> float:
        """How long it has held its job or, where it has had none yet, has been there."""
        return time.monotonic() - self._since

    def send(self, message: Any) -> None:
        """Send something; that it has died is heard by listening."""
        with suppress(OSError):
            self._line.send(message)

    def give(self, index: int, task: Task) -> None:
        """Hand over a task."""
        self.index, self._since = index, time.monotonic()
        self.doing = "before it began"
        self.send(task)

    def kill(self) -> None:
        """End the process and the notebook's, and close the line."""
        kill_group(self._pid)
        self._listener.join(5)  # to the last word: it may just have told of the notebook's process
        kill_group(self._process)
        self._line.close()

    def last_words(self) -> str:
        """Return the last line the worker wrote before it died, which for a Python error says what it was."""
        lines = (
            self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if self._log.exists() else []
        )
        return lines[-1] if lines else "It left no message."
