"""Which engagements had no problems, so that they are not read again for nothing; no answer is kept, and no problem.

Kept in the user's cache folder is, for each engagement about which there was nothing to say, one keyed digest of all
its files, of the words and of the program, and the number of its voices. Nothing of the model is imported for it.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from workbook.content import find_content_folder, name_language
from workbook.digests import digest_bytes, digest_folder, digest_libraries, digest_program
from workbook.places import PARAMETERS, find_cache_folder, find_project_folder

_LIBRARIES = ("pydantic", "pydantic-core", "pyyaml", "ruamel-yaml")


class Checked:
    """What is known of the engagements of one project."""

    def __init__(self) -> None:
        self._project = find_project_folder()
        self._path = _name_file(self._project)
        self._kept: dict[str, list[str | int]] = self._read()
        self._changed = False

    def count_voices(self, slug: str) -> int | None:
        """Return the number of voices of an engagement that had no problems and is the same; None for any other."""
        kept = self._kept.get(slug)
        if not kept or kept[0] != self._digest(slug):
            return None
        return int(kept[1])

    def begin(self, slug: str) -> str:
        """Return what to keep an engagement by: as it is before it is read, should it change meanwhile."""
        return self._digest(slug)

    def keep(self, slug: str, digest: str, *, voices: int) -> None:
        """Keep that there was nothing to say."""
        self._kept[slug] = [digest, voices]
        self._changed = True

    def save(self) -> None:
        """Write what is known, for this user alone; where that is refused, all is read again next time."""
        if not self._path or not self._changed:
            return
        temporary = self._path.with_name(f"{self._path.name}-{os.getpid()}")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(self._kept, file)
            temporary.replace(self._path)

    def _digest(self, slug: str) -> str:
        folder = (self._project or Path()) / PARAMETERS / slug
        return digest_bytes(os.fsencode(slug), self._read_by.encode(), digest_folder(folder).encode())

    @cached_property
    def _read_by(self) -> str:
        words = digest_folder(find_content_folder())
        return f"{digest_program()} {digest_libraries(_LIBRARIES)} {words} {name_language()}"

    def _read(self) -> dict[str, list[str | int]]:
        with suppress(OSError, ValueError):
            kept = json.loads(self._path.read_bytes()) if self._path else {}
            return {slug: one for slug, one in kept.items() if isinstance(one, list) and len(one) == 2}
        return {}


def _name_file(project: Path | None) -> Path | None:
    folder = find_cache_folder()
    return folder / f"checked-{digest_bytes(os.fsencode(project))}.json" if folder and project else None
