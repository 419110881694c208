"""The flat address of each answer, and its name: small letters, digits and single underscores, which every tool keeps.

Names are never taken apart again. The table from names to addresses is built from the questions, when a file is written
and when one is read, and building it fails where two addresses would share a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from workbook.errors import WorkbookError
from workbook.forms.sheet.sheet import ask_of, list_for_others, list_forms
from workbook.model.chapters import Chapter, collect_lists
from workbook.model.choices import Recipient
from workbook.model.engagement import Facts
from workbook.model.money import name_currency
from workbook.model.questions import (
    ChoiceQuestion,
    GridQuestion,
    PointsQuestion,
    Question,
    ScaleQuestion,
)
from workbook.model.ways import EVERYTHING, Way

Part = Literal["value", "note", "consent", "unsure"]
SUFFIXES: dict[Part, str] = {"value": "", "note": "_ssnote", "consent": "_ssconsent", "unsure": "_ssunsure"}
PERSON = ("role", "name", "organisation", "last_time", "consent", "date")


@dataclass(frozen=True)
class Address:
    """Where an answer stands: its question, its row and column where it has some, and which part of it this is."""

    question: str
    row: str = ""
    column: str = ""
    part: Part = "value"


@dataclass(frozen=True)
class Asked:
    """One question as it is put to somebody, with its lists filled in, and the title of its group."""

    question: Question
    group: str
    chapter: Chapter


def list_asked(
    facts: Facts,
    *,
    chapters: Sequence[str] = (),
    recipient: Recipient = Recipient.OTHERS,
    way: Way = EVERYTHING,
    audiences: Collection[str] = (),
) -> list[Asked]:
    """Return what a form asks, in the form's order: facets first, what looks back on them after."""
    lists = collect_lists(facts)
    for_others = recipient is Recipient.OTHERS
    found: list[Asked] = []
    for chapter in list_forms(facts):
        if chapters and chapter.id not in chapters:
            continue
        groups = {f"{chapter.id}.{facet.id}": facet.title for facet in chapter.facets}
        questions = list_for_others(chapter) if for_others else chapter.questions
        asked = [one.put_to_others(facts.commissioner) if for_others else one for one in questions]
        chosen = [ask_of(one.fill_lists(lists), audiences) for one in asked if way.asks_question(one.id)]
        filled = [name_currency(one, facts.currency) for one in chosen]
        named = [Asked(one, groups.get(one.id.rpartition(".")[0], ""), chapter) for one in filled]
        found += sorted(named, key=lambda one: one.group == "")
    return found


def list_addresses(question: Question) -> list[Address]:
    """Return every address at which a question takes an answer, then its note and its consent.

    A table, whose rows are a person's own, has none.
    """
    values = [*_list_values(question)]
    return [*values, Address(question.id, part="note"), Address(question.id, part="consent")] if values else []


def is_several(question: Question) -> bool:
    """Whether a question is answered with several options of a list."""
    return isinstance(question, ChoiceQuestion) and question.kind == "choices"


def _list_values(question: Question) -> Iterable[Address]:
    if isinstance(question, ChoiceQuestion) and is_several(question):
        yield Address(question.id)
    if isinstance(question, PointsQuestion) or (isinstance(question, ChoiceQuestion) and is_several(question)):
        yield from (Address(question.id, option.id) for option in question.options)
        yield Address(question.id, part="unsure")
    elif isinstance(question, GridQuestion) and question.kind == "matrix":
        for row in question.rows:
            asked = [column.id for column in question.columns if column.is_asked(row)]
            yield from (Address(question.id, row.id, column) for column in asked)
            if asked:
                yield Address(question.id, row.id, part="unsure")
        yield Address(question.id, part="unsure")
    elif not isinstance(question, GridQuestion):
        yield Address(question.id)
        if not isinstance(question, ScaleQuestion | ChoiceQuestion):
            yield Address(question.id, part="unsure")


def name_address(address: Address) -> str:
    """Return an address's name."""
    parts = [part for part in (address.question, address.row, address.column) if part]
    return re.sub(r"[^a-z0-9]+", "_", "_".join(parts)).strip("_") + SUFFIXES[address.part]


def name_person(field: str) -> str:
    """Return the name of what a file says of the person."""
    return f"ss_{field}"


def list_names(questions: Iterable[Question]) -> dict[str, Address]:
    """Return every name with its address; raises WorkbookError where two addresses would share one."""
    table: dict[str, Address] = {}
    for question in questions:
        for address in list_addresses(question):
            name = name_address(address)
            if name in table:
                raise WorkbookError(
                    f"Two answers would have one name, {name}: {_spell(table[name])} and {_spell(address)}. "
                    "Give one of them another id, in content or under audiences."
                )
            table[name] = address
    return table


def _spell(address: Address) -> str:
    return ".".join(part for part in (address.question, address.row, address.column, address.part) if part)
