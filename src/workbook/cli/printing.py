"""What every command prints and asks for: plain text, short paths, engagements by name."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from workbook.errors import WorkbookError
from workbook.typed import make_pasteable

# Every control code but the end of a line and the tabulator.
_LEADING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

Slug = Annotated[str, typer.Argument(help="The engagement's name.")]
Slugs = Annotated[
    list[str] | None, typer.Argument(metavar="[SLUG]...", help="Engagements by name; all if none is named.")
]

Yes = Annotated[bool, typer.Option("--yes", help="Go on without being asked.")]


def choose_slugs(slugs: Sequence[str] | None) -> tuple[str, ...]:
    """Return the engagements named, or all there are; raises WorkbookError where there is none."""
    if slugs:
        return tuple(dict.fromkeys(slugs))
    from workbook import storage

    found = storage.list_slugs(storage.find_project())
    if not found:
        raise WorkbookError("There is no engagement yet. To make one, type: workbook new my-engagement")
    return found


def confirm(question: str, *, yes: bool) -> None:
    """Ask whether to go on, unless `--yes` was typed; raises WorkbookError, with nothing changed, where not."""
    if yes:
        return
    if not sys.stdin or not sys.stdin.isatty():
        raise WorkbookError("Nothing was changed. To go on, type the same command with --yes at its end.")
    if not typer.confirm(question):
        raise WorkbookError("Nothing was changed.")


def print_text(text: str, *, error: bool = False) -> None:
    """Print text as it is, with commands as they are typed here.

    No markup, and no sign by which a person's file could lead the terminal.
    """
    typer.echo(_LEADING.sub("\N{REPLACEMENT CHARACTER}", make_pasteable(text)), err=error)


def shorten(path: Path) -> str:
    """Return a path as one types it from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
