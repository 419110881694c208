"""Ids of voices, made from their roles, and labels that tell voices of one role apart.

The first voice of a role has the id `grantee`, the next ones `grantee-2`, `grantee-3` and so on. An id never changes,
so a label that follows it does not change either when somebody joins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, repeat
from itertools import count as count_from

from workbook.model.base import DEVICES

LONGEST_STEM = 50
_NUMBERED = re.compile(r"(.+)-([2-9]|[1-9][0-9]+)")


def list_ids(role: str) -> Iterator[str]:
    """Yield the ids a voice of this role may have, the first choice first."""
    stem = _make_stem(role)
    return chain([stem], (f"{stem}-{number}" for number in count_from(2)))


def rank_id(id_: str) -> tuple[str, int]:
    """Return what ids are sorted by: `grantee` before `grantee-2`, and that before `grantee-10`."""
    found = _NUMBERED.fullmatch(id_)
    return (found[1], int(found[2])) if found else (id_, 1)


@lru_cache(maxsize=1024)  # asked for each voice at each question
def read_number(id_: str, role: str) -> str:
    """Return the number an id of this role gives: 1 for `grantee`, 2 for `grantee-2`; the id itself if another's."""
    stem, number = (id_, 1) if id_ == _make_stem(role) else rank_id(id_)
    return str(number) if stem == _make_stem(role) else id_


@lru_cache(maxsize=64)
def tell_apart(labels: tuple[str, ...], marks: tuple[str, ...]) -> tuple[str, ...]:
    """Return labels, those that several voices share with each voice's mark behind them; all are different."""
    times = Counter(labels)
    taken = {label for label, count in times.items() if count == 1}
    told: list[str] = []
    for label, mark in zip(labels, marks, strict=True):
        longer = accumulate(chain([label], repeat(mark)), "{} {}".format)
        name = label if times[label] == 1 else next(one for one in longer if one != label and one not in taken)
        taken.add(name)
        told.append(name)
    return tuple(told)


def count_off(labels: Sequence[str]) -> tuple[str, ...]:
    """Return for each label how many of its kind came up to it, which says nothing of whose it is."""
    seen: Counter[str] = Counter()
    marks = []
    for label in labels:
        seen[label] += 1
        marks.append(str(seen[label]))
    return tuple(marks)


def _make_stem(role: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", role.lower()).strip("-")[:LONGEST_STEM].strip("-") or "voice"
    return f"{stem}-voice" if stem in DEVICES else stem
