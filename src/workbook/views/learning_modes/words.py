"""What chapter 04 says in sentences: the finding, the two readings, what pulls apart, what follows."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.analysis.learning_modes import (
    Contradiction,
    LearningModesReading,
    Mode,
    ModeReading,
    PhaseReading,
    Role,
    name_audiences,
    name_phases,
)
from workbook.model.answers import Edition
from workbook.model.chapters import Chapter
from workbook.theme import format_money, join_words
from workbook.views.pieces import blocks, voices

UNJUDGED = ("none", "unknown", "withheld", "few", "disputed", "roles")
"""What is no finding over all audiences, and so nobody's view of them."""


def write_headline(reading: LearningModesReading) -> str:
    """The finding in a few words."""
    told, finding = len(reading.list_in("for")), len(reading.list_in("with")) + len(reading.list_in("both"))
    together = reading.pattern == "mixed" and not reading.list_in("with")
    name: str = "mixed_both" if together else reading.pattern
    if name == "unknown":
        name = _name_unknown(reading)
    if name == "few" and reading.edition != Edition.PRIVATE:
        name = "few_shown"
    if name == "mixed" and reading.list_in("both"):
        name = "mixed_some"
    if name.startswith("mixed") and told + finding < len(reading.audiences):
        name = f"{name}_rated"
    headline = blocks.fill(
        reading.chapter.get_word(f"headline.{name}"),
        audience=name_audiences(reading.contradictions[0].audiences) if reading.contradictions else "",
        told=voices.write_count(told),
        finding=voices.write_count(finding),
        total=voices.write_count(told + finding),
        known=voices.write_count(len(reading.known)),
        all=voices.write_count(len(reading.audiences)),
        apart=_name(reading.list_in("disputed")),
    )
    if reading.pattern in UNJUDGED:
        return headline
    return voices.attribute(headline, reading.lone, [one.audience.name for one in reading.audiences])


def _name_unknown(reading: LearningModesReading) -> str:
    """Say why nothing is known: nobody knows, nobody answered, or this edition shows none of it."""
    if voices.is_unsure(reading.scales):
        return "unsure"
    return "unknown" if reading.edition == Edition.PRIVATE else "part"


def write_follows(reading: LearningModesReading) -> str:
    """What the commission should do; and that it rests on one voice, where it does."""
    return voices.add_caution(_write_follows(reading), None if reading.pattern in UNJUDGED else reading.lone)


def _write_follows(reading: LearningModesReading) -> str:
    words = reading.chapter
    if reading.contradictions:
        return write_remedy(reading.contradictions[0], words)
    told, finding = (
        _name([one for one in reading.known if one.mode in modes]) for modes in (("for", "both"), ("with", "both"))
    )
    apart, open_ = _name(reading.list_in("disputed")), _name(reading.list_in("unknown"))
    few = reading.pattern == "few" and reading.edition != Edition.PRIVATE
    hidden = reading.pattern == "unknown" and _name_unknown(reading) == "part"
    name = "few_shown" if few else "part" if hidden else reading.pattern
    return blocks.fill(words.get_word(f"follows.{name}"), told=told, finding=finding, apart=apart, open=open_)


def compare_readings(reading: LearningModesReading) -> blocks.Block:
    """The two readings side by side, and what follows."""
    return blocks.make_block(
        blocks.make_readings(_read_as_evaluation(reading), _read_as_learning(reading), write_follows(reading))
    )


def read_twice(reading: LearningModesReading) -> tuple[list[str], list[str]]:
    """What the chapter says as evaluation, and as learning, sentence by sentence."""
    return _read_as_evaluation(reading), _read_as_learning(reading)


def _read_as_evaluation(reading: LearningModesReading) -> list[str]:
    words = reading.chapter
    told = _name(reading.list_in("for"))
    if not reading.known:
        sentences = [words.get_word(f"evaluation.{'disputed' if reading.list_in('disputed') else 'unknown'}")]
    else:
        few = reading.pattern in ("few", "disputed")
        name = "for_many" if told else "few" if few else "for_none"
        part = "" if told or reading.edition == Edition.PRIVATE else "_part"
        sentence = blocks.fill(words.get_word(f"evaluation.{name}{part}"), audiences=told or _name(reading.known))
        sentences = [_mark_alone(reading, "for", sentence) if told else sentence]
    lacking = _name([one for one in reading.audiences if one.lacks_analysis])
    if any(one.analyse.value is not None for one in reading.audiences):
        name = "analyse" if lacking else "analyse_some"
        sentences.append(blocks.fill(words.get_word(f"evaluation.{name}"), audiences=lacking))
    return [*sentences, *_write_mirror(reading)]


def _mark_alone(reading: LearningModesReading, mode: Mode, sentence: str) -> str:
    """Mark a sentence about audiences of each of which one voice alone speaks, where no caution does it for all."""
    found = reading.list_in(mode)
    if reading.lone is not None and reading.pattern not in UNJUDGED:
        return sentence
    if not all(voices.is_alone(one.who_finds) for one in found):
        return sentence
    called = [one.audience.name for one in reading.audiences]
    return voices.mark_alone(sentence, found[0].who_finds, called, whole=reading.edition == Edition.PRIVATE)


def _write_mirror(reading: LearningModesReading) -> list[str]:
    """Say in which phases the mirror leads alone, and from when on it does not."""
    words, known = reading.chapter, reading.known_phases
    alone = [one for one in known if one.leading == ("mirror",)]
    if not known:
        return []
    if not alone:
        whole = len(known) == len(reading.phases)
        return [words.get_word(f"evaluation.mirror_none{'' if whole else '_some'}")]
    if len(alone) == len(reading.phases):
        return [words.get_word("evaluation.mirror_all")]
    sentences = [blocks.fill(words.get_word("evaluation.mirror"), phases=_name_phases(alone))]
    after = known[known.index(alone[-1]) + 1 :]
    if after:
        sentences.append(blocks.fill(words.get_word("evaluation.mirror_late"), phase=after[0].phase.label.lower()))
    return sentences


def _read_as_learning(reading: LearningModesReading) -> list[str]:
    words = reading.chapter
    if not reading.known:
        sentences = [] if reading.list_in("disputed") else [words.get_word("learning.unknown")]
    else:
        finding = _name(reading.list_in("with"))
        none = "with_none" if reading.edition == Edition.PRIVATE else "with_none_part"
        sentence = blocks.fill(words.get_word(f"learning.{'with' if finding else none}"), audiences=finding)
        sentences = [_mark_alone(reading, "with", sentence) if finding else sentence]
    for name, found in (
        ("both", reading.list_in("both")),
        ("disputed", reading.list_in("disputed")),
        ("reflect", [one for one in reading.audiences if one.lacks_reflection]),
    ):
        if found:
            sentence = blocks.fill(words.get_word(f"learning.{name}"), audiences=_name(found))
            sentences.append(_mark_alone(reading, "both", sentence) if name == "both" else sentence)
    if reading.reports is None and any(one.mode in ("with", "both") for one in reading.known):
        sentences.append(words.get_word("learning.no_plan"))
    return [*sentences, *_write_shifts(reading)]


def _write_shifts(reading: LearningModesReading) -> list[str]:
    """Say which role leads in which phase; phases in a row with the same lead are named together."""
    words = reading.chapter
    runs: list[tuple[tuple[Role, ...], list[PhaseReading]]] = []
    for one in reading.known_phases:
        if runs and runs[-1][0] == one.leading:
            runs[-1][1].append(one)
        else:
            runs.append((one.leading, [one]))
    if not runs:
        return []
    if len(runs) == 1 and len(reading.known_phases) > 1:
        return [blocks.fill(words.get_word("learning.roles_same"), role=_name_roles(runs[0][0], words))]
    shifts = [
        words.get_word(f"learning.{'shift' if len(roles) == 1 else 'shared'}").format(
            roles=_name_roles(roles, words), phases=_name_phases(phases)
        )
        for roles, phases in runs
    ]
    return [blocks.fill(words.get_word("learning.roles"), shifts="; ".join(shifts))]


def write_contradiction(one: Contradiction, reading: LearningModesReading) -> str:
    """What pulls against what, in one sentence."""
    name = "reports_none" if one.kind == "reports" and not reading.meeting else one.kind
    return blocks.fill(
        reading.chapter.get_word(f"contradictions.{name}"),
        audience=one.audiences[0].name if one.audiences else "",
        audiences=name_audiences(one.audiences),
        phases=name_phases(one.phases),
        reports=format_money(reading.reports or 0, reading.facts.currency),
        meeting=format_money(reading.meeting or 0, reading.facts.currency),
    )


def write_remedy(one: Contradiction, words: Chapter) -> str:
    """A step that would mend it."""
    phase = one.phases[0].label.lower() if one.phases else ""
    return blocks.fill(words.get_word(f"remedies.{one.kind}"), audience=name_audiences(one.audiences), phase=phase)


def _name(audiences: Sequence[ModeReading]) -> str:
    return name_audiences(tuple(one.audience for one in audiences))


def _name_phases(phases: Sequence[PhaseReading]) -> str:
    return name_phases(tuple(one.phase for one in phases))


def _name_roles(roles: Sequence[Role], words: Chapter) -> str:
    return join_words([words.get_word(f"roles.{role}").lower() for role in roles])
