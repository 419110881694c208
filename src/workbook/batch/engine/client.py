"""papermill's engine that runs the cells in this very process.

It is papermill's own client with one thing changed: a cell's code is not sent to a kernel, and what the shell
shows is not read from a socket. All that is done with the outputs is nbclient's.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from nbclient.util import run_hook
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

from workbook.batch.engine.shell import Message, listen_to
from workbook.batch.engine.streams import CellStream
from workbook.batch.pages.failures import StoppedEarlyError, quote

ENGINE = "soil-and-seeds"


class ShellClient(PapermillNotebookClient):  # type: ignore[misc]
    """Runs a notebook's cells in a shell; `folder` takes what they print past Python."""

    def __init__(self, notebook_manager: Any, *, shell: ZMQInteractiveShell, folder: Path, **options: Any) -> None:
        super().__init__(notebook_manager, **options)
        self.shell = shell
        self.folder = folder
        self.place: tuple[NotebookNode, int] = (NotebookNode(), 0)  # type: ignore[no-untyped-call]
        self.loop = asyncio.new_event_loop()

    def execute(self, **_: Any) -> NotebookNode:
        """Run every cell, until one fails."""
        self.reset_execution_trackers()
        asyncio.set_event_loop(self.loop)
        listen_to(self.shell, self.take)
        sys.stdout = CellStream("stdout", 1, folder=self.folder, tell=self.take_text)
        sys.stderr = CellStream("stderr", 2, folder=self.folder, tell=self.take_text)
        self.papermill_execute_cells()
        notebook: NotebookNode = self.nb
        notebook.metadata["language_info"] = dict(IPythonKernel.language_info)
        return notebook

    def execute_cell(self, cell: NotebookNode, cell_index: int, **_: Any) -> NotebookNode:
        """Run one cell as a kernel would: inside a running loop."""
        return self.loop.run_until_complete(self._run_cell(cell, cell_index))

    async def _run_cell(self, cell: NotebookNode, index: int) -> NotebookNode:
        await run_hook(self.on_cell_start, cell=cell, cell_index=index)
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        cell.outputs = []
        cell["execution_count"] = self.shell.execution_count
        self.clear_before_next_output = False
        self.place = (cell, index)
        reply = await run_source(self.shell, cell.source)
        sys.stdout.flush()
        sys.stderr.flush()
        await self._check_raise_for_error(cell, index, {"content": reply})
        if self.shell.exit_now:
            raise StoppedEarlyError(quote(cell.source))
        return cell

    def take(self, message: Message) -> None:
        """Take what the shell shows into the cell that runs."""
        self.process_message(message, *self.place)

    def take_text(self, name: str, text: str) -> None:
        """Take what was printed into the cell that runs."""
        content = {"name": name, "text": text}
        header = {"msg_type": "stream"}
        self.take({"msg_type": "stream", "header": header, "parent_header": {}, "content": content})


async def run_source(shell: ZMQInteractiveShell, source: str) -> dict[str, Any]:
    """Run a cell's code, with `await` at its top level too, and return what a kernel would reply."""
    transformed, fault = source, None
    try:
        transformed = shell.transform_cell(source)  # type: ignore[no-untyped-call]
    except Exception:  # noqa: BLE001 - the shell shows it as the cell's error
        fault = sys.exc_info()
    if shell.should_run_async(source, transformed_cell=transformed, preprocessing_exc_tuple=fault):
        result = await _run_awaiting(shell, source, transformed, fault)
    else:
        result = shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
    if shell.payload_manager is not None:
        shell.payload_manager.clear_payload()
    # Which older kernels do not keep.
    if result.success and not getattr(shell, "_last_traceback_during_displayhook", False):
        return {"status": "ok"}
    error = result.error_before_exec or result.error_in_exec
    return {
        "status": "error",
        "ename": type(error).__name__,
        "evalue": str(error),
        "traceback": shell._last_traceback or [],
    }


async def _run_awaiting(shell: ZMQInteractiveShell, source: str, transformed: str, fault: Any) -> Any:
    shell._last_traceback, shell._last_traceback_during_displayhook = None, False
    result = None
    try:
        result = await shell.run_cell_async(
            source, store_history=True, transformed_cell=transformed, preprocessing_exc_tuple=fault
        )
    finally:
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)
    return result


class ShellEngine(Engine):  # type: ignore[misc]
    """The engine by which `papermill.execute_notebook(engine_name=ENGINE, shell=…, folder=…)` runs a notebook here."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        """Run the notebook that papermill has prepared."""
        for unused in ("input_path", "log_output", "stdout_file", "stderr_file", "start_timeout"):
            options.pop(unused, None)
        ShellClient(nb_man, kernel_name=kernel_name, record_timing=False, **options).execute()


papermill_engines.register(ENGINE, ShellEngine)
