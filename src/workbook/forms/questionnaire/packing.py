"""Sheets made small for one file: what is said once stands in it once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from workbook.forms.sheet.sheet import Json
from workbook.model.chapters import list_marks

# As `unpack` in answers_file.js knows them.
_LISTS = ("steps", "options", "rows")
_WORDS = ("help", "group", "text", "example")
_USUAL_KIND = "scale"


def thin_sheet(sheet: Json) -> Json:
    """Leave out the words that all sheets share, and what says nothing."""

    def thin(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: thin(one) for key, one in value.items() if one is not False and one != ""}
        return [thin(one) for one in value] if isinstance(value, list) else value

    return {key: thin(value) for key, value in sheet.items() if key != "words"}


def mark_sheet(sheet: Json) -> Json:
    """Give a sheet the marks of its questions, which go back beside the answers, in the order of the questions."""
    marks = list_marks()
    return {**sheet, "marks": " ".join(marks[asked["id"]] for asked in sheet["questions"])}


def pick_words(words: Json, script: str, *more: str) -> Json:
    """Return the words that a script may say, and `more`; what only the page around it says is not there twice."""
    said = {*re.findall(r"\w+", script), *more}
    return {key: text for key, text in words.items() if key in said}


def share_words(sheets: Sequence[Json]) -> tuple[list[Json], list[Any]]:
    """Put lists (steps, options, rows) and words that questions share into one list, and name them by their place."""
    shared: list[Any] = []
    said = Counter(one.get(key) for sheet in sheets for one in sheet["questions"] for key in _WORDS)

    def pack(asked: Json) -> Json:
        packed = {key: one for key, one in asked.items() if (key, one) != ("kind", _USUAL_KIND)}
        for key in (*_LISTS, *_WORDS):
            if packed.get(key) and (key in _LISTS or said[packed[key]] > 1):
                if packed[key] not in shared:
                    shared.append(packed[key])
                packed[key] = shared.index(packed[key])
        if "columns" in packed:
            # A column's label is the text of its cells.
            columns = [{key: one for key, one in column.items() if key != "text"} for column in packed["columns"]]
            packed["columns"] = [pack(column) for column in columns]
        return packed

    return [{**sheet, "questions": [pack(asked) for asked in sheet["questions"]]} for sheet in sheets], shared
