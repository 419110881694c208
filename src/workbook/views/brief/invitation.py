"""The invitation: what a bidder reads, and nothing else. Only what is agreed and what the facts hold goes in.

A part about which nothing is agreed is left out without a word. What the group agreed it does not know is named once,
as a thing to work out together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from workbook.analysis.brief.brief import BriefReading
from workbook.errors import WorkbookError
from workbook.markup import element, join
from workbook.model.answers import Edition
from workbook.model.base import NOT_STATED, UNSURE
from workbook.model.engagement import LearningQuestion
from workbook.model.loose_days import find_span
from workbook.theme import end_sentence, format_money, format_number
from workbook.views.brief.parts import list_about, name_drafted
from workbook.views.pieces import blocks
from workbook.views.pieces.band import make_band
from workbook.views.pieces.facts import name_lead, tell_questions_kept, write_day, write_span, write_sum
from workbook.views.pieces.phrases import name_audiences
from workbook.views.pieces.typed import ends_in_list, make_text

Write = Callable[[BriefReading], Iterator[blocks.Piece]]


def show_band(reading: BriefReading) -> blocks.Block:
    """The band at the head of the page."""
    return make_band(reading.facts, reading.edition, draft=reading.draft, is_read=reading.framing.is_call)


def show_draft_band(reading: BriefReading) -> blocks.Block:
    """The band of the draft, which is the commissioner's own: it holds what is missing, so no other edition has one."""
    if reading.edition is not Edition.PRIVATE:
        raise WorkbookError(
            "The draft says what is missing, so it is made in the private edition only. Type the command without "
            f"--edition {reading.edition}; for others there is --report brief."
        )
    draft = reading.chapter.get_word("invitation.draft")
    return make_band(reading.facts, reading.edition, draft, is_read=reading.framing.is_call)


def show_title(reading: BriefReading) -> blocks.Block:
    """The invitation's title, and the commission in a sentence."""
    words, facts = reading.chapter, reading.facts
    title = words.get_word(f"cover.title{'_evaluation' if reading.is_evaluation else ''}")
    name = f"cover.{name_lead(facts)}"
    lead = blocks.fill(
        words.get_word(name), commissioner=facts.commissioner, sentence=end_sentence(facts.sentence or "")
    )
    drafted = name_drafted(reading)
    call = [blocks.make_paragraph(words.get_word(f"cover.drafted{drafted}"))] if drafted else []
    lines = [blocks.make_paragraph(lead, "lead")] if facts.sentence else []
    lines += [blocks.make_paragraph(words.get_word("cover.begun"))] if facts.has_begun and not facts.is_call else []
    heading = element("h1", blocks.fill(title, title=facts.title))
    return blocks.Block(element("section", heading, *lines, *call, class_="cover"))


def show_invitation(reading: BriefReading) -> blocks.Block:
    """Every part about which something is agreed or stated."""
    written = [(name, [piece for piece in write(reading) if piece]) for name, write in PARTS.items()]
    titles = reading.chapter.words["invitation"]["titles"]
    sections = [blocks.make_section(name, titles[name], *pieces) for name, pieces in written if pieces]
    return blocks.make_block(*sections)


def say(reading: BriefReading, question: str) -> str:
    """Return what the group agreed on one question in words, or nothing."""
    said = reading.said[question]
    words = said.words.strip() if said.status == "known" else ""
    return words if ends_in_list(words) else end_sentence(words)


def _tell(reading: BriefReading, *questions: str) -> Iterator[blocks.Piece]:
    """Yield what is agreed on some questions, each under its own words."""
    leads = reading.chapter.words["invitation"]["leads"]
    for question in questions:
        if words := say(reading, question):
            lead = leads.get(question)
            yield element("h3", lead.rstrip(":")) if lead else None
            yield make_text(words)


def _write_about(reading: BriefReading) -> Iterator[blocks.Piece]:
    yield blocks.make_facts(list_about(reading))


def _write_wanted(reading: BriefReading) -> Iterator[blocks.Piece]:
    facts, words = reading.facts, reading.chapter
    if facts.asked_for:
        yield blocks.make_paragraph(words.get_word(f"invitation.asked{'_closed' if facts.is_past_call else ''}"))
        yield blocks.make_list(facts.asked_for)
    yield from _tell(reading, "framing.switching_why")
    yield from _tell(reading, "framing.stays_evaluation", "framing.evaluator", "brief.existing")


def _write_whose(reading: BriefReading) -> Iterator[blocks.Piece]:
    audiences, words = reading.audiences, reading.chapter
    places = audiences.agreed_places
    changes = {one.audience.id: one.change.settled for one in audiences.audiences}
    shown = [one.audience for one in audiences.audiences if places or changes[one.audience.id]]
    if not shown:
        return
    shown.sort(key=lambda audience: places.get(audience.id, len(shown) + 1))
    name = "whose" if not places else "order" if any(changes.values()) else "order_alone"
    yield blocks.make_paragraph(words.get_word(f"invitation.{name}"))
    template = words.get_word("whose.item_change")
    items = {
        one.id: blocks.fill(template, audience=one.name, change=end_sentence(change))
        if (change := changes[one.id])
        else one.name
        for one in shown
    }
    if not places:
        yield blocks.make_list(items.values())
        return
    # Those who share a place stand behind one number.
    found = [[items[one.id] for one in group] for _, group in groupby(shown, lambda one: places.get(one.id))]
    together = words.get_word("invitation.same_place")
    yield blocks.make_list([join([*_put_between(together, group)]) for group in found], ordered=True)


def _put_between(word: str, items: Sequence[str]) -> Iterator[str]:
    """Yield items with a word between each two."""
    for number, item in enumerate(items):
        yield from (word, item) if number else (item,)


def _write_questions(reading: BriefReading) -> Iterator[blocks.Piece]:
    words, questions = reading.chapter, reading.facts.learning_questions
    kept = tell_questions_kept(reading.facts)
    if kept:
        yield blocks.make_paragraph(kept)
    if not questions:
        return
    columns = [blocks.TableColumn(name) for name in reading.start_here.chapter.words["questions_columns"]]
    rows = [[q.question, *_list_settled(q, words.get_word("invitation.together"))] for q in questions]
    yield blocks.make_table(reading.start_here.chapter.get_word("questions_title"), columns, rows)


def _list_settled(question: LearningQuestion, together: str) -> list[str]:
    open_ = (None, UNSURE, NOT_STATED)
    parts = [part if part not in open_ else together for part in (question.decision, question.decided_by)]
    day = write_day(question.by) if find_span(question.by) else together
    return [str(part) for part in (*parts, day)]


def _write_way(reading: BriefReading) -> Iterator[blocks.Piece]:
    words, modes = reading.chapter, reading.learning_modes
    for mode in ("for", "both", "with"):
        named = [one.audience for one in modes.list_in(mode) if one.who_finds.agreed is not None]
        if named:
            name = "with_one" if mode == "with" and len(named) == 1 else mode
            yield blocks.make_paragraph(
                blocks.fill(words.get_word(f"modes.{name}"), audiences=name_audiences(named), mark="")
            )
    scope = reading.discovery.choices["rescope"].agreed
    if scope in ("open", "limits", "fixed"):
        yield blocks.make_paragraph(blocks.fill(words.get_word(f"discovery.rescope.{scope}"), mark=""))
    yield from _tell(reading, "discovery.limits", "brief.outputs")


def _write_honest(reading: BriefReading) -> Iterator[blocks.Piece]:
    words = reading.chapter
    yield from _tell(reading, "permission.challenge", "permission.areas", "safety.promise", "safety.first")
    labels = reading.safety.chapter.words["protections"]
    held = [
        (one.audience.name, [labels[name] for name, cell in one.protections.items() if cell.agreed == "yes"])
        for one in reading.safety.audiences
    ]
    items = [
        blocks.fill(words.get_word("safety.in_place"), audience=name, protections="; ".join(ways))
        for name, ways in held
        if ways
    ]
    if items:
        yield blocks.make_paragraph(words.get_word("safety.lead"))
        yield blocks.make_list(items)


def _write_money(reading: BriefReading) -> Iterator[blocks.Piece]:
    facts, words = reading.facts, reading.chapter
    if facts.most_money is not None:
        budget = reading.start_here.chapter.get_word(f"vat.{facts.vat if facts.vat != 'unsure' else 'none_said'}")
        money = budget.format(budget=write_sum(facts.budget, facts.currency))
        yield blocks.make_paragraph(
            blocks.fill(words.get_word(f"budget.sum{'_closed' if facts.is_past_call else ''}"), budget=money)
        )
    if facts.plan:
        columns = [
            blocks.TableColumn(name, number=k > 0) for k, name in enumerate(words.words["invitation"]["plan_columns"])
        ]
        rows = [
            [line.activity, f"{format_number(line.quantity)} {line.unit}", format_money(line.cost, facts.currency)]
            for line in facts.plan
        ]
        yield blocks.make_table(words.get_word("invitation.plan"), columns, rows)
        over = (reading.resources.plan.over or 0.0) if reading.resources.plan else 0.0
        if over > 0:
            told = blocks.fill(words.get_word("invitation.over"), over=format_money(over, facts.currency))
            yield blocks.make_paragraph(told)


def _write_promised(reading: BriefReading) -> Iterator[blocks.Piece]:
    words = reading.chapter
    yield from _tell(reading, "brief.commitments")
    steps = [
        blocks.fill(
            words.get_word("commitments.step"),
            practice=one.facet.title,
            step=end_sentence(one.step.names[0]),
            owner=one.owner.settled,
        )
        for one in reading.practices.practices
        if one.facet.id in reading.agreed_steps and one.owner.settled and one.step.settled
    ]
    if steps:
        yield blocks.make_paragraph(words.get_word("invitation.steps"))
        yield blocks.make_list(steps)


def _tell_all(*questions: str) -> Write:
    return lambda reading: _tell(reading, *questions)


def _write_choosing(reading: BriefReading) -> Iterator[blocks.Piece]:
    facts, words = reading.facts, reading.chapter
    closed = "_closed" if facts.is_past_call else ""
    if find_span(facts.start) and find_span(facts.end):
        yield blocks.make_paragraph(blocks.fill(words.get_word(f"timetable.runs{closed}"), span=write_span(facts)))
    elif find_span(facts.start):
        begins = words.get_word(f"timetable.begins{closed}")
        yield blocks.make_paragraph(blocks.fill(begins, day=write_day(facts.start)))
    if facts.length:
        yield blocks.make_paragraph(blocks.fill(words.get_word("timetable.length"), length=facts.length))
    if find_span(facts.deadline):
        name = "timetable.deadline_past" if facts.is_past_deadline else "timetable.deadline"
        yield blocks.make_paragraph(blocks.fill(words.get_word(name), day=write_day(facts.deadline)))
    if facts.timetable:
        step = words.get_word("timetable.step")
        yield blocks.make_list([blocks.fill(step, what=one.what, day=write_day(one.when)) for one in facts.timetable])
    yield from _tell(reading, "brief.timetable", "brief.selection", "brief.conflicts")


def _write_together(reading: BriefReading) -> Iterator[blocks.Piece]:
    """What the group agreed it does not know yet: named once, as a thing to work out together."""
    words = reading.chapter
    named = words.words["invitation"]["named"]
    items = [
        named[question]
        for question, said in reading.said.items()
        if said.by_group and said.status == "unsure" and question in named
    ]
    if items:
        yield blocks.make_paragraph(words.get_word("invitation.together_lead"))
        yield blocks.make_list(items)


PARTS: dict[str, Write] = {
    "about": _write_about,
    "wanted": _write_wanted,
    "whose": _write_whose,
    "questions": _write_questions,
    "way": _write_way,
    "honest": _write_honest,
    "money": _write_money,
    "promised": _write_promised,
    "governance": _tell_all("brief.governance", "brief.data", "brief.ownership"),
    "choosing": _write_choosing,
    "ending": _tell_all("brief.judged", "brief.ending"),
    "together": _write_together,
}
"""The one list of what goes in, in the order in which a bidder reads it."""
