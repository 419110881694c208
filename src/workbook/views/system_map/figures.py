"""Chapter 09 on the page: the drawn map and the same in words, its loops, where to act, and the guesses to test."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from workbook.analysis.system_map.system_map import SystemMapReading
from workbook.analysis.system_map.tables import Factor, Link, MapFault
from workbook.charts.network import network
from workbook.markup import element
from workbook.model.wordings import load_wording
from workbook.views.pieces import blocks, voices
from workbook.views.system_map.words import (
    compare_readings,
    count_loops,
    count_reach,
    describe_guess,
    list_differences,
    name_none,
    word_certainty,
    write_follows,
    write_headline,
    write_link,
    write_loop,
    write_small,
)

MOST_DIFFERENCES = 7
SHAPES: tuple[tuple[str, network.Shape], ...] = (("lived", "pill"), ("practice", "box"), ("data", "hexagon"))


def draw_map(reading: SystemMapReading) -> blocks.Block:
    """The map, and the same in words: for each factor, what more of it brings."""
    words = reading.chapter
    title = words.get_word("figure.title")
    links = _choose_links(reading)
    drawing = network.draw_network(
        network.NetworkChart(
            factors=tuple(_make_factor(one) for one in reading.factors),
            links=tuple(_make_link(link) for link in links),
            words=_make_legend(reading),
            key=False,
        ),
        title=title,
        description=blocks.fill(
            words.get_word("figure.description"), factors=len(reading.factors), links=len(reading.links)
        ),
        empty=words.get_word("figure.empty"),
    )
    region = element("div", drawing, class_="scroll", role="region", aria_label=title, tabindex="0")
    notes = [blocks.make_paragraph(note, "note") for note in _write_notes(reading, len(links))]
    table = _tabulate_map(reading) if reading.factors else ""
    return blocks.make_block(
        _note_held_back(reading), blocks.make_figure(region, words.get_word("figure.caption"), *notes, table)
    )


def list_loops(reading: SystemMapReading, *, most: int | None = None) -> blocks.Block:
    """The loops in words, at most so many, and how many more there are."""
    words = reading.chapter
    if not reading.loops:
        return blocks.make_block(blocks.make_paragraph(words.get_word("loops.none")))
    shown = reading.loops[:most]
    notes = []
    if reading.more_loops:
        notes.append(blocks.fill(words.get_word("loops.many"), all=len(reading.loops)))
    if len(shown) < len(reading.loops) and not reading.more_loops:
        counts = {"shown": voices.write_count(len(shown)), "all": voices.write_count(len(reading.loops))}
        notes.append(blocks.fill(words.get_word("loops.more"), **counts))
    longest = int(words.get_number("longest_loop"))
    if most is None and len(reading.factors) > longest:
        notes.append(blocks.fill(words.get_word("loops.long"), longest=voices.write_count(longest)))
    items = blocks.make_list([write_loop(loop, reading) for loop in shown])
    return blocks.make_block(items, *[blocks.make_paragraph(note) for note in notes])


def list_levers(reading: SystemMapReading) -> blocks.Block:
    """The factors from which a change would spread, those on most loops first."""
    words = reading.chapter
    most = int(words.get_number("most_shown"))
    items = [
        blocks.fill(
            words.get_word("levers.item"),
            label=one.factor.label,
            loops=count_loops(one.loops, reading),
            reach=count_reach(one.reach, reading),
        )
        for one in reading.levers[:most]
    ]
    return blocks.make_block(
        blocks.make_list(items, ordered=True) if items else blocks.make_paragraph(words.get_word("levers.none"))
    )


def list_guesses(reading: SystemMapReading, *, most: int | None = None) -> blocks.Block:
    """The guessed links as learning questions, the one most hangs on first."""
    words = reading.chapter
    items = [describe_guess(link, reading) for link in reading.guesses[:most]]
    return blocks.make_block(
        blocks.make_list(items, ordered=True) if items else blocks.make_paragraph(words.get_word("guesses.none"))
    )


def list_problems(reading: SystemMapReading) -> blocks.Block:
    """What does not fit together in the tables, and how to mend it; nothing where all fits."""
    words = reading.chapter
    if reading.edition != "private":
        lost = sum(fault.kind == "unknown_factor" for fault in reading.faults)
        if not lost:
            return blocks.make_block()
        name = "not_shown_one" if lost == 1 else "not_shown"
        return blocks.make_block(
            blocks.make_held_back(blocks.fill(words.get_word(f"problems.{name}"), count=voices.write_count(lost)))
        )
    items = [_write_fault(fault, reading) for fault in reading.faults]
    if reading.goal_lost:
        items.append(blocks.fill(words.get_word("problems.goal"), name=reading.goal_lost))
    if reading.left_out:
        most = int(words.get_number("most_factors"))
        items.append(blocks.fill(words.get_word("problems.left_out"), count=reading.left_out, most=most))
    if not items:
        return blocks.make_block()
    return blocks.make_block(element("h3", words.get_word("problems.title")), blocks.make_list(items))


def tabulate_links(reading: SystemMapReading) -> blocks.Block:
    """Every link: how strong, how sure, on how many loops, and what would change our mind."""
    words = reading.chapter
    headings = _head(reading, "links_columns")
    columns = [blocks.TableColumn(str(heading), number=index == 3) for index, heading in enumerate(headings)]
    rows = [
        [
            blocks.fill("{link}", link=write_link(link, reading)),
            _word_strength(link, reading),
            word_certainty(link, reading),
            str(reading.count_loops(link)),
            link.change_mind or _word_unsaid(link, "change_mind", reading),
        ]
        for link in reading.links
    ]
    return blocks.make_block(blocks.make_table(words.get_word("table.links_title"), columns, rows))


def _word_strength(link: Link, reading: SystemMapReading) -> str:
    """How strong a link is, in the steps of its question; one between two steps is said so, and one not said, too."""
    if not link.is_weighed:
        return _word_unsaid(link, "strength", reading)
    tables = [question for question in reading.chapter.questions if question.kind == "table"]
    steps = next(column.steps for table in tables for column in table.columns if column.id == "strength")
    below = int(link.strength)
    if below == link.strength:
        return steps[below].lower()
    template = load_wording("page").get_word("between")
    return template.format(below=steps[below].lower(), above=steps[below + 1].lower())


def _word_unsaid(link: Link, column: str, reading: SystemMapReading) -> str:
    return reading.chapter.get_word(f"table.{'unsure' if link.is_unsure(column) else 'not_said'}")


def tabulate_factors(reading: SystemMapReading) -> blocks.Block:
    """Every factor that leads anywhere: how it is known, its loops, and how many others it leads to."""
    words = reading.chapter
    kinds = {option.id: option.label for option in words.lists.get("factor_kinds", ())}
    headings = _head(reading, "factors_columns")
    columns = [blocks.TableColumn(str(heading), number=index > 1) for index, heading in enumerate(headings)]
    rows = [
        [
            blocks.fill("{label}", label=one.factor.label),
            kinds.get(
                one.factor.kind, words.get_word(f"table.{'unsure' if one.factor.kind == 'unsure' else 'not_said'}")
            ),
            str(one.loops),
            str(one.reach),
        ]
        for one in reading.levers
    ]
    return blocks.make_block(blocks.make_table(words.get_word("table.factors_title"), columns, rows))


def summarise(reading: SystemMapReading) -> blocks.Block:
    """The chapter's section of the summary."""
    words, most = reading.chapter, int(reading.chapter.get_number("most_shown"))
    if reading.state != "map":
        return blocks.make_section(
            "system_map",
            write_headline(reading),
            _note_held_back(reading),
            blocks.make_paragraph(write_follows(reading)),
            list_problems(reading),
        )
    if reading.is_small:
        return blocks.make_section(
            "system_map",
            write_headline(reading),
            _note_held_back(reading),
            blocks.make_paragraph(write_small(reading)),
            list_problems(reading),
            *[blocks.make_paragraph(note, "note") for note in _note_left(reading)],
        )
    differences = blocks.make_block(
        element("h3", words.get_word("differences.title")), list_differences(reading, most=MOST_DIFFERENCES)
    )
    return blocks.make_section(
        "system_map",
        write_headline(reading),
        differences if reading.claimants > 1 else "",
        draw_map(reading),
        list_problems(reading),
        _name_first_loops(reading, most),
        compare_readings(reading),
        subtitle=words.get_word(f"figure.{'subtitle_one' if reading.is_of_one_voice else 'title'}"),
    )


def _name_first_loops(reading: SystemMapReading, most: int) -> blocks.Block:
    """The first loops under a heading that says how many there are; nothing where there are none."""
    words, loops = reading.chapter, reading.loops
    if not loops:
        return blocks.make_block()
    shown, all_ = (voices.write_count(min(count, len(loops))) for count in (most, len(loops)))
    some = len(loops) > most and not reading.more_loops
    heading = words.get_word("loops.title_some" if some else "loops.title").format(shown=shown, all=all_)
    return blocks.make_block(
        element("h3", heading), blocks.make_list([write_loop(loop, reading) for loop in loops[:most]])
    )


def _choose_links(reading: SystemMapReading) -> Sequence[Link]:
    """Return the links to draw: the strongest and surest, if there are more than a drawing can hold."""
    most = int(reading.chapter.get_number("most_links_drawn"))
    if len(reading.links) <= most:
        return reading.links
    ranked = sorted(reading.links, key=lambda link: (-link.strength, -reading.count_loops(link), link.pair))
    return sorted(ranked[:most], key=lambda link: link.pair)


def _make_factor(factor: Factor) -> network.Factor:
    shape = dict(SHAPES).get(factor.kind, "box")
    return network.Factor(str(factor.number), blocks.fill("{label}", label=factor.label), shape)


def _make_link(link: Link) -> network.NetworkLink:
    source, target = map(str, link.pair)
    return network.NetworkLink(source, target, more=link.sign != "less", certainty=link.certainty)


def _make_legend(reading: SystemMapReading) -> network.NetworkWords:
    words = reading.chapter
    return network.NetworkWords(
        tested=words.get_word("certainty.tested"),
        believed=words.get_word("certainty.believed"),
        guessed=words.get_word("certainty.guessed"),
        shapes=tuple((shape, words.get_word(f"shapes.{kind}")) for kind, shape in SHAPES),
    )


def _write_notes(reading: SystemMapReading, drawn: int) -> Iterator[str]:
    words = reading.chapter
    if drawn < len(reading.links):
        yield blocks.fill(words.get_word("figure.not_all"), count=len(reading.links) - drawn)
    open_ = [link for link in reading.links if link.sign == "open"]
    for name, found in (
        ("open", [link for link in open_ if link.is_disputed]),
        ("open_unsure", [link for link in open_ if not link.is_disputed and link.is_unsure("sign")]),
        ("open_silent", [link for link in open_ if not link.is_disputed and not link.is_unsure("sign")]),
    ):
        if found:
            links = "; ".join(write_link(link, reading) for link in found)
            yield blocks.fill(words.get_word(f"figure.{name}"), links=links, none=name_none(reading))
    yield from _note_left(reading)


def _note_left(reading: SystemMapReading) -> Iterator[str]:
    """Say how many voices drew links, and how many of the others do not know, have not said or were not asked."""
    words = load_wording("voices")
    told = [words.get_word(f"{name}_count").format(count=count) for name, count in reading.left.items() if count]
    if told:
        template = reading.chapter.get_word(f"figure.{'drawn_by' if reading.drawn_by else 'left'}")
        yield blocks.fill(template, count=reading.drawn_by, left="; ".join(told))


def _note_held_back(reading: SystemMapReading) -> Markup:
    return voices.note_held_back(reading.withheld, reading.minimum_group)


def _tabulate_map(reading: SystemMapReading) -> Markup:
    """For each factor, what more of it brings; numbered where the drawing shows numbers.

    Factors that only others lead to stand in the others' rows.
    """
    words = reading.chapter
    brings: dict[int, list[Link]] = defaultdict(list)
    for link in reading.links:
        brings[link.source.number].append(link)
    linked = Counter(end for link in reading.links for end in link.pair)
    numbered = len(reading.factors) > network.LABELLED
    rows = [
        [
            f"{factor.number + 1}. {factor.label}" if numbered else blocks.fill("{label}", label=factor.label),
            _join_targets(brings[factor.number], reading),
        ]
        for factor in reading.factors
        if numbered or brings[factor.number] or not linked[factor.number]
    ]
    columns = [blocks.TableColumn(str(heading)) for heading in _head(reading, "columns")]
    return blocks.make_table(words.get_word("table.title"), columns, rows)


def _join_targets(links: Sequence[Link], reading: SystemMapReading) -> str:
    words = reading.chapter
    named = []
    for link in links:
        certainty = word_certainty(link, reading)
        if link.is_disputed:
            certainty = words.get_word("table.disputed").format(label=certainty)
        sign = words.get_word(f"signs.{link.sign}")
        named.append(words.get_word("table.certainty").format(sign=sign, label=link.target.label, certainty=certainty))
    return "; ".join(named) or "–"


def _head(reading: SystemMapReading, name: str) -> Sequence[object]:
    headings: Sequence[object] = reading.chapter.words["table"][name]
    return headings


def _write_fault(fault: MapFault, reading: SystemMapReading) -> str:
    return blocks.fill(reading.chapter.get_word(f"problems.{fault.kind}"), **fault.words)
