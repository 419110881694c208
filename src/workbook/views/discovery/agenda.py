"""The discovery agenda on the page: what to ask first, whom, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from workbook.analysis.agenda_points import AgendaEntry, Dispute
from workbook.analysis.discovery.discovery import DiscoveryReading
from workbook.markup import element, join
from workbook.model.answers import Edition, Response
from workbook.model.chapters import Chapter, load_chapter
from workbook.model.wordings import load_wording
from workbook.theme import format_number, format_share, join_words
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import Block, fill, make_block, make_paragraph, make_section

# Whom to ask stands on a line of its own, and a browser drops an ordinary space before it: heard as one word.
NO_BREAK = "\u00a0"


def write_agenda_headline(reading: DiscoveryReading, most: int = 10) -> str:
    """How many things there are to ask first."""
    words, count = reading.chapter, min(most, len(reading.agenda))
    if not count:
        return words.get_word(f"agenda.headline_{'none' if reading.anybody else 'nobody'}")
    name = "headline_one" if count == 1 else "headline"
    return fill(words.get_word(f"agenda.{name}"), count=voices.write_count(count))


def show_agenda(reading: DiscoveryReading, most: int | None = 10) -> Block:
    """The list, weightiest first; `most` None shows all of it."""
    words = reading.chapter
    if not reading.agenda:
        return make_block(make_paragraph(words.get_word(f"agenda.{'none' if reading.anybody else 'nobody'}")))
    shown = reading.agenda if most is None else reading.agenda[:most]
    left = len(reading.agenda) - len(shown)
    more = fill(words.get_word("agenda.more_one" if left == 1 else "agenda.more"), count=left) if left else ""
    return make_block(
        element("ol", [_show_entry(entry, words) for entry in shown], class_="agenda"),
        make_paragraph(more, "note") if more else "",
        make_paragraph(words.get_word("agenda.edition_note"), "note") if reading.edition != Edition.PRIVATE else "",
    )


def show_order(reading: DiscoveryReading) -> Block:
    """The formula by which the list is ordered, in words."""
    words = reading.chapter
    names = ("differ", "reason", "question", "chapter")
    numbers = {name: format_number(words.get_number(f"agenda_{name}"), 2) for name in names}
    return make_block(make_paragraph(fill(words.get_word("agenda.order"), **numbers)))


def summarise_agenda(reading: DiscoveryReading) -> Block:
    """The agenda's section of the summary."""
    return make_section(
        "agenda",
        write_agenda_headline(reading),
        show_agenda(reading),
        subtitle=reading.chapter.get_word("agenda.subtitle") if reading.agenda else "",
    )


def _show_entry(entry: AgendaEntry, words: Chapter) -> Markup:
    who = " ".join([write_whom(entry, words), *_write_reasons(entry, words)])
    return element("li", join([entry.text, NO_BREAK, element("span", who, class_="who")]))


def write_whom(entry: AgendaEntry, words: Chapter) -> str:
    """Say whom to ask, in the words of the chapter on discovery."""
    whom = words.get_word("agenda.whom_separator").join(entry.whom) or words.get_word("agenda.anyone")
    if entry.main:
        whom = words.get_word("agenda.each_side").format(whom=whom)
    return fill(words.get_word("agenda.ask"), whom=whom)


def _write_reasons(entry: AgendaEntry, words: Chapter) -> Iterator[str]:
    """Yield why it is asked: the chapters' reasons in a few words, then who differs, then who does not know."""
    named = [reason for reason in entry.reasons if reason != "unsure"]
    if entry.disputes:
        named = [reason for reason in named if reason != "disagreement"]
    yield from (words.get_word(f"reasons.{reason}") for reason in named)
    yield from (_write_dispute(entry, dispute, words) for dispute in entry.disputes)
    if "unsure" in entry.reasons:
        yield _write_unsure(entry, words)


def _write_unsure(entry: AgendaEntry, words: Chapter) -> str:
    """Say who does not know, and what, where the text asks about something else."""
    if entry.group_unsure:
        who = words.get_word("reasons.unsure_agreed")
    elif entry.asked < 2:
        who = words.get_word("reasons.unsure_one")
    elif entry.unsure == entry.asked:
        who = words.get_word("reasons.unsure_all")
    else:
        name = "unsure_some_one" if entry.unsure == 1 else "unsure_some"
        who = fill(words.get_word(f"reasons.{name}"), share=format_share(entry.unsure, entry.asked))
    elsewhere = entry.worded or entry.main is not None
    if len(entry.questions) == 1 and elsewhere and entry.unsure_in_part:
        return fill(words.get_word("reasons.unsure_part"), who=who[:1].lower() + who[1:])
    alone = len(entry.questions) < 2 or not elsewhere
    return who if alone else words.get_word("reasons.unsure_also").format(text=entry.unsure_about, who=who)


def _write_dispute(entry: AgendaEntry, dispute: Dispute, words: Chapter) -> str:
    sides = voices.name_sides(dispute.scale) if dispute.scale else name_camps(dispute.camps, quoted=dispute.quoted)
    template = words.get_word(f"reasons.{'dispute' if dispute == entry.main else 'dispute_on'}")
    return template.format(sides=sides, statement=dispute.statement.rstrip(". ")).replace("?”.", "?”", 1)


def name_camps(camps: Sequence[tuple[str, Sequence[Response]]], *, quoted: bool = True) -> str:
    """Say who holds to which option: by name where consent goes so far and there are few, else by number."""
    words = load_chapter("discovery")
    template = words.get_word(f"differences.{'from' if quoted else 'from_points'}")
    ordered = sorted(camps, key=lambda camp: not _is_named(camp[1]))
    other = "others" if any(_is_named(camp) for _, camp in camps) else "voices"
    named = "; ".join(template.format(option=option, voices=_name_camp(camp, other)) for option, camp in ordered)
    return named[:1].upper() + named[1:]


def _is_named(camp: Sequence[Response]) -> bool:
    most = load_wording("voices").get_number("most_names")
    return len(camp) <= most and all(response.voice for response in camp)


def _name_camp(camp: Sequence[Response], other: str) -> str:
    if _is_named(camp):
        return join_words([response.voice or "" for response in camp])
    if len(camp) == 1:
        return load_wording("page").get_word("one_other" if other == "others" else "one_voice")
    return load_wording("voices").get_word(other).format(count=voices.write_count(len(camp)))
