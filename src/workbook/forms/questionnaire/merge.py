"""A file of somebody who is a voice already -> the voice's file with both, and what of it would go.

Answers to other questions are added. An answer that is another now goes only where somebody says so. Which file is the
newer is told by the person's mark and count that the form writes, never by the day. No answer travels further than
either file says, until somebody decides; and what travels nowhere (`none`: taken back, in a file or by hand) is let out
again by hand alone, for no count of savings tells of a telephone call. What only the commissioner wrote beside an
answer stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbook.forms.questionnaire.sent_file import Sent
from workbook.forms.saving.saving import show_answer
from workbook.model.answers import Consent
from workbook.model.questions import AnswerFaults, Question
from workbook.storage import is_long_form

Raw = dict[str, Any]
_ABOUT = ("role", "name", "organisation")
_COMMISSIONERS = ("evidence", "private")
_LEVELS = [level.value for level in Consent]


@dataclass(frozen=True)
class Merge:
    """What a voice's file becomes, and what that does, by question.

    `newer` is whether the file that came is the later one of the same person, None where nothing tells. `fields` are
    those of who somebody is that change; `consent` is the one that would travel further and was not taken.
    """

    data: Raw
    newer: bool | None
    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    fields: tuple[str, ...]
    consent: str = ""

    @property
    def loses(self) -> tuple[str, ...]:
        """The questions whose answers go or become others."""
        return (*self.changed, *self.gone)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all would change."""
        return not (self.added or self.loses or self.fields)


def merge_voice(filed: Raw, sent: Sent, *, questions: Mapping[str, Question], replace: bool) -> Merge:
    """Return what becomes of a voice's file with the answers of one that came.

    Without `replace`, `changed` and `gone` say what somebody has to decide first. An older file changes nothing that
    the newer one answered, or asked and was not answered, whatever is typed.
    """
    before, given = _lengthen(filed), sent.answers
    newer = _find_newer(filed, sent.data)
    differs = {key for key in given if key in before and not _is_same(before[key], given[key], questions.get(key))}
    asked = {*filed.get("asked", {}), *before}
    added = [key for key in given if key not in before and (newer is not False or key not in asked)]
    changed = sorted(differs) if newer is not False else []
    gone = [key for key in before if newer and key in sent.asked and key not in given]
    kept = {key: one for key, one in before.items() if key not in gone}
    merged = {**kept, **{key: _keep_ours(before.get(key, {}), given[key]) for key in (*added, *changed)}}
    whole, wide = _narrow(filed.get("consent"), sent.data.get("consent"), decided=bool(newer and replace))
    data = {**filed, **_merge_person(filed, sent.data, newer=bool(newer)), "consent": whole}
    data["answers"] = _set_consents(merged, (filed, before), (sent.data, given), whole, decided=bool(newer and replace))
    data["asked"] = _merge_marks(filed, sent, merged, taken={*added, *changed})
    data = {key: value for key, value in data.items() if value not in (None, {})} | {"answers": data["answers"]}
    fields = tuple(key for key in (*_ABOUT, "same_as", "consent") if data.get(key) != filed.get(key))
    return Merge(data, newer, tuple(added), tuple(changed), tuple(gone), fields, wide)


def _find_newer(filed: Raw, sent: Raw) -> bool | None:
    """Return whether `sent` was saved after what is filed; None where marks or counts are missing or the same."""
    before, after = filed.get("saved"), sent.get("saved")
    is_one = filed.get("respondent") and filed.get("respondent") == sent.get("respondent")
    if not is_one or not isinstance(before, int) or not isinstance(after, int) or before == after:
        return None
    return after > before


def _lengthen(data: Raw) -> dict[str, Raw]:
    answers = data.get("answers") or {}
    return {key: dict(one) if is_long_form(one) else {"value": one} for key, one in answers.items()}


def _is_same(one: Raw, other: Raw, question: Question | None) -> bool:
    """Whether two answers say the same; who may see them is another matter."""
    said = [{**(show_answer(answer) or {}), "value": _read(answer["value"], question)} for answer in (one, other)]
    return bool({**said[0], "consent": None} == {**said[1], "consent": None})


def _read(value: Any, question: Question | None) -> Any:
    try:
        return question.read_value(value) if question else value
    except AnswerFaults:
        return value


def _keep_ours(before: Raw, given: Raw) -> Raw:
    return given | {key: before[key] for key in _COMMISSIONERS if key in before}


def _merge_person(filed: Raw, sent: Raw, *, newer: bool) -> Raw:
    """Return who somebody is: as the newer file says, else what was missing is filled in."""
    fields = {key: (sent.get(key) if newer else filed.get(key) or sent.get(key)) for key in _ABOUT}
    same = not filed.get("respondent") or filed["respondent"] == sent.get("respondent")
    counts = [count for one in (filed, sent) if isinstance(count := one.get("saved"), int)]
    days = [str(day) for one in (filed, sent) if (day := one.get("date"))]
    marks = {
        "same_as": filed.get("same_as") or sent.get("same_as"),
        "respondent": filed.get("respondent") or sent.get("respondent"),
        "saved": max(counts, default=None) if same else filed.get("saved"),
    }
    return {**fields, **marks, "date": max(days, default=None)}


def _merge_marks(filed: Raw, sent: Sent, merged: Raw, *, taken: set[str]) -> dict[str, str]:
    """Keep with each answer the mark of the question it answered, and which questions were asked at all."""
    before = filed.get("asked") or {}
    fresh = {key: mark for key, mark in sent.marks.items() if key in taken or key not in merged}
    return {**before, **fresh, **{key: before[key] for key in merged if key in before and key not in taken}}


def _narrow(filed: Any, sent: Any, *, decided: bool) -> tuple[str, str]:
    """Return the consent that holds, and the wider one that was asked for and is not taken."""
    one, other = (level if level in _LEVELS else Consent.NONE.value for level in (filed, sent))
    if decided and one != Consent.NONE.value:
        return other, ""
    narrow = max(one, other, key=_LEVELS.index)
    return narrow, other if other != narrow else ""


def _set_consents(
    merged: dict[str, Raw], filed: tuple[Raw, Raw], sent: tuple[Raw, Raw], whole: str, *, decided: bool
) -> dict[str, Any]:
    """Return the answers, none of which travels further than either file lets it."""
    done = {}
    for key, answer in merged.items():
        levels = [_find_level(key, *filed), _find_level(key, *sent)]
        is_newer = decided and key in sent[1] and levels[0] != Consent.NONE.value
        level = levels[1] if is_newer else max(levels, key=_LEVELS.index)
        rest = {name: one for name, one in answer.items() if name != "consent"}
        done[key] = rest if level == whole else rest | {"consent": level}
    return done


def _find_level(key: str, data: Raw, answers: Raw) -> str:
    level = answers.get(key, {}).get("consent") or data.get("consent")
    return level if level in _LEVELS else Consent.NONE.value
