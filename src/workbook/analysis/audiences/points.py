"""What chapter 03 puts on the discovery agenda."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from workbook.analysis.agenda_points import AgendaPoint
from workbook.analysis.audiences.audiences import AudienceReading, AudiencesReading, Clash
from workbook.analysis.audiences.names import join_names, name_audience
from workbook.model.chapters import Chapter
from workbook.theme import end_sentence

MOST_ASKED = 2  # voices of each side that an agenda point names


def list_points(reading: AudiencesReading) -> tuple[AgendaPoint, ...]:
    """Return what only this chapter would ask: clashes, an order that is not the points', and gaps."""
    return (*_ask_priorities(reading), *_ask_people(reading), *_ask_questions(reading), *_ask_changes(reading))


def _ask_priorities(reading: AudiencesReading) -> Iterable[AgendaPoint]:
    words = reading.chapter
    for clash in reading.clashes[:1]:
        points, name = clash.reading.points, name_audience(clash.reading.audience)
        text = words.get_word("agenda.clash").format(audience=name, high=f"{points.high:g}", low=f"{points.low:g}")
        yield _make_point("points", "disagreement", text, _name_whom(clash, words), 3)
    if reading.pattern == "order_differs":
        agreed, given = (_name(reading.list_first(order)) for order in (reading.agreed_places, reading.places))
        text = words.get_word("agenda.order").format(agreed=agreed, points=given)
        yield _make_point("order", "tension", text, words.get_word("agenda.order_whom"), 3)


def _ask_people(reading: AudiencesReading) -> Iterable[AgendaPoint]:
    words = reading.chapter
    if reading.audiences and not reading.list_in("people"):
        yield _make_point("people", "gap", words.get_word("agenda.people"), words.get_word("agenda.people_whom"), 3)
    elif reading.not_asked:
        text = words.get_word("agenda.not_asked").format(audience=_name(reading.not_asked))
        yield _make_point("not_asked", "gap", text, words.get_word("agenda.order_whom"), 3)
    elif reading.leaves_people_out:
        text = words.get_word("agenda.people_unheard")
        yield _make_point("people", "gap", text, words.get_word("agenda.people_whom"), 3)


def _ask_questions(reading: AudiencesReading) -> Iterable[AgendaPoint]:
    words = reading.chapter
    whom = words.get_word("agenda.questions_whom")
    if not reading.questions:
        yield _make_point("questions", "gap", words.get_word("agenda.questions"), whom, 3)
    for number, one in enumerate(reading.questions, 1):
        if one.faults:
            late = {"past": "past", "early": "timing", "after_end": "after_end"}.get(one.faults[0], "question")
            text = words.get_word(f"agenda.{late}").format(question=end_sentence(one.question.question))
            yield _make_point(f"question_{number}", "gap", text, whom, 2 if late == "question" else 1.5)


def _ask_changes(reading: AudiencesReading) -> Iterable[AgendaPoint]:
    """Ask what should change for those who come first, where no answer shown says so."""
    words = reading.chapter
    for one in reading.top:
        if one.change.state == "missing" and not one.change.withheld:
            name = name_audience(one.audience)
            text, whom = (words.get_word(f"agenda.{part}").format(audience=name) for part in ("change", "change_whom"))
            yield _make_point("do_differently", "gap", text, whom, 2)


def _make_point(
    subject: str, reason: Literal["disagreement", "tension", "gap"], text: str, whom: str, weight: float
) -> AgendaPoint:
    return AgendaPoint(
        subject=f"audiences.{subject}", chapter="audiences", reason=reason, text=text, whom=whom, weight=weight
    )


def _name_whom(clash: Clash, words: Chapter) -> str:
    named = list(dict.fromkeys(r.voice for r in (*clash.most[:MOST_ASKED], *clash.least[:MOST_ASKED]) if r.voice))
    return "; ".join(named) or words.get_word("agenda.order_whom")


def _name(audiences: Iterable[AudienceReading]) -> str:
    return join_names([name_audience(one.audience) for one in audiences])
