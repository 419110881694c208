"""How ready each part of the invitation is: what it needs, what of that is there, and what to do about the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from workbook.analysis import learning_modes
from workbook.analysis.agenda_points import tell_whom
from workbook.analysis.audiences.audiences import OUT_OF_REACH
from workbook.analysis.audiences.names import join_names, name_audience
from workbook.analysis.brief.brief import BriefReading, Status
from workbook.analysis.discovery.discovery import write_weeks
from workbook.analysis.learning_modes import Contradiction, PhaseReading
from workbook.analysis.permission import AudiencePermission, settle_lower
from workbook.analysis.safety import STAKES
from workbook.analysis.voices.basis import Basis, judge_basis, judge_together
from workbook.analysis.voices.grids import ChoiceReading
from workbook.model.base import UNSURE
from workbook.model.chapters import list_questions
from workbook.model.engagement import Audience
from workbook.model.loose_days import find_span
from workbook.theme import format_money

Standing = Literal["voices", "part", "warning"] | Status
State = Literal["ready", "thin", "missing"]

ABSENT = frozenset({"unsure", "open", "not_shown"})
AT_RISK = ("delivery", "people")
"""The groups of audiences who risk something by being open."""
EXPOSED: tuple[tuple[str, Basis], ...] = (
    ("exposed", "agreed"),
    ("exposed_voices", "voices"),
    ("exposed_one", "one"),
    ("exposed_some", "several"),
)
"""The faults that a decision may hang on the findings, each with what says so."""


@dataclass(frozen=True)
class Need:
    """One thing a part needs: how far it is there, what to do about it, and whom to ask.

    `warning` stands for a fault in what is there; `voices` for what voices say and the group has not agreed;
    `part` for what is known only for some.
    """

    name: str
    status: Standing
    text: str
    do: str
    ask: str


@dataclass(frozen=True)
class PartReadiness:
    """One part of the invitation; `gaps` are the needs that are not met, in the order of what matters most."""

    name: str
    needs: tuple[Need, ...] = field(default=())

    @property
    def gaps(self) -> tuple[Need, ...]:
        """The needs that are not met."""
        return tuple(need for need in self.needs if need.status != "known")

    @property
    def state(self) -> State:
        """Ready if every need is met; missing if nothing of it is there, whatever else is wrong."""
        if not self.gaps:
            return "ready"
        there = [need for need in self.needs if need.status not in ABSENT and need.status != "warning"]
        return "thin" if there else "missing"


Found = Iterator[tuple[str, Standing, dict[str, str]]]


def assess_parts(reading: BriefReading) -> tuple[PartReadiness, ...]:
    """Return every part of the invitation in its order, with what it needs."""
    return tuple(PartReadiness(name, tuple(_make_needs(reading, name, find(reading)))) for name, find in _PARTS.items())


def _make_needs(reading: BriefReading, part: str, found: Found) -> Iterator[Need]:
    asks = {question.id: question.ask for question in list_questions(reading.facts).values()}
    for name, status, words in found:
        needs = reading.chapter.words["needs"][part][name]
        ask = needs.get("ask") or next((asks[key] for key in _name_questions(part, name) if key in asks), "")
        ask = tell_whom(ask, reading.facts)
        yield Need(name, status, *(text.format(**words) for text in (needs["name"], needs["do"], ask)))


def _name_questions(part: str, name: str) -> tuple[str, ...]:
    """Name the questions whose `ask` says whom to ask about a need."""
    chapters = {"why": "framing", "modes": "learning_modes", "whose": "audiences"}
    told = {"change": "do_differently"}.get(name, name)
    return (f"brief.{told}", f"{chapters.get(part, part)}.{told}", f"safety.{told}")


def _name(audiences: Sequence[Audience]) -> str:
    return join_names([name_audience(audience) for audience in audiences])


def _say(reading: BriefReading, *questions: str) -> Found:
    """Yield a need for each question in words."""
    for question in questions:
        yield question.partition(".")[2], reading.said[question].status, {}


def _missing(reading: BriefReading) -> Standing:
    return "open" if reading.is_whole else "not_shown"


def _have(reading: BriefReading, name: str, there: bool) -> Found:
    yield name, "known" if there else _missing(reading), {}


def _share(reading: BriefReading, name: str, there: Sequence[bool]) -> Found:
    """Yield a need that is met for all, for some or for none; nothing where it is asked of nobody."""
    if there:
        yield name, "known" if all(there) else "part" if any(there) else _missing(reading), {}


def _find_standing(reading: BriefReading, basis: Basis) -> Standing:
    """Word a basis as a need's status; that nobody knows can only be told from an edition that holds every answer."""
    if basis == "not_known" and reading.is_whole:
        return "unsure"
    return _STANDINGS.get(basis, _missing(reading))


_STANDINGS: dict[Basis, Standing] = {
    "agreed": "known",
    "voices": "voices",
    "one": "one_voice",
    "several": "several",
    "unsure": "unsure",
}


def _settle(reading: BriefReading, name: str, subjects: Sequence[tuple[str, Basis]], every: str) -> Found:
    """Yield a need for each way in which something stands, with those of whom it stands so; `every` names them all."""
    found: dict[Standing, list[str]] = {} if subjects else {_missing(reading): []}
    for subject, basis in subjects:
        found.setdefault(_find_standing(reading, basis), []).append(subject)
    for status, names in found.items():
        subject = reading.chapter.get_word(f"every.{every}") if len(found) == 1 else join_names(names)
        yield name, status, {"subject": subject}


def _name_basis(reading: BriefReading, basis: Basis) -> str:
    """Say of a fault that it is read from answers; nothing where the group agreed on what it is read from."""
    return "" if basis == "agreed" else reading.chapter.get_word("by_one" if basis == "one" else "by_answers")


def _need_about(reading: BriefReading) -> Found:
    yield from (("sentence", "known" if reading.facts.sentence else "open", {}),)
    yield from (("programme", "known" if reading.facts.programme else "open", {}),)


def _need_why(reading: BriefReading) -> Found:
    framing = reading.framing
    yield from _have(reading, "ratings", framing.is_answered or framing.pattern == "disputed")
    if not reading.is_evaluation:
        status = reading.said["framing.switching"].status
        yield "switching", "voices" if framing.switching and status != "known" else status, {}
        yield from _say(reading, "framing.switching_why", "framing.said_aloud")
        yield from _say(reading, "framing.stays_evaluation", "framing.evaluator")
    for one in framing.list_in("tension")[:1] if framing.is_answered else ():
        move = one.facet.moves[0] if one.facet.moves else ""
        words = {"subject": one.facet.title.lower(), "move": move[:1].lower() + move[1:]}
        yield "tension", "warning", {**words, "by": _name_basis(reading, judge_together((one.seed, one.soil)))}


def _need_whose(reading: BriefReading) -> Found:
    audiences = reading.audiences
    yield from _have(reading, "audiences", bool(audiences.audiences))
    yield "order", "known" if audiences.agreed_places else "voices" if audiences.places else _missing(reading), {}
    yield from _share(reading, "change", [one.change.agreed not in (None, UNSURE) for one in audiences.top])
    if audiences.audiences and not audiences.list_in("people"):
        yield "people", "warning", {}
    if audiences.pattern == "order_differs":
        yield "differs", "warning", {}


def _need_questions(reading: BriefReading) -> Found:
    questions = reading.audiences.questions
    kept = reading.facts.questions_kept and not questions
    yield "written", "known" if questions or kept else "open", {}
    if kept:
        yield "kept", "warning", {}
    for fault in ("decision", "decider", "date"):
        yield from _share(reading, fault, [fault not in one.faults for one in questions])
    late = sum(fault in OUT_OF_REACH for one in questions for fault in one.faults)
    if late:
        yield "timing", "warning", {"count": str(late)}


def _need_modes(reading: BriefReading) -> Found:
    modes = reading.learning_modes
    finds = [(name_audience(one.audience), judge_basis(one.who_finds)) for one in modes.audiences]
    yield from _settle(reading, "with", finds, "audience")
    roles = [(one.phase.label.lower(), judge_phase(one)) for one in modes.phases]
    yield from _settle(reading, "roles", roles, "phase")
    if learning_modes.list_points(modes):
        found = {judge_contradiction(reading, one) for one in modes.contradictions}
        basis: Basis = "agreed" if "agreed" in found else "one" if found == {"one"} else "voices"
        yield "pull", "warning", {"by": _name_basis(reading, basis)}


def judge_phase(one: PhaseReading) -> Basis:
    """Say what the roles that lead in a phase rest on; where none does, what the phase's answers rest on."""
    if any(scale.agreed_unsure for scale in one.roles.values()):
        return "unsure"
    return judge_together(one.roles[role] for role in one.leading or one.roles)


def judge_contradiction(reading: BriefReading, one: Contradiction) -> Basis:
    """Say what the answers rest on that contradict each other or the plan."""
    modes = reading.learning_modes
    finds = [mode.who_finds for mode in modes.audiences if mode.audience in one.audiences]
    roles = [phase.roles["midwife"] for phase in modes.phases if phase.phase in one.phases]
    held = [facet.soil for facet in reading.framing.facets if one.kind == "midwife" and facet.facet.id == "change"]
    able = [mode.reflect for mode in modes.audiences if one.kind == "unsupported" and mode.audience in one.audiences]
    return judge_together([*finds, *roles, *held, *able])


def _need_discovery(reading: BriefReading) -> Found:
    discovery = reading.discovery
    yield from _have(reading, "ratings", discovery.is_answered)
    rescope = judge_basis(discovery.choices["rescope"])
    yield "rescope", _find_standing(reading, rescope), {}
    if discovery.rescope == "limits":
        yield from _say(reading, "discovery.limits")
    if discovery.pattern == "blocked":
        yield "blocked", "warning", {"weeks": write_weeks(discovery), "by": _name_basis(reading, rescope)}
    if discovery.is_answered and discovery.missing and discovery.money and discovery.planned is not None:
        pair = (round(discovery.planned), round(discovery.money[0], -2))
        planned, low = (format_money(one, discovery.currency) for one in pair)
        yield "money", "warning", {"planned": planned, "low": low}


def _need_permission(reading: BriefReading) -> Found:
    permission = reading.permission
    standing = [(name_audience(one.audience), _judge_permission(one)) for one in permission.audiences]
    yield from _settle(reading, "standing", standing, "audience")
    refused = [one.audience for one in permission.audiences if one.step != "unknown" and not one.is_granted]
    silent = [one.audience for one in permission.audiences if one.is_granted and "active" in one.gaps]
    for name, audiences in (("granted", refused), ("active", silent)):
        if audiences:
            yield name, "warning", {"subject": _name(audiences)}
    yield from _say(reading, "permission.challenge", "permission.areas")


def _judge_permission(one: AudiencePermission) -> Basis:
    """Say what a permission rests on; one that was taken back needs nobody's agreement."""
    return "agreed" if one.basis == "withdrawn" else judge_basis(one.cell)


def _need_safety(reading: BriefReading) -> Found:
    at_risk = [one for one in reading.safety.audiences if one.audience.group in AT_RISK]
    yield from _say(reading, "safety.promise")
    decisions = [(name_audience(audience), judge_basis(cell)) for audience, cell in _list_decisions(reading)]
    protections = [(name_audience(one.audience), judge_together(one.protections.values())) for one in at_risk]
    if at_risk:
        yield from _settle(reading, "decision", decisions, "audience_at_risk")
        yield from _settle(reading, "protections", protections, "audience_at_risk")
    for name, said in EXPOSED:
        stakes = [one for one in list_stakes(reading) if one.gravest != "no" and one.said == said]
        exposed = [one.audience for one in stakes if not _is_apart(reading, one.audience)]
        if exposed:
            words = {"apart": reading.chapter.get_word(f"apart.{'whole' if reading.is_whole else 'part'}")}
            yield name, "warning", {"subject": _name(exposed), **words}


@dataclass(frozen=True)
class Stake:
    """Whether a funding decision hangs on the findings about an audience: the gravest answer, and what says so.

    `said` is `agreed`, `one` where one voice alone says so, `voices` where several do and nobody says otherwise, or
    `several` where answers differ.
    """

    audience: Audience
    gravest: str
    said: Basis


def list_stakes(reading: BriefReading) -> tuple[Stake, ...]:
    """Return the stake of each audience at risk; audiences of which nothing is known are left out."""
    found = []
    for audience, cell in _list_decisions(reading):
        stake = settle_lower(cell, STAKES)
        if stake:
            found.append(Stake(audience, stake, judge_basis(cell)))
    return tuple(found)


def _list_decisions(reading: BriefReading) -> list[tuple[Audience, ChoiceReading]]:
    """List, for each audience at risk, the answers on whether a funding decision hangs on the findings."""
    at_risk = [one for one in reading.safety.audiences if one.audience.group in AT_RISK]
    parts = [(one.audience, part.cell) for one in at_risk for part in one.parts if part.name == "decision"]
    return [(audience, cell) for audience, cell in parts if isinstance(cell, ChoiceReading)]


def _is_apart(reading: BriefReading, audience: Audience) -> bool:
    return any(one.audience == audience and one.has("apart") for one in reading.safety.audiences)


def _need_activities(reading: BriefReading) -> Found:
    yield "asked", "known" if reading.facts.asked_for or reading.facts.plan else "open", {}
    yield from _say(reading, "brief.existing")


def _need_mobilisation(reading: BriefReading) -> Found:
    coverage = reading.resources.coverage
    named = any(any(one.activities.values()) for one in coverage)
    yield "ways", "known" if named else "open", {}
    unreached = {one.audience for one in reading.resources.unreached}
    only = {one.audience for one in coverage if one.audience and one.reports_only}
    for need, found in (("unreached", unreached), ("reports_only", only)):
        if found:
            subject = _name([audience for audience in reading.facts.audiences if audience.id in found])
            yield need, "warning", {"subject": subject}


def _need_split(reading: BriefReading) -> Found:
    resources = reading.resources
    plan, tradeoff = resources.plan, resources.tradeoff
    yield "plan", "known" if plan else "open", {}
    yield from _have(reading, "figures", not resources.is_ours)
    yield "time", "known" if plan and plan.cost_of("participants_time") > 0 else "open", {}
    if tradeoff and not resources.is_mostly_ours and tradeoff.finding in ("more_use", "more_data"):
        yield "outside", "warning", {}


def _need_commitments(reading: BriefReading) -> Found:
    yield from _say(reading, "brief.commitments", "safety.first")
    yield from _have(reading, "steps", bool(reading.agreed_steps))


def _need_skills(reading: BriefReading) -> Found:
    yield "skills", _judge_skills(reading), {}
    yield from _say(reading, "brief.conflicts")


def _judge_skills(reading: BriefReading) -> Standing:
    """Skills follow from who is to find the learning, and are as settled as that is."""
    found = {judge_basis(one.who_finds) for one in reading.learning_modes.audiences}
    if found & {"agreed", "voices", "one"}:
        if "agreed" in found:
            return "known" if found == {"agreed"} else "part"
        return "voices" if "voices" in found else "one_voice"
    return _find_standing(reading, next((basis for basis in ("unsure", "not_known") if basis in found), "none"))


def _need_budget(reading: BriefReading) -> Found:
    facts, plan = reading.facts, reading.resources.plan
    known = facts.most_money is not None
    yield "budget", "known" if known else "unsure" if facts.budget else "open", {}
    if known:
        yield "vat", "unsure" if facts.vat == "unsure" else "known", {}
    if plan and plan.over is not None and plan.over > 1e-9 * plan.total:
        yield "over", "warning", {"over": format_money(plan.over, facts.currency)}


def _need_timetable(reading: BriefReading) -> Found:
    days = (reading.facts.start, reading.facts.end)
    if reading.facts.length and find_span(reading.facts.start):
        days = (reading.facts.start, reading.facts.start)
    known = [bool(find_span(day)) for day in days]
    one = {(True, False): "ends", (False, True): "begins"}.get((known[0], known[1]), "dates")
    open_ = [day for day, is_known in zip(days, known, strict=True) if not is_known]
    yield one, "known" if all(known) else "unsure" if any(open_) else "open", {}
    if reading.facts.begins_before_bids:
        yield "order", "warning", {}
    yield from _say(reading, "brief.timetable", "brief.selection")


_PARTS: dict[str, Callable[[BriefReading], Found]] = {
    "about": _need_about,
    "why": _need_why,
    "whose": _need_whose,
    "questions": _need_questions,
    "modes": _need_modes,
    "discovery": _need_discovery,
    "permission": _need_permission,
    "safety": _need_safety,
    "activities": _need_activities,
    "mobilisation": _need_mobilisation,
    "split": _need_split,
    "outputs": lambda reading: _say(reading, "brief.outputs"),
    "commitments": _need_commitments,
    "governance": lambda reading: _say(reading, "brief.governance"),
    "skills": _need_skills,
    "ethics": lambda reading: _say(reading, "brief.data", "brief.ownership"),
    "budget": _need_budget,
    "timetable": _need_timetable,
    "judged": lambda reading: _say(reading, "brief.judged", "brief.ending"),
}
