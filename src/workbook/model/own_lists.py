"""The lists that an engagement names itself, and may change after somebody has answered: its audiences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from workbook.model.base import SLUG_PATTERN

OWN_LISTS = ("audiences",)
LIKE_A_SLIP = 0.75


def list_left(raw: Any, known: Sequence[str]) -> tuple[str, ...]:
    """Return the rows nobody asks any more; what looks like a slip in a name that is missing is a fault instead."""
    strange = [key for key in raw if isinstance(key, str) and key not in known] if isinstance(raw, Mapping) else []
    missing = [name for name in known if name not in raw]
    return tuple(
        key
        for key in strange
        if re.fullmatch(SLUG_PATTERN, key) and not get_close_matches(key, missing, n=1, cutoff=LIKE_A_SLIP)
    )
