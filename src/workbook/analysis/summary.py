"""The summary: every chapter's reading of one engagement, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbook.analysis import audiences, framing, learning_modes, permission, practices, rounds, safety
from workbook.analysis.agenda_points import Dispute
from workbook.analysis.audiences.audiences import AudiencesReading
from workbook.analysis.audiences.names import name_audience
from workbook.analysis.discovery.discovery import DiscoveryReading, read_discovery
from workbook.analysis.framing import FramingReading
from workbook.analysis.learning_modes import LearningModesReading
from workbook.analysis.permission import PermissionReading
from workbook.analysis.practices import PracticesReading
from workbook.analysis.remarks import RemarksReading, read_remarks
from workbook.analysis.resources import resources
from workbook.analysis.resources.points import list_points as list_money_points
from workbook.analysis.resources.resources import ResourcesReading
from workbook.analysis.rounds import RoundsReading
from workbook.analysis.safety import SafetyReading
from workbook.analysis.sides import Group, SidesReading, read_sides
from workbook.analysis.start_here import StartReading, read_start_here
from workbook.analysis.system_map import system_map
from workbook.analysis.system_map.system_map import SystemMapReading
from workbook.analysis.voices.scales import ScaleReading
from workbook.model.answers import Edition
from workbook.model.engagement import Engagement, Facts


@dataclass(frozen=True)
class SummaryReading:
    """All chapters' readings; `fingerprint` changes with anything this edition holds."""

    slug: str
    facts: Facts
    edition: Edition
    fingerprint: str
    draft: bool
    start_here: StartReading
    framing: FramingReading
    discovery: DiscoveryReading
    audiences: AudiencesReading
    learning_modes: LearningModesReading
    resources: ResourcesReading
    permission: PermissionReading
    safety: SafetyReading
    practices: PracticesReading
    system_map: SystemMapReading
    remarks: RemarksReading
    sides: SidesReading
    rounds: RoundsReading

    @property
    def disputes(self) -> tuple[Dispute, ...]:
        """Every strong disagreement of every chapter, in the agenda's order: that which most hangs on first."""
        return tuple(dispute for entry in self.discovery.agenda for dispute in entry.disputes)

    @property
    def is_begun(self) -> bool:
        """Whether this edition holds any answer at all."""
        return self.discovery.anybody

    @property
    def heard(self) -> int | None:
        """How many voices answered; None where that may not be said."""
        return self.start_here.heard

    @property
    def heard_enough(self) -> bool:
        """Whether two voices or more can be compared at all in this edition."""
        permitted = any(len(one.cell.responses) > 1 for one in self.permission.audiences)
        return permitted or any(len(scale.responses) > 1 for scale in self._list_scales())

    @property
    def are_unsure(self) -> bool:
        """Whether two voices or more say of the same question that they do not know yet."""
        return any(len(scale.unsure) > 1 for scale in self._list_scales())

    @property
    def wide_points(self) -> tuple[str, ...]:
        """The audiences and the kinds of spending on whose points voices lie far apart, which no scale shows."""
        people = [name_audience(one.reading.audience) for one in self.audiences.clashes]
        return (*people, *resources.list_wide_points(self.resources))

    def _list_scales(self) -> list[ScaleReading]:
        scales = [scale for facet in self.framing.facets for scale in (facet.seed, facet.soil)]
        scales += [*self.learning_modes.scales, *self.discovery.scales.values()]
        return scales + [scale for one in self.practices.practices for scale in (one.today, one.wanted)]


def read_summary(engagement: Engagement) -> SummaryReading:
    """Read every chapter of an engagement, each once."""
    framed = framing.read_framing(engagement)
    heard = audiences.read_audiences(engagement)
    modes = learning_modes.read_learning_modes(engagement)
    leave = permission.read_permission(engagement)
    safe = safety.read_safety(engagement)
    money = resources.read_resources(engagement, openness=safe.openness, standing=leave.standing)
    practised = practices.read_practices(engagement)
    mapped = system_map.read_system_map(engagement)
    followed = rounds.read_rounds(engagement)
    points = (
        *framing.list_points(framed),
        *audiences.list_points(heard),
        *learning_modes.list_points(modes),
        *list_money_points(money),
        *permission.list_points(leave),
        *safety.list_points(safe),
        *practices.list_points(practised),
        *system_map.list_points(mapped),
        *rounds.list_points(followed),
    )
    found = read_discovery(engagement, points=points)
    return SummaryReading(
        slug=engagement.slug,
        facts=engagement.facts,
        edition=engagement.edition,
        fingerprint=engagement.fingerprint,
        draft=engagement.draft,
        start_here=read_start_here(engagement),
        framing=framed,
        discovery=found,
        audiences=heard,
        learning_modes=modes,
        resources=money,
        permission=leave,
        safety=safe,
        practices=practised,
        system_map=mapped,
        remarks=read_remarks(engagement),
        sides=read_sides(engagement, _group_scales(framed, practised, modes, found)),
        rounds=followed,
    )


def _group_scales(
    framed: FramingReading, practised: PracticesReading, modes: LearningModesReading, found: DiscoveryReading
) -> Iterator[Group]:
    """Yield the scales of the chapters that belong together, for the pattern of disagreement."""
    yield "hopes", [one.seed for one in framed.facets]
    yield "habits", [one.soil for one in framed.facets]
    yield "today", [one.today for one in practised.practices]
    yield "wanted", [one.wanted for one in practised.practices]
    yield "modes", [one.who_finds for one in modes.audiences]
    yield "discovery", list(found.scales.values())


def find_opposed(disputes: Iterable[Dispute]) -> tuple[tuple[str, str], int] | None:
    """Return the two voices most often on opposite sides, and how often; None below twice, or where two pairs tie.

    Only voices that may be named count.
    """
    pairs = Counter(pair for one in disputes for pair in _list_pairs(one))
    first, second, *_ = (*pairs.most_common(2), None, None)
    if first is None or first[1] < 2 or (second is not None and second[1] == first[1]):
        return None
    return first


def _list_pairs(one: Dispute) -> set[tuple[str, str]]:
    sides = (one.scale.low_side, one.scale.high_side) if one.scale else tuple(side for _, side in one.camps)
    named = [{r.voice for r in side if r.voice} for side in sides]
    return {
        (min(a, b), max(a, b))
        for k, side in enumerate(named)
        for other in named[k + 1 :]
        for a in side
        for b in other
        if a != b
    }
