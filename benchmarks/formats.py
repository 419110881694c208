"""What Word, spreadsheet and PDF cost beside the page that stock papermill and nbconvert make of the same job.

    python benchmarks/formats.py [--copies 30] [--jobs 2]

Theirs: `papermill`, then `jupyter nbconvert --to html`, of one engagement's summary, as of the pinned versions.
Ours: `workbook batch --format docx` of the same (the page and the Word file), `workbook export --format xlsx`, and
`workbook batch --format pdf` of as many copies as asked for, in which one browser prints all.
All times include every start of every process. The largest process of few PDFs and of many is told, as what grows
would grow there. Nothing is written into the project.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from batch import copy_project, multiply, run_loop

SLUG, FEW = "example", 3
WANTED = {"docx": 3.0, "xlsx": 1.5, "pdf": 4.0}


def main() -> int:
    """Time all in one run, print seconds and ratios; 1 where one costs more than is wanted."""
    options = parse_options()
    with tempfile.TemporaryDirectory(prefix="workbook-formats-") as folder:
        copy = copy_project(Path(folder))
        theirs = min(time_loop(copy) for _ in range(3))
        seconds = {
            "docx": min(time_ours(copy, "batch", SLUG, "--format", "docx")[0] for _ in range(3)),
            "xlsx": min(time_ours(copy, "export", SLUG, "--format", "xlsx")[0] for _ in range(3)),
        }
        slugs = multiply(copy, [SLUG], options.copies)
        jobs = ("--jobs", str(options.jobs))
        _, few = time_ours(copy, "batch", *slugs[:FEW], "--format", "pdf", *jobs)
        whole, many = time_ours(copy, "batch", *slugs, "--format", "pdf", *jobs)
        seconds["pdf"] = whole / len(slugs)
    print(f"papermill, then jupyter nbconvert   {theirs:6.2f} s a page")
    for name, one in seconds.items():
        print(f"{name:<34} {one:6.2f} s each  {one / theirs:5.2f} times theirs (wanted: at most {WANTED[name]:g})")
    print(f"largest process: {few} MB for {FEW} PDFs, {many} MB for {len(slugs)}")
    return int(any(one / theirs > WANTED[name] for name, one in seconds.items()))


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--copies", type=int, default=30, help="how many PDFs are made")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def time_loop(copy: Path) -> float:
    """Return the seconds of the loop that people write today, over one engagement."""
    begun = time.perf_counter()
    run_loop(copy, [SLUG], "summary")
    return time.perf_counter() - begun


def time_ours(copy: Path, *arguments: str) -> tuple[float, int]:
    """Return the seconds of a command of ours, and the MB of the largest process it started."""
    shutil.rmtree(copy / "outputs", ignore_errors=True)
    command = [sys.executable, "-c", MEASURE, *arguments]
    begun = time.perf_counter()
    done = subprocess.run(
        command, env={**os.environ, "WORKBOOK_HOME": str(copy)}, capture_output=True, text=True, check=True
    )
    return time.perf_counter() - begun, int(done.stdout.strip().splitlines()[-1])


MEASURE = f"""
import resource, subprocess, sys
subprocess.run([{str(Path(sys.executable).with_name("workbook"))!r}, *sys.argv[1:]], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""

if __name__ == "__main__":
    sys.exit(main())
