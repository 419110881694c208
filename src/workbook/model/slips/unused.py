"""Answers that fit their question and still change no page, since another answer is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workbook.model.faults import Located
from workbook.model.slips.hints import Hint

GRANTED = ("agreed", "limited")
PLACES, STANDING = "permission.places", "permission.standing"


def list_unused(documents: Iterable[Located]) -> Iterator[Hint]:
    """Yield the rooms named for an audience that by no file has agreed: they are read only once it has."""
    known = tuple(documents)
    granted = {row for one in known for row, cells in _get_rows(one, STANDING).items() if _is_granted(cells)}
    told: dict[str, list[Located]] = {}
    for document in known:
        for row in _get_rows(document, PLACES):
            if row not in granted:
                told.setdefault(row, []).append(document)
    for row, documents_of_row in told.items():
        first, place = documents_of_row[0], ("answers", PLACES, row)
        also = f" (so in {len(documents_of_row)} files)" if len(documents_of_row) > 1 else ""
        until = f"until {row} is answered with step: agreed or step: limited under {STANDING}"
        text = f"this stands on no page {until}{also}"
        yield Hint(first.name, ".".join(place), text, first.find_line(place))


def _is_granted(cells: Any) -> bool:
    return isinstance(cells, dict) and cells.get("step") in GRANTED


def _get_rows(document: Located, question: str) -> Mapping[str, Any]:
    answers = document.data.get("answers")
    answer = answers.get(question) if isinstance(answers, dict) else None
    value = answer["value"] if isinstance(answer, dict) and "value" in answer else answer
    return value if isinstance(value, dict) else {}
