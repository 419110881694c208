"""Chapter 08: what happens today beside what is wanted, practice by practice, and who owns the gap."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from workbook.analysis.agenda_points import AgendaPoint
from workbook.analysis.voices.evidence import Evidence, make_part
from workbook.analysis.voices.scales import Lone, ScaleReading, WordsReading, find_lone, read_scale, read_words
from workbook.model.answers import Edition
from workbook.model.base import UNSURE
from workbook.model.chapters import Chapter, Facet, list_questions, load_chapter_of
from workbook.model.engagement import Engagement
from workbook.model.questions import Question, ScaleQuestion
from workbook.theme import join_words

Named = Literal["named", "several", "unsure", "none", "held"]
"""One name, several, known to be unknown, nobody, or not in this edition (where it may be named all the same)."""
Pattern = Literal[
    "unknown",
    "half",
    "withheld",
    "not_here",
    "disputed",
    "few",
    "hardly",
    "wide",
    "backwards",
    "quick",
    "small",
    "none",
]


@dataclass(frozen=True)
class NameReading:
    """A first step or an owner: the different answers given, and whether they settle the matter."""

    names: tuple[str, ...]
    state: Named

    @property
    def settled(self) -> str | None:
        """The only answer, or the agreed one; None where there is none or there are several."""
        return self.names[0] if self.state == "named" else None


@dataclass(frozen=True)
class PracticeReading:
    """One practice. `gap` is wanted less today, in steps; None where either is not known."""

    facet: Facet
    today: ScaleReading
    wanted: ScaleReading
    step: NameReading
    owner: NameReading
    backwards_voices: tuple[str, ...]

    @property
    def gap(self) -> float | None:
        """Steps from today up to what is wanted, below zero where less is wanted; None where a side is disputed."""
        if self.today.value is None or self.wanted.value is None or self.is_apart:
            return None
        return self.wanted.value - self.today.value

    @property
    def leans_up(self) -> bool:
        """Whether the middle answer wants more than the middle answer sees today, disputed or not."""
        return (self.wanted.value or 0) > (self.today.value or 0)

    @property
    def is_apart(self) -> bool:
        """Whether voices lie far apart on today or on what is wanted, so that no middle makes a gap."""
        return self.today.is_disputed or self.wanted.is_disputed


@dataclass(frozen=True)
class PracticesReading:
    """The chapter's result; `practices` stand in the chapter's order."""

    chapter: Chapter
    practices: tuple[PracticeReading, ...]
    edition: str
    minimum_group: int
    lone: Lone | None

    @property
    def is_answered(self) -> bool:
        """Whether any practice is rated both for today and as wanted in this edition."""
        return bool(self.rated)

    @property
    def rated(self) -> tuple[PracticeReading, ...]:
        """The practices whose gap is known, the widest first."""
        return self._sort(lambda one: one.gap is not None)

    @property
    def apart(self) -> tuple[PracticeReading, ...]:
        """The practices on which voices lie too far apart to read a gap."""
        return tuple(one for one in self.practices if one.is_apart)

    @property
    def evidence(self) -> Evidence:
        """What is known of the practices: both ratings of each, and on which voices lie far apart."""
        return weigh_practices(self.practices)

    @property
    def below(self) -> tuple[PracticeReading, ...]:
        """The practices that fall short of what is wanted, the widest gap first."""
        return self._sort(lambda one: (one.gap or 0) > 0)

    @property
    def wide(self) -> tuple[PracticeReading, ...]:
        """The practices with a wide gap, the widest first."""
        return self._sort(lambda one: (one.gap or 0) >= self.chapter.get_number("wide_gap"))

    @property
    def unowned(self) -> tuple[PracticeReading, ...]:
        """Wide gaps for which nobody is named, the widest first; not those whose owner is only held back."""
        return tuple(one for one in self.wide if one.owner.state in ("none", "unsure"))

    @property
    def contested(self) -> tuple[PracticeReading, ...]:
        """Wide gaps for which several owners are named."""
        return tuple(one for one in self.wide if one.owner.state == "several")

    @property
    def quick(self) -> tuple[PracticeReading, ...]:
        """Small gaps with a first step named, those with an owner first."""
        small = self.chapter.get_number("small_gap")
        found = [one for one in self.below if (one.gap or 0) <= small and one.step.names]
        return tuple(sorted(found, key=lambda one: one.owner.state != "named"))

    @property
    def backwards(self) -> tuple[PracticeReading, ...]:
        """The practices of which less is wanted than there is, the furthest first."""
        return self._sort(lambda one: (one.gap or 0) < 0)[::-1]

    @property
    def gaps(self) -> tuple[PracticeReading, ...]:
        """The wide gaps; where there are none, all that fall short, else what is wanted less than it happens."""
        return self.wide or self.below or self.backwards

    @property
    def shown(self) -> tuple[PracticeReading, ...]:
        """Those of the gaps that a figure has room for."""
        return self.gaps[: int(self.chapter.get_number("most_shown"))]

    @property
    def raters(self) -> int:
        """At least so many voices rated what this edition shows; 0 where only the group's own ratings are shown."""
        given = [scale.responses for one in self.practices for scale in (one.today, one.wanted)]
        return max(len({one.voice for responses in given for one in responses}), *map(len, given))

    @property
    def checkable(self) -> tuple[PracticeReading, ...]:
        """The practices with a first step and one owner, in the chapter's order."""
        return tuple(one for one in self.practices if one.step.names and one.owner.state == "named")

    @property
    def differences(self) -> tuple[tuple[PracticeReading, ScaleReading], ...]:
        """The ratings on which voices are in strong disagreement, the widest first."""
        found = [(one, scale) for one in self.practices for scale in (one.today, one.wanted) if scale.differs]
        return tuple(sorted(found, key=lambda pair: pair[1].agreement or 0))

    @property
    def steps_held(self) -> bool:
        """Whether this edition leaves open if some practice that falls short has a first step."""
        return any(one.step.state == "held" for one in self.below)

    @property
    def owners_held(self) -> bool:
        """Whether this edition leaves open if some wide gap has an owner."""
        return any(one.owner.state == "held" for one in self.wide)

    @property
    def pattern(self) -> Pattern:
        """What the practices amount to; the order of the rules is the order of what matters most."""
        evidence = self.evidence
        if evidence.carries == "disputed":
            return "disputed"
        if not self.rated:
            return self._name_gap_in_answers()
        if not evidence.is_enough:
            return "few"
        share = sum(self._is_hardly_wanted(one) for one in self.rated) / len(self.rated)
        if share > self.chapter.get_number("most_facets"):
            return "hardly"
        if self.wide:
            return "wide"
        if self.quick:
            return "quick"
        if self.below:
            return "small"
        return "backwards" if self.backwards else "none"

    def _name_gap_in_answers(self) -> Pattern:
        scales = [scale for one in self.practices for scale in (one.today, one.wanted)]
        if any(scale.withheld == "small_group" for scale in scales):
            return "withheld"
        if self.edition != Edition.PRIVATE:
            return "not_here"
        return "half" if any(scale.value is not None for scale in scales) else "unknown"

    def _is_hardly_wanted(self, one: PracticeReading) -> bool:
        return one.wanted.value is not None and one.wanted.value <= self.chapter.get_number("hardly_wanted")

    def _sort(self, keep: Callable[[PracticeReading], bool]) -> tuple[PracticeReading, ...]:
        return tuple(sorted(filter(keep, self.practices), key=lambda one: -(one.gap or 0)))


def read_practices(engagement: Engagement) -> PracticesReading:
    """Read the practices of an engagement."""
    chapter = load_chapter_of(engagement, "practices")
    questions = list_questions(engagement.facts)
    practices = tuple(_read_practice(engagement, facet, questions, chapter) for facet in chapter.facets)
    return PracticesReading(
        chapter=chapter,
        practices=practices,
        edition=engagement.told_as,
        minimum_group=engagement.facts.minimum_group,
        lone=find_lone(engagement, "practices.", backed=weigh_practices(practices).carries != "one_voice"),
    )


def weigh_practices(practices: Sequence[PracticeReading]) -> Evidence:
    """Say what is known of practices."""
    return Evidence(
        tuple(
            make_part(one.today, one.wanted, known=one.gap is not None or one.is_apart, disputed=one.is_apart)
            for one in practices
        )
    )


def _read_practice(
    engagement: Engagement, facet: Facet, questions: Mapping[str, Question], chapter: Chapter
) -> PracticeReading:
    today, wanted = (
        _read_rating(engagement, questions[f"practices.{facet.id}.{side}"]) for side in ("today", "wanted")
    )
    given = [read_words(engagement, f"practices.{facet.id}.{side}") for side in ("step", "owner")]
    step, owner = (_read_names(words, chapter, whole=engagement.told_as is Edition.PRIVATE) for words in given)
    return PracticeReading(facet, today, wanted, step, owner, _find_backwards(today, wanted))


def _read_rating(engagement: Engagement, question: Question) -> ScaleReading:
    if not isinstance(question, ScaleQuestion):
        raise TypeError(f"{question.id} should be a scale question")
    return read_scale(engagement, question)


def _find_backwards(today: ScaleReading, wanted: ScaleReading) -> tuple[str, ...]:
    """Return the voices that want less than they themselves see today, where it may be said whose answers these are."""
    seen = {response.voice: response.value for response in today.responses if response.voice}
    return tuple(sorted(r.voice for r in wanted.responses if r.voice in seen and r.voice and r.value < seen[r.voice]))


def _read_names(words: WordsReading, chapter: Chapter, *, whole: bool) -> NameReading:
    """Read a step or an owner; "nobody" and its like name nobody, and the same name twice is one name.

    In an edition that is not whole, only the group can say that there is none.
    """
    nobody = {str(word) for word in chapter.words["nobody_words"]}
    given: Sequence[str] = [words.agreed] if words.agreed is not None else [str(r.value) for r in words.given]
    distinct: dict[str, str] = {}
    for name in given:
        key = " ".join(name.casefold().split()).rstrip(".")
        if key != UNSURE and key not in nobody:
            distinct.setdefault(key, name.strip())
    names = tuple(distinct.values())
    if names:
        return NameReading(names, "named" if len(names) == 1 else "several")
    if words.agreed is None and not whole:
        return NameReading((), "held")
    return NameReading((), "unsure" if given and all(name == UNSURE for name in given) else "none")


def list_points(reading: PracticesReading) -> tuple[AgendaPoint, ...]:
    """Return an agenda point for the wide gaps that nobody owns, and for each that several are said to own.

    From `most_owners` on, what nobody owns is one question: asked one by one, it would crowd out all others.
    """
    words = reading.chapter
    unowned = reading.unowned
    if len(unowned) < words.get_number("most_owners"):
        return tuple(_make_point(reading, one) for one in (*unowned, *reading.contested))
    first, *others = unowned
    named = [f"“{one.facet.title}”" for one in others]
    most = int(words.get_number("owners_named"))
    most = most if len(named) > most + 1 else len(named)
    more = words.get_word("agenda.more").format(count=len(named) - most) if len(named) > most else ""
    told = words.get_word("agenda.unowned_many").format(names=join_words([*named[:most], *([more] if more else [])]))
    point = _make_point(reading, first)
    return (replace(point, text=f"{point.text} {told}"), *(_make_point(reading, one) for one in reading.contested))


def _make_point(reading: PracticesReading, one: PracticeReading) -> AgendaPoint:
    words = reading.chapter
    return AgendaPoint(
        subject=f"practices.{one.facet.id}",
        chapter="practices",
        reason="gap",
        text=words.get_word(f"agenda.{_choose_words(one)}").format(
            title=one.facet.title, today=_word_value(one.today), wanted=_word_value(one.wanted)
        ),
        whom=words.get_word("agenda.whom"),
        weight=words.get_number("agenda_base") + words.get_number("agenda_step") * (one.gap or 0),
    )


def _choose_words(one: PracticeReading) -> str:
    if one.owner.state == "several":
        return "contested"
    return "unowned_step" if one.step.names else "unowned"


def _word_value(scale: ScaleReading) -> str:
    """Word the nearest step at or below the value."""
    return scale.steps[int(scale.value or 0)].lower()
