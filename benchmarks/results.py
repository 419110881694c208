"""Measure what the workbook promises of its speed and write benchmarks/RESULTS.md: ratios in one run, medians of three.

    python benchmarks/results.py [batch changed check portfolio dask start] [--engagements 300]

Only the sections named are measured and written anew, all where none is named. Peers: the loop people write (papermill,
then nbconvert, a process each), a pool that calls both APIs, and the bare functions in one warm process.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

PROJECT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).with_name("RESULTS.md")
PEERS = Path(__file__).with_name("peers.py")
ROUNDS = 3
PROGRAM = [sys.executable, "-c", "from workbook.cli import main; main()"]
HEADINGS = {
    "batch": "The batch",
    "changed": "Only what changed",
    "check": "Check",
    "portfolio": "Portfolio",
    "dask": "Many machines",
    "start": "The first start",
}
Row = tuple[str, str, float, str, bool]
"""What, against what, how many times, the target, and whether it is met."""


class Watch:
    """The highest memory of a program and of those it started, in MB: its own and the largest of theirs, unshared."""

    def __init__(self, pid: int) -> None:
        self.own = self.child = self.whole = 0.0
        self._process, self._over = psutil.Process(pid), threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.2):
            try:
                self.own = max(self.own, self._process.memory_info().rss / 1e6)
                for child in self._process.children(recursive=True):
                    found = child.memory_full_info()
                    self.child, self.whole = max(self.child, found.uss / 1e6), max(self.whole, found.rss / 1e6)
            except psutil.Error:
                continue

    def end(self) -> Watch:
        """Stop looking."""
        self._over.set()
        self._thread.join()
        return self


def run(folder: Path, *command: str, plain_start: bool = False) -> tuple[float, Watch]:
    """Run a program in a project and return its seconds and its memory; end with its words if it fails."""
    environment = {**os.environ, "WORKBOOK_HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
    begin = time.perf_counter()
    program = [sys.executable] if plain_start else PROGRAM
    with subprocess.Popen(
        [*program, *command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as started:
        watch = Watch(started.pid)
        said, _ = started.communicate()
    seconds = time.perf_counter() - begin
    watch.end()
    if started.returncode:
        sys.exit(f"{' '.join(command)}\n{said[-2000:]}")
    return seconds, watch


def take_seconds(folder: Path, *command: str, plain_start: bool = False) -> float:
    """Return the seconds of a program."""
    return run(folder, *command, plain_start=plain_start)[0]


def take_peer(folder: Path, way: str, slugs: Sequence[str]) -> float:
    """Return the seconds of a peer over engagements, its start included."""
    return take_seconds(folder, str(PEERS), way, *slugs, plain_start=True)


def make_project(folder: Path, source: str, count: int) -> list[str]:
    """Make a project of copies of one engagement that ships, each with a budget of its own."""
    shutil.copytree(PROJECT / "notebooks", folder / "notebooks")
    for number in range(count):
        copy = shutil.copytree(PROJECT / "parameters" / source, folder / "parameters" / f"copy-{number}")
        facts = copy / "engagement.yaml"
        lines = facts.read_text(encoding="utf-8").splitlines(keepends=True)
        facts.write_text("".join(_vary(line, number) for line in lines), encoding="utf-8")
    return [f"copy-{number}" for number in range(count)]


def _vary(line: str, number: int) -> str:
    key, _, value = line.partition(":")
    figure = value.split("#")[0].strip().replace("_", "")
    return f"{key}: {int(figure) + number}\n" if key == "budget" and figure.isdecimal() else line


def measure_batch(folder: Path, _: argparse.Namespace) -> list[Row]:
    """Small and full engagements against all three peers; what the bare functions do not do is the rest."""
    small, full = folder / "small", folder / "full"
    slugs, long = make_project(small, "transitions", 120), make_project(full, "example", 30)
    loop = take_peer(small, "loop", slugs[:4]) * len(slugs) / 4
    ours, pool, bare, ours_full, bare_full = [], [], [], [], []
    for _round in range(ROUNDS):
        ours.append(take_seconds(small, "batch", *slugs, "--jobs", "2", "--force"))
        pool.append(take_peer(small, "pool", slugs[:40]) * len(slugs) / 40)
        bare.append(take_peer(small, "bare", slugs))
        ours_full.append(take_seconds(full, "batch", *long, "--jobs", "2", "--force"))
        bare_full.append(take_peer(full, "bare", long))
    middle = statistics.median
    fast, full_ratio = divide(ours, bare), divide(ours_full, bare_full)
    return [
        ("120 small engagements, the loop's time (four of them) by ours", "stock loop, a process each",
         loop / middle(ours), "≥ 45", loop / middle(ours) >= 45),
        ("120 small engagements, the pool's time (forty of them) by ours", "stock API pool of as many workers",
         divide(pool, ours), "≥ 8.5", divide(pool, ours) >= 8.5),
        (f"120 small engagements, our {middle(ours) / 120 * 1000:.0f} ms each", "bare functions, two warm processes",
         fast, "≤ 2.5", fast <= 2.5),
        (f"30 full ones, our {middle(ours_full) / 30 * 1000:.0f} ms each", "bare functions, two warm processes",
         full_ratio, "≤ 1.25", full_ratio <= 1.25),
    ]  # fmt: skip


def divide(over: Sequence[float], under: Sequence[float]) -> float:
    """Return the median of the ratios round by round."""
    return statistics.median(one / other for one, other in zip(over, under, strict=True))


def measure_changed(folder: Path, options: argparse.Namespace) -> list[Row]:
    """One changed engagement among many, in three editions, against making that one alone; and memory."""
    slugs = make_project(folder, "transitions", options.engagements)
    editions = [word for edition in ("private", "partners", "public") for word in ("--edition", edition)]
    few, less = run(folder, "batch", *slugs[:10], *editions)
    begun, more = run(folder, "batch", *editions)
    del few, begun
    facts = folder / "parameters" / slugs[0] / "engagement.yaml"
    top = []
    for number in range(ROUNDS):
        alone = take_seconds(folder, "batch", slugs[0], *editions, "--force")
        text = facts.read_text(encoding="utf-8")
        facts.write_text("".join(_vary(line, number + 1) for line in text.splitlines(keepends=True)), encoding="utf-8")
        top.append(take_seconds(folder, "batch", *editions) - alone)
    seconds, parent = statistics.median(top), more.own / less.own
    return [
        (f"{len(slugs)} engagements, one changed, three editions: seconds on top", "making that one alone",
         seconds, "≤ 2 (of 1,000)", seconds <= 2),
        (f"memory of the parent over {len(slugs)} engagements, {more.own:.0f} MB", "over 10",
         parent, "flat: ≤ 1.25", parent <= 1.25),
        ("MB that the largest child has to itself", "", more.child, "≤ 60", more.child <= 60),
    ]  # fmt: skip


READ = """
import sys, time, yaml
from pathlib import Path
files = [path.read_bytes() for path in sorted(Path(sys.argv[1]).rglob("*.yaml"))]
begin = time.perf_counter()
for raw in files: yaml.load(raw, yaml.CSafeLoader)
print(time.perf_counter() - begin)
from workbook.storage import check_engagement
begin = time.perf_counter()
check_engagement(Path(sys.argv[1]))
print(time.perf_counter() - begin)
"""


def measure_check(folder: Path, _: argparse.Namespace) -> list[Row]:
    """500 voices: read cold against CSafeLoader over the same bytes, and again unchanged against the first time."""
    (slug,) = make_project(folder, "example", 1)
    place = folder / "parameters" / slug / "voices"
    voices = [path.read_text(encoding="utf-8") for path in sorted(place.glob("*.yaml"))]
    for path in place.glob("*.yaml"):
        path.unlink()
    for number in range(500):
        lines = [
            f"role: Person {number}" if one.startswith("role:") else one
            for one in voices[number % len(voices)].splitlines()
        ]
        (place / f"voice-{number}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    again, cold = [], []
    for _round in range(ROUNDS):
        shutil.rmtree(folder / "cache", ignore_errors=True)
        take_seconds(folder, "check", "--help")
        first = take_seconds(folder, "check", slug)
        again.append(take_seconds(folder, "check", slug) / first)
        said = subprocess.run(
            [sys.executable, "-c", READ, str(folder / "parameters" / slug)], capture_output=True, text=True, check=True
        ).stdout.split()
        cold.append(float(said[1]) / float(said[0]))
    same, ratio = statistics.median(again), statistics.median(cold)
    return [
        (
            "check of 500 voices, nothing changed since, starts included: 1 by",
            "first check",
            1 / same,
            "≥ 20",
            same <= 1 / 20,
        ),
        ("check of 500 voices, cold, starts aside", "the same bytes by PyYAML's CSafeLoader", ratio, "≤ 2", ratio <= 2),
    ]


def measure_portfolio(folder: Path, _: argparse.Namespace) -> list[Row]:
    """The portfolio of 1,000 against that of 100, in time and in the memory of the process that draws it."""
    slugs = make_project(folder, "transitions", 1000)
    times, sizes = [], []
    for _round in range(ROUNDS):
        little, less = run(folder, "batch", *slugs[:100], "--report", "portfolio", "--force")
        much, more = run(folder, "batch", "--report", "portfolio", "--force")
        times.append(much / little)
        sizes.append(more.whole / less.whole)
    seconds, memory = statistics.median(times), statistics.median(sizes)
    return [
        ("portfolio of 1,000, time", "portfolio of 100", seconds, "≤ 10", seconds <= 10),
        (
            f"portfolio of 1,000, memory of its largest process ({more.whole:.0f} MB)",
            "portfolio of 100",
            memory,
            "≤ 1.5",
            memory <= 1.5,
        ),
    ]


def measure_dask(folder: Path, _: argparse.Namespace) -> list[Row]:
    """Two local dask workers against our own pool: with its first start, and once it is there."""
    slugs = make_project(folder, "transitions", 120)
    first, second = [], []
    for _round in range(ROUNDS):
        environment = {**os.environ, "WORKBOOK_HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
        command = [sys.executable, str(PEERS), "dask", *slugs]
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()
        ours, cold, warm = map(float, said)
        first.append(cold / ours)
        second.append(warm / ours)
    ratio, further = statistics.median(first), statistics.median(second)
    return [
        ("120 small engagements by two local dask workers, their first", "our own pool", ratio, "≤ 1.1", ratio <= 1.1),
        ("the same, a second time", "our own pool", further, "≤ 1.1", further <= 1.1),
    ]


def measure_start(folder: Path, _: argparse.Namespace) -> list[Row]:
    """The commands that people wait for, against importing typer alone."""
    make_project(folder, "example", 1)
    typer, helped, checked = [], [], []
    for _round in range(9):
        typer.append(take_seconds(folder, "-c", "import typer", plain_start=True))
        helped.append(take_seconds(folder, "--help"))
        shutil.rmtree(folder / "cache", ignore_errors=True) if not checked else None
        (folder / "cache" / "soil-and-seeds" / "key").unlink(
            missing_ok=True
        )  # what was found before counts for nothing
        checked.append(take_seconds(folder, "check", "copy-0"))
    help_ratio, check_ratio = divide(helped, typer), divide(checked, typer)
    return [
        ("workbook --help", "importing typer alone", help_ratio, "≤ 2", help_ratio <= 2),
        ("workbook check of the example, read anew", "importing typer alone", check_ratio, "≤ 5", check_ratio <= 5),
    ]


MEASURES: dict[str, Callable[[Path, argparse.Namespace], list[Row]]] = {
    "batch": measure_batch,
    "changed": measure_changed,
    "check": measure_check,
    "portfolio": measure_portfolio,
    "dask": measure_dask,
    "start": measure_start,
}


def describe_run() -> str:
    """Say where and when it was measured, and with which peers."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    names = ("papermill", "nbconvert", "nbclient", "ipykernel", "distributed", "pyyaml")
    peers = ", ".join(f"{name} {version(name)}" for name in names)
    load = f"; others kept {os.getloadavg()[0]:.1f} processes busy at the end" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.now(UTC):%d %B %Y}, commit {commit.stdout.strip() or 'unknown'}, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {peers}{load}."
    )


def write_section(name: str, rows: Sequence[Row], seconds: float) -> None:
    """Put a section's table in its place and leave the others as they are."""
    table = ["| work | against | ratio | target | |", "|---|---|---|---|---|"]
    table += [
        f"| {what} | {peer} | {ratio:.2f} | {target} | {'met' if met else 'missed'} |"
        for what, peer, ratio, target, met in rows
    ]
    body = "\n".join([f"## {HEADINGS[name]}", "", *table, "", f"{describe_run()} It took {seconds:.0f} seconds."])
    head, *parts = RESULTS.read_text(encoding="utf-8").split("\n## ")
    sections = {part.partition("\n")[0]: f"## {part.rstrip()}" for part in parts}
    sections[HEADINGS[name]] = body + _keep_words(sections.get(HEADINGS[name], ""))
    RESULTS.write_text("\n\n".join([head.rstrip(), *sections.values()]) + "\n", encoding="utf-8")


def _keep_words(before: str) -> str:
    """Return what a person wrote below a section's figures, from its first line that begins with 'Why'."""
    place = before.find("\nWhy ")
    return f"\n{before[place:].rstrip()}" if place >= 0 else ""


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(MEASURES))
    parser.add_argument("--engagements", type=int, default=300, help="how many there are of which one changes")
    options = parser.parse_args()
    for name in options.sections or MEASURES:
        begin = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="workbook-benchmark-") as folder:
            rows = MEASURES[name](Path(folder), options)
        write_section(name, rows, time.perf_counter() - begin)
        for what, peer, ratio, target, met in rows:
            print(f"{what} / {peer}: {ratio:.2f} (target {target}) {'' if met else 'MISSED'}", flush=True)


if __name__ == "__main__":
    main()
