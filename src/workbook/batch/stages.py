"""Reports over all engagements are made last, because they link to the pages of single ones."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from workbook.batch.messages import Prepare, WayName
from workbook.batch.outcomes import Outcome, describe_failure
from workbook.batch.plan import Job
from workbook.batch.run import Limits, OnChange, run_jobs


def run_stages(
    jobs: Sequence[Job], *, prepare: Prepare, limits: Limits, on_change: OnChange, way: WayName | None = None
) -> tuple[Outcome, ...]:
    """Run jobs as `run_jobs` does, those over all engagements once the others have ended.

    Both stages share the deadline; a batch that was asked to stop begins no second stage.
    """
    ends = time.monotonic() + limits.deadline_seconds
    run = partial(run_jobs, prepare=prepare, on_change=on_change, way=way)
    first = run([job for job in jobs if not job.slugs], limits=limits)
    second = [job for job in jobs if job.slugs]
    left = ends - time.monotonic()
    if left <= 0 or any(outcome.status == "stopped" for outcome in first):
        return first + tuple(_stop(job, on_change) for job in second)
    return first + run(second, limits=replace(limits, deadline_seconds=left))


def _stop(job: Job, on_change: OnChange) -> Outcome:
    outcome = describe_failure(job, "stopped", 0.0, "The batch was stopped before it began.")
    on_change(job, outcome)
    return outcome
