"""Run the shipped notebooks and store what they show for the shipped example, so that nbval has something to hold.

Nothing of the machine or the moment is stored: no times, no execution counts, no version of Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

from workbook.storage import find_project


def refresh_notebooks(folder: Path) -> None:
    """Run every notebook of a folder and write it back with its outputs, all of them or none."""
    import nbformat
    from nbclient import NotebookClient

    ran = {}
    for path in sorted(folder.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        client = NotebookClient(
            notebook, timeout=120, record_timing=False, resources={"metadata": {"path": str(folder)}}
        )
        client.execute()
        _forget_machine(notebook)
        ran[path] = notebook
        sys.stdout.write(f"{path.name}\n")
    for path, notebook in ran.items():
        nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


def _forget_machine(notebook: dict[str, object]) -> None:
    notebook["metadata"] = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    cells = notebook["cells"]
    assert isinstance(cells, list)
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["execution_count"] = None
            for output in cell["outputs"]:
                if "execution_count" in output:
                    output["execution_count"] = None


if __name__ == "__main__":
    refresh_notebooks(find_project() / "notebooks")
