"""Any file that came back -> what each person in it sent, or why it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from workbook.errors import InputError, Problem
from workbook.forms.questionnaire.sent_file import Sent, read_answers, show_text
from workbook.forms.ways.facilitator_file import find_answers_sheet, read_people
from workbook.forms.ways.person import Person, make_sent
from workbook.forms.ways.tables import OFFICE, read_sheets
from workbook.model.questions import Question

AGAIN = "fill that in, or correct it, in the file, and collect it again"
TABLES = (*OFFICE, ".csv", ".tsv")


def read_file(path: Path, *, slug: str, questions: Mapping[str, Question]) -> Iterator[Sent | InputError]:
    """Yield what each person in a file sent; for somebody whose answers cannot be taken, an InputError that says why.

    Raises InputError where the whole file cannot be read.
    """
    if path.suffix.lower() not in TABLES:
        yield read_answers(path, slug=slug, questions=questions)
        return
    sheets = read_sheets(path)
    rows = find_answers_sheet(sheets)
    if rows is None:
        remedy = f"say which column is which, in a mapping: workbook mapping {slug} {show_text(path.name)}"
        raise InputError([Problem(show_text(path.name), "", "a workbook that this program made", remedy)])
    yield from take_people(read_people(rows, path, slug=slug, questions=questions), slug=slug, questions=questions)


def take_people(
    people: Iterator[Person], *, slug: str, questions: Mapping[str, Question]
) -> Iterator[Sent | InputError]:
    """Yield what each person sent, or why nothing of theirs is taken: one person's faults stop nobody else."""
    for person in people:
        try:
            yield make_sent(person, slug=slug, questions=questions, again=AGAIN)
        except InputError as error:
            yield InputError(error.problems)
