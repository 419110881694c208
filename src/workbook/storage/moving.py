"""What takes several moves, written down before the first: the next command ends what was stopped between two.

The record holds no answer. It carries a mark that only this user on this machine can make, so that a record in a folder
that somebody sent moves and removes nothing.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from workbook.disk.held import UNDER_WAY, remove_at_once, remove_folder, remove_leftovers, take_folder
from workbook.disk.writing import write_atomically
from workbook.errors import WorkbookError
from workbook.machine import flush_folder, read_plain
from workbook.places import PARAMETERS
from workbook.storage.earlier import rename_followed
from workbook.storage.folders import ARCHIVE
from workbook.storage.withdrawn import make_secret, read_secret

_RECORD, _PURPOSE = "steps.json", b"soil-and-seeds: steps under way\n"
_LARGEST = 4 * 1024**2


@dataclass(frozen=True)
class Step:
    """One folder or file that moves, or is removed where it moves nowhere, and what it holds in words.

    Where `renamed` names an engagement's old and new name, the file stays, and the round that it follows is called so.
    """

    path: Path
    to: Path | None
    holds: str = ""
    renamed: tuple[str, str] | None = None

    def do(self, project: Path) -> None:
        """Do it; raises OSError where the system refuses."""
        if self.renamed:
            rename_followed(self.path, *self.renamed)
        elif self.to:
            self.to.parent.mkdir(parents=True, exist_ok=True)
            self.path.replace(self.to)
            self._clear_archive()
        elif self.path.is_dir() and not self.path.is_symlink():
            remove_at_once(self.path, project / self.path.relative_to(project).parts[0])
        else:
            self.path.unlink()

    def undo(self) -> None:
        """Take a move back; what was removed stays removed."""
        if self.renamed:
            rename_followed(self.path, *reversed(self.renamed))
        elif self.to:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.to.replace(self.path)

    def end(self, project: Path) -> None:
        """Do it where that is not done yet; nothing is ever put over something else."""
        if self.path.exists() and not (self.to and self.to.exists()):
            self.do(project)
        elif self.to:
            self._clear_archive()

    def _clear_archive(self) -> None:
        """Leave no empty folder in the archive."""
        kept = self.path.parent
        if kept.parent.name == ARCHIVE and kept.is_dir() and not any(kept.iterdir()):
            kept.rmdir()


@contextmanager
def record_steps(project: Path, steps: Sequence[Step]) -> Iterator[None]:
    """Keep a record of steps while they are done; it stays where this ends in the midst of them.

    WorkbookError says that they were taken back. Where no record can be kept nothing is done (OSError, WorkbookError),
    but what only removes: that is how a full disk is emptied.
    """
    end_all_steps(project)
    with ExitStack() as held:
        try:
            folder = held.enter_context(take_folder(project / PARAMETERS, UNDER_WAY))
            held.push(lambda kind, *_: _remove_ended(folder, kind))
            _keep_record(folder, project, steps)
        except (OSError, WorkbookError):
            if any(step.to or step.renamed for step in steps):
                raise
        yield


def _remove_ended(folder: Path, kind: type[BaseException] | None) -> None:
    """Remove a record once its steps are done or were taken back, not where something else ended them."""
    if kind is None or issubclass(kind, WorkbookError):
        remove_folder(folder)


def _keep_record(folder: Path, project: Path, steps: Sequence[Step]) -> None:
    try:
        write_atomically(folder / _RECORD, _write_record(project, steps, make_secret()))
    except (OSError, WorkbookError):
        remove_folder(folder)
        raise
    flush_folder(folder)
    flush_folder(folder.parent)


def end_all_steps(project: Path) -> None:
    """End what commands that were killed had begun."""
    remove_leftovers(project / PARAMETERS, UNDER_WAY, lambda folder: _end_steps(folder / _RECORD, project))


def _write_record(project: Path, steps: Sequence[Step], secret: str) -> str:
    told = json.dumps([_write_step(project, step) for step in steps])
    return json.dumps({"mark": _mark(told, secret), "steps": told})


def _write_step(project: Path, step: Step) -> list[str]:
    places = [one.relative_to(project).as_posix() if one else "" for one in (step.path, step.to)]
    return [*places, *(step.renamed or ())]


def _mark(told: str, secret: str) -> str:
    return hmac.digest(secret.encode(), _PURPOSE + told.encode(), "sha256").hex()


def _end_steps(record: Path, project: Path) -> None:
    """End the steps of a record that this user made; raises OSError where the system refuses one."""
    for step in _read_record(record, project):
        step.end(project)


def _read_record(record: Path, project: Path) -> list[Step]:
    """Return the steps of a record; none where it was not written to its end, or by somebody else."""
    try:
        held = json.loads(read_plain(record, _LARGEST))
        mark, told = str(held["mark"]), str(held["steps"])
    except (OSError, ValueError, KeyError, TypeError):
        return []
    secret = read_secret()
    if not secret or not hmac.compare_digest(mark.encode(), _mark(told, secret).encode()):
        return []
    return [_read_step(project, *one) for one in json.loads(told)]


def _read_step(project: Path, path: str, to: str, *renamed: str) -> Step:
    return Step(project / path, project / to if to else None, renamed=(renamed[0], renamed[1]) if renamed else None)
