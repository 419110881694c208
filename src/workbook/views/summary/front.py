"""The first screen and the first sheet: what is commissioned, the verdict, the field, and what to do."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from workbook.analysis.summary import SummaryReading
from workbook.markup import element, join
from workbook.model.answers import Edition
from workbook.model.base import UNSURE
from workbook.model.chapters import load_chapter
from workbook.model.engagement import Facts
from workbook.model.loose_days import find_span
from workbook.model.wordings import load_wording
from workbook.theme import end_sentence, format_month
from workbook.views import start_here
from workbook.views.framing.field import draw_field, write_field_headline
from workbook.views.pieces.band import make_band
from workbook.views.pieces.blocks import Block, fill, make_block
from workbook.views.pieces.facts import name_lead, write_begun, write_day, write_span, write_sum
from workbook.views.pieces.room import shorten
from workbook.views.summary.messages import show_messages
from workbook.views.summary.standing import is_brief, list_standing, make_parts
from workbook.views.summary.verdict import show_verdict


def show_edition(reading: SummaryReading) -> Block:
    """The band at the head of the page: whom it is for, and what kind of engagement it is about."""
    return make_band(
        reading.facts,
        reading.edition,
        load_wording("summary").get_word("document"),
        draft=reading.draft,
        is_read=reading.framing.is_call,
    )


def show_front(reading: SummaryReading) -> Block:
    """Everything that a reader sees first."""
    headline = element("h2", write_field_headline(reading.framing), id="field")
    field = element("section", headline, draw_field(reading.framing, reading.rounds.ghosts).html, class_="glance")
    # In the order in which they are heard; where they stand on the screen and on paper is the style's.
    parts = [_show_title(reading), show_verdict(reading), show_messages(reading), _show_what(reading), field]
    # Where little is known, what is not settled belongs on the first sheet.
    parts += [make_parts(list_standing(reading))] if is_brief(reading) else []
    return make_block(element("div", parts, class_="first"))


def _show_title(reading: SummaryReading) -> Markup:
    title = shorten(reading.facts.title, "most_title")
    is_long = len(title) > load_wording("summary").get_number("long_title")
    return element("h1", title, class_="long" if is_long else None)


def _show_what(reading: SummaryReading) -> Markup:
    words, facts = load_wording("summary"), reading.facts
    lead = words.get_word(name_lead(facts))
    told = fill(lead, commissioner=facts.commissioner, sentence=end_sentence(facts.sentence)) if facts.sentence else ""
    listed = [
        element("li", join(part)) for part in (_tell_money(facts), _tell_months(facts), _tell_voices(reading)) if part
    ]
    return element(
        "div",
        element("h2", words.get_word("what"), class_="vh"),
        element("p", shorten(told, "most_lead"), class_="lead") if told else None,
        element("ul", listed, class_="in-short"),
        class_="what",
    )


def _tell_money(facts: Facts) -> list[Markup | str]:
    words = load_wording("summary")
    if facts.most_money is None:
        return _tell_open("money", unsure=facts.budget == UNSURE)
    return [element("b", write_sum(facts.budget, facts.currency)), " ", words.get_word(f"in_short.vat.{facts.vat}")]


def _tell_months(facts: Facts) -> list[Markup | str]:
    words = load_wording("summary")
    start = find_span(facts.start)
    if facts.length:  # as it was typed: "up to three years" is no number of months
        return [element("b", shorten(facts.length, "most_typed"))]
    if (facts.months is None or start is None) and (start or find_span(facts.end)):
        span = write_span(facts)
        return [element("b", span[:1].upper() + span[1:])]
    if facts.months is None or start is None:
        return _tell_open("dates", unsure=UNSURE in (facts.start, facts.end))
    months = max(1, round(facts.months))
    exact = isinstance(facts.start, date) and isinstance(facts.end, date)
    name = "month" if months == 1 else "months" if exact else "months_loose"
    counted = fill(words.get_word(f"in_short.{name}"), count=months)
    begun = format_month(facts.start) if isinstance(facts.start, date) else write_day(facts.start)
    return [element("b", counted), " ", write_begun(begun)]


def _tell_voices(reading: SummaryReading) -> list[Markup | str]:
    words, heard, turnout = load_wording("summary"), reading.heard, reading.start_here.turnout
    if reading.framing.is_call and heard:
        return [element("b", words.get_word("in_short.outside")), " ", words.get_word("in_short.nobody_asked")]
    if heard is None:
        return []
    if turnout is not None:
        short = load_chapter("start_here").get_word("turnout_short")
        have = start_here.name_have(turnout)
        return [element("b", fill(short, heard=turnout.heard, asked=turnout.asked, have=have))]
    if reading.edition is Edition.PRIVATE and heard == 1:
        return [element("b", words.get_word("in_short.voice")), " ", words.get_word("in_short.so_far")]
    name = "voice" if heard == 1 else "voices" if heard else "voices_none"
    return [element("b", fill(words.get_word(f"in_short.{name}"), count=heard))]


def _tell_open(name: str, *, unsure: bool) -> list[Markup | str]:
    word = load_wording("page").get_word("not_known" if unsure else "not_stated")
    return [element("b", load_wording("summary").get_word(f"in_short.{name}")), " ", word]
