"""Answers as rows: question by voice, and one in each row. What is unnamed is taken apart, so that it draws nobody."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from workbook.analysis.answers import word_value
from workbook.export.parts import Part, split_pool
from workbook.model.chapters import list_questions
from workbook.model.engagement import GROUP, Engagement
from workbook.model.questions import GridQuestion, PointsQuestion, Question
from workbook.model.wordings import Wording
from workbook.theme import format_number

Row = tuple[Any, ...]


def spread_answers(engagement: Engagement, words: Wording) -> tuple[tuple[str, ...], list[Row]]:
    """Return the headings of the voices' columns, and a row per question with what each may be shown to have said."""
    labels = engagement.labels
    pooled = bool(engagement.pools)
    heads = (words.get_word("agreed"), *labels.values(), *([words.get_word("pooled")] if pooled else []))
    rows = [
        _spread(engagement, question, words, pooled=pooled) for question in list_questions(engagement.facts).values()
    ]
    return heads, rows


def _spread(engagement: Engagement, question: Question, words: Wording, *, pooled: bool) -> Row:
    currency = engagement.facts.currency
    withheld = engagement.withheld.get(question.id)
    nothing = words.get_word("held_back" if withheld == "small_group" else "not_answered")
    agreed = engagement.get_agreed(question.id)
    cells = [words.get_word("not_answered") if agreed is None else word_value(question, agreed, currency)]
    for voice in engagement.voices:
        answer = voice.answers.get(question.id)
        given = answer is not None and answer.value is not None
        cells.append(word_value(question, answer.value, currency) if answer and given else nothing)
    if pooled:
        cells.append(_word_pool(engagement, question, words) or nothing)
    return question.id, question.text, *(cell or words.get_word("not_answered") for cell in cells)


def _word_pool(engagement: Engagement, question: Question, words: Wording) -> str:
    counted = Counter(
        _word_part(question, part, value, engagement.facts.currency)
        for part, values in _list_pool(engagement, question.id)
        for value in values
    )
    said = [f"{value} ({times})" if times > 1 else value for value, times in counted.items()]
    if said and engagement.withheld.get(question.id) == "small_remainder":
        said.append(words.get_word("part_held_back"))
    return "; ".join(said)


def list_answers(engagement: Engagement, words: Wording) -> Iterator[Row]:
    """Yield each answer as it is kept: the group's, each voice's, those without a name, and what is held back."""
    labels, currency = engagement.labels, engagement.facts.currency
    whole = words.get_word("whole")
    for question in list_questions(engagement.facts).values():
        agreed = engagement.get_agreed(question.id)
        given = [("agreed", words.get_word("agreed"), agreed)] if agreed is not None else []
        given += [
            ("voice", labels[voice.id], answer.value)
            for voice in engagement.voices
            if (answer := voice.answers.get(question.id)) is not None and answer.value is not None
        ]
        for kind, who, value in given:
            yield (
                question.id,
                whole,
                words.get_word(f"kinds.{kind}"),
                who,
                word_value(question, value, currency),
                _keep(value),
            )
        pool = _list_pool(engagement, question.id)
        for part, values in pool:
            for value in values:
                said = _word_part(question, part, value, currency)
                who = words.get_word("pooled")
                yield question.id, part.name or whole, words.get_word("kinds.pooled"), who, said, _keep(value)
        if engagement.withheld.get(question.id):
            text = words.get_word("held_back" if not given and not pool else "part_held_back")
            yield question.id, whole, words.get_word("kinds.held_back"), words.get_word("pooled"), text, text
        elif not given and not pool:
            text = words.get_word("not_answered")
            yield question.id, whole, words.get_word("kinds.open"), words.get_word("nobody"), text, text


def list_remarks(engagement: Engagement, words: Wording) -> Iterator[Row]:
    """Yield the words that stand beside answers, whose they are where that may be said, and private notes."""
    for question in list_questions(engagement.facts):
        for remark in engagement.list_remarks(question):
            who = words.get_word("agreed") if remark.voice == GROUP else remark.voice or words.get_word("pooled")
            yield question, words.get_word(f"remark_kinds.{remark.kind}"), who, remark.text
    labels = engagement.labels
    private = words.get_word("remark_kinds.private")
    for who, note in (
        (words.get_word("agreed"), engagement.agreed.private),
        *((labels[voice.id], voice.private) for voice in engagement.voices),
    ):
        if note:
            yield words.get_word("not_given"), private, who, note


def _list_pool(engagement: Engagement, question: str) -> list[tuple[Part, tuple[Any, ...]]]:
    pool = engagement.pools.get(question)
    return split_pool(pool.values) if pool else []


def _word_part(question: Question, part: Part, value: Any, currency: str) -> str:
    if isinstance(question, PointsQuestion) and part.row:
        label = next(option.label for option in question.options if option.id == part.row)
        return f"{label}: {format_number(value) if isinstance(value, float) else value}"
    if isinstance(question, GridQuestion) and part.row:
        inside: Mapping[str, Any] | str = {part.cell: value} if part.cell else value
        return word_value(question, {part.row: inside}, currency)
    if isinstance(question, GridQuestion) and isinstance(value, dict):
        return word_value(question, [value], currency)
    return word_value(question, value, currency)


def _keep(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)
