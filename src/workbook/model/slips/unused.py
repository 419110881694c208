"""Answers that fit their question and still change no page, since another answer is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workbook.model.faults import Located
from workbook.model.slips.hints import Hint

GRANTED = ("agreed", "limited")
PLACES, STANDING = "permission.places", "permission.standing"
RANGES = ("resources.data_costs", "resources.use_report", "resources.use_support", "resources.use_spend")
"""Questions answered with the lowest, the likeliest and the highest figure: the likeliest is what is reckoned with."""


def list_unused(documents: Iterable[Located]) -> Iterator[Hint]:
    """Yield the answers that no page shows yet: rooms of audiences that have not agreed, and halves of an answer."""
    known = tuple(documents)
    yield from _list_rooms(known)
    for document in known:
        yield from _list_halves(document)


def _list_halves(document: Located) -> Iterator[Hint]:
    """Yield a lowest or highest figure without a likeliest one, and a clear yes of people of whom no step is known."""
    halves = [(name, ("low", "high"), "likely") for name in RANGES] + [(STANDING, ("active",), "step")]
    for question, given, needed in halves:
        for row, cells in _get_rows(document, question).items():
            found = [key for key in given if isinstance(cells, dict) and cells.get(key) is not None]
            if found and cells.get(needed) is None:
                place = ("answers", question, row)
                text = f"{' and '.join(found)} stand{'s' if len(found) == 1 else ''} on no page without {needed}"
                yield Hint(document.name, ".".join(place), text, document.find_line(place))


def _list_rooms(known: tuple[Located, ...]) -> Iterator[Hint]:
    """Yield the rooms named for an audience that by no file has agreed: they are read only once it has."""
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
