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
from workbook.model.questions import Recipient

app = typer.Typer(
    name="workbook",
    help="Soil & Seeds: read every choice of a commission as evaluation and as learning.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
Slugs = Annotated[
    list[str] | None, typer.Argument(metavar="[SLUG]...", help="Engagements by name; all if none is named.")
]


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
    """Check engagements: name every problem of every file at once, and what to type instead.

    What is no problem but should be looked at is said too, and does not make the check fail.
    """
    bad = 0
    for slug in _choose_slugs(slugs):
        try:
            folder = storage.find_slug(slug)
            engagement = storage.load_engagement(folder)
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
            for hint in storage.list_hints(folder):
                _print(f"  look: {hint}")
    if not slugs:
        _print_strays()
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
    jobs: Annotated[
        int, typer.Option(min=0, max=64, help="How many pages are made side by side; 0 means one per core.")
    ] = 0,
    job_seconds: Annotated[float, typer.Option(min=1, help="The longest one page may take, in seconds.")] = 120,
    deadline: Annotated[float, typer.Option(min=1, help="The longest the whole batch may take, in seconds.")] = 3600,
) -> None:
    """Make the pages: outputs/SLUG/REPORT.html, one per engagement, edition and report.

    The portfolio is one page over all engagements: outputs/portfolio.html.
    """
    from workbook.batch.plan import plan_jobs
    from workbook.batch.report import print_outcomes, show_progress
    from workbook.batch.run import Limits
    from workbook.batch.snapshots import prepare_snapshot
    from workbook.batch.stages import run_stages

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
        outcomes = run_stages(planned, prepare=prepare_snapshot, limits=limits, on_change=on_change)
    print_outcomes(outcomes, console=console)
    if not all(outcome.made for outcome in outcomes):
        raise typer.Exit(1)


def _print_strays() -> None:
    strays = storage.list_strays(storage.find_project() / "parameters")
    for name in strays:
        _print(f"look: parameters/{name}: this folder holds no engagement, or its name cannot be one's: passed over")


def _print_untranslated() -> None:
    language = find_language()
    missing = list_untranslated(language) if language else ()
    if missing:
        first = "\n".join(f"  {place}" for place in missing[:10])
        _print(f"Language {language}: {len(missing)} texts are not translated and stay English. The first:\n{first}")


@app.command("open")
def open_workbook(
    slug: Annotated[str, typer.Argument(help="The engagement's name.")],
    browser: Annotated[bool, typer.Option(help="Open the browser by itself.")] = True,
    as_app: Annotated[bool, typer.Option("--app", help="Show the forms without JupyterLab around them.")] = False,
) -> None:
    """Fill the workbook in: working copies of the notebooks, and JupyterLab on them."""
    from workbook.forms.lab.server import plan_server, run_server

    server = plan_server(slug, with_browser=browser, as_app=as_app)
    _print(f"The workbook opens in your browser. If it does not, go to:\n  {server.address}")
    _print("Every answer is saved as you give it. Keep this window open; to stop, press Ctrl+C here.")
    raise typer.Exit(run_server(server))


@app.command()
def questionnaire(
    slug: Annotated[str, typer.Argument(help="The engagement's name.")],
    more: Annotated[list[str] | None, typer.Argument(metavar="[CHAPTER]...", help="More chapters to ask.")] = None,
    chapters: Annotated[
        list[str] | None,
        typer.Option(metavar="CHAPTER", help="Which chapters to ask, such as framing; all if none is named."),
    ] = None,
    role: Annotated[str, typer.Option(help="The role that stands in the form to begin with.")] = "",
    recipient: Annotated[
        Recipient,
        typer.Option("--for", help="Who fills it in: the commissioner's own people are asked more than all others."),
    ] = Recipient.OTHERS,
    output: Annotated[
        Path | None, typer.Option(help="Where to put it instead of outputs/SLUG/questionnaire.html.")
    ] = None,
) -> None:
    """Make one file that partners, grantees and people who benefit can fill in offline and send back."""
    from workbook.forms.questionnaire.questionnaire import write_questionnaire

    chosen = [*(chapters or []), *(more or [])]
    path = write_questionnaire(slug, chapters=chosen, role=role, recipient=recipient, output=output)
    shorter = "" if chosen else "For a shorter one, name chapters: --chapters framing safety\n"
    _print(
        f"Made {_shorten(path)} ({path.stat().st_size / 1024:.0f} KiB).\n{shorter}"
        f"Next: send it out. When files come back, type: workbook collect {slug} FILE"
    )


@app.command()
def collect(
    slug: Annotated[str, typer.Argument(help="The engagement's name.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files that came back.")],
    voice: Annotated[
        str, typer.Option("--as", metavar="VOICE", help="The voice's name; made from the role if none is given.")
    ] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Put the answers in the place of a voice that is there.")
    ] = False,
) -> None:
    """Check files that came back from a questionnaire and file each as a voice; a bad file changes nothing."""
    from workbook.forms.questionnaire.collect import Refused, collect_answers

    refused = 0
    for outcome in collect_answers(slug, files, voice=voice, replace=replace):
        refused += isinstance(outcome, Refused)
        _print(str(outcome), error=isinstance(outcome, Refused))
    if refused:
        raise typer.Exit(1)


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
