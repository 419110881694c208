"""Chapter 11, the parts of the invitation that say how the learning is done and on what understanding."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.analysis import learning_modes
from workbook.analysis.brief.brief import BriefReading
from workbook.analysis.brief.readiness import AT_RISK, judge_contradiction, judge_phase, list_stakes
from workbook.analysis.discovery.discovery import write_weeks
from workbook.analysis.discovery.rounding import round_money
from workbook.analysis.safety import AudienceSafety, judge_protection
from workbook.analysis.voices.basis import Basis, judge_basis
from workbook.model.engagement import Audience
from workbook.theme import end_sentence, format_money, join_words
from workbook.views.brief.parts import mark_answered, quote, quote_undertaking, write, write_open
from workbook.views.permission.boundaries import state_boundaries
from workbook.views.pieces.blocks import Piece, fill, make_list, make_paragraph
from workbook.views.pieces.phrases import name_audiences

STAKES = (("yes", "hangs"), ("partly", "hangs_partly"), ("no", "hangs_not"))
"""Whether a funding decision hangs on the findings, with the sentence that says so."""
SETTLED: tuple[Basis, ...] = ("agreed", "voices", "one")
"""What an answer may rest on to be told at all; the middle of voices, and what one alone says, is marked as such."""
NO_AGENDA = ("start_here", "brief")
"""Chapters whose open points are the commissioner's to settle, not the partner's."""


def write_modes(reading: BriefReading) -> Iterator[Piece]:
    """Who finds the learning for each audience, and which role the partner plays when."""
    modes = reading.learning_modes
    found = list(group_modes(reading))
    if not found:
        yield write_open(reading, "modes.none")
    for mode, mark, audiences in found:
        name = "with_one" if mode == "with" and len(audiences) == 1 else mode
        yield write(reading, f"modes.{name}", audiences=name_audiences(audiences), mark=mark)
    if found:
        yield from _write_open_modes(reading)
    if any(judge_phase(one) in SETTLED for one in modes.known_phases):
        yield from _write_roles(reading)
    else:
        yield write_open(reading, "modes.roles_none")
    for one, point in zip(modes.contradictions, learning_modes.list_points(modes), strict=True):
        mark = _mark(reading, judge_contradiction(reading, one), "answered")
        yield write(reading, "modes.contradiction", words=point.text, mark=mark)


def group_modes(reading: BriefReading) -> Iterator[tuple[str, str, list[Audience]]]:
    """Yield each way of learning that is agreed, or that the middle of the answers gives, with a mark and for whom."""
    for mode in ("for", "both", "with"):
        found = [(one.audience, judge_basis(one.who_finds)) for one in reading.learning_modes.list_in(mode)]
        for basis in SETTLED:
            audiences = [audience for audience, rests in found if rests == basis]
            if audiences:
                yield mode, _mark(reading, basis), audiences


def _mark(reading: BriefReading, basis: Basis, name: str = "middle") -> str:
    """Say behind an answer what it rests on; nothing where it is agreed."""
    return "" if basis == "agreed" else mark_answered(reading, "alone" if basis == "one" else name)


def _write_open_modes(reading: BriefReading) -> Iterator[Piece]:
    """Name those for whom it is open; only where the group agreed on that can a shared edition say so."""
    found = [(one.audience, one.who_finds) for one in reading.learning_modes.audiences]
    open_ = [audience for audience, cell in found if judge_basis(cell) not in SETTLED]
    certain = [audience for audience, cell in found if audience in open_ and (reading.is_whole or cell.agreed_unsure)]
    rest = [audience for audience in open_ if audience not in certain]
    for name, audiences in (("unknown", certain), ("unknown_part", rest)):
        if audiences:
            yield write(reading, f"modes.{name}", audiences=name_audiences(audiences))


def _write_roles(reading: BriefReading) -> Iterator[Piece]:
    """The roles of each phase; one mark stands with the lead where no phase is agreed."""
    modes = reading.learning_modes
    shown = [one for one in modes.phases if one.leading or any(scale.is_disputed for scale in one.roles.values())]
    bases = {one.phase.id: judge_phase(one) for one in shown}
    told = {bases[one.phase.id] for one in shown if one.leading and bases[one.phase.id] in SETTLED}
    one_mark = len(told) == 1
    yield write(reading, "modes.roles_lead", mark=_mark(reading, *told) if one_mark else "")
    items = []
    for one in shown:
        open_ = not one.leading or bases[one.phase.id] not in SETTLED
        name = f"role_open{'' if reading.is_whole else '_part'}" if open_ else "role"
        names = modes.chapter.words["roles"]
        roles = join_words([names[role].lower() for role in one.leading])
        marked = "" if one_mark or open_ else _mark(reading, bases[one.phase.id])
        items.append(fill(reading.chapter.get_word(f"modes.{name}"), phase=one.phase.label, roles=roles, mark=marked))
    yield make_list(items)
    yield write(reading, "modes.meanings")


def write_discovery(reading: BriefReading) -> Iterator[Piece]:
    """How long discovery takes, what may change after it, and what to ask first."""
    words, discovery = reading.chapter, reading.discovery
    if discovery.is_answered and not discovery.is_thinly_known:
        yield make_paragraph(" ".join(_write_weeks(reading)))
    else:
        yield write_open(reading, "discovery.unrated")
    scope = discovery.choices["rescope"]
    if discovery.rescope:
        mark = _mark(reading, judge_basis(scope), "answered")
        yield write(reading, f"discovery.rescope.{discovery.rescope}", mark=mark)
    elif scope.agreed_unsure:
        yield write(reading, "discovery.rescope.unknown")
    else:
        yield write_open(reading, "discovery.rescope.unknown")
    if discovery.rescope != "fixed":
        yield from quote(reading, "discovery.limits", "discovery.limits")
    asked = [end_sentence(entry.text) for entry in discovery.agenda if entry.chapter not in NO_AGENDA]
    if asked:
        yield write_open(reading, "discovery.agenda")
        yield make_list(asked[: int(words.get_number("most_asked"))], ordered=True)


def _write_weeks(reading: BriefReading) -> Iterator[str]:
    words, discovery = reading.chapter, reading.discovery
    yield fill(words.get_word(f"discovery.weeks{'' if reading.is_whole else '_part'}"), weeks=write_weeks(discovery))
    if discovery.money:
        low, high = (format_money(round_money(one), discovery.currency) for one in discovery.money)
        yield fill(words.get_word("discovery.money"), low=low, high=high)
    if discovery.planned is not None:
        planned = format_money(round(discovery.planned), discovery.currency)
        yield fill(words.get_word("discovery.planned"), planned=planned)


def write_permission(reading: BriefReading) -> Iterator[Piece]:
    """The boundaries, as chapter 06 states them."""
    yield state_boundaries(reading.permission)


def write_safety(reading: BriefReading) -> Iterator[Piece]:
    """What happens to grants, what hangs on the findings, and what protects those who take part."""
    promise = reading.said["safety.promise"]
    if promise.words:
        yield from quote_undertaking(reading, "safety.promise", "safety.promise")
    elif promise.status == "unsure":
        yield write(reading, "safety.promise_none")
    else:
        yield write_open(reading, "safety.promise_none")
    yield from _write_stakes(reading)
    at_risk = [one for one in reading.safety.audiences if one.audience.group in AT_RISK]
    held = {one.audience.name: _write_protections(reading, one) for one in at_risk}
    if not any(held.values()):
        yield write_open(reading, "safety.none")
        return
    nothing = reading.chapter.get_word(f"safety.nothing{'' if reading.is_whole else '_part'}")
    template = reading.chapter.get_word("safety.in_place")
    yield write(reading, "safety.known")
    yield make_list(fill(template, audience=name, protections=text or nothing) for name, text in held.items())


def _write_stakes(reading: BriefReading) -> Iterator[Piece]:
    """Whether a funding decision hangs on the findings: flat where it is agreed, marked where voices say so."""
    stakes = list_stakes(reading)
    for stake, name in STAKES:
        for said in SETTLED:
            found = [one.audience for one in stakes if (one.gravest, one.said) == (stake, said)]
            if found:
                mark = _mark(reading, said, "answered")
                yield write(reading, f"safety.{name}", audiences=name_audiences(found), mark=mark)
    differ = [one.audience for one in stakes if one.said == "several"]
    if differ:
        yield write(reading, "safety.hangs_differ", audiences=name_audiences(differ))


def _write_protections(reading: BriefReading, one: AudienceSafety) -> str:
    """Name what is agreed to be in place, what all answers say is, and what people differ on or mostly do not know."""
    labels = reading.safety.chapter.words["protections"]
    cells = [(labels[name], cell) for name, cell in one.protections.items()]
    agreed = [label for label, cell in cells if cell.agreed == "yes"]
    said = [label for label, cell in cells if cell.agreed is None and judge_protection(cell) == "yes"]
    alone = [label for label, cell in cells if judge_protection(cell) == "one"]
    differ = [label for label, cell in cells if cell.agreed is None and cell.differs]
    open_ = [label for label, cell in cells if judge_protection(cell) == "unknown"]
    doubted = [label for label, cell in cells if label in open_ and cell.responses and not cell.agreed_unsure]
    parts = [
        join_words(agreed),
        join_words(said) + mark_answered(reading) if said else "",
        fill_inside(reading, "safety.alone", protections=join_words(alone)) if alone else "",
        fill_inside(reading, "safety.disputed", protections=join_words(differ)) if differ else "",
        fill_inside(reading, "safety.doubted", protections=join_words(doubted)) if doubted else "",
    ]
    return "; ".join(part for part in parts if part)


def fill_inside(reading: BriefReading, name: str, **words: str) -> str:
    """Fill words that stand inside a sentence, and so begin with a small letter."""
    return reading.chapter.get_word(name).format(**words)
