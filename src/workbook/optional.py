"""What only some commands need, and what to type where it is not installed."""

from __future__ import annotations

from importlib.util import find_spec

from workbook.errors import WorkbookError
from workbook.typed import name_pip


def need(module: str, *, extra: str) -> None:
    """Raise WorkbookError that says what to type where a module of an extra is not installed."""
    if find_spec(module) is None:
        raise WorkbookError(
            f"This needs {module}, which is not installed. Type: {name_pip()} install 'soil-and-seeds[{extra}]'"
        )
