"""The command `workbook`: parse, call one function, print.

A file holds one group of commands, each a plain function; `COMMANDS` lists them as `workbook --help` does. What a
command needs is imported when it runs, so that `--help` and a slip of the pen are answered at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from workbook.cli import answers, data, engagements, pages
from workbook.cli.printing import print_text
from workbook.errors import WorkbookError

COMMANDS: dict[str, Callable[..., None]] = {
    "new": engagements.new,
    "check": engagements.check,
    "batch": pages.batch,
    "open": answers.open_workbook,
    "questionnaire": answers.questionnaire,
    "mapping": answers.mapping,
    "collect": answers.collect,
    "export": data.export,
    "map": data.map_,
}

app = typer.Typer(
    name="workbook",
    help="Soil & Seeds: read every choice of a commission as evaluation and as learning.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)


def main() -> None:
    """Run the command; a WorkbookError is printed as its message, and the exit status is 1."""
    try:
        app()
    except WorkbookError as error:
        print_text(str(error), error=True)
        sys.exit(1)
