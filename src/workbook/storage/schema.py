"""The version of a file's shape: an older one is brought forward in memory, a newer one is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbook.errors import Problem
from workbook.yaml_reader import Document

SCHEMA = 1

Raw = dict[str, Any]
# One function per older schema, which turns its raw mapping into the next schema's.
MIGRATIONS: dict[int, Callable[[Raw], Raw]] = {}


def check_schema(document: Document, problems: list[Problem]) -> Document | None:
    """Return the document in today's shape; None, and one more problem, where a newer workbook made it."""
    data = dict(document.data)
    schema = data.pop("schema", None)
    line = document.find_line(("schema",))
    if isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        expected = f"schema: {SCHEMA}, the version of this kind of file"
        problems.append(Problem(document.name, "schema", expected, f"add a first line: schema: {SCHEMA}", line))
        schema = SCHEMA
    if schema > SCHEMA:
        expected = f"schema {SCHEMA} or older; this file was made by a newer workbook (schema {schema})"
        problems.append(
            Problem(document.name, "schema", expected, "update the workbook: git pull, then make run", line)
        )
        return None
    while schema < SCHEMA:
        data = MIGRATIONS[schema](data)
        schema += 1
    return document.with_data(data)
