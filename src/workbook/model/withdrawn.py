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
    """The people who took their answers back, each by a mark that says nothing without the person's own file.

    Who has a random id is known by a mark of it. Who has none is known by role, name and organisation, which somebody
    could try out; so that mark is made with a secret that one user of one machine has, and the first half of it says
    whose secret that is.
    """

    key: Annotated[
        str, Field(pattern=r"^[0-9a-f]{32,64}$", description="random, so that the marks cannot be told elsewhere")
    ]
    marks: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")], ...],
        Field(description="one mark for each person who took their answers back, in no order that says anything"),
    ] = ()
    unnumbered: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{16}-[0-9a-f]{64}$")], ...],
        Field(
            description="one for each of them to whom no form gave an id, which only the machine that made it can read"
        ),
    ] = ()

    def holds(self, voice: Voice, secret: str) -> bool:
        """Whether these are the answers of somebody who took theirs back, as far as can be told with this secret."""
        if voice.respondent:
            return _mark(self.key, voice.respondent) in self.marks
        return bool(secret) and self._mark_unnumbered(voice, secret) in self.unnumbered

    def may_hold(self, voice: Voice, secret: str) -> bool:
        """Whether these may be the answers of somebody who took theirs back, and only another machine can tell."""
        return not voice.respondent and any(not one.startswith(self._sign(secret)) for one in self.unnumbered)

    def add(self, *voices: Voice, secret: str) -> Withdrawn:
        """Return the same with the people of these voices."""
        numbered = {_mark(self.key, one.respondent) for one in voices if one.respondent}
        others = {self._mark_unnumbered(one, secret) for one in voices if not one.respondent}
        return self.model_copy(
            update={
                "marks": tuple(sorted({*self.marks, *numbered})),
                "unnumbered": tuple(sorted({*self.unnumbered, *others})),
            }
        )

    def _mark_unnumbered(self, voice: Voice, secret: str) -> str:
        key = hmac.digest(bytes.fromhex(secret), bytes.fromhex(self.key), "sha256").hex()
        return f"{self._sign(secret)}-{_mark(key, *_describe(voice))}"

    def _sign(self, secret: str) -> str:
        return hmac.digest(bytes.fromhex(secret), b"whose secret" + bytes.fromhex(self.key), "sha256").hex()[:16]


def mark_person(key: str, voice: Voice) -> str:
    """Mark the random id that a release or the form gave a person, or, where there is none, who they said they are."""
    given = voice.released_as or voice.respondent
    return _mark(key, given) if given else _mark(key, *_describe(voice))


def _describe(voice: Voice) -> tuple[str, ...]:
    return ("", voice.role, voice.name or "", voice.organisation or "")


def _mark(key: str, *words: str) -> str:
    told = json.dumps([fold_words(part) for part in words], ensure_ascii=False)
    return hmac.digest(bytes.fromhex(key), told.encode(), "sha256").hex()
