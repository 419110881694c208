"""What a round puts on the discovery agenda: promises that were not kept, or that those concerned see differently."""

from __future__ import annotations

from workbook.analysis.agenda_points import AgendaPoint, Reason
from workbook.analysis.rounds.promises import State
from workbook.analysis.rounds.rounds import RoundsReading

PUT: tuple[tuple[State, Reason], ...] = (("not", "gap"), ("disputed", "disagreement"))


def list_points(reading: RoundsReading) -> tuple[AgendaPoint, ...]:
    """Return an agenda point for each promise that was not kept and each that is disputed, those not kept first."""
    words = reading.chapter
    return tuple(
        AgendaPoint(
            subject=f"rounds.{one.promise.id}",
            chapter="rounds",
            reason=reason,
            text=words.get_word(f"agenda.{state}").format(what=one.promise.what.rstrip(". ")),
            whom=words.get_word("agenda.whom"),
            weight=words.get_number(f"agenda_{state}"),
        )
        for state, reason in PUT
        for one in reading.list_in(state)
    )
