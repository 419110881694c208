"""Orca on the pages, the questionnaire and the form: only with `make listen`, which installs what this needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from listen.ear import Ear

ROOT = Path(__file__).parents[2]
BROWSERS = ("firefox", "chromium")
REPORTS = ("summary", "brief", "report", "portfolio")
Listen = Callable[..., Ear]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these out of every other run: they need Orca, and real seconds."""
    if "WORKBOOK_LISTEN" in os.environ:
        return
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="heard with a real screen reader by: make listen"))


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with the example, its pages and its questionnaires, short and whole."""
    home = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "parameters" / "example", home / "parameters" / "example")
    shutil.copytree(ROOT / "notebooks", home / "notebooks")
    run_workbook(home, "batch", "example", *(f"--report={one}" for one in REPORTS))
    run_workbook(home, "questionnaire", "example", "--way", "everything")
    return home


def run_workbook(home: Path, *arguments: str) -> None:
    """Run a command in a project."""
    main = "from workbook.cli import main; main()"
    subprocess.run([sys.executable, "-c", main, *arguments], env={**os.environ, "WORKBOOK_HOME": str(home)}, check=True)


@pytest.fixture(params=BROWSERS)
def listen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Listen]:
    """Return a function that opens a page with Orca and a browser; in each browser in turn.

    What was heard is kept in the folder that WORKBOOK_LISTEN names.
    """
    opened: list[Ear] = []
    alone = FileLock(Path(tempfile.gettempdir()) / "workbook-orca.lock")  # a user has one Orca at a time
    alone.acquire()

    def open_page(page: Path | str) -> Ear:
        folder = tmp_path / f"ear-{len(opened)}"
        folder.mkdir()
        address = page.as_uri() if isinstance(page, Path) else page
        opened.append(Ear(folder, request.param, address))
        return opened[-1]

    yield open_page
    kept = Path(os.environ["WORKBOOK_LISTEN"])
    kept.mkdir(parents=True, exist_ok=True)
    for ear in opened:
        ear.close()
        (kept / f"{request.node.name.replace('/', '-')}.txt").write_text(ear.write_down(), encoding="utf-8")
    alone.release()
