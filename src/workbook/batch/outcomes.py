"""What came of a job, in words for the person who started the batch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from workbook.batch.plan import Job

Status = Literal[
    "made",
    "unchanged",
    "not trusted",
    "invalid",
    "notebook failed",
    "page failed",
    "kernel died",
    "timed out",
    "stopped",
    "worker died",
]


@dataclass(frozen=True)
class Outcome:
    """How one job ended: `page` only if it says what the files say, `earlier_page` if an older one is in its place.

    `shown` is the digest of what the page was made of.
    """

    job: Job
    status: Status
    seconds: float
    message: str = ""
    page: Path | None = None
    earlier_page: Path | None = None
    shown: str = ""

    @property
    def made(self) -> bool:
        """Whether a page of this run stands in its place."""
        return self.status == "made"

    @property
    def stands(self) -> bool:
        """Whether the page says what the files say now, made in this run or found unchanged."""
        return self.status in ("made", "unchanged")


def describe_failure(job: Job, status: Status, seconds: float, message: str) -> Outcome:
    """Return the outcome of a job that made no page, with a warning when an earlier page is left standing."""
    if not job.page.exists():
        return Outcome(job, status, seconds, message)
    warning = f"The page of an earlier run is still at {job.page}; it may not show what the files say now."
    if job.edition != "private":
        warning += " If a consent was withdrawn since, do not share it: delete it."
    return Outcome(job, status, seconds, f"{message}\n{warning}", earlier_page=job.page)
