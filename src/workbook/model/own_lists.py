"""The lists that an engagement names itself, and may change after somebody has answered: audiences, promises."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from workbook.model.base import SLUG_PATTERN

OWN_LISTS = ("audiences", "promises")
LIKE_A_SLIP = 0.75


def name_aside(own_list: str) -> str:
    """Return the name of what was set aside from a list of the engagement's own, among its lists."""
    return f"{own_list}_set_aside"


def list_aside(lists: Mapping[str, Sequence[Any]], own_list: str) -> tuple[str, ...]:
    """Return the names of what was set aside from a list."""
    return tuple(option.id for option in lists.get(name_aside(own_list), ()))


def list_left(raw: Any, known: Sequence[str], aside: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the rows nobody asks any more; what looks like a slip in a name that is missing is a fault instead.

    A name that was set aside is no slip, however much it looks like another.
    """
    strange = [key for key in raw if isinstance(key, str) and key not in known] if isinstance(raw, Mapping) else []
    missing = [name for name in known if name not in raw]
    return tuple(
        key
        for key in strange
        if key in aside
        or (re.fullmatch(SLUG_PATTERN, key) and not get_close_matches(key, missing, n=1, cutoff=LIKE_A_SLIP))
    )
