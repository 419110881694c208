"""Chapter 00 on the page: the facts of the commission, what it asks and leaves open, and what is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbook.analysis.start_here import StartReading, VoiceProgress, read_start_here
from workbook.analysis.turnout import Turnout
from workbook.markup import element
from workbook.model.base import NOT_STATED, UNSURE
from workbook.model.chapters import Chapter, load_chapter
from workbook.model.wordings import load_wording
from workbook.theme import end_sentence, join_words
from workbook.views.pieces import blocks
from workbook.views.pieces.facts import tell_questions_kept, write_day, write_missing, write_span, write_sum

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

MOST_VOICES = 12
"""How many voices one sentence names."""


def list_facts(reading: StartReading) -> blocks.Block:
    """The facts of the commission by name; what is not stated says so."""
    return blocks.make_block(blocks.make_facts(_collect_facts(reading)))


def list_open_points(reading: StartReading) -> blocks.Block:
    """What the commission asks of the partner, and what it leaves open."""
    words, facts = reading.chapter, reading.facts
    closed = "_closed" if facts.is_past_call else ""
    asked = (words.get_word(f"asked_for{closed}"), facts.asked_for)
    parts = [asked, (words.get_word(f"not_stated_title{closed}"), facts.not_stated)]
    return blocks.make_block(
        *[element("h3", title) + blocks.make_list(items, class_="two") for title, items in parts if items]
    )


def list_learning_questions(reading: StartReading) -> blocks.Block:
    """The learning questions, each with the decision it informs, who decides and by when."""
    words, questions = reading.chapter, reading.facts.learning_questions
    kept = tell_questions_kept(reading.facts)
    if not questions:
        return blocks.make_block(blocks.make_paragraph(kept or words.get_word("questions_none")))
    columns = [blocks.TableColumn(name) for name in words.words["questions_columns"]]
    rows = [
        [q.question, *(_write_fact(part) for part in (q.decision, q.decided_by)), write_day(q.by)] for q in questions
    ]
    table = blocks.make_table(words.get_word("questions_title"), columns, rows)
    return blocks.make_block(table, blocks.make_paragraph(kept) if kept else "")


def show_progress(reading: StartReading) -> blocks.Block:
    """What each voice and the group have answered, chapter by chapter."""
    words = reading.chapter
    if reading.progress is None:
        return blocks.make_block(blocks.make_paragraph(words.get_word("progress_held")))
    if not reading.progress or not reading.progress[0].voices:
        return blocks.make_block(blocks.make_paragraph(words.get_word("progress_none").format(slug=reading.slug)))
    columns = [
        blocks.TableColumn(words.get_word("voice")),
        *(blocks.TableColumn(f"{c.number:02d} {c.title}") for c in reading.progress),
    ]
    names = [voice.voice for voice in reading.progress[0].voices]
    rows = [
        [name, *(_write_count(words, c.voices[row], c.questions) for c in reading.progress)]
        for row, name in enumerate(names)
    ]
    counts = (words.get_word("count").format(answered=c.agreed, asked=c.questions) for c in reading.progress)
    agreed = [words.get_word("agreed"), *counts]
    title, (shown, rest) = words.get_word("progress_title"), blocks.split_long(rows)
    folded = blocks.fold(len(rest), blocks.make_table(title, columns, rest)) if rest else None
    return blocks.make_block(blocks.make_table(title, columns, shown, total=agreed), folded)


def summarise(reading: StartReading) -> blocks.Block:
    """What stands under the form of the first page: how far everyone has come."""
    return blocks.make_section("progress", reading.chapter.get_word("progress_heading"), show_progress(reading))


def _write_count(words: Chapter, voice: VoiceProgress, asked: int) -> str:
    template = words.get_word("count_unsure" if voice.unsure else "count")
    return template.format(answered=voice.answered, asked=asked, unsure=voice.unsure)


def _collect_facts(reading: StartReading) -> Iterator[tuple[str, str]]:
    words, facts = reading.chapter, reading.facts
    not_stated = write_missing(None, is_call=facts.is_call)
    yield words.get_word("facts.commissioner"), facts.commissioner
    yield from _collect_work(reading)
    yield words.get_word("facts.budget"), _write_budget(reading)
    yield words.get_word("facts.runs"), _write_runs(reading)
    yield from _collect_dates(reading)
    names = [audience.name for audience in facts.audiences]
    yield words.get_word("facts.audiences"), "; ".join(names) or not_stated
    yield from _name_lists(reading, "workstreams")
    if facts.questions_kept:
        yield words.get_word("facts.questions_kept"), facts.questions_kept
    read = bool(reading.readers) and reading.readers == reading.voices
    yield words.get_word(f"facts.{'readers' if read else 'voices'}"), write_heard(reading)
    if turnout := write_turnout(reading.turnout):
        yield words.get_word("facts.invited"), turnout
    if facts.as_of:
        yield words.get_word("facts.as_of"), write_day(facts.as_of)


def write_turnout(turnout: Turnout | None) -> str:
    """Say how many of those invited have answered, and of whom nobody has; no shared edition holds who was."""
    if turnout is None:
        return ""
    words = load_chapter("start_here")
    told = words.get_word("turnout").format(heard=turnout.heard, asked=turnout.asked, have=name_have(turnout))
    silent = [*_name_silent_groups(turnout), *(o.role for o in turnout.silent if not _is_told(turnout, o.group))]
    return f"{told}; {words.get_word('turnout_nobody').format(roles=join_words(silent))}" if silent else told


def name_have(turnout: Turnout) -> str:
    """The verb for so many who have answered: one has."""
    return load_chapter("start_here").get_word(f"turnout_have.{'one' if turnout.heard == 1 else 'many'}")


def tell_turnout(turnout: Turnout | None) -> str:
    """Say the same as a sentence of its own; nothing where it is not known."""
    told = write_turnout(turnout)
    return end_sentence(load_chapter("start_here").get_word("turnout_sentence").format(told=told)) if told else ""


def _name_silent_groups(turnout: Turnout) -> Iterator[str]:
    words = load_chapter("start_here")
    for group in turnout.silent_groups:
        if _is_told(turnout, group):
            roles = join_words([one.role for one in turnout.silent if one.group == group])
            yield words.get_word("turnout_group").format(group=words.get_word(f"turnout_groups.{group}"), roles=roles)


def _is_told(turnout: Turnout, group: str) -> bool:
    """Whether a silent role is told with its group: one of no group in particular is named by itself."""
    return group in turnout.silent_groups and group != "other"


def _name_lists(reading: StartReading, *names: str) -> Iterator[tuple[str, str]]:
    for name in names:
        if items := getattr(reading.facts, name):
            yield reading.chapter.get_word(f"facts.{name}"), "; ".join(items)


def _collect_work(reading: StartReading) -> Iterator[tuple[str, str]]:
    words, facts = reading.chapter, reading.facts
    yield from _name_lists(reading, "commissioned_with")
    if facts.programme:
        yield words.get_word("facts.programme"), facts.programme
    if facts.programme_budget is not None:
        yield words.get_word("facts.programme_budget"), write_sum(facts.programme_budget, facts.currency)
    yield from _name_lists(reading, "places", "others_at_work")
    if facts.partners_sought is not None:
        sought = facts.partners_sought
        yield words.get_word("facts.partners_sought"), str(sought) if isinstance(sought, int) else write_missing(sought)


def _collect_dates(reading: StartReading) -> Iterator[tuple[str, str]]:
    words, facts = reading.chapter, reading.facts
    if facts.length:
        yield words.get_word("facts.length"), facts.length
    if facts.deadline is not None:
        yield words.get_word("facts.deadline"), write_day(facts.deadline)
    if facts.timetable:
        steps = (f"{one.what}: {write_day(one.when)}" for one in facts.timetable)
        yield (
            words.get_word("facts.timetable"),
            "; ".join(steps),
        )


def _write_budget(reading: StartReading) -> str:
    words, facts = reading.chapter, reading.facts
    if facts.most_money is None:
        return write_missing(facts.budget, is_call=facts.is_call)
    return blocks.fill(words.get_word(f"vat.{facts.vat}"), budget=write_sum(facts.budget, facts.currency))


def _write_runs(reading: StartReading) -> str:
    words, facts = reading.chapter, reading.facts
    if facts.start == facts.end and (facts.start is None or facts.start in (UNSURE, NOT_STATED)):
        return write_missing(facts.start, is_call=facts.is_call)
    return blocks.fill(words.get_word("runs"), span=write_span(facts))


def write_heard(reading: StartReading) -> str:
    """Say how many answered, and who of them may be named; of many the first, and how many more."""
    words, names = reading.chapter, _name_voices(reading.voices)
    if reading.heard is None:
        return words.get_word("voices_uncounted").format(names=names) if names else words.get_word("voices_held")
    if not reading.heard:
        return words.get_word("voices_none")
    if reading.readers and reading.readers == reading.voices:
        return "; ".join(reading.readers)
    count = words.get_word("voices_one") if reading.heard == 1 else words.get_word("voices").format(count=reading.heard)
    if len(reading.voices) == reading.heard:
        return words.get_word("voices_named").format(count=count, names=names)
    return words.get_word("voices_some").format(count=count, names=names) if names else count


def _name_voices(labels: Sequence[str]) -> str:
    shown, rest = blocks.split_long(labels, MOST_VOICES)
    more = [load_wording("page").get_word("more").format(count=len(rest))] if rest else []
    return "; ".join([*shown, *more])


def _write_fact(text: str | None) -> str:
    return text if text and text not in (UNSURE, NOT_STATED) else write_missing(text)
