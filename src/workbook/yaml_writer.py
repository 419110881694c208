"""Plain data -> lines of YAML as a person would write them.

Text comes back letter for letter through the workbook's reader: words of one line stand in double quotes, with
characters that cannot be seen written as escapes; several lines stand as a block of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from workbook.theme import TWO_READINGS

WIDEST_LINE = 110
# Names that other programs read as yes, no or nothing are put in quotation marks.
_PLAIN = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null|nan|inf)$)[a-z][a-z0-9_]*(?:[.-][a-z0-9_]+)*")
# What JSON leaves as it is and YAML forbids, and the marks that turn the direction of the words around them.
_UNSEEN = re.compile("[\x7f-\x9f\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]")


def write_entry(key: str, value: Any, indent: int = 0, *, blocks: bool = True) -> list[str]:
    """Return the lines of `key: value`, indented. With `blocks` False no text stands as a block of lines."""
    start = f"{' ' * indent}{write_text(key)}:"
    if blocks and isinstance(value, str) and _fits_block(value):
        body = [f"{' ' * (indent + 2)}{line}" if line else "" for line in value.removesuffix("\n").split("\n")]
        return [f"{start} {'|' if value.endswith(chr(10)) else '|-'}", *body]
    short = f"{start} {_write_inline(value)}"
    inline = indent > 0 and _is_flat(value) and len(short) <= WIDEST_LINE
    if not isinstance(value, Mapping | list) or not value or inline:
        return [short]
    if isinstance(value, Mapping):
        return [start, *_write_mapping(value, indent + 2, blocks=blocks)]
    return [start, *(line for item in value for line in _write_item(item, indent + 2, blocks=blocks))]


def write_document(data: Mapping[str, Any]) -> str:
    """Return a whole file."""
    return "".join(f"{line}\n" for key, value in data.items() for line in write_entry(key, value))


def write_text(text: str) -> str:
    """Return one text on one line: a plain name as it is, anything else in double quotes."""
    if _PLAIN.fullmatch(text):
        return text
    return _UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))


def _write_mapping(value: Mapping[str, Any], indent: int, *, blocks: bool) -> list[str]:
    return [line for name, one in value.items() for line in write_entry(str(name), one, indent, blocks=blocks)]


def _write_item(item: Any, indent: int, *, blocks: bool) -> list[str]:
    space = " " * indent
    short = f"{space}- {_write_inline(item)}"
    if not isinstance(item, Mapping) or not item or (_is_flat(item) and len(short) <= WIDEST_LINE):
        return [short]
    lines = _write_mapping(item, indent + 2, blocks=blocks)
    return [f"{space}- {lines[0].lstrip()}", *lines[1:]]


def _write_inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{write_text(str(key))}: {_write_inline(one)}' for key, one in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_write_inline(one) for one in value)}]"
    return write_text(value) if isinstance(value, str) else _write_plain(value)


def _write_plain(value: Any) -> str:
    """Write a number so that nobody, and no check, takes its point for one between thousands."""
    text = json.dumps(value, allow_nan=False)
    return f"{text}0" if TWO_READINGS.fullmatch(text) else text


def _is_flat(value: Any) -> bool:
    """Whether nothing in a mapping or list is itself one, nor has lines."""
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return not any(isinstance(one, Mapping | list) or (isinstance(one, str) and "\n" in one) for one in inner)


def _fits_block(text: str) -> bool:
    """Whether a text of several lines stands as a block without losing a space, a break or an unseen character."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 2 or not lines[0].strip() or lines[0].startswith((" ", "\t")) or not lines[-1]:
        return False
    return not _UNSEEN.search(text) and all(character >= " " or character in "\n\t" for character in text)
