"""One person's flat answers -> what they sent, checked as a file of the questionnaire is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workbook.errors import InputError, Problem
from workbook.forms.questionnaire.output import KIND
from workbook.forms.questionnaire.questionnaire import FORM_SCHEMA
from workbook.forms.questionnaire.sent_file import Sent, check_sent, show_text
from workbook.forms.ways.addresses import PERSON, Address
from workbook.forms.ways.assemble import Flat, assemble, read_consent
from workbook.model.questions import Question
from workbook.yaml_reader import Document


@dataclass(frozen=True)
class Person:
    """One person's part of a file: where it stands, who they are as far as it says, and their flat answers.

    `marks` are those of the questions as this file put them; `places` says where a name stands, in the file's words.
    """

    place: str
    fields: Mapping[str, Any]
    flat: Flat
    marks: Mapping[str, str] = field(default_factory=dict)
    decimal: str = ""


def make_sent(person: Person, *, slug: str, questions: Mapping[str, Question], again: str) -> Sent:
    """Return what one person sent; raises InputError with all that is wrong with it. `again` is how to mend it."""
    made = assemble(person.flat, questions.values(), decimal=person.decimal)
    problems = [
        Problem(person.place, name, f"an answer that can be read; here stands {what}", again)
        for name, what in made.faults
    ]
    ordered = sorted(made.answers.items(), key=lambda one: _rank(one[0], person.marks))
    head = {"schema": FORM_SCHEMA, "kind": KIND, "engagement": slug}
    data = {**head, **_read_fields(person.fields), "answers": dict(ordered), "asked": dict(person.marks)}
    try:
        sent = check_sent(Document(person.place, data, {}), slug=slug, questions=questions, again=again)
    except InputError as error:
        others = [one for one in error.problems if one.field != "answers" or not problems]
        raise InputError([*problems, *others]) from None
    if problems:
        raise InputError(problems)
    return sent


def _rank(question: str, marks: Mapping[str, str]) -> int:
    """Put answers in the order in which a form asks, which is that of its marks."""
    order = list(marks)
    return order.index(question) if question in marks else len(order)


def _read_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    given = {key: fields[key] for key in PERSON if fields.get(key) not in (None, "")}
    read: dict[str, Any] = {}
    for key, value in given.items():
        if key == "consent":
            read[key] = read_consent(value)
        elif isinstance(value, datetime):
            read[key] = value.date().isoformat()
        elif isinstance(value, date):
            read[key] = value.isoformat()
        else:
            read[key] = " ".join(str(value).split())
    return {"consent": "none", **read} if "consent" not in read else read


def make_flat(cells: Mapping[str, Any], table: Mapping[str, Address]) -> dict[Address, Any]:
    """Return flat answers from what stands under each name."""
    return {table[name]: value for name, value in cells.items() if name in table and value not in (None, "")}


def name_place(file: str, what: str) -> str:
    """Name a part of a file: `answers.xlsx, column F`."""
    return f"{show_text(file)}, {what}"
