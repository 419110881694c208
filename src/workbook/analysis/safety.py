"""Chapter 07: how open each audience can afford to be, which part holds it down, and what would raise it.

Openness (0 to 1) is the weakest of its parts and never their average: secure money does not make up for a decision
that hangs on the findings. Each protection that is in place gives back a share of what a part takes away. A
protection counts where the group settled it, or where two voices say it is there and none says it is not. A part on
which voices lie far apart counts as not known: its middle would be nobody's answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from workbook.analysis.agenda_points import AgendaPoint
from workbook.analysis.audiences.names import name_audience
from workbook.analysis.audiences.per_audience import PerAudience
from workbook.analysis.permission import NO_YES, PAYING, lay_in_order, settle_lower
from workbook.analysis.voices.evidence import Evidence, make_part
from workbook.analysis.voices.grids import ChoiceReading, MatrixReading, NumberReading, read_matrix
from workbook.analysis.voices.scales import ScaleReading, find_lone, read_words
from workbook.errors import ContentError
from workbook.model.chapters import Chapter, list_questions, load_chapter, load_chapter_of
from workbook.model.engagement import Audience, Engagement
from workbook.model.questions import GridQuestion, Question
from workbook.model.wordings import load_wording

STAKES = ("yes", "partly", "no")
"""Whether a funding decision hangs on the findings, the least open first."""
PARTS = ("money", "decision", "comfort", "time")
PROTECTIONS = ("apart", "unattributed", "first_sight", "time_paid")
WRITTEN = ("promise", "first")

Band = Literal["hardly", "partly", "open"]
BANDS: tuple[Band, ...] = ("hardly", "partly", "open")

Cell = NumberReading | ScaleReading | ChoiceReading


@dataclass(frozen=True)
class PartReading:
    """One part of an audience's openness: the value that counts and each voice's, 0 to 1, protections counted in.

    `base` is the value without protections. Values are None where nothing is known, or where it is disputed; voices
    are empty where nobody answered.
    """

    name: str
    cell: Cell
    base: float | None
    value: float | None
    voices: tuple[float, ...]
    is_disputed: bool = False


@dataclass(frozen=True)
class Marks:
    """What goes with a part's answer: its name, each voice's value, what protects it, whether it is disputed."""

    name: str
    bases: list[float]
    in_place: list[str]
    is_disputed: bool


@dataclass(frozen=True)
class Lift:
    """What one more protection would do: openness with it, and the parts that hold it down then."""

    protection: str
    openness: float
    weakest: tuple[str, ...]


@dataclass(frozen=True)
class AudienceSafety:
    """One audience: the parts that apply to it, the protections that act on them, and its openness.

    `openness` is None where none of money, decision and comfort is known. `best` is the protection that raises it
    most, None where none does.
    """

    audience: Audience
    parts: tuple[PartReading, ...]
    protections: dict[str, ChoiceReading]
    openness: float | None
    best: Lift | None

    @property
    def weakest(self) -> tuple[PartReading, ...]:
        """The parts that hold openness down; several where they are equally weak."""
        return tuple(part for part in self.parts if part.value is not None and part.value == self.openness)

    @property
    def is_upper_bound(self) -> bool:
        """Whether a part that applies is not known, so that openness could be lower."""
        return self.openness is not None and any(part.value is None for part in self.parts)

    def has(self, protection: str) -> bool:
        """Whether a protection is in place."""
        cell = self.protections.get(protection)
        return cell is not None and judge_protection(cell) == "yes"

    @property
    def is_open_ended(self) -> bool:
        """Whether openness is not known, or only from above."""
        return self.openness is None or self.is_upper_bound

    @property
    def reported(self) -> tuple[str, ...]:
        """The protections that one voice alone says are in place."""
        return tuple(name for name, cell in self.protections.items() if judge_protection(cell) == "one")

    @property
    def disputed(self) -> tuple[str, ...]:
        """The parts on which voices lie far apart."""
        return tuple(part.name for part in self.parts if part.is_disputed)


def judge_protection(cell: ChoiceReading) -> Literal["yes", "no", "one", "differ", "unknown"]:
    """Say whether a protection is in place: as agreed, else as two voices or more say and none denies.

    Where more people do not know of it than do, or the group agreed that it does not know, it is not known.
    """
    if cell.agreed is not None:
        return "yes" if cell.agreed == "yes" else "no"
    if cell.differs:
        return "differ"
    if cell.chosen == ("no",):
        return "no"
    if not cell.responses or cell.agreed_unsure or len(cell.unsure) > len(cell.responses):
        return "unknown"
    return "yes" if len(cell.responses) >= load_wording("evidence").get_number("enough_voices") else "one"


@dataclass(frozen=True)
class SafetyReading(PerAudience[AudienceSafety]):
    """The chapter's result, an audience at a time in the engagement's order."""

    evidence: Evidence
    is_rated: bool  # whether any cell holds an answer, one that does not apply to its audience too

    @property
    def openness(self) -> dict[str, float | None]:
        """Openness from 0 to 1 by audience id; None where it is not known."""
        return {one.audience.id: one.openness for one in self.audiences}

    @property
    def known(self) -> tuple[AudienceSafety, ...]:
        """The audiences whose openness is known: those least open first, of these the ones with most at stake first.

        Whoever pays comes last: they do not compete for being the least protected.
        """
        order = list(load_chapter("permission").words["group_order"])

        def rank(one: AudienceSafety) -> tuple[bool, int, int, float]:
            group = one.audience.group
            band = BANDS.index(self.find_band(one.openness or 0))
            return group == PAYING, band, order.index(group) if group in order else len(order), one.openness or 0

        return tuple(sorted((one for one in self.audiences if one.openness is not None), key=rank))

    @property
    def at_risk(self) -> tuple[AudienceSafety, ...]:
        """Those of the known audiences that do not pay."""
        return tuple(one for one in self.known if one.audience.group != PAYING)

    @property
    def has_finding(self) -> bool:
        """Whether one of those who do not pay is known, or voices are far apart on one."""
        return bool(self.at_risk) or any(one.disputed for one in self.audiences)

    def find_band(self, openness: float) -> Band:
        """Say in which of three bands an openness of 0 to 1 lies; steps of a scale allow no finer number."""
        if openness < self.chapter.get_number("low_openness"):
            return "hardly"
        return "partly" if openness < self.chapter.get_number("open_enough") else "open"

    @property
    def is_answered(self) -> bool:
        """Whether anything of the chapter is known in this edition."""
        return self.has_words or self.is_rated

    def list_between(self, low: float, high: float) -> tuple[AudienceSafety, ...]:
        """Return the audiences whose openness is at least `low` and below `high`, the lowest first."""
        return tuple(one for one in self.known if low <= (one.openness or 0) < high)


def read_safety(engagement: Engagement) -> SafetyReading:
    """Read how open each audience can afford to be."""
    chapter = load_chapter_of(engagement, "safety")
    questions = list_questions(engagement.facts)
    ground, protections = (
        read_matrix(engagement, _as_grid(questions[f"safety.{name}"])) for name in ("ground", "protections")
    )
    audiences = tuple(_read_audience(chapter, one, ground, protections) for one in engagement.facts.audiences)
    evidence = _weigh(audiences)
    return SafetyReading(
        chapter=chapter,
        audiences=audiences,
        words={name: read_words(engagement, f"safety.{name}") for name in WRITTEN},
        withheld=(*ground.withheld, *protections.withheld),
        edition=engagement.told_as,
        minimum_group=engagement.facts.minimum_group,
        lone=find_lone(engagement, "safety.ground", "safety.protections", backed=evidence.carries != "one_voice"),
        evidence=evidence,
        is_rated=ground.is_answered or protections.is_answered,
    )


def _weigh(audiences: tuple[AudienceSafety, ...]) -> Evidence:
    """Say what is known of those who do not pay: an audience is known where every part that applies to it is."""
    return Evidence(
        tuple(
            make_part(
                *(part.cell for part in one.parts if part.value is not None),
                known=one.openness is not None and (not one.is_upper_bound or bool(one.disputed)),
                disputed=bool(one.disputed),
            )
            for one in audiences
            if one.audience.group != PAYING
        )
    )


def lay_stakes(cell: ChoiceReading, chapter: Chapter) -> ScaleReading:
    """Return the answers on a pending decision as a scale, the least open first."""
    return lay_in_order(cell, STAKES, chapter.words["stakes"])


def measure_money(chapter: Chapter, months: float) -> float:
    """Return the openness that months of secure money allow: from a floor, evenly up to 1."""
    floor, full = chapter.get_number("money_floor"), chapter.get_number("secure_months")
    return 1.0 if full <= 0 else floor + (1 - floor) * min(1.0, months / full)


def measure_decision(chapter: Chapter, step: float) -> float:
    """Return the openness that a pending decision allows, by step of `STAKES`; between steps evenly."""
    return _interpolate([chapter.get_number(f"decision_{name}") for name in STAKES], step)


def measure_comfort(chapter: Chapter, step: float, steps: int) -> float:
    """Return the openness that comfort allows, by step; raises ContentError where the steps are not `steps` many."""
    values = chapter.settings["comfort_steps"].value
    if not isinstance(values, tuple) or len(values) != steps:
        raise ContentError(
            f"safety.yaml: settings.comfort_steps should list {steps} numbers, one for each step of comfort."
        )
    return _interpolate(list(values), step)


def lift_part(chapter: Chapter, part: str, base: float, protections: Iterable[str]) -> float:
    """Return a part's value with protections: each gives back its share of what is still missing from 1."""
    missing = 1 - base
    for protection in protections:
        name = f"{protection}_lifts_{part}"
        missing *= 1 - (chapter.get_number(name) if name in chapter.settings else 0)
    return 1 - missing


def _interpolate(values: list[float], step: float) -> float:
    below = min(int(step), len(values) - 1)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (step - below)


def _as_grid(question: Question) -> GridQuestion:
    if not isinstance(question, GridQuestion):
        raise TypeError(f"{question.id} should be a matrix")
    return question


def _read_audience(
    chapter: Chapter, audience: Audience, ground: MatrixReading, protections: MatrixReading
) -> AudienceSafety:
    applying = [part for part in PARTS if part in chapter.words["applies"][audience.group]]
    cells = {
        name: protections.choices[audience.id, name]
        for name in PROTECTIONS
        if any(f"{name}_lifts_{part}" in chapter.settings for part in applying)
    }
    in_place = [name for name, cell in cells.items() if judge_protection(cell) == "yes"]
    reported = [name for name, cell in cells.items() if judge_protection(cell) == "one"]
    readers: dict[str, Callable[[], PartReading]] = {
        "money": lambda: _read_money(chapter, ground.numbers[audience.id, "months"], in_place),
        "decision": lambda: _read_decision(chapter, ground.choices[audience.id, "hangs"], in_place),
        "comfort": lambda: _read_comfort(chapter, ground.scales[audience.id, "comfort"], in_place),
        "time": lambda: _read_time(chapter, protections.choices[audience.id, "time_paid"]),
    }
    parts = tuple(readers[part]() for part in applying)
    openness = _find_openness({part.name: part.value for part in parts})
    return AudienceSafety(audience, parts, cells, openness, _find_best(chapter, parts, in_place, reported))


def _read_money(chapter: Chapter, cell: NumberReading, in_place: list[str]) -> PartReading:
    bases = [measure_money(chapter, response.value) for response in cell.responses]
    base = None if cell.value is None else measure_money(chapter, cell.value)
    apart = cell.agreed is None and cell.gap >= chapter.get_number("months_apart")
    return _make_part(chapter, cell, base, Marks("money", bases, in_place, apart))


def _read_decision(chapter: Chapter, cell: ChoiceReading, in_place: list[str]) -> PartReading:
    scale = lay_stakes(cell, chapter)
    bases = [measure_decision(chapter, response.value) for response in scale.responses]
    base = None if scale.value is None else measure_decision(chapter, scale.value)
    apart = cell.agreed is None and {"yes", "no"} <= set(cell.chosen)
    return _make_part(chapter, cell, base, Marks("decision", bases, in_place, apart))


def _read_comfort(chapter: Chapter, cell: ScaleReading, in_place: list[str]) -> PartReading:
    steps = len(cell.steps)
    bases = [measure_comfort(chapter, response.value, steps) for response in cell.responses]
    base = None if cell.value is None else measure_comfort(chapter, cell.value, steps)
    return _make_part(chapter, cell, base, Marks("comfort", bases, in_place, cell.is_disputed))


def _read_time(chapter: Chapter, cell: ChoiceReading) -> PartReading:
    """Read unpaid time, of which only the protection itself is asked: each voice's answer lifts its own mark."""
    base = chapter.get_number("time_unpaid")
    values = {answer: lift_part(chapter, "time", base, ["time_paid"] if answer == "yes" else []) for answer in NO_YES}
    settled = settle_lower(cell, NO_YES)
    return PartReading(
        name="time",
        cell=cell,
        base=None if settled is None else base,
        value=None if settled is None else values[settled],
        voices=tuple(sorted(values[response.value] for response in cell.responses)),
    )


def _make_part(chapter: Chapter, cell: Cell, base: float | None, marks: Marks) -> PartReading:
    base = None if marks.is_disputed else base
    value = None if base is None else lift_part(chapter, marks.name, base, marks.in_place)
    lifted = sorted(lift_part(chapter, marks.name, one, marks.in_place) for one in marks.bases)
    return PartReading(marks.name, cell, base, value, tuple(lifted), marks.is_disputed)


def _find_openness(values: dict[str, float | None]) -> float | None:
    """Return the weakest known part; None where all that is known is whether time is paid."""
    known = {name: value for name, value in values.items() if value is not None}
    return min(known.values()) if set(known) - {"time"} else None


def _find_best(
    chapter: Chapter, parts: tuple[PartReading, ...], in_place: list[str], reported: list[str]
) -> Lift | None:
    """Find the protection not yet in place that raises openness most; where none does alone, the weakest part most.

    One that a voice alone reports is to be confirmed, not put in place.
    """
    bases = {part.name: part.base for part in parts if part.base is not None}
    now = {part.name: part.value for part in parts if part.value is not None}
    if not bases or set(bases) <= {"time"}:
        return None
    openness = min(now.values())
    weakest = [name for name, value in now.items() if value == openness]
    found: list[tuple[float, float, int, Lift]] = []
    for rank, protection in enumerate(PROTECTIONS):
        if protection in (*in_place, *reported):
            continue
        then = {name: lift_part(chapter, name, base, [*in_place, protection]) for name, base in bases.items()}
        gain = sum(then[name] - now[name] for name in weakest)
        if gain > 0:
            lowest = min(then.values())
            held = tuple(name for name, value in then.items() if value == lowest)
            found.append((lowest, gain, -rank, Lift(protection, lowest, held)))
    return max(found, key=lambda one: one[:3])[3] if found else None


def list_points(reading: SafetyReading) -> tuple[AgendaPoint, ...]:
    """Return an agenda point for each audience that is hardly open or disputed, and for a missing promise."""
    points = [point for one in reading.audiences if (point := _make_point(reading, one))]
    words = reading.chapter
    if reading.is_whole and reading.is_answered and reading.words["promise"].state == "missing":
        text, whom = words.get_word("agenda.promise"), words.get_word("agenda.whom_promise")
        points.append(AgendaPoint("safety.promise", "safety", "gap", text, whom, words.get_number("weight_other")))
    return tuple(points)


def _make_point(reading: SafetyReading, one: AudienceSafety) -> AgendaPoint | None:
    words, subject, name = reading.chapter, f"safety.{one.audience.id}", name_audience(one.audience)
    low = one.openness is not None and one.audience.group != PAYING and reading.find_band(one.openness) == "hardly"
    weight = words.get_number("weight_low" if low else "weight_other")
    if subjects := _name_disputes(reading, one):
        text = words.get_word("agenda.dispute").format(audience=name, subjects="; ".join(subjects))
        whom = words.get_word("agenda.whom_dispute").format(audience=name)
        return AgendaPoint(subject, "safety", "disagreement", text, whom, weight)
    if not low:
        return None
    do = words.get_word(f"do_for.{one.best.protection}").format(audience=name) if one.best else ""
    text = words.get_word("agenda.low_do" if do else "agenda.low").format(audience=name, do=do)
    return AgendaPoint(subject, "safety", "gap", text, words.get_word("agenda.whom").format(audience=name), weight)


def _name_disputes(reading: SafetyReading, one: AudienceSafety) -> list[str]:
    """Name what voices contradict each other on and the group has not settled: the parts, then protections."""
    words = reading.chapter
    differing = [name for name, cell in one.protections.items() if cell.agreed is None and cell.differs]
    return [words.get_word(f"whether.{name}") for name in (*one.disputed, *differing)]
