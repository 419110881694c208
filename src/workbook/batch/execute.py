"""One task from beginning to end, inside a worker: snapshot, kernel, notebook, page."""

from __future__ import annotations

import copy
import math
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from workbook.batch.folders import remove_folder
from workbook.batch.kernels import ReportKernel, open_kernel
from workbook.batch.messages import Progress, Result, Setup, Task
from workbook.batch.plan import Job
from workbook.batch.staging import EXECUTED, PAGE, write_whole
from workbook.errors import WorkbookError

_QUOTE = 70
_OUTPUT_SECONDS = 60  # how long outputs may trail behind a finished cell on a busy machine
_COLOUR_CODES = re.compile(r"\x1b\[[0-9;]*m")

Tell = Callable[[Progress], None]


class StoppedEarlyError(Exception):
    """The notebook ended itself before its last cell was through."""


def carry_out(task: Task, setup: Setup, tell: Tell) -> Result:
    """Leave the executed notebook and the page in the task's staging folder, or say why that cannot be."""
    try:
        return _carry_out(task, setup, tell)
    finally:
        remove_folder(task.folder)


def _carry_out(task: Task, setup: Setup, tell: Tell) -> Result:
    snapshots = task.folder / "snapshots"
    snapshots.mkdir(parents=True, mode=0o700)
    tell(Progress("while the engagement's files were read"))
    try:
        setup.prepare(task.job, snapshots)
    except WorkbookError as error:
        return Result("invalid", str(error))
    executed = _execute(task, tell)
    if isinstance(executed, Result):
        return executed
    tell(Progress("while the page was written"))
    try:
        page = convert(executed, setup.exporter, name=task.job.report)
    except Exception as error:  # noqa: BLE001 - whatever an exporter raises, this page is not made and the next may be
        return Result(
            "page failed",
            f"The notebook ran, but no page could be made of it. {_say(error)}",
        )
    task.staging.mkdir(parents=True)
    write_whole(task.staging / EXECUTED, nbformat.writes(executed) + "\n")  # type: ignore[no-untyped-call]
    write_whole(task.staging / PAGE, page)
    return Result("made")


def _execute(task: Task, tell: Tell) -> NotebookNode | Result:
    """Run the notebook in a kernel of its own; how it ended is told by what was raised, never by what was saved."""
    watch = _Watch(task, tell)
    with open_kernel(task.folder, started=watch.note_kernel) as kernel:
        try:
            notebook = _run_papermill(task.job, kernel, watch)
            refuse_unfinished(notebook)
        except Exception as error:  # noqa: BLE001 - papermill, nbclient and zmq raise what they like
            return _explain(error, task, kernel, watch)
        if kernel.interrupted:
            return _explain_timeout(task, watch)
    return notebook


class _Watch:
    """Knows which cell runs and how many seconds are left."""

    def __init__(self, task: Task, tell: Tell) -> None:
        self.ends = time.monotonic() + task.seconds
        self.tell = tell
        self.kernel: int | None = None
        self.doing = "while the kernel was started"

    def note_kernel(self, pid: int) -> None:
        self.kernel = pid
        self.tell(Progress(self.doing, pid))

    def note_cell(self, cell: NotebookNode, **_: Any) -> None:
        if cell.cell_type == "code":
            self.doing = f"in the cell that begins: {_quote(cell.source)}"
            self.tell(Progress(self.doing, self.kernel))

    def seconds_left(self, _cell: NotebookNode | None = None) -> int:
        return max(1, math.ceil(self.ends - time.monotonic()))


def _run_papermill(job: Job, kernel: ReportKernel, watch: _Watch) -> NotebookNode:
    """Execute with papermill in the given kernel; papermill saves nothing itself."""
    notebook: NotebookNode = papermill.execute_notebook(
        # papermill puts paths through str.format
        str(job.notebook).replace("{", "{{").replace("}", "}}"),
        None,
        parameters={"engagement": job.slug, "edition": job.edition},
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


def refuse_unfinished(notebook: NotebookNode) -> None:
    """Raise StoppedEarlyError if a cell ended the run: papermill lets `sys.exit()` pass as success."""
    for cell in notebook.cells:
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        ended = any(output.output_type == "error" for output in cell.outputs)
        if ended or cell.execution_count is None:
            raise StoppedEarlyError(_quote(cell.source))


def convert(notebook: NotebookNode, exporter: str, *, name: str) -> str:
    """Return the page that the nbconvert exporter registered under `exporter` makes of an executed notebook."""
    make = get_exporter(exporter)()  # type: ignore[no-untyped-call]
    body, _ = make.from_notebook_node(without_run_marks(notebook), resources={"metadata": {"name": name}})
    return str(body)


def without_run_marks(notebook: NotebookNode) -> NotebookNode:
    """Return a copy without what differs from run to run: times, durations, the chance id of the injected cell."""
    marked = copy.deepcopy(notebook)
    papermill_notes = marked.metadata.get("papermill", {})
    marked.metadata["papermill"] = {"parameters": papermill_notes.get("parameters", {})}
    for cell in marked.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell["id"] = "injected-parameters"
    return marked


def load_exporter(exporter: str) -> None:
    """Import the exporter before the first job, so that no job is charged for it."""
    get_exporter(exporter)  # type: ignore[no-untyped-call]


def _explain(error: Exception, task: Task, kernel: ReportKernel, watch: _Watch) -> Result:
    if kernel.interrupted or isinstance(error, CellTimeoutError):
        return _explain_timeout(task, watch)
    if isinstance(error, PapermillExecutionError):
        return Result("notebook failed", _explain_cell(error, task.job.notebook))
    if isinstance(error, StoppedEarlyError):
        return Result(
            "notebook failed",
            f"{task.job.notebook} ended itself at or before the cell that begins: {error}",
        )
    if isinstance(error, DeadKernelError) or "Kernel died" in str(error):
        return Result("kernel died", explain_dead_kernel(watch.doing))
    if "Kernel didn't respond" in str(error):
        return _explain_timeout(task, watch)
    return Result("notebook failed", f"{task.job.notebook} could not be run. {_say(error)}")


def _explain_timeout(task: Task, watch: _Watch) -> Result:
    return Result("timed out", explain_timeout(task.seconds, watch.doing))


def explain_timeout(seconds: float, doing: str) -> str:
    """Say which limit was passed and where."""
    return f"It had not ended after {seconds:g} seconds and was stopped {doing}"


def explain_dead_kernel(doing: str) -> str:
    """Say where the process that runs the notebook vanished, and the usual cause."""
    return (
        f"The process that runs the notebook was ended from outside or crashed, {doing}\n"
        "Often the machine ran out of memory: try again with --jobs 1."
    )


def _explain_cell(error: PapermillExecutionError, notebook: Path) -> str:
    said = _COLOUR_CODES.sub("", f"{error.ename}: {error.evalue}".rstrip(": "))
    return f"{notebook}, in the cell that begins: {_quote(error.source)}\n{said}"


def _quote(source: str) -> str:
    lines = [line for line in source.strip().splitlines() if line.strip()]
    first = lines[0] if lines else ""
    return first if len(first) <= _QUOTE else f"{first[:_QUOTE]}…"


def _say(error: Exception) -> str:
    return str(error) if isinstance(error, WorkbookError) else f"{type(error).__name__}: {error}"
