"""The parent of a worker's kernels: `python -m workbook.batch.kernel_parent SOCKET`.

It imports what every kernel needs, once, and forks a kernel whenever the worker asks for one: most of a page's
time went into imports. It never sees an engagement, so a kernel begins as empty as a process of its own would.
"""

from __future__ import annotations

import gc
import os
import pkgutil
import signal
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection, wait
from typing import Any, NoReturn

import ipykernel.ipkernel  # noqa: F401 - the kernels need it
from ipykernel.kernelapp import launch_new_instance

from workbook.batch.messages import KernelEnded, KernelOrder
from workbook.batch.processes import end_with_parent, kill_group


def serve(connection: Connection[Any, Any]) -> None:
    """Fork a kernel for each order and answer with its process id; say when one has ended. Ends with the line."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    alive: set[int] = set()
    while True:
        for ready in wait([connection, reader]):
            if ready == reader:
                os.read(reader, 4096)
                for ended in _reap(alive):
                    connection.send(ended)
                continue
            try:
                order: KernelOrder = connection.recv()
            except EOFError:
                for pid in alive:
                    kill_group(pid)
                return
            pid = os.fork()
            if pid == 0:
                for handle in (connection.fileno(), reader, writer):
                    os.close(handle)
                _become_kernel(order)
            alive.add(pid)
            connection.send(pid)


def _reap(alive: set[int]) -> list[KernelEnded]:
    ended = []
    for pid in sorted(alive):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            alive.discard(pid)
            ended.append(KernelEnded(pid, os.waitstatus_to_exitcode(status)))
    return ended


def _become_kernel(order: KernelOrder) -> NoReturn:
    """Turn the forked process into an IPython kernel that leads a group of its own; never returns."""
    status = 1
    try:
        parent = os.getppid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        end_with_parent(parent)
        os.chdir(order.folder)
        os.environ.clear()
        os.environ.update(order.environment)
        sys.argv = ["kernel", *order.arguments]
        launch_new_instance()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - nothing may come back into the parent's loop
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _import_views() -> None:
    """Import what notebooks call; a fault in it is told by the notebook that meets it."""
    package = import_module("workbook.views")
    for found in pkgutil.iter_modules(package.__path__, "workbook.views."):
        with suppress(Exception):
            import_module(found.name)
    with suppress(Exception):
        import_module("workbook.model.chapters").list_chapters()


def main() -> None:
    """Get ready, then serve the worker that started this process."""
    end_with_parent(int(sys.argv[2]))
    connection: Connection[Any, Any] = Connection(int(sys.argv[1]))
    os.set_inheritable(connection.fileno(), False)
    _import_views()
    gc.collect()
    gc.freeze()  # a collection in a kernel would otherwise copy every page it looks at
    serve(connection)


if __name__ == "__main__":
    main()
