"""The rounds before an engagement, found by what its file says it follows; the rest of no file is read for it."""

from __future__ import annotations

import re
from pathlib import Path

from workbook.model.base import SLUG_PATTERN
from workbook.storage.folders import FACTS_FILE

_FOLLOWS = re.compile(rf"""^follows:[ \t]*(["']?)({SLUG_PATTERN})\1[ \t]*(?:#.*)?\r?$""", re.MULTILINE)
MOST_ROUNDS = 50


def find_followed(folder: Path) -> str | None:
    """Return the name of the engagement that one follows, whether it is there or not; None where it names none."""
    try:
        text = (folder / FACTS_FILE).read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return None
    found = _FOLLOWS.search(text)
    return found[2] if found else None


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
