"""Measure what the workbook promises of its speed and write benchmarks/RESULTS.md: ratios in one run, medians of three.

    python benchmarks/results.py [SECTION…] [--engagements 300] [--resume]

Only the sections named are measured and written anew, all where none is named; each is written when it is measured.
One that fails is told and the others go on. `--resume` passes over those that were measured at this very commit with
as many rounds. Peers: the loop people write (papermill, then nbconvert, a process each), a pool that calls both APIs,
and the bare functions in one warm process.
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
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from running import PEERS, PROJECT, FailedError, ask, make_project, make_voices, run, take_peer, take_seconds, vary

RESULTS = Path(__file__).with_name("RESULTS.md")
HEADINGS = {
    "batch": "The batch",
    "parts": "Where a page's time goes",
    "changed": "Only what changed",
    "check": "Check",
    "portfolio": "Portfolio",
    "form": "A form with 300 voices",
    "dask": "Many machines",
    "tradeoff": "The trade-off",
    "start": "The first start",
}
TARGETS = "The targets"
HEAD = ("| work | against | ratio | target | |", "|---|---|---|---|---|")
Row = tuple[str, str, float, str, bool]
"""What, against what, how many times, the target, and whether it is met; without a target it is only told."""


def measure_batch(folder: Path, options: argparse.Namespace) -> list[Row]:
    """Small and full engagements against all three peers; what the bare functions do not do is the rest."""
    small, full = folder / "small", folder / "full"
    slugs, long = make_project(small, "transitions", 120), make_project(full, "example", 30)
    loop = take_peer(small, "loop", slugs[:4]) * len(slugs) / 4
    ours, more, pool, bare, ours_full, bare_full = [], [], [], [], [], []
    for _round in range(options.rounds):
        ours.append(take_seconds(small, "batch", *slugs, "--jobs", "2", "--force"))
        more.append(take_seconds(small, "batch", *slugs, "--jobs", "3", "--force"))
        pool.append(take_peer(small, "pool", slugs[:20]) * len(slugs) / 20)
        bare.append(take_peer(small, "bare", slugs))
        ours_full.append(take_seconds(full, "batch", *long, "--jobs", "2", "--force"))
        bare_full.append(take_peer(full, "bare", long))
    middle = statistics.median
    fast, full_ratio = divide(ours, bare), divide(ours_full, bare_full)
    return [
        ("120 small engagements, the loop's time (four of them) by ours", "stock loop, a process each",
         loop / middle(ours), "≥ 45", loop / middle(ours) >= 45),
        ("120 small engagements, the pool's time (twenty of them) by ours", "stock API pool of as many workers",
         divide(pool, ours), "≥ 8.5", divide(pool, ours) >= 8.5),
        (f"120 small engagements, our {middle(ours) / 120 * 1000:.0f} ms each", "bare functions, two warm processes",
         fast, "≤ 2.5", fast <= 2.5),
        ("120 small engagements by three jobs, one more than there are cores", "by two",
         divide(more, ours), "", True),
        (f"30 full ones, our {middle(ours_full) / 30 * 1000:.0f} ms each", "bare functions, two warm processes",
         full_ratio, "≤ 1.25", full_ratio <= 1.25),
    ]  # fmt: skip


def measure_parts(folder: Path, _options: argparse.Namespace) -> list[Row]:
    """Each part of a small page made by one worker, in milliseconds, and the bare functions beside it."""
    slugs = make_project(folder, "transitions", 40)
    said = ask(folder, str(Path(__file__).with_name("parts.py")), *slugs)
    parts = {name: float(figure) for name, figure in (line.split("\t") for line in said.splitlines())}
    bare = sum(figure for name, figure in parts.items() if name.startswith("bare"))
    ours = sum(parts.values()) - bare
    one = take_seconds(folder, "batch", slugs[0], "--jobs", "2", "--force") * 1000 - ours
    return [
        *((name, "milliseconds a page, median of 40", figure, "", True) for name, figure in parts.items()),
        ("all parts of ours together", "the bare ones", ours / bare, "", True),
        ("start and end of a batch, once: milliseconds beside those of its one page", "", one, "", True),
    ]


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
    full = run(folder / "full", "batch", *make_project(folder / "full", "example", 8), "--jobs", "2")[1]
    facts = folder / "parameters" / slugs[0] / "engagement.yaml"
    top = []
    for number in range(options.rounds):
        alone = take_seconds(folder, "batch", slugs[0], *editions, "--force")
        text = facts.read_text(encoding="utf-8")
        facts.write_text("".join(vary(line, number + 1) for line in text.splitlines(keepends=True)), encoding="utf-8")
        top.append(take_seconds(folder, "batch", *editions) - alone)
    seconds, parent = statistics.median(top), more.own / less.own
    return [
        (f"{len(slugs)} engagements, one changed, three editions: seconds on top", "making that one alone",
         seconds, "≤ 2 (of 1,000)", seconds <= 2),
        (f"memory of the parent over {len(slugs)} engagements, {more.own:.0f} MB", "over 10",
         parent, "flat: ≤ 1.25", parent <= 1.25),
        ("MB that the process of a full page has to itself", "", full.later, "≤ 60", full.later <= 60),
        ("MB of the one process that all others are forked from", "", full.first, "≤ 60", full.first <= 60),
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
from workbook.projects.checked import Checked
begin = time.perf_counter()
assert Checked().count_voices(Path(sys.argv[1]).name) == 500
print(time.perf_counter() - begin)
"""


FORM = """
import sys, time
from pathlib import Path
from workbook.forms.lab.session import Session
for chapter in ("framing", "brief"):
    begin = time.perf_counter()
    session = Session(Path(sys.argv[1]), chapter)
    for message in session.respond({"kind": "open", "voice": "voice-3"}):
        print(time.perf_counter() - begin)
"""


def measure_form(folder: Path, options: argparse.Namespace) -> list[Row]:
    """From the opening of a form with 300 voices to when it can be filled in, and to its reading; seconds."""
    slug = make_voices(folder, 300)
    times = [
        [float(one) for one in ask(folder, "-c", FORM, str(folder / "parameters" / slug)).split()]
        for _round in range(options.rounds)
    ]
    names = (
        "framing: it can be filled in",
        "framing: its reading stands",
        "brief: it can be filled in, another form open before",
        "brief, which reads every chapter: its reading stands",
    )
    return [
        (name, "seconds", statistics.median(one[place] for one in times), "", True) for place, name in enumerate(names)
    ]


def measure_check(folder: Path, options: argparse.Namespace) -> list[Row]:
    """500 voices: read cold against CSafeLoader over the same bytes, and again unchanged against the first time."""
    slug = make_voices(folder, 500)
    again, cold, known = [], [], []
    for _round in range(options.rounds):
        shutil.rmtree(folder / "cache", ignore_errors=True)
        take_seconds(folder, "check", "--help")
        first = take_seconds(folder, "check", slug)
        again.append(take_seconds(folder, "check", slug) / first)
        said = ask(folder, "-c", READ, str(folder / "parameters" / slug)).split()
        cold.append(float(said[1]) / float(said[0]))
        known.append(float(said[1]) / float(said[2]))
    kept = statistics.median(known)
    same, ratio = statistics.median(again), statistics.median(cold)
    return [
        ("check of 500 voices, nothing changed since, starts aside: 1 by", "first check", kept, "≥ 20", kept >= 20),
        (
            "check of 500 voices, nothing changed since, starts included: 1 by",
            "first check",
            1 / same,
            "≥ 20",
            same <= 1 / 20,
        ),
        ("check of 500 voices, cold, starts aside", "the same bytes by PyYAML's CSafeLoader", ratio, "≤ 2", ratio <= 2),
    ]


PATIENT = ("--job-seconds", "1800")  # on a busy machine, where others' work is no fault of what is measured


def measure_portfolio(folder: Path, options: argparse.Namespace) -> list[Row]:
    """The portfolio of 1,000 against that of 100, in time and memory, and its page's size with a link to each."""
    slugs = make_project(folder, "transitions", 1000)
    run(folder, "batch", *slugs, "--report", "summary", *PATIENT)
    times, sizes = [], []
    for _round in range(options.rounds):
        little, less = run(folder, "batch", *slugs[:100], "--report", "portfolio", "--force", *PATIENT)
        much, more = run(folder, "batch", "--report", "portfolio", "--force", *PATIENT)
        times.append(much / little)
        sizes.append(more.whole / less.whole)
    seconds, memory = statistics.median(times), statistics.median(sizes)
    size = (folder / "outputs" / "portfolio.html").stat().st_size
    room = 60 * 1024 + 400 * len(slugs)
    return [
        ("portfolio of 1,000, time", "portfolio of 100", seconds, "≤ 10", seconds <= 10),
        (
            f"portfolio of 1,000, memory of its largest process ({more.whole:.0f} MB)",
            "portfolio of 100",
            memory,
            "≤ 1.5",
            memory <= 1.5,
        ),
        (
            f"portfolio of 1,000, its page ({size / 1024:.0f} KiB)",
            "60 KiB and 400 bytes each",
            size / room,
            "≤ 1",
            size <= room,
        ),
    ]


def measure_dask(folder: Path, options: argparse.Namespace) -> list[Row]:
    """Two local dask workers against our own pool: with its first start, and once it is there."""
    slugs = make_project(folder, "transitions", 60)
    first, second = [], []
    for _round in range(options.rounds):
        ours, cold, warm = map(float, ask(folder, str(PEERS), "dask", *slugs).split())
        first.append(cold / ours)
        second.append(warm / ours)
    ratio, further = statistics.median(first), statistics.median(second)
    return [
        ("60 small engagements by two local dask workers, their first", "our own pool", ratio, "≤ 1.1", ratio <= 1.1),
        ("the same, a second time", "our own pool", further, "≤ 1.1", further <= 1.1),
    ]


def measure_start(folder: Path, options: argparse.Namespace) -> list[Row]:
    """The commands that people wait for, against importing typer alone."""
    make_project(folder, "example", 1)
    typer, helped, checked = [], [], []
    for _round in range(3 * options.rounds):
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


CALLS = """
import statistics, sys
sys.path.insert(0, sys.argv[1])
from tradeoff import Range, make_doubts, simulate_splits, time_call
doubts = make_doubts(Range(-0.5, 0.1, 0.6))
first, _ = time_call(lambda: simulate_splits(doubts), 1)
print(first / time_call(lambda: simulate_splits(doubts), 11)[1])
"""


def measure_tradeoff(folder: Path, options: argparse.Namespace) -> list[Row]:
    """The trade-off's first call in a process against the median of eleven later ones."""
    here = str(Path(__file__).parent)
    ratio = statistics.median(float(ask(folder, "-c", CALLS, here)) for _round in range(3 * options.rounds))
    return [("the trade-off over 10,000 draws, the first call in a process", "a later call", ratio, "≤ 2", ratio <= 2)]


MEASURES: dict[str, Callable[[Path, argparse.Namespace], list[Row]]] = {
    "batch": measure_batch,
    "parts": measure_parts,
    "changed": measure_changed,
    "check": measure_check,
    "portfolio": measure_portfolio,
    "form": measure_form,
    "dask": measure_dask,
    "tradeoff": measure_tradeoff,
    "start": measure_start,
}


def describe_run() -> str:
    """Say where and when it was measured, and with which peers."""
    names = ("papermill", "nbconvert", "nbclient", "ipykernel", "distributed", "pyyaml")
    peers = ", ".join(f"{name} {version(name)}" for name in names)
    load = f"; others kept {os.getloadavg()[0]:.1f} processes busy at the end" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.now(UTC):%d %B %Y}, commit {find_commit()}, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {peers}{load}."
    )


def write_section(name: str, rows: Sequence[Row], *, seconds: float, rounds: int) -> None:
    """Put a section's table in its place and leave the others as they are."""
    table = [
        *HEAD,
        *(
            f"| {what} | {peer} | {ratio:.2f} | {target} | {'' if not target else 'met' if met else 'missed'} |"
            for what, peer, ratio, target, met in rows
        ),
    ]
    body = "\n".join(
        [f"## {HEADINGS[name]}", "", *table, "", f"{describe_run()} Rounds: {rounds}. It took {seconds:.0f} seconds."]
    )
    head, *parts = RESULTS.read_text(encoding="utf-8").split("\n## ")
    sections = {part.partition("\n")[0]: f"## {part.rstrip()}" for part in parts}
    missed = any(not met for *_, met in rows)
    sections[HEADINGS[name]] = body + (_keep_words(sections.get(HEADINGS[name], "")) if missed else "")
    sections[TARGETS] = _list_targets(sections.values())
    RESULTS.write_text("\n\n".join([head.rstrip(), *sections.values()]) + "\n", encoding="utf-8")


def _list_targets(sections: Iterable[str]) -> str:
    """Return the section that has the rows of all others for which there is a target."""
    lines = [line for one in sections if not one.startswith(f"## {TARGETS}") for line in one.splitlines()]
    rows = [line for line in lines if line.endswith(("| met |", "| missed |"))]
    return "\n".join([f"## {TARGETS}", "", *HEAD, *rows])


def _keep_words(before: str) -> str:
    """Return what a person wrote below a section's figures, from its first line that begins with 'Why'."""
    place = before.find("\nWhy ")
    return f"\n{before[place:].rstrip()}" if place >= 0 else ""


def is_measured(name: str, rounds: int) -> bool:
    """Whether a section holds what was measured at this very commit, with as many rounds."""
    section = RESULTS.read_text(encoding="utf-8").partition(f"\n## {HEADINGS[name]}\n")[2].partition("\n## ")[0]
    return f"commit {find_commit()}," in section and f"Rounds: {rounds}." in section


def find_commit() -> str:
    """Return the short name of the commit that is measured."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


def main() -> int:
    """Measure and write; 1 if a section could not be measured."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(MEASURES))
    parser.add_argument("--engagements", type=int, default=300, help="how many there are of which one changes")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each; the median counts")
    parser.add_argument("--resume", action="store_true", help="pass over what was measured at this commit")
    options = parser.parse_args()
    whole, failed = time.perf_counter(), []
    for name in options.sections or MEASURES:
        if options.resume and is_measured(name, options.rounds):
            print(f"{name}: measured already", flush=True)
            continue
        print(f"{datetime.now(UTC):%H:%M:%S} {name}", flush=True)
        begin = time.perf_counter()
        try:
            with tempfile.TemporaryDirectory(prefix="workbook-benchmark-", ignore_cleanup_errors=True) as folder:
                rows = MEASURES[name](Path(folder), options)
        except FailedError as error:
            failed.append(name)
            print(f"{name} could not be measured: {error}", flush=True)
            continue
        write_section(name, rows, seconds=time.perf_counter() - begin, rounds=options.rounds)
        for what, peer, ratio, target, met in rows:
            print(f"{what} / {peer}: {ratio:.2f} (target {target or 'none'}) {'' if met else 'MISSED'}", flush=True)
    print(f"All of it took {(time.perf_counter() - whole) / 60:.1f} minutes.", flush=True)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
