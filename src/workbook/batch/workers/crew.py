"""Where a batch's workers come from."""

from __future__ import annotations

import os
import subprocess
import sys
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from workbook.batch.messages import Hire, Setup, WayName
from workbook.batch.processes.descriptors import give_descriptor
from workbook.batch.processes.endings import kill_group
from workbook.batch.processes.environment import build_environment
from workbook.batch.workers.line import PipeLine
from workbook.batch.workers.worker import Hear, Line, Worker
from workbook.errors import WorkbookError
from workbook.machine import PLAIN, can_fork


def choose_way(*, kernel: bool = False) -> WayName:
    """Return the way for this machine; `WORKBOOK_PLAIN=1` chooses the one that works everywhere.

    Raises WorkbookError where a kernel is asked for that cannot be had.
    """
    if not can_fork():
        if kernel:
            raise WorkbookError(f"--kernel needs a system that can fork a process, and {PLAIN} not set. Leave it out.")
        return "spawned"
    return "kernel" if kernel else "forked"


class Crew:
    """Hires workers of the kind that the setup's way needs; nothing of them is left once it is closed."""

    def __init__(self, setup: Setup, *, folder: Path, hear: Hear, longest: float = 120) -> None:
        self._setup = setup
        self._longest = longest
        self._folder = folder
        self._hear = hear
        self._hired = 0
        self._nursery: _Nursery | None = None
        settings = folder / "worker"
        settings.mkdir(mode=0o700)  # IPython makes a folder elsewhere, and leaves it, where its own place is not there
        self._environment = build_environment({**os.environ, **setup.environment}, folder=settings)

    def begin(self) -> None:
        """Begin with what the first hire would have to wait for."""
        if self._setup.way != "spawned" and (self._nursery is None or not self._nursery.lives()):
            self._nursery = _Nursery(self._environment, self._setup.folders, log=self._name_log())

    def hire(self) -> Worker:
        """Start a worker."""
        self.begin()
        log = self._name_log()
        self._hired += 1
        line, pid = self._spawn(log) if self._setup.way == "spawned" else self._fork(log)
        worker = Worker(line, pid=pid, log=log, hear=self._hear)
        worker.send(sys.path)
        worker.send(self._setup)
        return worker

    def _name_log(self) -> Path:
        """Return where the words of the next worker go, and of a nursery that is started for it."""
        return self._folder / f"worker-{self._hired}.log"

    def close(self) -> None:
        """End the nursery, where there is one."""
        if self._nursery:
            self._nursery.close()

    def _fork(self, log: Path) -> tuple[Line, int]:
        assert self._nursery
        return self._nursery.hire(log, seconds=self._longest)

    def _spawn(self, log: Path) -> tuple[Line, int]:
        command = [sys.executable, "-P", "-m", "workbook.batch.workers.process", str(os.getpid())]
        with log.open("wb") as words:
            started = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
                env=self._environment,
                start_new_session=True,
            )
        assert started.stdin
        assert started.stdout
        return _SpawnedLine(started), started.pid


class _SpawnedLine(PipeLine):
    """The line to a process that was started anew, which is reaped when the line is closed."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin
        assert process.stdout
        super().__init__(process.stdout, process.stdin)  # type: ignore[arg-type]
        self._started = process

    def close(self) -> None:
        super().close()
        self._started.kill()
        self._started.wait()
        self._reader.close()


class _Nursery:
    """The process from which workers are forked, and the line to it."""

    def __init__(self, environment: dict[str, str], folders: tuple[Path, ...], *, log: Path) -> None:
        ours, theirs = Pipe()
        self._line: Connection[Any, int] = ours
        with theirs, log.open("ab") as words:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "workbook.batch.workers.nursery", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                pass_fds=(theirs.fileno(),),
                env=environment,
                start_new_session=True,
            )
        self._line.send(folders)

    def lives(self) -> bool:
        """Say whether it still runs."""
        return self._process.poll() is None

    def hire(self, log: Path, *, seconds: float) -> tuple[Line, int]:
        """Have a worker forked; where the nursery died or stands still, a line that has ended already."""
        ours, theirs = Pipe()
        with theirs:
            try:
                self._line.send(Hire(str(log)))
                give_descriptor(self._line, theirs.fileno())
                if self._line.poll(seconds):
                    return ours, self._line.recv()
                self._process.kill()
                raise EOFError
            except (EOFError, OSError):
                self._process.wait()
                return ours, 0

    def close(self) -> None:
        """End it."""
        self._line.close()
        self._process.kill()
        self._process.wait()
        kill_group(self._process.pid)
