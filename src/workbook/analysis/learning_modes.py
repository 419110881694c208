"""Chapter 04: learning for people or with them, what they can do already, and which role the partner plays when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workbook.analysis.agenda_points import AgendaPoint
from workbook.analysis.audiences.names import join_names, name_audience
from workbook.analysis.framing import read_framing
from workbook.analysis.voices.evidence import Evidence, make_part
from workbook.analysis.voices.grids import read_matrix
from workbook.analysis.voices.scales import Lone, ScaleReading, Withheld, find_lone
from workbook.errors import ContentError
from workbook.model.chapters import Chapter, list_questions, load_chapter_of
from workbook.model.choices import Category
from workbook.model.engagement import Audience, Engagement, Facts
from workbook.model.questions import GridQuestion, Option
from workbook.theme import join_words

Mode = Literal["for", "both", "with", "unknown", "disputed"]
Role = Literal["mirror", "mentor", "midwife"]
Pattern = Literal[
    "none",
    "withheld",
    "unknown",
    "reports",
    "unsupported",
    "midwife",
    "evaluation",
    "with",
    "mixed",
    "together",
    "both",
    "roles",
    "few",
    "disputed",
]
ROLES: tuple[Role, ...] = ("mirror", "mentor", "midwife")
MEETING: tuple[Category, ...] = ("facilitation", "participants_time")
"""The parts of a plan that pay for people to make sense of things themselves."""


@dataclass(frozen=True)
class ModeReading:
    """One audience: who finds its learning, and what it can do already."""

    audience: Audience
    who_finds: ScaleReading
    analyse: ScaleReading
    reflect: ScaleReading
    mode: Mode
    lacks_analysis: bool
    lacks_reflection: bool


@dataclass(frozen=True)
class PhaseReading:
    """One phase: how much of each role; `leading` are the roles with the highest answer, if any is above none.

    Nobody leads where one of the roles is not known or disputed: it might be the one that leads.
    """

    phase: Option
    roles: dict[Role, ScaleReading]
    leading: tuple[Role, ...]


@dataclass(frozen=True)
class Contradiction:
    """Two answers, or an answer and the plan, that cannot both hold; `audiences` and `phases` say where."""

    kind: Literal["reports", "unsupported", "midwife"]
    audiences: tuple[Audience, ...] = ()
    phases: tuple[Option, ...] = ()


@dataclass(frozen=True)
class LearningModesReading:
    """The chapter's result; money is in the engagement's currency, None where there is no costed plan."""

    chapter: Chapter
    facts: Facts
    audiences: tuple[ModeReading, ...]
    phases: tuple[PhaseReading, ...]
    reports: float | None
    meeting: float | None
    contradictions: tuple[Contradiction, ...]
    edition: str
    minimum_group: int
    lone: Lone | None
    evidence: Evidence

    @property
    def scales(self) -> tuple[ScaleReading, ...]:
        """Every scale of the chapter."""
        modes = [scale for one in self.audiences for scale in (one.who_finds, one.analyse, one.reflect)]
        return (*modes, *(scale for one in self.phases for scale in one.roles.values()))

    @property
    def is_answered(self) -> bool:
        """Whether anything of the chapter is known in this edition."""
        return any(scale.value is not None for scale in self.scales)

    @property
    def voices(self) -> int:
        """The most voices shown here that answered one and the same question."""
        return max((len(scale.responses) for scale in self.scales), default=0)

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """Why answers are held back, one reason for each that is."""
        return tuple(scale.withheld for scale in self.scales if scale.withheld)

    def list_in(self, mode: Mode) -> tuple[ModeReading, ...]:
        """Return the audiences that learn in one way."""
        return tuple(one for one in self.audiences if one.mode == mode)

    @property
    def known(self) -> tuple[ModeReading, ...]:
        """The audiences for which it is known, and not disputed, who finds their learning."""
        return tuple(one for one in self.audiences if one.mode not in ("unknown", "disputed"))

    @property
    def known_phases(self) -> tuple[PhaseReading, ...]:
        """The phases in which some role leads: every role is known there, and none disputed."""
        return tuple(one for one in self.phases if one.leading)

    @property
    def pattern(self) -> Pattern:
        """What the answers amount to; the order of the rules is the order of what matters most."""
        if not self.audiences:
            return "none"
        if not self.is_answered:
            return "withheld" if "small_group" in self.withheld else "unknown"
        if self.contradictions:
            return self.contradictions[0].kind
        modes = {one.mode for one in self.known}
        if not self.evidence.is_enough:
            return _name_gap(self)
        if len(modes) > 1:
            return "mixed" if "for" in modes else "together"
        return "evaluation" if modes == {"for"} else "with" if modes == {"with"} else "both"


def _name_gap(reading: LearningModesReading) -> Pattern:
    """Say how little is known of who finds the learning, where that is too little for all audiences."""
    if reading.evidence.carries in ("disputed", "parts"):
        return "disputed" if reading.evidence.carries == "disputed" else "few"
    return "roles" if reading.known_phases else "unknown"


def read_learning_modes(engagement: Engagement) -> LearningModesReading:
    """Read how each audience learns, what it can do, and which role the partner plays when."""
    chapter = load_chapter_of(engagement, "learning_modes")
    modes, phases = _read_modes(engagement, chapter), _read_phases(engagement)
    plan = engagement.facts.plan
    evidence = Evidence(
        tuple(make_part(one.who_finds, known=one.mode != "unknown", disputed=one.mode == "disputed") for one in modes)
    )
    return LearningModesReading(
        chapter=chapter,
        facts=engagement.facts,
        audiences=modes,
        phases=phases,
        reports=_sum_plan(engagement.facts, ("reporting",)) if plan else None,
        meeting=_sum_plan(engagement.facts, MEETING) if plan else None,
        contradictions=_find_contradictions(engagement, chapter, modes, phases),
        edition=engagement.told_as,
        minimum_group=engagement.facts.minimum_group,
        lone=find_lone(engagement, "learning_modes.", backed=evidence.carries != "one_voice"),
        evidence=evidence,
    )


def _get_grid(engagement: Engagement, name: str) -> GridQuestion:
    question = list_questions(engagement.facts)[f"learning_modes.{name}"]
    if not isinstance(question, GridQuestion):
        raise ContentError(f"learning_modes.yaml: the question {name} should be of kind matrix.")
    return question


def _read_modes(engagement: Engagement, chapter: Chapter) -> tuple[ModeReading, ...]:
    finds, able = (read_matrix(engagement, _get_grid(engagement, name)).scales for name in ("with", "capacity"))
    low = chapter.get_number("low_capacity")
    found = []
    for one in engagement.facts.audiences:
        analyse, reflect = able[one.id, "analyse"], able[one.id, "reflect"]
        found.append(
            ModeReading(
                audience=one,
                who_finds=finds[one.id, "mode"],
                analyse=analyse,
                reflect=reflect,
                mode=_find_mode(finds[one.id, "mode"], chapter),
                lacks_analysis=_is_low(analyse, low),
                lacks_reflection=_is_low(reflect, low),
            )
        )
    return tuple(found)


def _is_low(scale: ScaleReading, low: float) -> bool:
    return scale.value is not None and not scale.is_disputed and scale.value <= low


def _find_mode(scale: ScaleReading, chapter: Chapter) -> Mode:
    step = scale.value
    if step is None:
        return "unknown"
    if scale.is_disputed:
        return "disputed"
    if step <= chapter.get_number("for_to"):
        return "for"
    return "with" if step >= chapter.get_number("with_from") else "both"


def _read_phases(engagement: Engagement) -> tuple[PhaseReading, ...]:
    question = _get_grid(engagement, "roles")
    scales = read_matrix(engagement, question).scales
    return tuple(_read_phase(phase, {role: scales[phase.id, role] for role in ROLES}) for phase in question.rows)


def _read_phase(phase: Option, roles: dict[Role, ScaleReading]) -> PhaseReading:
    if any(scale.value is None or scale.is_disputed for scale in roles.values()):
        return PhaseReading(phase, roles, ())
    values = {role: scale.value for role, scale in roles.items() if scale.value}
    best = max(values.values(), default=0)
    return PhaseReading(phase, roles, tuple(role for role, value in values.items() if value == best))


def _sum_plan(facts: Facts, categories: tuple[Category, ...]) -> float:
    return sum(line.cost for line in facts.plan if line.category in categories)


def _find_contradictions(
    engagement: Engagement, chapter: Chapter, modes: tuple[ModeReading, ...], phases: tuple[PhaseReading, ...]
) -> tuple[Contradiction, ...]:
    """Find what cannot both hold; audiences without support come first, since theirs is the most certain loss."""
    facts = engagement.facts
    with_ = tuple(one for one in modes if one.mode == "with")
    found = [
        Contradiction("unsupported", (one.audience,))
        for one in with_
        if one.lacks_reflection and facts.plan and not _is_supported(one.audience, facts)
    ]
    if with_ and _sum_plan(facts, ("reporting",)) > _sum_plan(facts, MEETING):
        found.append(Contradiction("reports", tuple(one.audience for one in with_)))
    strong = chapter.get_number("strong_role")
    midwife = tuple(
        one.phase
        for one in phases
        if (one.roles["midwife"].value or 0) >= strong and not one.roles["midwife"].is_disputed
    )
    if midwife and _needs_permission(engagement):
        found.append(Contradiction("midwife", phases=midwife))
    return tuple(found)


def _is_supported(audience: Audience, facts: Facts) -> bool:
    """Whether the plan pays for a session or for time of this audience; a line that names nobody is for everybody."""
    return any(
        line.cost > 0 and (not line.audiences or audience.id in line.audiences)
        for line in facts.plan
        if line.category in MEETING
    )


def _needs_permission(engagement: Engagement) -> bool:
    """Whether the framing says that people are held to asking before they change a plan."""
    framing = read_framing(engagement)
    high = framing.chapter.get_number("high")
    return any(
        one.facet.id == "change" and not one.soil.is_disputed and (one.soil.score or 0) > high for one in framing.facets
    )


def list_points(reading: LearningModesReading) -> tuple[AgendaPoint, ...]:
    """Return an agenda point for each contradiction."""
    return tuple(_ask_about(one, reading.chapter) for one in reading.contradictions)


def _ask_about(one: Contradiction, words: Chapter) -> AgendaPoint:
    text = words.get_word(f"agenda.{one.kind}").format(
        audience=name_audiences(one.audiences), phases=name_phases(one.phases)
    )
    subject = one.audiences[0].id if one.kind == "unsupported" else one.kind
    whom = words.get_word(f"agenda.whom_{'permission' if one.kind == 'midwife' else 'money'}")
    return AgendaPoint(
        subject=f"learning_modes.{subject}",
        chapter="learning_modes",
        reason="tension",
        text=text,
        whom=whom,
        weight=2.5,
    )


def name_audiences(audiences: tuple[Audience, ...]) -> str:
    """Name audiences as they stand inside a sentence."""
    return join_names([name_audience(one) for one in audiences])


def name_phases(phases: tuple[Option, ...]) -> str:
    """Name phases as they stand before the word "phase"."""
    return join_words([one.label.lower() for one in phases])
