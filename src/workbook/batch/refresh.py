"""Run the shipped notebooks and store what they show for the shipped example, so that nbval has something to hold.

Nothing of the machine or the moment is stored: no times, no version of Python.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from workbook.places import SHIPPED
from workbook.storage import find_project

COMPARED = "nbval-check-output"


def refresh_notebooks(folder: Path) -> None:
    """Run every notebook of a folder and write it back with its outputs, all of them or none."""
    import nbformat
    from nbclient import NotebookClient

    # Whoever runs this may keep engagements of their own beside these: none of theirs may be stored.
    os.environ["WORKBOOK_ENGAGEMENTS"] = " ".join(SHIPPED)
    ran = {}
    for path in sorted(folder.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        client = NotebookClient(
            notebook, timeout=120, record_timing=False, resources={"metadata": {"path": str(folder)}}
        )
        client.execute()
        _forget_machine(notebook)
        _mark_compared(notebook)
        ran[path] = notebook
        sys.stdout.write(f"{path.name}\n")
    for path, notebook in ran.items():
        nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


def _forget_machine(notebook: dict[str, Any]) -> None:
    notebook["metadata"] = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


def _mark_compared(notebook: dict[str, Any]) -> None:
    """Tag the cells whose outputs nbval shall compare: with `--nbval-lax` it compares no others."""
    for cell in notebook["cells"]:
        tags = [tag for tag in cell["metadata"].get("tags", []) if tag != COMPARED]
        # The stylesheet says nothing about the engagement, and would change with every colour.
        compared = cell["cell_type"] == "code" and cell["outputs"] and "setup" not in tags
        cell["metadata"] = {"tags": [*tags, COMPARED] if compared else tags} if compared or tags else {}


if __name__ == "__main__":
    refresh_notebooks(find_project() / "notebooks")
