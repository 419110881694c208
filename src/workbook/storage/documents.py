"""One file of an engagement opened: a file of its own, never a link, a pipe or a device; or why it is not read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from workbook.errors import Problem
from workbook.storage.folders import name_file
from workbook.storage.schema import check_schema
from workbook.yaml_reader import LARGEST_FILE, Document, parse_known


def read_file(path: Path, problems: list[Problem]) -> Document | None:
    """Return what a file holds in today's shape; None, and what is wrong added to `problems`, where it cannot be."""
    raw = _open_file(path, name_file(path))
    document = raw if isinstance(raw, list) else parse_known(raw, name_file(path))
    if isinstance(document, list):
        problems += document
        return None
    return check_schema(document, problems)


def _open_file(path: Path, name: str) -> bytes | list[Problem]:
    if path.is_symlink():
        return [Problem(name, "", "a file of its own, not a link", "put the file itself there")]
    if path.is_dir():
        return [Problem(name, "", "a file", "move the folder of this name away and put the file there")]
    try:
        return _read_plain(path)
    except FileNotFoundError:
        return [Problem(name, "", "a file that exists", f"type: workbook new {path.parent.name}")]
    except _NotAFileError:
        return [Problem(name, "", "a file, not a pipe or a device", "move it away and put the file itself there")]
    except OSError as error:
        return [Problem(name, "", "a file that can be read", f"look at its permissions ({error.strerror})")]


class _NotAFileError(Exception):
    """What has a file's name is none: to read it could wait for ever, or do something."""


def _read_plain(path: Path) -> bytes:
    # A pipe is opened without waiting for its other end, so that it can be told from a file.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as stream:  # noqa: PTH123 - a handle, not a path
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise _NotAFileError
        return stream.read(LARGEST_FILE + 1)
