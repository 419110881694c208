"""The process from which workers are forked: `python -m workbook.batch.workers.nursery SOCKET`.

It imports what workers and notebooks need, once, and never sees an engagement. It ends when the batch does, however
that happens, and takes the workers and the temporary folders with it.
"""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from workbook.batch.messages import Hire
from workbook.batch.processes.descriptors import take_descriptor
from workbook.batch.processes.endings import kill_group
from workbook.batch.processes.forking import fork
from workbook.batch.ways.preload import preload
from workbook.disk.held import remove_held


def serve(line: Connection[int, Any]) -> list[int]:
    """Fork a worker for each order and answer with its id; return the workers when the line has ended."""
    hired: list[int] = []
    while True:
        try:
            order: Hire = line.recv()
            handle = take_descriptor(line)
        except (EOFError, OSError):
            return hired
        hired.append(fork(partial(_become_worker, order, handle), close=(line.fileno(),)))
        os.close(handle)
        line.send(hired[-1])


def _become_worker(order: Hire, handle: int) -> None:
    log = os.open(order.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    from workbook.batch.workers.process import become_worker

    become_worker(Connection(handle))


def main() -> None:
    """Get ready, serve the batch, and clear up after it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system reaps the workers; the batch hears of their ends itself
    line: Connection[int, Any] = Connection(int(sys.argv[1]))
    os.set_inheritable(line.fileno(), False)
    folders: tuple[Path, ...] = line.recv()
    preload()
    for worker in serve(line):
        kill_group(worker)
    for folder in folders:
        remove_held(folder)


if __name__ == "__main__":
    main()
