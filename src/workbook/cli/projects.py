"""Projects and the machine they are on."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.printing import Yes, confirm, print_text, shorten
from workbook.errors import WorkbookError
from workbook.typed import name_command


def init(
    folder: Annotated[Path | None, typer.Argument(help="Where to make it; with --update, this project.")] = None,
    bare: Annotated[bool, typer.Option("--bare", help="Leave the engagements that ship out.")] = False,
    content: Annotated[bool, typer.Option("--content", help="Put the words there too, to be changed.")] = False,
    update: Annotated[bool, typer.Option("--update", help="Bring a project that is there forward.")] = False,
    yes: Yes = False,
) -> None:
    """Make a project: notebooks, the engagements that ship, documents, and a place for yours.

    With --update, a project made by an older workbook gets what is new; it is said first what would change, and what
    somebody changed or answered stays as it is.
    """
    from workbook import storage
    from workbook.projects.making import make_project

    if update:
        _bring_forward(folder or storage.find_project(), content=content, yes=yes)
        return
    if folder is None:
        raise WorkbookError("Say where to make it: workbook init my-workbook")
    project = make_project(folder, bare=bare, content=content)
    made = shorten(project)
    _approve_shipped()
    there = "" if made == "." else f"cd {_quote(made)}, then "
    first = "new my-commission" if bare else "batch"
    print_text(f"Made a workbook in {project}.\nNext: {there}type: {name_command(elsewhere=bool(there))} {first}")


def _approve_shipped() -> None:
    """Let what was put into a project go on running when a newer workbook ships others."""
    from workbook.trust import approve_shipped

    with suppress(OSError):  # a user without a folder for settings can still make a project
        approve_shipped()


def _quote(path: str) -> str:
    return f'"{path}"' if " " in path else path


def _bring_forward(folder: Path, *, content: bool, yes: bool) -> None:
    from workbook.projects.updating import apply_update, plan_update

    says = {"new": "add", "changed": "replace", "gone": "remove", "kept": "leave, since it is yours"}
    update = plan_update(folder, content=content)
    for change in update.changes:
        print_text(f"  {says[change.kind]}: {change.name}")
    if not update.writes:
        print_text(f"{folder}: nothing to bring forward.")
        return
    confirm("Do this?", yes=yes)
    apply_update(update)
    _approve_shipped()
    print_text("Done. Next: workbook check")


def doctor() -> None:
    """Say what this machine can and cannot do, and what to type where it is too little."""
    from workbook.projects.doctor import examine

    for finding in examine():
        print_text(str(finding))
