"""Chapter 05, what to ask about the plan and the money: points of the agenda."""

from __future__ import annotations

from workbook.analysis.agenda_points import AgendaPoint, Reason
from workbook.analysis.audiences.names import name_audience
from workbook.analysis.resources.resources import ResourcesReading, name_doubt, word_wanted_share
from workbook.theme import format_money, format_percent


def list_points(reading: ResourcesReading) -> tuple[AgendaPoint, ...]:
    """Ask about a plan that misses its budget or what voices would do, people nothing reaches, unpaid time, a guess."""
    return (
        *_ask_budget(reading),
        *_ask_split(reading),
        *_ask_reach(reading),
        *_ask_time(reading),
        *_ask_guess(reading),
    )


_WORDED: dict[str, tuple[str, Reason, str]] = {
    "over": ("over", "tension", "whom_plan"),
    "unplanned": ("unplanned", "gap", "whom_plan"),
    "points": ("split", "tension", "whom"),
    "reach": ("mechanism", "gap", "whom"),
    "time": ("time", "gap", "whom"),
    "time_spent": ("time_spent", "tension", "whom_plan"),
    "guess": ("guess", "guess", "whom_guess"),
}


def _make_point(reading: ResourcesReading, subject: str, weight: float, **words: str) -> AgendaPoint:
    """Word a point; `subject` begins with the kind of point."""
    template, reason, whom = _WORDED[subject.partition(".")[0]]
    return AgendaPoint(
        subject=f"resources.{subject}",
        chapter="resources",
        reason=reason,
        text=reading.chapter.get_word(f"agenda.{template}").format(**words),
        whom=reading.chapter.get_word(f"agenda.{whom}"),
        weight=weight,
    )


def _ask_split(reading: ResourcesReading) -> list[AgendaPoint]:
    planned = reading.plan.use_share if reading.plan else None
    wanted = reading.wanted_use_share
    apart = reading.chapter.get_number("points_apart") / 100
    if planned is None or wanted is None or abs(planned - wanted) < apart:
        return []
    who = reading.chapter.get_word(f"split_who.{reading.points_origin}")
    words = {"plan": format_percent(planned), "voices": word_wanted_share(reading), "who": who}
    return [_make_point(reading, "points", 2 + abs(planned - wanted), **words)]


def _ask_budget(reading: ResourcesReading) -> list[AgendaPoint]:
    """Ask what gives where the plan costs more than there is, and what the rest is for where much is not in it."""
    plan, most = reading.plan, reading.facts.most_money
    if plan is None or not plan.over or not most:
        return []
    words = {
        name: format_money(value, reading.facts.currency)
        for name, value in (("over", abs(plan.over)), ("budget", most))
    }
    if plan.over > 0:
        return [_make_point(reading, "over", 3.0, **words)]
    wide = -plan.over >= reading.chapter.get_number("unplanned") * most
    return [_make_point(reading, "unplanned", 2.0, **words)] if wide else []


def _ask_reach(reading: ResourcesReading) -> list[AgendaPoint]:
    names = {audience.id: name_audience(audience) for audience in reading.facts.audiences}
    return [
        _make_point(reading, f"reach.{one.audience}", 2.0, audience=names[one.audience]) for one in reading.unreached
    ]


def _ask_time(reading: ResourcesReading) -> list[AgendaPoint]:
    plan = reading.plan
    paid = plan is None or plan.cost_of("participants_time") > 0
    if paid:
        return []
    spent = reading.spent_on("participants_time")
    subject = "time_spent" if spent else "time"
    return [_make_point(reading, subject, 2.0, spent=format_money(spent, reading.facts.currency))]


def _ask_guess(reading: ResourcesReading) -> list[AgendaPoint]:
    """Ask for the figure worth settling first, where it is still a default of ours."""
    if reading.tradeoff is None or not reading.tradeoff.settling or reading.is_ours:
        return []
    first = reading.tradeoff.settling[0]
    source = reading.elicited.inputs.get(first.doubt)
    if source is None or not source.is_ours or first.relative < reading.chapter.get_number("settle_worth"):
        return []
    subject = ".".join(part for part in ("guess", *first.doubt) if part)
    return [_make_point(reading, subject, 2.0, figure=name_doubt(reading, first.doubt))]
