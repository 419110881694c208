"""Pages made by dask workers: what is sent, workers lost, full disks; other faults are in `test_faults.py`."""

import os
import signal
import subprocess
from functools import partial

import psutil
import pytest

from batch.batch_support import LITTLE, limit_files
from batch.machines import Machines
from workbook.batch.far import run as far
from workbook.batch.far.lines import compare_programs, open_line
from workbook.batch.far.parcels import describe_program
from workbook.batch.run import Limits
from workbook.errors import WorkbookError

OUTPUTS = "batch_support.OutputsExporter"


@pytest.fixture
def run(machines, write_snapshot):
    """The batch on those workers."""
    return partial(far.run_far, address=machines.address, prepare=write_snapshot, exporter=OUTPUTS)


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


@pytest.fixture
def own_machines(tmp_path):
    """Two workers that a test may kill."""
    made = Machines(tmp_path)
    yield made
    made.close()


@pytest.mark.slow
def test_killed_and_stuck_workers_cost_no_page_of_the_others(project, write_snapshot, own_machines, monkeypatch):
    """A stopped one is given up and its job sent to another; what killed ones had is told; nothing waits for ever."""
    monkeypatch.setattr(far, "_STUCK_SECONDS", 1.0)
    monkeypatch.setattr(far, "GRACE_SECONDS", 0.5)
    project.add_notebook("if engagement == 'long': time.sleep(30)")
    run = partial(far.run_far, address=own_machines.address, prepare=write_snapshot, exporter=OUTPUTS)
    first, second = own_machines.workers
    began = []

    def stop_one(job, outcome):
        began.append(job)
        if len(began) == 1:
            second.send_signal(signal.SIGSTOP)

    jobs = project.plan("one", "two", "three", editions=("public",))
    outcomes = run(jobs, limits=Limits(2, job_seconds=8), on_change=stop_one)
    assert [outcome.status for outcome in outcomes] == ["made", "made", "made"]
    second.kill()
    assert first.poll() is None
    (lost,) = run(
        project.plan("long", editions=("public",)), limits=Limits(1, 20, 8), on_change=lambda *_: first.kill()
    )
    assert lost.status in ("worker died", "stopped")


def test_a_full_disk_at_home_refuses_the_page(project, run):
    """A page that came back and cannot be written is told with what to do; the next one is made."""
    project.add_notebook()

    def fill(job, outcome):
        limit_files(LITTLE if outcome is None and job.slug == "full" else None)

    statuses = {}
    for slug in ("full", "good"):
        (outcome,) = run(project.plan(slug, editions=("public",)), limits=Limits(1), on_change=fill)
        statuses[slug] = (outcome.status, "File too large" in outcome.message)
    assert statuses == {"full": ("page failed", True), "good": ("made", False)}
    assert [path for path in project.list_outputs() if "." in path] == [
        "good/private/summary.public.ipynb",
        "good/summary.public.html",
    ]


@pytest.mark.skipif(not hasattr(psutil.Process, "rlimit"), reason="limits another process's files, as Linux can")
def test_a_full_disk_of_a_worker_refuses_the_page(project, run, machines):
    """Where a worker can keep nothing the page is told as refused, and the worker goes on with the next."""
    project.add_notebook("if engagement == 'big': display(HTML('x' * 100_000))")
    machines.limit_files(50_000)
    outcomes = run(project.plan("big", "good", editions=("public",)), limits=Limits(2))
    machines.limit_files(None)
    assert [outcome.status for outcome in outcomes] == ["page failed", "made"]
    assert "Make room there" in outcomes[0].message


@pytest.mark.slow
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


@pytest.mark.slow
def test_it_works_over_tls(project, write_snapshot, tmp_path, monkeypatch):
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
    machines = Machines(tmp_path / "logs", count=1, secured=secured)
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
