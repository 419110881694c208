"""What runs as a worker, many jobs one after the other: forked by the nursery, or started by its name with `-m`.

A worker that was forked has no thread, and dies with the nursery, which dies with the batch. One that was started
anew hears in a thread that the batch has died; it then kills the notebook's process and ends.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from multiprocessing.connection import Connection
from typing import Any

from workbook.batch.messages import Message, Progress, Ready, Setup, Task
from workbook.batch.processes.endings import end_with_parent, kill_group
from workbook.batch.workers.line import PipeLine
from workbook.disk.held import remove_held


def become_worker(line: Connection[Message, Any]) -> None:
    """Work in a process that the nursery has forked: first fork what notebooks are forked from, then take tasks."""
    from workbook.batch.ways.forked_process import fork_server
    from workbook.batch.ways.kernel import KernelWay
    from workbook.batch.ways.own_process import use_forks

    server = fork_server(close=(line.fileno(),))
    sys.path[:] = line.recv()
    setup: Setup = line.recv()
    way = KernelWay(server) if setup.way == "kernel" else use_forks(server)
    _work(line, setup, way)


def _work(line: Any, setup: Setup, way: Any) -> None:
    """Carry out tasks until the batch closes the line."""
    from workbook.batch.pages.conversion import load_exporter
    from workbook.batch.pages.making import carry_out

    load_exporter(setup.exporter)
    line.send(Ready())
    while True:
        try:
            task: Task = line.recv()
        except EOFError:
            return
        line.send(carry_out(task, setup, way, line.send))


class _WatchedLine:
    """A line that is listened to all the time, so that its end is heard also in the middle of a task."""

    def __init__(self, line: PipeLine, setup: Setup) -> None:
        self._line = line
        self._setup = setup
        self._process: int | None = None
        self._tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()

    def send(self, message: Message) -> None:
        """Send a message, and keep the id of the process that runs the notebook."""
        self._process = message.process if isinstance(message, Progress) else None
        self._line.send(message)

    def recv(self) -> Task:
        """Wait for a task."""
        return self._tasks.get()

    def listen(self) -> None:
        """Take tasks; when the batch is gone, leave nothing behind."""
        try:
            while True:
                self._tasks.put(self._line.recv())
        except EOFError:
            kill_group(self._process)
            for folder in self._setup.folders:
                remove_held(folder)
            os._exit(1)


def main() -> None:
    """Take the setup from the batch through standard input, then work; answers go out through standard output."""
    end_with_parent(int(sys.argv[1]))
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a name, not a path
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)  # what is printed goes into the log
    line = PipeLine(reader, writer)
    from workbook.batch.ways.own_process import use_spawns
    from workbook.batch.ways.preload import keep_out

    keep_out()
    sys.path[:] = line.recv()
    watched = _WatchedLine(line, line.recv())
    threading.Thread(target=watched.listen, daemon=True).start()
    _work(watched, watched._setup, use_spawns())


if __name__ == "__main__":
    main()
