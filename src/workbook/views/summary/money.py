"""The money in half a page: one curve, the points it is made of, and what to do."""

from __future__ import annotations

from workbook.analysis.resources.resources import ResourcesReading
from workbook.analysis.summary import SummaryReading
from workbook.markup import element
from workbook.views import resources
from workbook.views.pieces.blocks import Block, make_block, make_paragraph, make_section
from workbook.views.resources.figures import write_sure
from workbook.views.resources.tradeoff import draw_curve_alone, tabulate_curve
from workbook.views.summary.sides import show_sides
from workbook.views.summary.twice import show_twice


def show_evidence(reading: SummaryReading) -> Block:
    """The commission read twice; the money, where people gave figures for it; who disagrees, where somebody does."""
    return make_block(
        show_twice(reading), show_money(reading.resources), show_sides(reading) if reading.disputes else ""
    )


def show_money(reading: ResourcesReading) -> Block:
    """The curve beside its table; nothing where no split can be valued from people's own figures."""
    if reading.tradeoff is None or reading.is_ours or reading.is_mostly_ours:
        return make_block()
    words = reading.chapter
    left = element("div", draw_curve_alone(reading), make_paragraph(write_sure(reading), "note"))
    right = element(
        "div", make_paragraph(resources.write_follows(reading), "say"), tabulate_curve(reading, short=True).html
    )
    return make_section(
        "money",
        resources.write_headline(reading),
        element("div", left, right, class_="half"),
        subtitle=words.get_word("subtitle"),
    )
