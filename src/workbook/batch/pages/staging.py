"""A job's two files on their way: written in a staging folder, put in place by renaming."""

from __future__ import annotations

import os
from pathlib import Path

from workbook.batch.plan import Job
from workbook.machine import flush_folder

PAGE = "page.html"
EXECUTED = "executed.ipynb"


def write_whole(path: Path, text: str) -> None:
    """Write text as UTF-8 and return only when it is on the disk."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def publish(job: Job, staging: Path) -> None:
    """Put the executed notebook and then the page in place; each is the old file or the new one, never a part."""
    job.executed.parent.mkdir(parents=True, exist_ok=True)
    (staging / EXECUTED).replace(job.executed)
    (staging / PAGE).replace(job.page)
    for folder in (job.executed.parent, job.page.parent):
        flush_folder(folder)
