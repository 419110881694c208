"""Somebody who says that they answered in the last round -> whose voice there was theirs, if that is beyond doubt.

They say it in the role or name they used then; nobody's name is listed to them. What fits nobody, or several, is told
to whoever collects, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from workbook import storage
from workbook.errors import WorkbookError
from workbook.forms.questionnaire.sent_file import Sent, show_text
from workbook.model.answers import Voice
from workbook.model.slips.spelling import fold_words
from workbook.theme import join_words

MOST_NAMED = 5


def read_last_voices(folder: Path) -> tuple[str, tuple[Voice, ...]]:
    """Return the last round's name and who answered it; nobody where there is none, or it cannot be read."""
    before = storage.list_earlier(folder)
    if not before:
        return "", ()
    with suppress(WorkbookError):
        return before[0].name, storage.load_engagement(before[0]).voices
    return before[0].name, ()


def find_who_said(said: str, like: Voice, last: Sequence[Voice]) -> list[str]:
    """Return the voices that may be meant: of that name, else of that role; of several, those like them."""
    wanted = fold_words(said)
    named = [one for one in last if one.name and wanted in (fold_words(one.name), fold_words(one.label))]
    found = named or [one for one in last if wanted in (fold_words(one.role), one.id)]
    for field in ("name", "organisation"):
        now = fold_words(getattr(like, field) or "")
        alike = [one for one in found if now and fold_words(getattr(one, field) or "") == now]
        found = alike if len(found) > 1 and alike else found
    return [one.id for one in found]


def follow_person(sent: Sent, like: Voice, folder: Path, others: Iterable[Voice]) -> tuple[str, tuple[str, ...]]:
    """Return whose voice of the last round somebody says was theirs ("" where it is not sure), and what to look at.

    `others` are this round's voices but theirs.
    """
    if not sent.last_time:
        return "", ()
    name, last = read_last_voices(folder)
    found, said = find_who_said(sent.last_time, like, last), show_text(sent.last_time)
    taken = [one.id for one in others if one.same_as in found]
    if len(found) == 1 and not taken:
        line = f"says they were {said} in {name}: same_as: {found[0]}. Take that line out if it cannot be"
        return found[0], (line,)
    return "", (
        f"says they were {said} in the last round, {_word_doubt(found, taken, name)}",
        _word_remedy(found, last),
    )


def _word_doubt(found: Sequence[str], taken: Iterable[str], name: str) -> str:
    if taken := sorted(taken):
        return f"which {join_words(taken)} says too; nothing was written"
    if found:
        return f"and {name} has {len(found)} of these; nothing was written"
    return f"and {name or 'this engagement follows no round that'} has nobody of that role or name; nothing was written"


def _word_remedy(found: Sequence[str], last: Sequence[Voice]) -> str:
    names = [*found, *(one.id for one in last if one.id not in found)][:MOST_NAMED]
    return f"If you know who it was, write into their file: same_as: {join_words(names, 'or')}" if names else ""
