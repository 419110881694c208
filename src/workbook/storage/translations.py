"""A translation's texts that name what nothing fills in: found before a page is made, with file and line."""

from __future__ import annotations

from workbook.content import list_own_strange_fields, list_strange_fields
from workbook.errors import Problem
from workbook.yaml_reader import Document, parse_known


def list_translation_problems(language: str) -> tuple[Problem, ...]:
    """Return a problem for each text of a language with a name in braces that its English text does not have."""
    problems = []
    for path, place, text, _, strange in list_strange_fields(language):
        found = parse_known(path.read_bytes(), f"{language}/{path.name}")
        keys = tuple(int(part) if part.isdigit() else part for part in place)
        line = found.find_line(keys) if isinstance(found, Document) else None
        names = ", ".join(f"{{{name}}}" if name.isidentifier() else name for name in strange)
        expected = f"the names in braces of the English text ({_shorten(text)}), and no others; found: {names}"
        remedy = "put the English name back between the braces; until then this text stays English"
        problems.append(Problem(f"{language}/{path.name}", ".".join(place), expected, remedy, line))
    return tuple(problems)


def list_content_problems() -> tuple[Problem, ...]:
    """Return a problem for whatever stands in braces in words of one's own and cannot be filled in."""
    problems = []
    for path, place, strange, near in list_own_strange_fields():
        found = parse_known(path.read_bytes(), f"content/{path.name}")
        line = found.find_line(place) if isinstance(found, Document) else None
        expected = f"names in braces as the words that ship have them; found: {strange}"
        meant = f"type {near}" if near else "write one of those names, or two braces for one that is to be seen: {{"
        remedy = f"{meant}; until then it is shown as it stands"
        problems.append(Problem(f"content/{path.name}", ".".join(map(str, place)), expected, remedy, line))
    return tuple(problems)


def _shorten(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
