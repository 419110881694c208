"""A JSON file somebody gives: opened once, refused with a reason where it cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from workbook.errors import InputError, Problem
from workbook.machine import read_plain

LARGEST = 50_000_000


def open_bytes(path: Path) -> bytes:
    """Return a file's bytes; raises InputError where it is not there, or too large."""
    try:
        raw = read_plain(path, LARGEST + 1)
    except OSError as error:
        remedy = f"look at the path ({error.strerror})"
        raise InputError([Problem(path.name, "", "a file that can be read", remedy)]) from None
    if len(raw) > LARGEST:
        raise InputError([Problem(path.name, "", f"at most {LARGEST // 1_000_000} MB", "take out what is not needed")])
    return raw


def open_json(path: Path) -> Any:
    """Return what a JSON file holds; raises InputError where it holds something else."""
    raw = open_bytes(path)
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        remedy = f"ask for the file as JSON in UTF-8 ({error})"
        raise InputError([Problem(path.name, "", "a JSON file", remedy)]) from None


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")
