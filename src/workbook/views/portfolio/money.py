"""The portfolio's money: budgets by currency, and each plan's split beside the range that does nearly as well."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from markupsafe import Markup

from workbook.analysis.portfolio import PortfolioEntry, PortfolioReading
from workbook.charts.bars import Bar, BarChart, draw_bars
from workbook.model.base import UNSURE
from workbook.model.wordings import load_wording
from workbook.theme import format_money, format_percent
from workbook.views.pieces import blocks
from workbook.views.pieces.facts import write_sum
from workbook.views.portfolio.words import MOST_EACH

TENTHS = tuple(tenth / 10 for tenth in range(11))


def show_money(reading: PortfolioReading) -> blocks.Block:
    """Budgets, one figure for each currency, and the split of each plan."""
    words = reading.words
    stated, total = sum(entry.budget is not None for entry in reading.entries), len(reading.entries)
    name = "title_none" if not stated else "title_all" if stated == total else "title"
    currencies = dict.fromkeys(entry.facts.currency for entry in reading.entries if entry.budget is not None)
    return blocks.make_section(
        "money",
        blocks.fill(words.get_word(f"money.{name}"), stated=stated, total=total),
        *[_draw_budgets(reading, currency) for currency in currencies],
        _show_splits(reading),
        subtitle=words.get_word("money.subtitle"),
    )


def get_word(reading: PortfolioReading, name: str) -> str:
    """Return words that claim something of all commissions; a shared edition claims it only of what it shows."""
    return reading.words.get_word(name if reading.is_whole else f"{name}_part")


def write_budget(reading: PortfolioReading, entry: PortfolioEntry) -> str:
    """A budget with what is known of its VAT."""
    words, facts = reading.words, entry.facts
    if entry.budget is None:
        return words.get_word("not_known" if facts.budget == UNSURE else "not_stated")
    return words.get_word(f"commissions.vat.{facts.vat}").format(budget=write_sum(facts.budget, facts.currency))


def write_split(reading: PortfolioReading, entry: PortfolioEntry) -> str:
    """The plan's split between data and use."""
    if entry.use_share is None:
        return reading.words.get_word("no_plan")
    use = round(entry.use_share, 2)
    return reading.words.get_word("split").format(data=format_percent(1 - use), use=format_percent(use))


def _draw_budgets(reading: PortfolioReading, currency: str) -> Markup:
    words = reading.words
    found = [
        (entry, entry.budget)
        for entry in reading.entries
        if entry.budget is not None and entry.facts.currency == currency
    ]
    many = len(found) > MOST_EACH
    title = blocks.fill(words.get_word("money.budgets"), currency=currency)
    if many:
        bars = _count_in_bands([budget for _, budget in found], list_edges, partial(format_money, currency=currency))
    else:
        bars = tuple(Bar(entry.facts.title, budget, format_money(budget, currency)) for entry, budget in found)
    description = words.get_word(f"money.budgets_description{'_many' if many else ''}")
    drawing = draw_bars(BarChart(bars), title=title, description=description)
    together = format_money(sum(budget for _, budget in found), currency)
    note = blocks.fill(words.get_word("money.sum"), sum=together) if len(found) > 1 else ""
    return blocks.make_figure(blocks.let_scroll(drawing, title), title, blocks.make_paragraph(note) if note else "")


def _show_splits(reading: PortfolioReading) -> blocks.Piece:
    words = reading.words
    planned = [(entry, entry.use_share) for entry in reading.entries if entry.use_share is not None]
    if not planned:
        return blocks.make_paragraph(words.get_word("money.split_none"))
    title, many = words.get_word("money.split"), len(planned) > MOST_EACH
    description = words.get_word(f"money.split_description{'_many' if many else ''}")
    drawing = draw_bars(_chart_splits(reading, planned), title=title, description=description)
    if len(reading.entries) > MOST_EACH:
        return blocks.make_figure(blocks.let_scroll(drawing, title), title)
    columns = [
        blocks.TableColumn(name, number=place > 0) for place, name in enumerate(words.words["money"]["split_columns"])
    ]
    rows = [[entry.facts.title, format_percent(share), _write_range(reading, entry)] for entry, share in planned]
    return blocks.make_figure(
        blocks.let_scroll(drawing, title), title, blocks.make_table(words.get_word("money.split_table"), columns, rows)
    )


def _chart_splits(reading: PortfolioReading, planned: Sequence[tuple[PortfolioEntry, float]]) -> BarChart:
    if len(planned) > MOST_EACH:
        return BarChart(_count_in_bands([share for _, share in planned], lambda _: TENTHS, format_percent))
    names = reading.words.words["money"]["split_names"] if any(entry.near for entry, _ in planned) else ()
    return BarChart(tuple(_make_bar(entry, share) for entry, share in planned), names=tuple(names), top=1.0)


def _count_in_bands(
    values: Sequence[float], list_bands: Callable[[Sequence[float]], Sequence[float]], write: Callable[[float], str]
) -> tuple[Bar, ...]:
    """Count the values in each band, of which each takes in its lower edge and the last its upper one too."""
    edges = list_bands(values)
    template = load_wording("portfolio").get_word("money.range")
    found = Counter(min(bisect_right(edges, value), len(edges) - 1) for value in values)
    bands = pairwise(edges)
    return tuple(
        Bar(template.format(low=write(low), high=write(high)), found[place], str(found[place]))
        for place, (low, high) in enumerate(bands, 1)
    )


def list_edges(values: Sequence[float]) -> list[float]:
    """Return the edges of bands that hold all values: 1, 2 and 5 times each power of ten between, and 0 where asked."""
    low, high = min(values), max(values)
    powers = range(math.floor(math.log10(low or 1)), math.ceil(math.log10(high or 1)) + 2)
    every = [0.0, *(step * 10.0**power for power in powers for step in (1, 2, 5))]
    first, last = bisect_right(every, low) - 1, bisect_right(every, high)
    return every[first : last + 1]


def _make_bar(entry: PortfolioEntry, share: float) -> Bar:
    if entry.near is None:
        return Bar(entry.facts.title, share, format_percent(share))
    middle = sum(entry.near) / 2
    return Bar(entry.facts.title, share, format_percent(share), middle, format_percent(middle))


def _write_range(reading: PortfolioReading, entry: PortfolioEntry) -> str:
    words = reading.words
    if entry.near is None:
        return get_word(reading, "money.range_none")
    low, high = (format_percent(share) for share in entry.near)
    found = low if low == high else words.get_word("money.range").format(low=low, high=high)
    if entry.ours is None:
        return found
    count, total = entry.ours
    return words.get_word("money.range_ours").format(range=found, count=count, total=total)
