"""All answers to a chapter's questions, as a table."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from workbook.analysis.answers import AnswerLine, AnswersReading, read_answers
from workbook.model.wordings import load_wording
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import Block, TableColumn, make_block, make_list, make_table

__all__ = ["read_answers", "show_answers"]


def show_answers(reading: AnswersReading) -> Block:
    """Every question with the agreed answer and each voice's, as far as this edition may show them."""
    words = load_wording("answers")
    columns = [TableColumn(name) for name in words.words["columns"]]
    rows = [[line.question, line.agreed or words.get_word("nobody"), _list_voices(line)] for line in reading.lines]
    withheld = [line.withheld for line in reading.lines]
    return make_block(
        voices.note_held_back(withheld, reading.minimum_group), make_table(words.get_word("caption"), columns, rows)
    )


def _list_voices(line: AnswerLine) -> Markup | str:
    words = load_wording("answers")
    named = [words.get_word("voice").format(voice=voice, value=value) for voice, value in line.voices if voice]
    counted = Counter(value for voice, value in line.voices if not voice)
    others = [
        words.get_word("count" if times > 1 else "count_one").format(count=times, value=value).rstrip(": ")
        for value, times in counted.items()
    ]
    return make_list([*named, *others]) if named or others else words.get_word("nobody")
