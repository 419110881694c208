"""What moved between two rounds, scale by scale: where the same people moved, and how few they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbook.analysis.voices.consensus import agreement
from workbook.model.answers import Voice
from workbook.model.chapters import list_asked_chapters, list_questions
from workbook.model.engagement import Engagement
from workbook.model.questions import GridQuestion, Question, ScaleQuestion


@dataclass(frozen=True)
class Pair:
    """One person's answer in the last round and in this one, as steps of a scale."""

    who: str
    then: int
    now: int


@dataclass(frozen=True)
class Move:
    """One scale over two rounds: the same people's answers, and the group's where it agreed in both.

    `row` and `column` name a cell of a matrix.
    """

    chapter: str
    question: str
    row: str
    column: str
    steps: tuple[str, ...]
    pairs: tuple[Pair, ...]
    agreed: tuple[int, int] | None

    @property
    def up(self) -> int:
        """How many of the same people went up."""
        return sum(one.now > one.then for one in self.pairs)

    @property
    def down(self) -> int:
        """How many of the same people went down."""
        return sum(one.now < one.then for one in self.pairs)

    @property
    def is_moved(self) -> bool:
        """Whether anybody who answered in both rounds moved, or the group did."""
        return bool(self.up or self.down or (self.agreed and self.agreed[0] != self.agreed[1]))

    @property
    def agreements(self) -> tuple[float, float] | None:
        """Van der Eijk's A of the same people then and now; None for fewer than two."""
        if len(self.pairs) < 2:
            return None
        counts = [
            [sum(getattr(one, when) == step for one in self.pairs) for step in range(len(self.steps))]
            for when in ("then", "now")
        ]
        return agreement(counts[0]), agreement(counts[1])


def list_moves(then: Engagement, now: Engagement) -> tuple[Move, ...]:
    """Return every scale that somebody answered in both rounds, or the group did, in the order of the chapters.

    Both hold only what can be compared (`find_same`), under one id a person.
    """
    questions, before = list_questions(now.facts), list_questions(then.facts)
    return tuple(
        move
        for chapter in list_asked_chapters(now.facts)
        for asked in chapter.questions
        if asked.id in before
        for move in _list_moves(chapter.id, questions[asked.id], then, now)
    )


def _list_moves(chapter: str, question: Question, then: Engagement, now: Engagement) -> Iterator[Move]:
    for row, column, steps in _list_scales(question):
        pairs = tuple(_pair(question.id, (row, column), len(steps), then, now))
        agreed = _pair_values(
            *(_find(one.agreed.answers, question.id, (row, column), len(steps)) for one in (then, now))
        )
        if pairs or agreed:
            yield Move(chapter, question.id, row, column, steps, pairs, agreed)


def _list_scales(question: Question) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if isinstance(question, ScaleQuestion):
        yield "", "", question.steps
    elif isinstance(question, GridQuestion) and question.kind == "matrix":
        for row in question.rows:
            for column in question.columns:
                if column.kind == "scale":
                    yield row.id, column.id, column.steps


def _pair(question: str, place: tuple[str, str], steps: int, then: Engagement, now: Engagement) -> Iterator[Pair]:
    labels = now.labels
    before: Mapping[str, Voice] = {voice.id: voice for voice in then.voices}
    for voice in now.voices:
        if voice.id in before:
            values = [_find(one.answers, question, place, steps) for one in (before[voice.id], voice)]
            if (pair := _pair_values(*values)) is not None:
                yield Pair(labels[voice.id], *pair)


def _pair_values(then: int | None, now: int | None) -> tuple[int, int] | None:
    return None if then is None or now is None else (then, now)


def _find(answers: Mapping[str, Any], question: str, place: tuple[str, str], steps: int) -> int | None:
    """Return a step that was answered; None where it was not, is not known, or is no step of today's scale."""
    value = answers[question].value if question in answers else None
    for key in place if place[0] else ():
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, int) and 0 <= value < steps else None
