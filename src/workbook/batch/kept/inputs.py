"""All that a page is made of, as digests: what makes every page, and the files that one is made of.

`MAKERS` and `FILES` are lists: whatever else a page comes to depend on is one function more in one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from importlib.metadata import requires
from pathlib import Path

from workbook.batch.plan import Job
from workbook.batch.snapshots import list_linked
from workbook.content import find_content_folder, name_language
from workbook.digests import digest_bytes, digest_file, digest_folder, digest_libraries, digest_program
from workbook.storage import list_earlier


class Inputs:
    """The digests of one batch's jobs; what several jobs share is read once."""

    def __init__(self) -> None:
        self._known: dict[object, str] = {}

    def find_makers(self, job: Job) -> dict[str, str]:
        """Return a digest for each thing that makes a job's page, by its name."""
        return {name: find(self, job) for name, find in MAKERS.items()}

    def find_files(self, job: Job, *, anew: bool = False) -> str:
        """Return one digest for all files that a job reads; `anew` reads again what was read before."""
        if anew:
            for folder in _list_folders(job):
                self._known.pop(folder, None)
        return digest_bytes(*(find(self, job).encode() for find in FILES))

    def digest_engagements(self, job: Job) -> str:
        """Return the digest of every file of a job's engagements and their earlier rounds, withdrawals among them."""
        folders = _list_folders(job)
        found = ((folder.name, self._read_once(folder, partial(digest_folder, folder))) for folder in folders)
        return digest_bytes(*(part.encode() for pair in found for part in pair))

    def digest_links(self, job: Job) -> str:
        """Return the digest of the names of the pages that a page over all engagements links to."""
        return digest_bytes(*("/".join((slug, *list_linked(job, slug))).encode() for slug in job.slugs))

    def digest_notebook(self, job: Job) -> str:
        """Return the digest of the notebook that is run."""
        return self._read_once(job.notebook, partial(digest_file, job.notebook))

    def digest_content(self, _job: Job) -> str:
        """Return the digest of the words, in the language that is read."""
        folder = find_content_folder()
        return self._read_once(("content", folder), partial(digest_folder, folder)) + name_language()

    def digest_program(self, _job: Job) -> str:
        """Return the digest of the installed code, with theme, styles and templates: in a checkout people edit them."""
        return self._read_once("program", digest_program)

    def digest_libraries(self, _job: Job) -> str:
        """Return the digest of the versions of Python and of what the workbook is built on."""
        return self._read_once("libraries", _digest_libraries)

    def _read_once(self, key: object, read: Callable[[], str]) -> str:
        if key not in self._known:
            self._known[key] = read()
        return self._known[key]


def _list_folders(job: Job) -> list[Path]:
    folders = [job.root / "parameters" / name for name in job.slugs or (job.slug,)]
    return [one for folder in folders for one in (folder, *list_earlier(folder))]


def _digest_libraries() -> str:
    return digest_libraries({re.split(r"[^A-Za-z0-9_.-]", line)[0] for line in requires("soil-and-seeds") or ()})


MAKERS: dict[str, Callable[[Inputs, Job], str]] = {
    "notebook": Inputs.digest_notebook,
    "content": Inputs.digest_content,
    "program": Inputs.digest_program,
    "libraries": Inputs.digest_libraries,
}
FILES: tuple[Callable[[Inputs, Job], str], ...] = (Inputs.digest_engagements, Inputs.digest_links)
