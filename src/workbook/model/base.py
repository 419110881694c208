"""The types every model is made of."""

import math
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

UNSURE = "unsure"
SLUG_PATTERN = r"[a-z0-9-]{1,60}"
# Windows opens a device where a file or folder has one of these names, whatever its ending.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
MARK_PATTERN = r"([0-9a-f]{6}-[0-9a-f]{6}|earlier)"
LONGEST_TEXT = 20_000
LONGEST_NAME = 300

# What nobody knows yet, and what a text that was read does not say, are two things.
NOT_STATED = "not_stated"

Unsure = Literal["unsure"]
NotStated = Literal["not_stated"]

LARGEST = 10**15


class Frozen(BaseModel):
    """A value that never changes and refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def read_iso_date(value: Any) -> Any:
    """Accept only 2026-03-31 written out, so that no other order of day and month is ever guessed."""
    if isinstance(value, str) and len(value) == len("2026-03-31"):
        return date.fromisoformat(value)
    if isinstance(value, date):
        return value
    raise ValueError("not a date")


def refuse_blank(text: str) -> str:
    """Accept only text in which there is something to see, so that no page says "Answers from ;"."""
    if any(sign.isprintable() and sign != " " for sign in text):
        return text
    raise ValueError("nothing to see")


Text = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=LONGEST_TEXT), AfterValidator(refuse_blank)
]
Name = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=LONGEST_NAME), AfterValidator(refuse_blank)
]
Slug = Annotated[str, StringConstraints(strict=True, pattern=rf"^{SLUG_PATTERN}$")]
Money = Annotated[float, Field(strict=True, ge=0, le=1e12, allow_inf_nan=False)]
Amount = Annotated[float, Field(strict=True, ge=0, le=1e9, allow_inf_nan=False)]
IsoDate = Annotated[date, BeforeValidator(read_iso_date)]


def is_number(value: Any) -> bool:
    """Whether a value is a number that may be an answer: finite, and no larger than any sum of money."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    # A whole number of hundreds of digits is no float; nothing here is asked in such numbers.
    return abs(value) <= LARGEST if isinstance(value, int) else math.isfinite(value)
