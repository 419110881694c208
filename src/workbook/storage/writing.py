"""Files put in place whole or not at all, and the first file of a new engagement."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from workbook.content import read_template
from workbook.errors import NotFoundError
from workbook.model.base import SLUG_PATTERN
from workbook.storage.folders import FACTS_FILE, VOICES_FOLDER, explain_number, find_project, read_as_number


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that a reader, or a crash, sees either the old one or the new one, whole."""
    temporary = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        # "x": a file that was there before is never written into. Who may read it follows the user's umask.
        with temporary.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def create_engagement(slug: str) -> Path:
    """Make `parameters/SLUG/engagement.yaml` from the template; raises NotFoundError rather than overwrite."""
    if not re.fullmatch(SLUG_PATTERN, slug):
        raise NotFoundError(
            f"{slug!r} cannot be an engagement's name. Use 1 to 60 small letters, digits and hyphens: my-engagement."
        )
    if read_as_number(slug):
        raise NotFoundError(explain_number(slug))
    folder = find_project() / "parameters" / slug
    path = folder / FACTS_FILE
    if path.exists():
        raise NotFoundError(f"{path} exists already and was not touched. Choose another name, or edit that file.")
    (folder / VOICES_FOLDER).mkdir(parents=True, exist_ok=True)
    write_atomically(path, read_template().replace("SLUG", slug))
    return path
