"""The file of facts as a form reads and checks it: its own data, before they are made a model."""

from __future__ import annotations

from pathlib import Path

from workbook.errors import InputError, Problem
from workbook.model.engagement import Facts
from workbook.model.faults import list_faults
from workbook.model.slips.two_readings import list_unclear_facts
from workbook.storage.documents import read_file
from workbook.storage.schema import Raw, check_schema
from workbook.yaml_reader import Document, parse_known


def read_facts_data(path: Path) -> Raw:
    """Return what the file of facts holds, brought to today's shape; raises InputError where it cannot be read."""
    problems: list[Problem] = []
    document = read_file(path, problems)
    if document is None:
        raise InputError(problems)
    return document.data


def list_fact_problems(text: str, name: str) -> list[Problem]:
    """Return every problem of a text that is to be the file of facts."""
    problems: list[Problem] = []
    parsed = parse_known(text.encode("utf-8", "replace"), name)
    document = None if isinstance(parsed, list) else check_schema(parsed, problems)
    if document is None:
        return problems if isinstance(parsed, Document) else list(parsed)
    return [*problems, *list_faults(Facts, document), *list_unclear_facts(document)]
