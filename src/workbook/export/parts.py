"""Answers without a name, taken apart: the cells of one person's table, shown together, would draw that person."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from workbook.model.answers import Pool
from workbook.model.engagement import Engagement


@dataclass(frozen=True, order=True)
class Part:
    """A place inside an answer: a row and a cell of it; both empty where the answer is one thing."""

    row: str = ""
    cell: str = ""

    @property
    def name(self) -> str:
        """The place in one word."""
        return ".".join(one for one in (self.row, self.cell) if one)


def split_pool(values: Iterable[Any]) -> list[tuple[Part, tuple[Any, ...]]]:
    """Return what was answered to each part, in order of size: a matrix by cell, points by option, a table by row."""
    found: dict[Part, list[Any]] = {}
    for value in values:
        for part, one in _split(value):
            found.setdefault(part, []).append(one)
    return [(part, tuple(sorted(found[part], key=_rank))) for part in sorted(found)]


def split_pools(engagement: Engagement) -> dict[str, Pool]:
    """Return the pools with each part under a name of its own, as `framing.points/grantees`."""
    pools = {}
    for question, pool in engagement.pools.items():
        if pool.remarks:
            pools[question] = Pool(remarks=pool.remarks)
        for part, values in split_pool(pool.values):
            name = f"{question}/{part.name}" if part.name else question
            pools[name] = Pool(values=values, remarks=pool.remarks if name == question else ())
    return pools


def _split(value: Any) -> Iterable[tuple[Part, Any]]:
    if isinstance(value, dict):
        for row, cells in value.items():
            inside = cells if isinstance(cells, dict) else {"": cells}
            yield from ((Part(row, cell), content) for cell, content in inside.items())
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from ((Part(), row) for row in value)
    else:
        yield Part(), value


def _rank(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
