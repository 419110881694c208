"""How much is known, and what that carries: one rule for every chapter, over the parts it is made of.

A part is a point of framing, an audience, a practice, an answer that a number is worked out from.
`content/evidence.yaml` holds the boundaries, `docs/method.md` says the rule in words.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from workbook.model.answers import Response
from workbook.model.wordings import load_wording

Carries = Literal["nothing", "parts", "disputed", "one_voice", "all"]
"""What may be said: nothing at all, only what is known part by part, that voices differ, what single voices see,
or a sentence about the whole."""

Kind = TypeVar("Kind", bound=Hashable)


class Cell(Protocol):
    """One answer over voices, as the readings of scales, numbers and choices hold it."""

    @property
    def responses(self) -> tuple[Response, ...]:
        """The known answers."""

    @property
    def agreed(self) -> object:
        """What the group settled on; None where nothing is."""


@dataclass(frozen=True)
class Part:
    """One part: whether it is known, whether voices lie too far apart on it, and how many stand behind it.

    `backing` are the voices on its least answered side; `agreed` says that the group settled all of it.
    """

    known: bool
    disputed: bool = False
    backing: int = 0
    agreed: bool = False


@dataclass(frozen=True)
class Evidence:
    """What is known of the parts of one reading."""

    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """How many parts there are."""
        return len(self.parts)

    @property
    def known(self) -> int:
        """How many parts are known, disputed ones too."""
        return sum(part.known for part in self.parts)

    @property
    def disputed(self) -> int:
        """How many of the known parts are disputed."""
        return sum(part.known and part.disputed for part in self.parts)

    @property
    def settled(self) -> int:
        """How many parts are known and not disputed."""
        return self.known - self.disputed

    @property
    def least(self) -> int:
        """How many parts must be known and not disputed before a sentence may speak of the whole."""
        return max(1, count_share(load_wording("evidence").get_number("enough_known"), self.total))

    @property
    def backed(self) -> int:
        """How many of the settled parts the group agreed on, or enough voices speak of."""
        enough = load_wording("evidence").get_number("enough_voices")
        return sum(p.known and not p.disputed and (p.agreed or p.backing >= enough) for p in self.parts)

    @property
    def carries(self) -> Carries:
        """What may be said."""
        if not self.known:
            return "nothing"
        if self.settled < self.least:
            return "disputed" if self.known >= self.least or not self.settled else "parts"
        return "all" if self.backed >= self.least else "one_voice"

    @property
    def is_enough(self) -> bool:
        """Whether a sentence may speak of the whole, be it as single voices see it."""
        return self.carries in ("one_voice", "all")

    @property
    def allows_number(self) -> bool:
        """Whether a number may be worked out from the parts."""
        share = load_wording("evidence").get_number("number_known")
        return bool(self.total) and self.settled >= max(1, count_share(share, self.total))


def make_part(*cells: Cell, known: bool, disputed: bool = False) -> Part:
    """Make a part of the answers it is made of; as many voices stand behind it as gave its least answered one."""
    open_ = [cell for cell in cells if cell.agreed is None]
    backing = min((len(cell.responses) for cell in open_), default=0)
    return Part(known=known, disputed=disputed, backing=backing, agreed=bool(cells) and not open_)


def count_share(share: float, total: int) -> int:
    """Return the smallest whole number that is this share of a total, 6 for 0.6 of 10, to nine decimals."""
    return math.ceil(round(share * total, 9))


def find_most(counts: Mapping[Kind, int]) -> Kind | None:
    """Return what most are: at least the set share of them, and more than anything else; None where nothing is."""
    total = sum(counts.values())
    if not total:
        return None
    least = load_wording("evidence").get_number("most") * total
    first = max(counts, key=lambda kind: counts[kind])
    alone = sum(count == counts[first] for count in counts.values()) == 1
    return first if alone and counts[first] >= least else None


def find_leaders(points: Mapping[Kind, float]) -> tuple[Kind, ...]:
    """Return who leads by points (of 100): all that lie less than a small lead behind the first.

    Nobody leads where there is nobody else to lead.
    """
    if len(points) < 2:
        return ()
    lead, most = load_wording("evidence").get_number("small_lead"), max(points.values())
    return tuple(one for one, given in points.items() if most - given < lead)


def count_people(groups: Iterable[Sequence[Response]]) -> int:
    """Count the people who gave answers: those with a label once, those without one as many as gave any one answer."""
    given = [list(group) for group in groups]
    labels = {response.voice for group in given for response in group if response.voice}
    return len(labels) + max((sum(not response.voice for response in group) for group in given), default=0)
