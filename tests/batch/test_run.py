"""Running a batch: what a notebook gets and finds, the same bytes on each way, limits."""

from pathlib import Path
from typing import get_args

import nbformat
import pytest

from workbook.batch.messages import WayName
from workbook.batch.run import Limits, run_jobs

OUTPUTS = "batch_support.OutputsExporter"
WHOLE = "batch_support.WholeNotebookExporter"
REFUSING = "batch_support.RefusingExporter"

SHOW_ALL = """
import asyncio, subprocess
from IPython.display import clear_output
print("said", end=" ")
os.write(1, b"past Python ")
subprocess.run(["echo", "by a program"])
handle = display(HTML("<p>before</p>"), display_id="one")
await asyncio.sleep(0)
handle.update(HTML("<p>after</p>"))
HTML("<p>the last value</p>")
"""


def test_notebook_gets_two_parameters_and_a_clean_setting(project, write_snapshot, monkeypatch, tmp_path):
    """Only engagement and edition are injected; a person's own start-up code is not run; the snapshot is removed."""
    startup = tmp_path / "mine" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("import sys; sys.mine = 'my own code ran'")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "mine"))
    project.add_notebook(
        "display(HTML(getattr(sys, 'mine', 'clean')))\n"
        "display(HTML(f'{here}:'))\n"
        "display(HTML(oct(here.stat().st_mode)))"
    )
    (job,) = project.plan("good", editions=("public",))
    (outcome,) = run_jobs([job], prepare=write_snapshot, exporter=OUTPUTS)

    assert outcome.made, outcome.message
    first, clean, snapshots, mode, _ = job.page.read_text().splitlines()
    assert first == "<p>good public: snapshot of good for public</p>"
    assert clean == "clean"
    assert mode == "0o40700"
    assert not Path(snapshots.rstrip(":")).exists()
    executed = nbformat.read(job.executed, as_version=4)
    injected = [cell.source for cell in executed.cells if "injected-parameters" in cell.metadata.tags]
    assert injected == ['# Parameters\nengagement = "good"\nedition = "public"\n']


@pytest.mark.slow
def test_same_bytes_with_one_worker_and_with_two(project, write_snapshot):
    """Nothing of the run reaches the exporter: a second run and more workers give the same bytes."""
    project.add_notebook("display(HTML(str(sorted(map(hash, ['a', 'b'])))))")
    jobs = project.plan("one", "two")
    pages = []
    for workers in (1, 2):
        outcomes = run_jobs(jobs, prepare=write_snapshot, limits=Limits(workers), exporter=WHOLE)
        assert [outcome.status for outcome in outcomes] == ["made", "made"]
        pages.append([job.page.read_bytes() for job in jobs])
    assert pages[0] == pages[1]


def test_a_kernel_finds_nothing_of_the_one_before(project, write_snapshot):
    """Kernels of one worker share no variable, no loaded module and no chance number."""
    cell = (
        "import builtins, random\n"
        'display(HTML(f\'<p>{getattr(builtins, "left", "nothing")} {"wave" in sys.modules}</p>\'))\n'
        "display(HTML(f'<p>drawn {random.random()}</p>'))\n"
        "import wave\n"
        "builtins.left = engagement"
    )
    project.add_notebook(cell)
    outcomes = run_jobs(project.plan("one", "two"), prepare=write_snapshot, limits=Limits(1), exporter=OUTPUTS)
    pages = [(project.root / "outputs" / slug / "summary.html").read_text(encoding="utf-8") for slug in ("one", "two")]
    assert [outcome.status for outcome in outcomes] == ["made", "made"]
    assert all("<p>nothing False</p>" in page for page in pages)
    drawn = [next(line for line in page.splitlines() if "drawn" in line) for page in pages]
    assert drawn[0] != drawn[1]


def test_worker_that_cannot_start_is_charged_to_a_job(project, write_snapshot):
    """An exporter that does not exist ends in an outcome that says so, not in a batch that never ends."""
    project.add_notebook()
    (outcome,) = run_jobs(project.plan("good"), prepare=write_snapshot, exporter="no-such-exporter")
    assert outcome.status == "worker died"
    assert "no-such-exporter" in outcome.message


def test_no_jobs_give_no_outcomes(write_snapshot):
    """Nothing is started for nothing."""
    assert run_jobs([], prepare=write_snapshot) == ()


def test_whole_batch_has_a_deadline(project, write_snapshot):
    """When the batch's time is over, what runs and what waits is stopped, each with the reason."""
    project.add_notebook("while engagement == 'endless': time.sleep(1)")
    limits = Limits(workers=1, deadline_seconds=3)
    running, waiting = run_jobs(
        project.plan("endless", "good"), prepare=write_snapshot, limits=limits, exporter=OUTPUTS
    )
    assert (running.status, waiting.status) == ("stopped", "stopped")
    assert "whole batch had 3 seconds" in running.message
    assert "before it began" in waiting.message
    assert project.list_outputs() == []


def test_page_that_cannot_be_made_or_placed_is_told_from_a_failed_notebook(project, write_snapshot):
    """A refusing exporter and a folder in the page's place are both "page failed", with the reason."""
    project.add_notebook()
    (job,) = project.plan("good")
    (refused,) = run_jobs([job], prepare=write_snapshot, exporter=REFUSING)
    job.page.mkdir(parents=True)
    (in_the_way,) = run_jobs([job], prepare=write_snapshot, exporter=OUTPUTS)
    assert (refused.status, in_the_way.status) == ("page failed", "page failed")
    assert "No cell is tagged share. Tag one." in refused.message
    assert "Is a directory" in in_the_way.message


def test_every_way_gives_the_same_notebook_and_page(project, write_snapshot):
    """Display, update, what is printed past Python, `await` at the top of a cell: alike in every way, byte for byte."""
    project.add_notebook(SHOW_ALL)
    jobs = project.plan("good")
    made = {}
    for way in get_args(WayName):
        (outcome,) = run_jobs(jobs, prepare=write_snapshot, exporter=OUTPUTS, way=way)
        assert outcome.made, outcome.message
        executed = nbformat.read(jobs[0].page.parent / "private" / "summary.ipynb", as_version=4)
        shown = [[(output.output_type, output.get("text"), output.get("data")) for output in cell.get("outputs", [])]
                 for cell in executed.cells]  # fmt: skip
        made[way] = (jobs[0].page.read_bytes(), shown)
    assert b"after" in made["forked"][0]
    assert "by a program" in str(made["forked"][1])
    assert made["forked"][0] == made["kernel"][0] == made["spawned"][0]
    assert made["forked"][1] == made["spawned"][1]
