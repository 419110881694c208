"""What killed commands left: ended or removed by the next command, whatever the clock says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbook.disk.held import BATCH, GONE, MAKING, NEW, UNDER_WAY, find_short_folder, remove_leftovers
from workbook.disk.writing import list_written, remove_temporary
from workbook.places import PARAMETERS


def remove_all_leftovers(project: Path, end_steps: Callable[[Path], None]) -> None:
    """End what was begun in a project, and remove, there and among the system's temporary files, what nobody writes.

    `end_steps` is called with the project where a record of steps was left.
    """
    if any((project / PARAMETERS).glob(f"*{UNDER_WAY.lstrip('.')}*")):
        end_steps(project)
    remove_temporary(list_written(project))
    for parent, prefix in (
        (project / "outputs", MAKING),
        (project / PARAMETERS, NEW),
        *((project / parent, GONE) for parent in (PARAMETERS, "outputs", "archive")),
        (find_short_folder(), BATCH),
    ):
        remove_leftovers(parent, prefix)
