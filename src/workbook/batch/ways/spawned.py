"""What runs as the process of one notebook where nothing is forked: `python -m workbook.batch.ways.spawned`.

Its order comes through standard input, which closes when the worker dies, however it dies; this process then ends.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading

from workbook.batch.processes.endings import end_with_parent, kill_group


def _end_with_worker() -> None:
    while os.read(0, 1):
        pass
    kill_group(os.getpid())
    os._exit(1)


def main() -> None:
    """Take the order and carry it out."""
    end_with_parent(int(sys.argv[1]))
    with os.fdopen(os.dup(0), "rb", buffering=0) as line:
        sys.path[:], order = pickle.load(line)  # noqa: S301 - written by our own worker
    threading.Thread(target=_end_with_worker, daemon=True).start()
    from workbook.batch.ways.preload import get_shell, keep_out

    keep_out()
    from workbook.batch.engine.child import run_order

    status = run_order(order, get_shell())
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # what a notebook left running is not waited for


if __name__ == "__main__":
    main()
