"""Sheets made small for one file: what is said once stands in it once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from workbook.forms.sheet.sheet import Json
from workbook.model.chapters import list_marks


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


def share_words(sheets: Sequence[Json]) -> tuple[list[Json], list[Any]]:
    """Put lists (steps, options, rows) and helps that questions share into one list, and name them by their place."""
    shared: list[Any] = []
    said = Counter(one.get("help") for sheet in sheets for one in sheet["questions"])

    def pack(asked: Json) -> Json:
        packed = dict(asked)
        for key in ("steps", "options", "rows", "help"):
            if packed.get(key) and (key != "help" or said[packed[key]] > 1):
                if packed[key] not in shared:
                    shared.append(packed[key])
                packed[key] = shared.index(packed[key])
        if "columns" in packed:
            packed["columns"] = [pack(column) for column in packed["columns"]]
        return packed

    return [{**sheet, "questions": [pack(asked) for asked in sheet["questions"]]} for sheet in sheets], shared
