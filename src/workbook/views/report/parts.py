"""The report: everything the summary has no room for, chapter by chapter, and what it all rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from workbook.analysis.agenda_points import Dispute
from workbook.analysis.audiences.names import name_audience
from workbook.analysis.summary import SummaryReading
from workbook.markup import element, join
from workbook.model.answers import Edition
from workbook.model.chapters import load_chapter
from workbook.model.wordings import load_wording
from workbook.theme import end_sentence, join_words
from workbook.views import (
    audiences,
    discovery,
    framing,
    learning_modes,
    permission,
    practices,
    resources,
    rounds,
    safety,
    sides,
    start_here,
    system_map,
)
from workbook.views.discovery import agenda
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.band import make_band
from workbook.views.pieces.naming import name_page
from workbook.views.pieces.room import is_cut
from workbook.views.summary.rests import write_judged
from workbook.views.summary.sides import tell_no_disputes
from workbook.views.summary.twice import is_known

OTHERWISE = ("partly", "not", "disputed", "overtaken")
CHAPTERS: dict[str, Any] = {
    "framing": framing,
    "discovery": discovery,
    "audiences": audiences,
    "learning_modes": learning_modes,
    "resources": resources,
    "permission": permission,
    "safety": safety,
    "practices": practices,
    "system_map": system_map,
}
"""The views of each chapter, in the chapters' order."""


def show_edition(reading: SummaryReading) -> blocks.Block:
    """The band at the head of the page: whom it is for, and what kind of engagement it is about."""
    return make_band(reading.facts, reading.edition, draft=reading.draft, is_read=reading.framing.is_call)


def show_front(reading: SummaryReading) -> blocks.Block:
    """The page's title, what it holds, and where the summary is."""
    words = load_wording("report")
    link = element("a", words.get_word("summary_link"), href=name_page("summary", reading.edition))
    name = "lead" if not reading.framing.is_call else "lead_closed" if reading.facts.is_closed else "lead_call"
    lead = element("p", words.get_word(name), " ", link, words.get_word("summary"), class_="lead")
    title = element("h1", blocks.fill(words.get_word("title"), title=reading.facts.title))
    told = reading.facts.sentence or ""
    whole = blocks.make_paragraph(told) if is_cut(told, "most_lead") else None
    return blocks.Block(element("section", title, lead, whole, _show_turnout(reading), class_="cover"))


def _show_turnout(reading: SummaryReading) -> Markup | None:
    """How many of those invited have answered, wherever the report speaks of voices; nothing where it is not known."""
    told = start_here.tell_turnout(reading.start_here.turnout)
    return blocks.make_paragraph(told, "turnout") if told else None


def show_chapters(reading: SummaryReading) -> blocks.Block:
    """What changed since the last round, every chapter of which something is known, then the others in one list."""
    known = [name for name in CHAPTERS if is_known(reading, name)]
    sections = [rounds.summarise(reading.rounds)] if reading.rounds.has_last else []
    chapters = {name: CHAPTERS[name].summarise(getattr(reading, name)) for name in known}
    if "safety" in chapters and (told := tell_protections(reading)):
        chapters["safety"] = blocks.make_block(chapters["safety"], blocks.make_paragraph(told))
    sections += _name_headings(chapters)
    return blocks.make_block(*sections, _list_unknown(reading, [name for name in CHAPTERS if name not in known]))


def tell_protections(reading: SummaryReading) -> str:
    """Say which protections count as in place of whose promise it is not said that it was kept; empty if none."""
    words, states = load_wording("report"), load_chapter("rounds").words["promises"]["states"]
    told = {one.promise.id.replace("_", "-"): one.state for one in reading.rounds.promises if one.state in OTHERWISE}
    found = [
        words.get_word("protection_told").format(
            protection=reading.safety.chapter.get_word(f"protections.{name}"),
            audience=name_audience(one.audience),
            state=states[told[id_]],
        )
        for one in reading.safety.audiences
        for name in one.protections
        if one.has(name) and (id_ := f"safety-{name}-{one.audience.id}".replace("_", "-")) in told
    ]
    return blocks.fill(words.get_word("protections_told"), protections=join_words(found)) if found else ""


def _name_headings(sections: Mapping[str, blocks.Block]) -> list[blocks.Block]:
    """Say for the ear whose each heading is that several chapters have: headings are also heard as a list."""
    shared = Counter(title for section in sections.values() for title in _find_headings(section.html))
    named = []
    for chapter, section in sections.items():
        name, html = element("span", ": ", load_chapter(chapter).title, class_="vh"), section.html
        for title in (one for one, count in shared.items() if count > 1):
            html = html.replace(element("h3", title), element("h3", title, name))
        named.append(blocks.Block(html))
    return named


def _find_headings(html: Markup) -> set[Markup]:
    return {part.partition(Markup("</h3>"))[0] for part in html.split(Markup("<h3>"))[1:]}


def _list_unknown(reading: SummaryReading, names: list[str]) -> blocks.Block:
    """What is not known yet, each with what to do about it: one list, never a section for each."""
    words = load_wording("report")
    told: list[tuple[Callable[[Any], str], Callable[[Any], str], Any]] = [
        (CHAPTERS[name].write_headline, CHAPTERS[name].write_follows, getattr(reading, name)) for name in names
    ]
    items = [
        element("strong", end_sentence(headline(one))) + join([" ", follows(one)]) for headline, follows, one in told
    ]
    if _is_unheard(reading):
        headline, why = tell_no_disputes(reading)
        items.append(element("strong", end_sentence(headline)) + join([" ", why]))
    if not items:
        return blocks.make_block()
    whole = reading.framing.edition is Edition.PRIVATE
    title = words.get_word("unknown_title" if whole else "unknown_title_shown")
    return blocks.make_section("unknown", title, blocks.make_list(items))


def list_disagreements(reading: SummaryReading) -> blocks.Block:
    """Where voices stand furthest apart over all chapters, and between whom."""
    words = load_wording("summary")
    if _is_unheard(reading):
        return blocks.make_block()
    if not reading.disputes:
        headline, why = tell_no_disputes(reading)
        return blocks.make_section("disagreements", headline, blocks.make_paragraph(why), _show_turnout(reading))
    return blocks.make_section(
        "disagreements",
        sides.write_headline(reading.sides, len(reading.disputes)) or _title_disagreements(reading),
        blocks.make_list(sides.list_patterns(reading.sides), class_="patterns") if reading.sides.is_found else "",
        blocks.make_list(_write_dispute(one) for one in reading.disputes),
        _show_turnout(reading),
        subtitle=words.get_word("disagreements_subtitle"),
    )


def _is_unheard(reading: SummaryReading) -> bool:
    """Whether nobody concerned was asked: of a call that is read from outside this is one more thing not known."""
    return reading.framing.is_call and not reading.disputes


def _title_disagreements(reading: SummaryReading) -> str:
    words, count = load_wording("summary"), len(reading.disputes)
    if count == 1:
        return words.get_word("disagreements_title_one")
    return blocks.fill(words.get_word("disagreements_title"), count=voices.write_count(count))


def _write_dispute(one: Dispute) -> str:
    camps = voices.name_sides(one.scale) if one.scale else agenda.name_camps(one.camps, quoted=one.quoted)
    statement = end_sentence(one.statement)
    return blocks.fill(
        load_wording("summary").get_word("dispute"), statement=statement, sides=camps[:1].upper() + camps[1:]
    )


def show_commission(reading: SummaryReading) -> blocks.Block:
    """The facts of the commission, what it leaves open, and its learning questions."""
    words = load_wording("summary")
    return blocks.make_section(
        "commission",
        words.get_word("facts_title"),
        start_here.list_facts(reading.start_here),
        start_here.list_learning_questions(reading.start_here) if reading.facts.learning_questions else "",
        start_here.list_open_points(reading.start_here),
        subtitle=words.get_word("facts_subtitle"),
    )


def list_assumptions() -> blocks.Block:
    """The judgements that decide the readings' words, and where all the others stand."""
    words = load_wording("summary")
    return blocks.make_section(
        "assumptions",
        words.get_word("assumptions_title"),
        blocks.make_paragraph(write_judged(words)),
    )
