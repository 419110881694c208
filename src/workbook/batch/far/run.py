"""Run jobs on the workers of a dask scheduler; the private edition is made at home, by this machine's own workers."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from workbook.batch.far.hand import get_ready, make_far
from workbook.batch.far.lines import Line, compare_programs, open_line
from workbook.batch.far.parcels import Parcel, Returned, Words, pack_job, pack_words
from workbook.batch.messages import Prepare, Result
from workbook.batch.outcomes import Outcome, Status, describe_failure
from workbook.batch.pages.failures import explain_unprepared
from workbook.batch.pages.staging import EXECUTED, PAGE, publish, write_whole
from workbook.batch.plan import Job
from workbook.batch.run import EXPORTER, GRACE_SECONDS, Limits, OnChange, ignore_change, run_jobs, stop_on_signal
from workbook.digests import digest_folder
from workbook.disk.held import find_short_folder, hold_folder, remove_folder
from workbook.errors import explain_refusal

_TICK_SECONDS = 0.2
_STUCK_SECONDS = 15.0  # after the time in which a worker itself ends a page
_PER_THREAD = 2  # one that is made and one that waits beside it


def run_far(
    jobs: Sequence[Job],
    *,
    address: str,
    prepare: Prepare,
    limits: Limits,
    on_change: OnChange = ignore_change,
    exporter: str = EXPORTER,
) -> tuple[Outcome, ...]:
    """Run jobs as `run_jobs` does, those of the private edition here and the others on the workers at `address`.

    Raises WorkbookError, before any job, where no worker answers or one has another version than this machine.
    """
    private = [job for job in jobs if job.edition == "private"]
    shared = [job for job in jobs if job.edition != "private"]
    ends = time.monotonic() + limits.deadline_seconds
    outcomes = []
    if shared:
        outputs = shared[0].outputs
        with (
            open_line(address) as line,
            hold_folder(outputs, ".making-") as staging,
            hold_folder(find_short_folder(), "soil-and-seeds-") as folder,
        ):
            further = (pack_words(), exporter)
            line.call_everywhere(partial(get_ready, *further))  # which goes on while all else is begun
            compare_programs(line)
            batch = _FarBatch(line, prepare=prepare, limits=limits, on_change=on_change, further=further)
            with stop_on_signal(batch.stop):
                outcomes += batch.run(shared, folder=folder, staging=staging, ends=ends)
    outcomes += run_jobs(private, prepare=prepare, limits=limits, on_change=on_change, exporter=exporter)
    found = {outcome.job: outcome for outcome in outcomes}
    return tuple(found[job] for job in jobs)


class _FarBatch:
    """Sends jobs, as many as the workers have hands for, and takes in what comes back."""

    def __init__(
        self, line: Line, *, prepare: Prepare, limits: Limits, on_change: OnChange, further: tuple[Words, str]
    ) -> None:
        self._line, self._prepare, self._limits, self._on_change = line, prepare, limits, on_change
        self._further = further
        self._sent: dict[Any, _Sent] = {}
        self._stuck: set[str] = set()
        self._outcomes: dict[Job, Outcome] = {}
        self._reason = ""

    def stop(self, reason: str) -> None:
        """Ask for the end of the batch; the first reason counts."""
        self._reason = self._reason or reason

    def run(self, jobs: Sequence[Job], *, folder: Path, staging: Path, ends: float) -> list[Outcome]:
        """Return how each job ended."""
        self._staging = staging
        waiting = deque(jobs)
        while waiting or self._sent:
            if time.monotonic() >= ends:
                self.stop(f"The whole batch had {self._limits.deadline_seconds:g} seconds, and they were over")
            if self._reason:
                self._stop_all(waiting)
                break
            while waiting and len(self._sent) < _PER_THREAD * self._line.count_threads(but=self._stuck):
                self._begin(waiting.popleft(), folder / "snapshots")
            if waiting and not self._sent:
                self.stop("No worker is left that answers")
            self._take_in()
            self._give_up_stuck()
        return [self._outcomes[job] for job in jobs]

    def _begin(self, job: Job, snapshots: Path) -> None:
        """See here what the edition may show, and send it only if the page has to be made."""
        self._on_change(job, None)
        began = time.monotonic()
        try:
            snapshots.mkdir(parents=True, mode=0o700)
            self._prepare(job, snapshots)
            shown = digest_folder(snapshots)
            if shown == job.shown:
                self._end(Outcome(job, "unchanged", time.monotonic() - began, page=job.page, shown=shown))
                return
            parcel = pack_job(job, snapshots, seconds=self._limits.job_seconds)
        except Exception as error:  # noqa: BLE001 - a defect costs this page, as where a worker of this machine dies
            result = explain_unprepared(error)
            self._fail(job, result.status, result.message, began)
            return
        finally:
            remove_folder(snapshots)
        self._send(_Sent(job, parcel, shown, began))

    def _send(self, sent: _Sent) -> None:
        future = self._line.send(make_far, sent.parcel, *self._further, but=self._stuck)
        self._sent[future] = sent

    def _take_in(self) -> None:
        for future in self._line.wait(list(self._sent), seconds=_TICK_SECONDS):
            sent = self._sent.pop(future)
            error = future.exception()
            returned = (
                Returned(Result("worker died", f"The worker that made the page was lost. {type(error).__name__}"))
                if error
                else future.result()
            )
            future.release()
            self._finish(sent, returned)

    def _finish(self, sent: _Sent, returned: Returned) -> None:
        job, result = sent.job, returned.result
        if result.status != "made":
            self._fail(job, result.status, result.message, sent.began)
            return
        place = self._staging / "page"
        try:
            place.mkdir(exist_ok=True)
            write_whole(place / EXECUTED, returned.executed.decode())
            write_whole(place / PAGE, returned.page.decode())
            publish(job, place)
        except OSError as error:
            said = f"The page was made but could not be put in place. {explain_refusal(error)}"
            self._fail(job, "page failed", said, sent.began)
            return
        self._end(Outcome(job, "made", time.monotonic() - sent.began, page=job.page, shown=sent.shown))

    def _give_up_stuck(self) -> None:
        """Send again what a worker holds that has let its own limit pass: it is stuck, and gets nothing more."""
        most = _PER_THREAD * (self._limits.job_seconds + GRACE_SECONDS) + _STUCK_SECONDS
        overdue = [future for future, sent in self._sent.items() if time.monotonic() - sent.since > most]
        self._stuck |= self._line.find_workers(overdue) if overdue else set()
        for future in overdue:
            sent = self._sent.pop(future)
            future.cancel(force=True)
            if sent.tries > 1 or not self._line.count_threads(but=self._stuck):
                self._fail(sent.job, "timed out", "Its worker did not answer when its time was over.", sent.began)
            else:
                self._send(sent.again())

    def _stop_all(self, waiting: deque[Job]) -> None:
        for future, sent in self._sent.items():
            future.cancel(force=True)
            self._fail(sent.job, "stopped", f"{self._reason} while a worker had it.", sent.began)
        for job in waiting:
            self._fail(job, "stopped", f"{self._reason} before it began.", time.monotonic())

    def _fail(self, job: Job, status: Status, message: str, began: float) -> None:
        self._end(describe_failure(job, status, time.monotonic() - began, message))

    def _end(self, outcome: Outcome) -> None:
        self._outcomes[outcome.job] = outcome
        self._on_change(outcome.job, outcome)


class _Sent:
    """A job that a worker has."""

    def __init__(self, job: Job, parcel: Parcel, shown: str, began: float, tries: int = 1) -> None:
        self.job, self.parcel, self.shown, self.began, self.tries = job, parcel, shown, began, tries
        self.since = time.monotonic()

    def again(self) -> _Sent:
        """Return the same for another try."""
        return _Sent(self.job, self.parcel, self.shown, self.began, self.tries + 1)
