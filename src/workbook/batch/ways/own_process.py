"""A process for each notebook that runs it itself: forked ready where the system can, started anew elsewhere."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from nbformat import NotebookNode

from workbook.batch.engine.child import REFUSED, read_doing, read_outcome
from workbook.batch.messages import PageOrder, Result
from workbook.batch.pages.failures import explain_death, explain_full, explain_timeout
from workbook.batch.pages.making import Run
from workbook.batch.processes.endings import kill_group
from workbook.batch.ways.forked_process import ForkServer

_GRACE_SECONDS = 1.0  # from a notebook's interrupt to its end


class Process(Protocol):
    """What is asked of the process that runs a notebook."""

    pid: int

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended; raises TimeoutExpired."""

    def send_signal(self, number: int, /) -> None:
        """Send it a signal."""

    def kill(self) -> None:
        """Kill it."""


class OwnProcess:
    """The way: give the order to a new process, wait, read what it left."""

    def __init__(self, start: Callable[[PageOrder], Process]) -> None:
        self._start = start

    def run(self, run: Run) -> NotebookNode | Result:
        """Return the executed notebook, or the result that says why there is none."""
        try:
            process = self._start(_make_order(run))
        except (OSError, EOFError):
            return explain_death("before the notebook began")
        run.begin(process.pid)
        try:
            return _wait(process, run)
        finally:
            _end(process)


def _make_order(run: Run) -> PageOrder:
    job = run.job
    parameters = {"engagement": job.slug, "edition": job.edition}
    return PageOrder(str(job.notebook), parameters, run.build_environment(), str(run.snapshots), str(run.folder))


def _wait(process: Process, run: Run) -> NotebookNode | Result:
    try:
        status = process.wait(run.seconds_left())
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_SECONDS)
        return explain_timeout(run.seconds, read_doing(run.folder))
    if status == REFUSED:
        return explain_full(run.folder)
    outcome = None if status else read_outcome(run.folder)  # one that was killed may have left half of it
    return explain_death(read_doing(run.folder)) if outcome is None else outcome


def _end(process: Process) -> None:
    """Kill it and whatever it has started."""
    kill_group(process.pid)
    process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)


def use_forks(server: ForkServer) -> OwnProcess:
    """Return the way that forks."""
    return OwnProcess(server.start)


def use_spawns() -> OwnProcess:
    """Return the way that starts a Python for each notebook: slow, and the same on every system."""
    return OwnProcess(_spawn)


def _spawn(order: PageOrder) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "workbook.batch.ways.spawned", str(os.getpid())],
        stdin=subprocess.PIPE,  # its lifeline too: see spawned.py
        env=dict(order.environment),
        start_new_session=True,
    )
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # it died at once; the wait for it tells
        pickle.dump((sys.path, order), process.stdin)
        process.stdin.flush()
    return process
