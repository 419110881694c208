"""A job's two files on their way: written in a staging folder, put in place by renaming."""

from __future__ import annotations

import os
from pathlib import Path

from workbook.batch.plan import Job
from workbook.machine import flush_folder
from workbook.storage import make_folder

PAGE = "page.html"
EXECUTED = "executed.ipynb"


def write_whole(path: Path, text: str) -> None:
    """Write text as UTF-8, for nobody but this user, and return only when it is on the disk."""
    with open(path, "w", encoding="utf-8", newline="\n", opener=_open_private) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def publish(job: Job, staging: Path) -> None:
    """Put the executed notebook and then the page in place; each is the old file or the new one, never a part."""
    make_folder(job.executed.parent)
    (staging / EXECUTED).replace(job.executed)
    (staging / PAGE).replace(job.page)
    for folder in (job.executed.parent, job.page.parent):
        flush_folder(folder)
