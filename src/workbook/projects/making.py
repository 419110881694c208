"""A project made anywhere, and a note of what was put there, so that a newer workbook can bring it forward."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from workbook.errors import WorkbookError, explain_refusal
from workbook.places import PARAMETERS
from workbook.projects.shipped import hash_text, list_shipped
from workbook.storage import refuse_unwritable_name, write_atomically

NOTE = ".workbook.json"


@dataclass(frozen=True)
class Note:
    """What a workbook put into a project: its version, whether the shipped engagements were left out, the files."""

    version: str
    bare: bool
    files: Mapping[str, str]


def make_project(folder: Path, *, bare: bool = False, content: bool = False) -> Path:
    """Make a project in a folder and return it; raises WorkbookError, and makes nothing, where a file is in its way."""
    if not str(folder).strip(" ."):
        folder = folder.resolve()  # "." and ".." are no names to say
    refuse_unwritable_name(folder)
    if (folder / NOTE).exists() or (folder / PARAMETERS).exists():
        raise WorkbookError(
            f"{folder} holds a workbook already and was not touched.\n"
            "To bring it forward, go there and type: workbook init --update"
        )
    files = list_shipped(bare=bare, content=content)
    in_the_way = sorted(name for name, text in files.items() if _is_other(folder / name, text))
    if in_the_way:
        named = "\n".join(f"  {name}" for name in in_the_way[:10])
        raise WorkbookError(
            f"Nothing was made: {folder} holds files of these names. Choose another folder, or move:\n{named}"
        )
    for name, text in files.items():
        put_file(folder / name, text)
    write_note(folder, files, bare=bare)
    return folder


def _is_other(path: Path, text: str) -> bool:
    """Whether something else stands in a file's place; what was put there and then stopped is the same."""
    return path.exists() and not (path.is_file() and path.read_bytes() == text.encode())


def put_file(path: Path, text: str) -> None:
    """Write a file and the folders above it; raises WorkbookError where the disk refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text)
    except OSError as error:
        raise WorkbookError(explain_refusal(error)) from error


def write_note(folder: Path, files: Mapping[str, str], *, bare: bool) -> None:
    """Note the files that were put into a project."""
    hashes = {name: hash_text(text) for name, text in sorted(files.items())}
    note = {"version": version("soil-and-seeds"), "bare": bare, "files": hashes}
    put_file(folder / NOTE, json.dumps(note, indent=1) + "\n")


def read_note(folder: Path) -> Note:
    """Return what is noted of a project; of one that was not made by `workbook init`, nothing is known to be ours."""
    try:
        raw = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        return Note(str(raw["version"]), bool(raw["bare"]), {str(key): str(one) for key, one in raw["files"].items()})
    except FileNotFoundError:
        return Note("", bare=True, files={})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorkbookError(
            f"{folder / NOTE} cannot be read. Remove it: the update then takes every file here for yours."
        ) from error
