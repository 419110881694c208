"""Histories of an engagement: people join, leave, change, take consent back; each state goes out in two editions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from privacy.random_engagements import ASKED, KINDS, make_answer, make_engagement, make_voice
from workbook.model.answers import Consent, Edition, Voice
from workbook.model.editions import redact
from workbook.model.engagement import Engagement

try:
    from workbook.model.editions import Releases, record_release
except ImportError:  # a build from before there was a record, which the attack is shown to work on
    Releases = None  # type: ignore[assignment,misc]

EDITIONS = (Edition.PARTNERS, Edition.PUBLIC)
KEY = "ab" * 32


@dataclass(frozen=True)
class State:
    """What an engagement was at one time, and what each edition showed of it."""

    whole: Engagement
    shown: dict[Edition, Engagement]


@lru_cache(maxsize=300)
def make_history(seed: int, *, recorded: bool = True, states: int = 3) -> list[State]:
    """Return the states of a seed, each released after the ones before."""
    random = Random(seed)
    asked = tuple(random.sample(ASKED, 4))
    voices = [make_voice(number, random, asked) for number in range(random.randint(1, 14))]
    released = Releases(key=KEY) if Releases and recorded else None
    made = []
    for step in range(states):
        if step:
            before, voices = voices, _go_on(voices, random, asked, step)
            left = [one for one in before if one.id not in {voice.id for voice in voices}]
            released = released and released.forget(*left)  # as `workbook withdraw` does
        whole = make_engagement(tuple(voices))
        shown = {}
        for edition in EDITIONS:
            if released is None:
                shown[edition] = redact(whole, edition, words=KINDS)
                continue
            released = record_release(whole, edition, words=KINDS, released=released)
            shown[edition] = redact(whole, edition, words=KINDS, released=released)
        made.append(State(whole, shown))
    return made


def _go_on(voices: list[Voice], random: Random, asked: tuple[str, ...], step: int) -> list[Voice]:
    change = random.choice(["join", "join", "join many", "withdraw", "leave", "consent", "answer"])
    if change.startswith("join"):
        count = 1 if change == "join" else random.randint(3, 9)
        return [*voices, *(make_voice(100 * step + number, random, asked) for number in range(count))]
    place = random.randrange(len(voices)) if voices else 0
    if not voices or change == "leave":
        return voices[:place] + voices[place + 1 :]
    return [*voices[:place], _change(voices[place], change, random), *voices[place + 1 :]]


def _change(voice: Voice, change: str, random: Random) -> Voice:
    if change == "withdraw":
        answers = {key: one.model_copy(update={"consent": None}) for key, one in voice.answers.items()}
        return voice.model_copy(update={"consent": Consent.NONE, "answers": answers})
    if change == "consent":
        return voice.model_copy(update={"consent": random.choice(list(Consent))})
    answers = {key: make_answer(key, random, consent=one.consent) for key, one in voice.answers.items()}
    return voice.model_copy(update={"answers": answers})
