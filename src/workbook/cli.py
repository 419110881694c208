"""The command `workbook`: parse, call one function, print."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from workbook import storage
from workbook.content import find_language, list_untranslated
from workbook.errors import InputError, WorkbookError
from workbook.model.answers import Edition

app = typer.Typer(
    name="workbook",
    help="Soil & Seeds: read every choice of a commission as evaluation and as learning.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
Slugs = Annotated[list[str] | None, typer.Argument(metavar="[SLUG]...", help="Engagements by name; all if none is named.")]


def main() -> None:
    """Run the command; a WorkbookError is printed as its message, and the exit status is 1."""
    try:
        app()
    except WorkbookError as error:
        _print(str(error), error=True)
        sys.exit(1)


@app.command()
def new(slug: Annotated[str, typer.Argument(help="The engagement's name: small letters, digits, hyphens.")]) -> None:
    """Make a new engagement: parameters/SLUG/engagement.yaml, with explanations, ready to fill in."""
    path = storage.create_engagement(slug)
    _print(f"Made {_shorten(path)}.\nNext: fill it in, then type: workbook check {slug}")


@app.command()
def check(slugs: Slugs = None) -> None:
    """Check engagements: name every problem of every file at once, and what to type instead."""
    bad = 0
    for slug in _choose_slugs(slugs):
        try:
            engagement = storage.load_engagement(storage.find_slug(slug))
        except InputError as error:
            bad += 1
            count = len(error.problems)
            _print(f"{slug}: {count} problem{'s' if count > 1 else ''}", error=True)
            _print("\n".join(f"  {line}" for line in str(error).splitlines()), error=True)
        except WorkbookError as error:
            bad += 1
            _print(f"{slug}: {error}", error=True)
        else:
            voices = len(engagement.voices)
            _print(f"{slug}: no problems ({voices} voice{'' if voices == 1 else 's'})")
    _print_untranslated()
    if bad:
        raise typer.Exit(1)


@app.command()
def batch(
    slugs: Slugs = None,
    edition: Annotated[
        list[Edition] | None, typer.Option(help="Whom the pages are for; may be given several times.")
    ] = None,
    report: Annotated[list[str] | None, typer.Option(help="Which report; may be given several times.")] = None,
    jobs: Annotated[int, typer.Option(min=0, max=64, help="How many pages are made side by side; 0 means one per core.")] = 0,
    job_seconds: Annotated[float, typer.Option(min=1, help="The longest one page may take, in seconds.")] = 120,
    deadline: Annotated[float, typer.Option(min=1, help="The longest the whole batch may take, in seconds.")] = 3600,
) -> None:
    """Make the pages: outputs/SLUG/REPORT.html, one per engagement, edition and report."""
    from workbook.batch.plan import plan_jobs
    from workbook.batch.report import print_outcomes, show_progress
    from workbook.batch.run import Limits, run_jobs
    from workbook.batch.snapshots import prepare_snapshot

    root = storage.find_project()
    chosen = _choose_slugs(slugs)
    planned = [
        job
        for name in report or ["summary"]
        for job in plan_jobs(chosen, editions=edition or [Edition.PRIVATE], report=name, root=root)
    ]
    console = Console()
    limits = Limits(workers=jobs or os.cpu_count() or 1, job_seconds=job_seconds, deadline_seconds=deadline)
    with show_progress(len(planned), console=console) as on_change:
        outcomes = run_jobs(planned, prepare=prepare_snapshot, limits=limits, on_change=on_change)
    print_outcomes(outcomes, console=console)
    if not all(outcome.made for outcome in outcomes):
        raise typer.Exit(1)


def _print_untranslated() -> None:
    language = find_language()
    missing = list_untranslated(language) if language else ()
    if missing:
        first = "\n".join(f"  {place}" for place in missing[:10])
        _print(f"Language {language}: {len(missing)} texts are not translated and stay English. The first:\n{first}")


def _choose_slugs(slugs: Sequence[str] | None) -> tuple[str, ...]:
    if slugs:
        return tuple(dict.fromkeys(slugs))
    found = storage.list_slugs(storage.find_project())
    if not found:
        raise WorkbookError("There is no engagement yet. To make one, type: workbook new my-engagement")
    return found


def _print(text: str, *, error: bool = False) -> None:
    # Text, not markup: square brackets in a person's file must not become colours.
    Console(stderr=error, soft_wrap=True, highlight=False).print(Text(text))


def _shorten(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
