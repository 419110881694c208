"""What can go wrong, said so that a person who does not program can mend it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass


class WorkbookError(Exception):
    """Anything the workbook refuses, with a message that says what to type next."""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in one file: where it is, what was expected, what to type instead."""

    file: str
    field: str
    expected: str
    remedy: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self._where}\n    expected: {self.expected}\n    to mend:  {self.remedy}"

    @property
    def sentence(self) -> str:
        """The same in one sentence, for where lines have no place."""
        return f"{self._where}: expected is {self.expected}; to mend it, {self.remedy}."

    @property
    def _where(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.field}" if self.field else place


class InputError(WorkbookError):
    """A person's files hold faults; every fault found is listed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.file, p.line or 0, p.field)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        """Survive the journey from a worker process, which rebuilds errors from their arguments."""
        return (type(self), (self.problems,))


class NotFoundError(WorkbookError):
    """A named engagement, notebook or report does not exist."""


class ContentError(WorkbookError):
    """A file under `content/` does not have the shape the workbook reads."""


def explain_refusal(error: OSError) -> str:
    """Return what the disk refused, in a sentence, and what to do about it."""
    named = error.filename2 if error.filename2 is not None else error.filename
    place = os.fsdecode(named) if isinstance(named, str | bytes | os.PathLike) else "A file"
    reason = (error.strerror or str(error)).rstrip(".")
    return f"{place} could not be read or written: {reason}. {_say_remedy(error)}"


def _say_remedy(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Make room on that disk, then type the same again."
    if error.errno == errno.EROFS:
        return "Nothing can be written there: work in a folder of your own."
    if error.errno in (errno.EACCES, errno.EPERM):
        return (
            "If it is open in another program, close it there; else see who may write to it. Then type the same again."
        )
    if error.errno in (errno.EISDIR, errno.ENOTDIR):
        return "A folder stands where a file should, or a file where a folder should: name another place."
    if error.errno in (errno.ENAMETOOLONG, errno.ENOENT):
        return (
            "See that the folder it lies in is there, and that no name is too long: on Windows, no path may have more "
            "than 259 signs."
        )
    return "See that the disk is there and can be written to, then type the same again."
