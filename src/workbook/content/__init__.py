"""Words: one YAML file per chapter, read as they stand on disk.

`WORKBOOK_CONTENT` names another folder to read instead, for somebody who keeps their own words.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from workbook.errors import ContentError


def find_content_folder() -> Path:
    """Return the folder the words are read from."""
    chosen = os.environ.get("WORKBOOK_CONTENT")
    return Path(chosen) if chosen else Path(__file__).parent


def list_content() -> tuple[str, ...]:
    """Return the names of all content files, in order, without their ending."""
    return tuple(sorted(path.stem for path in find_content_folder().glob("*.yaml")))


def read_content(name: str) -> dict[str, Any]:
    """Return one content file as plain mappings and lists; raises ContentError if it cannot be read."""
    return _read(find_content_folder() / f"{name}.yaml")


@cache
def _read(path: Path) -> dict[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if not path.is_file():
        raise ContentError(f"There is no content file {path.name}. Put one beside the others, or undo the rename.")
    try:
        words = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except YAMLError as error:
        raise ContentError(f"{path.name} cannot be read as YAML: {error}") from error
    if not isinstance(words, dict):
        raise ContentError(f"{path.name} should be a mapping: lines such as `title: Framing`.")
    return words
