"""Whatever goes wrong with one page, on each way of making pages: it is told as what it is, and the others are made."""

import os
import select
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import get_args

import pytest

from batch.conftest import Project, import_support, leave_nothing
from workbook.batch.far.run import run_far
from workbook.batch.messages import WayName
from workbook.batch.outcomes import Outcome
from workbook.batch.run import Limits, run_jobs
from workbook.machine import can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="tries every way, which this system has not")
HERE = Path(__file__).parent
OUTPUTS = "batch_support.OutputsExporter"
LATE_SECONDS = 6
DASK = "dask"
EACH = (*get_args(WayName), DASK)
# The others go through the same code as the first of these, and take longer; dask workers: far/test_far.py.
FIRST = tuple(pytest.param(way, marks=() if way == "forked" else pytest.mark.slow) for way in EACH)
MISBEHAVE = """
import signal
if engagement == "raises": raise ValueError("[red]seven[/red]")
if engagement == "killed": os.kill(os.getpid(), 9)
if engagement == "leaves": sys.exit()
if engagement == "orphan":
    os.kill(os.getppid(), 9)
    time.sleep(60)
if engagement == "stuck": os.kill(os.getpid(), signal.SIGSTOP)
while engagement == "endless":
    try:
        while True: time.sleep(0.01)
    except KeyboardInterrupt:
        pass
"""
STATUSES = {
    "good": "made",
    "invalid": "invalid",
    "raises": "notebook failed",
    "killed": "kernel died",
    "leaves": "notebook failed",
    "full": "page failed",
    "defect": "worker died",
    "vanishes": "worker died",
    "orphan": "kernel died",
    "fine": "made",
}
# Where the worker itself is the parent of the notebook's process.
OTHERWISE = {"spawned": {"orphan": "worker died"}}
# What happens on the machine at home, and to dask workers in far/test_far.py.
AT_HOME = ("vanishes", "full")
TELL_AND_WAIT = """
began = open({began!r}, "w")
began.write("x")
began.flush()
while engagement == "endless": time.sleep(1)
"""
RUN_BATCH = """
import sys
from functools import partial
from pathlib import Path
root, support, way, address, *slugs = sys.argv[1:]
sys.path.insert(0, support)
from batch_support import write_snapshot
from workbook.batch.far.run import run_far
from workbook.batch.plan import plan_jobs
from workbook.batch.run import Limits, run_jobs
run = partial(run_far, address=address) if address else partial(run_jobs, way=way)
edition = "public" if address else "private"
jobs = plan_jobs(slugs, editions=[edition], report="summary", root=Path(root))
for outcome in run(jobs, prepare=write_snapshot, limits=Limits(2), exporter="batch_support.OutputsExporter"):
    print(outcome.job.slug, outcome.status)
"""


@dataclass(frozen=True)
class Ran:
    """One batch of every fault: how it was run, its outcomes by engagement, what was told meanwhile, what is left."""

    way: str
    outcomes: dict[str, Outcome]
    told: list[tuple[str, Outcome | None]]
    outputs: list[str]


def choose(way, request):
    """Return what runs jobs in a way, and the edition that it makes itself."""
    if way == DASK:
        return partial(run_far, address=request.getfixturevalue("machines").address), "public"
    return partial(run_jobs, way=way), "private"


@pytest.fixture(scope="module", params=FIRST)
def ran(request, tmp_path_factory):
    """Run the batch once for each way; of `killed` there is a page of an earlier run."""
    run, edition = choose(request.param, request)
    told: list[tuple[str, Outcome | None]] = []
    project = Project(tmp_path_factory.mktemp(request.param) / "a{b}c")
    with leave_nothing(), pytest.MonkeyPatch.context() as patch:
        write_snapshot = import_support(patch).write_snapshot
        project.add_notebook(MISBEHAVE)
        slugs = [slug for slug in STATUSES if request.param != DASK or slug not in AT_HOME]
        jobs = project.plan(*slugs, editions=(edition,))
        earlier = next(job for job in jobs if job.slug == "killed").page
        earlier.parent.mkdir(parents=True)
        earlier.write_text("an earlier page")
        outcomes = run(
            jobs, prepare=write_snapshot, limits=Limits(2), exporter=OUTPUTS, on_change=lambda *one: told.append(one)
        )
    return Ran(request.param, {one.job.slug: one for one in outcomes}, told, project.list_outputs())


@pytest.fixture(scope="module")
def late(request, tmp_path_factory):
    """Return how the jobs that never end, ended, by way: all ways asked for at once, since they are only waited for."""
    items = [item for item in request.session.items if item.path == request.path and "late" in item.fixturenames]
    asked = [item.callspec.params["way"] for item in items]
    runs = {way: choose(way, request) for way in asked}
    projects = {way: Project(tmp_path_factory.mktemp(f"late-{way}") / "a{b}c") for way in asked}
    with leave_nothing(), pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(len(asked)) as pool:
        write_snapshot = import_support(patch).write_snapshot

        def make(way):
            run, edition = runs[way]
            projects[way].add_notebook(MISBEHAVE)
            jobs = projects[way].plan("endless", "stuck", editions=(edition,))
            return run(jobs, prepare=write_snapshot, limits=Limits(2, LATE_SECONDS), exporter=OUTPUTS)

        return dict(zip(asked, pool.map(make, asked), strict=True))


@pytest.mark.parametrize("way", FIRST)
def test_what_does_not_end_is_ended(late, way):
    """Neither one that takes no notice of its interrupt nor one that stands still is waited for; it is told where."""
    for outcome in late[way]:
        assert (outcome.job.slug, outcome.status) == (outcome.job.slug, "timed out")
        assert f"after {LATE_SECONDS:g} seconds" in outcome.message
        assert "begins: import signal" in outcome.message
        assert not outcome.job.page.exists()


def test_each_fault_is_reported_as_what_it_is(ran):
    """One invalid, raising, killed, leaving, orphaned, refused job each: the others are made."""
    expected = {**STATUSES, **OTHERWISE.get(ran.way, {})}
    assert {slug: one.status for slug, one in ran.outcomes.items()} == {slug: expected[slug] for slug in ran.outcomes}


def test_each_message_says_where_and_what_to_do(ran):
    """The file and line of what is invalid, the cell, the error, the limit, the last words of what died."""
    messages = {slug: outcome.message for slug, outcome in ran.outcomes.items()}
    assert "engagement.yaml, line 3: budget" in messages["invalid"]
    assert "ValueError: [red]seven[/red]" in messages["raises"]
    assert "10_summary.ipynb, in the cell that begins: import signal" in messages["raises"]
    assert "--jobs 1" in messages["killed"]
    assert "10_summary.ipynb ended itself" in messages["leaves"]
    assert "a defect of the program" in messages["defect"]
    if ran.way != DASK:
        assert "while the engagement's files were read" in messages["vanishes"]
        assert "refused" in messages["full"] or "File too large" in messages["full"]


def test_a_page_is_whole_or_not_there(ran):
    """What was made has its bytes and its executed notebook; of what failed nothing half-made is left."""
    made = {slug: one for slug, one in ran.outcomes.items() if one.made}
    for slug, outcome in made.items():
        edition = outcome.job.edition
        shown = f"<p>{slug} {edition}: snapshot of {slug} for {edition}</p>\n<p>the end</p>"
        assert outcome.page.read_text() == shown
        assert outcome.job.executed.is_file()
    files = [path for path in ran.outputs if "." in Path(path).name]
    assert len(files) == 2 * len(made) + 1
    assert all(path.split("/")[0] in (*made, "killed") for path in files)


def test_earlier_page_is_kept_and_named(ran):
    """A job that fails leaves the page of an earlier run as it is and says that it is old; others say nothing of it."""
    killed, raises = ran.outcomes["killed"], ran.outcomes["raises"]
    assert killed.earlier_page.read_text() == "an earlier page"
    assert (killed.page, raises.page, raises.earlier_page) == (None, None, None)
    warned = "If a consent was withdrawn since, do not share it"
    assert ("earlier run" in killed.message, "earlier run" in raises.message) == (True, False)
    assert (warned in killed.message) == (killed.job.edition == "public")


def test_changes_are_told_as_they_happen(ran):
    """Each job is told of twice, when it begins and how it ended."""
    for slug, outcome in ran.outcomes.items():
        assert [one for job, one in ran.told if job.slug == slug] == [None, outcome]


@pytest.mark.slow
@pytest.mark.parametrize("way", FIRST)
def test_two_batches_at_once_make_the_same_pages(request, project, write_snapshot, way):
    """Neither takes away what the other is making, and each page is whole."""
    project.add_notebook()
    run, edition = choose(way, request)
    jobs, found = project.plan("one", "two", editions=(edition,)), []

    def make():
        found.append(run(jobs, prepare=write_snapshot, limits=Limits(1), exporter=OUTPUTS))

    beside = threading.Thread(target=make)
    beside.start()
    make()
    beside.join()
    assert [outcome.message for outcomes in found for outcome in outcomes if not outcome.made] == []
    assert all(job.page.read_text().endswith("<p>the end</p>") for job in jobs)
    assert len([path for path in project.list_outputs() if "." in path]) == 4


class Batch:
    """A batch in a process of its own, in the middle of a notebook."""

    def __init__(self, project: Project, *slugs: str, way: str = "forked", address: str = "") -> None:
        began = project.root / "began"
        os.mkfifo(began)
        project.add_notebook(TELL_AND_WAIT.format(began=str(began)))
        self.process = start(project, *slugs, way=way, address=address)
        self._notebook = began.open("rb", buffering=0)  # opens when the notebook does
        assert self._notebook.read(1) == b"x"

    def is_notebook_gone(self) -> bool:
        """Wait for the end of the process that runs the notebook: it alone holds the other end."""
        with self._notebook:
            ready, _, _ = select.select([self._notebook], [], [], 20)
            return bool(ready) and self._notebook.read(1) == b""


def start(project, *slugs, way="forked", address=""):
    """Start a batch in a process of its own."""
    command = [sys.executable, "-c", RUN_BATCH, str(project.root), str(HERE), way, address, *slugs]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("way", FIRST)
def test_killed_batch_leaves_nothing_and_can_be_run_again(request, project, marked, way):
    """After SIGKILL all that it started ends by itself, no page is half made, and a second run is clean."""
    machines = request.getfixturevalue("machines") if way == DASK else None
    batch = Batch(project, "endless", way=way, address=machines.address if machines else "")
    batch.process.kill()
    batch.process.communicate()
    assert batch.is_notebook_gone()
    if machines is None:
        assert marked.wait_until_gone(10) == []
    assert not [path for path in project.list_outputs() if path.endswith((".html", ".ipynb"))]

    project.add_notebook()
    again = start(project, "endless")
    assert again.communicate(timeout=60)[0] == "endless made\n"
    files = [path for path in project.list_outputs() if "." in path]
    assert files == ["endless/private/summary.ipynb", "endless/summary.html"]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
def test_asked_to_stop_it_ends_tidily(project, marked, number):
    """Ctrl-C and SIGTERM end kernels and workers at once, remove what was being made and give outcomes."""
    batch = Batch(project, "endless")
    batch.process.send_signal(number)
    assert batch.process.communicate(timeout=20)[0] == "endless stopped\n"
    assert batch.is_notebook_gone()
    assert project.list_outputs() == []
