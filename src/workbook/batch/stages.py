"""Only what changed is made, and reports over all engagements last, because they link to the pages of single ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from shlex import quote

from workbook.batch.kept.records import Records
from workbook.batch.messages import Prepare
from workbook.batch.outcomes import Outcome, describe_failure
from workbook.batch.plan import Job
from workbook.batch.run import Limits, OnChange, run_jobs
from workbook.trust import explain, is_trusted

Run = Callable[..., tuple[Outcome, ...]]


def run_stages(
    jobs: Sequence[Job],
    *,
    prepare: Prepare,
    limits: Limits,
    on_change: OnChange,
    run: Run = run_jobs,
    force: bool = False,
) -> tuple[Outcome, ...]:
    """Run jobs by `run`, which is `run_jobs` or does as it does, those over all engagements once the others have ended.

    A job whose page stands and whose inputs are the same is `unchanged` and not run; `force` runs it all the same. One
    whose notebook is strange is not run either.
    Both stages share the deadline; a batch that was asked to stop begins no second stage.
    """
    ends = time.monotonic() + limits.deadline_seconds
    strange = tuple(_refuse(job, on_change) for job in jobs if not is_trusted(job.notebook))
    jobs = [job for job in jobs if job not in {outcome.job for outcome in strange}]
    run_changed = partial(_run_changed, run=partial(run, prepare=prepare), on_change=on_change, force=force)
    first = run_changed([job for job in jobs if not job.slugs], limits=limits)
    second = [job for job in jobs if job.slugs]
    left = ends - time.monotonic()
    if left <= 0 or any(outcome.status == "stopped" for outcome in first):
        return strange + first + tuple(_stop(job, on_change) for job in second)
    return strange + first + run_changed(second, limits=replace(limits, deadline_seconds=left))


def _refuse(job: Job, on_change: OnChange) -> Outcome:
    shown = job.notebook.relative_to(job.root) if job.notebook.is_relative_to(job.root) else job.notebook
    outcome = describe_failure(job, "not trusted", 0.0, explain(job.notebook, quote(shown.as_posix())))
    on_change(job, outcome)
    return outcome


def _run_changed(
    jobs: Sequence[Job], *, run: Run, limits: Limits, on_change: OnChange, force: bool
) -> tuple[Outcome, ...]:
    records = Records()
    judged = [records.judge(job) for job in jobs]
    unchanged = {job: one for job, one in zip(jobs, judged, strict=True) if isinstance(one, Outcome) and not force}

    def tell(job: Job, outcome: Outcome | None) -> None:
        if outcome is not None and outcome.stands:
            records.keep(outcome)
        on_change(job, outcome)

    for job, outcome in unchanged.items():
        on_change(job, outcome)
    waiting = [
        job if force or isinstance(one, Outcome) else one
        for job, one in zip(jobs, judged, strict=True)
        if job not in unchanged
    ]
    ran = iter(run(waiting, limits=limits, on_change=tell))
    return tuple(unchanged[job] if job in unchanged else next(ran) for job in jobs)


def _stop(job: Job, on_change: OnChange) -> Outcome:
    outcome = describe_failure(job, "stopped", 0.0, "The batch was stopped before it began.")
    on_change(job, outcome)
    return outcome
