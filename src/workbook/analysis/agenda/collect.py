"""The discovery agenda of an engagement: open answers of every chapter and each chapter's own points, in one order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from workbook.analysis.agenda.ask_aloud import make_entries
from workbook.analysis.agenda.loose_ends import list_loose_ends
from workbook.analysis.agenda_points import AgendaEntry, AgendaPoint, merge_points, order_entries, tell_whom
from workbook.content import list_chapter_names
from workbook.model.chapters import load_chapter
from workbook.model.engagement import Engagement

_OWN = "discovery"  # the agenda is this chapter's: it hands its own points over


def collect_agenda(
    engagement: Engagement,
    *,
    own: Iterable[AgendaPoint] = (),
    points: Iterable[AgendaPoint] | None = None,
    settled: Collection[str] = (),
) -> tuple[AgendaEntry, ...]:
    """Return the finished list, weightiest first, no subject twice.

    `own` are the discovery chapter's points; `points` those of the other chapters, read anew where not given;
    `settled` the questions that the engagement's facts answer.
    """
    words = load_chapter("discovery")
    given = [*own, *(collect_points(engagement) if points is None else points)]
    ends = list_loose_ends(engagement, settled=settled)
    entries = make_entries(ends, words, kept=[point.subject for point in given])
    merged = order_entries(merge_points(entries, given), list_chapter_names(), words)
    return tuple(replace(one, whom=tuple(tell_whom(each, engagement.facts) for each in one.whom)) for one in merged)


def collect_points(engagement: Engagement, readings: Mapping[str, Any] | None = None) -> Iterator[AgendaPoint]:
    """Yield the points of every chapter but discovery, in the order of chapters; no chapter in `readings` is read anew.

    A chapter named X is read by `read_X` of `analysis.X`, which puts its points by `list_points`; a chapter without
    puts none. So a new chapter's points are in the agenda without being named here.
    """
    for name in list_chapter_names():
        topic = f"workbook.analysis.{name}"
        if name == _OWN or not find_spec(topic):
            continue
        analysis = import_module(topic)
        if hasattr(analysis, "list_points"):
            reading = (readings or {}).get(name) or getattr(analysis, f"read_{name}")(engagement)
            yield from analysis.list_points(reading)
