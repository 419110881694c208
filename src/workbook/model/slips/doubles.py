"""The same person twice: a copy that a sync program left, a file that was renamed, one form collected by two people.

Two voices are doubles where the form gave both the same mark, or where role, name and organisation are the same and so
are all the answers. They count once, the one that may travel less far, until one says `another_person: true`.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbook.model.answers import Consent, Voice
from workbook.model.slips.spelling import fold_words

_LEVELS = list(Consent)


def is_double_of(one: Voice, other: Voice) -> bool:
    """Whether two voices are one person as far as can be told."""
    if one.another_person or other.another_person:
        return False
    if one.respondent and other.respondent:
        return one.respondent == other.respondent
    return _name_person(one) == _name_person(other) and _has_same_answers(one, other)


def set_doubles_aside(voices: Sequence[Voice]) -> tuple[tuple[Voice, ...], tuple[tuple[Voice, Voice], ...]]:
    """Return the voices that count, and each double with the voice that counts in its place."""
    kept: list[Voice] = []
    groups: dict[tuple[str, ...], list[int]] = {}
    doubles: list[tuple[Voice, Voice]] = []
    for voice in voices:
        places = groups.setdefault(("mark", voice.respondent), []) if voice.respondent else []
        by_name = groups.setdefault(_name_person(voice), [])
        found = next((place for place in (*places, *by_name) if is_double_of(kept[place], voice)), None)
        if found is None:
            places.append(len(kept))
            by_name.append(len(kept))
            kept.append(voice)
            continue
        first, second = sorted((kept[found], voice), key=_rank)
        kept[found] = first
        doubles.append((second, first))
    return tuple(kept), tuple(doubles)


def _rank(voice: Voice) -> tuple[int, int]:
    """Put first what may travel less far, then what was saved later; files of one rank keep their order."""
    reach = max((_LEVELS.index(voice.consent_of(key)) for key in voice.answers), default=_LEVELS.index(voice.consent))
    return -max(reach, _LEVELS.index(voice.consent)), -(voice.saved or 0)


def _has_same_answers(one: Voice, other: Voice) -> bool:
    said = ({key: (answer.value, answer.note) for key, answer in voice.answers.items()} for voice in (one, other))
    first, second = said
    return bool(first) and first == second


def _name_person(voice: Voice) -> tuple[str, ...]:
    return tuple(fold_words(part or "") for part in (voice.role, voice.name, voice.organisation))
