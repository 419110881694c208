"""The version of a file's shape: an older one is brought forward in memory, a newer one is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbook.errors import Problem
from workbook.yaml_reader import Document

SCHEMA = 2

Raw = dict[str, Any]
# How a reading of a call was told apart before there was a key for it.
_READER = "desk reading"


def _bring_from_1(data: Raw) -> Raw:
    """`partners` named who commissions, the commissioner among them; a sum without a currency was taken for pounds."""
    brought = dict(data)
    if "title" in data or "commissioner" in data:
        brought |= _bring_facts(brought)
        brought.pop("partners", None)
    if str(data.get("role", "")).casefold().startswith(_READER):
        brought.setdefault("reads_call", True)
    return brought


def _bring_facts(data: Raw) -> Raw:
    changed: Raw = {}
    if "partners" in data:
        named, own = data["partners"], data.get("commissioner")
        changed["commissioned_with"] = [one for one in named if one != own] if isinstance(named, list) else named
    if "currency" not in data and any(key in data for key in ("budget", "programme_budget", "plan", "other_plans")):
        changed["currency"] = "GBP"
    return changed


# One function per older schema, which turns its raw mapping into the next schema's.
MIGRATIONS: dict[int, Callable[[Raw], Raw]] = {1: _bring_from_1}


def check_schema(document: Document, problems: list[Problem]) -> Document | None:
    """Return the document in today's shape; None, and one more problem, where a newer workbook made it."""
    data = dict(document.data)
    schema = data.pop("schema", None)
    line = document.find_line(("schema",))
    if isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        remedy = f"type schema: {SCHEMA}" if "schema" in document.data else f"add a first line: schema: {SCHEMA}"
        expected = f"schema: {SCHEMA}, the version of this kind of file"
        problems.append(Problem(document.name, "schema", expected, remedy, line))
        schema = SCHEMA
    if schema > SCHEMA:
        expected = f"schema {SCHEMA} or older; this file was made by a newer workbook (schema {schema})"
        problems.append(
            Problem(document.name, "schema", expected, "install the newer workbook, then type the same again", line)
        )
        return None
    while schema < SCHEMA:
        data = MIGRATIONS[schema](data)
        schema += 1
    return document.with_data(data)
