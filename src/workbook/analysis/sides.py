"""Who stands against whom, across the points and chapters in which several voices rated the same.

Only the private edition names anybody: elsewhere a pattern over many answers could show who somebody is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from workbook.analysis.voices.scales import ScaleReading
from workbook.model.answers import Edition, Response
from workbook.model.engagement import Engagement
from workbook.model.wordings import load_wording

Group = tuple[str, Sequence[ScaleReading]]
"""A name of `content/sides.yaml`, and the scales that belong together under it."""


@dataclass(frozen=True)
class Alone:
    """A voice that stands apart from all others on `count` of the `total` statements of one group."""

    voice: str
    group: str
    count: int
    total: int


@dataclass(frozen=True)
class Opposed:
    """Two voices, or two organisations, on opposite sides on `count` of the `total` statements that both rated."""

    one: str
    other: str
    count: int
    total: int


@dataclass(frozen=True)
class SidesReading:
    """The pattern of disagreement; empty where nobody may be named or nothing recurs.

    `within` and `between` count the opposite pairs inside one organisation and across two.
    """

    alone: tuple[Alone, ...] = ()
    voices: tuple[Opposed, ...] = ()
    organisations: tuple[Opposed, ...] = ()
    within: int = 0
    between: int = 0

    @property
    def is_found(self) -> bool:
        """Whether anything recurs."""
        return bool(self.alone or self.voices or self.organisations)


def read_sides(engagement: Engagement, groups: Iterable[Group]) -> SidesReading:
    """Find who recurs on one side: voices that stand alone, pairs that stand opposite, organisations that do."""
    if engagement.edition is not Edition.PRIVATE:
        return SidesReading()
    words, found = load_wording("sides"), tuple(groups)
    labels = engagement.labels
    homes = {labels[voice.id]: voice.organisation for voice in engagement.voices if voice.organisation}
    least, share = words.get_number("least"), words.get_number("share")
    pairs, rated = _count_pairs([scale for _, scales in found for scale in scales])
    opposed = [Opposed(*pair, count, rated[pair]) for pair, count in pairs.items()]
    recurring = [one for one in opposed if one.count >= least and one.count >= share * one.total]
    known = {pair: count for pair, count in pairs.items() if set(pair) <= set(homes)}
    within = sum(count for (one, other), count in known.items() if homes[one] == homes[other])
    return SidesReading(
        alone=tuple(sorted(_find_alone(found, least, share), key=lambda one: -one.count)),
        voices=tuple(sorted(recurring, key=lambda one: (-one.count, one.one, one.other))),
        organisations=_oppose_organisations(found, homes, least, share),
        within=within,
        between=sum(known.values()) - within,
    )


def _find_alone(groups: Iterable[Group], least: float, share: float) -> Iterable[Alone]:
    for name, scales in groups:
        compared = [scale for scale in scales if len(scale.responses) >= load_wording("sides").get_number("compared")]
        counts = Counter(voice for scale in compared if (voice := _find_outsider(scale.responses)))
        for voice, count in counts.items():
            if count >= least and count >= share * len(compared):
                yield Alone(voice, name, count, len(compared))


def _find_outsider(responses: Sequence[Response]) -> str | None:
    """Return the one voice at an end of the scale that lies the set steps from every other, if there is one."""
    apart = load_wording("sides").get_number("alone_steps")
    first, second, before, last = (responses[place] for place in (0, 1, -2, -1))
    low, high = second.value - first.value >= apart, last.value - before.value >= apart
    if low == high:
        return None
    return first.voice if low else last.voice


def _count_pairs(scales: Iterable[ScaleReading]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Count for each pair of voices the scales on which they stand on opposite sides, and those that both rated."""
    opposed: Counter[tuple[str, str]] = Counter()
    rated: Counter[tuple[str, str]] = Counter()
    for scale in scales:
        named = sorted({one.voice for one in scale.responses if one.voice})
        rated.update(combinations(named, 2))
        low, high = ([one.voice for one in side if one.voice] for side in (scale.low_side, scale.high_side))
        opposed.update((min(pair), max(pair)) for pair in product(low, high))
    return opposed, rated


def _oppose_organisations(
    groups: Iterable[Group], homes: Mapping[str, str], least: float, share: float
) -> tuple[Opposed, ...]:
    """Find organisations all of whose voices stand on one side while all of another's stand on the other."""
    opposed: Counter[tuple[str, str]] = Counter()
    rated: Counter[tuple[str, str]] = Counter()
    for scale in (scale for _, scales in groups for scale in scales):
        members: dict[str, set[str]] = defaultdict(set)
        for response in scale.responses:
            if response.voice and response.voice in homes:
                members[homes[response.voice]].add(response.voice)
        low, high = ({response.voice for response in side} for side in (scale.low_side, scale.high_side))
        for one, other in combinations(sorted(members), 2):
            if len(members[one] | members[other]) == 2:
                continue  # one voice of each says no more than the pair of voices does
            rated[one, other] += scale.differs
            ends = ((members[one] <= low and members[other] <= high), (members[one] <= high and members[other] <= low))
            opposed[one, other] += any(ends)
    found = [Opposed(*pair, count, rated[pair]) for pair, count in opposed.items()]
    recurring = [one for one in found if one.count >= least and one.count >= share * one.total]
    return tuple(sorted(recurring, key=lambda one: (-one.count, one.one, one.other)))
