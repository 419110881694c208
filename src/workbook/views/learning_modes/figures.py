"""Chapter 04 drawn and tabulated: who differs, who finds the learning, which role when, what pulls apart."""

from __future__ import annotations

from markupsafe import Markup

from workbook.analysis.learning_modes import (
    ROLES,
    LearningModesReading,
    ModeReading,
    Role,
)
from workbook.analysis.voices.scales import ScaleReading
from workbook.charts.dots import DotChart, DotRow, DotSeries, draw_dots
from workbook.charts.pieces.marks import Hue
from workbook.charts.timeline import TimelineChart, TimelineSeries, draw_timeline
from workbook.markup import element, join
from workbook.model.chapters import Chapter
from workbook.theme import join_words
from workbook.views.learning_modes.words import (
    compare_readings,
    write_contradiction,
    write_follows,
    write_headline,
    write_remedy,
)
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.naming import name_dots

HUES: dict[Role, Hue] = {"mirror": "ink", "mentor": "soil", "midwife": "seed"}
NOTEBOOK_COLUMNS = (2, 3)
"""The columns of the table that only the chapter's notebook shows: what each audience can do now."""
MOST_DIFFERENCES = 3
"""How many differences the summary lists; the chapter's notebook lists all."""


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
        join([element("strong", write_contradiction(one, reading)), " ", write_remedy(one, words)])
        for one in reading.contradictions
    ]
    unchecked = reading.reports is None and reading.is_answered
    return blocks.make_block(
        blocks.make_list(items) if items else blocks.make_paragraph(words.get_word("contradictions.none")),
        blocks.make_paragraph(words.get_word("contradictions.unchecked_plan"), "note") if unchecked else "",
    )


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
    pulls = [write_contradiction(one, reading) for one in reading.contradictions]
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
    if any(scale.responses or scale.agreed is not None or scale.source == "call" for scale in scales):
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
