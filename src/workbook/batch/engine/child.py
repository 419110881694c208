"""What a process does that runs one notebook and is gone: papermill, in this process, on one snapshot.

What it has to say stands in its folder when it ends with status 0: the executed notebook, or why there is none. It
ends with `REFUSED` where the disk took neither. A process that was killed leaves only the cell it was in.
"""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import nbformat
import papermill
from ipykernel.zmqshell import ZMQInteractiveShell
from nbformat import NotebookNode

from workbook.batch.engine.client import ENGINE
from workbook.batch.engine.shell import settle
from workbook.batch.messages import PageOrder, Result
from workbook.batch.pages.failures import describe_cell, explain_failure, refuse_unfinished

REFUSED = 74  # what sysexits.h calls an error of input or output
_DOING, _EXECUTED, _FAILED = "doing", "executed.json", "failed"


def run_order(order: PageOrder, shell: ZMQInteractiveShell) -> int:
    """Run the notebook of an order, leave what came of it in the order's folder and return the status to end with."""
    settle(order.environment, order.snapshots)
    name, content = _run_notebook(order, shell)
    try:
        (Path(order.folder) / name).write_bytes(content)
    except OSError:
        return REFUSED
    return 0


def _run_notebook(order: PageOrder, shell: ZMQInteractiveShell) -> tuple[str, bytes]:
    """Return the name and the content of the file that says what came of it."""
    try:
        notebook = run_papermill(order, shell)
        refuse_unfinished(notebook)
    except Exception as error:  # noqa: BLE001 - papermill, nbclient and a notebook raise what they like
        return _FAILED, pickle.dumps(explain_failure(error, Path(order.notebook)))
    return _EXECUTED, nbformat.v4.writes(notebook, indent=None).encode()  # type: ignore[no-untyped-call]


def run_papermill(order: PageOrder, shell: ZMQInteractiveShell) -> NotebookNode:
    """Execute a notebook here; papermill saves nothing itself."""
    doing = os.open(Path(order.folder) / _DOING, os.O_WRONLY | os.O_CREAT, 0o600)

    def note_cell(cell: NotebookNode, **_: object) -> None:
        if cell.cell_type == "code":
            os.lseek(doing, 0, os.SEEK_SET)
            os.ftruncate(doing, os.write(doing, describe_cell(cell).encode()))

    executed: NotebookNode = papermill.execute_notebook(
        # papermill puts paths through str.format
        order.notebook.replace("{", "{{").replace("}", "}}"),
        None,
        parameters=dict(order.parameters),
        engine_name=ENGINE,
        kernel_name="python3",
        language="python",
        progress_bar=False,
        report_mode=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        # From here on the settings of the engine.
        shell=shell,
        folder=Path(order.folder),
        on_cell_start=note_cell,
    )
    return executed


def read_outcome(folder: Path) -> NotebookNode | Result | None:
    """Return what a process left that ran a notebook and ended well; None if it had nothing to say."""
    if (folder / _FAILED).is_file():
        result: Result = pickle.loads((folder / _FAILED).read_bytes())  # noqa: S301 - written by our own child
        return result
    if (folder / _EXECUTED).is_file():
        notebook: NotebookNode = nbformat.v4.reads((folder / _EXECUTED).read_text(encoding="utf-8"))  # type: ignore[no-untyped-call]
        return notebook
    return None


def read_doing(folder: Path) -> str:
    """Say in which cell a process is or was."""
    path = folder / _DOING
    said = path.read_bytes().decode(errors="replace") if path.is_file() else ""
    return said or "while the notebook was begun"
