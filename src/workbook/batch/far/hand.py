"""What makes pages in a dask worker: one process of the batch's own kind, kept from page to page.

A dask worker has threads, so it is never forked, and it cannot end what a page does: the process beside it can be
killed when its time is over, and goes with the dask worker when that dies.
"""

from __future__ import annotations

import atexit
import threading
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

from workbook.batch.far.parcels import Parcel, Returned, Words, take_sent, unpack_job, unpack_words
from workbook.batch.messages import Message, Progress, Result, Setup, Task
from workbook.batch.pages.failures import say_killed, say_worker_died
from workbook.batch.pages.staging import EXECUTED, PAGE
from workbook.batch.run import GRACE_SECONDS
from workbook.batch.workers.crew import Crew, choose_way
from workbook.batch.workers.worker import Worker
from workbook.storage.held import find_short_folder, hold_folder, remove_folder

_LISTEN_SECONDS = 0.5
_HANDS: dict[tuple[int, str], Hand] = {}
_ENDED: set[str] = set()


def make_far(parcel: Parcel, words: Words, exporter: str) -> Returned:
    """Make a page in this dask worker; whatever happens to it is told, and nothing is raised."""
    key = (threading.get_ident(), f"{hash((words.language, tuple(sorted(words.files.items()))))} {exporter}")
    if key not in _HANDS:
        _HANDS[key] = Hand(words, exporter)
    return _HANDS[key].make(parcel)


def end_batch(batch: str) -> None:
    """End what is being made in this dask worker for a batch that was stopped; the threads that make it see to it."""
    _ENDED.add(batch)


@atexit.register
def _let_go() -> None:
    while _HANDS:
        _HANDS.popitem()[1].close()


class Hand:
    """One worker process and its folder."""

    def __init__(self, words: Words, exporter: str) -> None:
        self._held = ExitStack()
        self._folder = self._held.enter_context(hold_folder(find_short_folder(), "soil-and-seeds-"))
        environment = unpack_words(words, self._folder / "words")
        setup = Setup(take_sent, exporter, choose_way(), folders=(self._folder,), environment=environment)
        self._heard: SimpleQueue[tuple[Worker, Message | None]] = SimpleQueue()
        self._crew = Crew(setup, folder=self._folder, hear=lambda *heard: self._heard.put(heard))
        self._worker: Worker | None = None
        self._made = 0

    def make(self, parcel: Parcel) -> Returned:
        """Make one page and leave nothing of it here."""
        self._made += 1
        place = self._folder / str(self._made)
        try:
            result = self._carry_out(parcel, place)
            # Where it lay here means nothing to whoever asked for it.
            result = Result(result.status, result.message.replace(f"{place}/", ""), shown=result.shown)
            if result.status != "made":
                return Returned(result)
            staging = place / "staging"
            return Returned(result, (staging / PAGE).read_bytes(), (staging / EXECUTED).read_bytes())
        except OSError as error:
            return Returned(Result("page failed", f"The worker's disk refused the page. {error.strerror}"))
        finally:
            remove_folder(place)

    def close(self) -> None:
        """End the process, whatever it does, and remove the folder."""
        self._dismiss()
        self._crew.close()
        self._held.close()

    def _carry_out(self, parcel: Parcel, place: Path) -> Result:
        worker = self._worker = self._worker or self._crew.hire()
        job = unpack_job(parcel, place)
        worker.give(0, Task(job, place / "run", place / "staging", parcel.seconds))
        wait = partial(self._wait, worker, parcel.batch, time.monotonic() + parcel.seconds + GRACE_SECONDS)
        while isinstance(message := wait(), Progress):
            worker.doing = message.doing
        if isinstance(message, Result):
            return message
        self._dismiss()
        if parcel.batch in _ENDED:
            return Result("stopped", f"The batch was stopped {worker.doing}")
        if message is None:
            return Result("worker died", say_worker_died(worker.doing, worker.last_words()))
        return Result("timed out", say_killed(parcel.seconds, worker.doing))

    def _wait(self, worker: Worker, batch: str, ends: float) -> Result | Progress | float | None:
        """Return what the worker says next, None if it died, the time if that or the batch is over."""
        while (left := ends - time.monotonic()) > 0 and batch not in _ENDED:
            try:
                said_by, message = self._heard.get(timeout=min(left, _LISTEN_SECONDS))
            except Empty:
                continue
            if said_by is worker and (message is None or isinstance(message, Result | Progress)):
                return message
        return ends

    def _dismiss(self) -> None:
        if self._worker:
            self._worker.kill()
        self._worker = None
