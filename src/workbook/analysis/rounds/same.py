"""Two rounds cut down to what can be compared: the same people's answers to the same question, and the group's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.model.answers import Agreed, Voice
from workbook.model.base import UNSURE
from workbook.model.engagement import Engagement

Both = tuple[Engagement, Engagement]


def find_same(engagement: Engagement) -> Both | None:
    """Return the last round and this one, holding what the same people answered in both; None without a last round.

    Who answered a question in one round only is in neither, nor are answers that may not be said to be anybody's.
    What the group agreed counts where it agreed in both rounds.
    """
    last = engagement.last
    if last is None:
        return None
    then = {voice.id: voice for voice in last.voices}
    now = {voice.id: voice for voice in engagement.voices if voice.id in then}
    pairs = [(then[id_], voice) for id_, voice in now.items()]
    here = engagement.model_copy(
        update={"voices": tuple(_keep(voice, other) for other, voice in pairs), **_agree(engagement, last)}
    )
    there = last.model_copy(
        update={"voices": tuple(_keep(other, voice) for other, voice in pairs), **_agree(last, engagement)}
    )
    return there, here


def _agree(one: Engagement, other: Engagement) -> dict[str, Any]:
    known = {key: answer for key, answer in one.agreed.answers.items() if _is_known(other.agreed.answers, key)}
    kept = {key: answer for key, answer in known.items() if _is_known(known, key)}
    agreed = Agreed(date=one.agreed.date, edition=one.agreed.edition, answers=kept)
    count = sum(voice.id in {there.id for there in other.voices} for voice in one.voices)
    return {"agreed": agreed, "pools": {}, "withheld": {}, "last": None, "heard": count, "lone_voice": count == 1}


def _keep(voice: Voice, other: Voice) -> Voice:
    kept = {
        key: one
        for key, one in voice.answers.items()
        if _is_known(voice.answers, key) and _is_known(other.answers, key)
    }
    return voice.model_copy(update={"answers": kept})


def _is_known(answers: Mapping[str, Any], key: str) -> bool:
    return key in answers and answers[key].value not in (None, UNSURE, {})
