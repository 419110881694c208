"""A shared edition is a function of what may be shown, and of nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from random import Random

import pytest

from privacy.random_engagements import KINDS, make_random
from privacy.twins import make_twin
from workbook.model.answers import Edition, Pool
from workbook.model.editions import redact
from workbook.model.engagement import Engagement

CASES = int(os.environ.get("WORKBOOK_PRIVACY_CASES", "300"))
SHARED = (Edition.PARTNERS, Edition.PUBLIC)
Redact = Callable[[Engagement, Edition], Engagement]


def _redact(engagement: Engagement, edition: Edition) -> Engagement:
    return redact(engagement, edition, words=KINDS)


def _find_differences(cases: int, make: Redact = _redact) -> list[tuple[int, Edition]]:
    found = []
    for seed in range(cases):
        whole = make_random(seed)
        for edition in SHARED:
            twin = make_twin(whole, edition, seed)
            if make(whole, edition).model_dump_json() != make(twin, edition).model_dump_json():
                found.append((seed, edition))
    return found


def test_what_may_not_be_shown_changes_no_byte() -> None:
    """Values, words, who, order, files, refusals and private facts that are held back leave no trace in a snapshot."""
    assert _find_differences(CASES) == []


def _make_rounds(seed: int, edition: Edition) -> tuple[Engagement, Engagement]:
    """Return a round after one, and the same after a twin of that one: who answers again is the same person in both."""
    random, last = Random(f"twins {seed}"), make_random(seed)
    twin, now = make_twin(last, edition, seed), make_random(seed + 10**6)
    numbers = {voice.respondent: number for number, voice in enumerate(last.voices)}
    again = [voice.model_copy(update={"id": f"again-{voice.id}"}) for voice in last.voices if random.random() < 0.8]
    one = (*again, *(voice.model_copy(update={"respondent": None}) for voice in now.voices[:4]))
    two = tuple(
        voice.model_copy(update={"respondent": f"anybody{numbers[voice.respondent]:04}"}) if voice.respondent else voice
        for voice in one
    )
    return now.model_copy(update={"voices": one, "last": last}), now.model_copy(update={"voices": two, "last": twin})


def _find_rounds(cases: int, make: Redact = _redact) -> list[int]:
    found = []
    for seed in range(cases):
        edition = SHARED[seed % 2]
        one, two = (make(whole, edition) for whole in _make_rounds(seed, edition))
        if one.model_dump_json() != two.model_dump_json():
            found.append(seed)
    return found


def test_what_may_not_be_shown_of_the_last_round_changes_no_byte_of_the_next() -> None:
    """Pairs of a round and the one before, of which that one differs in what is held back; and there is some to see."""
    assert _find_rounds(CASES // 3) == []
    shown = [_redact(_make_rounds(seed, edition)[0], edition).last for seed in range(9) for edition in SHARED]
    assert any(one and any(voice.answers for voice in one.voices) for one in shown)


def test_a_planted_leak_of_the_last_round_is_found() -> None:
    """What somebody gave then who does not stand there by name or role would be seen."""

    def leak(whole: Engagement, edition: Edition) -> Engagement:
        return _redact(whole, edition).model_copy(update={"last": whole.last})

    assert _find_rounds(3, leak)


def _leak_lone(whole: Engagement, shown: Engagement) -> dict[str, object]:
    return {"lone_voice": sum(voice.has_answered for voice in whole.voices) == 1, "slug": shown.slug}


def _leak_order(whole: Engagement, shown: Engagement) -> dict[str, object]:
    order = [voice.role for voice in whole.voices]
    return {
        "voices": tuple(sorted(shown.voices, key=lambda voice: order.index(voice.role) if voice.role in order else 0))
    }


def _leak_authors(whole: Engagement, shown: Engagement) -> dict[str, object]:
    def sort(question: str, pool: Pool) -> Pool:
        given = [voice.answers[question].value for voice in whole.voices if question in voice.answers]
        return pool.model_copy(
            update={"values": tuple(sorted(pool.values, key=lambda one: given.index(one) if one in given else 0))}
        )

    return {"pools": {question: sort(question, pool) for question, pool in shown.pools.items()}}


LEAKS: dict[str, Callable[[Engagement, Engagement], dict[str, object]]] = {
    "a count of everybody": lambda whole, _: {"heard": whole.heard},
    "one voice alone": _leak_lone,
    "who was invited": lambda whole, _: {"facts": whole.facts},
    "the order of files": _leak_order,
    "the order of people in a total": _leak_authors,
    "what the group kept to itself": lambda whole, _: {"agreed": whole.agreed},
    "how many files there are": lambda whole, _: {"slug": f"any-{len(whole.voices)}"},
    "that somebody refused": lambda whole, shown: {
        "withheld": {**shown.withheld, **{key: "small_group" for one in whole.voices for key in one.answers}}
    },
    "a name": lambda whole, shown: {
        "voices": tuple(
            shown.voices[place].model_copy(update={"name": whole.voices[place].name})
            for place in range(min(len(shown.voices), len(whole.voices)))
        )
    },
    "a held-back value": lambda whole, shown: {
        "pools": {
            **shown.pools,
            **{
                key: Pool(values=(answer.value,))
                for voice in whole.voices
                for key, answer in voice.answers.items()
                if key in shown.withheld and not voice.consent_of(key).attributes
            },
        }
    },
}


@pytest.mark.parametrize("leak", LEAKS)
def test_each_planted_leak_is_found(leak: str) -> None:
    """The same comparison fails where an edition is told what it may not show."""
    plant = LEAKS[leak]

    def make(whole: Engagement, edition: Edition) -> Engagement:
        shown = _redact(whole, edition)
        return shown.model_copy(update=plant(whole, shown))

    assert _find_differences(12, make)
