"""What makes pages in a dask worker: one process of the batch's own kind, kept from page to page.

A dask worker has threads, so it is never forked, and it cannot end what a page does: the process beside it can be
killed when its time is over or nobody wants its page any more, and goes with the dask worker when that dies.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections import deque
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue

from workbook.batch.far.parcels import Parcel, Returned, Words, take_sent, unpack_job, unpack_words
from workbook.batch.messages import Message, Progress, Result, Setup, Task
from workbook.batch.pages.failures import say_killed, say_worker_died
from workbook.batch.pages.staging import EXECUTED, PAGE
from workbook.batch.run import GRACE_SECONDS
from workbook.batch.workers.crew import Crew, choose_way
from workbook.batch.workers.worker import Worker
from workbook.disk.held import BATCH, find_short_folder, hold_folder, remove_folder
from workbook.errors import explain_refusal

_LISTEN_SECONDS = 0.5
_IDLE: dict[tuple[str, str], deque[Hand]] = {}
_TAKING = threading.Lock()


def get_ready(words: Words, exporter: str) -> None:
    """Begin to start what makes pages in this dask worker, and return at once."""
    with _TAKING:
        idle = _IDLE.setdefault(_name(words, exporter), deque())
        if not idle:
            idle.append(Hand(words, exporter))


def make_far(parcel: Parcel, words: Words, exporter: str) -> Returned:
    """Make a page in this dask worker; whatever happens to it is told, and nothing is raised."""
    with _TAKING:
        idle = _IDLE.setdefault(_name(words, exporter), deque())
        hand = idle.popleft() if idle else None
    try:
        hand = hand or Hand(words, exporter)
        return hand.make(parcel)
    except OSError as error:
        return Returned(Result("page failed", f"The worker's disk refused the page. {explain_refusal(error)}"))
    finally:
        if hand:
            idle.append(hand)


def _name(words: Words, exporter: str) -> tuple[str, str]:
    return f"{hash((words.language, tuple(sorted(words.files.items()))))}", exporter


@atexit.register
def _let_go() -> None:
    for idle in _IDLE.values():
        while idle:
            idle.popleft().close()


def is_given_up() -> bool:
    """Whether whoever asked for the page that is made here wants it no more, or is gone."""
    worker = import_module("distributed").get_worker()
    task = worker.state.tasks.get(worker.get_current_task())
    return task is None or task.state == "cancelled"


class Hand:
    """One worker process and its folder."""

    def __init__(self, words: Words, exporter: str) -> None:
        self._held = ExitStack()
        self._folder = self._held.enter_context(hold_folder(find_short_folder(), BATCH))
        environment = unpack_words(words, self._folder / "words")
        setup = Setup(take_sent, exporter, choose_way(), folders=(self._folder,), environment=environment)
        self._heard: SimpleQueue[tuple[Worker, Message | None]] = SimpleQueue()
        self._crew = Crew(setup, folder=self._folder, hear=lambda *heard: self._heard.put(heard))
        self._crew.begin()
        self._worker: Worker | None = None
        self._made = 0

    def make(self, parcel: Parcel) -> Returned:
        """Make one page and leave nothing of it here; raises OSError where the disk refuses it."""
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
        wait = partial(self._wait, worker, time.monotonic() + parcel.seconds + GRACE_SECONDS)
        while isinstance(message := wait(), Progress):
            worker.doing = message.doing
        if isinstance(message, Result):
            return message
        self._dismiss()
        if message is None:
            return Result("worker died", say_worker_died(worker.doing, worker.last_words()))
        return Result("timed out", say_killed(parcel.seconds, worker.doing))

    def _wait(self, worker: Worker, ends: float) -> Result | Progress | float | None:
        """Return what the worker says next, None if it died, the time if that is over or the page is not wanted."""
        while (left := ends - time.monotonic()) > 0 and not is_given_up():
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
