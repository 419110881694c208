"""What is installed from a built wheel is enough: no checkout, no make, no git.

In `make test` the wheel is put beside the packages that are there; `make wheel-test` installs wheel and source
distribution with all they need into environments of their own (`WORKBOOK_WHEEL_TEST=1`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import urllib.error
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WHOLE = bool(os.environ.get("WORKBOOK_WHEEL_TEST"))
OURS = ("WORKBOOK_", "PYTHON")


@dataclass(frozen=True)
class Installed:
    """The command as it was installed, and the environment to run it in."""

    command: tuple[str, ...]
    environment: dict[str, str]

    def run(self, folder: Path, *arguments: str) -> str:
        """Run the command in a folder; fails, with what was said, if it fails."""
        done = subprocess.run(
            [*self.command, *arguments],
            cwd=folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def _build(kind: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return next(path for path in folder.iterdir() if path.suffix in (".whl", ".gz"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from what is here."""
    return _build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, built from what is here."""
    return _build("sdist", tmp_path_factory.mktemp("sdist"))


def _install(package: Path, folder: Path) -> Installed:
    clean = {key: one for key, one in os.environ.items() if not key.startswith(OURS)}
    if WHOLE:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, timeout=120)
        python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
        newest = ["--constraint", str(ROOT / "requirements.lock")]
        command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *newest, str(package)]
        subprocess.run(command, check=True, timeout=900)
        return Installed((str(python.with_name("workbook")),), clean)
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--target", str(folder), str(package)], check=True, capture_output=True, timeout=120)
    # Its folder comes before all others, the checkout's too.
    started = (sys.executable, "-c", "from workbook.cli import main; main()")
    return Installed(started, clean | {"PYTHONPATH": str(folder)})


@pytest.fixture(scope="module", params=["wheel", "sdist"] if WHOLE else ["wheel"])
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The workbook, installed from what was built and from nothing else."""
    package = request.getfixturevalue(request.param)
    return _install(package, tmp_path_factory.mktemp("installed") / "place")


@pytest.fixture(scope="module")
def project(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that the installed command made."""
    folder = tmp_path_factory.mktemp("a folder with spaces")
    installed.run(folder, "init", "x")
    return folder / "x"


def test_the_installed_command_is_not_the_checkouts(installed: Installed, tmp_path: Path) -> None:
    """The code that runs lies where it was installed."""
    python = (installed.command[0],) if not WHOLE else (str(Path(installed.command[0]).with_name("python")),)
    probe = Installed((*python, "-c", "import workbook; print(workbook.__file__)"), installed.environment)
    assert not Path(probe.run(tmp_path).strip()).is_relative_to(ROOT)


def test_a_project_is_made_checked_and_becomes_pages(installed: Installed, project: Path) -> None:
    """From an empty folder to the pages of the engagements that ship, and from a folder below it too."""
    assert "example: no problems (8 voices)" in installed.run(project / "notebooks", "check")
    slugs = () if WHOLE else ("example",)
    installed.run(project, "batch", *slugs)
    assert "<h1" in (project / "outputs" / "example" / "summary.html").read_text(encoding="utf-8")


def test_the_workbook_opens(installed: Installed, project: Path) -> None:
    """`workbook open` serves the working copy of the first chapter, with the extension that runs it."""
    command = [*installed.command, "open", "example", "--no-browser"]
    with subprocess.Popen(
        command, cwd=project, env=installed.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout
            address = next(line.strip() for line in server.stdout if "http://127.0.0.1" in line)
            page = _fetch(address, server)
            assert "00_start_here" in page
            assert "soil-and-seeds" in page  # among the extensions that JupyterLab loads
        finally:
            server.kill()


def _fetch(address: str, server: subprocess.Popen[str]) -> str:
    """Return the page as soon as the server answers; an answer that refuses it is a failure."""
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            assert server.poll() is None, "the server ended before it answered"


def test_nobodys_own_engagement_is_in_what_is_built(wheel: Path, sdist: Path) -> None:
    """Wheel and source hold the parameter files that git tracks and no others."""
    tracked = subprocess.run(["git", "ls-files", "parameters"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("this is no git checkout, so there is nothing to ask about what is tracked")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name.partition("/shipped/")[2] for name in archive.namelist() if "/shipped/parameters/" in name}
    assert packed == set(tracked.stdout.split())
    with tarfile.open(sdist) as archive:
        sources = {name.partition("/")[2] for name in archive.getnames()}
    assert {name for name in sources if name.startswith("parameters/")} == packed
    assert {"Makefile", "pyproject.toml", "requirements.lock", "README.md"} <= sources
