"""The kinds of question, and what counts as an answer to each.

`Question.read_value` turns what stands in a file into the value kept: JSON types only, dates as ISO text.
It raises AnswerFaults holding every fault of the answer at once. `unsure` answers every question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from workbook.model.base import LONGEST_TEXT, UNSURE, Frozen, Text, is_number
from workbook.model.engagement import AudienceGroup
from workbook.model.own_lists import OWN_LISTS, list_aside, list_left
from workbook.theme import format_number, join_words

POINTS, MOST_ROWS = 100, 200
ROUNDED = 0.05  # what a number of points loses when it is rounded to a tenth, so that three alike can be given


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an answer: where inside it, what was expected, what to type."""

    inside: str
    expected: str
    remedy: str


class AnswerFaults(Exception):  # noqa: N818 it holds many faults, and is caught to list them
    """Every fault found in one answer."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.expected for fault in faults))


class Option(Frozen):
    """One thing that can be chosen, or one row or column of a table."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,60}$")]
    label: Text
    help: str = ""
    group: str = Field(default="", description="the group of an audience, which some columns are not for")


class OtherWords(Frozen):
    """A question as it is put to people who are not the commissioner's own; `{commissioner}` is filled in."""

    text: str = ""
    help: str = ""
    example: str = ""


class Asked(Frozen):
    """What every question has."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_.-]{1,120}$")]
    text: Text
    help: str = ""
    example: str = ""
    ask: str = Field(default="", description="whom to ask when it is not known")
    weight: int = Field(default=1, ge=1, le=3, description="how much else hangs on the answer: 1 little, 3 much")
    for_others: OtherWords = OtherWords()
    same_as: tuple[str, ...] = Field(default=(), description="marks this question had before and means the same as")
    commissioner_only: bool = Field(default=False, description="whether only the commissioner can answer it")
    optional: bool = False  # a form folds it away, and counts it only once answered
    said_once: bool = False  # help and example stand at the first of its like alone

    @property
    def is_words(self) -> bool:
        """Whether an answer is a person's own words, which consent treats more carefully than a number."""
        return False

    def fill_lists(self, lists: Mapping[str, tuple[Option, ...]]) -> Question:  # noqa: ARG002 other kinds use them
        """Return the question with the lists it takes from the engagement filled in."""
        return self  # type: ignore[return-value]

    def put_to_others(self, commissioner: str) -> Question:
        """Return the question in the words for people who are not the commissioner's own."""
        words = {name: text.replace("{commissioner}", commissioner) for name, text in self.for_others if text}
        return self.model_copy(update=words)  # type: ignore[return-value]

    def list_left(self, raw: Any) -> tuple[str, ...]:  # noqa: ARG002 other kinds use it
        """Return the rows of an answer that the engagement named once and does not name any more: they are not read."""
        return ()

    def read_value(self, raw: Any) -> Any:
        """Return the answer as it is kept, or raise AnswerFaults."""
        return UNSURE if raw == UNSURE else self._read(raw)

    def _read(self, raw: Any) -> Any:
        raise NotImplementedError


class TextQuestion(Asked):
    """A few words, or as many as it takes."""

    kind: Literal["text", "long_text"]

    @property
    def is_words(self) -> bool:
        """Always: the answer is a person's own words."""
        return True

    def _read(self, raw: Any) -> str:
        if not isinstance(raw, str) or not raw.strip():
            raise _fault("some words", f'put the words in quotation marks, for example "{self.example or "in words"}"')
        if len(raw) > LONGEST_TEXT:
            raise _fault(f"at most {LONGEST_TEXT:,} characters", f"shorten it: it has {len(raw):,} characters")
        return raw


class ScaleQuestion(Asked):
    """A step on a scale from 0, each step worded."""

    kind: Literal["scale"]
    steps: tuple[Text, ...] = Field(min_length=2, max_length=11)

    def _read(self, raw: Any) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw < len(self.steps):
            last = len(self.steps) - 1
            worded = f'0 is "{self.steps[0]}", {last} is "{self.steps[-1]}"'
            raise _fault(f"a whole number from 0 to {last} ({worded})", "type one of these numbers, or unsure")
        return raw


class ChoiceQuestion(Asked):
    """One option out of a list, or several."""

    kind: Literal["choice", "choices"]
    options: tuple[Option, ...] = ()
    options_from: str = ""

    def fill_lists(self, lists: Mapping[str, tuple[Option, ...]]) -> ChoiceQuestion:
        """Take the options from a list of the engagement, where the question says so."""
        return self.model_copy(update={"options": lists[self.options_from]}) if self.options_from else self

    def _read(self, raw: Any) -> Any:
        known = [option.id for option in self.options]
        if self.kind == "choice":
            if raw not in known:
                raise _fault(f"one of {_list(known)}", f"type {_first(known)} or another of them, or unsure")
            return raw
        if not isinstance(raw, list) or any(item not in known for item in raw) or len(set(raw)) != len(raw):
            raise _fault(f"a list of some of {_list(known)}, none twice", f"type [{_first(known)}], or unsure")
        return raw


class NumberQuestion(Asked):
    """A number or an amount of money."""

    kind: Literal["number", "money"]
    unit: str = ""
    minimum: float = 0
    maximum: float = 1e12
    whole: bool = False

    def _read(self, raw: Any) -> float:
        if not is_number(raw) or not self.minimum <= raw <= self.maximum or (self.whole and raw != int(raw)):
            what = "an amount of money" if self.kind == "money" else "a whole number" if self.whole else "a number"
            bounds = f"{what} from {format_number(self.minimum, 6)} to {format_number(self.maximum, 6)}"
            raise _fault(f"{bounds}{f' ({self.unit})' if self.unit else ''}", "type digits only, or unsure")
        return float(raw)


class DateQuestion(Asked):
    """A day."""

    kind: Literal["date"]

    def _read(self, raw: Any) -> str:
        try:
            return date.fromisoformat(raw).isoformat()
        except (TypeError, ValueError):
            raise _fault("a date as year-month-day", "type it as 2026-03-31, or unsure") from None


class PointsQuestion(Asked):
    """A hundred points shared out over a list."""

    kind: Literal["points"]
    options: tuple[Option, ...] = ()
    options_from: str = ""
    aside: tuple[str, ...] = ()

    def fill_lists(self, lists: Mapping[str, tuple[Option, ...]]) -> PointsQuestion:
        """Take the options from a list of the engagement, where the question says so."""
        own = self.options_from
        return self.model_copy(update={"options": lists[own], "aside": list_aside(lists, own)}) if own else self

    def list_left(self, raw: Any) -> tuple[str, ...]:
        """Return the options of an answer that the engagement does not name any more."""
        return list_left(raw, [one.id for one in self.options], self.aside) if self.options_from in OWN_LISTS else ()

    def _read(self, raw: Any) -> dict[str, float]:
        known = [option.id for option in self.options]
        if not isinstance(raw, Mapping):
            raise _fault("points for each item of a list", f"type {_first(known)}: {POINTS} on a line of its own")
        faults = _refuse_strange(raw, known, self.list_left(raw))
        faults += [
            Fault(str(key), f"a number of points from 0 to {POINTS}", "type digits only")
            for key, value in raw.items()
            if not is_number(value) or not 0 <= value <= POINTS
        ]
        total = sum(value for value in raw.values() if is_number(value))
        if not faults and not _adds_up(total, len(known)):
            change = (
                f"take off {format_number(total - POINTS)}"
                if total > POINTS
                else f"add {format_number(POINTS - total)}"
            )
            faults.append(
                Fault("", f"points that add up to {POINTS}", f"they add up to {format_number(total)}: {change}")
            )
        if faults:
            raise AnswerFaults(faults)
        # What is left out was not asked: a form gives every row it asks a number, and 0 is one.
        return {key: float(raw[key]) for key in known if key in raw}


def _adds_up(total: float, items: int) -> bool:
    """Whether points add up to all of them, each perhaps rounded to a tenth."""
    return round(abs(total - POINTS), 9) <= max(0.01, ROUNDED * items)


class Column(Frozen):
    """One column of a table or matrix: a small question asked in every row."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,60}$")]
    label: Text
    help: str = ""
    kind: Literal["text", "long_text", "scale", "choice", "choices", "number", "money", "date"]
    steps: tuple[Text, ...] = ()
    options: tuple[Option, ...] = ()
    options_from: str = ""
    unit: str = ""
    minimum: float = 0
    maximum: float = 1e12
    maximum_from: str = Field(default="", description="the list whose length is the largest number, instead of maximum")
    whole: bool = False
    required: bool = False
    not_for: tuple[AudienceGroup, ...] = Field(default=(), description="groups of audiences that it is not asked of")

    def is_asked(self, row: Option) -> bool:
        """Whether this column is asked in a row."""
        return row.group not in self.not_for

    def make_question(self, lists: Mapping[str, tuple[Option, ...]]) -> CellQuestion:
        """Return the question a cell of this column answers."""
        asked: dict[str, Any] = {"id": self.id, "text": self.label, "help": self.help}
        if self.kind in ("text", "long_text"):
            return TextQuestion(kind=self.kind, **asked)
        if self.kind == "scale":
            return ScaleQuestion(kind="scale", steps=self.steps, **asked)
        if self.kind in ("choice", "choices"):
            options = lists[self.options_from] if self.options_from else self.options
            return ChoiceQuestion(kind=self.kind, options=options, **asked)
        if self.kind == "date":
            return DateQuestion(kind="date", **asked)
        return NumberQuestion(
            kind="money" if self.kind == "money" else "number",
            unit=self.unit,
            minimum=self.minimum,
            maximum=max(self.minimum, len(lists[self.maximum_from])) if self.maximum_from else self.maximum,
            whole=self.whole,
            **asked,
        )


class GridQuestion(Asked):
    """A table (rows of the respondent's own) or a matrix (rows that are given)."""

    kind: Literal["table", "matrix"]
    columns: tuple[Column, ...] = Field(min_length=1)
    rows: tuple[Option, ...] = ()
    rows_from: str = ""
    ordered: bool = False
    compares: bool = False  # rows are set against each other, so that none is left out
    cells: tuple[CellQuestion, ...] = ()
    aside: tuple[str, ...] = ()

    @property
    def is_words(self) -> bool:
        """Whether any column holds a person's own words."""
        return any(column.kind in ("text", "long_text") for column in self.columns)

    def fill_lists(self, lists: Mapping[str, tuple[Option, ...]]) -> GridQuestion:
        """Take the rows and the options of columns from the engagement, where the question says so."""
        rows = lists[self.rows_from] if self.rows_from else self.rows
        cells = tuple(column.make_question(lists) for column in self.columns)
        return self.model_copy(update={"rows": rows, "cells": cells, "aside": list_aside(lists, self.rows_from)})

    def list_left(self, raw: Any) -> tuple[str, ...]:
        """Return the rows of a matrix that the engagement does not name any more."""
        return list_left(raw, [row.id for row in self.rows], self.aside) if self.rows_from in OWN_LISTS else ()

    def list_not_asked(self, raw: Any) -> list[tuple[Option, Column]]:
        """Return the row and the column of every answer in a matrix to what is not asked."""
        given = raw if isinstance(raw, Mapping) and self.kind == "matrix" else {}
        rows = [(row, cells) for row in self.rows if isinstance(cells := given.get(row.id), Mapping)]
        return [(row, one) for row, cells in rows for one in self.columns if one.id in cells and not one.is_asked(row)]

    def _read(self, raw: Any) -> Any:
        faults: list[Fault] = []
        table: list[Any] | dict[str, Any]
        if self.kind == "table":
            if not isinstance(raw, list) or len(raw) > MOST_ROWS:
                raise _fault(
                    f"a list of at most {MOST_ROWS} rows", f"start each row with a hyphen: - {self.columns[0].id}: …"
                )
            table = [self._read_row(row, f"row {number}", faults) for number, row in enumerate(raw, 1)]
        else:
            table = self._read_matrix(raw, faults)
        if faults:
            raise AnswerFaults(faults)
        return table

    def _read_matrix(self, raw: Any, faults: list[Fault]) -> dict[str, Any]:
        known = [row.id for row in self.rows]
        if not isinstance(raw, Mapping):
            raise _fault(f"a line for each of {_list(known)}", f"type {_first(known)}: and its columns under it")
        left = self.list_left(raw)
        faults += _refuse_strange(raw, known, left)
        asked = self._widen(len(left)) if left else self
        table = {row.id: asked._read_row(raw[row.id], row.id, faults, row) for row in self.rows if row.id in raw}
        for row, column in self.list_not_asked(table):
            del table[row.id][column.id]
            if not table[row.id]:
                del table[row.id]
        return table

    def _widen(self, more: int) -> GridQuestion:
        """Return the question as it was while its list was longer by some rows: places ran that much further."""
        longer = {column.id for column in self.columns if column.maximum_from in OWN_LISTS}
        cells = tuple(
            cell.model_copy(update={"maximum": cell.maximum + more})
            if cell.id in longer and isinstance(cell, NumberQuestion)
            else cell
            for cell in self.cells
        )
        return self.model_copy(update={"cells": cells})

    def _read_row(self, raw: Any, where: str, faults: list[Fault], row_asked: Option | None = None) -> Any:
        if raw == UNSURE and self.kind == "matrix":
            return UNSURE
        columns = {cell.id: cell for cell in self.cells}
        if not isinstance(raw, Mapping):
            faults.append(Fault(where, f"the columns {_list(columns)}", f"type {_first(columns)}: and its value"))
            return {}
        faults += [
            Fault(f"{where}.{key}", f"one of the columns {_list(columns)}", "correct the name or take the line out")
            for key in raw
            if key not in columns
        ]
        faults += [
            Fault(f"{where}.{column.id}", f"{column.label}, in every row", f"add {column.id}: to this row")
            for column in self.columns
            if column.required and raw.get(column.id) is None and (row_asked is None or column.is_asked(row_asked))
        ]
        row: dict[str, Any] = {}
        for key, cell in columns.items():
            if raw.get(key) is not None:
                try:
                    row[key] = cell.read_value(raw[key])
                except AnswerFaults as wrong:
                    faults += [Fault(f"{where}.{key}", fault.expected, fault.remedy) for fault in wrong.faults]
        if self.ordered:
            numbers = [row[key] for key in columns if key in row and row[key] != UNSURE]
            if numbers != sorted(numbers):
                faults.append(Fault(where, f"{join_words(list(columns))} in rising order", "put the smallest first"))
        return row


CellQuestion = TextQuestion | ScaleQuestion | ChoiceQuestion | NumberQuestion | DateQuestion
Question = CellQuestion | PointsQuestion | GridQuestion
AnyQuestion = Annotated[Question, Field(discriminator="kind")]
GridQuestion.model_rebuild()


def _refuse_strange(raw: Mapping[Any, Any], known: Sequence[str], left: Sequence[str]) -> list[Fault]:
    strange = (str(key) for key in raw if key not in known and key not in left)
    return [Fault(key, f"one of {_list(known)}", "correct the name or take the line out") for key in strange]


def _fault(expected: str, remedy: str) -> AnswerFaults:
    return AnswerFaults([Fault("", expected, remedy)])


def _list(names: Sequence[str] | Mapping[str, Any]) -> str:
    return join_words(list(names), "or") or "nothing yet: the engagement names none"


def _first(names: Sequence[str] | Mapping[str, Any]) -> str:
    return next(iter(names), "a name")
