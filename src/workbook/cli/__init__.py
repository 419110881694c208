"""The command `workbook`: parse, call one function, print.

A file holds one group of commands, each a plain function; `COMMANDS` lists them as `workbook --help` does. What a
command needs is imported when it runs, so that `--help` and a slip of the pen are answered at once.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from workbook.cli import answers, data, engagements, pages, projects
from workbook.cli.printing import print_text
from workbook.errors import WorkbookError, explain_refusal

COMMANDS: dict[str, Callable[..., None]] = {
    "init": projects.init,
    "new": engagements.new,
    "check": engagements.check,
    "batch": pages.batch,
    "trust": pages.trust,
    "open": answers.open_workbook,
    "questionnaire": answers.questionnaire,
    "mapping": answers.mapping,
    "collect": answers.collect,
    "withdraw": answers.withdraw,
    "export": data.export,
    "map": data.map_,
    "rename": engagements.rename,
    "archive": engagements.archive,
    "delete": engagements.delete,
    "doctor": projects.doctor,
    "pack": pages.pack,
}

_GONE = "The folder you stand in is not there any more. Go into the folder of your workbook: cd my-workbook"

app = typer.Typer(
    name="workbook",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)


def _say_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version as find_version

        print_text(f"soil-and-seeds {find_version('soil-and-seeds')}")
        raise typer.Exit


@app.callback(help="Soil & Seeds: read every choice of a commission as evaluation and as learning.")
def _take_options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Take what stands before a command, and clean up after one that was killed."""
    from workbook.places import find_project_folder

    if project := find_project_folder():
        from workbook.disk.leftovers import remove_all_leftovers

        remove_all_leftovers(project, _end_steps)


def _end_steps(project: Path) -> None:
    from workbook.storage.moving import end_all_steps

    end_all_steps(project)


def _stands_somewhere() -> bool:
    try:
        Path.cwd()
    except OSError:
        return False
    return True


def main() -> None:
    """Run the command; what is refused, by the workbook or by the disk, is printed, and the exit status is 1."""
    # Python looks for rings among its objects at every 700 new ones, of which a start makes a hundred thousand.
    gc.set_threshold(50_000)
    # A name may have signs that the terminal, or a file on Windows, cannot hold.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    # Whatever else is installed here has no business with answers; and to look for it costs a check a twentieth.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if hasattr(os, "umask"):
        os.umask(0o077)  # what this command and its processes write holds answers, or may
    # Nor has a file of the folder one stands in that is called like a module.
    sys.path[:] = [one for one in sys.path if one]
    try:
        app()
    except WorkbookError as error:
        print_text(str(error), error=True)
        sys.exit(1)
    except OSError as error:
        print_text(explain_refusal(error) if _stands_somewhere() else _GONE, error=True)
        sys.exit(1)
