"""What a reader of everything tries: they know all names and roles and who took part when, and no answer.

`docs/privacy.md` says each step in words. `python tests/privacy/attack.py 2000` runs it over that many histories, with
and without a record of what went out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from privacy.histories import State, make_history, make_rounds
from privacy.random_engagements import KINDS, QUESTIONS, make_random
from workbook.model.answers import Consent, Edition, Voice
from workbook.model.editions import NOTHING_RELEASED
from workbook.model.editions.decision import Decision
from workbook.model.engagement import Engagement
from workbook.model.questions import PointsQuestion

Part = tuple[str, str, str]
"""A question, and where it has them a row and a column, of which a page shows values."""


Make = Callable[..., list[State]]
Shown = dict[Part, Counter[str]]
"""How often each value, as JSON, stands in each part of a page."""


@dataclass(frozen=True)
class Claim:
    """That a person gave an answer, by the step that says so; `value` is JSON."""

    step: str
    person: str
    question: str
    value: str


def attack(history: list[State]) -> set[Claim]:
    """Return everything the reader takes for certain."""
    pages = [(state.whole, page, _count_parts(page)) for state in history for page in _list_pages(state)]
    claims: set[Claim] = set()
    for whole, page, _ in pages:
        claims |= set(_read_alike(_list_people(whole), page))
        claims |= set(_join_halves(_list_people(whole), page))
        claims |= set(_read_named(_list_people(whole), page))
    for (earlier, before, old), (later, after, new) in combinations(pages, 2):
        claims |= set(_subtract(earlier, old, later, new))
        claims |= set(_follow_voices(_list_people(later), before, after))
    return claims


def _list_pages(state: State) -> Iterator[Engagement]:
    """Yield what was shown; what a page holds of the last round is a page of its own, of the people of today."""
    for page in state.shown.values():
        yield page
        if page.last is not None:
            yield page.last


def _read_named(people: dict[str, Voice], page: Engagement) -> Iterator[Claim]:
    """What stands beside a name is that person's."""
    by_name = {voice.name: person for person, voice in people.items() if voice.name}
    for voice in page.voices:
        if voice.name in by_name:
            shown = voice.answers.items()
            yield from (Claim("named", by_name[voice.name], key, _write(one.value)) for key, one in shown if one.value)


def _list_people(whole: Engagement) -> dict[str, Voice]:
    """Return who took part, which the reader knows; their answers and consents are not looked at."""
    return {voice.id: voice for voice in whole.voices}


def list_parts(page: Engagement) -> Iterator[tuple[Part, list[Any]]]:
    """Yield what a page shows without a name, part by part."""
    for question, pool in page.pools.items():
        cells: dict[Part, list[Any]] = {}
        for value in pool.values:
            for part, one in _split(question, value):
                cells.setdefault(part, []).append(one)
        yield from cells.items()
        if pool.remarks:
            yield (question, "", "words"), [remark.text for remark in pool.remarks]


def _split(question: str, value: Any) -> Iterator[tuple[Part, Any]]:
    if not isinstance(value, dict):
        yield (question, "", ""), value
        return
    for row, cells in value.items():
        if isinstance(cells, dict):
            yield from (((question, row, column), one) for column, one in cells.items())
        else:
            yield (question, row, ""), cells


def _read_alike(people: dict[str, Voice], page: Engagement) -> Iterator[Claim]:
    """Where as many answers are shown as there are people who could have given one, and all alike, all gave it."""
    for part, values in list_parts(page):
        named = {voice.name for voice in page.voices if part[0] in voice.answers}
        beside = sum(part[0] in voice.answers and voice.name is None for voice in page.voices)
        could = [person for person, voice in people.items() if voice.name not in named]
        if len(values) >= len(could) - beside and len({_write(value) for value in values}) == 1:
            yield from (Claim("alike", person, part[0], _write(values[0])) for person in could)


def _join_halves(people: dict[str, Voice], page: Engagement) -> Iterator[Claim]:
    """A label that is a name without a role is half of somebody; the other half has their role and other questions."""
    for half in page.voices:
        person = next((voice for voice in people.values() if voice.name == half.role), None)
        if person is None:
            continue
        rest = [one for one in page.voices if one.role == person.role and not one.name]
        fitting = [one for one in rest if one.answers.keys().isdisjoint(half.answers)]
        if len(fitting) == 1:
            shown = fitting[0].answers.items()
            yield from (Claim("halves", person.id, key, _write(one.value)) for key, one in shown if one.value)


def _count_parts(page: Engagement) -> Shown:
    return {part: Counter(map(_write, values)) for part, values in list_parts(page)}


def _subtract(earlier: Engagement, old: Shown, later: Engagement, new: Shown) -> Iterator[Claim]:
    """What one page has more than another is of those who took part in one and not in the other."""
    for part in old.keys() & new.keys():
        first, second = old[part], new[part]
        if first == second:
            continue
        changes = (
            (second - first, _find_changed(later, earlier)),
            (first - second, _find_changed(earlier, later)),
        )
        for values, people in changes:
            if people and len(values) == 1 and values.total() <= len(people):
                yield from (Claim("subtracted", person, part[0], next(iter(values))) for person in people)


def _find_changed(one: Engagement, other: Engagement) -> list[str]:
    """Return who takes part in one and not in the other: who is in no file, or said aloud that they withdrew."""
    there = {voice.id for voice in other.voices if not _took_back(voice)}
    return [voice.id for voice in one.voices if voice.id not in there and not _took_back(voice)]


def _took_back(voice: Voice) -> bool:
    return all(voice.consent_of(key) is Consent.NONE for key in voice.answers)


def _follow_voices(people: dict[str, Voice], before: Engagement, after: Engagement) -> Iterator[Claim]:
    """A voice by role on one page and one by name on another that gave the same answers to two questions, is one."""
    for named, other in ((before, after), (after, before)):
        for half in named.voices:
            person = next((one for one in people.values() if half.name and one.name == half.name), None)
            if person is None or any(one.name == half.name for one in other.voices):
                continue  # who stands there by name is nobody else there
            fitting = [
                one
                for one in other.voices
                if one.role == person.role and not one.name and _count_same(one, half) > 1 and _is_within(one, half)
            ]
            if len(fitting) != 1 or any(_may_be(fitting[0], one) for one in named.voices):
                continue  # it may be somebody who stood beside them
            shown = fitting[0].answers.items()
            yield from (Claim("followed", person.id, key, _write(one.value)) for key, one in shown if one.value)


def _may_be(one: Voice, other: Voice) -> bool:
    """Whether a voice by role on one page may be one by role on another."""
    return not other.name and one.role == other.role and _count_same(one, other) > 1 and _is_within(one, other)


def _count_same(one: Voice, other: Voice) -> int:
    return len(one.answers.keys() & other.answers.keys())


def _is_within(one: Voice, other: Voice) -> bool:
    return all(one.answers[key].value == other.answers[key].value for key in one.answers.keys() & other.answers.keys())


def _write(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def find_rows(rows: list[tuple[float, ...]], random: Random, *, steps: int = 3000) -> set[tuple[float, ...]]:
    """Return the rows that stand in every way of putting columns together in which each row still adds up.

    The ways are those that a walk comes by in which two rows change places in part; what it has not come by it takes
    for impossible, so that it finds too much rather than too little.
    """
    now, certain = [list(row) for row in rows], set(rows)
    for _ in range(steps):
        if not certain or len(now) < 2:
            break
        one, other = random.sample(now, 2)
        part = random.sample(range(len(one)), random.randrange(1, len(one)))
        if abs(sum(one[place] - other[place] for place in part)) < 1e-6:
            for place in part:
                one[place], other[place] = other[place], one[place]
            certain &= {tuple(row) for row in now}
    return certain


def measure_rows(cases: int) -> tuple[int, int]:
    """Return, of random engagements, how many rows of points a reader is certain of, and how many their pages hold."""
    certain = total = 0
    for seed in range(cases):
        decided = Decision(make_random(seed), Edition.PUBLIC, KINDS, NOTHING_RELEASED)
        for question, pool in decided.pools.items():
            given = [voice for voice in decided.voices if voice.id in decided.members.get(question, ())]
            tables = [one for voice in given if isinstance(one := voice.answers[question].value, dict)]
            whole = bool(pool.values) and isinstance(pool.values[0], dict) and pool.values[0].keys() == tables[0].keys()
            if isinstance(QUESTIONS[question], PointsQuestion) and whole:
                rows = [tuple(table[row] for row in sorted(table)) for table in tables]
                certain += len(find_rows(rows, Random(seed)))
                total += len(rows)
    return certain, total


def list_true(history: list[State], claims: set[Claim]) -> list[Claim]:
    """Return the claims that are true of an answer which its person never let be tied to them."""
    return [claim for claim in sorted(claims, key=repr) if _is_true(history, claim)]


def _is_true(history: list[State], claim: Claim) -> bool:
    found = [voice for state in history for voice in _list_files(state) if voice.id == claim.person]
    given = [voice for voice in found if claim.question in voice.answers]
    said = [voice for voice in given if _says(voice, claim)]
    # Who let the same answer stand beside their name at any time has said so; beside the role, where only one has it.
    let = [voice for voice in said if voice.consent_of(claim.question) in _levels_of(history, voice)]
    return bool(said) and not let


def _list_files(state: State) -> tuple[Voice, ...]:
    """List the files of a state, those of the last round too: it may not have gone out itself."""
    return (*state.whole.voices, *(state.whole.last.voices if state.whole.last else ()))


def _levels_of(history: list[State], voice: Voice) -> set[Consent]:
    alone = all(sum(one.role == voice.role for one in state.whole.voices) <= 1 for state in history)
    return {Consent.NAMED, Consent.ROLE} if alone else {Consent.NAMED}


def _says(voice: Voice, claim: Claim) -> bool:
    answer = voice.answers[claim.question]
    values = [_write(one) for _, one in _split(claim.question, answer.value)]
    return claim.value in [_write(answer.value), *values, _write(answer.note), _write(answer.evidence)]


def measure(cases: int, *, recorded: bool, states: int = 3, make: Make = make_history) -> tuple[Counter[str], int, int]:
    """Return true claims by step, the people at risk that are found out, and how many are at risk.

    Each history has so many states, of which each goes out in two editions; with `make_rounds`, so many of each round.
    """
    steps: Counter[str] = Counter()
    caught, at_risk = 0, 0
    for seed in range(cases):
        history = make(seed, recorded=recorded, states=states)
        true = list_true(history, attack(history))
        steps.update(claim.step for claim in true)
        risky = list_at_risk(history)
        at_risk += len(risky)
        caught += len(risky & {claim.person for claim in true})
    return steps, caught, at_risk


def list_at_risk(history: list[State]) -> set[str]:
    """Return who is split, joined later, left or withdrew, or is alone."""
    first, last = ({voice.id for voice in state.whole.voices} for state in (history[0], history[-1]))
    changed = first ^ last
    for state in history:
        people = state.whole.voices
        changed |= {one.id for one in people if len({one.consent_of(key) for key in one.answers}) > 1}
        changed |= {one.id for one in people if _took_back(one) or len(people) == 1}
    return changed


if __name__ == "__main__":
    for name, make in (("one round", make_history), ("two rounds", make_rounds)):
        for kept in (True, False):
            print(
                name, "with" if kept else "without", "a record:", *measure(int(sys.argv[1]), recorded=kept, make=make)
            )
    print("whole rows of points that are certain, of all rows shown:", *measure_rows(int(sys.argv[1])))
