"""What killed commands left: ended or removed by the next command, whatever the clock says."""

from __future__ import annotations

from pathlib import Path

from workbook.storage.held import BATCH, GONE, MAKING, NEW, find_short_folder, remove_leftovers
from workbook.storage.moving import end_all_steps
from workbook.storage.writing import list_written, remove_temporary


def remove_all_leftovers(project: Path) -> None:
    """End what was begun in a project, and remove, there and among the system's temporary files, what nobody writes."""
    end_all_steps(project)
    remove_temporary(list_written(project))
    for parent, prefix in (
        (project / "outputs", MAKING),
        (project / "parameters", NEW),
        *((project / parent, GONE) for parent in ("parameters", "outputs", "archive")),
        (find_short_folder(), BATCH),
    ):
        remove_leftovers(parent, prefix)
