"""What people typed or pasted, as they laid it out: paragraphs, lines and lists."""

from __future__ import annotations

import re

from markupsafe import Markup

from workbook.markup import element, join, split_lines

_BULLET = re.compile(r"\s*(?:[-*•–‣·])\s+")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s+")


def make_text(text: str) -> Markup:
    """Return paragraphs and lists; a list is two lines or more that each begin with a bullet or a number."""
    groups: list[tuple[str, list[str]]] = []
    for line in split_lines(text):
        kind = "ul" if _BULLET.match(line) else "ol" if _NUMBER.match(line) else "p" if line.strip() else ""
        if kind and groups and groups[-1][0] == kind:
            groups[-1][1].append(line)
        else:
            groups.append((kind, [line]))
    return join([_make_group(kind, lines) for kind, lines in groups if kind])


def ends_in_list(text: str) -> bool:
    """Whether the last lines are a list, of which no item takes a full stop from us."""
    last = [line for line in split_lines(text) if line.strip()][-2:]
    return len(last) == 2 and any(all(mark.match(line) for line in last) for mark in (_BULLET, _NUMBER))


def _make_group(kind: str, lines: list[str]) -> Markup:
    if kind == "p" or len(lines) < 2:
        return element("p", "\n".join(line.strip() for line in lines))
    mark = _BULLET if kind == "ul" else _NUMBER
    first = _NUMBER.match(lines[0])
    start = int(re.findall(r"\d+", first[0])[0]) if kind == "ol" and first else 1
    items = [element("li", mark.sub("", line, count=1).strip()) for line in lines]
    return element(kind, items, start=start if start != 1 else None)
