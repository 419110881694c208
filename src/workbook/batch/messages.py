"""What the batch, its workers and the parents of their kernels say to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook.batch.outcomes import Status
from workbook.batch.plan import Job

Prepare = Callable[[Job, Path], None]


@dataclass(frozen=True)
class Setup:
    """What a worker needs once: who writes the snapshots, which exporter makes the page, what to remove if orphaned."""

    prepare: Prepare
    exporter: str
    folders: tuple[Path, ...]


@dataclass(frozen=True)
class Task:
    """One job for a worker: `folder` for its kernel, `staging` for its two files, how many seconds it has."""

    job: Job
    folder: Path
    staging: Path
    seconds: float


@dataclass(frozen=True)
class Ready:
    """The worker has loaded what it needs and waits for a task."""


@dataclass(frozen=True)
class Progress:
    """What the worker is doing, in words that end a sentence, and its kernel's process id."""

    doing: str
    kernel: int | None = None


@dataclass(frozen=True)
class Result:
    """How a task ended; `made` means that both files stand complete in its staging folder."""

    status: Status
    message: str = ""


Message = Ready | Progress | Result


@dataclass(frozen=True)
class KernelOrder:
    """A kernel that a worker wants started: its arguments, its environment and its working directory."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    folder: str


@dataclass(frozen=True)
class KernelEnded:
    """A kernel that is gone, and its exit status as subprocess tells it."""

    pid: int
    status: int
