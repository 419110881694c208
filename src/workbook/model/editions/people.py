"""Who an answer may be tied to: consent as it holds for one page, for one person, after what was shown before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from workbook.model.answers import Answer, Consent, Voice
from workbook.model.editions.releases import Person, Releases
from workbook.model.editions.rounds import NO_EARLIER, Earlier


def settle(voice: Voice, released: Releases, earlier: Earlier = NO_EARLIER) -> Voice | None:
    """Return a voice with the answers that a shared edition may use, each with the consent it is used with.

    Answers whose consent is `none` are gone, as are what is private and whatever says who sent the file. None where
    nothing is left. A person has one attribution on all pages: who gives some answers by name and some by role
    stands there by role; who was released by name before stands by name, and their other answers by nobody's.
    How they were released in an earlier round counts as much.
    """
    person = released.find_person(voice)
    attribution = _attribute(voice, person, earlier)
    answers: dict[str, Answer] = {}
    for key, answer in sorted(voice.answers.items()):
        level = _narrow(voice.consent_of(key), attribution)
        was_theirs = person is not None and key in person.questions
        if level is Consent.NONE or (was_theirs and not level.attributes):
            continue  # what was shown as theirs is known: in a pool it would make the others fewer
        answers[key] = answer.model_copy(update={"private": None, "consent": level})
    if not answers:
        return None
    by_name = attribution is Consent.NAMED
    return Voice(
        id=voice.id,
        role=voice.role,
        name=voice.name if by_name else None,
        organisation=voice.organisation if by_name else None,
        date=voice.date if by_name else None,
        reads_call=voice.reads_call,
        answers=answers,
    )


def _attribute(voice: Voice, person: Person | None, earlier: Earlier) -> Consent:
    """Return how a person may be shown where they let themselves be shown: by name, by role, or not any more."""
    level = person.level if person else earlier.find_level(voice)
    if level == "named":
        return Consent.NAMED if voice.name else Consent.UNNAMED
    open_ = {voice.consent_of(key) for key in voice.answers} & {Consent.NAMED, Consent.ROLE}
    return Consent.NAMED if level is None and voice.name and open_ == {Consent.NAMED} else Consent.ROLE


def _narrow(consent: Consent, attribution: Consent) -> Consent:
    if not consent.attributes or consent is attribution:
        return consent
    return Consent.ROLE if attribution is Consent.ROLE else Consent.UNNAMED


def list_shown(voices: Iterator[Voice]) -> dict[str, Voice]:
    """Return voices by id, in an order and with ids that say nothing of whose file came when or is called what."""
    plain = ((one.id, one.model_copy(update={"id": "voice"})) for one in voices)
    given = sorted(plain, key=lambda pair: _rank(pair[1]))
    return {id_: one.model_copy(update={"id": f"voice-{number}"}) for number, (id_, one) in enumerate(given, 1)}


def _rank(voice: Voice) -> tuple[str, bytes]:
    """Order by label, and within one by what is shown: not by what it says, which the number would then tell."""
    return voice.label, hashlib.sha256(voice.model_dump_json().encode()).digest()
