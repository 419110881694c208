"""Every page made from the shipped engagements, in every edition, held to the rules of pages in a real Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EDITIONS = ("private", "partners", "public")
CALLS = ("space-to-connect", "transitions", "youth-led-creativity")
# The example fills every page in every edition; a call's page is short, and its partners edition is its private one.
PAGES = [
    *[("example", report, edition) for report in ("summary", "brief") for edition in EDITIONS],
    *[(slug, "summary", edition) for slug in CALLS for edition in ("private", "public")],
    ("space-to-connect", "brief", "private"),
]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("project")
    for folder in ("notebooks", "parameters"):
        shutil.copytree(ROOT / folder, project / folder)
    _run_batch(project, "example", "--report", "summary", "--report", "brief", *_list_options(EDITIONS))
    _run_batch(project, *CALLS, *_list_options(("private", "public")))
    _run_batch(project, "space-to-connect", "--report", "brief")
    _run_batch(project, "--report", "portfolio", *_list_options(EDITIONS))
    return project / "outputs"


def _list_options(editions: tuple[str, ...]) -> list[str]:
    return [word for edition in editions for word in ("--edition", edition)]


def _run_batch(project: Path, *arguments: str) -> None:
    environment = {**os.environ, "WORKBOOK_HOME": str(project)}
    command = [sys.executable, "-c", "from workbook.cli import main; main()", "batch", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("slug", "report", "edition"), PAGES)
def test_a_shipped_page_keeps_to_the_rules(
    outputs: Path, check_page: Callable[..., None], slug: str, report: str, edition: str
) -> None:
    """No axe fault, no request, no script, nothing too wide, every figure named, every table captioned, small."""
    suffix = "" if edition == "private" else f".{edition}"
    check_page(outputs / slug / f"{report}{suffix}.html", max_kib=100)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_portfolio_keeps_to_the_rules(outputs: Path, check_page: Callable[..., None], edition: str) -> None:
    """The one page over all engagements is held to the same rules."""
    suffix = "" if edition == "private" else f".{edition}"
    check_page(outputs / f"portfolio{suffix}.html", max_kib=100)
