"""Files made for people to work on, and what is kept of each: one that somebody changed since is never written over.

The record of a file lies beside the executed notebook of its page, or where that would lie: a digest of what was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from workbook.digests import digest_bytes, digest_file
from workbook.disk.writing import make_folder, write_atomically
from workbook.errors import InputError, Problem
from workbook.storage.folders import is_passed_over

_ENDING = ".made.json"
_PRIVATE = "private"


@contextmanager
def put_made(path: Path, *, kept: Path | None = None, **more: Any) -> Iterator[Path]:
    """Let a file or folder be made at `path`, then keep its digest, and `more`, in the record of `kept`.

    Raises InputError, with nothing written, where somebody changed what was made there before.
    """
    kept = kept or path.parent / _PRIVATE / path.name
    record = read_record(kept)
    # Another user's digests, or those of a lost key, say nothing.
    if path.exists() and record.get("by") == _name_key() and record.get("made") != _digest(path):
        remedy = "rename it or move it away to keep it, or delete it; then type the same again"
        raise InputError(
            [Problem(path.name, "", "what was made here before, and somebody has changed it since", remedy)]
        )
    forget_record(kept)
    yield path
    write_record(kept, {"made": _digest(path), "by": _name_key(), **more})


def stands_as_made(path: Path, *, kept: Path, **more: Any) -> bool:
    """Whether a file is still what was made, with the same in its record."""
    made = digest_file(path)
    return bool(made) and read_record(kept) == {"made": made, "by": _name_key(), **more}


def _digest(path: Path) -> str:
    if not path.is_dir():
        return digest_file(path)
    # Whoever only looks into a folder leaves traces of their system or office program there.
    files = sorted(one for one in path.rglob("*") if one.is_file() and not is_passed_over(one))
    return digest_bytes(*(part.encode() for one in files for part in (str(one.relative_to(path)), digest_file(one))))


def _name_key() -> str:
    return digest_bytes(b"made")


def name_record(path: Path) -> Path:
    """Return where the record of a file lies."""
    return path.with_name(f"{path.name}{_ENDING}")


def read_record(path: Path) -> dict[str, Any]:
    """Return the record of a file; nothing where there is none that can be read."""
    with suppress(OSError, ValueError):
        record = json.loads(name_record(path).read_bytes())
        return record if isinstance(record, dict) else {}
    return {}


def write_record(path: Path, record: dict[str, Any]) -> None:
    """Keep the record of a file; where that is refused, the file is made again next time."""
    with suppress(OSError):
        make_folder(path.parent)
        write_atomically(name_record(path), json.dumps(record, indent=1, sort_keys=True) + "\n")


def forget_record(path: Path) -> None:
    """Remove the record of a file that is about to be made anew."""
    with suppress(OSError):
        name_record(path).unlink(missing_ok=True)
