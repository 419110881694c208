"""The environment in which notebooks run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.batch.processes.environment import build_environment


def test_jupyter_settings_of_the_user_are_dropped():
    """No path, profile or snapshot folder of the person's own reaches a kernel."""
    given = {
        "JUPYTER_PATH": "/mine",
        "JUPYTER_CONFIG_PATH": "/mine",
        "IPYTHONDIR": "/mine",
        "PYTHONSTARTUP": "/mine",
        "WORKBOOK_SNAPSHOTS": "/mine",
        "PATH": "/bin",
    }
    built = build_environment(given, folder=Path("/private"))
    assert "/mine" not in built.values()
    assert built["PATH"] == "/bin"
    assert built["IPYTHONDIR"] == "/private/ipython"


def test_order_of_sets_is_fixed():
    """The same files give the same bytes, whatever seed the person has chosen."""
    assert build_environment({"PYTHONHASHSEED": "7"}, folder=Path("/private"))["PYTHONHASHSEED"] == "0"


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system ties no program to a processor")
def test_only_processors_that_may_be_used_are_counted():
    """On a machine that others share a batch takes no more jobs side by side than it was given processors."""
    source = (
        "import os; from workbook.machine import count_processors; "
        "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); print(count_processors())"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
