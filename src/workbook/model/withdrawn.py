"""What stays of somebody who took everything back: a keyed mark by which a file of theirs is known again."""

from __future__ import annotations

import hmac
import json
from typing import Annotated

from pydantic import Field

from workbook.model.answers import Voice
from workbook.model.base import Frozen
from workbook.model.slips.spelling import fold_words


class Withdrawn(Frozen):
    """The people who took their answers back, each by a mark that says nothing without the person's own file."""

    key: Annotated[
        str, Field(pattern=r"^[0-9a-f]{32,64}$", description="random, so that the marks cannot be told elsewhere")
    ]
    marks: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")], ...],
        Field(description="one mark for each person who took their answers back, in no order that says anything"),
    ] = ()

    def holds(self, voice: Voice) -> bool:
        """Whether these are the answers of somebody who took theirs back."""
        return mark_person(self.key, voice) in self.marks

    def add(self, *voices: Voice) -> Withdrawn:
        """Return the same with the people of these voices."""
        return self.model_copy(
            update={"marks": tuple(sorted({*self.marks, *(mark_person(self.key, one) for one in voices)}))}
        )


def mark_person(key: str, voice: Voice) -> str:
    """Mark the random id that the form gave a person, or, where there is none, who they said they are."""
    who = [voice.respondent] if voice.respondent else ["", voice.role, voice.name or "", voice.organisation or ""]
    told = json.dumps([fold_words(part) for part in who], ensure_ascii=False)
    return hmac.digest(bytes.fromhex(key), told.encode(), "sha256").hex()
