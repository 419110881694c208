"""What this machine can and cannot do, in about ten lines, each with what to type where it is too little."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from workbook.machine import PLAIN, can_fork, count_processors, flush_folder, is_plain
from workbook.places import find_own_content, find_project_folder
from workbook.typed import name_pip

OLDEST_PYTHON = (3, 11)

# What is written below a workbook's folder is at most 169 signs longer, with the longest name an engagement may have.
LONGEST_FOLDER = 90


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, what was found, what to type if not."""

    well: bool
    subject: str
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        line = f"{'yes' if self.well else 'no ':3}  {self.subject}: {self.found}"
        return f"{line}\n     {self.remedy}" if self.remedy and not self.well else line


def examine() -> Iterator[Finding]:
    """Look at Python, the packages, the project, the disk, and what some commands need."""
    yield _examine_python()
    yield _examine_packages()
    yield _examine_project()
    yield _examine_disk(find_project_folder() or Path.cwd())
    yield _examine_processes()
    app = f'{name_pip()} install "soil-and-seeds[app]"'
    yield _examine_module("voila", "the forms alone (workbook open SLUG --app)", app)
    office = "LibreOffice, to look at Word files and make PDF of them"
    yield _examine_program(
        ("soffice", "libreoffice"), office, "install it from libreoffice.org or your software centre"
    )
    browsers = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge", "microsoft-edge")
    yield _examine_program(browsers, "Chromium, for tests in a browser", "playwright install chromium")
    yield _examine_program(("git",), "git, to keep the workbook's own source", "only developers need it: git-scm.com")


def _examine_python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, OLDEST_PYTHON))
    return Finding(
        sys.version_info >= OLDEST_PYTHON,
        "Python",
        f"{found} on {sys.platform}",
        f"install Python {wanted} or newer: python.org",
    )


def _examine_packages() -> Finding:
    from packaging.requirements import Requirement

    wanted = [Requirement(line) for line in requires("soil-and-seeds") or ()]
    needed = [one for one in wanted if not one.marker or one.marker.evaluate({"extra": ""})]
    faults = [
        f"{one.name} {found or 'is missing'}, wanted {one.specifier}"
        for one in needed
        if (found := _find_fault(one.name, one)) is not None
    ]
    said = "; ".join(faults) or f"all {len(needed)} it needs are new enough"
    newer = f"{name_pip()} install --upgrade soil-and-seeds"
    return Finding(not faults, f"soil-and-seeds {version('soil-and-seeds')}", said, newer)


def _find_fault(name: str, wanted: object) -> str | None:
    """Return the version that is too old, nothing where there is none, None where all is well."""
    from packaging.requirements import Requirement

    assert isinstance(wanted, Requirement)
    try:
        found = version(name)
    except PackageNotFoundError:
        return ""
    return None if wanted.specifier.contains(found, prereleases=True) else found


def _examine_project() -> Finding:
    project = find_project_folder()
    if project is None:
        return Finding(False, "a workbook", f"none in {Path.cwd()} or above it", "workbook init my-workbook")
    words = ", with words of its own" if find_own_content() else ""
    return Finding(True, "a workbook", f"{project}{words}")


def _examine_disk(folder: Path) -> Finding:
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".doctor-") as place:
            one = Path(place) / "one"
            one.write_text("1", encoding="utf-8")
            one.replace(Path(place) / "two")
            flushed, kept = flush_folder(Path(place)), _keeps_modes(Path(place) / "two")
    except OSError as error:
        return Finding(
            False, "the disk", f"{folder} cannot be written ({error.strerror})", "choose a folder of your own"
        )
    if os.name == "nt" and len(str(folder)) > LONGEST_FOLDER:
        return Finding(
            False,
            "the disk",
            f"Windows finds no path of more than 259 signs; {folder} is {len(str(folder))} long",
            f"move the workbook to a folder whose path has at most {LONGEST_FOLDER} signs",
        )
    able = {"folders flushed": flushed, "permissions kept": kept}
    said = ", ".join(
        ["files can be written and renamed", *(f"{'' if well else 'not '}{one}" for one, well in able.items())]
    )
    return Finding(True, "the disk", said)


def _keeps_modes(path: Path) -> bool:
    path.chmod(0o600)
    return path.stat().st_mode & 0o777 == 0o600


def _examine_processes() -> Finding:
    said = "each kernel is started by itself, which is slower and makes the same pages"
    if is_plain():
        return Finding(
            False, "kernels split off a warm one", f"{PLAIN} is set: {said}", f"unset {PLAIN} for the faster way"
        )
    found = f"yes, on {count_processors()} cores" if can_fork() else said
    return Finding(can_fork(), "kernels split off a warm one", found)


def _examine_module(name: str, subject: str, remedy: str) -> Finding:
    found = find_spec(name) is not None
    return Finding(found, subject, f"Voilà {version(name)}" if found else "not installed", remedy)


def _examine_program(names: tuple[str, ...], subject: str, remedy: str) -> Finding:
    found = next(filter(None, map(shutil.which, names)), None)
    return Finding(found is not None, subject, found or "not found", remedy)
