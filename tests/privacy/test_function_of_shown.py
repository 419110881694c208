"""A shared edition is a function of what may be shown, and of nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable

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
