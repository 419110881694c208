"""The learning log: what was heard, what was changed, what is still owed; a page that a partnership can keep."""

from __future__ import annotations

from markupsafe import Markup

from workbook.analysis.rounds import RoundsReading
from workbook.analysis.rounds.promises import OWED, State
from workbook.analysis.summary import SummaryReading, read_summary
from workbook.markup import element
from workbook.model.answers import Edition
from workbook.model.chapters import load_chapter
from workbook.model.loose_days import find_span
from workbook.model.rounds import Promise
from workbook.model.wordings import Wording, load_wording
from workbook.theme import end_sentence
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.band import make_band
from workbook.views.pieces.facts import write_day
from workbook.views.pieces.naming import name_page
from workbook.views.report.parts import CHAPTERS
from workbook.views.rounds.figures import name_owner, name_owner_and_day, name_receivers
from workbook.views.rounds.words import name_scale, tell_answered, write_follows, write_line
from workbook.views.summary.rests import note_provenance
from workbook.views.summary.twice import is_known

__all__ = [
    "list_changed",
    "list_heard",
    "list_owed",
    "note_provenance",
    "read_summary",
    "show_edition",
    "show_front",
]

TRIED: tuple[State, ...] = ("kept", "partly", "overtaken")


def show_edition(reading: SummaryReading) -> blocks.Block:
    """The band at the head of the page: whom it is for, and what kind of engagement it is about."""
    return make_band(reading.facts, reading.edition, draft=reading.draft, is_read=reading.framing.is_call)


def name_call(reading: SummaryReading) -> str:
    """Name the words for a call read from outside."""
    return "_call" if reading.framing.is_call else ""


def _name_shown(reading: SummaryReading) -> str:
    """Name the words for an edition that may hold things back: what it does not show may be there."""
    return "" if reading.framing.edition is Edition.PRIVATE else "_shown"


def show_front(reading: SummaryReading) -> blocks.Block:
    """The page's title, what it is for, and what changed in one line."""
    words, change = load_wording("log"), write_line(reading.rounds)
    title = element("h1", blocks.fill(words.get_word("title"), title=reading.facts.title))
    lead = element("p", words.get_word(f"lead{name_call(reading)}"), class_="lead")
    link = element("a", words.get_word("report_link"), href=name_page("report", reading.edition))
    rest = element("p", link, words.get_word("report"))
    told = blocks.make_paragraph(change) if change else None
    return blocks.Block(element("section", title, lead, told, rest, class_="cover"))


def list_heard(reading: SummaryReading) -> blocks.Block:
    """Each chapter of which something is known in one sentence, and what people say that they learnt."""
    words = load_wording("log")
    known = [name for name in CHAPTERS if is_known(reading, name)]
    told = [_tell_chapter(reading, name) for name in known]
    call, nothing = name_call(reading), words.get_word(f"heard_nothing{_name_shown(reading)}")
    return blocks.make_section(
        "heard",
        words.get_word(f"heard{call}"),
        blocks.make_list(told) if told else blocks.make_paragraph(nothing),
        _quote_learnt(reading.rounds),
        subtitle=words.get_word(f"heard_subtitle{call}"),
    )


def _tell_chapter(reading: SummaryReading, name: str) -> Markup:
    headline = end_sentence(CHAPTERS[name].write_headline(getattr(reading, name)))
    return element("strong", f"{load_chapter(name).title}: ") + headline


def _quote_learnt(reading: RoundsReading) -> Markup:
    said = reading.learnt.said if reading.learnt else ()
    if not said:
        return Markup("")
    return blocks.make_paragraph(
        blocks.fill(reading.chapter.get_word("learning.learnt"), quotes=voices.quote_each(said))
    )


def list_changed(reading: SummaryReading) -> blocks.Block:
    """What came of the last round's promises, and which hopes no longer pull against what people are held to."""
    words, rounds = load_wording("log"), reading.rounds
    title, subtitle = words.get_word("changed"), words.get_word("changed_subtitle")
    if not rounds.has_last:
        name = f"changed{name_call(reading) or '_first'}"
        return blocks.make_section("changed", title, blocks.make_paragraph(words.get_word(name)))
    told: list[Markup | str] = [*_list_states(rounds, TRIED, words)]
    told += [
        blocks.fill(rounds.chapter.get_word("places.resolved"), names=one.facet.title.lower())
        for one in rounds.resolved
    ]
    name = "changed_claimed" if rounds.claimed else f"changed_nothing{_name_shown(reading)}"
    nothing = words.get_word(name)
    return blocks.make_section(
        "changed",
        title,
        blocks.make_list(told) if told else blocks.make_paragraph(nothing),
        blocks.make_paragraph(" ".join(tell_answered(rounds))),
        subtitle=subtitle,
    )


def _list_states(rounds: RoundsReading, states: tuple[State, ...], words: Wording) -> list[Markup]:
    """Each promise in one of some states: how it stands, what it is, and whose it is by when."""
    told = ((one, rounds.chapter.get_word(f"promises.states.{one.state}")) for one in rounds.promises)
    return [
        element("strong", words.get_word("state").format(state=_capital(state)))
        + words.get_word("promise_so_far" if one.state == "kept" and one.is_later else "promise").format(
            what=one.promise.what.rstrip(". "), who=name_owner_and_day(one.promise, rounds)
        )
        for one, state in told
        if one.state in states
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def list_owed(reading: SummaryReading) -> blocks.Block:
    """What is still owed: of the last round, and what is promised and aimed at now."""
    words, rounds = load_wording("log"), reading.rounds
    if name_call(reading):
        return blocks.make_section("owe", words.get_word("owe"), blocks.make_paragraph(words.get_word("owe_call")))
    owed, hidden = _list_states(rounds, OWED, words), len(rounds.list_in("unshown"))
    parts: list[blocks.Piece] = []
    if owed or hidden:
        told = blocks.fill(words.get_word("owe_unshown"), count=voices.write_count(hidden)) if hidden else ""
        parts += [element("h3", words.get_word("owe_last")), blocks.make_list(owed), blocks.make_paragraph(told)]
    if rounds.owed:
        parts += [element("h3", words.get_word("owe_now")), _tabulate_promised(rounds, words)]
    if not parts:
        parts.append(blocks.make_paragraph(words.get_word(f"owe_nothing{_name_shown(reading)}")))
    return blocks.make_section(
        "owe",
        words.get_word("owe"),
        *parts,
        _list_targets(reading, words),
        blocks.make_paragraph(write_follows(rounds), "follows"),
        subtitle=words.get_word("owe_subtitle"),
    )


def _tabulate_promised(rounds: RoundsReading, words: Wording) -> Markup:
    columns = [blocks.TableColumn(words.get_word(f"columns.{name}")) for name in ("what", "who", "to", "by")]
    rows = [
        [
            one.what,
            name_owner(one.who, rounds),
            name_receivers(one.to, rounds.facts),
            _write_by(one, rounds, words),
        ]
        for one in rounds.owed
    ]
    return blocks.make_table(words.get_word("promised_caption"), columns, rows)


def _write_by(one: Promise, rounds: RoundsReading, words: Wording) -> str:
    """By when something is promised, and that the day is past where it is."""
    day, today = find_span(one.by), find_span(rounds.facts.as_of)
    told = write_day(one.by) if one.by else "–"
    return words.get_word("past").format(day=told) if day and today and day[1] < today[0] else told


def _list_targets(reading: SummaryReading, words: Wording) -> Markup:
    """Where the group wants to be, on each scale for which it says so."""
    rounds = reading.rounds
    if not rounds.aims:
        return Markup("")
    told = [
        blocks.fill(
            words.get_word("target"),
            about=name_scale(one.question, rounds.facts),
            step=voices.word_step(one.now, one.target.value),
            who=name_owner(one.target.who, rounds),
            by=write_day(one.target.by),
        )
        for one in rounds.aims
    ]
    return element("h3", words.get_word("targets")) + blocks.make_list(told)
