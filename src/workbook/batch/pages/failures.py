"""Why a notebook made no page, in words; Jupyter is not imported for it, which takes a second."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.batch.messages import Result
from workbook.errors import WorkbookError, explain_refusal

if TYPE_CHECKING:
    from nbformat import NotebookNode

_QUOTE = 70
_COLOUR_CODES = re.compile(r"\x1b\[[0-9;]*m")


class StoppedEarlyError(Exception):
    """The notebook ended itself before its last cell was through."""


def refuse_unfinished(notebook: NotebookNode) -> None:
    """Raise StoppedEarlyError if a cell ended the run: papermill lets `sys.exit()` pass as success."""
    for cell in notebook.cells:
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        ended = any(output.output_type == "error" for output in cell.outputs)
        if ended or cell.execution_count is None:
            raise StoppedEarlyError(quote(cell.source))


def explain_failure(error: Exception, notebook: Path) -> Result:
    """Return the result of a notebook whose run raised an error."""
    from papermill.exceptions import PapermillExecutionError

    if isinstance(error, PapermillExecutionError):
        said = _COLOUR_CODES.sub("", f"{error.ename}: {error.evalue}".rstrip(": "))
        return Result("notebook failed", f"{notebook}, in the cell that begins: {quote(error.source)}\n{said}")
    if isinstance(error, StoppedEarlyError):
        return Result("notebook failed", f"{notebook} ended itself at or before the cell that begins: {error}")
    return Result("notebook failed", f"{notebook} could not be run. {say(error)}")


def explain_timeout(seconds: float, doing: str) -> Result:
    """Say which limit was passed and where."""
    return Result("timed out", f"It had not ended after {seconds:g} seconds and was stopped {doing}")


def explain_death(doing: str) -> Result:
    """Say where the process that runs the notebook vanished, and the usual cause."""
    said = f"The process that runs the notebook was ended from outside or crashed, {doing}"
    return Result("kernel died", f"{said}\nOften the machine ran out of memory: try again with --jobs 1.")


def explain_full(folder: Path) -> Result:
    """Say that the disk of the temporary folder took no more."""
    said = f"The notebook ran, but the disk of {folder.parent} refused what it made."
    return Result("page failed", f"{said} Make room there, then type the same again.")


def explain_unprepared(error: Exception) -> Result:
    """Say why what an edition may show could not be written down for a notebook to read."""
    if isinstance(error, WorkbookError):
        return Result("invalid", str(error))
    if isinstance(error, OSError):
        return Result("page failed", f"The notebook was not begun. {explain_refusal(error)}")
    return Result("worker died", f"The engagement could not be prepared. {say(error)}")


def say_worker_died(doing: str, last_words: str) -> str:
    """Say where the process that makes the pages vanished, and what it said last."""
    return f"The process that makes the pages ended unexpectedly, {doing}\n{last_words}"


def say_killed(seconds: float, doing: str) -> str:
    """Say which limit was passed by a process that had to be killed."""
    return f"It had not ended after {seconds:g} seconds and was killed {doing}"


def describe_cell(cell: NotebookNode) -> str:
    """Say in which cell something happened, in words that end a sentence."""
    return f"in the cell that begins: {quote(cell.source)}"


def quote(source: str) -> str:
    """Return the first line of a cell that says something, cut to a length that fits a line."""
    lines = [line for line in source.strip().splitlines() if line.strip()]
    first = lines[0] if lines else ""
    return first if len(first) <= _QUOTE else f"{first[:_QUOTE]}…"


def say(error: Exception) -> str:
    """Return what an error says; for one that is no WorkbookError, with its kind."""
    return str(error) if isinstance(error, WorkbookError) else f"{type(error).__name__}: {error}"
