"""Which answers without a name may be shown together: enough of them, not all alike, not rejoined, not subtracted.

A pool is what people without a name answered to one question. A matrix is one pool for each cell: its rows are taken
apart, so that no row of one person stands together with another.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from workbook.model.base import UNSURE

Allow = Callable[[str, Sequence[Any]], bool]
"""Whether values may be shown under a name, after all that was shown under it before."""
Place = tuple[str, str]
POINTS, ROUNDING = 100, 0.5


def count_known(values: Iterable[Any]) -> int:
    """Count the values that say something; where nobody knows, count those who said so."""
    given = [value for value in values if value not in ({}, None)]
    return sum(value != UNSURE for value in given) or len(given)


def is_mixed(values: Iterable[Any]) -> bool:
    """Whether the known values are not all alike, so that nobody's own follows from having been in the group.

    Of lists of options no option may be in all.
    """
    known = [value for value in values if value not in (UNSURE, {}, None)]
    if known and all(_is_choices(value) for value in known):
        return not set.intersection(*(set(value) for value in known)) and len({write(value) for value in known}) > 1
    return len({write(value) for value in known}) > 1


def _is_choices(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def write(value: Any) -> str:
    """Write a value the same way every time; numbers that are equal are written alike."""
    return json.dumps(_level(value), sort_keys=True, ensure_ascii=False)


def _level(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _level(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_level(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def pool_values(question: str, values: Sequence[Any], minimum: int, allow: Allow) -> list[Any]:
    """Return what of these answers may be shown without names, in an order that says nothing; else nothing."""
    tables = [value for value in values if isinstance(value, dict)]
    if tables:
        return _pool_tables(question, values, tables, minimum, allow)
    shown = _may_stand(values, minimum) and allow(question, values)
    return sorted(values, key=write) if shown else []


def _may_stand(values: Sequence[Any], minimum: int) -> bool:
    return sum(value not in (UNSURE, {}, None) for value in values) >= minimum and is_mixed(values)


def _pool_tables(
    question: str, values: Sequence[Any], tables: Sequence[dict[str, Any]], minimum: int, allow: Allow
) -> list[Any]:
    unsure = [value for value in values if value == UNSURE]
    cells = collect_cells(tables)
    kept = {
        place: sorted(given, key=write)
        for place, given in cells.items()
        if _may_stand(given, minimum) and allow(name_place(question, place), given)
    }
    if kept.keys() == cells.keys() and is_rejoined(tables):
        return []
    whole = _stack(kept)
    return [*whole, *(unsure if whole and allow(question, unsure) else [])]


def name_place(question: str, place: Place) -> str:
    """Return the name under which a cell of a matrix is recorded."""
    return "/".join((question, *(part for part in place if part)))


def collect_cells(tables: Iterable[dict[str, Any]]) -> dict[Place, list[Any]]:
    """Return what was given in each cell; a row that is unsure is so in every cell of it."""
    given = list(tables)
    columns = {row: sorted({one for table in given for one in _columns(table.get(row))}) for row in _rows(given)}
    cells: dict[Place, list[Any]] = {}
    for table in given:
        for row, value in table.items():
            for column in columns[row] or [""]:
                content = value.get(column) if isinstance(value, dict) else value
                if content is not None:
                    cells.setdefault((row, column), []).append(content)
    return cells


def _rows(tables: Iterable[dict[str, Any]]) -> list[str]:
    return sorted({row for table in tables for row in table})


def _columns(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value


def _stack(cells: dict[Place, list[Any]]) -> list[dict[str, Any]]:
    """Put cells under each other, each in order of its own values: no line of what comes out is anybody's."""
    longest = max((len(given) for given in cells.values()), default=0)
    lines: list[dict[str, Any]] = [{} for _ in range(longest)]
    for (row, column), given in sorted(cells.items()):
        for line, value in zip(lines, given, strict=False):
            if column:
                line.setdefault(row, {})[column] = value
            else:
                line[row] = value
    return lines


def is_rejoined(tables: Sequence[dict[str, Any]]) -> bool:
    """Whether points that add up to a hundred could be put together again into what single people gave.

    They cannot where each person's share could change places in part with another's, and both still add up.
    """
    shares = [table for table in tables if _is_shared_out(table)]
    return any(not any(_can_swap(one, other) for other in shares) for one in shares)


def _is_shared_out(table: dict[str, Any]) -> bool:
    numbers = [value for value in table.values() if isinstance(value, int | float) and not isinstance(value, bool)]
    return len(numbers) == len(table) > 1 and abs(sum(numbers) - POINTS) <= ROUNDING


def _can_swap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two people's points have a part that adds up to the same and differs, beside a rest that differs."""
    if one.keys() != other.keys():
        return False
    rows = sorted(row for row in one if one[row] != other[row])
    parts = (part for size in range(2, min(len(rows) - 1, 4)) for part in combinations(rows, size))
    return any(abs(sum(one[row] - other[row] for row in part)) < 1e-6 for part in parts)
