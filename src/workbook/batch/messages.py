"""What the batch, its workers and those that run notebooks for them say to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from workbook.batch.outcomes import Status
from workbook.batch.plan import Job

Prepare = Callable[[Job, Path], None]
WayName = Literal["forked", "spawned", "kernel"]
"""A process per page that is forked ready or started anew, each running the notebook itself, or a Jupyter kernel."""


@dataclass(frozen=True)
class Setup:
    """What a worker needs once: who writes the snapshots, which exporter makes the page, in which way, what to remove
    if orphaned, what its environment has beside that of the batch.
    """

    prepare: Prepare
    exporter: str
    way: WayName
    folders: tuple[Path, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """One job for a worker: `folder` for its run, `staging` for its two files, how many seconds it has."""

    job: Job
    folder: Path
    staging: Path
    seconds: float


@dataclass(frozen=True)
class Ready:
    """The worker has loaded what it needs and waits for a task."""


@dataclass(frozen=True)
class Progress:
    """What the worker is doing, in words that end a sentence, and the id of the process that runs the notebook."""

    doing: str
    process: int | None = None


@dataclass(frozen=True)
class Result:
    """How a task ended; `made` means that both files stand complete in its staging folder.

    `shown` is the digest of the snapshots the page was made of.
    """

    status: Status
    message: str = ""
    shown: str = ""


Message = Ready | Progress | Result


@dataclass(frozen=True)
class PageOrder:
    """A notebook that a worker wants run, its parameters, its environment, its snapshots, and the run's own folder."""

    notebook: str
    parameters: Mapping[str, str]
    environment: Mapping[str, str]
    snapshots: str
    folder: str


@dataclass(frozen=True)
class KernelOrder:
    """A kernel that a worker wants started: its arguments, its environment and its working directory."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    folder: str


Order = PageOrder | KernelOrder


@dataclass(frozen=True)
class Ended:
    """A process that is gone, and its exit status as subprocess tells it."""

    pid: int
    status: int


@dataclass(frozen=True)
class Hire:
    """A worker that the batch wants forked; the line to it follows as a descriptor, its words go into `log`."""

    log: str
