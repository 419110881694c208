"""Openness as figures and tables: each audience's weakest part, every part, every protection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from markupsafe import Markup

from workbook.analysis.permission import NO_YES, lay_in_order, settle_lower
from workbook.analysis.safety import (
    PROTECTIONS,
    AudienceSafety,
    PartReading,
    SafetyReading,
    judge_protection,
    lay_stakes,
)
from workbook.analysis.voices.grids import ChoiceReading, NumberReading
from workbook.charts.dots import DotAnswers, DotChart, DotRow, DotSeries, draw_dots
from workbook.model.chapters import Chapter
from workbook.model.wordings import load_wording
from workbook.theme import format_number, join_words
from workbook.views.pieces import blocks, voices

Item = TypeVar("Item")
SPREAD_COLUMN = 3
"""The place of the range of the voices among the columns of the table of openness."""


def draw_openness(reading: SafetyReading, *, whole: bool = True) -> blocks.Block:
    """Each audience's weakest part with every voice on it, and openness as a table with what would lift it.

    `whole` adds the range of the voices to the table.
    """
    words = reading.chapter
    rows = tuple(DotRow(_label_row(reading, one), (_answer_weakest(reading, one),)) for one in reading.audiences)
    note = words.get_word("notes.up_to_note") if any(one.is_upper_bound for one in reading.audiences) else ""
    table = blocks.make_block(_tabulate_openness(reading, whole=whole), blocks.make_paragraph(note) if note else "")
    return blocks.make_block(note_held_back(reading), _draw(reading, rows, words.get_word("figure.title"), table))


def draw_parts(reading: SafetyReading) -> blocks.Block:
    """Every part of every audience's openness with each voice on it, and the same as a table."""
    words = reading.chapter
    rows = tuple(
        DotRow(_label_part(words, one, part), (_make_answers(reading, part, part.value),))
        for one in reading.audiences
        for part in one.parts
    )
    return blocks.make_block(
        note_held_back(reading),
        _draw(reading, rows, words.get_word("figure.parts_title"), blocks.Block(_tabulate_parts(reading))),
    )


def list_protections(reading: SafetyReading) -> blocks.Block:
    """Which protections are in place for which audience, as a table."""
    words = reading.chapter
    rows = [
        [one.audience.name, *(_word_protection(reading, one, name) for name in PROTECTIONS)]
        for one in reading.audiences
    ]
    columns = [blocks.TableColumn(name) for name in words.words["protections_table"]["columns"]]
    return blocks.make_block(
        note_held_back(reading), blocks.make_table(words.get_word("protections_table.title"), columns, rows)
    )


def word_band(reading: SafetyReading, openness: float | None) -> str:
    """Openness from 0 to 1 in words; a dash where it is not known."""
    return "–" if openness is None else reading.chapter.get_word(f"bands.{reading.find_band(openness)}")


def _draw(reading: SafetyReading, rows: tuple[DotRow, ...], title: str, table: blocks.Block) -> Markup:
    words = reading.chapter
    low, high = words.words["scale_ends"]
    chart = DotChart(
        series=(DotSeries(words.get_word("figure.mark"), hue="ink"),),
        rows=rows,
        ends=(low, high),
        domain=(0, 100),
        voice_word=words.get_word("figure.voice"),
        middle_word=words.get_word("figure.counts"),
    )
    description = blocks.with_table(words.get_word("figure.subtitle"))
    return blocks.make_figure(draw_dots(chart, title=title, description=description), title, table)


def _label_row(reading: SafetyReading, one: AudienceSafety) -> str:
    return _label_part(reading.chapter, one, one.weakest[0]) if one.weakest else one.audience.name


def _label_part(words: Chapter, one: AudienceSafety, part: PartReading) -> str:
    return f"{one.audience.name}: {words.get_word(f'short.{part.name}')}"


def _answer_weakest(reading: SafetyReading, one: AudienceSafety) -> DotAnswers:
    if not one.weakest:
        return DotAnswers(words=_word_unknown(reading, one.parts))
    return _make_answers(reading, one.weakest[0], one.openness)


def _make_answers(reading: SafetyReading, part: PartReading, value: float | None) -> DotAnswers:
    if value is None and not part.voices:
        return DotAnswers(words=_word_part(reading, part))
    values, left = tuple(score * 100 for score in part.voices), "; ".join(voices.list_left(part.cell))
    return DotAnswers(values=values, middle=None if value is None else value * 100, left=left)


def _word_unknown(reading: SafetyReading, parts: Sequence[PartReading]) -> str:
    """Say why nothing is known of an audience: far apart, held back, not known, not answered, or not shown."""
    if any(part.is_disputed for part in parts):
        return load_wording("voices").get_word("far_apart")
    if any(part.cell.withheld == "small_group" for part in parts):
        return reading.chapter.get_word("notes.held_back")
    if any(part.cell.unsure or part.cell.agreed_unsure for part in parts):
        return load_wording("voices").get_word("unsure")
    return reading.chapter.get_word(f"notes.{'unanswered' if reading.is_whole else 'not_shown'}")


def _word_part(reading: SafetyReading, part: PartReading) -> str:
    cell = part.cell
    if part.is_disputed:
        return load_wording("voices").get_word("far_apart")
    if cell.withheld == "small_group":
        return reading.chapter.get_word("notes.held_back")
    if cell.unsure or cell.agreed_unsure:
        return load_wording("voices").get_word("unsure")
    return reading.chapter.get_word(f"notes.{'unanswered' if reading.is_whole else 'not_shown'}")


def _tabulate_openness(reading: SafetyReading, *, whole: bool) -> Markup:
    words = reading.chapter
    rows = []
    for one in reading.audiences:
        band = word_band(reading, one.openness)
        shown = words.get_word("notes.up_to").format(band=band) if one.is_upper_bound else band
        spread = _write_spread(reading, one.weakest[0].voices) if one.weakest else "–"
        known = one.openness is not None
        held = name_weakest(words, one) if known else _word_unknown(reading, one.parts)
        held = voices.add_left(held, one.weakest[0].cell) if known and one.weakest else held
        rows.append([one.audience.name, shown, held, spread, _name_lift(reading, one) if known else "–"])
    columns = _make_columns(words, "table", 1)
    if not whole:
        columns, rows = _leave_out(columns, SPREAD_COLUMN), [_leave_out(row, SPREAD_COLUMN) for row in rows]
    return blocks.make_table(words.get_word("table.title"), columns, rows)


def _leave_out(items: Sequence[Item], place: int) -> list[Item]:
    return [*items[:place], *items[place + 1 :]]


def _make_columns(words: Chapter, table: str, number: int) -> list[blocks.TableColumn]:
    """Head a table's columns, of which one holds numbers."""
    return [
        blocks.TableColumn(name, number=place == number) for place, name in enumerate(words.words[table]["columns"])
    ]


def _write_spread(reading: SafetyReading, scores: Sequence[float]) -> str:
    if not scores:
        return "–"
    low, high = word_band(reading, scores[0]), word_band(reading, scores[-1])
    return low if low == high else load_wording("page").get_word("to").format(low=low, high=high)


def _name_lift(reading: SafetyReading, one: AudienceSafety) -> str:
    words = reading.chapter
    if (one.openness or 0) >= words.get_number("open_enough"):
        return words.get_word("notes.enough")
    if one.best is None:
        return words.get_word("notes.no_lift")
    protection, then = words.get_word(f"protections.{one.best.protection}"), word_band(reading, one.best.openness)
    name = "lift_within" if then == word_band(reading, one.openness) else "lift"
    return blocks.fill(words.get_word(f"notes.{name}"), protection=protection, then=then)


def _tabulate_parts(reading: SafetyReading) -> Markup:
    words = reading.chapter
    rows = [
        [_label_part(words, one, part), *_word_answers(reading, part), word_band(reading, part.value)]
        for one in reading.audiences
        for part in one.parts
    ]
    return blocks.make_table(words.get_word("parts_table.title"), _make_columns(words, "parts_table", 3), rows)


def _word_answers(reading: SafetyReading, part: PartReading) -> tuple[str, str]:
    """Word the answer that counts and the range of answers."""
    words, cell = reading.chapter, part.cell
    if part.base is None and not part.is_disputed:
        return _word_part(reading, part), "–"
    if part.is_disputed:
        return _word_part(reading, part), _word_ends(reading, part)
    if isinstance(cell, NumberReading):
        low, high = (format_number(value) for value in (cell.low or 0, cell.high or 0))
        months = blocks.fill(words.get_word("notes.months"), months=format_number(cell.value or 0))
        return months, "–" if not cell.responses else low if low == high else f"{low} to {high}"
    if part.name == "time" and isinstance(cell, ChoiceReading):
        scale = lay_in_order(cell, NO_YES, {"no": words.get_word("notes.unpaid"), "yes": words.get_word("notes.paid")})
        return words.get_word(
            f"notes.{'paid' if settle_lower(cell, NO_YES) == 'yes' else 'unpaid'}"
        ), voices.word_range_and_left(scale)
    scale = lay_stakes(cell, words) if isinstance(cell, ChoiceReading) else cell
    return voices.word_middle(scale), voices.word_range_and_left(scale)


def _word_ends(reading: SafetyReading, part: PartReading) -> str:
    """Word the lowest and the highest answer to a part on which voices lie far apart."""
    if isinstance(part.cell, NumberReading):
        low, high = (format_number(value) for value in (part.cell.low or 0, part.cell.high or 0))
        return load_wording("page").get_word("to").format(low=low, high=high)
    scale = lay_stakes(part.cell, reading.chapter) if isinstance(part.cell, ChoiceReading) else part.cell
    return voices.word_range(scale)


def _word_protection(reading: SafetyReading, one: AudienceSafety, name: str) -> str:
    cell = one.protections.get(name)
    if cell is None:
        return "–"
    state = judge_protection(cell)
    held = state == "unknown" and cell.withheld == "small_group"
    return reading.chapter.get_word(f"states.{'held_back' if held else state}")


def name_weakest(words: Chapter, one: AudienceSafety) -> str:
    """Name what holds an audience down; nothing does where every known part is fully open."""
    if one.openness is not None and one.openness >= 1:
        return words.get_word("notes.nothing")
    return name_parts(words, [part.name for part in one.weakest])


def name_parts(words: Chapter, parts: Sequence[str]) -> str:
    """Name parts as a sentence lists them."""
    return join_words([words.get_word(f"parts.{part}") for part in parts])


def note_held_back(reading: SafetyReading) -> Markup:
    """Say what is held back and why."""
    return voices.note_held_back(reading.withheld, reading.minimum_group)
