"""Forking: never where a thread could hold a lock, and never past the end of the parent."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from workbook.machine import can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system forks no process")
REFUSED = """
from workbook.batch.processes.forking import fork
{before}
try:
    fork(lambda: None)
except RuntimeError as error:
    print(error)
"""
ORPHAN = """
import os, time
from workbook.batch.processes.forking import fork
def wait():
    print(os.getpid(), flush=True)
    time.sleep(60)
fork(wait)
time.sleep(60)
"""


def _say(before):
    done = subprocess.run(
        [sys.executable, "-c", REFUSED.format(before=before)], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    "before",
    [
        "import threading; e = threading.Event(); threading.Thread(target=e.wait, daemon=True).start()",
        "import zmq; context = zmq.Context(); socket = context.socket(zmq.PUB)",
    ],
    ids=["a thread", "a ZeroMQ socket"],
)
def test_a_process_with_threads_is_not_forked(before):
    """Neither Python's own threads nor those that ZeroMQ keeps for its sockets are carried over."""
    if "zmq" in before and not Path("/proc/self/task").is_dir():
        pytest.skip("sees the threads of libraries through /proc, which this system does not have")
    assert _say(before) == "a process with threads cannot be forked"


def test_a_process_without_threads_is_forked():
    """What refuses the others does not refuse all."""
    assert _say("") == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_a_child_dies_with_its_parent():
    """A parent that is killed, without a word to anybody, takes its child along."""
    with subprocess.Popen([sys.executable, "-c", ORPHAN], stdout=subprocess.PIPE, text=True) as parent:
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    assert psutil.wait_procs([child], timeout=10)[1] == []
