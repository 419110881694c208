"""More commissions than can be told apart in a figure: one table holds all that the page says of each."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workbook.analysis.portfolio import PortfolioEntry, PortfolioReading
from workbook.markup import element
from workbook.model.wordings import load_wording
from workbook.theme import join_words
from workbook.views.pieces import blocks
from workbook.views.portfolio.due import write_next
from workbook.views.portfolio.money import write_budget
from workbook.views.portfolio.words import MOST_EACH

MOST_NAMED = 5


def is_many(reading: PortfolioReading) -> bool:
    """Whether there are more commissions than have a field each."""
    return len(reading.entries) > MOST_EACH


def tabulate_all(reading: PortfolioReading) -> Markup:
    """A row for each commission, which leads to its page: verdict, points, what is next, money and voices."""
    words, verdicts = reading.words, load_wording("verdict")
    columns = [blocks.TableColumn(name, number=place > 3) for place, name in enumerate(words.words["many"]["columns"])]
    rows = [
        [
            link_title(reading, entry),
            verdicts.get_word(f"marks.{entry.mark}"),
            entry.said.field,
            write_next(entry.facts),
            write_budget(reading, entry),
            words.get_word("held_back") if entry.heard is None else str(entry.heard),
        ]
        for entry in reading.entries
    ]
    return blocks.make_table(words.get_word("many.table"), columns, rows)


def link_title(reading: PortfolioReading, entry: PortfolioEntry) -> Markup | str:
    """A commission's title, as a link to the first page made of it."""
    if not entry.pages:
        return entry.facts.title
    return element("a", entry.facts.title, href=name_page(reading, entry, entry.pages[0]))


def name_page(reading: PortfolioReading, entry: PortfolioEntry, report: str) -> str:
    """Where a page lies, seen from the portfolio's own page in `outputs`."""
    ending = "" if reading.is_whole else f".{reading.edition}"
    return f"{entry.slug}/{report}{ending}.html"


def name_few(reading: PortfolioReading, names: Sequence[str]) -> list[str]:
    """Names for a sentence; where there are many commissions, the first few and how many more."""
    more = len(names) - MOST_NAMED
    if not is_many(reading) or more < 2:
        return list(names)
    return [*names[:MOST_NAMED], blocks.fill(reading.words.get_word("many.more"), count=more)]


def join_few(reading: PortfolioReading, names: Sequence[str]) -> str:
    """Names as a sentence lists them, cut as `name_few` does."""
    return join_words(name_few(reading, names))
