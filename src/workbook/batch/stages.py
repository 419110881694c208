"""Reports over all engagements are made last, because they link to the pages of single ones."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from shlex import quote

from workbook.batch.messages import Prepare, WayName
from workbook.batch.outcomes import Outcome, describe_failure
from workbook.batch.plan import Job
from workbook.batch.run import Limits, OnChange, run_jobs
from workbook.trust import explain, is_trusted


def run_stages(
    jobs: Sequence[Job], *, prepare: Prepare, limits: Limits, on_change: OnChange, way: WayName | None = None
) -> tuple[Outcome, ...]:
    """Run jobs as `run_jobs` does, those over all engagements once the others have ended; no strange notebook is run.

    Both stages share the deadline; a batch that was asked to stop begins no second stage.
    """
    ends = time.monotonic() + limits.deadline_seconds
    strange = tuple(_refuse(job, on_change) for job in jobs if not is_trusted(job.notebook))
    jobs = [job for job in jobs if job not in {outcome.job for outcome in strange}]
    run = partial(run_jobs, prepare=prepare, on_change=on_change, way=way)
    first = run([job for job in jobs if not job.slugs], limits=limits)
    second = [job for job in jobs if job.slugs]
    left = ends - time.monotonic()
    if left <= 0 or any(outcome.status == "stopped" for outcome in first):
        return strange + first + tuple(_stop(job, on_change) for job in second)
    return strange + first + run(second, limits=replace(limits, deadline_seconds=left))


def _refuse(job: Job, on_change: OnChange) -> Outcome:
    shown = job.notebook.relative_to(job.root) if job.notebook.is_relative_to(job.root) else job.notebook
    outcome = describe_failure(job, "not trusted", 0.0, explain(job.notebook, quote(shown.as_posix())))
    on_change(job, outcome)
    return outcome


def _stop(job: Job, on_change: OnChange) -> Outcome:
    outcome = describe_failure(job, "stopped", 0.0, "The batch was stopped before it began.")
    on_change(job, outcome)
    return outcome
