"""How long the batch takes beside the loop that people write today, over the same engagements in the same run.

    python benchmarks/batch.py [SLUG ...] [--report summary] [--jobs 2] [--repeat 1]

Theirs: for each engagement `papermill`, then `jupyter nbconvert --to html`, one process each.
Ours: `workbook batch`, one command. Both times include every start of every process. Nothing is written into the
project: the work is done on a copy of its notebooks and parameters.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Time both, print the seconds and the ratio; 1 if either failed."""
    options = parse_options()
    with tempfile.TemporaryDirectory(prefix="workbook-benchmark-") as folder:
        copy = copy_project(Path(folder))
        slugs = options.slugs or sorted(path.name for path in (copy / "parameters").iterdir() if path.is_dir())
        rounds = [time_round(copy, slugs, options) for _ in range(options.repeat)]
    theirs, ours = (min(times) for times in zip(*rounds, strict=True))
    print(f"{len(slugs)} engagements, {options.jobs} jobs, best of {options.repeat}: {', '.join(slugs)}")
    for name, seconds in (("papermill, then jupyter nbconvert", theirs), ("workbook batch", ours)):
        print(f"{name:<34} {seconds:6.1f} s  ({seconds / len(slugs):.2f} s each)")
    print(f"ratio: {theirs / ours:.1f} times as fast")
    return 0


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="engagements; all in parameters/ unless given")
    parser.add_argument("--report", default="summary")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--repeat", type=int, default=1, help="rounds of both; the best of each counts")
    return parser.parse_args()


def copy_project(folder: Path) -> Path:
    """Copy what a batch reads into a folder, and return it."""
    for name in ("notebooks", "parameters"):
        shutil.copytree(PROJECT / name, folder / name)
    return folder


def time_round(copy: Path, slugs: Sequence[str], options: argparse.Namespace) -> tuple[float, float]:
    """Return the seconds of their loop and of our batch."""
    theirs = time_call(lambda: run_loop(copy, slugs, options.report))
    ours = time_call(lambda: run_batch(copy, slugs, options.report, options.jobs))
    return theirs, ours


def time_call(call: Callable[[], None]) -> float:
    """Return how many seconds a call took."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def run_loop(copy: Path, slugs: Sequence[str], report: str) -> None:
    """Do what a shell script does today."""
    (notebook,) = copy.glob(f"notebooks/[0-9][0-9]_{report}.ipynb")
    for slug in slugs:
        executed = copy / f"{slug}.ipynb"
        command = ["papermill", str(notebook), str(executed), "-p", "engagement", slug, "--no-progress-bar"]
        run_quietly(command, copy)
        run_quietly(["jupyter", "nbconvert", "--to", "html", str(executed)], copy)


def run_batch(copy: Path, slugs: Sequence[str], report: str, jobs: int) -> None:
    """Do the same with our command, then check that every page is there."""
    run_quietly(["workbook", "batch", *slugs, "--report", report, "--jobs", str(jobs)], copy)
    missing = [slug for slug in slugs if not (copy / "outputs" / slug / f"{report}.html").is_file()]
    if missing:
        sys.exit(f"the batch made no page for: {', '.join(missing)}")


def run_quietly(command: Sequence[str], folder: Path) -> None:
    """Run a program of this Python's own environment; end with what it said if it fails."""
    program = Path(sys.executable).with_name(command[0])
    done = subprocess.run([str(program), *command[1:]], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
