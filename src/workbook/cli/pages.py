"""Pages: made for whom they are for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.printing import Slug, Slugs, choose_slugs, print_text, shorten
from workbook.errors import WorkbookError
from workbook.model.choices import Edition
from workbook.share.format import PageFormat

if TYPE_CHECKING:
    from workbook.batch.stages import Run


def _choose_for(report: str, chosen: tuple[str, ...], named: Sequence[str] | None, shard: str) -> tuple[str, ...]:
    """Leave the shipped examples out of figures over several engagements, unless they are named.

    Of several parts take one; raises WorkbookError for a page over all of them, which no part can make.
    """
    from workbook import storage
    from workbook.batch.plan import OVER_ALL, take_shard

    if shard and report in OVER_ALL:
        raise WorkbookError(f"The {report} is one page over all engagements. Make it without --shard, after all parts.")
    if shard:
        return take_shard(chosen, shard)
    return storage.leave_shipped_out(chosen) if report in OVER_ALL and not named else chosen


def _choose_run(scheduler: str, *, kernel: bool) -> Run:
    """Return what runs the jobs: this machine, or the workers of a scheduler."""
    from functools import partial

    from workbook.batch.workers.crew import choose_way

    if not scheduler:
        from workbook.batch.run import run_jobs

        return partial(run_jobs, way=choose_way(kernel=kernel))
    if kernel:
        raise WorkbookError("--kernel runs on this machine alone. Leave it or --scheduler out.")
    from workbook.batch.far.run import run_far

    return partial(run_far, address=scheduler)


def batch(
    slugs: Slugs = None,
    edition: Annotated[
        list[Edition] | None, typer.Option(help="Whom the pages are for; may be given several times.")
    ] = None,
    report: Annotated[list[str] | None, typer.Option(help="Which report; may be given several times.")] = None,
    formats: Annotated[
        list[PageFormat] | None,
        typer.Option("--format", help="What to make beside the page; may be given several times."),
    ] = None,
    template: Annotated[
        Path | None, typer.Option(help="A Word document of your house, whose styles the docx takes.")
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=0, max=64, help="How many pages are made side by side; 0 means one per usable core.")
    ] = 0,
    job_seconds: Annotated[float, typer.Option(min=1, help="The longest one page may take, in seconds.")] = 120,
    kernel: Annotated[
        bool, typer.Option("--kernel", help="Run each notebook in a Jupyter kernel of its own: slower, the same pages.")
    ] = False,
    release: Annotated[
        bool, typer.Option("--release", help="Record that the partners or public pages go out; else they are drafts.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Make pages again that are unchanged since they were made.")
    ] = False,
    scheduler: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Have the workers of a dask scheduler make what others may see."),
    ] = "",
    shard: Annotated[
        str, typer.Option(metavar="I/N", help="Make part I of N parts of the engagements, such as 1/4.")
    ] = "",
    deadline: Annotated[float, typer.Option(min=1, help="The longest the whole batch may take, in seconds.")] = 3600,
) -> None:
    """Make the pages: outputs/SLUG/REPORT.html, one per engagement, edition and report.

    The portfolio is one page over all engagements: outputs/portfolio.html. It leaves the examples that ship out where
    there is anything else, unless they are named. What was made before and would be the same again is not made again.
    """
    from rich.console import Console

    from workbook import storage
    from workbook.batch.plan import plan_jobs
    from workbook.batch.releasing import release_jobs
    from workbook.batch.report import print_outcomes, show_progress
    from workbook.batch.run import Limits
    from workbook.batch.snapshots import prepare_snapshot
    from workbook.batch.stages import run_stages
    from workbook.content import choose_content
    from workbook.handover.formats import make_formats
    from workbook.machine import count_processors

    if release and set(edition or [Edition.PRIVATE]) == {Edition.PRIVATE}:
        raise WorkbookError(
            "--release records what goes out, and the private edition does not. "
            "Add --edition partners or --edition public, or leave --release out."
        )
    root = storage.find_project()
    chosen = choose_slugs(slugs)
    planned = [
        job
        for name in report or ["summary"]
        for job in plan_jobs(
            _choose_for(name, chosen, slugs, shard), editions=edition or [Edition.PRIVATE], report=name, root=root
        )
    ]
    for line in release_jobs(planned) if release else ():
        print_text(line)
    run = _choose_run(scheduler, kernel=kernel)
    choose_content()  # workers and kernels run in folders of their own
    console = Console()
    limits = Limits(workers=jobs or count_processors(), job_seconds=job_seconds, deadline_seconds=deadline)
    with show_progress(len(planned), console=console) as on_change:
        outcomes = run_stages(
            planned, prepare=prepare_snapshot, limits=limits, on_change=on_change, run=run, force=force
        )
    print_outcomes(outcomes, console=console)
    further = list(make_formats(outcomes, formats or [], template=template, force=force))
    for file in further:
        print_text(f"{shorten(file.path)}: {file.problem or file.note or 'made'}", error=bool(file.problem))
    if not all(outcome.stands for outcome in outcomes) or any(file.problem for file in further):
        raise typer.Exit(1)


def pack(
    slug: Slug,
    edition: Annotated[Edition, typer.Option(help="Whom it is for.")] = Edition.PARTNERS,
    whom: Annotated[str, typer.Option("--ask", help="Whom to ask for another format; else the commissioner.")] = "",
) -> None:
    """Put what was made in one edition into a folder and a zip, with a list of files and a covering note."""
    from workbook.handover.pack import pack as put_together

    packed = put_together(slug, edition=edition, whom=whom)
    print_text(f"Made {shorten(packed.folder)} and {shorten(packed.archive)} with {len(packed.files)} files.")


def trust(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Notebooks of yours, or that you have read.")],
) -> None:
    """Let notebooks that you wrote or changed run: as they are now, for you, on this machine."""
    from workbook.trust import approve, is_trusted, read_notebook

    for file in files:
        cells = read_notebook(file)["cells"]
        if is_trusted(file):
            print_text(f"{shorten(file)} runs already.")
            continue
        approve(file)
        code = sum(cell["cell_type"] == "code" for cell in cells)
        print_text(f"{shorten(file)} may run, as it is now ({code} cells of code). After a change, type this again.")
