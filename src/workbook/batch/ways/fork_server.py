"""The process from which a worker's notebooks are forked, one for each: `python -m workbook.batch.ways.fork_server`.

It imports what every notebook needs, once, or is itself forked from a process that did. It never sees an engagement,
so a notebook's process begins as empty as one started anew. It ends when the line to its worker closes, and takes
with it whatever it has forked.
"""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any

from workbook.batch.messages import Ended, KernelOrder, Order
from workbook.batch.processes.endings import end_with_parent, kill_group
from workbook.batch.processes.forking import fork


def serve(connection: Connection[Any, Any]) -> None:
    """Fork a process for each order and answer with its id; say when one has ended. Ends with the line."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    alive: set[int] = set()
    try:
        while True:
            if connection in (ready := wait([connection, reader])):
                order: Order = connection.recv()
                pid = fork(partial(_carry_out, order), close=(connection.fileno(), reader, writer))
                alive.add(pid)
                connection.send(pid)
            if reader in ready:
                os.read(reader, 4096)
                for ended in _reap(alive):
                    connection.send(ended)
    except (EOFError, OSError):
        for pid in alive:
            kill_group(pid)


def _reap(alive: set[int]) -> list[Ended]:
    ended = []
    for pid in sorted(alive):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            alive.discard(pid)
            ended.append(Ended(pid, os.waitstatus_to_exitcode(status)))
    return ended


def _carry_out(order: Order) -> None:
    if isinstance(order, KernelOrder):
        _become_kernel(order)
        return
    from workbook.batch.engine.child import run_order
    from workbook.batch.ways.preload import get_shell

    sys.exit(run_order(order, get_shell()))


def _become_kernel(order: KernelOrder) -> None:
    """Turn the forked process into an IPython kernel."""
    from ipykernel.kernelapp import launch_new_instance
    from ipykernel.zmqshell import ZMQInteractiveShell

    ZMQInteractiveShell.clear_instance()
    os.chdir(order.folder)
    os.environ.clear()
    os.environ.update(order.environment)
    sys.argv = ["kernel", *order.arguments]
    launch_new_instance()


def main() -> None:
    """Get ready, then serve the process that started this one."""
    end_with_parent(int(sys.argv[2]))
    connection: Connection[Any, Any] = Connection(int(sys.argv[1]))
    os.set_inheritable(connection.fileno(), False)
    from workbook.batch.ways.preload import preload

    preload()
    serve(connection)


if __name__ == "__main__":
    main()
