"""Chapter 05, money moved between two kinds of spending, and the whole reading beside what it was."""

from __future__ import annotations

from workbook.analysis.resources.resources import ResourcesReading, move_money, read_resources
from workbook.analysis.resources.tradeoff import TradeOff
from workbook.errors import WorkbookError
from workbook.model.choices import Category
from workbook.model.engagement import Engagement
from workbook.theme import format_number, format_percent
from workbook.views.pieces import blocks
from workbook.views.resources.plan import label_categories, make_columns, write_money, write_today
from workbook.views.resources.tradeoff import tell_blocked, write_people, write_worth


def show_what_if(engagement: Engagement, source: Category, target: Category, amount: float) -> blocks.Block:
    """What the plan would do with `amount` moved; where that cannot be, the reason and what to type."""
    try:
        after = move_money(engagement, source, target, amount)
    except WorkbookError as error:
        return blocks.make_block(blocks.make_held_back(str(error)))
    before = read_resources(engagement)
    if before.tradeoff is None or after.tradeoff is None:
        return blocks.make_block(blocks.make_held_back(tell_blocked(before if before.tradeoff is None else after)))
    labels, words = label_categories(before), before.chapter
    title = blocks.fill(
        words.get_word("what_if.title"),
        amount=write_money(before, amount),
        source=labels[source].lower(),
        target=labels[target].lower(),
    )
    return blocks.make_block(blocks.make_paragraph(_write_change(before, after)), _tabulate(before, after, title))


def _worth(reading: ResourcesReading, reference: float) -> float:
    """What a plan is worth, the best split of the money before the move being 1."""
    result = reading.tradeoff
    return result.draws.plans[0].mean / reference if result and result.draws.plans else 0.0


def _list_figures(reading: ResourcesReading, result: TradeOff, reference: float) -> list[str]:
    share = result.today or 0.0
    use = share * result.money
    return [
        write_today(reading, use),
        format_percent(share),
        format_number(result.responses_at(result.money - use)[1], 0),
        write_people(result.people_at(use)),
        write_worth(_worth(reading, reference)),
    ]


def _tabulate(before: ResourcesReading, after: ResourcesReading, title: str) -> blocks.Block:
    assert before.tradeoff is not None
    assert after.tradeoff is not None
    words, reference = before.chapter, before.tradeoff.reference
    columns = make_columns(words.words["columns"]["what_if"], range(1, 6))
    rows = [
        [words.get_word("what_if.before"), *_list_figures(before, before.tradeoff, reference)],
        [words.get_word("what_if.after"), *_list_figures(after, after.tradeoff, reference)],
    ]
    return blocks.make_block(blocks.make_table(title, columns, rows))


def _write_change(before: ResourcesReading, after: ResourcesReading) -> str:
    first, second, words = before.tradeoff, after.tradeoff, before.chapter
    if first is None or second is None:
        return words.get_word("what_if.no_value")
    spends = [(result.today or 0.0) * result.money for result in (first, second)]
    worths = [write_worth(_worth(reading, first.reference)) for reading in (before, after)]
    reading = blocks.fill(
        words.get_word("what_if.reading"),
        use=write_today(after, spends[1]),
        number=write_people(second.people_at(spends[1])),
        before=write_people(first.people_at(spends[0])),
    )
    if worths[0] == worths[1]:
        return f"{reading} {words.get_word('what_if.same')}"
    return f"{reading} {blocks.fill(words.get_word('what_if.better'), after=worths[1], worth=worths[0])}"
