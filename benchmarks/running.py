"""Projects to measure in, and programs run in them with their seconds and their memory."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import psutil

PROJECT = Path(__file__).resolve().parents[1]
PEERS = Path(__file__).with_name("peers.py")
NAMED = re.compile(r"^  permission\.places:.*\n(?:    .*\n)*", re.MULTILINE)
PROGRAM = [sys.executable, "-c", "from workbook.cli import main; main()"]


class FailedError(Exception):
    """A program that is measured failed, and with what words."""


class Watch:
    """The highest memory of a program and of those it started, in MB.

    `own` is all of the program itself; `first` and `later` are what the largest it started has unshared, of those it
    started and of those that these did: in a batch, what all pages are forked from, and the process of a page.
    """

    def __init__(self, pid: int) -> None:
        self.own = self.first = self.later = self.whole = 0.0
        self._process, self._over = psutil.Process(pid), threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.05):
            try:
                self.own = max(self.own, self._process.memory_info().rss / 1e6)
                started = self._process.children()
                for child in started:
                    self.first = max(self.first, self._weigh(child))
                for child in {one for first in started for one in first.children(recursive=True)}:
                    self.later = max(self.later, self._weigh(child))
            except psutil.Error:
                continue

    def _weigh(self, process: psutil.Process) -> float:
        found = process.memory_full_info()
        self.whole = max(self.whole, found.rss / 1e6)
        return float(found.uss) / 1e6

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
    print(f"  {datetime.now(UTC):%H:%M:%S} {' '.join(command)[:90]}", flush=True)
    with subprocess.Popen(
        [*program, *command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as started:
        watch = Watch(started.pid)
        said, _ = started.communicate()
    seconds = time.perf_counter() - begin
    watch.end()
    if started.returncode:
        raise FailedError(f"{' '.join(command)[:200]}\n{said[-2000:]}")
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
        facts.write_text("".join(vary(line, number) for line in lines), encoding="utf-8")
    return [f"copy-{number}" for number in range(count)]


def vary(line: str, number: int) -> str:
    """Return a line of an engagement's facts, the budget's raised by a number."""
    key, _, value = line.partition(":")
    figure = value.split("#")[0].strip().replace("_", "")
    return f"{key}: {int(figure) + number}\n" if key == "budget" and figure.isdecimal() else line


def make_voices(folder: Path, count: int) -> str:
    """Make a project of one engagement with so many voices, each of its own role, and return its name."""
    (slug,) = make_project(folder, "example", 1)
    place = folder / "parameters" / slug / "voices"
    # Without an answer that `check` has something to say about: it would read all again each time to say it again.
    voices = [re.sub(NAMED, "", path.read_text(encoding="utf-8")) for path in sorted(place.glob("*.yaml"))]
    for path in place.glob("*.yaml"):
        path.unlink()
    for number in range(count):
        lines = [
            f"role: Person {number}" if one.startswith("role:") else one
            for one in voices[number % len(voices)].splitlines()
        ]
        (place / f"voice-{number}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return slug


def ask(folder: Path, *command: str) -> str:
    """Return what a Python program says in a project; raises FailedError."""
    environment = {**os.environ, "WORKBOOK_HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
    done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FailedError(f"{' '.join(command)[:200]}\n{done.stderr[-2000:]}")
    return done.stdout
