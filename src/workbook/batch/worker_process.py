"""What runs as a worker: `python -m workbook.batch.worker_process SOCKET`, many jobs one after the other.

Standard input is the lifeline: it closes when the batch dies, however it dies, and the worker then kills its
kernel, removes the temporary folders and ends.
"""

from __future__ import annotations

import os
import sys
import threading
from multiprocessing.connection import Connection
from typing import Any

from workbook.batch.folders import remove_folder
from workbook.batch.forked import prepare_parent
from workbook.batch.messages import Message, Progress, Ready, Setup, Task
from workbook.batch.processes import kill_group


class Worker:
    """One end of the line to the batch, and the kernel that runs just now."""

    def __init__(self, connection: Connection[Message, Any], setup: Setup) -> None:
        self.connection = connection
        self.setup = setup
        self.kernel: int | None = None

    def work(self) -> None:
        """Carry out tasks until the batch closes the line."""
        prepare_parent()
        from workbook.batch.execute import carry_out, load_exporter

        load_exporter(self.setup.exporter)
        self.connection.send(Ready())
        while True:
            try:
                task: Task = self.connection.recv()
            except EOFError:
                return
            result = carry_out(task, self.setup, self.tell)
            self.kernel = None
            self.connection.send(result)

    def tell(self, progress: Progress) -> None:
        """Pass on what is being done, and keep the kernel's process id."""
        self.kernel = progress.kernel
        self.connection.send(progress)

    def end_with_batch(self) -> None:
        """Wait for the lifeline to close, then leave nothing behind."""
        while os.read(0, 1):
            pass
        kill_group(self.kernel)
        for folder in self.setup.folders:
            remove_folder(folder)
        os._exit(1)


def main() -> None:
    """Take the setup from the batch, then work."""
    # jsonschema builds a grammar of international addresses at import, over half of a worker's start-up time;
    # it can do without, and the notebook format never asks for it.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    connection: Connection[Message, Any] = Connection(int(sys.argv[1]))
    os.set_inheritable(connection.fileno(), False)
    sys.path[:] = connection.recv()
    worker = Worker(connection, connection.recv())
    threading.Thread(target=worker.end_with_batch, daemon=True).start()
    worker.work()


if __name__ == "__main__":
    main()
