"""Chapter 03 on the page: who differs over whose learning comes first, the points, what hangs on them, two readings."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workbook.analysis.audiences.audiences import (
    AudienceReading,
    AudiencesReading,
    Clash,
    First,
    QuestionReading,
)
from workbook.analysis.audiences.names import name_audience
from workbook.analysis.voices.grids import NumberReading
from workbook.charts.dots import DotAnswers, DotChart, DotRow, DotSeries, draw_dots
from workbook.markup import element
from workbook.model.answers import Edition, Response
from workbook.model.questions import POINTS
from workbook.model.wordings import load_wording
from workbook.theme import end_sentence, format_number, join_words
from workbook.views.audiences.words import find_state, name_all, read_as_evaluation, read_as_learning, word_change
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.facts import tell_questions_kept, write_day
from workbook.views.pieces.naming import name_dots

BY_ONE = ("ranked", "people_unheard", "funders", "level", "shared")
"""The findings that are told as one voice sees them where they rest on one."""
SUM_SHOWN = 0.5  # a sum of points that differs from 100 by less is rounding
NOTEBOOK_COLUMNS = (3, 4)
"""The columns of the table that only the chapter's notebook shows: the places by points and in a hard choice."""


def write_headline(reading: AudiencesReading) -> str:
    """The finding in a few words."""
    words, pattern = reading.chapter, reading.pattern
    if pattern == "order_differs":
        agreed, points = (name_all(reading.list_first(order)) for order in (reading.agreed_places, reading.places))
        return blocks.fill(words.get_word("headline.order_differs"), agreed=agreed, points=points)
    if pattern == "clash" and len(reading.firsts) < 2:
        widest = name_audience(reading.clashes[0].reading.audience)
        return blocks.fill(words.get_word("headline.clash_same"), audience=widest)
    headline = blocks.fill(reading.chapter.get_word(f"headline.{_name_headline(reading)}"), **_name_who(reading))
    told = voices.attribute(headline, reading.lone, [one.audience.name for one in reading.audiences])
    return told if pattern in BY_ONE else headline


def _name_headline(reading: AudiencesReading) -> str:
    """Name the headline: where nothing is known, whether nobody answered, nobody knows, or this edition shows none."""
    if reading.pattern == "level" and reading.agreed_places:
        return "agreed" if len(reading.top) < len(reading.audiences) else "level_agreed"
    if reading.pattern != "unknown":
        return reading.pattern
    if voices.is_unsure(cell for one in reading.audiences for cell in (one.points, one.rank)):
        return "unsure"
    return "unknown" if reading.edition == Edition.PRIVATE else "part"


def _name_who(reading: AudiencesReading) -> dict[str, str]:
    """Name who comes first, and whom nobody was asked about."""
    return {"top": name_all(reading.top), "missing": name_all(reading.not_asked)}


def write_follows(reading: AudiencesReading) -> str:
    """One sentence that says what the commission should do; and that it is as one voice sees it, where it is."""
    caution = reading.lone if reading.pattern in (*BY_ONE, "order_differs") else None
    return voices.add_caution(_write_follows(reading), caution)


def _write_follows(reading: AudiencesReading) -> str:
    """One voice's points are no reason for an evaluation, and none to agree on an order."""
    words, pattern = reading.chapter, reading.pattern
    if pattern in ("funders", "shared") and voices.is_said_by_one(reading.lone):
        return words.get_word("follows.by_one")
    if pattern == "clash":
        sides = [_name_voices(side) for side in (reading.clashes[0].most, reading.clashes[0].least)]
        if all(_all_named(side) for side in (reading.clashes[0].most, reading.clashes[0].least)):
            return blocks.fill(words.get_word("follows.clash"), most=sides[0], least=sides[1])
        return words.get_word("follows.clash_unnamed")
    agreed, points = (name_all(reading.list_first(order)) for order in (reading.agreed_places, reading.places))
    ranked = name_all(reading.ranked_first) if len(reading.ranked_first) == 1 else ""
    hidden = pattern == "unknown" and _name_headline(reading) == "part"
    name: str = "part" if hidden else "level_ranked" if pattern == "level" and ranked else pattern
    if _name_headline(reading) == "agreed":
        name = "agreed"
    return blocks.fill(
        words.get_word(f"follows.{name}"), agreed=agreed, points=points, ranked=ranked, **_name_who(reading)
    )


def draw_points(reading: AudiencesReading, *, whole: bool = True) -> blocks.Block:
    """Every voice's points for each audience, and beside them the agreed places, as a table.

    `whole` adds the places by points and in a hard choice, and how far voices agree on an order.
    """
    words = reading.chapter
    low, high = words.words["figure"]["ends"]
    title = words.get_word("figure.title")
    rows = tuple(DotRow(one.audience.name, (_make_dots(reading, one.points),)) for one in reading.audiences)
    chart = DotChart(
        series=(DotSeries(words.get_word("figure.series"), hue="ink"),),
        rows=rows,
        ends=(low, high),
        domain=(0, 100),
        **name_dots(),
    )
    description = blocks.with_table(words.get_word("figure.subtitle"))
    drawing = draw_dots(chart, title=title, description=description, empty=words.get_word("figure.none"))
    notes = blocks.make_paragraph(_write_order(reading), "note") if whole else ""
    table = _tabulate(reading, whole=whole)
    return blocks.make_block(
        _note_held_back(reading), blocks.make_figure(drawing, title, table, _note_sum(reading), notes)
    )


def _note_sum(reading: AudiencesReading) -> Markup | str:
    """Say why middle points do not add up to 100, where they do not."""
    values = [one.points.value for one in reading.audiences]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or abs(sum(known) - POINTS) < SUM_SHOWN:
        return ""
    return blocks.make_paragraph(
        blocks.fill(reading.chapter.get_word("figure.sum"), total=format_number(sum(known))), "note"
    )


def list_differences(reading: AudiencesReading) -> blocks.Block:
    """Where priorities clash, over which audience and between whom; then who puts whom first."""
    words = reading.chapter
    if not reading.voices:
        return blocks.make_block(_note_held_back(reading) or blocks.make_paragraph(words.get_word("differences.none")))
    if reading.voices == 1:
        return blocks.make_block(blocks.make_paragraph(words.get_word("differences.one")))
    items = [_write_clash(clash, reading) for clash in reading.clashes]
    if not items:
        apart = format_number(words.get_number("points_apart"))
        items = [blocks.fill(words.get_word("differences.no_clash"), apart=apart)]
    if len(reading.firsts) > 1:
        firsts = "; ".join(_write_first(first, reading) for first in reading.firsts)
        items.append(blocks.fill(words.get_word(f"differences.firsts_{reading.firsts_from}"), firsts=firsts))
    return blocks.make_block(blocks.make_list(items, class_="differences"))


def list_changes(reading: AudiencesReading) -> blocks.Block:
    """What each audience should do differently, in the words of whoever said so."""
    words = reading.chapter
    columns = [blocks.TableColumn(heading) for heading in words.words["changes"]["columns"]]
    rows = [row for one in reading.audiences for row in _list_change_rows(one, reading)]
    held = any(one.change.withheld for one in reading.audiences)
    return blocks.make_block(
        blocks.make_table(words.get_word("changes.table"), columns, rows),
        blocks.make_paragraph(words.get_word("changes.held"), "note") if held else "",
    )


def list_question_gaps(reading: AudiencesReading) -> blocks.Block:
    """The learning questions that nothing hangs on, that nobody decides, or that come too late."""
    words = reading.chapter
    if not reading.questions:
        none = tell_questions_kept(reading.facts) or words.get_word("questions.none")
        return blocks.make_block(blocks.make_paragraph(none))
    open_ = [one for one in reading.questions if one.faults]
    if not open_:
        return blocks.make_block(blocks.make_paragraph(words.get_word("questions.all_ready")))
    return blocks.make_block(blocks.make_list([_write_question(one, reading) for one in open_]))


def compare_readings(reading: AudiencesReading, *, changes: bool = True) -> blocks.Block:
    """The two readings side by side, and what follows; with the change named for whoever comes first."""
    learning = read_as_learning(reading, changes=changes)
    return blocks.make_block(blocks.make_readings(read_as_evaluation(reading), learning, write_follows(reading)))


def read_twice(reading: AudiencesReading) -> tuple[list[str], list[str]]:
    """What the chapter says as evaluation, and as learning, sentence by sentence."""
    return read_as_evaluation(reading), read_as_learning(reading, changes=False)


def summarise(reading: AudiencesReading) -> blocks.Block:
    """The chapter's section of the summary."""
    words = reading.chapter
    if not reading.is_answered:
        return blocks.make_section(
            "audiences",
            write_headline(reading),
            _note_held_back(reading),
            blocks.make_paragraph(write_follows(reading)),
        )
    pointed = any(one.points.value is not None for one in reading.audiences)
    if not pointed and not reading.agreed_places:
        said = [one for one in reading.audiences if one.change.state in ("settled", "one", "several")]
        return blocks.make_section(
            "audiences",
            write_headline(reading),
            _note_held_back(reading),
            element("h3", words.get_word("changes.title")) if said else "",
            blocks.make_list([_write_change(one, reading) for one in said]) if said else "",
            blocks.make_paragraph(write_follows(reading), "follows"),
        )
    several = reading.voices > 1
    return blocks.make_section(
        "audiences",
        write_headline(reading),
        element("h3", words.get_word("differences.heading")) if several else "",
        list_differences(reading) if several else "",
        draw_points(reading, whole=False),
        element("h3", words.get_word("changes.title")),
        blocks.make_list([_write_change(one, reading) for one in reading.audiences]),
        compare_readings(reading, changes=False),
        subtitle=words.get_word(f"figure.{'subtitle' if several else 'subtitle_one'}") if pointed else "",
    )


def _write_clash(clash: Clash, reading: AudiencesReading) -> str:
    points = clash.reading.points
    return blocks.fill(
        reading.chapter.get_word("differences.clash"),
        audience=clash.reading.audience.name,
        high=format_number(points.high or 0),
        low=format_number(points.low or 0),
        most=_name_voices(clash.most),
        least=_name_voices(clash.least),
    )


def _write_first(first: First, reading: AudiencesReading) -> str:
    words, names = reading.chapter, _name_voices(first.voices)
    name = "first" if first.audience else "tied"
    audience = name_audience(first.audience) if first.audience else ""
    return words.get_word(f"differences.{name}").format(audience=audience, names=names)


def _write_order(reading: AudiencesReading) -> str:
    """Say how far voices agree on an order, and how far to trust the number."""
    words, value = reading.chapter, reading.concordance
    if value is None:
        return words.get_word("order.one" if reading.voices == 1 else "order.none")
    strength = "strong" if value >= words.get_number("strong_order") else "some"
    strength = "weak" if value < words.get_number("weak_order") else strength
    few = "few" if reading.rankers < words.get_number("few_voices") else "many"
    agree = blocks.fill(words.get_word(f"order.{strength}"), value=format_number(value, 2))
    return f"{agree} {blocks.fill(words.get_word(f'order.{few}'), count=voices.write_count(reading.rankers))}"


def _write_question(one: QuestionReading, reading: AudiencesReading) -> str:
    words = reading.chapter
    faults = [
        words.get_word(f"questions.faults.{fault}").format(date=write_day(one.question.by)) for fault in one.faults
    ]
    return blocks.fill(
        words.get_word("questions.fault"), question=end_sentence(one.question.question), faults=" ".join(faults)
    )


def _write_change(one: AudienceReading, reading: AudiencesReading) -> str:
    template = reading.chapter.get_word(f"changes.{find_state(one)}")
    return blocks.fill(template, audience=one.audience.name, **word_change(one, reading.chapter))


def _list_change_rows(one: AudienceReading, reading: AudiencesReading) -> list[list[str]]:
    words = reading.chapter
    said = voices.quote_words(one.change)
    unsure = load_wording("voices").get_word("unsure")
    rows = [
        [one.audience.name, unsure if text == "unsure" else text, who or words.get_word("changes.unnamed")]
        for who, text in said
    ]
    return rows or [[one.audience.name, "–", "–"]]


def _tabulate(reading: AudiencesReading, *, whole: bool) -> Markup:
    words = reading.chapter
    names = words.words["figure"]["columns"]
    shown = [place for place in range(len(names)) if whole or place not in NOTEBOOK_COLUMNS]
    columns = [blocks.TableColumn(names[place], number=place > 0) for place in shown]
    rows = [[row[place] for place in shown] for row in (_make_row(one, reading) for one in reading.audiences)]
    return blocks.make_table(words.get_word(f"figure.{'table' if whole else 'table_short'}"), columns, rows)


def _make_row(one: AudienceReading, reading: AudiencesReading) -> list[str]:
    return [
        one.audience.name,
        _write_points(one.points, reading),
        _write_range(one.points),
        _write_place(reading.places.get(one.audience.id)),
        _write_rank(one.rank, reading),
        _write_place(reading.agreed_places.get(one.audience.id)),
    ]


def _write_points(points: NumberReading, reading: AudiencesReading) -> str:
    if points.agreed is None:
        return _write_middle(points, reading)
    return f"{format_number(points.agreed)} ({reading.chapter.get_word('changes.agreed')})"


def _write_rank(rank: NumberReading, reading: AudiencesReading) -> str:
    """Word the middle place; one that lies between two places is said so."""
    if rank.middle is None or rank.middle == int(rank.middle):
        return _write_middle(rank, reading)
    below = int(rank.middle)
    return load_wording("page").get_word("between").format(below=below, above=below + 1)


def _write_middle(number: NumberReading, reading: AudiencesReading) -> str:
    if number.middle is not None:
        return format_number(number.middle)
    if any(number is one.points for one in reading.not_asked):
        return load_wording("voices").get_word("not_asked")
    return voices.add_left(voices.word_missing(number), number)


def _write_range(number: NumberReading) -> str:
    if number.low is None or number.high is None:
        return "–"
    low, high = format_number(number.low), format_number(number.high)
    return "; ".join([low if low == high else f"{low} to {high}", *voices.list_left(number)])


def _write_place(place: int | None) -> str:
    return "–" if place is None else str(place)


def _make_dots(reading: AudiencesReading, points: NumberReading) -> DotAnswers:
    if points.responses or points.agreed is not None:
        middle = points.middle if len(points.responses) > 1 else None
        values, left = tuple(r.value for r in points.responses), "; ".join(voices.list_left(points))
        return DotAnswers(values=values, middle=middle, agreed=points.agreed, left=left)
    return DotAnswers(words=_write_middle(points, reading))


def _note_held_back(reading: AudiencesReading) -> Markup:
    return voices.note_held_back(reading.withheld, reading.minimum_group)


def _name_voices(side: Sequence[Response]) -> str:
    """Name a side's voices as far as consent goes and count the others; a side of many is only counted."""
    words = load_wording("voices")
    named = [response.voice for response in side if response.voice]
    others = len(side) - len(named)
    if len(side) > words.get_number("most_names") or not named:
        return "one voice" if len(side) == 1 else words.get_word("voices").format(count=voices.write_count(len(side)))
    rest = ["one other" if others == 1 else words.get_word("others").format(count=voices.write_count(others))]
    return join_words(named + (rest if others else []))


def _all_named(side: Sequence[Response]) -> bool:
    return len(side) <= load_wording("voices").get_number("most_names") and all(r.voice for r in side)
