"""A question in one line: what can be answered to it."""

from __future__ import annotations

from collections.abc import Iterable

from workbook.model.questions import ChoiceQuestion, GridQuestion, Option, PointsQuestion, Question, ScaleQuestion
from workbook.model.wordings import Wording


def describe_question(question: Question, words: Wording) -> str:
    """Say in words what can be answered to a question."""
    if isinstance(question, ScaleQuestion):
        step = words.get_word("steps")
        return "; ".join(step.format(number=number, label=label) for number, label in enumerate(question.steps))
    if isinstance(question, ChoiceQuestion):
        name = "one_of" if question.kind == "choice" else "some_of"
        return words.get_word(name).format(options=_list(question.options))
    if isinstance(question, PointsQuestion):
        return words.get_word("points").format(options=_list(question.options))
    if isinstance(question, GridQuestion):
        columns = "; ".join(f"{cell.text} ({describe_question(cell, words)})" for cell in question.cells)
        return words.get_word("rows" if question.kind == "table" else "matrix").format(
            rows=_list(question.rows), columns=columns
        )
    return words.get_word(f"answer_kinds.{question.kind}")


def _list(options: Iterable[Option]) -> str:
    return "; ".join(f"{option.label} [{option.id}]" for option in options)
