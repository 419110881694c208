"""Rows of a survey tool's export -> people, by a mapping; or by the names of our own form, which need none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from workbook.errors import InputError, Problem
from workbook.forms.questionnaire.sent_file import show_text
from workbook.forms.ways.addresses import PERSON, Address, is_several, list_addresses
from workbook.forms.ways.mapping import FILL_IN, FOLDER, AnswerSource, Mapping_, Source
from workbook.forms.ways.person import Person, name_place
from workbook.forms.ways.tables import Row
from workbook.model.base import UNSURE
from workbook.model.chapters import list_marks
from workbook.model.questions import DateQuestion, GridQuestion, Question, ScaleQuestion
from workbook.model.slips.spelling import fold_words

# Where year, month and day stand among three numbers.
ORDERS = {"year-month-day": (0, 1, 2), "day-month-year": (2, 1, 0), "month-day-year": (2, 0, 1)}

Kind = Literal["", "scale", "date", "several"]


@dataclass(frozen=True)
class _Column:
    """A column that is read: its place, and what its values mean where that is named."""

    place: int
    values: Mapping[str, Any]
    split: str = ""
    kind: Kind = ""


class SurveyReader:
    """A file's rows, read by a mapping. Raises InputError where the mapping does not fit the file."""

    def __init__(self, mapping: Mapping_, questions: Mapping[str, Question], path: Path, rows: list[Row]) -> None:
        self.mapping, self.questions, self.name = mapping, questions, show_text(path.name)
        self.problems: list[Problem] = []
        self._unsure = {fold_words(word) for word in mapping.unsure}
        heads = rows[mapping.names_in_row - 1] if len(rows) >= mapping.names_in_row else []
        self._heads = [fold_words(str(head)) for head in heads]
        self.rows = rows[max(mapping.header_rows, mapping.names_in_row) :]
        self._person = {key: self._find(f"person.{key}", source) for key, source in self._list_person()}
        self._columns = dict(self._list_columns())
        if not mapping.answers:
            self._complain("answers", "at least one question, with its column", "finish it")
        if self.problems:
            raise InputError(self.problems)

    def list_people(self) -> Iterator[Person]:
        """Yield each row that says anything, as a person."""
        first = max(self.mapping.header_rows, self.mapping.names_in_row) + 1
        asked = {key: list_marks()[key] for key in self.questions if key in self.mapping.answers}
        for number, row in enumerate(self.rows, first):
            if not any(_is_said(_cell(row, column.place)) for column in self._columns.values()):
                continue
            flat = {address: value for address, value in self._read_row(row) if _is_said(value)}
            fields = {key: self._read_field(key, row) for key in self._person}
            yield Person(name_place(self.name, f"row {number}"), fields, flat, asked, self.mapping.decimal)

    # ---- the mapping against the headings

    def _list_person(self) -> Iterator[tuple[str, Source]]:
        for key in PERSON:
            source: Source | None = getattr(self.mapping.person, key)
            if source is not None:
                yield key, source

    def _find(self, field: str, source: Source) -> tuple[int | None, Source]:
        return (None if source.column is None else self._place(field, source.column)), source

    def _place(self, field: str, heading: str | int) -> int:
        """Return a column's place from 0; a heading that is missing, or there twice, is a problem of the whole file."""
        if isinstance(heading, int):
            if 1 <= heading <= max(len(self._heads), 1):
                return heading - 1
            self._complain(field, f"a column's number from 1 to {len(self._heads)}", "count the columns again")
            return 0
        found = [place for place, head in enumerate(self._heads) if head == fold_words(heading)]
        if len(found) == 1:
            return found[0]
        shown = show_text(heading, 80)
        if found:
            numbers = ", ".join(str(place + 1) for place in found)
            self._complain(field, f"one column called {shown}; there are {len(found)}", f"write its number: {numbers}")
        else:
            self._complain(field, f"a column called {shown}", "look at the file's headings; name the row they stand in")
        return 0

    def _complain(self, field: str, expected: str, remedy: str) -> None:
        self.problems.append(Problem(self.name, field, expected, f"{remedy} (in the mapping, under {FOLDER}/)"))

    def _list_columns(self) -> Iterator[tuple[Address, _Column]]:
        for key, source in self.mapping.answers.items():
            question = self.questions.get(key)
            if question is None:
                self._complain(f"answers.{key}", "a question of the workbook", "correct the name or take the line out")
                continue
            if FILL_IN in map(str, source.values.values()):
                self._complain(f"answers.{key}.values", "what each value means", f"write it in the place of {FILL_IN}")
            yield from self._list_answer(question, source)

    def _list_answer(self, question: Question, source: AnswerSource) -> Iterator[tuple[Address, _Column]]:
        known = {_spell(address): address for address in list_addresses(question) if address.part == "value"}
        named = {"": source.column, **source.columns} if source.column is not None else dict(source.columns)
        for part, heading in named.items():
            if part not in known:
                names = ", ".join(one for one in known if one) or "column alone"
                self._complain(f"answers.{question.id}.{part or 'column'}", f"one of {names}", "correct the name")
                continue
            place = self._place(f"answers.{question.id}", heading)
            yield known[part], _Column(place, source.values, source.split, _name_kind(question, known[part]))
        for beside in ("note", "consent", "unsure"):
            heading = getattr(source, beside)
            if heading is not None:
                place = self._place(f"answers.{question.id}.{beside}", heading)
                yield Address(question.id, part=beside), _Column(place, {})

    # ---- a row

    def _read_row(self, row: Row) -> Iterator[tuple[Address, Any]]:
        for address, column in self._columns.items():
            raw = _cell(row, column.place)
            yield address, raw if not _is_said(raw) or address.part != "value" else self._read_cell(raw, column)

    def _read_cell(self, raw: Any, column: _Column) -> Any:
        if column.split:
            return [self._mean(part.strip(), column) for part in str(raw).split(column.split) if part.strip()]
        said = self._mean(raw, column)
        return [said] if column.kind == "several" and not isinstance(said, list) else said

    def _mean(self, raw: Any, column: _Column) -> Any:
        text = _write(raw)
        named = {fold_words(key): value for key, value in column.values.items()}
        if fold_words(text) in named:
            return named[fold_words(text)]
        if fold_words(text) in self._unsure:
            return UNSURE
        if column.kind == "scale" and re.fullmatch(r"-?\d+([.,]\d+)?", text):
            # What a bare number means is known to whoever made the survey, and to nobody else.
            return f"{text}, which the mapping's values do not name"
        return _turn_date(raw, ORDERS[self.mapping.dates]) if column.kind == "date" else raw

    def _read_field(self, key: str, row: Row) -> Any:
        place, source = self._person[key]
        raw = source.always if place is None else _cell(row, place)
        if not _is_said(raw):
            return None
        named = {fold_words(one): value for one, value in source.values.items()}
        said = named.get(fold_words(_write(raw)), raw)
        if key == "date":
            turned = _turn_date(said, ORDERS[self.mapping.dates])
            return turned[:10] if isinstance(turned, str) else turned
        return said


def _name_kind(question: Question, address: Address) -> Kind:
    """Say what has to be looked at more closely in a column: steps, days, or several options in one cell."""
    asked: Question = question
    if isinstance(question, GridQuestion) and address.column:
        asked = next(cell for cell in question.cells if cell.id == address.column)
    if is_several(question):
        return "" if address.row else "several"
    return "scale" if isinstance(asked, ScaleQuestion) else "date" if isinstance(asked, DateQuestion) else ""


def _spell(address: Address) -> str:
    """Return how a mapping names a part of a question: its row, option or row.column."""
    return ".".join(part for part in (address.row, address.column) if part)


def _cell(row: Row, place: int) -> Any:
    return row[place] if place < len(row) else None


def _is_said(value: Any) -> bool:
    return value is not None and value != [] and bool(str(value).strip())


def _write(raw: Any) -> str:
    return str(int(raw)) if isinstance(raw, float) and raw == int(raw) else str(raw)


def _turn_date(raw: Any, order: tuple[int, int, int]) -> Any:
    """Return a day as year-month-day, from a cell that holds one or from three numbers in the mapping's order."""
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    found = re.match(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[ T,].*)?$", str(raw).strip())
    if not found:
        return raw
    year, month, day = (int(found[place + 1]) for place in order)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return raw


def list_headings(rows: Iterable[Row], number: int) -> list[str]:
    """Return the headings of a file, as they stand."""
    found = list(rows)
    return [str(head).strip() for head in found[number - 1]] if len(found) >= number else []
