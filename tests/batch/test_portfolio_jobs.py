"""Reports over all engagements: one page for all, made last, with links to the pages that stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders import SMALLEST, write_engagement
from workbook.batch import stages
from workbook.batch.outcomes import Outcome
from workbook.batch.plan import plan_jobs
from workbook.batch.run import Limits
from workbook.batch.snapshots import prepare_snapshot


def _plan(project, *editions, slugs=("one", "two", "one")):
    project.add_notebook(name="12_portfolio")
    return plan_jobs(slugs, editions=editions or ("private",), report="portfolio", root=project.root)


def test_a_portfolio_is_one_job_for_each_edition(project):
    """All engagements together, none twice, in the order given."""
    jobs = _plan(project, "private", "public", "private")
    assert [(job.name, job.slugs) for job in jobs] == [
        ("all portfolio private", ("one", "two")),
        ("all portfolio public", ("one", "two")),
    ]


def test_its_page_lies_beside_the_engagements_folders(project):
    """No engagement's name can give the same page or the same executed notebook."""
    private, public = _plan(project, "private", "public")
    assert private.page.relative_to(private.outputs).as_posix() == "portfolio.html"
    assert public.page.relative_to(public.outputs).as_posix() == "portfolio.public.html"
    assert public.executed.relative_to(public.outputs).as_posix() == "portfolio/private/portfolio.public.ipynb"


def test_a_snapshot_names_the_pages_that_stand_and_leaves_out_what_cannot_be_read(project, tmp_path, monkeypatch):
    """A page of another edition is not linked to; an engagement at fault does not stop the others."""
    monkeypatch.delenv("WORKBOOK_SNAPSHOTS", raising=False)
    for slug, facts in (("one", SMALLEST), ("two", SMALLEST + "budget: lots\n")):
        write_engagement(project.root / "parameters" / slug, {"engagement.yaml": facts})
    pages = project.root / "outputs" / "one"
    pages.mkdir(parents=True)
    (pages / "summary.html").touch()
    (pages / "brief.public.html").touch()
    private, public = _plan(project, "private", "public")
    for job in (private, public):
        prepare_snapshot(job, tmp_path)
    read = {job.edition: json.loads((tmp_path / f"_all.{job.edition}.json").read_text()) for job in (private, public)}
    assert read["private"]["pages"] == {"one": ["summary"]}
    assert read["public"]["pages"] == {"one": ["brief"]}
    assert read["private"]["left_out"] == [{"name": "two", "problems": 1}]
    assert read["public"]["left_out"] == [{"name": "", "problems": 0}]  # a folder's name may be somebody's
    assert sorted(path.name for path in tmp_path.glob("*.json")) == ["_all.private.json", "_all.public.json"]


class _Runner:
    """Stands for `run_jobs`: notes what it is asked to run, and gives one status to all."""

    def __init__(self, status):
        self.status = status
        self.asked = []

    def __call__(self, jobs, *, prepare, limits, on_change):
        self.asked.append([job.name for job in jobs])
        return tuple(Outcome(job, self.status, 0.1) for job in jobs)


@pytest.fixture
def jobs(project, monkeypatch):
    monkeypatch.setattr(stages, "is_trusted", lambda notebook: True)
    project.add_notebook(name="10_summary")
    return (*_plan(project), *plan_jobs(["one"], editions=["private"], report="summary", root=project.root))


def _run(jobs, status, seconds: float = 60):
    runner, told = _Runner(status), []
    outcomes = stages.run_stages(
        jobs,
        prepare=lambda job, folder: None,
        limits=Limits(deadline_seconds=seconds),
        on_change=lambda job, outcome: told.append((job.name, outcome.status)),
        run=runner,
    )
    return runner.asked, outcomes, told


def test_a_portfolio_is_made_after_the_pages_it_links_to(jobs):
    """However the reports were typed, the single pages come first."""
    asked, outcomes, _ = _run(jobs, "made")
    assert asked == [["one summary private"], ["all portfolio private"]]
    assert [outcome.status for outcome in outcomes] == ["made", "made"]


@pytest.mark.parametrize(("status", "seconds"), [("stopped", 60), ("made", 0)])
def test_a_batch_that_was_stopped_or_is_out_of_time_begins_no_portfolio(jobs, status, seconds):
    """Ctrl-C ends the whole batch; the portfolio counts as stopped, and whoever shows progress is told."""
    asked, outcomes, told = _run(jobs, status, seconds)
    assert asked == [["one summary private"]]
    assert outcomes[-1].status == "stopped"
    assert told == [("all portfolio private", "stopped")]


def test_the_job_has_no_page_of_its_own_folder(project):
    """An engagement called portfolio keeps its own pages."""
    (job,) = _plan(project, slugs=("portfolio",))
    project.add_notebook(name="10_summary")
    (summary,) = plan_jobs(["portfolio"], editions=["private"], report="summary", root=project.root)
    files: set[Path] = {job.page, job.executed, summary.page, summary.executed}
    assert len(files) == 4
