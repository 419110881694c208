"""What the summary ends with: learning questions, what else to ask, what it rests on, and how it was made."""

from __future__ import annotations

from markupsafe import Markup

from workbook.analysis import assumptions
from workbook.analysis.agenda_points import AgendaEntry
from workbook.analysis.audiences.audiences import OUT_OF_REACH
from workbook.analysis.summary import SummaryReading
from workbook.markup import element, join
from workbook.model.base import UNSURE
from workbook.model.wordings import Wording, load_wording
from workbook.theme import format_number, format_percent
from workbook.views import start_here
from workbook.views.discovery import agenda
from workbook.views.pieces import voices
from workbook.views.pieces.band import name_edition
from workbook.views.pieces.blocks import Block, fill, make_block, make_paragraph, make_section
from workbook.views.pieces.facts import write_as_of, write_sources
from workbook.views.pieces.naming import name_page
from workbook.views.summary.messages import list_messages
from workbook.views.summary.standing import is_brief, list_standing, make_parts


def show_open(reading: SummaryReading) -> Block:
    """The learning questions, what else to ask, and what all of it rests on."""
    return make_block(show_questions(reading), show_asked(reading), show_rests(reading))


def show_questions(reading: SummaryReading) -> Block:
    """The learning questions, each with what hangs on it."""
    questions = reading.facts.learning_questions
    if not questions:
        return make_block()
    tied = sum(q.decision not in (None, UNSURE) for q in questions)
    words, total = load_wording("summary"), len(questions)
    name = "none" if not tied else "all" if tied == total else "one" if tied == 1 else "some"
    counts = {"tied": voices.write_count(tied), "total": voices.write_count(total)}
    title = fill(words.get_word(f"questions_title_{name}"), **counts)
    title = _add_out_of_reach(reading, title)
    return make_section("questions", title, start_here.list_learning_questions(reading.start_here))


def _add_out_of_reach(reading: SummaryReading, title: str) -> str:
    """Add how many days the learning cannot reach; those that are past, too soon or long after the end."""
    out = sum(bool(OUT_OF_REACH & set(one.faults)) for one in reading.audiences.questions)
    if not out:
        return title
    words = load_wording("summary")
    name = f"questions_out_day{'' if out == 1 else 's'}"
    return fill(words.get_word(name), title=title, count=voices.write_count(out))


def show_asked(reading: SummaryReading) -> Block:
    """The first open points whose subject is no message of the first page."""
    words, entries = load_wording("summary"), _choose_asked(reading)
    if not entries:
        return make_block()
    total, count = len(reading.discovery.agenda), voices.write_count(len(entries))
    name = "asked_title_all" if total == len(entries) else "asked_title"
    if reading.framing.is_call:
        name += "_closed" if reading.facts.is_closed else "_call"
    chapter = reading.discovery.chapter
    whom = [element("span", agenda.write_whom(entry, chapter), class_="who") for entry in entries]
    items = [element("li", entry.text, agenda.NO_BREAK, who) for entry, who in zip(entries, whom, strict=True)]
    return make_section(
        "agenda", fill(words.get_word(name), count=count, total=total), element("ol", items, class_="ask")
    )


def _choose_asked(reading: SummaryReading) -> tuple[AgendaEntry, ...]:
    """Take the weightiest, but for those that a chapter worded whose message stands on the first page."""
    said = {message.chapter for message in list_messages(reading)}
    left = [entry for entry in reading.discovery.agenda if not (entry.worded and entry.chapter in said)]
    name = "most_asked_early" if is_brief(reading) else "most_asked"
    return tuple(left[: int(load_wording("summary").get_number(name))])


def show_rests(reading: SummaryReading) -> Block:
    """Who answered, what is not settled, what is our judgement, and where the rest is."""
    words = load_wording("summary")
    front = [] if is_brief(reading) else list_standing(reading)
    judged = write_judged(words, alone=reading.framing.is_call)
    parts = [*front, ("rests_judged", judged), ("rests_rest", _link_report(reading, words))]
    return make_section("rests", words.get_word("rests_title"), make_parts(parts))


def write_judged(words: Wording, *, alone: bool = False) -> str:
    """The judgements that decide most, in one paragraph, and where all of them stand.

    `alone` says that one reading of a text is all there is, so that nothing can be disputed.
    """
    scale, evidence = load_wording("voices"), load_wording("evidence")
    return fill(
        words.get_word("judged_call" if alone else "judged"),
        range=voices.write_count(int(scale.get_number("strong_range"))),
        agreement=format_number(scale.get_number("strong_agreement")),
        share=format_percent(evidence.get_number("enough_known")),
        count=len(assumptions.list_assumptions()),
    )


def _link_report(reading: SummaryReading, words: Wording) -> Markup:
    link = element("a", words.get_word("rest_link"), href=name_page("report", reading.edition))
    return join([link, words.get_word("rest_call" if reading.framing.is_call else "rest")])


def note_provenance(reading: SummaryReading, *, sources: bool = False) -> Block:
    """How the page was made: which edition, of which input, and where asked from which sources: the page's footer."""
    words = load_wording("summary")
    facts = reading.facts
    made = [fill(words.get_word("provenance"), edition=name_edition(reading.edition), fingerprint=reading.fingerprint)]
    if facts.is_call and not sources:  # the report says both elsewhere
        view = "call_view" if reading.framing.is_call else "mixed_view"
        made.append(load_wording("page").get_word(f"band.{view}"))
        made += [write_as_of(facts)] if facts.as_of else []
    named = _name_sources(reading, words) if sources else None
    return Block(element("section", make_paragraph(" ".join(made)), named, class_="provenance"))


def _name_sources(reading: SummaryReading, words: Wording) -> Markup | None:
    sources = write_sources(reading.facts.source)
    return make_paragraph(fill(words.get_word("facts_from"), sources=sources)) if sources else None
