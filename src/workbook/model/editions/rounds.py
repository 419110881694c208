"""One round beside the last: who answered both times, what of it may be shown, and what went out of earlier rounds.

An answer of the last round is shown beside this round's only where both editions show it as the same person's, in the
same way: by name in both, or by role in both. Who did not answer again is in no round but their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from workbook.model.answers import Agreed, Answer, Consent, Edition, Voice
from workbook.model.editions.releases import NOTHING_RELEASED, Level, Releases
from workbook.model.engagement import Engagement

ABOUT_PROMISES = ("rounds.received", "rounds.made")
"""The questions whose rows are the promises of the last round."""


@dataclass(frozen=True)
class Earlier:
    """What went out of the rounds before this one, which its pages are held to as well.

    `records` are those of every earlier round; `was` names, by a voice's id, who that was in the last round.
    """

    records: tuple[Releases, ...] = ()
    was: Mapping[str, Voice] = field(default_factory=dict)

    def allows(self, name: str, values: Sequence[Any], minimum: int) -> bool:
        """Whether a total may be shown after what was shown under this name in earlier rounds."""
        return all(record.allows(name, values, minimum) for record in self.records if record.key)

    def find_level(self, voice: Voice) -> Level | None:
        """Return how somebody was shown in the latest round that showed them, None where none did."""
        known = (voice, self.was.get(voice.id, voice))
        found = (record.find_person(one) for record in self.records for one in known)
        return next((person.level for person in found if person is not None), None)

    def go_back(self) -> tuple[Releases, Earlier]:
        """Return the record of the last round, and what went out before that."""
        latest, *others = self.records or (NOTHING_RELEASED,)
        return latest, Earlier(tuple(others))


NO_EARLIER = Earlier()


def tell_earlier(
    record: Releases, shown: Engagement, released: Releases, *, voices: Sequence[Voice], was: Mapping[str, Voice]
) -> Releases:
    """Return the record of an earlier round held to what goes out of this one: its own pages may be made again.

    `shown` is what goes out and `released` the record of this round with it; `voices` are those of this round, and
    `was` names, by a voice's id, who that was in the earlier one.
    """
    told = record.add_totals(shown.pools)
    for level in get_args(Level):
        known = [(voice, released.find_person(voice)) for voice in voices if voice.id in was]
        same = [was[voice.id] for voice, person in known if person and person.level == level]
        told = told.keep_level(*same, level=level)
    return told


def pair_voices(now: Sequence[Voice], last: Sequence[Voice]) -> dict[str, str]:
    """Return the id of each person's voice in the last round by the id it has now.

    They are the same where the file says so in `same_as`, or the form gave both the same mark; nothing is guessed.
    """
    by_id, by_mark = {one.id for one in last}, {one.respondent: one.id for one in last if one.respondent}
    said = {voice.id: voice.same_as for voice in now if voice.same_as in by_id}
    marked = {voice.id: by_mark[voice.respondent] for voice in now if voice.respondent in by_mark}
    pairs: dict[str, str] = {}
    for here, there in [*said.items(), *marked.items()]:
        if there is not None and here not in pairs and there not in pairs.values():
            pairs[here] = there
    return pairs


def show_last(
    last: Engagement,
    now: Sequence[Voice],
    pairs: Mapping[str, str],
    given: Mapping[str, Mapping[str, Answer]],
    words: Mapping[str, bool],
) -> Engagement:
    """Return the last round with nothing of its voices but the values that those who answer again gave.

    `now` are this round's voices as they are shown, `pairs` the ids of the last round by theirs, `given` the answers
    of the last round by its ids, `words` which questions ask for words.
    """
    found = [(voice, given[pairs[voice.id]]) for voice in now if given.get(pairs.get(voice.id, ""))]
    then = tuple(_show_then(voice, answers, words) for voice, answers in found)
    kept = {"voices": then, "pools": {}, "withheld": {}, "lone_voice": False, "draft": False, "last": None}
    return last.model_copy(update=kept)


def _show_then(voice: Voice, answers: Mapping[str, Answer], words: Mapping[str, bool]) -> Voice:
    known = {key: one.value for key, one in answers.items() if one.value is not None and not words.get(key, True)}
    kept = {key: Answer(value=value) for key, value in known.items()}
    who = {"id": voice.id, "role": voice.role, "name": voice.name, "organisation": voice.organisation}
    return Voice(**who, consent=Consent.NAMED if voice.name else Consent.ROLE, answers=kept)


def narrow_promises(engagement: Engagement, edition: Edition) -> Engagement:
    """Return an engagement without the promises that an edition may not show, and what was answered about them."""
    kept = tuple(one for one in engagement.facts.promises if is_wide(one.edition, edition))
    if len(kept) == len(engagement.facts.promises):
        return engagement
    ids = {one.id for one in kept}
    voices = tuple(voice.model_copy(update={"answers": _drop_rows(voice.answers, ids)}) for voice in engagement.voices)
    answers = _drop_rows(engagement.agreed.answers, ids)
    return engagement.model_copy(
        update={
            "facts": engagement.facts.model_copy(update={"promises": kept}),
            "voices": voices,
            "agreed": engagement.agreed.model_copy(update={"answers": answers}),
        }
    )


def _drop_rows(answers: Mapping[str, Any], ids: set[str]) -> dict[str, Any]:
    """Leave out rows about other promises, and the words beside an answer of which a row goes: they may be about it."""
    kept = {}
    for key, answer in answers.items():
        if key not in ABOUT_PROMISES or not isinstance(answer.value, dict) or answer.value.keys() <= ids:
            kept[key] = answer
            continue
        rows = {row: value for row, value in answer.value.items() if row in ids}
        if rows:
            kept[key] = answer.model_copy(update={"value": rows, "note": None, "evidence": None})
    return kept


def is_wide(marked: Edition, edition: Edition) -> bool:
    """Whether what is marked for one edition may appear in another."""
    order = list(Edition)
    return order.index(marked) >= order.index(edition)


def redact_targets(agreed: Agreed, edition: Edition) -> Agreed:
    """Return the agreed answers with the targets that an edition may show."""
    kept = {key: one for key, one in agreed.targets.items() if is_wide(agreed.target_edition_of(key), edition)}
    return agreed.model_copy(update={"targets": kept})
