"""The discovery agenda of an engagement: open answers of every chapter and each chapter's own points, in one order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from workbook.analysis import framing, learning_modes, permission, practices, safety
from workbook.analysis.agenda.ask_aloud import make_entries
from workbook.analysis.agenda.loose_ends import list_loose_ends
from workbook.analysis.agenda_points import AgendaEntry, AgendaPoint, merge_points, order_entries
from workbook.analysis.audiences import audiences
from workbook.analysis.resources import resources
from workbook.analysis.system_map import system_map
from workbook.model.chapters import CHAPTERS, load_chapter
from workbook.model.engagement import Engagement


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
    return order_entries(merge_points(entries, given), CHAPTERS, words)


def collect_points(engagement: Engagement) -> Iterator[AgendaPoint]:
    """Yield the points of every chapter but discovery, in the order of chapters."""
    yield from framing.list_points(framing.read_framing(engagement))
    yield from audiences.list_points(audiences.read_audiences(engagement))
    yield from learning_modes.list_points(learning_modes.read_learning_modes(engagement))
    yield from resources.list_points(resources.read_resources(engagement))
    yield from permission.list_points(permission.read_permission(engagement))
    yield from safety.list_points(safety.read_safety(engagement))
    yield from practices.list_points(practices.read_practices(engagement))
    yield from system_map.list_points(system_map.read_system_map(engagement))
