"""Chapter 01: what is hoped for (seed) beside what people are held to (soil), facet by facet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from workbook.analysis.agenda_points import AgendaPoint
from workbook.analysis.voices.evidence import Evidence, find_most, make_part
from workbook.analysis.voices.scales import Lone, ScaleReading, WordsReading, find_lone, read_scale, read_words
from workbook.model.answers import Edition, Response
from workbook.model.base import UNSURE
from workbook.model.chapters import Chapter, Facet, list_questions, load_chapter_of
from workbook.model.engagement import Engagement

Place = Literal["learning_ground", "tension", "evaluation_ground", "bare_ground", "disputed", "unknown"]
Side = Literal["seed", "soil"]
Switched = Literal["agreed", "named", "none", "apart", "unsure", "missing"]
Pattern = Literal[
    "evaluation", "learning", "tension", "bare", "mixed", "disputed", "early", "unknown", "withheld", "not_here"
]


@dataclass(frozen=True)
class FacetReading:
    """One facet: its two scales, and the place they put it in."""

    facet: Facet
    seed: ScaleReading
    soil: ScaleReading
    place: Place

    @property
    def tension(self) -> float:
        """How strong the pull is, 0 to 100: the weaker of hope and habit, where both are high."""
        return min(self.seed.score or 0, self.soil.score or 0) if self.place == "tension" else 0.0

    @property
    def missing(self) -> tuple[Side, ...]:
        """The sides that are not known."""
        sides: tuple[tuple[Side, ScaleReading], ...] = (("seed", self.seed), ("soil", self.soil))
        return tuple(side for side, scale in sides if scale.value is None)


@dataclass(frozen=True)
class FramingReading:
    """The chapter's result. `seed` and `soil` are means over the sides not disputed, 0 to 100, None without a verdict.

    `switched_by` are the answers that `switching` is read from, none where it was agreed; `switched` says how far
    it is known: agreed, by the answers on some facets or on none, on facets that differ, unsure, or nobody's answer.
    A facet is known where both its sides are, and has a place where neither is disputed. With fewer places than
    `least` the pattern is "early" or "disputed" at most; `evidence` says what is known, and
    whether one voice alone gives it.
    """

    chapter: Chapter
    facets: tuple[FacetReading, ...]
    seed: float | None
    soil: float | None
    pattern: Pattern
    switching: tuple[str, ...]
    switched_by: tuple[Response, ...]
    switched: Switched
    words: dict[str, WordsReading]
    edition: Edition
    minimum_group: int
    is_call: bool
    is_closed: bool
    is_late: bool  # whether there is nothing left to commission: proposals are in, or the work has begun
    lone: Lone | None
    evidence: Evidence

    def list_in(self, place: Place) -> tuple[FacetReading, ...]:
        """Return the facets in a place; tensions with the sharpest first, others in the chapter's order."""
        found = [facet for facet in self.facets if facet.place == place]
        return tuple(sorted(found, key=lambda one: -one.tension))

    @property
    def differences(self) -> tuple[tuple[FacetReading, ScaleReading], ...]:
        """The scales on which voices are in strong disagreement, the widest first."""
        found = [(f, scale) for f in self.facets for scale in (f.seed, f.soil) if scale.differs]
        return tuple(sorted(found, key=lambda pair: pair[1].agreement or 0))

    @property
    def most_voices(self) -> int:
        """The largest number of voices this edition shows on any one scale."""
        return max((len(scale.responses) for one in self.facets for scale in (one.seed, one.soil)), default=0)

    @property
    def is_answered(self) -> bool:
        """Whether enough facets are known in this edition for a verdict."""
        return self.pattern not in ("disputed", "early", "unknown", "withheld", "not_here")

    @property
    def known(self) -> tuple[FacetReading, ...]:
        """The facets of which both sides are known in this edition."""
        return tuple(one for one in self.facets if one.place != "unknown")

    @property
    def placed(self) -> tuple[FacetReading, ...]:
        """The facets known on which no side is disputed."""
        return tuple(one for one in self.facets if _has_place(one))

    @property
    def least(self) -> int:
        """How many facets must be known before a verdict is drawn."""
        return self.evidence.least

    @property
    def unsettled(self) -> tuple[FacetReading, ...]:
        """The facets not known: those half known, then those nobody answered, then those somebody is unsure of."""
        left = [one for one in self.facets if one.place == "unknown"]
        return tuple(sorted(left, key=lambda one: (_is_doubted(one), len(one.missing))))

    def count_raters(self, *sides: Side) -> int | None:
        """Count the voices that rated a facet on one of these sides; None where the edition may not say it."""
        if self.edition is not Edition.PRIVATE:
            return None
        scales = [getattr(one, side) for one in self.facets for side in sides]
        return len({response.voice for scale in scales for response in scale.responses})


WRITTEN = ("switching_why", "said_aloud", "stays_evaluation", "evaluator")


def read_framing(engagement: Engagement) -> FramingReading:
    """Read the framing of an engagement."""
    chapter = load_chapter_of(engagement, "framing")
    questions = list_questions(engagement.facts)
    facets = tuple(_read_facet(engagement, facet, questions, chapter) for facet in chapter.facets)
    switching, switched_by, switched = _read_switching(engagement, chapter)
    evidence = weigh_facets(facets)
    enough = evidence.is_enough
    return FramingReading(
        chapter=chapter,
        facets=facets,
        seed=_find_middle([facet.seed for facet in facets]) if enough else None,
        soil=_find_middle([facet.soil for facet in facets]) if enough else None,
        pattern=_find_pattern(facets) if enough else _name_gap_in_answers(engagement, facets, evidence, chapter),
        switching=switching,
        switched_by=switched_by,
        switched=switched,
        words={name: read_words(engagement, f"framing.{name}") for name in WRITTEN},
        edition=engagement.told_as,
        minimum_group=engagement.facts.minimum_group,
        is_call=engagement.is_read_from_outside,
        is_closed=engagement.facts.is_closed,
        is_late=engagement.facts.stage != "open",
        lone=find_lone(
            engagement,
            *(f"framing.{facet.id}." for facet in chapter.facets),
            backed=evidence.carries != "one_voice",
        ),
        evidence=evidence,
    )


def weigh_facets(facets: Iterable[FacetReading]) -> Evidence:
    """Say what is known of the facets: both sides of each, and on which voices lie far apart."""
    return Evidence(
        tuple(
            make_part(one.seed, one.soil, known=one.place != "unknown", disputed=one.place == "disputed")
            for one in facets
        )
    )


def _read_facet(engagement: Engagement, facet: Facet, questions: Mapping[str, Any], chapter: Chapter) -> FacetReading:
    seed, soil = (read_scale(engagement, questions[f"framing.{facet.id}.{side}"]) for side in ("seed", "soil"))
    return FacetReading(facet=facet, seed=seed, soil=soil, place=_find_place(seed, soil, chapter))


def _find_place(one: ScaleReading, other: ScaleReading, chapter: Chapter) -> Place:
    seed, soil = one.score, other.score
    if seed is None or soil is None:
        return "unknown"
    if one.is_disputed or other.is_disputed:
        return "disputed"
    high = chapter.get_number("high")
    if seed > high:
        return "tension" if soil > high else "learning_ground"
    return "evaluation_ground" if soil > high else "bare_ground"


PATTERNS: dict[Place, Pattern] = {
    "evaluation_ground": "evaluation",
    "learning_ground": "learning",
    "tension": "tension",
    "bare_ground": "bare",
}


def _find_pattern(facets: tuple[FacetReading, ...]) -> Pattern:
    """Say what the facets amount to: where most of those with a place stand; mixed where most stand nowhere."""
    most = find_most({place: sum(one.place == place for one in facets) for place in PATTERNS})
    return PATTERNS[most] if most else "mixed"


def _name_gap_in_answers(
    engagement: Engagement, facets: tuple[FacetReading, ...], evidence: Evidence, chapter: Chapter
) -> Pattern:
    """Say how little is known, where that is too little for a verdict."""
    scales = [scale for one in facets for scale in (one.seed, one.soil)]
    if evidence.carries == "disputed":
        return "disputed"
    if not evidence.known and any(scale.withheld == "small_group" for scale in scales):
        return "withheld"
    private = engagement.told_as is Edition.PRIVATE
    # The page is about ratings; only where every answer is at hand does another answer of the chapter count as a start.
    if any(map(_is_rated, scales)) or (private and any(_is_answered(engagement, one.id) for one in chapter.questions)):
        return "early"
    return "unknown" if private else "not_here"


def _is_rated(scale: ScaleReading) -> bool:
    return bool(scale.value is not None or scale.unsure or scale.agreed_unsure)


def _is_answered(engagement: Engagement, question: str) -> bool:
    """Whether anybody answered a question."""
    return engagement.get_agreed(question) is not None or bool(engagement.list_responses(question))


def _is_doubted(one: FacetReading) -> bool:
    return any(scale.value is None and (scale.unsure or scale.agreed_unsure) for scale in (one.seed, one.soil))


def _has_place(one: FacetReading) -> bool:
    return one.place not in ("disputed", "unknown")


def _find_middle(scales: list[ScaleReading]) -> float | None:
    """Return the middle of the facets' answers, in steps: steps of a scale have no average."""
    known = [scale.value for scale in scales if scale.value is not None and not scale.is_disputed]
    return float(median(known)) if known else None


def _read_switching(engagement: Engagement, chapter: Chapter) -> tuple[tuple[str, ...], tuple[Response, ...], Switched]:
    """Return the facets being moved on purpose, whose answers say so, and how far that is known.

    They are those agreed, where it is nobody's answer alone, else those more than half of the voices name.
    """
    agreed = engagement.get_agreed("framing.switching")
    if isinstance(agreed, list):
        return tuple(agreed), (), "agreed"
    responses = engagement.list_responses("framing.switching")
    given = tuple(r for r in responses if not r.is_unsure)
    if not given:
        return (), (), "unsure" if responses or agreed == UNSURE else "missing"
    named = [r.value for r in given]
    most = tuple(f.id for f in chapter.facets if sum(f.id in one for one in named) * 2 > len(named))
    return most, given, "named" if most else "apart" if any(named) else "none"


def list_points(reading: FramingReading) -> tuple[AgendaPoint, ...]:
    """Return an agenda point for each tension."""
    template, whom = (reading.chapter.get_word(f"agenda.{name}") for name in ("tension", "whom"))
    return tuple(
        AgendaPoint(
            subject=f"framing.{one.facet.id}",
            chapter="framing",
            reason="tension",
            text=template.format(
                facet=one.facet.title,
                seed=one.facet.words.get("seed", ""),
                soil=one.facet.words.get("soil", ""),
            ),
            whom=whom,
            weight=2 + one.tension / 100,
        )
        for one in reading.list_in("tension")
    )
