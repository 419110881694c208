"""Engagements that differ from another only in what a shared edition may not show."""

from __future__ import annotations

from random import Random
from typing import Any

from privacy.random_engagements import KINDS, QUESTIONS, make_answer, make_engagement, make_value, make_voice
from workbook.model.answers import Agreed, Answer, Consent, Edition, Voice
from workbook.model.base import UNSURE
from workbook.model.engagement import Engagement, Invited

HIDDEN = (Consent.UNNAMED, Consent.AGGREGATE)


def make_twin(engagement: Engagement, edition: Edition, seed: int) -> Engagement:
    """Return another engagement of which an edition may show exactly the same."""
    random = Random(seed)
    voices = list(engagement.voices)
    for name in sorted({name for voice in voices for name in voice.answers}):
        voices = _swap_authors(voices, name, random)
        voices = _change_held_back(voices, name, edition, engagement.facts.minimum_group, random)
    voices = [_change_unseen(voice, edition, random, number) for number, voice in enumerate(voices)]
    asked = tuple(QUESTIONS)[:6]
    refuser = make_voice(90, random, asked)
    voices.append(_with(refuser, {key: _with(answer, consent=None) for key, answer in refuser.answers.items()}))
    voices[-1] = voices[-1].model_copy(update={"consent": Consent.NONE})
    random.shuffle(voices)
    # Files called otherwise, and so in another order.
    renamed = (voice.model_copy(update={"id": f"file-{number}"}) for number, voice in enumerate(voices))
    twin = make_engagement(tuple(renamed), _change_agreed(engagement.agreed, edition, random))
    facts = twin.facts.model_copy(update={"private": "hidden", "invited": (Invited(role="Grantee", count=7),)})
    return twin.model_copy(update={"facts": facts})


def _with(thing: Any, answers: dict[str, Answer] | None = None, **changes: Any) -> Any:
    return thing.model_copy(update={**changes, **({} if answers is None else {"answers": answers})})


def _swap_authors(voices: list[Voice], name: str, random: Random) -> list[Voice]:
    """Let people without a name say each other's answers, within one consent and one kind of person."""
    changed = list(voices)
    for consent in HIDDEN:
        places = [place for place, one in enumerate(voices) if name in one.answers and one.consent_of(name) is consent]
        given = [voices[place].answers[name] for place in places]
        random.shuffle(given)
        for place, answer in zip(places, given, strict=True):
            answers = {**changed[place].answers, name: _with(answer, consent=consent)}
            changed[place] = _with(changed[place], answers)
    return changed


def _change_held_back(voices: list[Voice], name: str, edition: Edition, minimum: int, random: Random) -> list[Voice]:
    """Let people say other things where too few do for any to be shown: without a name, and in public with one."""
    given = [one for one in voices if name in one.answers and one.consent_of(name) is not Consent.NONE]
    hidden = [one for one in given if one.consent_of(name) in HIDDEN]
    known = [one for one in hidden if one.answers[name].value not in (UNSURE, {}, None)]
    everybody = [one for one in given if one.answers[name].value not in (UNSURE, {}, None)]
    if len(known) >= minimum or not known:
        return voices
    changed = {one.id for one in known}
    if edition is Edition.PUBLIC and not KINDS[name] and len(everybody) < minimum:
        changed |= {one.id for one in everybody}
    return [_say_otherwise(one, name, random) if one.id in changed else one for one in voices]


def _say_otherwise(voice: Voice, name: str, random: Random) -> Voice:
    """Give a voice another known value; the words beside it stay where they may be shown."""
    before, value = voice.answers[name], UNSURE
    while value in (UNSURE, {}):
        value = make_value(QUESTIONS[name], random)
    note = before.note if voice.consent_of(name).attributes else random.choice([None, "other words"])
    return _with(voice, {**voice.answers, name: _with(before, value=value, note=note)})


def _change_unseen(voice: Voice, edition: Edition, random: Random, number: int) -> Voice:
    """Change who somebody is where it is not shown, what they refused, what is private, and what nobody may read."""
    answers = {key: _change_answer(voice, key, edition, random) for key in voice.answers}
    unasked = [key for key in QUESTIONS if key not in answers]
    more = random.choice(unasked)
    answers[more] = make_answer(more, random, consent=Consent.NONE)
    changes: dict[str, Any] = {"private": "hidden", "respondent": f"anybody{number:04}", "saved": random.randint(1, 9)}
    changes["asked"] = {}
    open_ = {voice.consent_of(key) for key in voice.answers} - {*HIDDEN, Consent.NONE}
    if Consent.NAMED not in open_ or Consent.ROLE in open_:
        changes |= {"name": f"Other {random.randrange(1000)}", "organisation": "Other house"}
    if not open_:
        changes["role"] = "Other role"
    if voice.consent is Consent.NONE:
        return _with(voice, answers, **changes)
    # A refusal is an answer that is not there.
    kept = {key: one for key, one in answers.items() if (one.consent or voice.consent) is not Consent.NONE}
    return _with(voice, kept if random.random() < 0.5 else answers, **changes)


def _change_answer(voice: Voice, key: str, edition: Edition, random: Random) -> Answer:
    answer, consent = voice.answers[key], voice.consent_of(key)
    changed = _with(answer, private="hidden")
    if consent is Consent.NONE:
        return make_answer(key, random, consent=Consent.NONE)
    if consent is Consent.AGGREGATE or (consent is Consent.UNNAMED and edition is Edition.PUBLIC):
        changed = _with(changed, note="unread words", evidence="unread words")
        if KINDS[key] and isinstance(answer.value, str) and answer.value != UNSURE:
            changed = _with(changed, value="unread words")
    return changed


def _change_agreed(agreed: Agreed, edition: Edition, random: Random) -> Agreed:
    narrow = {Edition.PARTNERS: {Edition.PRIVATE}, Edition.PUBLIC: {Edition.PRIVATE, Edition.PARTNERS}}[edition]
    answers = {
        key: _with(one, value=make_value(QUESTIONS[key], random)) if agreed.edition_of(key) in narrow else one
        for key, one in agreed.answers.items()
    }
    return _with(agreed, {key: _with(one, private="hidden") for key, one in answers.items()})
