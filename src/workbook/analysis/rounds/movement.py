"""What moved between two rounds, answer by answer: where the same people moved, and how few they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from workbook.analysis.voices.consensus import agreement
from workbook.model.answers import Voice
from workbook.model.chapters import list_asked_chapters, list_questions
from workbook.model.editions.rounds import ABOUT_PROMISES
from workbook.model.engagement import Engagement
from workbook.model.questions import (
    POINTS,
    ChoiceQuestion,
    GridQuestion,
    NumberQuestion,
    PointsQuestion,
    Question,
    ScaleQuestion,
)
from workbook.model.wordings import load_wording

Kind = Literal["scale", "choice", "points", "number", "money"]


@dataclass(frozen=True)
class Place:
    """Where an answer stands: a cell of a matrix, a row of points, or a question itself (no row, no column).

    `steps` are the ids of a choice; of a scale, its steps in words. An amount has none.
    """

    row: str
    column: str
    kind: Kind
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """One person's answer in the last round and in this one: a step of a scale or a list from 0, or an amount."""

    who: str
    then: float
    now: float


@dataclass(frozen=True)
class Move:
    """One answer over two rounds: the same people's, and the group's where it agreed in both.

    `row` and `column` name a cell of a matrix or a row of points; `steps` word a scale's or a list's steps.
    """

    chapter: str
    question: str
    row: str
    column: str
    kind: Kind
    steps: tuple[str, ...]
    pairs: tuple[Pair, ...]
    agreed: tuple[float, float] | None

    @property
    def up(self) -> int:
        """How many of the same people went up a scale or say more; of a list, which has no order, nobody."""
        return 0 if self.kind == "choice" else sum(one.now > one.then for one in self.pairs)

    @property
    def down(self) -> int:
        """How many of the same people went down a scale or say less; of a list, which has no order, nobody."""
        return 0 if self.kind == "choice" else sum(one.now < one.then for one in self.pairs)

    @property
    def changed(self) -> tuple[Pair, ...]:
        """Those of the same people whose answer is another one now."""
        return tuple(one for one in self.pairs if one.now != one.then)

    @property
    def turns(self) -> tuple[tuple[tuple[float, float], int], ...]:
        """Each change of a choice, from and to, with how many made it; the most frequent first."""
        return tuple(Counter((one.then, one.now) for one in self.changed).most_common())

    @property
    def middles(self) -> tuple[float, float] | None:
        """The median of the same people then and now; None for a choice and for nobody."""
        if self.kind == "choice" or not self.pairs:
            return None
        return median(one.then for one in self.pairs), median(one.now for one in self.pairs)

    @property
    def apart(self) -> tuple[bool, bool]:
        """Whether the same people lay far apart then, and do now, as `voices.scales` counts it; scales alone can."""
        words = load_wording("voices")
        far, low = words.get_number("strong_range"), words.get_number("strong_agreement")
        if self.agreed or self.agreements is None:
            return False, False
        ranges = [[getattr(one, when) for one in self.pairs] for when in ("then", "now")]
        first, second = (
            max(each) - min(each) >= far and measure < low
            for each, measure in zip(ranges, self.agreements, strict=True)
        )
        return first, second

    @property
    def is_moved(self) -> bool:
        """Whether anybody who answered in both rounds moved, or the group did."""
        return bool(self.changed or (self.agreed and self.agreed[0] != self.agreed[1]))

    @property
    def agreements(self) -> tuple[float, float] | None:
        """Van der Eijk's A of the same people then and now (`consensus.agreement`); None for fewer than two.

        It is a measure for a scale: of lists and amounts there is none.
        """
        if len(self.pairs) < 2 or self.kind != "scale":
            return None
        counts = [
            [sum(getattr(one, when) == step for one in self.pairs) for step in range(len(self.steps))]
            for when in ("then", "now")
        ]
        return agreement(counts[0]), agreement(counts[1])


def list_moves(then: Engagement, now: Engagement) -> tuple[Move, ...]:
    """Return every answer that somebody gave in both rounds, or the group did, in the order of the chapters.

    Both hold only what can be compared (`find_same`), under one id a person. Whether a promise was kept is no
    movement: the promises of two rounds are not the same.
    """
    questions, before = list_questions(now.facts), list_questions(then.facts)
    return tuple(
        move
        for chapter in list_asked_chapters(now.facts)
        for asked in chapter.questions
        if asked.id in before and asked.id not in ABOUT_PROMISES
        for move in _list_moves(chapter.id, questions[asked.id], then, now)
    )


def _list_moves(chapter: str, question: Question, then: Engagement, now: Engagement) -> Iterator[Move]:
    for place in _list_places(question):
        pairs = tuple(_pair(question.id, place, then, now))
        agreed = _pair_values(*(_find(one.agreed.answers, question.id, place) for one in (then, now)))
        if pairs or agreed:
            words = _word_steps(question, place)
            yield Move(chapter, question.id, place.row, place.column, place.kind, words, pairs, agreed)


def _list_places(question: Question) -> Iterator[Place]:
    """List where a question's answers stand that can be compared; words cannot."""
    if isinstance(question, PointsQuestion):
        yield from (Place(option.id, "", "points") for option in question.options)
    elif isinstance(question, GridQuestion) and question.kind == "matrix":
        yield from (_place(cell, row.id, cell.id) for row in question.rows for cell in _list_cells(question))
    elif isinstance(question, ScaleQuestion | NumberQuestion) or _is_one_choice(question):
        yield _place(question, "", "")


def _list_cells(question: GridQuestion) -> tuple[Any, ...]:
    """Return the columns to compare: all that are no words; of a least, a likely and a most one, the likely one."""
    cells = tuple(
        one for one in question.cells if isinstance(one, ScaleQuestion | NumberQuestion) or _is_one_choice(one)
    )
    return cells[len(cells) // 2 :][:1] if question.ordered else cells


def _is_one_choice(question: Question) -> bool:
    return isinstance(question, ChoiceQuestion) and question.kind == "choice"


def _place(cell: Any, row: str, column: str) -> Place:
    if isinstance(cell, ScaleQuestion):
        return Place(row, column, "scale", cell.steps)
    if isinstance(cell, ChoiceQuestion):
        return Place(row, column, "choice", tuple(option.id for option in cell.options))
    return Place(row, column, "money" if cell.kind == "money" else "number")


def _word_steps(question: Question, place: Place) -> tuple[str, ...]:
    if place.kind != "choice":
        return place.steps
    cells = question.cells if isinstance(question, GridQuestion) else (question,)
    found = next(one for one in cells if isinstance(one, ChoiceQuestion) and one.id in (place.column, question.id))
    return tuple(option.label for option in found.options)


def _pair(question: str, place: Place, then: Engagement, now: Engagement) -> Iterator[Pair]:
    labels = now.labels
    before: Mapping[str, Voice] = {voice.id: voice for voice in then.voices}
    for voice in now.voices:
        if voice.id in before:
            values = [_find(one.answers, question, place) for one in (before[voice.id], voice)]
            if (pair := _pair_values(*values)) is not None:
                yield Pair(labels[voice.id], *pair)


def _pair_values(then: float | None, now: float | None) -> tuple[float, float] | None:
    return None if then is None or now is None else (then, now)


def _find(answers: Mapping[str, Any], question: str, place: Place) -> float | None:
    """Return what was answered; None where it was not, is not known, or is nothing that today's question takes."""
    value = answers[question].value if question in answers else None
    for key in filter(None, (place.row, place.column)):
        value = value.get(key) if isinstance(value, Mapping) else None
    if place.kind == "choice":
        return place.steps.index(value) if value in place.steps else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if place.kind == "points":
        return value if 0 <= value <= POINTS else None
    return value if place.kind != "scale" or value in range(len(place.steps)) else None
