"""Running a batch: each job is reported as what it is, pages are whole, and no process is left."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import get_args

import nbformat
import pytest

from workbook.batch.messages import WayName
from workbook.batch.run import Limits, run_jobs
from workbook.machine import can_fork

HERE = Path(__file__).parent
OUTPUTS = "batch_support.OutputsExporter"
WHOLE = "batch_support.WholeNotebookExporter"
REFUSING = "batch_support.RefusingExporter"

each_way = pytest.mark.parametrize("way", get_args(WayName))
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
MISBEHAVE = """
if engagement == "raises": raise ValueError("[red]seven[/red]")
if engagement == "killed": os.kill(os.getpid(), 9)
if engagement == "leaves": sys.exit()
while engagement == "endless":
    try:
        while True: time.sleep(0.01)
    except KeyboardInterrupt:
        pass
"""
TELL_AND_WAIT = """
with open({began!r}, "w") as began: began.write("x")
while engagement == "endless": time.sleep(1)
"""
RUN_BATCH = """
import sys
from pathlib import Path
from typing import get_args
sys.path.insert(0, sys.argv[2])
from batch_support import write_snapshot
from workbook.batch.plan import plan_jobs
from workbook.batch.messages import WayName
from workbook.batch.run import Limits, run_jobs
from workbook.machine import can_fork
jobs = plan_jobs(sys.argv[3:], editions=["private"], report="summary", root=Path(sys.argv[1]))
for outcome in run_jobs(jobs, prepare=write_snapshot, limits=Limits(2), exporter="batch_support.OutputsExporter"):
    print(outcome.job.slug, outcome.status)
"""


def start_batch(project, *slugs):
    """Start a batch in a process of its own."""
    command = [sys.executable, "-c", RUN_BATCH, str(project.root), str(HERE), *slugs]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def start_and_wait_for_the_kernel(project, *slugs):
    """Start a batch and return when a kernel is in the middle of its notebook."""
    began = project.root / "began"
    os.mkfifo(began)
    project.add_notebook(TELL_AND_WAIT.format(began=str(began)))
    batch = start_batch(project, *slugs)
    assert began.read_text() == "x"
    return batch


@each_way
def test_each_failure_is_reported_as_what_it_is(project, write_snapshot, marked, way):
    """One invalid, raising, killed, leaving and endless job each: the others are made, nothing half-made is left."""
    project.add_notebook(MISBEHAVE)
    jobs = project.plan("good", "invalid", "raises", "killed", "leaves", "endless", "fine")
    limits = Limits(2, job_seconds=8 if way == "spawned" else 4)
    outcomes = run_jobs(jobs, prepare=write_snapshot, limits=limits, exporter=OUTPUTS, way=way)

    assert {outcome.job.slug: outcome.status for outcome in outcomes} == {
        "good": "made",
        "invalid": "invalid",
        "raises": "notebook failed",
        "killed": "kernel died",
        "leaves": "notebook failed",
        "endless": "timed out",
        "fine": "made",
    }
    messages = {outcome.job.slug: outcome.message for outcome in outcomes}
    assert "engagement.yaml, line 3: budget" in messages["invalid"]
    assert "ValueError: [red]seven[/red]" in messages["raises"]
    assert 'begins: if engagement == "raises"' in messages["raises"]
    assert "10_summary.ipynb" in messages["raises"]
    assert "--jobs 1" in messages["killed"]
    assert "10_summary.ipynb ended itself" in messages["leaves"]
    assert f"after {limits.job_seconds:g} seconds" in messages["endless"]
    assert 'begins: if engagement == "raises"' in messages["endless"]

    assert jobs[0].page.read_text() == "<p>good private: snapshot of good for private</p>\n<p>the end</p>"
    assert project.list_outputs() == [
        "fine",
        "fine/private",
        "fine/private/summary.ipynb",
        "fine/summary.html",
        "good",
        "good/private",
        "good/private/summary.ipynb",
        "good/summary.html",
    ]
    assert marked.wait_until_gone(10) == []


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


def test_earlier_page_is_kept_and_named(project, write_snapshot):
    """A job that fails leaves the page of an earlier run as it is and says that it is old."""
    project.add_notebook()
    private, public = project.plan("invalid", editions=("private", "public"))
    public.page.parent.mkdir(parents=True)
    public.page.write_text("an earlier page")
    first, second = run_jobs([private, public], prepare=write_snapshot, exporter=OUTPUTS)
    assert public.page.read_text() == "an earlier page"
    assert (first.earlier_page, second.earlier_page) == (None, public.page)
    assert (first.page, second.page) == (None, None)
    assert "earlier run" not in first.message
    assert "If a consent was withdrawn since, do not share it" in second.message


@each_way
def test_dead_worker_costs_one_job(project, write_snapshot, marked, way):
    """A worker that dies is charged to its job and replaced; a defect is told by its last words."""
    project.add_notebook()
    outcomes = run_jobs(project.plan("vanishes", "defect", "good"), prepare=write_snapshot, exporter=OUTPUTS, way=way)
    assert [outcome.status for outcome in outcomes] == ["worker died", "worker died", "made"]
    assert "while the engagement's files were read" in outcomes[0].message
    assert "TypeError: a defect of the program" in outcomes[1].message
    assert marked.wait_until_gone(10) == []


def test_a_killed_parent_of_kernels_costs_one_job(project, write_snapshot, marked):
    """A kernel whose parent is killed dies with it; the next one gets a new parent, and nothing is left.

    Where no process can be split, the parent is the worker itself.
    """
    project.add_notebook("if engagement == 'orphan':\n    os.kill(os.getppid(), 9)\n    time.sleep(60)")
    jobs = project.plan("orphan", "good")
    outcomes = run_jobs(jobs, prepare=write_snapshot, limits=Limits(1), exporter=OUTPUTS)
    died = "kernel died" if can_fork() else "worker died"
    assert [outcome.status for outcome in outcomes] == [died, "made"]
    assert marked.wait_until_gone(10) == []


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


def test_whole_batch_has_a_deadline(project, write_snapshot, marked):
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
    assert marked.wait_until_gone(10) == []


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


def test_changes_are_told_as_they_happen(project, write_snapshot):
    """Each job is told of twice, when it begins and how it ended; no jobs give no outcomes."""
    project.add_notebook()
    told = []
    outcomes = run_jobs(
        project.plan("invalid"),
        prepare=write_snapshot,
        on_change=lambda job, outcome: told.append((job.slug, outcome)),
        exporter=OUTPUTS,
    )
    assert told == [("invalid", None), ("invalid", outcomes[0])]
    assert run_jobs([], prepare=write_snapshot) == ()


def test_killed_batch_leaves_nothing_and_can_be_run_again(project, marked):
    """After SIGKILL the workers and kernels end by themselves, no page is half made, and a second run is clean."""
    batch = start_and_wait_for_the_kernel(project, "endless", "invalid")
    assert len(marked.list_pids()) >= 3
    batch.kill()
    batch.communicate()
    assert marked.wait_until_gone(5) == []
    assert not [path for path in project.list_outputs() if path.endswith((".html", ".ipynb"))]

    project.add_notebook()
    again = start_batch(project, "endless")
    assert again.communicate(timeout=30)[0] == "endless made\n"
    files = [path for path in project.list_outputs() if "." in path]
    assert files == ["endless/private/summary.ipynb", "endless/summary.html"]
    assert marked.wait_until_gone(10) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_ends_tidily(project, marked, number):
    """Ctrl-C and SIGTERM end kernels and workers at once, remove what was being made and give outcomes."""
    batch = start_and_wait_for_the_kernel(project, "endless")
    batch.send_signal(number)
    assert batch.communicate(timeout=10)[0] == "endless stopped\n"
    assert project.list_outputs() == []
    assert marked.wait_until_gone(10) == []


def test_every_way_gives_the_same_notebook_and_page(project, write_snapshot, marked):
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
    assert marked.wait_until_gone(10) == []
