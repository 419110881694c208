"""Chapter 00 on the page: the facts of the commission, what it asks and leaves open, and what is answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workbook.analysis.start_here import StartReading, VoiceProgress, read_start_here
from workbook.markup import element
from workbook.model.base import UNSURE
from workbook.model.chapters import Chapter
from workbook.model.wordings import load_wording
from workbook.theme import format_money
from workbook.views.pieces.blocks import (
    Block,
    TableColumn,
    fill,
    make_block,
    make_facts,
    make_list,
    make_paragraph,
    make_section,
    make_table,
)

__all__ = [
    "list_facts",
    "list_learning_questions",
    "list_open_points",
    "read_start_here",
    "show_progress",
    "summarise",
    "write_day",
    "write_heard",
]


def list_facts(reading: StartReading) -> Block:
    """The facts of the commission by name; what is not stated says so."""
    return make_block(make_facts(_collect_facts(reading)))


def list_open_points(reading: StartReading) -> Block:
    """What the commission asks of the partner, and what it leaves open."""
    words, facts = reading.chapter, reading.facts
    parts = [(words.get_word("asked_for"), facts.asked_for), (words.get_word("not_stated_title"), facts.not_stated)]
    return make_block(*[element("h3", title) + make_list(items, class_="two") for title, items in parts if items])


def list_learning_questions(reading: StartReading) -> Block:
    """The learning questions, each with the decision it informs, who decides and by when."""
    words, questions = reading.chapter, reading.facts.learning_questions
    if not questions:
        return make_block(make_paragraph(words.get_word("questions_none")))
    columns = [TableColumn(name) for name in words.words["questions_columns"]]
    rows = [
        [q.question, *(_write_fact(part) for part in (q.decision, q.decided_by)), write_day(q.by)] for q in questions
    ]
    return make_block(make_table(words.get_word("questions_title"), columns, rows))


def show_progress(reading: StartReading) -> Block:
    """What each voice and the group have answered, chapter by chapter."""
    words = reading.chapter
    if reading.progress is None:
        return make_block(make_paragraph(words.get_word("progress_held")))
    if not reading.progress or not reading.progress[0].voices:
        return make_block(make_paragraph(words.get_word("progress_none").format(slug=reading.slug)))
    columns = [
        TableColumn(words.get_word("voice")),
        *(TableColumn(f"{c.number:02d} {c.title}") for c in reading.progress),
    ]
    names = [voice.voice for voice in reading.progress[0].voices]
    rows = [
        [name, *(_write_count(words, c.voices[row], c.questions) for c in reading.progress)]
        for row, name in enumerate(names)
    ]
    counts = (words.get_word("count").format(answered=c.agreed, asked=c.questions) for c in reading.progress)
    agreed = [words.get_word("agreed"), *counts]
    return make_block(make_table(words.get_word("progress_title"), columns, rows, total=agreed))


def summarise(reading: StartReading) -> Block:
    """What stands under the form of the first page: how far everyone has come."""
    return make_section("progress", reading.chapter.get_word("progress_heading"), show_progress(reading))


def write_day(day: date | str | None) -> str:
    """A date as people write it, or that it is not known or not stated."""
    if isinstance(day, date):
        return f"{day.day} {day:%B %Y}"
    return load_wording("page").get_word("not_known" if day == UNSURE else "not_stated")


def _write_count(words: Chapter, voice: VoiceProgress, asked: int) -> str:
    template = words.get_word("count_unsure" if voice.unsure else "count")
    return template.format(answered=voice.answered, asked=asked, unsure=voice.unsure)


def _collect_facts(reading: StartReading) -> Iterator[tuple[str, str]]:
    words, facts = reading.chapter, reading.facts
    not_stated = load_wording("page").get_word("not_stated")
    yield words.get_word("facts.commissioner"), facts.commissioner
    if facts.partners:
        yield words.get_word("facts.partners"), "; ".join(facts.partners)
    if facts.programme:
        yield words.get_word("facts.programme"), facts.programme
    if isinstance(facts.programme_budget, float):
        yield words.get_word("facts.programme_budget"), format_money(facts.programme_budget, facts.currency)
    yield words.get_word("facts.budget"), _write_budget(reading)
    yield words.get_word("facts.runs"), _write_runs(reading)
    names = [audience.name for audience in facts.audiences]
    yield words.get_word("facts.audiences"), "; ".join(names) or not_stated
    if facts.workstreams:
        yield words.get_word("facts.workstreams"), "; ".join(facts.workstreams)
    yield words.get_word("facts.voices"), write_heard(reading)


def _write_budget(reading: StartReading) -> str:
    words, facts = reading.chapter, reading.facts
    if not isinstance(facts.budget, float):
        return load_wording("page").get_word("not_known" if facts.budget == UNSURE else "not_stated")
    return fill(words.get_word(f"vat.{facts.vat}"), budget=format_money(facts.budget, facts.currency))


def _write_runs(reading: StartReading) -> str:
    words, facts = reading.chapter, reading.facts
    if facts.start is None and facts.end is None:
        return load_wording("page").get_word("not_stated")
    if facts.start == facts.end == UNSURE:
        return load_wording("page").get_word("not_known")
    return fill(words.get_word("runs"), start=write_day(facts.start), end=write_day(facts.end))


def write_heard(reading: StartReading) -> str:
    """Say how many answered, and who of them may be named."""
    words = reading.chapter
    if reading.heard is None:
        names = "; ".join(reading.voices)
        return words.get_word("voices_uncounted").format(names=names) if names else words.get_word("voices_held")
    if not reading.heard:
        return words.get_word("voices_none")
    count = words.get_word("voices_one") if reading.heard == 1 else words.get_word("voices").format(count=reading.heard)
    names = "; ".join(reading.voices)
    if len(reading.voices) == reading.heard:
        return words.get_word("voices_named").format(count=count, names=names)
    return words.get_word("voices_some").format(count=count, names=names) if names else count


def _write_fact(text: str | None) -> str:
    words = load_wording("page")
    return words.get_word("not_known") if text == UNSURE else text or words.get_word("not_stated")
