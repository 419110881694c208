"""What the last round tells the next one: what it agreed on, and who answered it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.errors import InputError, Problem, WorkbookError
from workbook.forms.sheet.describe import remind_of
from workbook.model.answers import Edition, Voice
from workbook.model.chapters import list_questions
from workbook.model.editions.rounds import pair_voices
from workbook.model.engagement import Engagement
from workbook.model.wordings import load_wording

Told = dict[str, Any]


class LastPeople:
    """The people of the last round, as last read: nobody where there is none, or it cannot be read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: Engagement | None = None

    def read(self) -> None:
        """Look at the last round's files again."""
        before = storage.list_earlier(self._folder)
        self._last = None
        with suppress(WorkbookError):
            self._last = storage.load_engagement(before[0]) if before else None

    def list(self) -> list[Told]:
        """Return them as a form lets somebody choose who they were."""
        labels = self._last.labels if self._last else {}
        return [{"id": id_, "label": label} for id_, label in labels.items()]

    def find_same(self, now: Sequence[Voice]) -> dict[str, str]:
        """Return who each voice of this round was, where they say so or the form's mark does."""
        return pair_voices(now, self._last.voices if self._last else ())

    def check(self, named: str) -> None:
        """Raise InputError where nobody of the last round is called this."""
        if named and named not in (self._last.labels if self._last else {}):
            remedy = "close the form and open it again: the last round's files have changed"
            raise InputError([Problem(named, "same_as", "somebody who answered in the last round", remedy)])


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
        key: words.format(answer=remind_of(asked[key], one.value))
        for key, one in last.agreed.answers.items()
        if key in asked and one.value is not None
    }


def _add(question: Told, told: str) -> Told:
    return {**question, "help": " ".join(filter(None, (question.get("help", ""), told)))} if told else question
