"""The rounds before an engagement, found by what its file says it follows."""

from __future__ import annotations

import re
from pathlib import Path

from workbook.disk.writing import write_bytes
from workbook.machine import NotAFileError, read_plain
from workbook.model.base import SLUG_PATTERN
from workbook.places import PARAMETERS
from workbook.storage.documents import read_file
from workbook.storage.folders import ARCHIVE, FACTS_FILE
from workbook.yaml_reader import LARGEST_FILE

KEY = "follows"
MOST_ROUNDS = 50


def find_followed(folder: Path) -> str | None:
    """Return the name of the engagement that one follows, whether it is there or not; None where it names none.

    A file that never says the word is not read as YAML: most engagements follow nothing.
    """
    path = folder / FACTS_FILE
    try:
        if KEY.encode() not in read_plain(path, LARGEST_FILE):
            return None
    except (OSError, NotAFileError):
        return None
    document = read_file(path, [])
    named = document.data.get(KEY) if document else None
    return named if isinstance(named, str) and re.fullmatch(SLUG_PATTERN, named) else None


def list_following(folder: Path) -> tuple[Path, ...]:
    """Return the facts of the engagements that say that they follow one, those put into the archive too."""
    beside = (one for one in sorted(folder.parent.iterdir()) if one != folder)
    put_away = sorted(folder.parent.parent.glob(f"{ARCHIVE}/*/{PARAMETERS}"))
    others = (one for one in (*beside, *put_away) if one.is_dir() and not one.is_symlink())
    return tuple(one / FACTS_FILE for one in others if find_followed(one) == folder.name)


def rename_followed(facts: Path, old: str, new: str) -> None:
    """Write another name into the line of a file of facts that says which engagement it follows; all else stays."""
    text = facts.read_bytes()
    line = rf"(?m)^(?P<key>{KEY}[ \t]*:[ \t]*)(?P<quote>[\"']?){re.escape(old)}(?P=quote)(?=[ \t\r]*($|#))"
    changed = re.sub(line.encode(), rb"\g<key>\g<quote>" + new.encode() + rb"\g<quote>", text, count=1)
    if changed != text:
        write_bytes(facts, changed)


def find_lost(folder: Path) -> str | None:
    """Return the name of the first earlier round that is said to be followed and is not there, None where all are."""
    known = (folder, *list_earlier(folder))
    name = find_followed(known[-1])
    return name if name and name not in {one.name for one in known} else None


def list_earlier(folder: Path) -> tuple[Path, ...]:
    """Return the folders of the rounds before an engagement, the last one first; none twice, and none that is gone."""
    found: list[Path] = []
    while len(found) < MOST_ROUNDS:
        name = find_followed(found[-1] if found else folder)
        before = folder.parent / name if name else None
        if before is None or before in (folder, *found) or before.is_symlink() or not (before / FACTS_FILE).is_file():
            break
        found.append(before)
    return tuple(found)
