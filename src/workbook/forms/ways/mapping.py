"""A mapping file: which column of a survey tool's export answers which question, and what its values mean.

Nothing is guessed. A column is named by its heading, or by its number where two have one heading; a bare number is a
step of a scale only where `values` says which. What is not named here is not read.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from workbook import storage
from workbook.errors import InputError, NotFoundError, Problem
from workbook.model.base import SLUG_PATTERN, Frozen, Text
from workbook.model.faults import list_faults
from workbook.yaml_reader import LARGEST_FILE, Document, parse_document

FOLDER = storage.SURVEYS_FOLDER
SCHEMA = 1
FILL_IN = "?"


def _name_column(value: Any) -> Any:
    """Read a heading alone as a mapping of one column."""
    return {"column": value} if isinstance(value, str | int) and not isinstance(value, bool) else value


Heading = Annotated[str | int, Field(description="a heading of the file, or a column's number from 1")]
Values = Annotated[dict[str, Any], Field(description="what each value in the file means, as the workbook writes it")]


class Source(Frozen):
    """Where one value comes from: a column, what its values mean, or one that holds for every row."""

    column: Heading | None = None
    values: Values = Field(default_factory=dict)
    always: Annotated[Text | None, Field(description="what holds for every row, in words")] = None


class AnswerSource(Frozen):
    """Where an answer comes from: one column, or one for each row, option or cell; and what stands beside it."""

    column: Heading | None = None
    columns: Annotated[dict[str, Heading], Field(description="a heading for each row, option or row.column")] = Field(
        default_factory=dict
    )
    values: Values = Field(default_factory=dict)
    split: Annotated[str, Field(description="the sign between several options in one cell", max_length=5)] = ""
    note: Heading | None = None
    consent: Heading | None = None
    unsure: Heading | None = None


SourceField = Annotated[Source | None, BeforeValidator(_name_column)]
AnswerField = Annotated[AnswerSource, BeforeValidator(_name_column)]


class PersonSources(Frozen):
    """Where it stands who somebody is and how far their answers may travel."""

    role: SourceField = None
    name: SourceField = None
    organisation: SourceField = None
    last_time: SourceField = None
    consent: SourceField = None
    date: SourceField = None


class Mapping_(Frozen):  # noqa: N801 `Mapping` is another thing in Python, and in every file that reads this one
    """What a mapping file holds."""

    engagement: Annotated[Text, Field(description="the engagement's name")]
    sheet: Annotated[str, Field(description="the sheet of a workbook; the first where none is named")] = ""
    names_in_row: Annotated[int, Field(ge=1, le=20, description="the row that holds the headings, from 1")] = 1
    header_rows: Annotated[int, Field(ge=1, le=20, description="how many rows stand above the first answer")] = 1
    decimal: Annotated[Literal["", ".", ","], Field(description="the sign before fractions, . or ,")] = ""
    dates: Annotated[
        Literal["year-month-day", "day-month-year", "month-day-year"],
        Field(description="one of year-month-day, day-month-year or month-day-year"),
    ] = "year-month-day"
    unsure: Annotated[tuple[Text, ...], Field(description="a list of words that mean: we do not know yet")] = ()
    person: PersonSources = PersonSources()
    answers: Annotated[dict[str, AnswerField], Field(description="for each question its column")] = Field(
        default_factory=dict
    )


def load_mapping(slug: str, name: str) -> Mapping_:
    """Return a mapping of an engagement by its name; raises NotFoundError, or InputError with every fault."""
    path = find_mapping(slug, name)
    if not path.is_file():
        known = ", ".join(sorted(one.stem for one in path.parent.glob("*.yaml"))) or "none yet"
        raise NotFoundError(
            f"There is no mapping called {name}. Known: {known}.\nTo draft one, type: workbook mapping {slug} FILE"
        )
    raw = path.read_bytes()[: LARGEST_FILE + 1]
    document = parse_document(raw, f"{FOLDER}/{path.name}")
    if isinstance(document, list):
        raise InputError(document)
    problems = [*_check_schema(document)]
    data = {key: value for key, value in document.data.items() if key != "schema"}
    problems += list_faults(Mapping_, document.with_data(data))
    if problems:
        raise InputError(problems)
    mapping = Mapping_.model_validate(data)
    if mapping.engagement != slug:
        expected = f"engagement: {slug}; this mapping says {mapping.engagement}"
        line = document.find_line(("engagement",))
        raise InputError([Problem(document.name, "engagement", expected, "use the mapping of that engagement", line)])
    return mapping


def find_mapping(slug: str, name: str) -> Path:
    """Return where a mapping of this name is, or would be."""
    if not re.fullmatch(SLUG_PATTERN, name):
        raise NotFoundError(f"{name!r} cannot be a mapping's name. Use 1 to 60 small letters, digits and hyphens.")
    return storage.find_slug(slug) / FOLDER / f"{name}.yaml"


def _check_schema(document: Document) -> list[Problem]:
    found = document.data.get("schema")
    if found == SCHEMA and not isinstance(found, bool):
        return []
    line = document.find_line(("schema",))
    return [Problem(document.name, "schema", f"schema: {SCHEMA}", f"write schema: {SCHEMA} in the first line", line)]
