"""An export in the private edition -> an engagement's files, which are read like any other before they are kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.errors import InputError, Problem
from workbook.intake.given_file import open_json
from workbook.model.base import SLUG_PATTERN
from workbook.yaml_writer import write_document

FORMAT, VERSION = "soil-and-seeds export", 1


def create_from_export(slug: str, path: Path) -> Path:
    """Make the engagement `slug` of an exported JSON file; return its folder.

    Raises InputError where the file is no whole export, or holds what the workbook's own files may not.
    """
    given = open_json(path)
    problems = _find_problems(path.name, given)
    if problems:
        raise InputError(problems)
    return storage.create_from_files(slug, _write_files(given, path.name))


def _find_problems(name: str, given: Any) -> list[Problem]:
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        remedy = "make one: workbook export SLUG --format json"
        return [Problem(name, "format", f"the words {FORMAT}: a file that workbook export made", remedy)]
    if given.get("version") != VERSION:
        remedy = "install the newer workbook, then type the same again"
        return [Problem(name, "version", f"version {VERSION} (found: {given.get('version')!r})", remedy)]
    if given.get("edition") != "private":
        remedy = "ask for the private edition: workbook export SLUG --format json"
        expected = f"the private edition: the {given.get('edition')} edition leaves answers out"
        return [Problem(name, "edition", expected, remedy)]
    if not isinstance(given.get("engagement"), dict) or not isinstance(given["engagement"].get("facts"), dict):
        return [Problem(name, "engagement", "the engagement, with its facts", "ask for the whole file")]
    return []


def _write_files(given: dict[str, Any], name: str) -> dict[str, str]:
    engagement, schema = given["engagement"], {"schema": given.get("files")}
    files = {storage.FACTS_FILE: write_document(schema | engagement["facts"])}
    voices = engagement.get("voices", [])
    if not isinstance(voices, list) or not all(_is_voice(voice) for voice in voices):
        raise InputError([Problem(name, "engagement.voices", "a list of voices, each with an id", "ask for it again")])
    for voice in voices:
        kept = {key: value for key, value in voice.items() if key != "id"}
        files[f"{storage.VOICES_FOLDER}/{voice['id']}.yaml"] = write_document(schema | kept)
    agreed = engagement.get("agreed", {})
    if (isinstance(agreed, dict) and agreed.keys() - {"answers", "edition"}) or agreed.get("answers"):
        files[storage.AGREED_FILE] = write_document(schema | agreed)
    return files


def _is_voice(voice: Any) -> bool:
    return isinstance(voice, dict) and bool(re.fullmatch(SLUG_PATTERN, str(voice.get("id", ""))))
