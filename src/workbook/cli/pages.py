"""Pages: made for whom they are for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from workbook.cli.printing import Slugs, choose_slugs
from workbook.model.choices import Edition


def _choose_for(report: str, chosen: tuple[str, ...], named: Sequence[str] | None) -> tuple[str, ...]:
    """Leave the shipped examples out of figures over several engagements, unless they are named."""
    from workbook import storage
    from workbook.batch.plan import OVER_ALL

    return storage.leave_shipped_out(chosen) if report in OVER_ALL and not named else chosen


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

    The portfolio is one page over all engagements: outputs/portfolio.html. It leaves the examples that ship out where
    there is anything else, unless they are named.
    """
    from rich.console import Console

    from workbook import storage
    from workbook.batch.plan import plan_jobs
    from workbook.batch.report import print_outcomes, show_progress
    from workbook.batch.run import Limits
    from workbook.batch.snapshots import prepare_snapshot
    from workbook.batch.stages import run_stages

    root = storage.find_project()
    chosen = choose_slugs(slugs)
    planned = [
        job
        for name in report or ["summary"]
        for job in plan_jobs(
            _choose_for(name, chosen, slugs), editions=edition or [Edition.PRIVATE], report=name, root=root
        )
    ]
    console = Console()
    limits = Limits(workers=jobs or os.cpu_count() or 1, job_seconds=job_seconds, deadline_seconds=deadline)
    with show_progress(len(planned), console=console) as on_change:
        outcomes = run_stages(planned, prepare=prepare_snapshot, limits=limits, on_change=on_change)
    print_outcomes(outcomes, console=console)
    if not all(outcome.made for outcome in outcomes):
        raise typer.Exit(1)
