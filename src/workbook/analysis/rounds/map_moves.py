"""The system map beside that of the last round: what the group drew anew, took out, turned round or is surer of.

Only the group's map is compared. Factors are words, and of single people's words a next round holds none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workbook.analysis.system_map.system_map import SystemMapReading, read_system_map
from workbook.analysis.system_map.tables import SURENESS, Link, fold_name
from workbook.model.engagement import Engagement

Key = tuple[str, str]
TABLE = "system_map.links"


@dataclass(frozen=True)
class MapMoves:
    """Links of two maps: in one only, or in both (as they were and as they are) with another sign or certainty.

    `loops` are how many ways round were found then and now, None where a search ended before all were found;
    `goals` are what the work is for where that is another factor now.
    """

    new: tuple[Link, ...]
    gone: tuple[Link, ...]
    turned: tuple[tuple[Link, Link], ...]
    surer: tuple[tuple[Link, Link], ...]
    doubted: tuple[tuple[Link, Link], ...]
    loops: tuple[int, int] | None
    goals: tuple[str, str] | None

    @property
    def is_moved(self) -> bool:
        """Whether the two maps differ in anything that is told."""
        return bool(self.new or self.gone or self.turned or self.surer or self.doubted or self.goals)


def read_map_moves(then: Engagement, now: Engagement) -> MapMoves | None:
    """Return how the group's map changed; None where it did not draw one in both rounds."""
    if any(TABLE not in one.agreed.answers for one in (then, now)):
        return None
    drawn = [read_system_map(_keep_group(one)) for one in (then, now)]
    before, after = ({_name(link): link for link in one.links} for one in drawn)
    both = [(before[key], after[key]) for key in before if key in after]
    return MapMoves(
        new=tuple(link for key, link in after.items() if key not in before),
        gone=tuple(link for key, link in before.items() if key not in after),
        turned=tuple(pair for pair in both if pair[0].sign != pair[1].sign),
        surer=_compare(both, lambda was, is_: is_ > was),
        doubted=_compare(both, lambda was, is_: is_ < was),
        loops=None if any(one.more_loops for one in drawn) else (len(drawn[0].loops), len(drawn[1].loops)),
        goals=_compare_goals(*drawn),
    )


def _keep_group(engagement: Engagement) -> Engagement:
    return engagement.model_copy(update={"voices": ()})


def _name(link: Link) -> Key:
    return fold_name(link.source.label), fold_name(link.target.label)


def _compare(both: list[tuple[Link, Link]], holds: Callable[[int, int], bool]) -> tuple[tuple[Link, Link], ...]:
    return tuple(pair for pair in both if holds(*(SURENESS.index(link.certainty) for link in pair)))


def _compare_goals(then: SystemMapReading, now: SystemMapReading) -> tuple[str, str] | None:
    if not then.goal or not now.goal or fold_name(then.goal.label) == fold_name(now.goal.label):
        return None
    return then.goal.label, now.goal.label
