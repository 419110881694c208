"""Pages made by dask workers: the same bytes, each fault told as what it is, nothing private sent, nothing left."""

import os
import signal
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import psutil
import pytest

from workbook.batch.far import run as far
from workbook.batch.far.lines import compare_programs, open_line
from workbook.batch.far.parcels import describe_program
from workbook.batch.run import Limits, run_jobs
from workbook.errors import WorkbookError

SUPPORT = Path(__file__).parents[1]
OUTPUTS = "batch_support.OutputsExporter"
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
START = """
import sys
from distributed.cli.{program} import main
from workbook.batch.processes.endings import end_with_parent
end_with_parent({parent})
sys.argv = ["dask", *{arguments!r}]
main()
"""


class Machines:
    """A scheduler and two workers, each a process of its own, that share no folder but the one they run in."""

    def __init__(self, folder: Path, *, secured: dict[str, str] | None = None) -> None:
        self.folder, self.secured = folder, secured or {}
        scheme = "tls" if secured else "tcp"
        self.scheduler = self._start("dask_scheduler", f"--host={scheme}://127.0.0.1", "--port=0", "--no-dashboard")
        self.address = self._read_address(self.scheduler)
        name = "dask_worker"
        self.workers = [self._start(name, self.address, "--nthreads=1", "--no-nanny", "--no-dashboard") for _ in "12"]

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{program}-{len(list(self.folder.glob('*.log')))}.log").open("wb")
        environment = {
            **os.environ,
            **self.secured,
            "PYTHONPATH": str(SUPPORT),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
        }
        source = START.format(program=program, arguments=list(arguments), parent=os.getpid())
        return subprocess.Popen(
            [sys.executable, "-c", source], env=environment, cwd=self.folder, stdout=log, stderr=subprocess.STDOUT
        )

    def _read_address(self, process: subprocess.Popen[bytes]) -> str:
        (log,) = self.folder.glob("dask_scheduler-*.log")
        while process.poll() is None:
            for line in log.read_text().splitlines():
                if "Scheduler at:" in line:
                    return line.split()[-1]
        pytest.fail(log.read_text())

    def find_page_makers(self) -> list[psutil.Process]:
        """Return all that was forked for pages from what the workers keep to fork from."""
        kept = [one for worker in self.workers for one in psutil.Process(worker.pid).children()]
        return [one for nursery in kept for one in nursery.children(recursive=True)]

    def close(self) -> None:
        """End them, and whatever they have started."""
        for process in (*self.workers, self.scheduler):
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()


@pytest.fixture
def machines(tmp_path, monkeypatch, marked):
    """Two workers; at the end of each test neither a process nor a folder is left of what they began."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "t"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    (tmp_path / "t").mkdir()
    (tmp_path / "logs").mkdir()
    made = Machines(tmp_path / "logs")
    yield made
    made.close()
    assert marked.wait_until_gone(10) == []
    left = [path for place in ("t", "logs") for path in (tmp_path / place).iterdir() if path.suffix != ".log"]
    assert [path for path in left if "soil-and-seeds" in path.name] == []


@pytest.fixture
def run(machines, write_snapshot):
    """The batch on those workers."""
    return partial(far.run_far, address=machines.address, prepare=write_snapshot, exporter=OUTPUTS)


def test_each_fault_is_told_as_what_it_is_and_the_pages_are_the_same(project, run, write_snapshot):
    """One invalid, raising, killed, leaving and endless job each, as on this machine; the rest has the same bytes."""
    project.add_notebook(MISBEHAVE)
    slugs = ("good", "invalid", "raises", "killed", "leaves", "endless", "fine")
    jobs = project.plan(*slugs, editions=("public",))
    outcomes = run(jobs, limits=Limits(2, job_seconds=4))
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
    assert messages["raises"].startswith("10_summary.ipynb, in the cell that begins")
    assert "ValueError: [red]seven[/red]" in messages["raises"]
    assert "after 4 seconds" in messages["endless"]
    pages = [outcome.job.page.read_bytes() for outcome in outcomes if outcome.made]
    again = run_jobs([o.job for o in outcomes if o.made], prepare=write_snapshot, exporter=OUTPUTS)
    assert [outcome.job.page.read_bytes() for outcome in again] == pages


def test_only_what_an_edition_may_show_is_sent(project, run, monkeypatch):
    """The private edition is made at home; of the public one the snapshot and the notebook go, and nothing else."""
    project.add_notebook()
    sent = []
    pack = far.pack_job
    monkeypatch.setattr(far, "pack_job", lambda *a, **k: sent.append(pack(*a, **k)) or sent[-1])
    outcomes = run(project.plan("one", editions=("private", "public")), limits=Limits(1))
    assert [outcome.status for outcome in outcomes] == ["made", "made"]
    assert [(parcel.edition, dict(parcel.snapshots)) for parcel in sent] == [
        ("public", {"said.txt": b"snapshot of one for public"})
    ]


def test_a_killed_and_a_stuck_worker_cost_no_page_of_the_others(project, run, machines, monkeypatch):
    """What a killed worker had is told or made elsewhere; a stopped one is given up and its job sent to another."""
    monkeypatch.setattr(far, "_STUCK_SECONDS", 1.0)
    monkeypatch.setattr(far, "GRACE_SECONDS", 0.5)
    project.add_notebook()
    first, second = machines.workers
    began = []

    def stop_one(job, outcome):
        began.append(job)
        if len(began) == 1:
            second.send_signal(signal.SIGSTOP)

    outcomes = run(
        project.plan("one", "two", "three", editions=("public",)), limits=Limits(2, job_seconds=3), on_change=stop_one
    )
    assert [outcome.status for outcome in outcomes] == ["made", "made", "made"]
    second.kill()
    assert first.poll() is None


def test_a_killed_worker_is_told(project, run, machines):
    """Pages that a killed worker had are told as lost; nothing waits for ever."""
    project.add_notebook("time.sleep(30)")

    def kill_all(job, outcome):
        for worker in machines.workers:
            worker.kill()

    outcomes = run(project.plan("one", editions=("public",)), limits=Limits(1, 20, 8), on_change=kill_all)
    assert outcomes[0].status in ("worker died", "stopped")


def test_a_batch_that_is_stopped_ends_what_the_workers_do(project, run, machines, tmp_path):
    """Ctrl-C: what was not finished is told as stopped, and no page is made on in secret."""
    began = tmp_path / "began"
    os.mkfifo(began)
    project.add_notebook(f"open({str(began)!r}, 'w').write('x')\ntime.sleep(60)")

    def ask_to_stop(job, outcome):
        if job.slug == "two":
            os.kill(os.getpid(), signal.SIGINT)

    outcomes = run(project.plan("one", "two", editions=("public",)), limits=Limits(2, 50), on_change=ask_to_stop)
    assert [outcome.status for outcome in outcomes] == ["stopped", "stopped"]
    assert psutil.wait_procs(machines.find_page_makers(), timeout=10)[1] == []


def test_a_worker_with_other_code_is_refused_before_the_first_job(machines, monkeypatch):
    """Versions and the code itself are compared, and each difference is named."""
    with open_line(machines.address) as line:
        compare_programs(line)
        other = describe_program() | {"numpy": "0.1"}
        monkeypatch.setattr("workbook.batch.far.lines.describe_program", lambda: other)
        monkeypatch.setattr(line, "call_everywhere", lambda _: {"tcp://one": describe_program(), "tcp://two": None})
        with pytest.raises(WorkbookError, match=r"tcp://one: numpy .*; here 0\.1[\s\S]*tcp://two: Python missing"):
            compare_programs(line)


@pytest.mark.parametrize("address", ["tcp://192.0.2.1:8786", "192.0.2.1:8786", "ws://example.org:80"])
def test_an_address_without_encryption_is_refused(address):
    """Answers cross no network that others can read."""
    with pytest.raises(WorkbookError, match="not encrypted"), open_line(address):
        pass


def test_nobody_at_the_address_is_said(monkeypatch):
    """A scheduler that does not answer is named with what to type."""
    monkeypatch.setattr("workbook.batch.far.lines._PATIENCE_SECONDS", 1)
    with pytest.raises(WorkbookError, match="Start it: dask scheduler"), open_line("tcp://127.0.0.1:9"):
        pass


def test_it_works_over_tls(project, write_snapshot, tmp_path, monkeypatch, marked):
    """With certificates, as between machines: the settings are dask's own."""
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    try:
        subprocess.run(
            [
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=localhost",
                "-days",
                "2",
                "-keyout",
                str(key),
                "-out",
                str(certificate),
            ],
            check=True,
            capture_output=True,
        )
    except FileNotFoundError:
        pytest.skip("makes its certificates with openssl, which this machine does not have")
    settings = {"CA_FILE": str(certificate)}
    for role in ("CLIENT", "SCHEDULER", "WORKER"):
        settings |= {f"{role}__CERT": str(certificate), f"{role}__KEY": str(key)}
    secured = {f"DASK_DISTRIBUTED__COMM__TLS__{name}": value for name, value in settings.items()}
    import dask

    (tmp_path / "logs").mkdir()
    machines = Machines(tmp_path / "logs", secured=secured)
    try:
        project.add_notebook()
        ours = {"ca-file": certificate, "client.cert": certificate, "client.key": key}
        with dask.config.set({f"distributed.comm.tls.{name}": str(path) for name, path in ours.items()}):
            (outcome,) = far.run_far(
                project.plan("one", editions=("public",)),
                address=machines.address,
                prepare=write_snapshot,
                limits=Limits(1),
                exporter=OUTPUTS,
            )
    finally:
        machines.close()
    assert machines.address.startswith("tls://")
    assert outcome.made, outcome.message
    assert marked.wait_until_gone(10) == []
