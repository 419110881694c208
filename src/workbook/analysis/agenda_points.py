"""The discovery agenda: points, how points about one subject become one, and the order they are put in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from workbook.analysis.voices.scales import ScaleReading
from workbook.model.answers import Response
from workbook.model.engagement import Facts
from workbook.model.wordings import Wording, load_wording

Reason = Literal["unsure", "disagreement", "tension", "gap", "guess"]
MOST_FURTHER = 10


def tell_whom(whom: str, facts: Facts) -> str:
    """Name whom to ask as of the day up to which the facts hold: once work has begun, a contract has been signed."""
    for now, then in load_wording("messages").words.get(f"by_{facts.stage}", {}).items():
        whom = whom.replace(now, then)
    return whom


@dataclass(frozen=True)
class AgendaPoint:
    """Something a learning partner would ask at the first meeting.

    `subject` names what it is about, so that two chapters never put the same point (`framing.setbacks`,
    `permission.grantees`). `weight` says how much it holds up, from 1 to 3 for one answer, more where
    several things hang on it; points are put in falling order of it.
    """

    subject: str
    chapter: str
    reason: Reason
    text: str
    whom: str
    weight: float


@dataclass(frozen=True)
class Dispute:
    """A strong disagreement on one statement: on a scale, or between camps that each hold to one option.

    `quoted` is false where a camp's words are ours, as of points.
    """

    question: str
    statement: str
    scale: ScaleReading | None = None
    camps: tuple[tuple[str, tuple[Response, ...]], ...] = ()
    quoted: bool = True

    @property
    def involved(self) -> int:
        """How many answers lie on one side or another."""
        if self.scale is not None:
            return len(self.scale.low_side) + len(self.scale.high_side)
        return sum(len(side) for _, side in self.camps)


@dataclass(frozen=True)
class AgendaEntry:
    """One point of the finished list, with every reason for it.

    `base` is the weight of its question times the share of answers that leave it open, or what a chapter gave it.
    `unsure` of `asked` answers say "we do not know yet"; `group_unsure` says that the agreed answer does.
    `unsure_about` is the question that most of them do not know the answer to, and `unsure_in_part` that it is
    one of several asked about the same row. `main` is the disagreement that `text` asks about; it is None where a
    chapter gave the text (`worded`) or where nobody differs.
    """

    subject: str
    chapter: str
    reasons: tuple[Reason, ...]
    text: str
    whom: tuple[str, ...]
    questions: tuple[str, ...]
    base: float
    unsure: int = 0
    asked: int = 0
    group_unsure: bool = False
    unsure_about: str = ""
    unsure_in_part: bool = False
    disputes: tuple[Dispute, ...] = ()
    main: Dispute | None = None
    worded: bool = False


def merge_points(entries: Iterable[AgendaEntry], points: Iterable[AgendaPoint]) -> tuple[AgendaEntry, ...]:
    """Put the chapters' own points and the open answers together, one entry for each subject."""
    found = {entry.subject: entry for entry in entries}
    own: dict[str, list[AgendaPoint]] = {}
    for point in points:
        own.setdefault(point.subject, []).append(point)
    for subject, group in own.items():
        found[subject] = _join_points(sorted(group, key=lambda point: -point.weight), found.get(subject))
    return tuple(found.values())


def _join_points(points: Sequence[AgendaPoint], other: AgendaEntry | None) -> AgendaEntry:
    """Word an entry as its heaviest point does, and keep what the answers leave open beside it."""
    first = points[0]
    entry = AgendaEntry(
        subject=first.subject,
        chapter=first.chapter,
        reasons=tuple(dict.fromkeys(point.reason for point in points)),
        text=first.text,
        whom=(first.whom,),
        questions=(),
        base=first.weight,
        worded=True,
    )
    if other is None:
        return entry
    return replace(
        other,
        chapter=entry.chapter,
        reasons=tuple(dict.fromkeys(entry.reasons + other.reasons)),
        text=entry.text,
        whom=entry.whom,
        base=max(entry.base, other.base),
        main=None,
        worded=True,
    )


def weigh(entry: AgendaEntry, words: Wording) -> float:
    """Weigh an entry: its base, and what disagreement, further reasons and further questions add."""
    further = min(max(len(entry.questions) - 1, 0), MOST_FURTHER)
    return (
        entry.base
        + words.get_number("agenda_differ") * bool(entry.disputes)
        + words.get_number("agenda_reason") * (len(entry.reasons) - 1)
        + words.get_number("agenda_question") * further
    )


def order_entries(entries: Iterable[AgendaEntry], chapters: Sequence[str], words: Wording) -> tuple[AgendaEntry, ...]:
    """Put the weightiest first, taking a little off for each entry of the same chapter that is already placed.

    Entries of equal weight keep the order of `chapters`, then the one they came in.
    """
    places = {chapter: place for place, chapter in enumerate(chapters)}
    left = sorted(entries, key=lambda entry: places.get(entry.chapter, len(places)))
    weights = {entry.subject: weigh(entry, words) for entry in left}
    step = words.get_number("agenda_chapter")
    taken: Counter[str] = Counter()
    ordered: list[AgendaEntry] = []
    while left:
        first = max(left, key=lambda entry: round(weights[entry.subject] - step * taken[entry.chapter], 9))
        left.remove(first)
        taken[first.chapter] += 1
        ordered.append(first)
    return tuple(ordered)
