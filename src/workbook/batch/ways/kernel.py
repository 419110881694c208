"""The way of Jupyter: a kernel of its own for each page, talked to by papermill and nbclient."""

from __future__ import annotations

import math
from typing import Any

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from workbook.batch.messages import Result
from workbook.batch.pages.failures import (
    describe_cell,
    explain_death,
    explain_failure,
    explain_timeout,
    refuse_unfinished,
)
from workbook.batch.pages.making import Run
from workbook.batch.ways.forked_process import ForkServer
from workbook.batch.ways.report_kernel import ReportKernel, open_kernel

_OUTPUT_SECONDS = 60  # how long outputs may trail behind a finished cell on a busy machine


class KernelWay:
    """The way: papermill as it is, in a kernel that is started for the notebook and killed after it."""

    def __init__(self, server: ForkServer) -> None:
        self._server = server

    def run(self, run: Run) -> NotebookNode | Result:
        """Return the executed notebook; how it ended is told by what was raised, never by what was saved."""
        watch = _Watch(run)
        with open_kernel(run, self._server) as kernel:
            try:
                notebook = _run_papermill(run, kernel, watch)
                if not kernel.interrupted:
                    refuse_unfinished(notebook)
            except Exception as error:  # noqa: BLE001 - papermill, nbclient and zmq raise what they like
                return _explain(error, run, kernel, watch)
            return explain_timeout(run.seconds, watch.doing) if kernel.interrupted else notebook


class _Watch:
    """Knows which cell runs."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.doing = "while the kernel was started"

    def note_cell(self, cell: NotebookNode, **_: Any) -> None:
        if cell.cell_type == "code":
            self.doing = describe_cell(cell)
            self.run.note(self.doing)

    def seconds_left(self, _cell: NotebookNode | None = None) -> int:
        return max(1, math.ceil(self.run.seconds_left()))


def _run_papermill(run: Run, kernel: ReportKernel, watch: _Watch) -> NotebookNode:
    """Execute with papermill in the given kernel; papermill saves nothing itself."""
    notebook: NotebookNode = papermill.execute_notebook(
        # papermill puts paths through str.format
        str(run.job.notebook).replace("{", "{{").replace("}", "}}"),
        None,
        parameters={"engagement": run.job.slug, "edition": run.job.edition},
        kernel_name="python3",
        language="python",
        progress_bar=False,
        report_mode=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        start_timeout=watch.seconds_left(),
        # From here on the settings of nbclient.
        km=kernel,
        timeout_func=watch.seconds_left,
        interrupt_on_timeout=True,
        iopub_timeout=_OUTPUT_SECONDS,
        store_widget_state=False,
        on_cell_start=watch.note_cell,
    )
    return notebook


def _explain(error: Exception, run: Run, kernel: ReportKernel, watch: _Watch) -> Result:
    late = kernel.interrupted or isinstance(error, CellTimeoutError) or "Kernel didn't respond" in str(error)
    if late:
        return explain_timeout(run.seconds, watch.doing)
    gone = isinstance(error, (DeadKernelError, EOFError, BrokenPipeError, ConnectionResetError))
    if gone or "Kernel died" in str(error):
        return explain_death(watch.doing)
    return explain_failure(error, run.job.notebook)
