"""Further formats are made of the executed notebook of one edition, and of nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from canaries import EVERYTHING, MAY, find_words, write_canaries
from opened import open_file
from workbook.batch.plan import plan_jobs
from workbook.batch.run import Limits
from workbook.batch.snapshots import prepare_snapshot
from workbook.batch.stages import run_stages
from workbook.handover.formats import make_formats
from workbook.model.choices import Edition
from workbook.share.format import PageFormat

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a project with an engagement of canaries."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    write_canaries(tmp_path / "parameters")
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("format_", [PageFormat.DOCX, PageFormat.PDF])
def test_a_file_needs_nothing_but_the_executed_notebook(
    project: Path, format_: PageFormat, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the engagement taken away the same bytes are made, with no hidden word; what somebody edited stays."""
    if format_ is PageFormat.PDF:
        monkeypatch.setenv("WORKBOOK_CHROMIUM", request.getfixturevalue("chromium"))
    jobs = plan_jobs(["canaries"], editions=[Edition.PUBLIC], report="summary", root=project)
    limits = Limits(workers=1, job_seconds=120, deadline_seconds=300)
    outcomes = run_stages(jobs, prepare=prepare_snapshot, limits=limits, on_change=lambda *_: None)
    [first] = make_formats(outcomes, [format_])
    made = first.path.read_bytes()
    shutil.rmtree(project / "parameters")
    [second] = make_formats(outcomes, [format_])
    assert (first.problem, second.problem) == ("", "")
    assert second.path.read_bytes() == made
    second.path.write_bytes(made + b"tracked changes")
    [kept] = make_formats(outcomes, [format_], force=True)
    assert "somebody has changed it since" in kept.problem
    assert second.path.read_bytes() == made + b"tracked changes"
    second.path.write_bytes(made)
    assert find_words(EVERYTHING - MAY["public"], open_file(second.path)) == []
