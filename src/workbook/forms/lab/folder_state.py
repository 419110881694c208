"""An engagement's files as they are now: read again only where they changed, by whomever."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from workbook.errors import InputError
from workbook.forms.saving.saving import GROUP, find_voice_file, read_data
from workbook.model.answers import Agreed, Voice
from workbook.model.chapters import list_questions
from workbook.model.choices import Edition
from workbook.model.engagement import Engagement
from workbook.model.questions import AnswerFaults, Question
from workbook.storage import (
    AGREED_FILE,
    FACTS_FILE,
    RELEASES_FILE,
    SET_ASIDE,
    VOICES_FOLDER,
    WITHDRAWN_FILE,
    Known,
    Stamp,
    is_long_form,
    load_engagement,
    read_stamp,
)


class FolderState:
    """The engagement in a folder. `refresh` first, then read; `adopt` takes in one file that was just written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stamps: dict[str, Stamp] | None = None
        self._engagement: Engagement | None = None
        self._last: Engagement | None = None
        self._shared: tuple[dict[str, Stamp], Engagement] | None = None
        self._questions: dict[str, Question] = {}
        self._known: Known = {}

    @property
    def engagement(self) -> Engagement:
        """The engagement as last read; raises InputError with every problem of its files."""
        if self._engagement is None:
            self._engagement = load_engagement(self.folder, known=self._known)
            self._last = self._engagement
            self._questions = dict(list_questions(self._engagement.facts))
        return self._engagement

    @property
    def last(self) -> Engagement:
        """The engagement, as it was before a file got a fault if one has."""
        try:
            return self.engagement
        except InputError:
            if self._last is None:
                raise
            return self._last

    @property
    def questions(self) -> dict[str, Question]:
        """Every question by id, as last known: a fault in somebody's file does not stop the saving of answers."""
        _ = self.last
        return self._questions

    def load_shared(self) -> Engagement:
        """Return the engagement as a page for partners may show it; raises WorkbookError where none can be made."""
        if self._shared is None or self._shared[0] != self._stamps:
            self._shared = (dict(self._stamps or {}), load_engagement(self.folder, Edition.PARTNERS, known=self._known))
        return self._shared[1]

    @property
    def stamp(self) -> str:
        """Return a name for the files' state that changes when any of them does, those set aside too."""
        known = sorted({**(self._stamps or {}), **self._list_stamps(SET_ASIDE)}.items())
        return hashlib.sha256(repr(known).encode()).hexdigest()[:16]

    def refresh(self) -> None:
        """Look at the files, and forget the engagement if any changed."""
        stamps = self._list_stamps(VOICES_FOLDER, FACTS_FILE, AGREED_FILE, WITHDRAWN_FILE, RELEASES_FILE)
        if stamps != self._stamps:
            self._stamps, self._engagement = stamps, None

    def refresh_facts(self) -> None:
        """Look at all files where the facts changed or nothing is known yet; what others answered is left for later."""
        if self._engagement is None or (self._stamps or {}).get(FACTS_FILE) != read_stamp(self.folder / FACTS_FILE):
            self.refresh()

    def adopt(self, voice: str) -> None:
        """Take in a voice's file that this program has just written, without reading all others again."""
        if self._engagement is None or self._stamps is None:
            return
        path = find_voice_file(self.folder, voice)
        self._stamps[str(path.relative_to(self.folder))] = read_stamp(path)
        raw = read_data(path)
        given = {key: one if is_long_form(one) else {"value": one} for key, one in raw.get("answers", {}).items()}
        fields = {key: one for key, one in raw.items() if key not in ("schema", "answers")}
        try:
            kept = {key: {**one, "value": self._questions[key].read_value(one["value"])} for key, one in given.items()}
            self._engagement = _replace(self._engagement, voice, fields, kept)
        except (AnswerFaults, KeyError, ValidationError):
            self._engagement = None  # somebody's slip came between: reading all files names it

    def _list_stamps(self, folder: str, *names: str) -> dict[str, Stamp]:
        inside = [path for path in (self.folder / folder).glob("*") if not path.name.startswith((".", "_"))]
        paths = [*inside, *(self.folder / name for name in names)]
        return {str(path.relative_to(self.folder)): read_stamp(path) for path in paths}


def _replace(engagement: Engagement, voice: str, fields: dict[str, Any], answers: dict[str, Any]) -> Engagement:
    if voice == GROUP:
        agreed = Agreed.model_validate({**fields, "answers": answers})
        return engagement.model_copy(update={"agreed": agreed})
    changed = Voice.model_validate({"id": voice, **fields, "answers": answers})
    voices = tuple(changed if one.id == voice else one for one in engagement.voices)
    return engagement.model_copy(update={"voices": voices})
