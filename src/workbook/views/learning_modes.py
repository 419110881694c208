"""Chapter 04 on the page: who differs, who finds the learning, which role when, what pulls apart, two readings."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workbook.analysis.learning_modes import (
    ROLES,
    Contradiction,
    LearningModesReading,
    ModeReading,
    PhaseReading,
    Role,
    name_audiences,
    name_phases,
    read_learning_modes,
)
from workbook.analysis.voices.scales import ScaleReading
from workbook.charts.dots import DotChart, DotRow, DotSeries, draw_dots
from workbook.charts.pieces.marks import Hue
from workbook.charts.timeline import TimelineChart, TimelineSeries, draw_timeline
from workbook.markup import element, join
from workbook.model.answers import Edition
from workbook.model.chapters import Chapter
from workbook.theme import format_money, join_words
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.naming import name_dots

__all__ = [
    "compare_readings",
    "draw_modes",
    "draw_roles",
    "list_contradictions",
    "list_differences",
    "read_learning_modes",
    "read_twice",
    "summarise",
    "write_follows",
    "write_headline",
]

HUES: dict[Role, Hue] = {"mirror": "ink", "mentor": "soil", "midwife": "seed"}
NOTEBOOK_COLUMNS = (2, 3)
"""The columns of the table that only the chapter's notebook shows: what each audience can do now."""
UNJUDGED = ("none", "unknown", "withheld", "few", "disputed", "roles")
"""What is no finding over all audiences, and so nobody's view of them."""
MOST_DIFFERENCES = 3
"""How many differences the summary lists; the chapter's notebook lists all."""


def write_headline(reading: LearningModesReading) -> str:
    """The finding in a few words."""
    told, finding = len(reading.list_in("for")), len(reading.list_in("with")) + len(reading.list_in("both"))
    together = reading.pattern == "mixed" and not reading.list_in("with")
    name: str = "mixed_both" if together else reading.pattern
    if name == "unknown":
        name = "unsure" if voices.is_unsure(reading.scales) else name if reading.edition == Edition.PRIVATE else "part"
    if name == "few" and reading.edition != Edition.PRIVATE:
        name = "few_shown"
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


def write_follows(reading: LearningModesReading) -> str:
    """What the commission should do; and that it rests on one voice, where it does."""
    return voices.add_caution(_write_follows(reading), None if reading.pattern in UNJUDGED else reading.lone)


def _write_follows(reading: LearningModesReading) -> str:
    words = reading.chapter
    if reading.contradictions:
        return _write_remedy(reading.contradictions[0], words)
    told, finding = (
        _name([one for one in reading.known if one.mode in modes]) for modes in (("for", "both"), ("with", "both"))
    )
    apart, open_ = _name(reading.list_in("disputed")), _name(reading.list_in("unknown"))
    few = reading.pattern == "few" and reading.edition != Edition.PRIVATE
    name = "few_shown" if few else reading.pattern
    return blocks.fill(words.get_word(f"follows.{name}"), told=told, finding=finding, apart=apart, open=open_)


def list_differences(reading: LearningModesReading, most: int | None = None) -> blocks.Block:
    """Where voices differ strongly, and between whom; `most` limits how many are listed.

    Who finds the learning comes first, then the roles, then capacity, with the widest of each first.
    """
    words = reading.chapter
    if not any(scale.responses for scale in reading.scales):
        return blocks.make_block(
            _note_held_back(reading) or blocks.make_paragraph(words.get_word("differences.nothing"))
        )
    if reading.voices == 1:
        return blocks.make_block(blocks.make_paragraph(words.get_word("differences.one")))
    found = _name_differing(reading)
    if not found:
        return blocks.make_block(blocks.make_paragraph(words.get_word("differences.none")))
    items = [f"{name}. {voices.name_sides(scale)}." for name, scale in found]
    more = len(items) - (most or len(items))
    rest = "differences.more" if more > 1 else "differences.more_one"
    return blocks.make_block(
        blocks.make_list(items[:most], class_="differences"),
        blocks.make_paragraph(blocks.fill(words.get_word(rest), count=voices.write_count(more)), "note")
        if more > 0
        else "",
    )


def draw_modes(reading: LearningModesReading) -> blocks.Block:
    """Who finds the learning of each audience, every voice a dot, and a table of the skills that follow."""
    words = reading.chapter
    title = words.get_word("figure.title")
    rows = tuple(DotRow(one.audience.name, (voices.make_dot_answers(one.who_finds),)) for one in reading.audiences)
    steps = reading.audiences[0].who_finds.steps if reading.audiences else ("", "")
    chart = DotChart(
        series=(DotSeries(words.get_word("figure.series"), hue="ink"),),
        rows=rows,
        ends=(steps[0], steps[-1]),
        domain=(0, max(len(steps) - 1, 1)),
        **name_dots(),
    )
    description = blocks.with_table(words.get_word("figure.subtitle"))
    drawing = draw_dots(chart, title=title, description=description, empty=words.get_word("figure.none"))
    return blocks.make_block(_note_held_back(reading), blocks.make_figure(drawing, title, _tabulate_modes(reading)))


def draw_roles(reading: LearningModesReading, *, whole: bool = True) -> blocks.Block:
    """How much mirror, mentor and midwife in each phase, and the same as a table; `whole` adds how far answers run."""
    words = reading.chapter
    title = words.get_word("figure.roles_title")
    chart = TimelineChart(
        phases=tuple(one.phase.label for one in reading.phases),
        series=tuple(_make_series(role, reading) for role in ROLES) if reading.phases else (),
        top=_find_top(reading),
    )
    description = blocks.with_table(words.get_word("figure.roles_subtitle"))
    drawing = draw_timeline(chart, title=title, description=description, empty=words.get_word("figure.none"))
    meanings = blocks.make_paragraph(
        f"{words.get_word('figure.roles_subtitle')} {words.get_word('role_meanings')}", "note"
    )
    return blocks.make_block(blocks.make_figure(drawing, title, meanings, _tabulate_roles(reading, whole=whole)))


def list_contradictions(reading: LearningModesReading) -> blocks.Block:
    """What pulls against what, each with a step that would mend it; and what could not be checked."""
    words = reading.chapter
    items = [
        join([element("strong", _write_contradiction(one, reading)), " ", _write_remedy(one, words)])
        for one in reading.contradictions
    ]
    unchecked = reading.reports is None and reading.is_answered
    return blocks.make_block(
        blocks.make_list(items) if items else blocks.make_paragraph(words.get_word("contradictions.none")),
        blocks.make_paragraph(words.get_word("contradictions.unchecked_plan"), "note") if unchecked else "",
    )


def compare_readings(reading: LearningModesReading) -> blocks.Block:
    """The two readings side by side, and what follows."""
    return blocks.make_block(
        blocks.make_readings(_read_as_evaluation(reading), _read_as_learning(reading), write_follows(reading))
    )


def read_twice(reading: LearningModesReading) -> tuple[list[str], list[str]]:
    """What the chapter says as evaluation, and as learning, sentence by sentence."""
    return _read_as_evaluation(reading), _read_as_learning(reading)


def summarise(reading: LearningModesReading) -> blocks.Block:
    """The chapter's section of the summary."""
    words = reading.chapter
    if not reading.is_answered:
        return blocks.make_section(
            "learning_modes",
            write_headline(reading),
            _note_held_back(reading),
            blocks.make_paragraph(write_follows(reading)),
        )
    several = reading.voices > 1
    pulls = [_write_contradiction(one, reading) for one in reading.contradictions]
    return blocks.make_section(
        "learning_modes",
        write_headline(reading),
        element("h3", words.get_word("differences.heading")) if several else "",
        list_differences(reading, MOST_DIFFERENCES) if several else "",
        _note_held_back(reading),
        _tabulate_modes(reading, whole=False),
        draw_roles(reading, whole=False) if reading.known_phases else _tell_no_roles(reading),
        element("h3", words.get_word("contradictions.title")) if pulls else "",
        blocks.make_list(pulls) if pulls else "",
        compare_readings(reading),
        subtitle=words.get_word("figure.summary") if several else "",
    )


def _read_as_evaluation(reading: LearningModesReading) -> list[str]:
    words = reading.chapter
    told = _name(reading.list_in("for"))
    if not reading.known:
        sentences = [words.get_word(f"evaluation.{'disputed' if reading.list_in('disputed') else 'unknown'}")]
    else:
        few = reading.pattern in ("few", "disputed")
        name = "for_many" if told else "few" if few else "for_none"
        sentences = [blocks.fill(words.get_word(f"evaluation.{name}"), audiences=told or _name(reading.known))]
    lacking = _name([one for one in reading.audiences if one.lacks_analysis])
    if any(one.analyse.value is not None for one in reading.audiences):
        name = "analyse" if lacking else "analyse_some"
        sentences.append(blocks.fill(words.get_word(f"evaluation.{name}"), audiences=lacking))
    return [*sentences, *_write_mirror(reading)]


def _write_mirror(reading: LearningModesReading) -> list[str]:
    """Say in which phases the mirror leads alone, and from when on it does not."""
    words, known = reading.chapter, reading.known_phases
    alone = [one for one in known if one.leading == ("mirror",)]
    if not known:
        return []
    if not alone:
        return [words.get_word("evaluation.mirror_none")]
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
        sentences = [blocks.fill(words.get_word(f"learning.{'with' if finding else 'with_none'}"), audiences=finding)]
    for name, found in (
        ("both", reading.list_in("both")),
        ("disputed", reading.list_in("disputed")),
        ("reflect", [one for one in reading.audiences if one.lacks_reflection]),
    ):
        if found:
            sentences.append(blocks.fill(words.get_word(f"learning.{name}"), audiences=_name(found)))
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


def _name_differing(reading: LearningModesReading) -> list[tuple[str, ScaleReading]]:
    words = reading.chapter
    finds = [(_name_scale("mode", words, audience=one.audience.name), one.who_finds) for one in reading.audiences]
    roles = [
        (_name_scale("role", words, role=words.get_word(f"roles.{role}"), phase=one.phase.label.lower()), scale)
        for one in reading.phases
        for role, scale in one.roles.items()
    ]
    able = [
        (_name_scale(name, words, audience=one.audience.name), scale)
        for one in reading.audiences
        for name, scale in (("analyse", one.analyse), ("reflect", one.reflect))
    ]
    ordered = [sorted(part, key=lambda pair: pair[1].agreement or 0) for part in (finds, roles, able)]
    return [(name, scale) for part in ordered for name, scale in part if scale.differs]


def _name_scale(kind: str, words: Chapter, **parts: str) -> str:
    return words.get_word(f"differences.{kind}").format(**parts)


def _write_contradiction(one: Contradiction, reading: LearningModesReading) -> str:
    name = "reports_none" if one.kind == "reports" and not reading.meeting else one.kind
    return blocks.fill(
        reading.chapter.get_word(f"contradictions.{name}"),
        audience=one.audiences[0].name if one.audiences else "",
        audiences=name_audiences(one.audiences),
        phases=name_phases(one.phases),
        reports=format_money(reading.reports or 0, reading.facts.currency),
        meeting=format_money(reading.meeting or 0, reading.facts.currency),
    )


def _write_remedy(one: Contradiction, words: Chapter) -> str:
    phase = one.phases[0].label.lower() if one.phases else ""
    return blocks.fill(words.get_word(f"remedies.{one.kind}"), audience=name_audiences(one.audiences), phase=phase)


def _tabulate_modes(reading: LearningModesReading, *, whole: bool = True) -> Markup:
    """Who finds the learning and the skills that follow; `whole` adds what each audience can do now."""
    words = reading.chapter
    names = words.words["figure"]["columns"]
    shown = [place for place in range(len(names)) if whole or place not in NOTEBOOK_COLUMNS]
    rows = [[row[place] for place in shown] for row in (_make_row(one, words) for one in reading.audiences)]
    title = words.get_word(f"figure.{'table' if whole else 'table_short'}")
    return blocks.make_table(title, [blocks.TableColumn(names[place]) for place in shown], rows)


def _make_row(one: ModeReading, words: Chapter) -> list[str]:
    return [
        one.audience.name,
        *(_word_spread(scale) for scale in (one.who_finds, one.analyse, one.reflect)),
        words.get_word(f"skills.{_find_skills(one)}"),
    ]


def _find_skills(one: ModeReading) -> str:
    alone = (one.mode == "for" and one.lacks_analysis) or (one.mode == "with" and one.lacks_reflection)
    return f"{one.mode}_alone" if alone else one.mode


def _tabulate_roles(reading: LearningModesReading, *, whole: bool) -> Markup:
    words = reading.chapter
    columns = [
        blocks.TableColumn(name) for name in (words.get_word("figure.phase"), *(words.words["roles"][r] for r in ROLES))
    ]
    word = _word_spread if whole else voices.word_middle_and_left
    rows = [[one.phase.label, *(word(one.roles[role]) for role in ROLES)] for one in reading.phases]
    return blocks.make_table(words.get_word(f"figure.{'roles_table' if whole else 'roles_table_short'}"), columns, rows)


def _word_spread(scale: ScaleReading) -> str:
    """Word the answer to reckon with, and the lowest and highest where voices differ."""
    middle, spread = voices.word_middle(scale), voices.word_range(scale)
    if len(scale.responses) < 2 or middle == spread:
        return voices.word_middle_and_left(scale)
    spread = voices.word_range_and_left(scale)
    return f"{middle.removesuffix(')')}; {spread})" if middle.endswith(")") else f"{middle} ({spread})"


def _tell_no_roles(reading: LearningModesReading) -> Markup | str:
    """Say why there is no role for any phase, where nobody named one; where voices differ, that is listed above."""
    scales = [scale for one in reading.phases for scale in one.roles.values()]
    if any(scale.responses or scale.agreed is not None for scale in scales):
        return ""
    missing = join_words(sorted({voices.word_middle_and_left(scale) for scale in scales}), "; ")
    return blocks.make_paragraph(blocks.fill(reading.chapter.get_word("figure.roles_missing"), missing=missing), "note")


def _make_series(role: Role, reading: LearningModesReading) -> TimelineSeries:
    scales = [one.roles[role] for one in reading.phases]
    return TimelineSeries(
        name=reading.chapter.get_word(f"roles.{role}"),
        hue=HUES[role],
        values=tuple(None if scale.is_disputed else scale.value for scale in scales),
        words=tuple(_word_bar(scale) for scale in scales),
    )


def _word_bar(scale: ScaleReading) -> str:
    """Word a bar in the room there is: its step, with a plus for half a step more, or why there is none."""
    value = scale.value
    if value is None or scale.is_disputed:
        return voices.word_middle(scale)
    step = scale.steps[int(value)].lower()
    return step if value == int(value) else f"{step} +"


def _find_top(reading: LearningModesReading) -> float:
    steps = [len(scale.steps) - 1 for one in reading.phases for scale in one.roles.values()]
    return float(max(steps, default=4))


def _note_held_back(reading: LearningModesReading) -> Markup:
    return voices.note_held_back(reading.withheld, reading.minimum_group)


def _name(audiences: Sequence[ModeReading]) -> str:
    return name_audiences(tuple(one.audience for one in audiences))


def _name_phases(phases: Sequence[PhaseReading]) -> str:
    return name_phases(tuple(one.phase for one in phases))


def _name_roles(roles: Sequence[Role], words: Chapter) -> str:
    return join_words([words.get_word(f"roles.{role}").lower() for role in roles])
