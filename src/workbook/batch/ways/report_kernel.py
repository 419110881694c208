"""A Jupyter kernel for a page: its command, its environment, its sockets, its end.

Sockets are files in a folder of the kernel's own (IPC): kernels started side by side over TCP now and then
choose the same port. Nothing of the user's Jupyter or IPython settings is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient.util import run_sync

from workbook.batch.messages import KernelOrder
from workbook.batch.pages.making import Run
from workbook.batch.processes.endings import kill_group
from workbook.batch.ways.forked_process import ForkedProcess, ForkServer
from workbook.batch.ways.ready import wait_until_ready

_ARGUMENTS = ("-f", "{connection_file}", "--HistoryManager.enabled=False")


class ReportKernel(AsyncKernelManager):
    """A kernel for one notebook, which reads one folder of snapshots and is killed at the end."""

    server: ForkServer
    environment: Mapping[str, str]
    snapshots: Path
    started: Callable[[int], None]
    interrupted = False
    pid: int | None = None

    @property
    def kernel_spec(self) -> KernelSpec:
        """How it is started, whatever kernels are installed on this machine."""
        return KernelSpec(argv=["kernel", *_ARGUMENTS], display_name="Python 3", language="python")

    async def _async_launch_kernel(self, kernel_cmd: list[str], **_: Any) -> None:
        process = self.server.start(KernelOrder(tuple(kernel_cmd[1:]), self.environment, str(self.snapshots)))
        provisioner: Any = self.provisioner
        provisioner.process = process
        provisioner.pid = provisioner.pgid = process.pid
        self.pid = process.pid
        self.started(process.pid)

    async def interrupt_kernel(self) -> None:  # type: ignore[override]
        """Interrupt the running cell, as happens when its time is over, and remember that it was."""
        self.interrupted = True
        await super().interrupt_kernel()

    def client(self, **options: Any) -> Any:
        """Return a client, kept so that its channels are closed with the kernel."""
        client: Any = super().client(**options)
        client.wait_for_ready = partial(wait_until_ready, client)
        self.only_client = client
        return self.only_client

    def close(self) -> None:
        """Kill the kernel and whatever it started, and close every socket; a kernel holds nothing worth saving."""
        kill_group(self.pid)
        if self.pid is not None:
            with suppress(TimeoutExpired):
                self._process().wait(timeout=5)
        run_sync(self._close_sockets)()

    async def _close_sockets(self) -> None:
        if hasattr(self, "only_client"):
            self.only_client.stop_channels()
        await self.cleanup_resources()

    def _process(self) -> ForkedProcess:
        process: ForkedProcess = self.provisioner.process  # type: ignore[union-attr]
        return process


@contextmanager
def open_kernel(run: Run, server: ForkServer) -> Iterator[ReportKernel]:
    """Give a kernel that is not running yet and that is gone afterwards, whatever happened.

    The run's folder is short, private and the kernel's own: it holds its sockets, and the snapshots, which are all
    that it reads of an engagement.
    """
    kernel = ReportKernel(kernel_name="python3", transport="ipc", connection_file=str(run.folder / "k.json"))
    kernel.server, kernel.started = server, run.begin
    kernel.environment, kernel.snapshots = run.build_environment(), run.snapshots
    try:
        yield kernel
    finally:
        kernel.close()
