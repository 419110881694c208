"""Chapter 05, the costed plan on the page: totals, shares beside what voices would do, and who is reached how."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from workbook.analysis.resources.plan import CATEGORIES, MECHANISMS, SIDES
from workbook.analysis.resources.resources import ResourcesReading, word_wanted_share
from workbook.analysis.voices.grids import NumberReading
from workbook.charts.bars import Bar, BarChart, draw_bars
from workbook.model.questions import POINTS
from workbook.theme import format_money, format_number, format_percent, join_words
from workbook.views.pieces import blocks, voices

SUM_SHOWN = 0.5  # a sum of points that differs from 100 by less is rounding


def write_money(reading: ResourcesReading, amount: float) -> str:
    """An amount as it stands in the plan; under a penny it says so."""
    currency = reading.facts.currency
    if 0 < amount < 0.005:
        return reading.chapter.get_word("amounts.tiny_money").format(amount=format_money(0.01, currency))
    return format_money(amount, currency)


def write_about(reading: ResourcesReading, amount: float) -> str:
    """An amount that was worked out, rounded to about a hundredth of the money that is split."""
    step = 10.0 ** math.floor(math.log10(reading.money / 100)) if reading.money > 0 else 1.0
    return write_money(reading, round(round(amount / step) * step, 10))


def write_today(reading: ResourcesReading, amount: float) -> str:
    """An amount of today's plan: as it stands, or rounded where the plan had to be cut to the budget."""
    cut = reading.plan is not None and (reading.plan.over or 0.0) > 0
    return write_about(reading, amount) if cut else write_money(reading, amount)


def label_categories(reading: ResourcesReading) -> dict[str, str]:
    """The kinds of spending in words, by id."""
    return {option.id: option.label for option in reading.chapter.lists["categories"]}


def make_columns(headings: Sequence[str], numbers: Collection[int]) -> list[blocks.TableColumn]:
    """Columns of a table, those at the places in `numbers` holding numbers."""
    return [blocks.TableColumn(heading, number=place in numbers) for place, heading in enumerate(headings)]


def write_balance(reading: ResourcesReading) -> str:
    """Say whether the plan is over or under the budget; empty where either is missing."""
    plan = reading.plan
    if plan is None or plan.over is None:
        return ""
    if not plan.over:
        return reading.chapter.get_word("even")
    words = reading.chapter.get_word("over" if plan.over > 0 else "under")
    money = write_money(reading, reading.money)
    return blocks.fill(words, over=write_money(reading, plan.over), under=write_money(reading, -plan.over), money=money)


def tell_over(reading: ResourcesReading, *, alone: bool = True) -> list[str]:
    """Say by how much the plan is over the budget, unless `alone` with what is split all the same."""
    over = (reading.plan.over or 0.0) if reading.plan else 0.0
    if over <= 0:
        return []
    if not alone:
        return [write_balance(reading)]
    return [blocks.fill(reading.chapter.get_word("over_alone"), over=write_money(reading, over))]


def show_plan(reading: ResourcesReading) -> blocks.Block:
    """The plan line by line, with its total and whether it keeps to the budget."""
    if reading.plan is None:
        return blocks.make_block(blocks.make_paragraph(reading.chapter.get_word("no_plan_yet")))
    labels = label_categories(reading)
    words = reading.chapter
    columns = make_columns(words.words["columns"]["plan"], (2, 4, 5))
    rows = [
        [
            line.activity,
            labels[line.category],
            format_number(line.quantity),
            line.unit,
            write_money(reading, line.unit_cost),
            write_money(reading, line.cost),
        ]
        for line in reading.plan.lines
    ]
    total = [words.get_word("rows.total"), "", "", "", "", write_money(reading, reading.plan.total)]
    table = blocks.make_table(words.get_word("figures.plan_table"), columns, rows, total=total)
    return blocks.make_block(table, blocks.make_paragraph(write_balance(reading)) if write_balance(reading) else "")


def draw_money(reading: ResourcesReading, *, short: bool = False) -> blocks.Block:
    """Each kind of spending: the plan's share beside what voices would do, and the same as a table.

    The `short` table has at most four columns.
    """
    words, points = reading.chapter, reading.middle_points
    if reading.plan is None and not points:
        return blocks.make_block(blocks.make_paragraph(words.get_word("unanswered.text")))
    which = "money_title" if reading.plan and points else "money_title_plan" if reading.plan else "money_title_points"
    origin = reading.points_origin
    title = words.get_word(f"figures.{which}{f'.{origin}' if points else ''}")
    names = (words.get_word("figures.money_plan"), words.get_word(f"columns.money_points.{origin}"))
    drawing = draw_bars(
        BarChart(tuple(_make_bars(reading)), names=names if reading.plan and points else ()),
        title=title,
        description=words.get_word("figures.money_description"),
    )
    figure = blocks.make_figure(drawing, title, _tabulate_money_shortly(reading) if short else _tabulate_money(reading))
    notes = [
        blocks.make_paragraph(note, "note") for note in (_note_points(reading), words.get_word("split_note")) if note
    ]
    return blocks.make_block(blocks.make_paragraph(write_split(reading)), figure, *notes)


def _note_points(reading: ResourcesReading) -> str:
    """Say why middle points do not add up to 100, where they do not; where there are none, why there are none."""
    points = reading.middle_points
    if not points:
        found = {word_left(one) for one in reading.points.values()}
        return blocks.fill(reading.chapter.get_word("points_missing"), missing=join_words(sorted(found), "; "))
    if abs(sum(points.values()) - POINTS) < SUM_SHOWN:
        return ""
    return blocks.fill(reading.chapter.get_word("points_sum"), total=format_percent(sum(points.values()) / POINTS))


def word_left(one: NumberReading) -> str:
    """Say why there are no points for a kind of spending, and how many do not know or have not said."""
    return voices.add_left(voices.word_missing(one), one)


def write_split(reading: ResourcesReading) -> str:
    """Say which share of data and use together goes to use, in the plan and as the voices would have it."""
    planned, wanted = reading.plan.use_share if reading.plan else None, reading.wanted_use_share
    if planned is None and wanted is None:
        return ""
    name = "split_plan" if wanted is None else "split_voices" if planned is None else "split_gap"
    shares = {"plan": format_percent(planned or 0.0), "voices": word_wanted_share(reading)}
    return blocks.fill(reading.chapter.get_word(name), who=_name_points(reading), **shares)


def _name_points(reading: ResourcesReading) -> str:
    return reading.chapter.get_word(f"split_who.{reading.points_origin}")


def _make_bars(reading: ResourcesReading) -> list[Bar]:
    labels, plan, points = label_categories(reading), reading.plan, reading.middle_points
    bars = []
    for name in CATEGORIES:
        spent = plan.share_of(name) if plan else 0.0
        wanted = points.get(name, 0.0) / 100
        missing = points and reading.points[name].value is None
        told = voices.word_missing(reading.points[name]) if missing else format_percent(wanted)
        if plan and points:
            bars.append(Bar(labels[name], spent, format_percent(spent), wanted, told))
        else:
            bars.append(Bar(labels[name], spent if plan else wanted, format_percent(spent) if plan else told))
    return bars


def _tabulate_money(reading: ResourcesReading) -> blocks.Block:
    labels, plan, words = label_categories(reading), reading.plan, reading.chapter
    named = words.words["columns"]
    headings = [*named["money"], *(named["money_plan"] if plan else ())]
    headings += _head_points(reading)
    rows = [
        [
            labels[name],
            words.get_word(f"sides.{SIDES[name]}"),
            *((write_money(reading, plan.cost_of(name)), format_percent(plan.share_of(name))) if plan else ()),
            *(_word_points(reading, name) if reading.middle_points else ()),
        ]
        for name in CATEGORIES
    ]
    more = ["" for _ in _head_points(reading)]
    whole = words.get_word("rows.total")
    total = [whole, "", write_money(reading, plan.total), "100%", *more] if plan and plan.total else None
    columns = make_columns(headings, range(2, len(headings)))
    return blocks.make_block(blocks.make_table(words.get_word("figures.money_table"), columns, rows, total=total))


def _tabulate_money_shortly(reading: ResourcesReading) -> blocks.Block:
    labels, plan, words = label_categories(reading), reading.plan, reading.chapter
    kind, planned = words.words["columns"]["money_short"]
    headings = [kind, *([planned] if plan else []), *_head_points(reading)]
    both = words.get_word("amounts.both")
    rows = []
    for name in CATEGORIES:
        spent = []
        if plan:
            amount, share = write_money(reading, plan.cost_of(name)), format_percent(plan.share_of(name))
            spent = [blocks.fill(both, amount=amount, share=share)]
        rows.append([labels[name], *spent, *(_word_points(reading, name) if reading.middle_points else ())])
    columns = make_columns(headings, range(1, len(headings)))
    return blocks.make_block(blocks.make_table(words.get_word("figures.money_table"), columns, rows))


def _head_points(reading: ResourcesReading) -> list[str]:
    """The columns that hold points: whose they are, then the range where several voices gave some."""
    if not reading.middle_points:
        return []
    named = [reading.points_origin, *(["range"] if _has_range(reading) else [])]
    return [reading.chapter.get_word(f"columns.money_points.{name}") for name in named]


def _has_range(reading: ResourcesReading) -> bool:
    return any(len(one.responses) > 1 for one in reading.points.values())


def _word_points(reading: ResourcesReading, name: str) -> tuple[str, ...]:
    one = reading.points[name]
    if one.value is None:
        return (word_left(one), "–") if _has_range(reading) else (word_left(one),)
    middle = format_percent(one.value / POINTS)
    if not _has_range(reading):
        return (voices.add_left(middle, one),)
    if one.low is None or one.high is None:
        return middle, "; ".join(voices.list_left(one)) or "–"
    low, high = format_number(one.low), format_number(one.high)
    template = reading.chapter.get_word(f"amounts.{'points_one' if low == high else 'points'}")
    return middle, "; ".join([blocks.fill(template, low=low, high=high), *voices.list_left(one)])


def show_mechanisms(reading: ResourcesReading) -> blocks.Block:
    """Which of the six mechanisms the plan's lines use for which audience, and the gaps in words."""
    words = reading.chapter
    if reading.plan is None or not any(any(one.activities.values()) for one in reading.coverage):
        return blocks.make_block(
            blocks.make_paragraph(words.get_word(f"mechanisms.{'none' if reading.plan else 'no_plan'}"))
        )
    labels = {option.id: option.label for option in words.lists["mechanisms"]}
    unnamed, note = words.get_word("mechanisms.unnamed"), words.get_word("mechanisms.note")
    columns = [
        blocks.TableColumn(words.get_word("columns.mechanisms")),
        *(blocks.TableColumn(labels[way]) for way in MECHANISMS),
    ]
    rows = [
        [one.name or unnamed, *("; ".join(one.activities[way]) or "–" for way in MECHANISMS)]
        for one in reading.coverage
    ]
    table = blocks.make_table(words.get_word("mechanisms.title"), columns, rows)
    return blocks.make_block(
        blocks.make_paragraph(" ".join(write_gaps(reading))), table, blocks.make_paragraph(note, "note")
    )


def write_gaps(reading: ResourcesReading) -> list[str]:
    """Say which ways nobody is reached by, who is not reached at all, and who gets no more than a report."""
    words = reading.chapter
    labels = {option.id: option.label.lower() for option in words.lists["mechanisms"]}
    missing = [labels[way] for way in MECHANISMS if not any(one.activities[way] for one in reading.coverage)]
    only = [one.name for one in reading.coverage if one.audience and one.reports_only]
    sentences = [
        blocks.fill(words.get_word("mechanisms.gaps_all"), ways=join_words(missing, "or"))
        if missing
        else words.get_word("mechanisms.covered")
    ]
    if reading.unreached:
        names = "; ".join(one.name for one in reading.unreached)
        sentences.append(blocks.fill(words.get_word("mechanisms.missed"), audiences=names))
    if only:
        sentences.append(blocks.fill(words.get_word("mechanisms.report_only"), audiences="; ".join(only)))
    return sentences
