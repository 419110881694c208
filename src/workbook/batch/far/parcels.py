"""What travels between the one who asks for pages and those who make them, and nothing else."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from workbook.batch.messages import Result
from workbook.batch.plan import Job
from workbook.content import CHOSEN, find_content_folder, find_language

_PACKAGE = Path(__file__).parents[2]
_LIBRARIES = ("ipython", "nbconvert", "nbformat", "numpy", "networkx", "papermill", "pydantic")


@dataclass(frozen=True)
class Words:
    """The words pages are written in, where they are not those that ship, and their language."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    language: str = ""


@dataclass(frozen=True)
class Parcel:
    """One page to make: the notebook and what its edition may show, as files by name; how many seconds it has."""

    slug: str
    report: str
    edition: str
    notebook: tuple[str, bytes]
    snapshots: Mapping[str, bytes]
    seconds: float


@dataclass(frozen=True)
class Returned:
    """How it ended, and the two files if the page was made."""

    result: Result
    page: bytes = b""
    executed: bytes = b""


def pack_words() -> Words:
    """Return the words that are read here; without files where they are those that ship, which every worker has."""
    folder = find_content_folder()
    if folder.resolve() == (_PACKAGE / "content").resolve():
        return Words(language=find_language())
    return Words(_read_files(folder), find_language())


def unpack_words(words: Words, folder: Path) -> dict[str, str]:
    """Write the words into a folder and return the environment in which they are read."""
    if words.files:
        _write_files(folder, words.files)
    place = folder if words.files else _PACKAGE / "content"
    return {CHOSEN: str(place), "WORKBOOK_LANGUAGE": words.language}


def pack_job(job: Job, snapshots: Path, *, seconds: float) -> Parcel:
    """Return what a worker needs for a job whose snapshots lie in a folder."""
    notebook = (job.notebook.name, job.notebook.read_bytes())
    return Parcel(job.slug, job.report, job.edition, notebook, _read_files(snapshots), seconds)


def unpack_job(parcel: Parcel, root: Path) -> Job:
    """Write a parcel's files where the returned job finds them."""
    name, notebook = parcel.notebook
    _write_files(root, {name: notebook})
    _write_files(root / "sent", parcel.snapshots)
    return Job(
        slug=parcel.slug,
        report=parcel.report,
        edition=parcel.edition,
        root=root,
        notebook=root / name,
        page=root / "page.html",
        executed=root / "executed.ipynb",
    )


def take_sent(job: Job, folder: Path) -> None:
    """Put the snapshots that were sent where the notebook looks for them."""
    shutil.copytree(job.root / "sent", folder, dirs_exist_ok=True)


def describe_program() -> dict[str, str]:
    """Return what has to be the same on every machine for its pages to be the same: versions, and the code itself."""
    digest = hashlib.sha256()
    for name, content in _read_files(_PACKAGE, but="__pycache__").items():
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    found = {name: version(name) for name in ("soil-and-seeds", *_LIBRARIES)}
    return found | {"Python": platform.python_version(), "the workbook's own code": digest.hexdigest()[:12]}


def _read_files(folder: Path, *, but: str = "") -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and but not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
