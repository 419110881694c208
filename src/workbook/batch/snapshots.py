"""What a kernel may read: the engagement as one edition may show it, and nothing else."""

from __future__ import annotations

from pathlib import Path

from workbook.batch.plan import Job
from workbook.storage import load_engagement, write_snapshot


def prepare_snapshot(job: Job, folder: Path) -> None:
    """Load a job's engagement, redacted for its edition, and write it where the job's kernel will look.

    Raises InputError with every problem of the engagement's files.
    """
    write_snapshot(load_engagement(job.root / "parameters" / job.slug, job.edition), folder)
