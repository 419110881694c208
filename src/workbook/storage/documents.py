"""One file of an engagement opened: a file of its own, never a link, a pipe or a device; or why it is not read."""

from __future__ import annotations

from pathlib import Path

from workbook.errors import Problem
from workbook.machine import NotAFileError, read_plain
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
        return read_plain(path, LARGEST_FILE + 1)
    except FileNotFoundError:
        return [Problem(name, "", "a file that exists", f"type: workbook new {path.parent.name}")]
    except NotAFileError:
        return [Problem(name, "", "a file, not a pipe or a device", "move it away and put the file itself there")]
    except OSError as error:
        return [Problem(name, "", "a file that can be read", f"look at its permissions ({error.strerror})")]
