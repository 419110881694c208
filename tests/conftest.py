"""What every test shares: no test depends on how fast the machine is, and all that need a Chromium get the same."""

from __future__ import annotations

import gc
import os
import sys
import sysconfig
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from chromium import ADVICE, find_chromium, install_chromium

# A grammar of international addresses, which jsonschema reads for most of a second and does without.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
# Looking for what can be thrown away would take a twentieth of the time of tests that start no program.
gc.set_threshold(20_000, 20, 20)
settings.register_profile("workbook", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("workbook")
# As in a shell where the environment is active: what is printed then names the command alone.
os.environ["PATH"] = os.pathsep.join((sysconfig.get_path("scripts"), os.environ["PATH"]))
# What whoever runs the tests has approved is no part of them, and nothing is approved for them.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="workbook-tests-")


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay until the end: they are looked through no more."""
    gc.freeze()


@pytest.fixture(autouse=True)
def _settings_stay() -> Iterator[None]:
    """What a command run inside a test sets for its own process is gone after the test."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the path of a Chromium, a light one installed if need be; skip, saying what to type, where there is none.

    Where CI is set, as services that run tests do, a missing one is a failure: these tests may not pass unseen.
    """
    for package in ("playwright", "axe_playwright_python"):
        pytest.importorskip(package, reason=f"{package} is missing: install the dev dependency group")
    fault = None
    if "CHROMIUM" not in os.environ:
        base = tmp_path_factory.getbasetemp()
        shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        fault = install_chromium(shared / "chromium-installed")
    found = find_chromium(os.environ)
    if found is None:
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up(fault or f"no Chromium was found: {ADVICE}")
    return found
