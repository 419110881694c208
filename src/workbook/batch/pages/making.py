"""One task from beginning to end, inside a worker: snapshot, notebook, page."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import nbformat
from nbformat import NotebookNode

from workbook.batch.messages import Progress, Result, Setup, Task
from workbook.batch.pages.conversion import convert
from workbook.batch.pages.failures import explain_unprepared, say
from workbook.batch.pages.staging import EXECUTED, PAGE, write_whole
from workbook.batch.processes.environment import build_environment
from workbook.digests import digest_folder
from workbook.disk.held import remove_folder
from workbook.errors import WorkbookError, explain_refusal

Tell = Callable[[Progress], None]


class Run:
    """A notebook that is being run: what it is run on, where, until when, and who is told of it."""

    def __init__(self, task: Task, tell: Tell) -> None:
        self.job = task.job
        self.folder = task.folder
        self.snapshots = task.folder / "snapshots"
        self.seconds = task.seconds
        self.ends = time.monotonic() + task.seconds
        self.process: int | None = None
        self._tell = tell

    def begin(self, process: int) -> None:
        """Note the process that runs the notebook."""
        self.process = process
        self.note("while the notebook was begun")

    def note(self, doing: str) -> None:
        """Tell what is being done, in words that end a sentence."""
        self._tell(Progress(doing, self.process))

    def seconds_left(self) -> float:
        """Return how much time the notebook still has."""
        return max(0.0, self.ends - time.monotonic())

    def build_environment(self) -> dict[str, str]:
        """Return the environment in which the notebook sees its snapshots and nothing of the user's settings."""
        return build_environment(os.environ, folder=self.folder) | {"WORKBOOK_SNAPSHOTS": str(self.snapshots)}


class Way(Protocol):
    """A way to run a notebook in a process of its own, which is gone afterwards with all that it started."""

    def run(self, run: Run) -> NotebookNode | Result:
        """Return the executed notebook, or the result that says why there is none."""


def carry_out(task: Task, setup: Setup, way: Way, tell: Tell) -> Result:
    """Leave the executed notebook and the page in the task's staging folder, or say why that cannot be."""
    try:
        return _carry_out(task, setup, way, tell)
    finally:
        remove_folder(task.folder)


def _carry_out(task: Task, setup: Setup, way: Way, tell: Tell) -> Result:
    run = Run(task, tell)
    run.note("while the engagement's files were read")
    try:
        run.snapshots.mkdir(parents=True, mode=0o700)
        setup.prepare(task.job, run.snapshots)
    except (WorkbookError, OSError) as error:
        return explain_unprepared(error)
    shown = digest_folder(run.snapshots)
    if shown == task.job.shown:
        return Result("unchanged", shown=shown)
    executed = way.run(run)
    if isinstance(executed, Result):
        return executed
    run.note("while the page was written")
    try:
        page = convert(executed, setup.exporter, name=task.job.report)
    except Exception as error:  # noqa: BLE001 - whatever an exporter raises, this page is not made and the next may be
        return Result("page failed", f"The notebook ran, but no page could be made of it. {say(error)}")
    return replace(_write(task.staging, executed, page), shown=shown)


def _write(staging: Path, executed: NotebookNode, page: str) -> Result:
    try:
        staging.mkdir(parents=True)
        write_whole(staging / EXECUTED, nbformat.v4.writes(executed) + "\n")  # type: ignore[no-untyped-call]
        write_whole(staging / PAGE, page)
    except OSError as error:
        return Result("page failed", f"The notebook ran, but the page could not be written. {explain_refusal(error)}")
    return Result("made")
