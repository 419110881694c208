"""Any file that came back -> what each person in it sent, or why it cannot be read."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from workbook.errors import InputError, Problem
from workbook.forms.questionnaire.sent_file import Sent, read_answers, show_text
from workbook.forms.ways.facilitator_file import find_answers_sheets, read_people
from workbook.forms.ways.mapping import load_mapping
from workbook.forms.ways.own_form import find_own_columns, read_own_rows
from workbook.forms.ways.person import Person, make_sent
from workbook.forms.ways.survey import SurveyReader
from workbook.forms.ways.tables import OFFICE, Row, read_sheets
from workbook.model.questions import Question

AGAIN = "fill that in, or correct it, in the file, and collect it again"
TABLES = (*OFFICE, ".csv", ".tsv")


def read_file(
    path: Path, *, slug: str, questions: Mapping[str, Question], mapping: str = ""
) -> Iterator[Sent | InputError]:
    """Yield what each person in a file sent; for somebody whose answers cannot be taken, an InputError that says why.

    `mapping` names the mapping by which a survey tool's export is read. Raises InputError where the whole file cannot
    be read.
    """
    if path.suffix.lower() not in TABLES:
        yield read_answers(path, slug=slug, questions=questions)
        return
    people = _list_people(path, slug=slug, questions=questions, mapping=mapping)
    yield from take_people(people, slug=slug, questions=questions)


def _list_people(
    path: Path, *, slug: str, questions: Mapping[str, Question], mapping: str
) -> Iterable[Person | InputError]:
    sheets = read_sheets(path)
    if mapping:
        chosen = load_mapping(slug, mapping)
        return SurveyReader(chosen, questions, path, choose_sheet(sheets, chosen.sheet, path)).list_people()
    if found := find_answers_sheets(sheets):
        return read_people(found, path, slug=slug, questions=questions)
    own = [(rows, columns) for rows in sheets.values() if (columns := find_own_columns(rows)) is not None]
    if own:
        return chain.from_iterable(
            read_own_rows(rows, columns, path, slug=slug, questions=questions) for rows, columns in own
        )
    file = shlex.quote(show_text(str(path), 400))
    remedy = f"say which column is which, in a mapping; to draft one, type: workbook mapping {slug} {file}"
    raise InputError(
        [Problem(show_text(path.name), "", "a file that this program made, or --mapping with a name", remedy)]
    )


def choose_sheet(sheets: Mapping[str, list[Row]], wanted: str, path: Path) -> list[Row]:
    """Return the rows of a sheet by its name, of the first where none is named."""
    if wanted and wanted not in sheets:
        known = ", ".join(show_text(one) for one in sheets)
        raise InputError([Problem(show_text(path.name), "sheet", f"a sheet called {wanted}", f"write one of: {known}")])
    return sheets[wanted] if wanted else next(iter(sheets.values()), [])


def take_people(
    people: Iterable[Person | InputError], *, slug: str, questions: Mapping[str, Question]
) -> Iterator[Sent | InputError]:
    """Yield what each person sent, or why nothing of theirs is taken: one person's faults stop nobody else."""
    for person in people:
        if isinstance(person, InputError):
            yield person
            continue
        try:
            yield make_sent(person, slug=slug, questions=questions, again=AGAIN)
        except InputError as error:
            yield error
