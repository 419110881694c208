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
SHIPPED = ("example", "space-to-connect", "transitions", "youth-led-creativity")
EDITIONS = ("private", "partners", "public")
LARGEST = {"summary": 100, "brief": 100}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("project")
    for folder in ("notebooks", "parameters"):
        shutil.copytree(ROOT / folder, project / folder)
    environment = {**os.environ, "WORKBOOK_HOME": str(project)}
    command = [sys.executable, "-c", "from workbook.cli import main; main()", "batch", *SHIPPED]
    command += [word for edition in EDITIONS for word in ("--edition", edition)]
    command += [word for report in (*LARGEST, "portfolio") for word in ("--report", report)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "outputs"


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("slug", SHIPPED)
@pytest.mark.parametrize("report", LARGEST)
def test_a_shipped_page_keeps_to_the_rules(
    outputs: Path, check_page: Callable[..., None], slug: str, report: str, edition: str
) -> None:
    """No axe fault, no request, no script, nothing too wide, every figure named, every table captioned, small."""
    suffix = "" if edition == "private" else f".{edition}"
    check_page(outputs / slug / f"{report}{suffix}.html", max_kib=LARGEST[report])


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_portfolio_keeps_to_the_rules(outputs: Path, check_page: Callable[..., None], edition: str) -> None:
    """The one page over all engagements is held to the same rules."""
    suffix = "" if edition == "private" else f".{edition}"
    check_page(outputs / f"portfolio{suffix}.html", max_kib=100)
