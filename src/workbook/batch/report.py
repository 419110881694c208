"""What a person sees of a batch: a bar while it runs, a table at its end, and why each failure failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from workbook.batch.outcomes import Outcome
from workbook.batch.plan import Job
from workbook.batch.run import OnChange
from workbook.markup import clean_text

_HEADS = ("engagement", "report", "edition", "result", "seconds", "page")


@contextmanager
def show_progress(total: int, *, console: Console) -> Iterator[OnChange]:
    """Give the function that `run_jobs` tells of changes: a bar on a terminal, else one line per finished job."""
    if not console.is_terminal:
        yield lambda job, outcome: _print_line(job, outcome, console)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("Starting", total=total)

        def advance(job: Job, outcome: Outcome | None) -> None:
            progress.update(bar, description=job.name, advance=0 if outcome is None else 1)

        yield advance


def _print_line(job: Job, outcome: Outcome | None, console: Console) -> None:
    if outcome is not None and outcome.status != "unchanged":
        _print(console, f"{outcome.status}: {job.name} ({outcome.seconds:.1f} s)")


def print_outcomes(outcomes: Sequence[Outcome], *, console: Console) -> None:
    """Print the closing table, then each failure with what to do about it."""
    head, *rows = _align([_HEADS, *(_describe_row(outcome) for outcome in outcomes)])
    _print(console, head, style="bold")
    for row, outcome in zip(rows, outcomes, strict=True):
        _print(console, row, style="" if outcome.stands else "bold red")
    for outcome in outcomes:
        if not outcome.stands:
            indented = outcome.message.replace("\n", "\n    ")
            _print(console, f"\n{outcome.job.name}: {outcome.status}\n    {indented}")
    _print(console, f"\n{_sum_up(outcomes)}")


def _sum_up(outcomes: Sequence[Outcome]) -> str:
    made = sum(outcome.made for outcome in outcomes)
    unchanged = sum(outcome.status == "unchanged" for outcome in outcomes)
    if not unchanged:
        return f"{made} of {len(outcomes)} made."
    return f"{made} of {len(outcomes)} made, {unchanged} unchanged since they were made (--force makes them again)."


def _describe_row(outcome: Outcome) -> tuple[str, ...]:
    if outcome.page:
        page = _shorten(outcome.page)
    else:
        page = f"old: {_shorten(outcome.earlier_page)}" if outcome.earlier_page else "none"
    job = outcome.job
    return (
        job.slug,
        job.report,
        job.edition,
        outcome.status,
        f"{outcome.seconds:.1f}",
        page,
    )


def _align(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _shorten(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _print(console: Console, text: str, *, style: str = "") -> None:
    """Print as it stands: no markup and no control codes, which an answer could hold, and paths in one piece."""
    console.print(Text(clean_text(text), style=style), soft_wrap=True)
