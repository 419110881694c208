"""What the engagement's file says is not known, or says two ways: points of the agenda."""

from __future__ import annotations

from collections.abc import Iterable

from workbook.analysis.agenda_points import AgendaPoint
from workbook.model.base import UNSURE
from workbook.model.chapters import Chapter
from workbook.model.engagement import Facts


def list_fact_points(facts: Facts, words: Chapter) -> Iterable[AgendaPoint]:
    """Yield a point for each fact of the commission that is not known, and for days that contradict each other."""
    whom = words.get_word("facts_point.whom")
    if facts.budget == UNSURE:
        yield AgendaPoint("start_here.money", "start_here", "unsure", words.get_word("facts_point.budget"), whom, 3)
    elif facts.most_money and facts.vat == UNSURE:
        yield AgendaPoint("start_here.money", "start_here", "unsure", words.get_word("facts_point.vat"), whom, 1)
    if facts.begins_before_bids:
        yield AgendaPoint("start_here.order", "start_here", "tension", words.get_word("facts_point.order"), whom, 2)
    if UNSURE in (facts.start, facts.end):
        yield AgendaPoint("start_here.dates", "start_here", "unsure", words.get_word("facts_point.dates"), whom, 2)
