"""What is kept of a page that was made: digests of its inputs and of what came of them, beside the executed notebook.

Two levels tell whether a page has to be made again. First the bytes of the files it was made of: if they are the
same, nothing is opened. If not, its worker sees what the edition may show, and makes nothing if that is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbook.batch.kept.inputs import Inputs
from workbook.batch.outcomes import Outcome
from workbook.batch.plan import Job
from workbook.digests import digest_file
from workbook.storage import read_record, write_record


class Records:
    """The records of one batch."""

    def __init__(self) -> None:
        self._inputs = Inputs()
        self._found: dict[Job, str] = {}

    def judge(self, job: Job) -> Outcome | Job:
        """Return the outcome of a job that has nothing to do; else the job, with what its page last showed."""
        self._found[job] = self._inputs.find_files(job)
        record = read_record(job.executed)
        if not record or record.get("made_by") != self._inputs.find_makers(job) or not _stand(job, record):
            return job
        if record.get("files") == self._found[job]:
            return Outcome(job, "unchanged", 0.0, page=job.page)
        return replace(job, shown=str(record.get("shown", "")))

    def keep(self, outcome: Outcome) -> None:
        """Keep the record of a page that stands. Files that changed meanwhile do not count as those it is of."""
        job = replace(outcome.job, shown="")
        before = self._found.get(job, "")
        files = before if self._inputs.find_files(job, anew=True) == before else ""
        made_by = self._inputs.find_makers(job)
        outputs = _digest_outputs((job.executed, job.page))
        write_record(job.executed, {"made_by": made_by, "files": files, "shown": outcome.shown, "outputs": outputs})


def _stand(job: Job, record: dict[str, Any]) -> bool:
    """Whether what was made stands as it was made."""
    outputs = _digest_outputs((job.executed, job.page))
    return all(outputs.values()) and record.get("outputs") == outputs


def _digest_outputs(paths: Iterable[Path]) -> dict[str, str]:
    return {path.name: digest_file(path) for path in paths}
