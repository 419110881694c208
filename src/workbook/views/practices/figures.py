"""Chapter 08 on the page: the widest gaps between today and wanted, quick wins, and what nobody owns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from workbook.analysis.practices import PracticeReading, PracticesReading
from workbook.charts.dots import DotChart, DotRow, DotSeries, draw_dots
from workbook.markup import element
from workbook.model.wordings import load_wording
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.naming import name_dots
from workbook.views.practices.words import (
    compare_readings,
    list_differences,
    name_several,
    note_held_back,
    word_value,
    write_few,
    write_follows,
    write_headline,
    write_step,
)

MOST_DIFFERENCES = 3
Practices = Sequence[PracticeReading]


def draw_gaps(reading: PracticesReading) -> blocks.Block:
    """The wide gaps, every voice's rating of today and of wanted, then who owns each and the first step."""
    words = reading.chapter
    shown = reading.shown
    series = (
        DotSeries(words.get_word("series.today"), hue="soil", shape="square"),
        DotSeries(words.get_word("series.wanted"), hue="seed"),
    )
    rows = tuple(
        DotRow(one.facet.title, (voices.make_dot_answers(one.today), voices.make_dot_answers(one.wanted)))
        for one in shown
    )
    low, high = words.words["scale_ends"]
    title = _title_figure(reading)
    drawing = draw_dots(
        DotChart(series=series, rows=rows, ends=(low, high), **name_dots()),
        title=title,
        description=words.get_word("figure.description"),
        empty=words.get_word("figure.empty"),
    )
    table = _tabulate_shown(shown, reading) if shown else ""
    return blocks.make_block(note_held_back(reading), blocks.make_figure(drawing, title, table))


def tabulate_practices(reading: PracticesReading) -> blocks.Block:
    """Every practice by group: today, wanted, the first step and who owns it."""
    words = reading.chapter
    groups: dict[str, list[PracticeReading]] = defaultdict(list)
    for one in reading.practices:
        groups[one.facet.words.get("group", "")].append(one)
    titles: dict[str, str] = {**words.words["groups"]}
    named = [(titles.get(group, group), practices) for group, practices in groups.items()]
    return blocks.make_block(
        *[_tabulate(f"{name or words.get_word('table.all_title')}", practices, reading) for name, practices in named]
    )


def list_quick_wins(reading: PracticesReading) -> blocks.Block:
    """Small gaps with a first step named."""
    words = reading.chapter
    items = [
        blocks.fill(words.get_word("lists.quick"), title=one.facet.title, step=write_step(one)) for one in reading.quick
    ]
    if reading.steps_held:
        return blocks.make_block(
            blocks.make_list(items) if items else "", blocks.make_held_back(words.get_word("lists.held"))
        )
    return blocks.make_block(
        blocks.make_list(items) if items else blocks.make_paragraph(words.get_word("lists.quick_none"))
    )


def list_unowned(reading: PracticesReading) -> blocks.Block:
    """Wide gaps for which nobody is named, each with one idea for a first step."""
    found = _list_gaps(reading, reading.unowned, "unowned")
    if not reading.owners_held:
        return found
    return blocks.make_block(
        found if reading.unowned else "", blocks.make_held_back(reading.chapter.get_word("lists.held"))
    )


def list_backwards(reading: PracticesReading) -> blocks.Block:
    """Practices of which less is wanted than there is."""
    return _list_gaps(reading, reading.backwards, "backwards")


def summarise(reading: PracticesReading) -> blocks.Block:
    """The chapter's section of the summary: a few words where little is rated."""
    words, headline, follows = reading.chapter, write_headline(reading), blocks.make_paragraph(write_follows(reading))
    if not reading.is_answered and not reading.apart:
        return blocks.make_section("practices", headline, note_held_back(reading) or follows)
    if reading.pattern == "few" and not reading.apart:
        return blocks.make_section(
            "practices", headline, blocks.make_paragraph(f"{write_few(reading)} {write_follows(reading)}")
        )
    differences = blocks.make_block(
        element("h3", words.get_word("titles.differences")), list_differences(reading, most=MOST_DIFFERENCES)
    )
    name = "subtitle" if reading.raters > 1 else "subtitle_one" if reading.raters else "subtitle_group"
    return blocks.make_section(
        "practices",
        headline,
        differences if reading.raters > 1 else "",
        draw_gaps(reading) if reading.shown else note_held_back(reading),
        compare_readings(reading),
        subtitle=words.get_word(f"figure.{name}"),
    )


def _title_figure(reading: PracticesReading) -> str:
    """Say what the figure shows: all the wide gaps, the widest of them, or what there is in their place."""
    words = reading.chapter
    if len(reading.shown) < len(reading.gaps):
        return blocks.fill(words.get_word("figure.titles.first"), count=voices.write_count(len(reading.shown)))
    name = "wide" if reading.wide else "below" if reading.below or not reading.backwards else "backwards"
    return words.get_word(f"figure.titles.{name}")


def _list_gaps(reading: PracticesReading, practices: Practices, name: str) -> blocks.Block:
    words = reading.chapter
    items = [
        blocks.fill(
            words.get_word(f"lists.{name}"),
            title=one.facet.title,
            today=word_value(one.today),
            wanted=word_value(one.wanted),
            step=blocks.fill(words.get_word(f"lists.{'step' if one.step.names else 'idea'}"), step=write_step(one)),
        )
        for one in practices
    ]
    return blocks.make_block(
        blocks.make_list(items) if items else blocks.make_paragraph(words.get_word(f"lists.{name}_none"))
    )


def _tabulate_shown(practices: Practices, reading: PracticesReading) -> Markup:
    """A table narrow enough for a phone, what has to be decided first."""
    words = reading.chapter
    columns = [blocks.TableColumn(str(heading)) for heading in words.words["table"]["short_columns"]]
    both = words.get_word("table.both")
    rows = [
        [
            one.facet.title,
            _show_owner(one, reading),
            _show_step(one, reading),
            both.format(today=voices.word_middle_and_aim(one.today), wanted=voices.word_middle_and_aim(one.wanted)),
        ]
        for one in practices
    ]
    return blocks.make_table(words.get_word("table.title"), columns, rows)


def _tabulate(caption: str, practices: Practices, reading: PracticesReading) -> Markup:
    words = reading.chapter
    columns = [blocks.TableColumn(str(heading)) for heading in words.words["table"]["columns"]]
    rows = [
        [
            one.facet.title,
            voices.word_middle_and_aim(one.today),
            voices.word_middle_and_aim(one.wanted),
            _show_step(one, reading),
            _show_owner(one, reading),
        ]
        for one in practices
    ]
    return blocks.make_table(caption, columns, rows)


def _show_step(one: PracticeReading, reading: PracticesReading) -> str:
    words = reading.chapter
    if one.step.state == "held":
        return words.get_word("table.held")
    if one.step.state == "several":
        return blocks.fill(words.get_word("table.several_steps"), steps=name_several(one.step))
    if one.step.names:
        return one.step.names[0]
    return load_wording("voices").get_word("unsure") if one.step.state == "unsure" else words.get_word("table.no_step")


def _show_owner(one: PracticeReading, reading: PracticesReading) -> str:
    words = reading.chapter
    if one.owner.state == "held":
        return words.get_word("table.held")
    if one.owner.state == "several":
        return blocks.fill(words.get_word("table.several_owners"), names=name_several(one.owner))
    if one.owner.state == "unsure":
        return load_wording("voices").get_word("unsure")
    return one.owner.names[0] if one.owner.names else words.get_word("table.not_named")
