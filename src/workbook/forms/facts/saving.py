"""One fact at a time into engagement.yaml, as answers go into a voice's file: whole or not at all, comments kept.

Nothing is written that would make the file one that cannot be read. Where somebody else changed the same fact
meanwhile, the newer one stands in the file and the other is kept under `set-aside/` until a person chooses.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from types import EllipsisType
from typing import Any

from workbook.errors import InputError, Problem
from workbook.forms.facts.asked import list_fact_questions, load_facts_words
from workbook.forms.facts.ids import NAMED_BY, find_keys, keep_ids, list_gone
from workbook.forms.facts.values import list_entries, show_fact
from workbook.forms.saving.answers_file import change_entry
from workbook.forms.saving.saving import (
    FACTS,
    Saved,
    drop_aside,
    find_voice_file,
    hold_lock,
    keep_aside,
    read_data,
    write_durably,
)
from workbook.model.editions.rounds import ABOUT_PROMISES
from workbook.model.engagement import Facts
from workbook.model.questions import AnswerFaults
from workbook.storage import (
    AGREED_FILE,
    FACTS_FILE,
    SCHEMA,
    SET_ASIDE,
    VOICES_FOLDER,
    list_fact_problems,
    read_facts_data,
)

Raw = dict[str, Any]


def show_facts(folder: Path) -> dict[str, Raw]:
    """Return every fact as an answer of the form, by key."""
    data = read_facts_data(find_voice_file(folder, FACTS))
    shown = {key: show_fact(key, data) for key in Facts.model_fields}
    return {key: {"value": value} for key, value in shown.items() if value is not None}


def save_fact(
    folder: Path,
    key: str,
    answer: Raw | None,
    *,
    base: Raw | EllipsisType | None = ...,
    earlier: Sequence[Raw | None] = (),
) -> Saved:
    """Write one fact; None takes it out. `base` and `earlier` are as in `save_answer`.

    Raises AnswerFaults with what is wrong with the answer, InputError where the file cannot be read.
    """
    with hold_lock(folder):
        path = find_voice_file(folder, FACTS)
        data = read_facts_data(path)
        before = _wrap(show_fact(key, data))
        after = _settle_ids(folder, key, answer, data)
        known = () if isinstance(base, EllipsisType) else (base, answer, *earlier)
        met = bool(known) and not any(_is_same(key, before, one, data) for one in (after, *known))
        if met and before:
            keep_aside(folder, FACTS, key, before)
        if not _is_same(key, before, after, data):
            _write(path, key, after)
        return Saved(after, before if met else None, was_taken_back=met and before is None)


def choose_fact(folder: Path, key: str, other: Raw, *, standing: Raw | None, take: bool) -> None:
    """Do as a person has chosen between two answers: the one in the file, `standing`, and `other`, set aside."""
    if take:
        save_fact(folder, key, other, base=standing)
    with hold_lock(folder):
        drop_aside(folder, FACTS, key, other)


def _write(path: Path, key: str, answer: Raw | None) -> None:
    """Write what an answer puts into the file, brought to today's shape first; refuse what would not be read."""
    old = path.read_bytes().decode("utf-8-sig")
    text = _bring_forward(path, old)
    for name, value in list_entries(key, None if answer is None else answer["value"]).items():
        if value is not None or read_facts_data(path).get(name) is not None:
            text = change_entry(text, (name,), value, name=path.name)
    known = {(one.field, one.expected) for one in list_fact_problems(old, path.name)}
    found = [one for one in list_fact_problems(text, path.name) if (one.field, one.expected) not in known]
    if found:
        raise InputError(found)
    write_durably(path, text)


def _bring_forward(path: Path, text: str) -> str:
    raw, brought = read_data(path), read_facts_data(path)
    if raw.get("schema") == SCHEMA:
        return text
    for name in [*brought, *(one for one in raw if one not in brought and one != "schema")]:
        if brought.get(name) != raw.get(name):
            text = change_entry(text, (name,), brought.get(name), name=path.name)
    return change_entry(text, ("schema",), SCHEMA, name=path.name)


def _settle_ids(folder: Path, key: str, answer: Raw | None, data: Raw) -> Raw | None:
    if key not in NAMED_BY:
        return answer
    given = answer["value"] if answer and isinstance(answer["value"], list) else []
    answered = _find_answered(folder, ABOUT_PROMISES if key == "promises" else None)
    rows = keep_ids(key, given, data, answered=answered)
    if key == "promises" and (gone := list_gone(key, rows, data, answered=answered)):
        words = load_facts_words().words["answered_promise"]
        raise InputError(
            Problem(FACTS_FILE, key, words["expected"], words["remedy"].format(what=one["what"])) for one in gone
        )
    return _wrap(rows or None)


def _find_answered(folder: Path, questions: Collection[str] | None = None) -> set[str]:
    """Return every name under which anybody answered, in the files of voices, of the group and of what waits.

    With `questions`, only in the answers to these.
    """
    paths = [*(folder / VOICES_FOLDER).glob("*.yaml"), *(folder / SET_ASIDE).glob("*.yaml"), folder / AGREED_FILE]
    return {key for path in paths if path.is_file() for key in _list_keys(path, questions)}


def _list_keys(path: Path, questions: Collection[str] | None) -> set[str]:
    given = read_data(path).get("answers") or {}
    answers = [one for name, one in given.items() if questions is None or name in questions]
    return find_keys(one for answer in answers for one in (answer if isinstance(answer, list) else [answer]))


def is_same_fact(folder: Path, key: str, one: Raw, other: Raw) -> bool:
    """Whether two answers put the same into the file."""
    return _is_same(key, one, other, read_facts_data(find_voice_file(folder, FACTS)))


def _is_same(key: str, one: Raw | None, other: Raw | None, data: Raw) -> bool:
    if one == other:
        return True
    if one is None or other is None:
        return False
    try:
        if key in NAMED_BY:
            one, other = ({"value": keep_ids(key, each["value"], data, answered=())} for each in (one, other))
        return list_entries(key, one["value"]) == list_entries(key, other["value"])
    except (AnswerFaults, AttributeError, KeyError, TypeError):
        return False


def _wrap(value: Any) -> Raw | None:
    return None if value is None else {"value": value}


def spell_problems(error: InputError, key: str) -> list[Raw]:
    """Return problems of the file as faults of the answer that would have made them."""
    return [_spell(problem, key) for problem in error.problems]


def _spell(problem: Problem, key: str) -> Raw:
    own, _, inside = problem.field.partition(".")
    row, _, column = inside.partition(".")
    place = f"row {row}.{column}" if own == key and row.isdigit() else ""
    return {"question": key, "inside": place, "expected": problem.expected, "remedy": problem.remedy}


def check_fact(facts: Facts, key: str, answer: Raw | None) -> list[Raw]:
    """Return what is wrong with an answer by itself, as the form shows it; nothing where it may be saved."""
    question = list_fact_questions(facts)[key]
    try:
        if answer is not None:
            question.read_value(_without_own(answer.get("value")))
            list_entries(key, answer.get("value"))
    except AnswerFaults as wrong:
        return [{"question": key, **vars(fault)} for fault in wrong.faults]
    return []


def _without_own(value: Any) -> Any:
    """Return rows without the id, which a form does not show."""
    if not isinstance(value, list):
        return value
    return [{key: one for key, one in row.items() if key != "id"} if isinstance(row, dict) else row for row in value]
