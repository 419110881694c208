"""The nearest right thing to type in the place of what cannot be read."""

from __future__ import annotations

import difflib
import json
import re
import types
from collections.abc import Sequence
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from workbook.model.loose_days import suggest_day
from workbook.model.slips.typed_numbers import list_readings, part_money

# What people write for a currency, and its three letters.
_CURRENCIES = {"us$": "USD", "$": "USD", "dollars": "USD", "£": "GBP", "pounds": "GBP", "€": "EUR", "euro": "EUR"}
_CURRENCIES |= {"euros": "EUR", "us dollars": "USD", "pounds sterling": "GBP", "sterling": "GBP", "stg": "GBP"}
_TIMES = {"k": 1_000, "m": 1_000_000}
_LEAST_LIKE = 0.6
_PLAIN = re.compile(r"[^\W\d_][\w ().'/-]*")


def suggest_value(name: str, field: FieldInfo | None, value: Any) -> str:
    """Return how a value would be written as its field wants it; nothing where there is no saying."""
    if field is None or not isinstance(value, str) or not value.strip():
        return ""
    text = value.strip()
    if name == "currency":
        return _suggest_currency(text)
    if _is_list(field.annotation):
        return "" if _holds_model(field.annotation) else f"{name}: [{', '.join(_split(text))}]"
    if options := _list_options(field.annotation):
        return _suggest_option(text, options)
    if "date" in (field.description or ""):
        return suggest_day(text)
    return _suggest_number(text) if "digits only" in (field.description or "") else ""


def _suggest_currency(text: str) -> str:
    known = _CURRENCIES.get(text.casefold())
    letters = "".join(sign for sign in text.upper() if "A" <= sign <= "Z")
    return known or (letters if len(letters) == len("GBP") else "")


def _suggest_option(text: str, options: Sequence[str]) -> str:
    folded = text.casefold().replace(" ", "_") if any("_" in one for one in options) else text.casefold()
    plain = [one for one in options if folded in (one, f"{one}s") or one == f"{folded}s"]
    return next(iter(plain or difflib.get_close_matches(folded, options, n=1, cutoff=_LEAST_LIKE)), "")


def _suggest_number(text: str) -> str:
    sign, digits = part_money(text)
    times = _TIMES.get(digits[-1:].casefold(), 1)
    found = [f"{one * times:.2f}" for one in list_readings(digits[:-1] if times > 1 else digits)]
    shown = " or ".join(one.removesuffix(".00") for one in found if 0 <= float(one) < 1e12)
    return f"{shown}, if that is in the currency of this file" if shown and sign else shown


def _split(text: str) -> list[str]:
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    return [part if _PLAIN.fullmatch(part) else json.dumps(part, ensure_ascii=False) for part in parts]


def _list_parts(annotation: Any) -> list[Any]:
    """List the types a field may have, unions and annotations opened."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _list_parts(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [part for one in get_args(annotation) for part in _list_parts(one)]
    return [annotation]


def _is_list(annotation: Any) -> bool:
    return any(get_origin(part) is tuple for part in _list_parts(annotation))


def _holds_model(annotation: Any) -> bool:
    inner = [one for part in _list_parts(annotation) for one in get_args(part) if one is not Ellipsis]
    return any(isinstance(part, type) and issubclass(part, BaseModel) for one in inner for part in _list_parts(one))


def _list_options(annotation: Any) -> list[str]:
    """List the words a field may be, where it may be nothing but words of a list."""
    parts = [part for part in _list_parts(annotation) if part is not type(None)]
    if all(get_origin(part) is Literal for part in parts):
        return [str(one) for part in parts for one in get_args(part)]
    enums = [part for part in parts if isinstance(part, type) and issubclass(part, Enum)]
    return [str(one.value) for part in enums for one in part] if len(enums) == len(parts) else []
