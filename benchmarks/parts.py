"""Where the time of a page goes: `python benchmarks/parts.py SLUG…` prints milliseconds a page for each part.

It runs in the project that `WORKBOOK_HOME` names: one page after the other, as one of the batch's workers makes them,
and the bare functions beside it. Each figure is the median over the pages.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(os.environ.get("WORKBOOK_HOME", "."))
TIMES: dict[str, list[float]] = defaultdict(list)


class Clock:
    """Adds what has passed since the last call to a part."""

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def note(self, part: str) -> None:
        """Add to a part."""
        now = time.perf_counter()
        TIMES[part].append((now - self._last) * 1000)
        self._last = now


def make_pages(slugs: list[str], folder: Path) -> None:
    """Make the summaries as a worker does, part by part."""
    from workbook.batch.ways.forked_process import fork_server
    from workbook.batch.ways.own_process import use_forks

    way = use_forks(fork_server(close=()))  # before any engagement is seen
    from workbook.batch.kept.records import Records
    from workbook.batch.messages import Task
    from workbook.batch.outcomes import Outcome
    from workbook.batch.pages import making
    from workbook.batch.pages.staging import publish
    from workbook.batch.plan import plan_jobs
    from workbook.batch.snapshots import prepare_snapshot
    from workbook.digests import digest_folder
    from workbook.disk.held import remove_folder

    records = Records()
    for number, job in enumerate(plan_jobs(slugs, editions=["private"], report="summary", root=ROOT)):
        task = Task(job, folder / str(number), folder / f"staged-{number}", 120)
        clock, run = Clock(), making.Run(task, lambda _: None)
        records.judge(job)
        clock.note("see whether it changed")
        run.snapshots.mkdir(parents=True, mode=0o700)
        prepare_snapshot(job, run.snapshots)
        shown = digest_folder(run.snapshots)
        clock.note("read, redact, write what the edition may show")
        executed = way.run(run)
        clock.note("a process of its own, in which papermill runs the cells")
        page = making.convert(executed, "soil-and-seeds", name="summary")
        clock.note("make the page")
        making._write(task.staging, executed, page)
        publish(job, task.staging)
        clock.note("write both files, see them on the disk, put them in place")
        records.keep(Outcome(job, "made", 0.0, page=job.page, shown=shown))
        clock.note("keep what it was made of")
        remove_folder(task.folder)
        clock.note("remove what was temporary")


def make_bare(slugs: list[str]) -> None:
    """Call the bare functions, and the same cells once more by papermill in this process."""
    import nbformat
    from peers import NOTEBOOK, _run_cell

    from workbook.batch.pages.conversion import convert

    for slug in slugs:
        clock, notebook = Clock(), nbformat.read(NOTEBOOK, as_version=4)
        names: dict[str, object] = {}
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = _run_cell(cell, names, slug)
        clock.note("bare: the cells")
        (ROOT / f"{slug}.html").write_text(convert(notebook, "soil-and-seeds", name="summary"), encoding="utf-8")
        clock.note("bare: make and write the page")


def main() -> None:
    """Print each part and its milliseconds, tab between."""
    import tempfile

    # As the batch has it: a process with threads of numpy's is not forked.
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    from workbook.batch.ways.preload import preload

    preload()
    with tempfile.TemporaryDirectory() as folder:
        make_pages(sys.argv[1:], Path(folder))
        make_bare(sys.argv[1:])
    for part, times in TIMES.items():
        print(f"{part}\t{statistics.median(times):.1f}")


if __name__ == "__main__":
    main()
