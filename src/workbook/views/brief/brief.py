"""Chapter 11 on the page: the invitation part by part, what is still to be settled, and how ready each part is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from workbook.analysis.brief.brief import BriefReading
from workbook.analysis.brief.readiness import Need, PartReadiness, assess_parts
from workbook.markup import element
from workbook.theme import end_sentence
from workbook.views import start_here
from workbook.views.brief import conduct, parts, terms
from workbook.views.pieces import blocks
from workbook.views.pieces.band import name_edition
from workbook.views.pieces.facts import name_lead, write_sources

PURPOSE = ("about", "why", "whose", "questions")
CONDUCT = ("modes", "discovery", "permission", "safety")
WORK = ("activities", "mobilisation", "split", "outputs", "budget")
TERMS = ("commitments", "governance", "skills", "ethics", "timetable", "judged")
SAYS_ITSELF = ("permission",)
"""Parts that name what is open in their own words."""
READ_FROM_VOICES = ("several", "one_voice", "voices")
"""Statuses of which a shared edition cannot say that nothing is agreed."""
STATUSES = ("unsure", "open", "not_shown", "several", "one_voice", "voices", "part", "warning")

_WRITERS: dict[str, Callable[[BriefReading], Iterator[blocks.Piece]]] = {
    "about": parts.write_about,
    "why": parts.write_why,
    "whose": parts.write_whose,
    "questions": parts.write_questions,
    "modes": conduct.write_modes,
    "discovery": conduct.write_discovery,
    "permission": conduct.write_permission,
    "safety": conduct.write_safety,
    "activities": terms.write_activities,
    "mobilisation": terms.write_mobilisation,
    "split": terms.write_split,
    "outputs": terms.write_outputs,
    "budget": terms.write_budget,
    "commitments": terms.write_commitments,
    "governance": terms.write_governance,
    "skills": terms.write_skills,
    "ethics": terms.write_ethics,
    "timetable": terms.write_timetable,
    "judged": terms.write_judged,
}


def make_cover(reading: BriefReading) -> blocks.Block:
    """The title, the commission in a sentence, how far the draft is, and whom the edition is for."""
    words, facts = reading.chapter, reading.facts
    title = words.get_word(f"cover.title{'_evaluation' if reading.is_evaluation else ''}")
    name = f"cover.{name_lead(facts)}"
    lead = blocks.fill(
        words.get_word(name), commissioner=facts.commissioner, sentence=end_sentence(facts.sentence or "")
    )
    drafted = words.get_word(f"cover.drafted{parts.name_drafted(reading)}")
    return blocks.Block(
        element(
            "section",
            element("h1", blocks.fill(title, title=facts.title)),
            blocks.make_paragraph(lead, "lead") if facts.sentence else None,
            blocks.make_paragraph(f"{drafted} {write_headline(reading)}"),
            blocks.make_paragraph(start_here.tell_turnout(reading.turnout), "turnout") if reading.turnout else None,
            blocks.make_paragraph(parts.name_edition(reading), f"edition {reading.edition}"),
            parts.name_kind(reading),
        )
    )


def write_headline(reading: BriefReading) -> str:
    """How many parts are ready, thin and missing."""
    words, parts = reading.chapter, assess_parts(reading)
    counts = {state: sum(part.state == state for part in parts) for state in ("ready", "thin", "missing")}
    name = "all" if counts["ready"] == len(parts) else "counts"
    return blocks.fill(words.get_word(f"ready.{name}"), total=len(parts), **counts)


def write_follows(reading: BriefReading) -> str:
    """The next step: for the first part that is missing, else for the first that is thin."""
    words, parts = reading.chapter, assess_parts(reading)
    open_ = [part for state in ("missing", "thin") for part in parts if part.state == state]
    if not open_:
        return words.get_word("ready.follows_ready")
    need = open_[0].gaps[0]
    step = {"part": _title(reading, open_[0].name), "do": end_sentence(need.do), "ask": need.ask, "need": need.text}
    return blocks.fill(words.get_word(f"ready.follows{'_ask' if need.ask else ''}"), **step)


def summarise(reading: BriefReading) -> blocks.Block:
    """The chapter's reading beside its form: how ready each part is."""
    return show_readiness(reading)


def show_purpose(reading: BriefReading) -> blocks.Block:
    """What the work is, why a partner is wanted, whose learning it is for and what is asked."""
    return _show_parts(reading, PURPOSE)


def show_conduct(reading: BriefReading) -> blocks.Block:
    """How the learning is done: with whom, what may change, what may be said, what makes it safe."""
    return _show_parts(reading, CONDUCT)


def show_work(reading: BriefReading) -> blocks.Block:
    """What there is to do, how it reaches people, and the money."""
    return _show_parts(reading, WORK)


def show_terms(reading: BriefReading) -> blocks.Block:
    """What the commissioner promises, and the terms for both sides."""
    return _show_parts(reading, TERMS)


def show_readiness(reading: BriefReading) -> blocks.Block:
    """Every part with its state, why, what to do next and whom to ask."""
    words, parts = reading.chapter, assess_parts(reading)
    columns = [blocks.TableColumn(name) for name in words.words["ready"]["columns"]]
    rows = [_make_row(reading, part) for part in parts]
    return blocks.make_section(
        "readiness",
        words.get_word("ready.title"),
        blocks.make_paragraph(write_headline(reading)),
        "" if reading.is_whole else blocks.make_paragraph(words.get_word("ready.part_note")),
        blocks.make_table(words.get_word("ready.table"), columns, rows),
        blocks.make_paragraph(write_follows(reading), "follows"),
        subtitle=words.get_word("ready.subtitle"),
    )


def note_provenance(reading: BriefReading) -> blocks.Block:
    """How the page was made. Becomes the page's footer."""
    words = reading.chapter
    made = blocks.fill(
        words.get_word("provenance"), edition=name_edition(reading.edition), fingerprint=reading.fingerprint
    )
    named = write_sources(reading.facts.source)
    sources = blocks.make_paragraph(blocks.fill(words.get_word("facts_from"), sources=named)) if named else None
    return blocks.Block(element("section", blocks.make_paragraph(made), sources, class_="provenance"))


def _show_parts(reading: BriefReading, names: Sequence[str]) -> blocks.Block:
    found = {part.name: part for part in assess_parts(reading)}
    return blocks.make_block(*[_show_part(reading, found[name]) for name in names])


def _show_part(reading: BriefReading, part: PartReadiness) -> blocks.Block:
    pieces = [piece for piece in _WRITERS[part.name](reading) if piece]
    return blocks.make_section(part.name, _title(reading, part.name), *pieces, _note_open(reading, part))


def _title(reading: BriefReading, name: str) -> str:
    titles = reading.chapter.words["parts"]
    if name == "why" and reading.is_evaluation:
        return str(titles["why_evaluation"])
    if name == "why" and not reading.framing.is_answered:
        return str(titles["why_open"])
    other = titles.get(f"{name}_other") if reading.facts.kind == "public-call" else None
    return str(other or titles[name])


def _note_open(reading: BriefReading, part: PartReadiness) -> blocks.Piece:
    """Say what of a part is still to be settled, leaving out faults, which the readiness table holds."""
    # What our reading of a call found is not left open by it; what people answered is open until it is agreed.
    found = ("warning", *READ_FROM_VOICES) if reading.framing.is_call else ("warning",)
    names = [need.text for need in part.gaps if need.status not in found]
    if not names or part.name in SAYS_ITSELF:
        return ""
    name = "note" if reading.is_whole else "note_part"
    return blocks.make_paragraph(
        blocks.fill(reading.chapter.get_word(f"settle.{name}"), names="; ".join(names)), "note"
    )


def _make_row(reading: BriefReading, part: PartReadiness) -> list[str]:
    words = reading.chapter
    nothing = words.get_word("ready.nothing")
    steps = {need.do: need for need in reversed(part.gaps)}
    next_ = [need for need in part.gaps if steps[need.do] is need][: int(words.get_number("most_to_do"))]
    asks = list(dict.fromkeys(need.ask for need in next_ if need.ask))
    # Whoever reads a call from outside is not told what the commissioner should do.
    steps_ = [] if reading.framing.is_call else [" ".join(end_sentence(need.do) for need in next_) or nothing]
    return [
        _title(reading, part.name),
        words.get_word(f"ready.states.{part.state}"),
        " ".join(_write_reasons(reading, part.gaps)) or nothing,
        *steps_,
        blocks.fill("{asks}", asks="; ".join(asks)) or nothing,
    ]


def _write_reasons(reading: BriefReading, gaps: Sequence[Need]) -> Iterator[str]:
    for status in STATUSES:
        part = "_part" if status in READ_FROM_VOICES and not reading.is_whole else ""
        template = reading.chapter.get_word(f"statuses.{status}{part}")
        names = [need.text for need in gaps if need.status == status]
        for text in names if status == "warning" else ["; ".join(names)] if names else []:
            yield blocks.fill(template, names=text)
