"""Chapter 09: factors and links as a map; its loops, where a change would spread, and the guesses that matter most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from workbook.analysis.agenda_points import AgendaPoint
from workbook.analysis.system_map.loops import Cycle, find_cycles, lead_to, list_pairs, reach_from
from workbook.analysis.system_map.tables import (
    SURENESS,
    Certainty,
    Factor,
    Link,
    MapFault,
    Sign,
    fold_name,
    merge_tables,
)
from workbook.analysis.voices.scales import Lone, count_left, find_lone
from workbook.model.answers import Edition
from workbook.model.base import UNSURE
from workbook.model.chapters import Chapter, load_chapter_of
from workbook.model.engagement import Engagement
from workbook.theme import join_words

State = Literal["unknown", "unsure", "withheld", "not_here", "no_links", "map"]
Lacking = Literal["silent", "unsure", "withheld", "not_here"]
"""Why something is not on the map: nobody answered, nobody knows, it is held back, or this edition does not show it."""
LoopKind = Literal["reinforcing", "balancing", "open"]
TABLES = ("system_map.factors", "system_map.links", "system_map.goal")


@dataclass(frozen=True)
class Loop:
    """A way round the map that comes back to where it began; `links` run from the first factor to the last."""

    links: tuple[Link, ...]

    @property
    def kind(self) -> LoopKind:
        """Reinforcing if the signs multiply to more, balancing if to less, open where a sign is not settled."""
        signs = [link.sign for link in self.links]
        if "open" in signs:
            return "open"
        return "balancing" if signs.count("less") % 2 else "reinforcing"

    @property
    def certainty(self) -> Certainty:
        """That of its least sure link."""
        return min((link.certainty for link in self.links), key=SURENESS.index)

    @property
    def strength(self) -> float:
        """That of its weakest link, in steps."""
        return min(link.strength for link in self.links)

    @property
    def guessed(self) -> int:
        """How many of its links are guesses."""
        return sum(link.certainty == "guessed" for link in self.links)


@dataclass(frozen=True)
class Lever:
    """A factor as a place to act: how many loops found run through it, and how many other factors it leads to."""

    factor: Factor
    loops: int
    reach: int


@dataclass(frozen=True)
class SystemMapReading:
    """The chapter's result. `more_loops` says that the search stopped before it had found every loop.

    `goal` is the factor the work is for; None where nobody has said, where voices name several
    (`goals_named`), or where it has a name that no factor bears (`goal_lost`). `added` holds the links that voices
    add to a map the group agreed; they are on no loop and in no count.
    """

    chapter: Chapter
    state: State
    factors: tuple[Factor, ...]
    links: tuple[Link, ...]
    added: tuple[Link, ...]
    loops: tuple[Loop, ...]
    more_loops: bool
    goal: Factor | None
    goals_named: tuple[str, ...]
    goal_lost: str | None
    faults: tuple[MapFault, ...]
    left_out: int
    withheld: tuple[str | None, ...]
    edition: str
    minimum_group: int
    lone: Lone | None
    links_lacking: Lacking = "silent"
    goal_lacking: Lacking = "silent"
    drawn_by: int = 0  # how many voices drew links, where that may be said
    left: Mapping[str, int] = field(default_factory=dict)  # how many do not know, have not said, were not asked

    @property
    def unjudged(self) -> tuple[Link, ...]:
        """The links of which nobody says how sure they are, which therefore count as guesses."""
        return tuple(link for link in self.links if not link.is_judged)

    @property
    def is_answered(self) -> bool:
        """Whether there is a map in this edition."""
        return self.state in ("map", "no_links")

    def list_by(self, certainty: Certainty) -> tuple[Link, ...]:
        """Return the links of one certainty, in the map's order."""
        return tuple(link for link in self.links if link.certainty == certainty)

    def count_loops(self, link: Link) -> int:
        """Count the loops found that a link is part of."""
        return self._loops_by_pair.get(link.pair, 0)

    def count_reach(self, link: Link) -> int:
        """Count the factors a link leads to, its own end included."""
        return len(self._reach[link.target.number] | {link.target.number})

    @property
    def levers(self) -> tuple[Lever, ...]:
        """The factors but the goal that lead anywhere: those on most loops first, then those of furthest reach."""
        found = [
            Lever(
                factor=factor,
                loops=sum(any(link.source == factor for link in loop.links) for loop in self.loops),
                reach=len(self._reach[factor.number] - {factor.number}),
            )
            for factor in self.factors
            if factor != self.goal
        ]
        leading = (one for one in found if one.reach)
        return tuple(sorted(leading, key=lambda one: (-one.loops, -one.reach, one.factor.number)))

    @property
    def guesses(self) -> tuple[Link, ...]:
        """Guessed links: those on most loops first, then by reach times strength (the strength counted from one)."""
        return tuple(
            sorted(
                self.list_by("guessed"),
                key=lambda link: (-self.count_loops(link), -self.count_reach(link) * (link.strength + 1), link.pair),
            )
        )

    @property
    def leading(self) -> tuple[Factor, ...]:
        """The factors from which a way leads to the goal."""
        return self._lead_to_goal(self.links)

    @property
    def leading_tested(self) -> tuple[Factor, ...]:
        """The factors from which a way leads to the goal over tested links alone."""
        return self._lead_to_goal(self.list_by("tested"))

    @property
    def disputed(self) -> tuple[Link, ...]:
        """The links of which one claim says more and another less."""
        return tuple(link for link in self.links if link.is_disputed)

    @property
    def doubted(self) -> tuple[Link, ...]:
        """The links that one claim calls tested and another a guess; a claim that does not say is neither."""
        return tuple(link for link in self.links if {"tested", "guessed"} <= {one.certainty for one in link.claims})

    @property
    def claimants(self) -> int:
        """How many sources drew links: the group counts as one, and so do all who may not be named."""
        return len({(claim.voice, claim.agreed) for link in (*self.links, *self.added) for claim in link.claims})

    @property
    def is_small(self) -> bool:
        """Whether one voice alone drew the map, and only a few links."""
        return self.is_of_one_voice and len(self.links) < self.chapter.get_number("few_links")

    @property
    def is_drawn(self) -> bool:
        """Whether a page draws the map, so that its factors and links need not be told once more."""
        return self.state == "map" and not self.is_small

    @property
    def is_of_one_voice(self) -> bool:
        """Whether all the links shown come from one voice, which may be named, and none from the group."""
        return self.claimants == 1 and all(claim.voice for link in self.links for claim in link.claims)

    def lies_on_way(self, link: Link) -> bool:
        """Whether a link lies on a way to the goal."""
        return self.goal is not None and (link.target == self.goal or link.target in self.leading)

    def _lead_to_goal(self, links: tuple[Link, ...]) -> tuple[Factor, ...]:
        if self.goal is None:
            return ()
        numbers = lead_to(self.goal.number, (link.pair for link in links))
        return tuple(factor for factor in self.factors if factor.number in numbers)

    @cached_property
    def _reach(self) -> dict[int, frozenset[int]]:
        pairs = [link.pair for link in self.links]
        return {factor.number: reach_from(factor.number, pairs) for factor in self.factors}

    @cached_property
    def _loops_by_pair(self) -> Mapping[tuple[int, int], int]:
        counts: dict[tuple[int, int], int] = {}
        for loop in self.loops:
            for link in loop.links:
                counts[link.pair] = counts.get(link.pair, 0) + 1
        return counts


def read_system_map(engagement: Engagement) -> SystemMapReading:
    """Read the map of an engagement."""
    chapter = load_chapter_of(engagement, "system_map")
    tables = merge_tables(
        engagement,
        most=int(chapter.get_number("most_factors")),
        unknown_strength=chapter.get_number("unknown_strength"),
    )
    cycles, more = _search_loops(tables.links, chapter)
    goal, goals_named, goal_lost = _find_goal(engagement, tables.factors)
    return SystemMapReading(
        chapter=chapter,
        state=_find_state(engagement, tables.factors, tables.links),
        factors=tables.factors,
        links=tables.links,
        added=tables.added,
        loops=_order_loops(cycles, tables.links),
        more_loops=more,
        goal=goal,
        goals_named=goals_named,
        goal_lost=goal_lost,
        faults=tables.faults,
        left_out=tables.left_out,
        withheld=tuple(engagement.withheld.get(question) for question in TABLES),
        edition=engagement.told_as,
        minimum_group=engagement.facts.minimum_group,
        lone=find_lone(engagement, "system_map."),
        links_lacking=_find_lacking(engagement, "system_map.links"),
        goal_lacking=_find_lacking(engagement, "system_map.goal"),
        **_count_drawn(engagement),
    )


def _find_lacking(engagement: Engagement, question: str) -> Lacking:
    if engagement.withheld.get(question):
        return "withheld"
    given = [engagement.get_agreed(question), *(one.value for one in engagement.list_responses(question))]
    if UNSURE in given:
        return "unsure"
    return "silent" if engagement.told_as is Edition.PRIVATE else "not_here"


def _count_drawn(engagement: Engagement) -> dict[str, Any]:
    """Count the voices that drew links, and beside them those that did not; none where that may not be said."""
    if engagement.edition is not Edition.PRIVATE or (engagement.heard or 0) < 2:
        return {}
    given = [one for one in engagement.list_responses("system_map.links") if one.value != UNSURE]
    unsure = len(engagement.list_responses("system_map.links")) - len(given)
    left = {"unsure": unsure, **count_left(engagement, "system_map.links")}
    return {"drawn_by": len(given), "left": left}


def _search_loops(links: tuple[Link, ...], chapter: Chapter) -> tuple[tuple[Cycle, ...], bool]:
    if not links:
        return (), False
    longest, most = (int(chapter.get_number(name)) for name in ("longest_loop", "most_loops"))
    return find_cycles([link.pair for link in links], longest=longest, most=most)


def _order_loops(cycles: tuple[Cycle, ...], links: tuple[Link, ...]) -> tuple[Loop, ...]:
    """Return loops, those whose weakest link is strongest first, then the shortest."""
    by_pair = {link.pair: link for link in links}
    loops = [Loop(tuple(by_pair[pair] for pair in list_pairs(cycle))) for cycle in cycles]
    return tuple(sorted(loops, key=lambda loop: (-loop.strength, len(loop.links))))


def _find_state(engagement: Engagement, factors: tuple[Factor, ...], links: tuple[Link, ...]) -> State:
    if links:
        return "map"
    if factors:
        return "no_links"
    questions = TABLES[:2]
    if any(engagement.withheld.get(question) for question in questions):
        return "withheld"
    given = [engagement.get_agreed(question) for question in questions]
    given += [response.value for question in questions for response in engagement.list_responses(question)]
    if engagement.told_as is not Edition.PRIVATE:
        return "not_here"
    return "unsure" if UNSURE in given else "unknown"


def _find_goal(
    engagement: Engagement, factors: tuple[Factor, ...]
) -> tuple[Factor | None, tuple[str, ...], str | None]:
    """Return the one factor named as the goal, or the labels of several, or a name that no factor bears."""
    agreed = engagement.get_agreed("system_map.goal")
    given = [agreed] if agreed is not None else [one.value for one in engagement.list_responses("system_map.goal")]
    names = {fold_name(factor.label): factor for factor in reversed(factors)}
    names |= {fold_name(factor.key): factor for factor in factors}
    called = [str(value) for value in given if value != UNSURE]
    numbers = sorted({names[fold_name(name)].number for name in called if fold_name(name) in names})
    if len(numbers) == 1:
        return factors[numbers[0]], (), None
    lost = next((name for name in called if fold_name(name) not in names), None)
    return None, tuple(factors[number].label for number in numbers), None if numbers else lost


def list_points(reading: SystemMapReading) -> tuple[AgendaPoint, ...]:
    """Return an agenda point for the guesses that matter most, for each sign in dispute, and for a missing goal."""
    words, most = reading.chapter, int(reading.chapter.get_number("most_shown"))
    guesses = [link for link in reading.guesses if not link.is_disputed][:most]
    points = [_ask_about(reading, link, "guess") for link in guesses]
    points += [_ask_about(reading, link, "sign") for link in reading.disputed]
    if reading.state == "map" and reading.goal is None and reading.edition == Edition.PRIVATE:
        question = next(one for one in words.questions if one.id == "system_map.goal")
        text, whom = words.get_word("agenda.goal"), words.get_word("agenda.whom_goal")
        points.append(AgendaPoint("system_map.goal", "system_map", "gap", text, whom, question.weight))
    return tuple(points)


def _ask_about(reading: SystemMapReading, link: Link, kind: Literal["guess", "sign"]) -> AgendaPoint:
    words = reading.chapter
    share = reading.count_loops(link) / len(reading.loops) if reading.loops else 0.0
    if kind == "sign":
        whom = _name_claimants(link, words.get_word("agreed")) or words.get_word("agenda.whom_sign_plain")
    else:
        whom = words.get_word(f"agenda.whom.{link.source.kind}").format(label=link.source.label)
    return AgendaPoint(
        subject=f"system_map.{link.source.key}.{link.target.key}",
        chapter="system_map",
        reason="guess" if kind == "guess" else "disagreement",
        text=words.get_word(f"agenda.{kind if kind == 'sign' or link.is_judged else 'unjudged'}").format(
            source=strip_article(link.source, words),
            target=strip_article(link.target, words),
            link=word_link(link, words),
        ),
        whom=whom,
        weight=words.get_number("agenda_base")
        + words.get_number("agenda_loops") * share
        + words.get_number("agenda_strength") * link.strength,
    )


def word_link(link: Link, words: Chapter) -> str:
    """A link in words, as it stands within a sentence."""
    name, sign = ("links_open", "") if link.sign == "open" else ("links", words.get_word(f"signs.{link.sign}"))
    ends = {"source": strip_article(link.source, words), "target": strip_article(link.target, words)}
    return words.get_word(name).format(**ends, sign=sign)


def strip_article(factor: Factor, words: Chapter) -> str:
    """Name a factor as it stands behind "more": "the winter bus" gives more winter bus."""
    first, _, rest = factor.label.partition(" ")
    return rest if rest and first.casefold() in words.words["articles"] else factor.label


def _name_claimants(link: Link, group: str) -> str:
    """Name everyone who claims anything of a link; nothing where one of them may not be named."""
    if any(claim.voice is None and not claim.agreed for claim in link.claims):
        return ""
    named = sorted({claim.voice for claim in link.claims if claim.voice})
    return join_words([*named, *([group] if any(claim.agreed for claim in link.claims) else [])])


def describe_sign(sign: Sign, *, turned: bool) -> Sign:
    """Return what a link brings: the sign, or its opposite where there is less of its source."""
    if sign == "open" or not turned:
        return sign
    return "less" if sign == "more" else "more"
