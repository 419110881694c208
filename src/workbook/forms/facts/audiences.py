"""Audiences keep their ids, whatever becomes of their names: answers about them are filed under the id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from workbook.forms.facts.values import ASIDE
from workbook.model.base import SLUG_PATTERN

Raw = dict[str, Any]
LONGEST_ID = 40


def keep_ids(rows: list[Raw], data: Mapping[str, Any], *, answered: Collection[str]) -> list[Raw]:
    """Return the rows of a form with their ids.

    A row without one is the audience of that name where there is one, else a new one. An audience that has no row
    any more is set aside where somebody answered about it, and goes where nobody did.
    """
    known = [row for key in ("audiences", ASIDE["audiences"]) for row in data.get(key) or ()]
    free = {str(one["name"]).strip().casefold(): str(one["id"]) for one in known}
    taken = {str(row["id"]) for row in rows if row.get("id")}
    used = {*taken, *(str(one["id"]) for one in known), *answered}
    kept = []
    for row in rows:
        name = str(row.get("name", "")).strip().casefold()
        id_ = row.get("id") or (free[name] if free.get(name) not in (None, *taken) else make_id(name, used))
        taken.add(id_)
        used.add(id_)
        kept.append({"id": id_, **{key: one for key, one in row.items() if key != "id"}})
    gone = [one for one in known if one["id"] not in taken and one["id"] in answered]
    return [*kept, *({**one, "aside": "aside"} for one in gone)]


def make_id(name: str, used: Collection[str]) -> str:
    """Return an id made of a name, with a number where it is taken already."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    start = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_ID].strip("-") or "audience"
    found = next(one for one in (start, *(f"{start}-{number}" for number in range(2, 10_000))) if one not in used)
    assert re.fullmatch(SLUG_PATTERN, found)
    return found


def find_keys(answers: Iterable[Any]) -> set[str]:
    """Return every name under which something stands in answers, at the first level of each."""
    given = (one.get("value", one) if isinstance(one, Mapping) else one for one in answers)
    return {str(key) for one in given if isinstance(one, Mapping) for key in one}
