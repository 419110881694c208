"""The next round of a commission: the facts of the last one, comments and all, to be looked at again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.analysis.rounds import list_promises
from workbook.forms.saving.answers_file import change_entry
from workbook.model.engagement import Engagement
from workbook.model.rounds import Promise
from workbook.model.wordings import load_wording
from workbook.yaml_writer import write_text

# What belongs to one round alone.
OF_ONE_ROUND = ("promises", "spent")


def create_next_round(slug: str, last: str) -> Path:
    """Make `slug` as the round after `last`; return its file.

    Raises NotFoundError where the one is there or the other is not, InputError with every problem of the last one.
    """
    folder = storage.find_slug(last)
    before = storage.read_engagement(folder)
    text = (folder / storage.FACTS_FILE).read_bytes().decode("utf-8-sig")
    for key in OF_ONE_ROUND:
        text = change_entry(text, (key,), None)
    for key, value in _list_carried(before, last).items():
        text = change_entry(text, (key,), value)
    head = load_wording("intake").get_word("next_round").format(last=last, slug=slug)
    made = storage.create_from_files(slug, {storage.FACTS_FILE: head + text})
    return made / storage.FACTS_FILE


def _list_carried(before: Engagement, last: str) -> dict[str, Any]:
    """Return what the last round leaves to the next: which it was, who to ask again, and what was promised."""
    carried: dict[str, Any] = {"follows": last}
    voices = before.voices
    if not before.facts.invited and (roles := Counter(voice.role for voice in voices if not voice.reads_call)):
        carried["invited"] = [{"role": role, "count": count} for role, count in sorted(roles.items())]
    if promised := [_write_promise(one) for one in list_promises(before)]:
        carried["promises"] = promised
    return carried


def _write_promise(promise: Promise) -> dict[str, Any]:
    return {key: value for key, value in promise.model_dump(mode="json").items() if value not in (None, [], ())}


def name_same_person(slug: str, voice: str) -> str:
    """Return the line by which somebody says in a new voice's file who they were in the last round; none without."""
    last = storage.find_followed(storage.find_slug(slug))
    words = load_wording("intake")
    return words.get_word("same_as").format(last=last, voice=write_text(voice)) if last else ""
