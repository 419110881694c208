"""How long the batch takes beside the loop that people write today, over the same engagements in the same run.

    python benchmarks/batch.py [SLUG ...] [--copies 1] [--report summary] [--jobs 2] [--repeat 1]

Theirs: for each engagement `papermill`, then `jupyter nbconvert --to html`, one process each.
Ours: `workbook batch`, one command, in each of its ways: forked processes, kernels, started processes (plain).
All times include every start of every process. Nothing is written into the project: the
work is done on a copy of its notebooks and parameters, in which `--copies` multiplies each engagement.
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
from functools import partial
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
# What is added to the command, and whether only what every machine can do is used.
WAYS: dict[str, tuple[tuple[str, ...], str]] = {
    "workbook batch": ((), "0"),
    "workbook batch --kernel": (("--kernel",), "0"),
    "WORKBOOK_PLAIN=1 workbook batch": ((), "1"),
}


def main() -> int:
    """Time both, print the seconds and the ratio; 1 if either failed."""
    options = parse_options()
    with tempfile.TemporaryDirectory(prefix="workbook-benchmark-") as folder:
        copy = copy_project(Path(folder))
        found = options.slugs or sorted(path.name for path in (copy / "parameters").iterdir() if path.is_dir())
        slugs = multiply(copy, found, options.copies)
        rounds = [time_round(copy, slugs, options) for _ in range(options.repeat)]
    best = [min(times) for times in zip(*rounds, strict=True)]
    print(f"{len(slugs)} engagements, {options.jobs} jobs, best of {options.repeat}: {', '.join(found)}")
    for name, seconds in zip(("papermill, then jupyter nbconvert", *WAYS), best, strict=True):
        print(
            f"{name:<34} {seconds:6.1f} s  ({seconds / len(slugs):.2f} s each)  {best[0] / seconds:5.1f} times as fast"
        )
    return 0


def multiply(copy: Path, slugs: Sequence[str], copies: int) -> list[str]:
    """Copy each engagement under further names, and return all names."""
    names = list(slugs)
    for number in range(2, copies + 1):
        for slug in slugs:
            shutil.copytree(copy / "parameters" / slug, copy / "parameters" / f"{slug}-{number}")
            names.append(f"{slug}-{number}")
    return names


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="engagements; all in parameters/ unless given")
    parser.add_argument("--report", default="summary")
    parser.add_argument("--copies", type=int, default=1, help="how often each engagement is there")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--repeat", type=int, default=1, help="rounds of both; the best of each counts")
    return parser.parse_args()


def copy_project(folder: Path) -> Path:
    """Copy what a batch reads into a folder, and return it."""
    for name in ("notebooks", "parameters"):
        shutil.copytree(PROJECT / name, folder / name)
    return folder


def time_round(copy: Path, slugs: Sequence[str], options: argparse.Namespace) -> list[float]:
    """Return the seconds of their loop and of our batch in each way."""
    seconds = [time_call(lambda: run_loop(copy, slugs, options.report))]
    for more, plain in WAYS.values():
        os.environ["WORKBOOK_PLAIN"] = plain
        run = partial(run_batch, copy, slugs, options.report, options.jobs, more)
        seconds.append(time_call(run))
    return seconds


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


def run_batch(copy: Path, slugs: Sequence[str], report: str, jobs: int, more: Sequence[str]) -> None:
    """Do the same with our command, then check that every page is there."""
    shutil.rmtree(copy / "outputs", ignore_errors=True)
    run_quietly(["workbook", "batch", *slugs, "--report", report, "--jobs", str(jobs), *more], copy)
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
