"""What a kernel may read: engagements as one edition may show them, and nothing else."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from workbook.batch.plan import Job, name_page
from workbook.storage import load_engagement, snapshot_portfolio, write_snapshot

LINKED = ("summary", "brief")
"""The reports of each engagement that a report over all of them links to, where there is a page."""


def prepare_snapshot(job: Job, folder: Path) -> None:
    """Load a job's engagement, or engagements, redacted for its edition, and write them where its kernel will look.

    Raises InputError with every problem of a single engagement's files; of several, those at fault are left out.
    """
    if not job.slugs:
        write_snapshot(load_engagement(job.root / "parameters" / job.slug, job.edition), folder)
        return
    snapshot_portfolio(job.root / "parameters", job.slugs, job.edition, into=folder, link=partial(list_linked, job))


def list_linked(job: Job, slug: str) -> tuple[str, ...]:
    """Return the reports of an engagement that have a page in a job's edition, to link to."""
    folder = job.outputs / slug
    return tuple(report for report in LINKED if (folder / name_page(report, job.edition)).is_file())
