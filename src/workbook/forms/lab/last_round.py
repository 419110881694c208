"""What the last round agreed on, beside each question of the next one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.errors import WorkbookError
from workbook.forms.sheet.describe import describe_answer
from workbook.model.answers import Edition
from workbook.model.chapters import list_questions
from workbook.model.engagement import Engagement
from workbook.model.wordings import load_wording

Told = dict[str, Any]


def tell_last(sheet: Told, folder: Path) -> Told:
    """Return a chapter's form with what was agreed last time in the help of its questions.

    It is what partners may see of it, in the words it was asked in. A round that follows none, or one that cannot be
    read, has nothing to tell.
    """
    before = storage.list_earlier(folder)
    if not before:
        return sheet
    told: dict[str, str] = {}
    with suppress(WorkbookError):
        told = _word_agreed(storage.load_engagement(before[0], Edition.PARTNERS))
    return {**sheet, "questions": [_add(one, told.get(one["id"], "")) for one in sheet["questions"]]}


def _word_agreed(last: Engagement) -> dict[str, str]:
    words, asked = load_wording("lab").get_word("last_round"), list_questions(last.facts)
    return {
        key: words.format(answer=describe_answer(asked[key], {"value": one.value}))
        for key, one in last.agreed.answers.items()
        if key in asked and one.value is not None
    }


def _add(question: Told, told: str) -> Told:
    return {**question, "help": " ".join(filter(None, (question.get("help", ""), told)))} if told else question
