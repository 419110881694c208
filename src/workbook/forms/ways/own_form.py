"""The export of an XLSForm that this program made: its columns are known by their names, whatever a tool puts in front.

Central, Kobo and others put a group's name before a column's, with a slash, a hyphen, a point or a colon between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbook.errors import InputError, Problem
from workbook.forms.questionnaire.output import KIND
from workbook.forms.questionnaire.questionnaire import FORM_SCHEMA
from workbook.forms.questionnaire.sent_file import show_text
from workbook.forms.ways.addresses import PERSON, list_names, name_person
from workbook.forms.ways.person import Person, make_flat, name_place
from workbook.forms.ways.tables import Row
from workbook.model.base import MARK_PATTERN
from workbook.model.questions import Question

FORM_COLUMN = "ss_form"
MARKS_COLUMN = "ss_asked"
_END = re.compile(r"(?:^|[/\-.:])([a-z0-9_]+)$")


def find_own_columns(rows: list[Row]) -> dict[str, int] | None:
    """Return the places of a file's columns by name; None where it is no export of a form of ours."""
    heads = [str(head).strip() for head in rows[0]] if rows else []
    found: dict[str, int] = {}
    twice: set[str] = set()
    for place, head in enumerate(heads):
        if match := _END.search(head):
            twice |= {match[1]} & set(found)
            found.setdefault(match[1], place)
    if FORM_COLUMN not in found:
        return None
    return {name: place for name, place in found.items() if name not in twice}


def read_own_rows(
    rows: list[Row], columns: Mapping[str, int], path: Path, *, slug: str, questions: Mapping[str, Question]
) -> Iterator[Person | InputError]:
    """Yield each row as a person; one that belongs to another engagement is an InputError of its own."""
    table = list_names(questions.values())
    for number, row in enumerate(rows[1:], 2):
        cells = {name: row[place] for name, place in columns.items() if place < len(row)}
        if not any(str(value).strip() for value in cells.values()):
            continue
        place = name_place(path.name, f"row {number}")
        said = re.fullmatch(rf"{KIND} (\d+) ([a-z0-9-]+)", str(cells.get(FORM_COLUMN, "")).strip())
        if not said or (said[1], said[2]) != (str(FORM_SCHEMA), slug):
            shown = show_text(str(cells.get(FORM_COLUMN, "")), 80)
            remedy = f"collect it where it belongs; it says {shown or 'nothing'}"
            yield InputError([Problem(place, FORM_COLUMN, f"answers for {slug}", remedy)])
            continue
        fields = {key: cells.get(name_person(key)) for key in PERSON}
        yield Person(place, fields, make_flat(cells, table), _read_marks(cells))


def _read_marks(cells: Mapping[str, Any]) -> dict[str, str]:
    """Read which questions the form put, with their marks: `framing.purpose.seed=a1b2c3-d4e5f6 …`."""
    texts = [str(value) for name, value in cells.items() if name.startswith(MARKS_COLUMN)]
    pairs = (one.partition("=")[::2] for text in texts for one in text.split())
    return {key: mark for key, mark in pairs if re.fullmatch(MARK_PATTERN, mark)}
