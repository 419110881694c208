"""Names in braces in words of one's own: what nothing can fill in is shown as it was typed, and the check names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

_FIELD = re.compile(r"\{(\w*)\}")
_DOUBLED = re.compile(r"\{\{|\}\}")
_SHIPPED = Path(__file__).parent


@cache
def list_known_fields() -> frozenset[str]:
    """Return every name in braces that the words that ship have."""
    return frozenset(name for path in _SHIPPED.glob("*.yaml") for name in _FIELD.findall(path.read_text("utf-8")))


def find_unknown_fields(text: str) -> tuple[str, ...]:
    """Return what stands in braces and has a name that no words have; and a brace without its other half."""
    known = list_known_fields()
    strange = [f"{{{name}}}" for name in _FIELD.findall(text) if name not in known]
    left = _FIELD.sub("", _DOUBLED.sub("", text))
    strange += [sign for sign in "{}" if sign in left and (_FIELD.search(text) or _begins_with_name(left, known))]
    return tuple(dict.fromkeys(strange))


def _begins_with_name(text: str, known: frozenset[str]) -> bool:
    return any(name in known for name in re.findall(r"\{(\w+)|(\w+)\}", text) for name in name)


def keep_as_typed(words: Any) -> Any:
    """Return words in which a name that nothing fills in is kept out of the filling in, as are broken braces."""
    if isinstance(words, dict):
        return {key: keep_as_typed(one) for key, one in words.items()}
    if isinstance(words, list):
        return [keep_as_typed(one) for one in words]
    if not isinstance(words, str) or ("{" not in words and "}" not in words) or not find_unknown_fields(words):
        return words
    known = list_known_fields()
    parts = re.split(r"(\{\{|\}\}|\{\w*\})", words)
    return "".join(
        one if one in ("{{", "}}") or (_FIELD.fullmatch(one) and one[1:-1] in known) else _double(one) for one in parts
    )


def _double(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def list_unknown_fields(words: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the place of each text with something in braces that nothing fills in, and what it is."""
    if isinstance(words, dict | list):
        for key, one in words.items() if isinstance(words, dict) else enumerate(words):
            yield from list_unknown_fields(one, (*place, key))
    elif isinstance(words, str):
        yield from ((place, strange) for strange in find_unknown_fields(words))


def say_nearest(strange: str) -> str:
    """Return the name in braces that was meant, as far as one is near."""
    near = get_close_matches(strange.strip("{}"), sorted(list_known_fields() - {""}), n=1, cutoff=0.7)
    return f"{{{near[0]}}}" if near else ""
