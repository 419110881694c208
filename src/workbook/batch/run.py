"""Run jobs in a pool of processes, each page put in place whole or not at all."""

from __future__ import annotations

import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from workbook.batch.messages import Message, Prepare, Progress, Ready, Result, Setup, Task, WayName
from workbook.batch.outcomes import Outcome, Status, describe_failure
from workbook.batch.pages.failures import say_killed, say_worker_died
from workbook.batch.pages.staging import publish
from workbook.batch.plan import Job
from workbook.batch.workers.crew import Crew, choose_way
from workbook.batch.workers.worker import Worker
from workbook.disk.held import BATCH, MAKING, find_short_folder, hold_folder
from workbook.errors import explain_refusal

EXPORTER = "soil-and-seeds"
GRACE_SECONDS = 4.0  # after a cell's interrupt, before its worker and what it started are killed
_TICK_SECONDS = 0.2

OnChange = Callable[[Job, Outcome | None], None]


def ignore_change(_job: Job, _outcome: Outcome | None) -> None:
    """Take no notice."""


@dataclass(frozen=True)
class Limits:
    """How many jobs run side by side, and how many seconds one job and the whole batch may take."""

    workers: int = 1
    job_seconds: float = 120
    deadline_seconds: float = 3600


def run_jobs(
    jobs: Sequence[Job],
    *,
    prepare: Prepare,
    limits: Limits = Limits(),
    on_change: OnChange = ignore_change,
    exporter: str = EXPORTER,
    way: WayName | None = None,
) -> tuple[Outcome, ...]:
    """Run every job and return how each ended, in the order given; one job's failure never stops the others.

    `prepare(job, folder)` runs in the worker, before the job's notebook starts, and writes into `folder` all that it
    may read; a WorkbookError it raises makes the job "invalid". It is a function of a module, so that it can
    be sent there. `on_change` is told of a job with None when it begins and with its outcome when it ends.
    `way` says how notebooks are run; if it is not given, the machine decides.
    Ctrl-C and SIGTERM end the batch tidily: what was not finished is "stopped".
    """
    if not jobs:
        return ()
    outputs = jobs[0].outputs
    with (
        hold_folder(outputs, MAKING) as staging,
        hold_folder(find_short_folder(), BATCH) as folder,
    ):
        setup = Setup(prepare, exporter, way or choose_way(), folders=(folder, staging))
        batch = _Batch(jobs, setup, limits=limits, on_change=on_change)
        with stop_on_signal(batch.stop):
            return batch.run()


class _Batch:
    """Hands out jobs, listens to the workers, ends those that take too long, replaces those that die."""

    def __init__(self, jobs: Sequence[Job], setup: Setup, *, limits: Limits, on_change: OnChange) -> None:
        self.jobs = jobs
        self.setup = setup
        self.limits = limits
        self.on_change = on_change
        self.folder, self.staging = setup.folders
        self.waiting = deque(range(len(jobs)))
        self.outcomes: dict[int, Outcome] = {}
        self.crew: list[Worker] = []
        self.heard: SimpleQueue[tuple[Worker, Message | None]] = SimpleQueue()
        self.source = Crew(
            setup, folder=self.folder, hear=lambda *heard: self.heard.put(heard), longest=limits.job_seconds
        )
        self.reason_to_stop = ""

    def run(self) -> tuple[Outcome, ...]:
        ends = time.monotonic() + self.limits.deadline_seconds
        try:
            while len(self.outcomes) < len(self.jobs):
                if time.monotonic() >= ends:
                    self.stop(f"The whole batch had {self.limits.deadline_seconds:g} seconds, and they were over")
                if self.reason_to_stop:
                    self._stop_all()
                    break
                self._hire()
                self._listen()
                self._end_overdue()
        finally:
            for worker in self.crew:
                worker.kill()
            self.source.close()
        return tuple(self.outcomes[index] for index in range(len(self.jobs)))

    def stop(self, reason: str) -> None:
        """Ask for the end of the batch; the first reason counts."""
        self.reason_to_stop = self.reason_to_stop or reason

    def _hire(self) -> None:
        busy = sum(worker.index is not None for worker in self.crew)
        while len(self.crew) < min(max(self.limits.workers, 1), busy + len(self.waiting)):
            self.crew.append(self.source.hire())

    def _listen(self) -> None:
        try:
            worker, message = self.heard.get(timeout=_TICK_SECONDS)
        except Empty:
            return
        if worker in self.crew:
            self._hear(worker, message)

    def _hear(self, worker: Worker, message: Message | None) -> None:
        if message is None:
            self._replace_dead(worker)
        elif isinstance(message, Progress):
            worker.doing = message.doing
        elif isinstance(message, Ready):
            worker.ready = True
            self._give_next(worker)
        else:
            self._finish(worker, message)
            self._give_next(worker)

    def _give_next(self, worker: Worker) -> None:
        if not self.waiting:
            return
        index = self.waiting.popleft()
        place = str(index)
        worker.give(
            index,
            Task(
                self.jobs[index],
                self.folder / place,
                self.staging / place,
                self.limits.job_seconds,
            ),
        )
        self.on_change(self.jobs[index], None)

    def _finish(self, worker: Worker, result: Result) -> None:
        assert worker.index is not None
        index, seconds = worker.index, worker.seconds
        worker.index = None
        if result.status == "unchanged":
            job = self.jobs[index]
            self._end(index, Outcome(job, "unchanged", seconds, page=job.page, shown=result.shown))
            return
        if result.status != "made":
            self._fail(index, result.status, result.message, seconds=seconds)
            return
        try:
            publish(self.jobs[index], self.staging / str(index))
        except OSError as error:
            said = f"The page was made but could not be put in place. {explain_refusal(error)}"
            self._fail(index, "page failed", said, seconds=seconds)
            return
        self._end(
            index,
            Outcome(self.jobs[index], "made", seconds, page=self.jobs[index].page, shown=result.shown),
        )

    def _replace_dead(self, worker: Worker) -> None:
        """Charge a worker's death to the job it held, or to the next one if it died before it could take any."""
        seconds = worker.seconds if worker.index is not None else 0.0
        self._dismiss(worker)
        index = worker.index
        if index is None and not worker.ready and self.waiting:
            index = self.waiting.popleft()
        if index is not None:
            said = say_worker_died(worker.doing, worker.last_words())
            self._fail(index, "worker died", said, seconds=seconds)

    def _end_overdue(self) -> None:
        for worker in list(self.crew):
            if worker.seconds <= self.limits.job_seconds + GRACE_SECONDS:
                continue
            if worker.index is not None:
                seconds = worker.seconds
                self._dismiss(worker)
                said = say_killed(self.limits.job_seconds, worker.doing)
                self._fail(worker.index, "timed out", said, seconds=seconds)
            elif not worker.ready:
                # It stands still before it could take a job: as if it had died, so that the next is not waited for.
                self._replace_dead(worker)

    def _stop_all(self) -> None:
        for worker in list(self.crew):
            seconds = worker.seconds
            self._dismiss(worker)
            if worker.index is not None:
                self._fail(
                    worker.index,
                    "stopped",
                    f"{self.reason_to_stop} {worker.doing}.",
                    seconds=seconds,
                )
        for index in self.waiting:
            self._fail(index, "stopped", f"{self.reason_to_stop} before it began.", seconds=0.0)

    def _dismiss(self, worker: Worker) -> None:
        worker.kill()
        self.crew.remove(worker)

    def _fail(self, index: int, status: Status, message: str, *, seconds: float) -> None:
        self._end(index, describe_failure(self.jobs[index], status, seconds, message))

    def _end(self, index: int, outcome: Outcome) -> None:
        self.outcomes[index] = outcome
        self.on_change(outcome.job, outcome)


@contextmanager
def stop_on_signal(stop: Callable[[str], None]) -> Iterator[None]:
    """While a batch runs, Ctrl-C and SIGTERM ask it to stop (signals can be taken in the main thread only)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: stop("The batch was asked to stop")) for number in asked}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
