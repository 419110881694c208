"""A project brought forward to the workbook that is installed: what somebody changed, removed or answered stays.

An engagement that ships is one thing: if anything in it was changed, all of it stays. Any other file is one thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from workbook.errors import WorkbookError
from workbook.places import CONTENT, PARAMETERS, find_shipped
from workbook.projects.making import put_file, read_note, write_note
from workbook.projects.shipped import hash_text, list_shipped

Kind = Literal["new", "changed", "gone", "kept"]


@dataclass(frozen=True)
class Change:
    """What an update does with one file: adds it, replaces it, removes it, or leaves it since it is somebody's."""

    kind: Kind
    name: str


@dataclass(frozen=True)
class Update:
    """What an update would do; nothing is written before `apply_update`."""

    folder: Path
    changes: tuple[Change, ...]
    shipped: Mapping[str, str]
    noted: Mapping[str, str]
    bare: bool

    @property
    def writes(self) -> tuple[Change, ...]:
        """The changes that change a file."""
        return tuple(change for change in self.changes if change.kind != "kept")


def plan_update(folder: Path, *, content: bool = False) -> Update:
    """Compare a project with what ships now."""
    if folder.resolve() == find_shipped().resolve():
        raise WorkbookError("This folder is the workbook's own source. To bring it forward, type: git pull")
    note = read_note(folder)
    words = content or (folder / CONTENT).is_dir()
    shipped = list_shipped(bare=note.bare, content=words)
    changes = [
        change
        for unit in _list_units({*shipped, *note.files})
        for change in _compare(folder, unit, shipped, note.files)
    ]
    return Update(folder, tuple(changes), shipped, note.files, note.bare)


def apply_update(update: Update) -> None:
    """Do what was planned, and note what is ours from now on."""
    for change in update.changes:
        if change.kind in ("new", "changed"):
            put_file(update.folder / change.name, update.shipped[change.name])
        elif change.kind == "gone":
            (update.folder / change.name).unlink(missing_ok=True)
    write_note(update.folder, update.shipped, bare=update.bare)


def _list_units(names: set[str]) -> Iterator[tuple[str, ...]]:
    """Put the names of one engagement together; every other name stands alone."""
    units: dict[str, list[str]] = {}
    for name in sorted(names):
        parts = name.split("/")
        whole = parts[0] == PARAMETERS and len(parts) > 2
        units.setdefault("/".join(parts[:2]) if whole else name, []).append(name)
    yield from map(tuple, units.values())


def _compare(
    folder: Path, unit: tuple[str, ...], shipped: Mapping[str, str], noted: Mapping[str, str]
) -> Iterator[Change]:
    here = {name: _hash_file(folder / name) for name in unit}
    if any(name in noted for name in unit) and not any(here.values()):
        return  # somebody removed it, and it stays so
    ours = all(here[name] == noted.get(name) for name in unit) and not _list_strangers(folder, unit)
    for name in unit:
        wanted = hash_text(shipped[name]) if name in shipped else None
        if here[name] == wanted:
            continue
        if not ours:
            yield Change("kept", name)
        elif wanted is None:
            yield Change("gone", name)
        else:
            yield Change("changed" if here[name] else "new", name)


def _hash_file(path: Path) -> str | None:
    try:
        return hash_text(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return "unreadable"


def _list_strangers(folder: Path, unit: tuple[str, ...]) -> list[Path]:
    """Return what else lies in an engagement's folder: answers of somebody, then."""
    parts = unit[0].split("/")
    if parts[0] != PARAMETERS or len(parts) < 3:
        return []
    known = {folder / name for name in unit}
    found = (path for path in folder.joinpath(*parts[:2]).rglob("*") if path.is_file())
    return [path for path in found if path not in known and not path.name.startswith(".")]
