"""An executed notebook becomes a page."""

from __future__ import annotations

import copy

from nbconvert.exporters import get_exporter
from nbformat import NotebookNode


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
