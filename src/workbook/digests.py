"""Keyed digests of files: whoever finds one cannot try out which answers give it.

The key is this user's own, in their cache folder. Without a place to keep it every process has another, and all pages
are made anew.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from workbook.places import find_cache_folder

_LENGTH = 32
_PACKAGE = Path(__file__).parent
_PASSED_OVER = frozenset({"__pycache__", ".lock", ".lock-held"})


@cache
def load_key() -> bytes:
    """Return this user's key, made where there is none yet, readable by nobody else."""
    folder = find_cache_folder()
    made = secrets.token_bytes(_LENGTH)
    if folder is None:
        return made
    path = folder / "key"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(path) or made
    except OSError:
        return made
    with os.fdopen(handle, "wb", buffering=0) as file:
        file.write(made)
    return made


def _read_key(path: Path) -> bytes | None:
    try:
        found = path.read_bytes()
    except OSError:
        return None
    return found if len(found) == _LENGTH else None


def digest_bytes(*parts: bytes) -> str:
    """Return the keyed digest of some texts, each told apart from the next."""
    return _digest(parts)


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.blake2b(key=load_key(), digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def digest_file(path: Path) -> str:
    """Return the keyed digest of a file; nothing where it cannot be read."""
    try:
        # A pipe or a device would be waited for, perhaps for ever.
        return digest_bytes(path.read_bytes()) if path.is_file() else ""
    except OSError:
        return ""


def digest_folder(folder: Path) -> str:
    """Return the keyed digest of all that lies below a folder, by name, kind and content; links are not followed."""
    return _digest(_list_parts(folder, str(folder)))


def _list_parts(root: Path, folder: str) -> Iterator[bytes]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name in _PASSED_OVER:
            continue
        yield os.fsencode(os.path.relpath(entry.path, root))
        if entry.is_symlink():
            yield b"link"
        elif entry.is_dir():
            yield b"folder"
            yield from _list_parts(root, entry.path)
        else:
            yield b"file"
            yield _read_file(entry)


def _read_file(entry: os.DirEntry[str]) -> bytes:
    """Return what a file holds; nothing of a pipe, a device or what cannot be read."""
    if not entry.is_file():
        return b""
    try:
        return Path(entry.path).read_bytes()
    except OSError:
        return b""


def digest_program() -> str:
    """Return the digest of the installed code, with theme, styles and templates: in a checkout people edit them."""
    return digest_folder(_PACKAGE)


def digest_libraries(names: Iterable[str]) -> str:
    """Return the digest of the versions of Python and of some libraries."""
    found = [f"{name} {_find_version(name)}" for name in sorted(names)]
    return digest_bytes(sys.version.encode(), *(one.encode() for one in found))


def _find_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
