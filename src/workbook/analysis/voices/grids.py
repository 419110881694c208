"""Points and matrices over voices: what each cell holds, read as if the cell were a question of its own.

A cell of a matrix is named `question.row.column`, a row of points `question.row`. Everything here works on an
engagement that an edition has already thinned, and says so where a cell may be empty for that reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from workbook.analysis.voices.scales import (
    ScaleReading,
    Source,
    Withheld,
    WordsReading,
    count_left,
    name_source,
    read_scale,
    read_words,
)
from workbook.analysis.voices.spread import Spread
from workbook.model.answers import Edition, Pool, Response
from workbook.model.base import UNSURE
from workbook.model.engagement import Engagement
from workbook.model.questions import (
    CellQuestion,
    ChoiceQuestion,
    GridQuestion,
    NumberQuestion,
    PointsQuestion,
    ScaleQuestion,
    TextQuestion,
)

Cell = tuple[str, str]
"""A row and a column, by id."""


@dataclass(frozen=True)
class NumberReading(Spread):
    """One number over voices: points of one row, or a cell that holds a number or an amount of money.

    `responses` are the known answers in order of size; `middle` is their median, None where there are none.
    """

    responses: tuple[Response, ...] = ()
    unsure: tuple[Response, ...] = ()
    agreed: float | None = None
    agreed_unsure: bool = False
    withheld: Withheld | None = None
    is_whole: bool = True  # whether every answer is here, or only those that a shared edition may show
    silent: int = 0  # how many voices answered something and not this; 0 where that may not be said
    not_asked: int = 0  # how many of the others were not asked
    source: Source = "whole"

    @property
    def middle(self) -> float | None:
        """The median of the voices."""
        return float(median(r.value for r in self.responses)) if self.responses else None

    @property
    def value(self) -> float | None:
        """The number to reckon with: what was agreed, else the middle of the voices."""
        return self.middle if self.agreed is None else self.agreed


@dataclass(frozen=True)
class ChoiceReading:
    """One choice over voices; `options` are the ids there are, in the question's order."""

    question: str
    options: tuple[str, ...]
    is_whole: bool  # whether every answer is here, or only those that a shared edition may show
    responses: tuple[Response, ...] = ()
    unsure: tuple[Response, ...] = ()
    agreed: str | None = None
    agreed_unsure: bool = False
    withheld: Withheld | None = None
    silent: int = 0  # how many voices answered something and not this; 0 where that may not be said
    not_asked: int = 0  # how many of the others were not asked
    source: Source = "whole"

    @property
    def chosen(self) -> tuple[str, ...]:
        """The options at least one voice chose, in the question's order."""
        given = {response.value for response in self.responses}
        return tuple(option for option in self.options if option in given)

    @property
    def differs(self) -> bool:
        """Whether voices chose different options."""
        return len(self.chosen) > 1

    @property
    def value(self) -> str | None:
        """The option to reckon with: what was agreed, else what more than half of the known answers say."""
        if self.agreed is not None:
            return self.agreed
        counts = {option: len(self.list_for(option)) for option in self.options}
        return next((option for option, count in counts.items() if count * 2 > len(self.responses)), None)

    def list_for(self, option: str) -> tuple[Response, ...]:
        """Return the answers that chose an option."""
        return tuple(response for response in self.responses if response.value == option)


@dataclass(frozen=True)
class MatrixReading:
    """A matrix over voices: a reading for each cell, kept apart by the kind of its column."""

    question: GridQuestion
    scales: dict[Cell, ScaleReading] = field(default_factory=dict)
    numbers: dict[Cell, NumberReading] = field(default_factory=dict)
    choices: dict[Cell, ChoiceReading] = field(default_factory=dict)
    words: dict[Cell, WordsReading] = field(default_factory=dict)

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """Why cells are held back, one reason for each cell that is."""
        reasons = [
            *(cell.withheld for cell in self.scales.values()),
            *(cell.withheld for cell in self.numbers.values()),
            *(cell.withheld for cell in self.choices.values()),
            *(cell.withheld for cell in self.words.values()),
        ]
        return tuple(reason for reason in reasons if reason)

    @property
    def is_answered(self) -> bool:
        """Whether any rated or chosen cell holds an answer, unsure ones too."""
        cells: list[ScaleReading | NumberReading | ChoiceReading] = [*self.scales.values(), *self.numbers.values()]
        cells += self.choices.values()
        return any(c.responses or c.unsure or c.agreed is not None or c.agreed_unsure for c in cells)


def read_points(engagement: Engagement, question: PointsQuestion) -> dict[str, NumberReading]:
    """Read the points that voices gave to each option, by option id; the question's options must be filled in."""
    rows = [option.id for option in question.options]
    split = split_cells(engagement, question, [(row, "") for row in rows])
    return {row: read_number(split, name_cell(question.id, row)) for row in rows}


def read_matrix(engagement: Engagement, question: GridQuestion) -> MatrixReading:
    """Read every cell of a matrix; the question's rows must be filled in."""
    places = [(row.id, column) for row in question.rows for column in question.cells]
    split = split_cells(engagement, question, [(row, column.id) for row, column in places])
    reading = MatrixReading(question)
    for row, column in places:
        _read_cell(split, column, reading, row)
    return reading


def _read_cell(split: Engagement, column: CellQuestion, reading: MatrixReading, row: str) -> None:
    """Read one cell into the part of `reading` its column's kind belongs to."""
    place, name = (row, column.id), name_cell(reading.question.id, row, column.id)
    match column:
        case ScaleQuestion():
            reading.scales[place] = read_scale(split, column.model_copy(update={"id": name}))
        case NumberQuestion():
            reading.numbers[place] = read_number(split, name)
        case ChoiceQuestion():
            reading.choices[place] = read_choice(split, column.model_copy(update={"id": name}))
        case TextQuestion():
            reading.words[place] = read_words(split, name)
        case _:
            pass


def read_number(engagement: Engagement, question: str) -> NumberReading:
    """Read one question (or cell) that is answered with a number."""
    known, unsure = _sort_responses(engagement, question)
    agreed = engagement.get_agreed(question)
    return NumberReading(
        question=question,
        responses=known,
        unsure=unsure,
        agreed=None if agreed == UNSURE else agreed,
        agreed_unsure=agreed == UNSURE,
        withheld=engagement.withheld.get(question),
        is_whole=engagement.told_as is Edition.PRIVATE,
        **count_left(engagement, question),
        source=name_source(engagement),
    )


def read_choice(engagement: Engagement, question: ChoiceQuestion) -> ChoiceReading:
    """Read one question (or cell) in which one option is chosen."""
    known, unsure = _sort_responses(engagement, question.id)
    agreed = engagement.get_agreed(question.id)
    return ChoiceReading(
        question=question.id,
        options=tuple(option.id for option in question.options),
        is_whole=engagement.told_as is Edition.PRIVATE,
        **count_left(engagement, question.id),
        source=name_source(engagement),
        responses=known,
        unsure=unsure,
        agreed=None if agreed == UNSURE else agreed,
        agreed_unsure=agreed == UNSURE,
        withheld=engagement.withheld.get(question.id),
    )


def _sort_responses(engagement: Engagement, question: str) -> tuple[tuple[Response, ...], tuple[Response, ...]]:
    """Return the known answers in order of size, and those that say "we do not know yet"."""
    given = engagement.list_responses(question)
    known = sorted((r for r in given if not r.is_unsure), key=lambda r: (r.value, r.voice or ""))
    return tuple(known), tuple(r for r in given if r.is_unsure)


def name_cell(question: str, row: str, column: str = "") -> str:
    """Return the name under which a cell is read."""
    return f"{question}.{row}.{column}" if column else f"{question}.{row}"


def split_cells(engagement: Engagement, question: PointsQuestion | GridQuestion, cells: list[Cell]) -> Engagement:
    """Return the engagement with each of a question's cells as a question of its own.

    A row or a whole answer that is unsure makes each of its cells unsure; a cell left out stays out.
    Other questions are not in what is returned.
    """
    key = question.id
    voices = (
        voice.model_copy(update={"answers": _split_answer(voice.answers.get(key), key, cells)})
        for voice in engagement.voices
    )
    agreed = _split_answer(engagement.agreed.answers.get(key), key, cells)
    return engagement.model_copy(
        update={
            "voices": tuple(voices),
            "agreed": engagement.agreed.model_copy(update={"answers": agreed}),
            "pools": _split_pool(engagement.pools.get(key, Pool()), key, cells),
            "withheld": dict(_list_withheld(engagement, question, cells)),
        }
    )


def _split_answer(answer: Any, question: str, cells: list[Cell]) -> dict[str, Any]:
    if answer is None:
        return {}
    found = _split_value(answer.value, question, cells)
    return {name: answer.model_copy(update={"value": value}) for name, value in found}


def _split_pool(pool: Pool, question: str, cells: list[Cell]) -> dict[str, Pool]:
    values: dict[str, list[Any]] = {}
    for whole in pool.values:
        for name, value in _split_value(whole, question, cells):
            values.setdefault(name, []).append(value)
    return {name: Pool(values=tuple(found)) for name, found in values.items()}


def _split_value(whole: Any, question: str, cells: list[Cell]) -> Iterator[tuple[str, Any]]:
    for row, column in cells:
        value = whole.get(row) if isinstance(whole, dict) else whole
        if column and isinstance(value, dict):
            value = value.get(column)
        if value is not None:
            yield name_cell(question, row, column), value


def _list_withheld(
    engagement: Engagement, question: PointsQuestion | GridQuestion, cells: list[Cell]
) -> Iterator[tuple[str, Withheld]]:
    """Yield why a cell is held back: for its question's reason, or because too few are left in it.

    An edition that thins cells does not say which, so an empty cell beside filled ones counts as held back.
    """
    whole = engagement.withheld.get(question.id)
    given = engagement.list_responses(question.id)
    filled = {name for response in given for name, _ in _split_value(response.value, question.id, cells)}
    thinned = bool(given) and not question.is_words and _is_thinned(engagement, question.id)
    for row, column in cells:
        name = name_cell(question.id, row, column)
        if thinned and name not in filled:
            yield name, "small_group"
        elif whole:
            yield name, whole


def _is_thinned(engagement: Engagement, question: str) -> bool:
    """Whether cells that too few answered have been taken out of this question's answers."""
    hidden = engagement.pools.get(question, Pool()).values or question in engagement.withheld
    return engagement.told_as is Edition.PUBLIC or (engagement.told_as is Edition.PARTNERS and bool(hidden))
