"""What comes next in a commission: the first date after the day up to which its facts hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workbook.model.engagement import Facts
from workbook.model.loose_days import find_span
from workbook.model.wordings import load_wording
from workbook.views.pieces.facts import write_day
from workbook.views.pieces.room import shorten

Dated = tuple[date | str | None, str]


def write_next(facts: Facts) -> str:
    """Say what is due next and when; without a day up to which the facts hold, the first date of all is taken."""
    words, held = load_wording("portfolio"), find_span(facts.as_of)
    spans = [(span, day, what) for day, what in _list_dates(facts) if (span := find_span(day))]
    ahead = [one for one in spans if held is None or one[0][1] > held[0]]
    if not ahead:
        return words.get_word("due.past" if spans else "due.none")
    _, day, what = min(ahead, key=lambda one: one[0])
    return words.get_word("due.item").format(day=write_day(day), what=what)


def _list_dates(facts: Facts) -> Iterator[Dated]:
    words = load_wording("portfolio")
    yield facts.deadline, words.get_word("due.deadline")
    yield from ((one.when, shorten(one.what, "most_typed")) for one in facts.timetable)
    yield facts.start, words.get_word("due.start")
    yield from ((one.by, words.get_word("due.decision")) for one in facts.learning_questions)
    yield facts.end, words.get_word("due.end")
