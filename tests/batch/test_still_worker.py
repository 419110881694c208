"""A worker that stands still before it is ready is under the limit of a job, and the batch goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.batch import run
from workbook.batch.plan import Job, plan_jobs
from workbook.batch.run import Limits, run_jobs
from workbook.batch.workers import crew


def _write_nothing(job: Job, folder: Path) -> None:
    """No job of these tests comes as far as this."""


STILL = [sys.executable, "-c", "import time; time.sleep(3600)"]


def test_a_worker_that_never_gets_ready_is_replaced(plain_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job it would have taken is reported, each in its turn, and the batch ends long before its deadline."""
    monkeypatch.setattr(run, "GRACE_SECONDS", 0.0)
    started = subprocess.Popen
    monkeypatch.setattr(crew.subprocess, "Popen", lambda command, **options: started(STILL, **options))
    jobs = plan_jobs(["one", "two"], editions=["private"], report="summary", root=plain_project)
    limits = Limits(workers=1, job_seconds=0.2, deadline_seconds=60)
    ended = run_jobs(jobs, prepare=_write_nothing, limits=limits, way="spawned")
    assert [outcome.status for outcome in ended] == ["worker died", "worker died"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no process")
def test_a_nursery_that_stands_still_is_not_waited_for(plain_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no worker is ever forked, the same is said."""
    monkeypatch.setattr(run, "GRACE_SECONDS", 0.0)
    started = subprocess.Popen
    monkeypatch.setattr(crew.subprocess, "Popen", lambda command, **options: started(STILL, **options))
    jobs = plan_jobs(["one"], editions=["private"], report="summary", root=plain_project)
    limits = Limits(workers=1, job_seconds=0.2, deadline_seconds=60)
    (ended,) = run_jobs(jobs, prepare=_write_nothing, limits=limits, way="forked")
    assert ended.status == "worker died"


@pytest.fixture
def plain_project(tmp_path: Path) -> Path:
    """A project with one notebook, which is never run."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "10_summary.ipynb").write_text("{}", encoding="utf-8")
    return tmp_path
