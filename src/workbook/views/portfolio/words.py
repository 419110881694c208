"""What the portfolio says of each commission's framing, put into words while its whole reading is there."""

from __future__ import annotations

from functools import partial

from workbook.analysis import portfolio as analysis
from workbook.analysis.framing import FramingReading
from workbook.analysis.portfolio import FramingWords, PortfolioReading
from workbook.charts.places import MOST_MARKS
from workbook.model.portfolio import Portfolio
from workbook.views.framing.field import draw_small_field, write_patches
from workbook.views.framing.words import word_side, write_headline

MOST_EACH = MOST_MARKS
"""So many commissions have a field, a bar and a number of their own each; more stand in words and in counts."""


def read_portfolio(portfolio: Portfolio) -> PortfolioReading:
    """Read every engagement of a portfolio, and what recurs among them."""
    small = len(portfolio.engagements) <= MOST_EACH
    return analysis.read_portfolio(portfolio, partial(_describe, small=small))


def _describe(framing: FramingReading, *, small: bool) -> FramingWords:
    patches = write_patches(framing)
    return FramingWords(
        headline=write_headline(framing),
        patches=patches,
        field=draw_small_field(framing) if small else patches,
        seed=word_side(framing, "seed"),
        soil=word_side(framing, "soil"),
    )
