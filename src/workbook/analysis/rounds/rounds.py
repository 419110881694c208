"""One round beside the last: everything that its pages say about what was promised, what moved and what is owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from workbook.analysis.audiences.audiences import read_audiences
from workbook.analysis.framing import FacetReading, read_framing
from workbook.analysis.learning_modes import ROLES, Role
from workbook.analysis.rounds.map_moves import MapMoves, read_map_moves
from workbook.analysis.rounds.money import MoneyOverTime, read_money
from workbook.analysis.rounds.movement import Move, list_moves
from workbook.analysis.rounds.promises import OWED, PromiseReading, State, list_promises, read_promises
from workbook.analysis.rounds.same import find_same
from workbook.analysis.voices.grids import read_matrix
from workbook.analysis.voices.scales import ScaleReading, WordsReading, read_scale, read_words
from workbook.model.answers import Edition
from workbook.model.chapters import Chapter, list_questions, load_chapter
from workbook.model.engagement import Engagement, Facts
from workbook.model.questions import GridQuestion, Option, ScaleQuestion
from workbook.model.rounds import Promise, Target

Reached = Literal["reached", "nearer", "same", "further", "unknown"]
Ghost = tuple[ScaleReading | None, ScaleReading | None]


@dataclass(frozen=True)
class TargetReading:
    """A target that the last round set: where the scale stood, where it stands, and whether it is reached."""

    question: str
    target: Target
    now: ScaleReading
    then: float | None

    @property
    def state(self) -> Reached:
        """Whether this round's answer is at the target or past it, else which way it went."""
        value, goal = self.now.value, self.target.value
        if value is None or self.now.is_disputed:
            return "unknown"
        if value == goal or (self.then is not None and (self.then - goal) * (value - goal) < 0):
            return "reached"
        if self.then is None:
            return "unknown"
        before, after = abs(self.then - goal), abs(value - goal)
        return "nearer" if after < before else "further" if after > before else "same"


@dataclass(frozen=True)
class PhaseOverTime:
    """One phase: each role as it was asked for in the last round and as it was played, in steps of 0 to 4."""

    phase: Option
    asked: Mapping[Role, float | None]
    played: Mapping[Role, float | None]


@dataclass(frozen=True)
class Answered:
    """How many answered: `again` are those compared here, `then` and `now` all who answered where that may be said."""

    again: int
    then: int | None
    now: int | None

    @property
    def gone(self) -> int | None:
        """How many of the last round did not answer again; None where it may not be said."""
        return None if self.then is None else max(0, self.then - self.again)

    @property
    def new(self) -> int | None:
        """How many of this round did not say that they answered before; None where it may not be said."""
        return None if self.now is None else max(0, self.now - self.again)


@dataclass(frozen=True, eq=False)
class RoundsReading:
    """What a commission says about its last round; without one there is nothing here but this round's promises.

    `map` is None where the group drew no map in both rounds. `others` names, by chapter, who answered in it now and not
    in both rounds; in a shared edition nobody, for who may not be compared would be among them.
    """

    chapter: Chapter
    facts: Facts
    last: Facts | None
    edition: Edition
    minimum_group: int
    answered: Answered
    promises: tuple[PromiseReading, ...]
    owed: tuple[Promise, ...]
    moves: tuple[Move, ...]
    map: MapMoves | None
    others: Mapping[str, tuple[str, ...]]
    places: tuple[tuple[FacetReading, FacetReading], ...]
    targets: tuple[TargetReading, ...]
    aims: tuple[TargetReading, ...]
    phases: tuple[PhaseOverTime, ...]
    orders: tuple[tuple[float, int], tuple[float, int]] | None
    learnt: WordsReading | None
    money: MoneyOverTime
    withheld: tuple[str, ...]

    @property
    def has_last(self) -> bool:
        """Whether there is a last round to compare with."""
        return self.last is not None

    @property
    def moved(self) -> tuple[Move, ...]:
        """The answers that somebody who gave them in both rounds, or the group, gives otherwise now."""
        return tuple(move for move in self.moves if move.is_moved)

    @property
    def resolved(self) -> tuple[FacetReading, ...]:
        """Hopes that pulled against what people are held to in the last round, and do not now; a dispute is no end."""
        open_ = ("tension", "disputed")
        return tuple(now for then, now in self.places if then.place == "tension" and now.place not in open_)

    @property
    def appeared(self) -> tuple[FacetReading, ...]:
        """Hopes that pull against what people are held to now, and did not in the last round; nor is it a start."""
        open_ = ("tension", "disputed")
        return tuple(now for then, now in self.places if now.place == "tension" and then.place not in open_)

    @property
    def stayed(self) -> tuple[FacetReading, ...]:
        """Tensions of the last round that are still there."""
        return tuple(now for then, now in self.places if then.place == now.place == "tension")

    @property
    def is_changed(self) -> bool:
        """Whether anything is known to have changed since the last round."""
        told = any(one.is_spoken_of for one in self.promises)
        drawn = self.map is not None and self.map.is_moved
        return bool(self.moved or drawn or self.resolved or self.appeared or told or self.money.lines)

    @property
    def ghosts(self) -> dict[str, Ghost]:
        """Each side of a facet as the same people saw it in the last round, by facet; None for one that stayed."""
        pairs = {
            now.facet.id: (_find_moved(then.seed, now.seed), _find_moved(then.soil, now.soil))
            for then, now in self.places
        }
        return {facet: sides for facet, sides in pairs.items() if any(sides)}

    @property
    def told(self) -> tuple[PromiseReading, ...]:
        """The promises of which this edition tells how they stand."""
        return tuple(one for one in self.promises if one.state != "unshown")

    def list_in(self, *states: State) -> tuple[PromiseReading, ...]:
        """Return the promises in some states."""
        return tuple(one for one in self.promises if one.state in states)

    def forget_last(self) -> RoundsReading:
        """Return the reading without the last round itself, of which a page over many commissions reckons no doubt."""
        return replace(self, money=MoneyOverTime(self.money.lines))

    @property
    def claimed(self) -> tuple[PromiseReading, ...]:
        """The promises that somebody says were tried, and of which those concerned do not agree on that."""
        return tuple(one for one in self.list_in("disputed", "claimed") if one.is_said_tried)

    @property
    def outstanding(self) -> tuple[PromiseReading, ...]:
        """The promises of the last round that are still owed, or of which nobody said how they went."""
        return self.list_in(*OWED)


def _find_moved(then: ScaleReading, now: ScaleReading) -> ScaleReading | None:
    return then if then.value != now.value else None


def read_rounds(engagement: Engagement) -> RoundsReading:
    """Read this round beside the last."""
    last, both = engagement.last, find_same(engagement)
    then, now = both or (None, None)
    learnt = "rounds.learnt" in list_questions(engagement.facts)
    return RoundsReading(
        chapter=load_chapter("rounds"),
        facts=engagement.facts,
        last=last.facts if last else None,
        edition=engagement.told_as,
        minimum_group=engagement.facts.minimum_group,
        answered=_count_answered(engagement),
        promises=read_promises(engagement),
        owed=list_promises(engagement),
        moves=list_moves(then, now) if then and now else (),
        map=read_map_moves(then, now) if then and now else None,
        others=_list_others(engagement),
        places=_read_places(then, now) if then and now else (),
        targets=tuple(_read_targets(engagement, last)) if last else (),
        aims=tuple(_read_targets(engagement, engagement)),
        phases=_read_phases(engagement, last) if last else (),
        orders=_compare_orders(then, now) if then and now else None,
        learnt=read_words(engagement, "rounds.learnt") if learnt else None,
        money=read_money(engagement, last) if last else MoneyOverTime(()),
        withheld=tuple(why for question, why in engagement.withheld.items() if question.startswith("rounds.")),
    )


def _count_answered(engagement: Engagement) -> Answered:
    last = engagement.last
    if last is None:
        return Answered(0, None, None)
    # In a shared edition those who may not be compared would be counted as gone.
    whole = engagement.edition is Edition.PRIVATE
    return Answered(len(last.voices), last.heard if whole else None, engagement.heard if whole else None)


def _list_others(engagement: Engagement) -> dict[str, tuple[str, ...]]:
    """Name by chapter those who answered anything in it and are not compared."""
    if engagement.last is None or engagement.edition is not Edition.PRIVATE:
        return {}
    again, labels = {voice.id for voice in engagement.last.voices}, engagement.labels
    found: dict[str, list[str]] = {}
    for voice in engagement.voices:
        if voice.id not in again:
            for chapter in dict.fromkeys(question.partition(".")[0] for question in voice.answers):
                found.setdefault(chapter, []).append(labels[voice.id])
    return {chapter: tuple(names) for chapter, names in found.items()}


def _read_places(then: Engagement, now: Engagement) -> tuple[tuple[FacetReading, FacetReading], ...]:
    """Pair the facets of which both sides are known in both rounds, from the same people."""
    before, after = read_framing(then), read_framing(now)
    pairs = zip(before.facets, after.facets, strict=True)
    return tuple((one, other) for one, other in pairs if "unknown" not in (one.place, other.place))


def _read_targets(engagement: Engagement, last: Engagement) -> list[TargetReading]:
    questions, before = list_questions(engagement.facts), list_questions(last.facts)
    found = []
    for name, target in last.agreed.targets.items():
        question, asked = questions.get(name), before.get(name)
        if isinstance(question, ScaleQuestion) and isinstance(asked, ScaleQuestion):
            then = read_scale(last, asked)
            reading = TargetReading(
                name, target, read_scale(engagement, question), None if then.is_disputed else then.value
            )
            found.append(reading)
    return found


def _read_phases(engagement: Engagement, last: Engagement) -> tuple[PhaseOverTime, ...]:
    """Set the roles that were asked for beside those that were played, phase by phase, where somebody said."""
    played = list_questions(engagement.facts).get("rounds.played")
    asked = list_questions(last.facts)["learning_modes.roles"]
    if not isinstance(played, GridQuestion) or not isinstance(asked, GridQuestion):
        return ()
    were, wanted = read_matrix(engagement, played).scales, read_matrix(last, asked).scales
    found = tuple(
        PhaseOverTime(
            phase,
            {role: _value(wanted.get((phase.id, role))) for role in ROLES},
            {role: _value(were.get((phase.id, role))) for role in ROLES},
        )
        for phase in played.rows
    )
    return tuple(one for one in found if any(value is not None for value in one.played.values()))


def _value(scale: ScaleReading | None) -> float | None:
    return None if scale is None or scale.is_disputed else scale.value


def _compare_orders(then: Engagement, now: Engagement) -> tuple[tuple[float, int], tuple[float, int]] | None:
    """Return Kendall's W of the same people's orders and how many they are, then and now; None without both."""
    before, after = read_audiences(then), read_audiences(now)
    if before.concordance is None or after.concordance is None:
        return None
    return (before.concordance, before.rankers), (after.concordance, after.rankers)
