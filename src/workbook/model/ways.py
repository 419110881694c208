"""How much of the workbook somebody goes through: `content/ways.yaml`, and how long it takes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

from workbook.content import name_content
from workbook.errors import NotFoundError
from workbook.model.base import Frozen, Text
from workbook.model.chapters import list_chapters
from workbook.model.questions import (
    ChoiceQuestion,
    DateQuestion,
    GridQuestion,
    NumberQuestion,
    PointsQuestion,
    Question,
    ScaleQuestion,
)
from workbook.model.wordings import load_wording

WAYS = "ways"
SECONDS_A_MINUTE = 60


class Way(Frozen):
    """One way through: the questions it asks and the facts, all of them where it names none."""

    id: str
    label: Text
    help: Text
    asks: tuple[str, ...]
    facts: tuple[str, ...]

    def asks_question(self, question: str) -> bool:
        """Whether this way asks a question: by its id, or by the beginning of it."""
        return not self.asks or any(question == one or question.startswith(f"{one}.") for one in self.asks)

    def asks_fact(self, key: str) -> bool:
        """Whether this way asks for a fact."""
        return not self.facts or key in self.facts


def list_ways() -> tuple[Way, ...]:
    """Return the ways, the shortest first."""
    return _list_ways(name_content())


@cache
def _list_ways(_content: str) -> tuple[Way, ...]:
    return tuple(Way.model_validate(one) for one in load_wording(WAYS).words[WAYS])


EVERYTHING = Way(id="everything", label="Everything", help="All questions.", asks=(), facts=())


def find_way(name: object) -> Way:
    """Return the way of that name; all of it where there is none of that name."""
    return next((way for way in list_ways() if way.id == name), EVERYTHING) if name else EVERYTHING


def choose_way(name: str, chapters: Iterable[str] = ()) -> Way:
    """Return the way of that name; without one, all of the chapters that are named, else the shortest.

    Raises NotFoundError that says which ways there are.
    """
    known = {way.id: way for way in list_ways()}
    if not name:
        return EVERYTHING if list(chapters) else next(iter(known.values()))
    if name not in known:
        raise NotFoundError(f"There is no way called {name!r}. Type one of: {', '.join(known)}.")
    return known[name]


def list_asked(name: str) -> frozenset[str]:
    """Return the id of every question that a way asks."""
    way = find_way(name)
    return frozenset(one.id for chapter in list_chapters() for one in chapter.questions if way.asks_question(one.id))


def count_minutes(questions: Iterable[Question]) -> int:
    """Return the minutes it takes to answer questions, at least one; none where nothing is asked."""
    seconds = sum(map(_count_seconds, questions))
    return math.ceil(seconds / SECONDS_A_MINUTE)


def _count_seconds(question: Question) -> float:
    words = load_wording(WAYS)
    if isinstance(question, GridQuestion):
        rows = len(question.rows) if question.kind == "matrix" else words.get_number("table_rows")
        return words.get_number("seconds_cell") * rows * len(question.columns)
    if isinstance(question, PointsQuestion):
        return words.get_number("seconds_points")
    if isinstance(question, ScaleQuestion | ChoiceQuestion):
        return words.get_number("seconds_step")
    return words.get_number(
        "seconds_number" if isinstance(question, NumberQuestion | DateQuestion) else "seconds_words"
    )
