"""Audiences and promises keep their ids, whatever becomes of their words: answers about them are filed under the id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from workbook.forms.facts.values import ASIDE
from workbook.model.base import SLUG_PATTERN

Raw = dict[str, Any]
LONGEST_ID = 40
# Lists whose rows have ids that no form shows, and the words by which a row is known to be the one that was there.
NAMED_BY = {"audiences": "name", "promises": "what"}


def keep_ids(list_: str, rows: list[Raw], data: Mapping[str, Any], *, answered: Collection[str]) -> list[Raw]:
    """Return the rows of a form with their ids.

    A row without one is the one of those words where there is one, else a new one. What has no row any more goes where
    nobody answered about it; an audience is set aside where somebody did, and a promise stays: see `list_gone`.
    """
    named = NAMED_BY[list_]
    known = [row for key in (list_, ASIDE.get(list_, "")) for row in data.get(key) or ()]
    free = {str(one[named]).strip().casefold(): str(one["id"]) for one in known}
    taken = {str(row["id"]) for row in rows if row.get("id")}
    used = {*taken, *(str(one["id"]) for one in known), *answered}
    kept = []
    for row in rows:
        name = str(row.get(named, "")).strip().casefold()
        id_ = row.get("id") or (free[name] if free.get(name) not in (None, *taken) else make_id(name, used, list_[:-1]))
        taken.add(id_)
        used.add(id_)
        kept.append({"id": id_, **{key: one for key, one in row.items() if key != "id"}})
    gone = list_gone(list_, kept, data, answered=answered) if list_ in ASIDE else []
    return [*kept, *({**one, "aside": "aside"} for one in gone)]


def list_gone(list_: str, rows: list[Raw], data: Mapping[str, Any], *, answered: Collection[str]) -> list[Raw]:
    """Return what was there, is in no row any more, and was answered about."""
    taken = {str(row.get("id")) for row in rows}
    known = [row for key in (list_, ASIDE.get(list_, "")) for row in data.get(key) or ()]
    return [one for one in known if one["id"] not in taken and one["id"] in answered]


def make_id(name: str, used: Collection[str], otherwise: str) -> str:
    """Return an id made of a name, with a number where it is taken already; of `otherwise` where it has no letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    start = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_ID].strip("-") or otherwise
    found = next(one for one in (start, *(f"{start}-{number}" for number in range(2, 10_000))) if one not in used)
    assert re.fullmatch(SLUG_PATTERN, found)
    return found


def find_keys(answers: Iterable[Any]) -> set[str]:
    """Return every name under which something stands in answers, at the first level of each."""
    given = (one.get("value", one) if isinstance(one, Mapping) else one for one in answers)
    return {str(key) for one in given if isinstance(one, Mapping) for key in one}
