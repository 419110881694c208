"""Histories of an engagement: people join, leave, change, take consent back; each state goes out in two editions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any

from privacy.random_engagements import ASKED, KINDS, make_answer, make_engagement, make_voice
from workbook.model.answers import Consent, Edition, Voice
from workbook.model.editions import NO_EARLIER, Earlier, Releases, pair_voices, record_release, redact, tell_earlier
from workbook.model.engagement import Engagement

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
    released = Releases(key=KEY) if recorded else None
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


class Round:
    """One round as it goes on: who answers, and what went out of it."""

    def __init__(self, voices: list[Voice], before: Round | None, *, recorded: bool, key: str) -> None:
        self.voices, self.before, self.recorded = voices, before, recorded
        self.released = Releases(key=key)

    def release(self) -> State:
        """Let both editions go out as they are now."""
        whole, earlier = make_engagement(tuple(self.voices)), NO_EARLIER
        if self.before:
            last = self.before.voices
            pairs = pair_voices(self.voices, last)
            was = {here: voice for here, there in pairs.items() for voice in last if voice.id == there}
            records = (self.before.released,) if self.recorded else ()
            earlier, whole = Earlier(records, was), whole.model_copy(update={"last": make_engagement(tuple(last))})
        shown = {edition: self._release(whole, edition, earlier) for edition in EDITIONS}
        return State(whole, shown)

    def _release(self, whole: Engagement, edition: Edition, earlier: Earlier) -> Engagement:
        if not self.recorded:
            return redact(whole, edition, words=KINDS, earlier=earlier)
        self.released = record_release(whole, edition, words=KINDS, released=self.released, earlier=earlier)
        shown = redact(whole, edition, words=KINDS, released=self.released, earlier=earlier)
        if self.before:
            record = self.before.released
            told = tell_earlier(record, shown, self.released, voices=whole.voices, was=earlier.was)
            self.before.released = told
        return shown

    def withdraw(self, person: Voice, later: Round | None = None) -> None:
        """Take somebody out of this round, as `workbook withdraw` does."""
        if later and (known := self.released.find_person(person)):
            same = [one for one in later.voices if pair_voices([one], [person])]
            later.released = later.released.keep_level(*same, level=known.level).forget_last(person)
        self.voices = [one for one in self.voices if one is not person]
        self.released = self.released.forget(person)


@lru_cache(maxsize=300)
def make_rounds(seed: int, *, recorded: bool = True, states: int = 3) -> list[State]:
    """Return the states of two rounds of a seed, in the order in which they go out.

    Some answer in both, the second time often the same; some leave one and stay in the other. Pages of the first round
    go out again now and then while the second one goes on.
    """
    random = Random(f"rounds {seed}")
    asked = tuple(random.sample(ASKED, 4))
    people = [make_voice(number, random, asked) for number in range(random.randint(1, 14))]
    first = Round(people, None, recorded=recorded, key=KEY)
    made = []
    for step in range(states):
        if step:
            _let_go_on(first, random, asked, step)
        if random.random() < 0.6:
            made.append(first.release())
    same = random.choice([0.6, 0.9, 1.0])
    again = [answer_again(one, random, same=same) for one in first.voices if random.random() < random.choice([0.75, 1])]
    newcomers = [make_voice(1000 + number, random, asked) for number in range(random.choice([0, 0, 1, 2, 6]))]
    second = Round([*again, *newcomers], first, recorded=recorded, key="cd" * 32)
    for step in range(states):
        if step:
            _let_go_on(second, random, asked, 20 + step)
        if first.voices and random.random() < 0.4:
            first.withdraw(random.choice(first.voices), second)
        if random.random() < 0.3:
            made.append(first.release())
        made.append(second.release())
    return made


def _let_go_on(one: Round, random: Random, asked: tuple[str, ...], step: int) -> None:
    before, one.voices = one.voices, _go_on(one.voices, random, asked, step)
    left = [voice for voice in before if voice.id not in {now.id for now in one.voices}]
    one.released = one.released.forget(*left)


def answer_again(voice: Voice, random: Random, *, same: float) -> Voice:
    """Return the same person a round later, known by the form's mark or by what their file says."""
    answers = {
        key: one if random.random() < same else make_answer(key, random, consent=one.consent)
        for key, one in voice.answers.items()
    }
    changes: dict[str, Any] = {"answers": answers}
    if random.random() < 0.3:
        changes["consent"] = random.choice(list(Consent))
    if random.random() < 0.4:
        changes |= {"respondent": f"{voice.respondent}b", "same_as": voice.id}
    return voice.model_copy(update=changes)


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
