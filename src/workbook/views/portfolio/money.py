"""The portfolio's money: budgets by currency, and each plan's split beside the range that does nearly as well."""

from __future__ import annotations

from markupsafe import Markup

from workbook.analysis.portfolio import PortfolioEntry, PortfolioReading
from workbook.charts.bars import Bar, BarChart, draw_bars
from workbook.model.base import UNSURE
from workbook.theme import format_money, format_percent
from workbook.views.pieces import blocks
from workbook.views.pieces.facts import write_sum


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
    bars = tuple(Bar(entry.facts.title, budget, format_money(budget, currency)) for entry, budget in found)
    title = blocks.fill(words.get_word("money.budgets"), currency=currency)
    drawing = draw_bars(BarChart(bars), title=title, description=words.get_word("money.budgets_description"))
    together = format_money(sum(budget for _, budget in found), currency)
    note = blocks.fill(words.get_word("money.sum"), sum=together) if len(found) > 1 else ""
    return blocks.make_figure(drawing, title, blocks.make_paragraph(note) if note else "")


def _show_splits(reading: PortfolioReading) -> blocks.Piece:
    words = reading.words
    planned = [(entry, entry.use_share) for entry in reading.entries if entry.use_share is not None]
    if not planned:
        return blocks.make_paragraph(words.get_word("money.split_none"))
    title = words.get_word("money.split")
    drawing = draw_bars(
        BarChart(
            tuple(_make_bar(entry, share) for entry, share in planned),
            names=tuple(words.words["money"]["split_names"]) if any(entry.near for entry, _ in planned) else (),
            top=1.0,
        ),
        title=title,
        description=words.get_word("money.split_description"),
    )
    columns = [
        blocks.TableColumn(name, number=place > 0) for place, name in enumerate(words.words["money"]["split_columns"])
    ]
    rows = [[entry.facts.title, format_percent(share), _write_range(reading, entry)] for entry, share in planned]
    return blocks.make_figure(drawing, title, blocks.make_table(words.get_word("money.split_table"), columns, rows))


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
