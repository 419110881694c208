"""A reader of all editions and dates ties nobody to an answer: no two pages differ by a small group, no row rejoins."""

from __future__ import annotations

import os
from collections import Counter
from itertools import combinations

import pytest

from builders import make_voice
from privacy.attack import Make, attack, list_parts, list_true, measure, measure_rows
from privacy.histories import EDITIONS, State, make_history, make_rounds
from privacy.random_engagements import FACTS, KINDS, make_engagement
from workbook.model.answers import Edition, Pool, Voice
from workbook.model.editions import redact
from workbook.model.editions.pools import write
from workbook.model.engagement import Engagement

ATTACKED = int(os.environ.get("WORKBOOK_PRIVACY_ATTACKS", "150"))
CASES = int(os.environ.get("WORKBOOK_PRIVACY_CASES", "300"))
STATES = int(os.environ.get("WORKBOOK_PRIVACY_STATES", "3"))
SCALE = "framing.purpose.seed"


def test_nobody_is_found_out() -> None:
    """Of people who are split, withdrew, came later or are alone: none; and there are some to find."""
    steps, caught, at_risk = measure(ATTACKED, recorded=True, states=STATES)
    assert (dict(steps), caught) == ({}, 0)
    assert at_risk > ATTACKED


def test_the_attack_finds_people_where_nothing_is_recorded() -> None:
    """The same reader succeeds as soon as pages go out that are not held to those before."""
    steps, caught, _ = measure(40, recorded=False)
    assert steps["subtracted"] > 0
    assert caught > 0


def test_nobody_is_found_out_over_rounds() -> None:
    """Pages of two rounds, dates and editions together, the first one's made again while the second goes on: none."""
    steps, caught, at_risk = measure(ATTACKED, recorded=True, states=STATES, make=make_rounds)
    assert (dict(steps), caught) == ({}, 0)
    assert at_risk > ATTACKED


def test_the_attack_finds_people_where_rounds_are_not_held_to_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a record many; and some too where only the later round is held to the earlier one's."""
    steps, caught, _ = measure(40, recorded=False, make=make_rounds)
    assert steps["subtracted"] > 0
    assert caught > 0
    monkeypatch.setattr("privacy.histories.tell_earlier", lambda record, *_, **__: record)
    one_way: Make = lambda seed, **_: make_rounds.__wrapped__(seed)  # noqa: E731
    assert measure(110, recorded=True, make=one_way)[1] > 0


def test_the_attack_reads_what_stands_beside_a_name() -> None:
    """An answer of the last round, given by role then, is found out where it stands beside today's name."""
    now = make_voice("Trustee", {SCALE: 2}, id="ada", name="Ada", consent="named")
    then = make_voice("Trustee", {SCALE: 4}, id="ada", name="Ada", consent="role")
    others = [make_voice("Trustee", {SCALE: 1}, id=f"o{number}", consent="role") for number in range(5)]
    history = [_state(then, *others), _state(now, *others)]
    assert not list_true(history, attack(history))
    leaky = make_engagement((now,)).model_copy(update={"last": make_engagement((then,))})
    history[1] = _state(now, *others, shown=leaky)
    assert {(claim.step, claim.value) for claim in list_true(history, attack(history))} == {("named", "4")}


def _state(*voices: Voice, shown: Engagement | None = None) -> State:
    whole = make_engagement(voices)
    pages = {edition: shown or redact(whole, edition, words=KINDS) for edition in EDITIONS}
    return State(whole, pages)


def test_the_attack_reads_a_total_that_is_all_alike() -> None:
    """Five who gave the same are found out where the total is shown, and are not where it is held back."""
    voices = [make_voice(f"R {number}", {SCALE: 2}, consent="aggregate", name=f"N {number}") for number in range(5)]
    assert not list_true([_state(*voices)], attack([_state(*voices)]))
    shown = redact(make_engagement(tuple(voices)), Edition.PUBLIC, words=KINDS)
    leaky = shown.model_copy(update={"pools": {SCALE: Pool(values=(2,) * 5)}})
    assert len(list_true([_state(*voices, shown=leaky)], attack([_state(*voices, shown=leaky)]))) == 5


def test_the_attack_joins_two_halves() -> None:
    """A name without a role and a role without a name are put together where both stand on a page."""
    asked = {SCALE: {"value": 1, "consent": "named"}, "framing.purpose.soil": {"value": 3, "consent": "role"}}
    one = make_voice("Trustee", asked, name="A Name")
    other = make_voice("Trustee", {SCALE: 2, "framing.purpose.soil": 2}, id="other", consent="none", name="B Name")
    safe = _state(one, other)
    assert not list_true([safe], attack([safe]))
    half = make_voice("A Name", {SCALE: 1}, id="voice-1", consent="named")
    rest = make_voice("Trustee", {"framing.purpose.soil": 3}, id="voice-2")
    leaky = _state(one, other, shown=make_engagement((half, rest)))
    assert [(claim.step, claim.value) for claim in list_true([leaky], attack([leaky]))] == [("halves", "3")]


def test_points_are_put_together_into_nobodys_row() -> None:
    """No row of points that one person gave stands in every way of putting a page's points together."""
    certain, rows = measure_rows(ATTACKED)
    assert certain == 0
    assert rows > 0


def test_the_attack_puts_rows_together_where_no_rule_holds_them_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same reader finds whole rows as soon as every total of points is shown."""
    monkeypatch.setattr("workbook.model.editions.pools.is_rejoined", lambda _: False)
    certain, rows = measure_rows(60)
    assert 2 * certain > rows


def _find_small_differences(history: list[State]) -> list[tuple[object, Counter[str]]]:
    """Return, of every two pages and each part that both show, what is shown of too few or all alike."""
    pages = [
        {part: Counter(map(write, values)) for part, values in list_parts(page)}
        for state in history
        for page in state.shown.values()
    ]
    small: list[tuple[object, Counter[str]]] = []
    for first, second in combinations(pages, 2):
        for part in first.keys() & second.keys():
            before, after = first[part], second[part]
            sides = (before - after, after - before)
            small += [(part, side) for side in sides if side and not _is_group(side)]
    return small


def _is_group(side: Counter[str]) -> bool:
    return side.total() >= FACTS.minimum_group and len(side) > 1


def test_no_page_adds_a_small_group_to_what_went_out_before() -> None:
    """People join, leave, change their answers, take consent back; two rounds, two editions, every two pages."""
    assert [seed for seed in range(CASES) if _find_small_differences(make_history(seed))] == []
    rounds = (make_rounds(seed, recorded=True, states=STATES) for seed in range(ATTACKED))
    assert [number for number, history in enumerate(rounds) if _find_small_differences(history)] == []


def test_without_the_record_the_same_histories_do() -> None:
    """The comparison is one that can fail."""
    assert any(_find_small_differences(make_history(seed, recorded=False)) for seed in range(30))


def test_the_same_files_and_the_same_record_give_the_same_pages() -> None:
    """What went out is made again as it was, and is no draft."""
    for seed in range(CASES // 6):
        first, second = make_history(seed), make_history.__wrapped__(seed)
        assert [state.shown for state in first] == [state.shown for state in second]
        assert not any(page.draft for state in first for page in state.shown.values())


def test_pools_are_shown_anew_once_enough_has_changed() -> None:
    """The record does not hold back for ever: in some histories a total changes and is shown again."""

    def changes(history: list[State]) -> bool:
        pages = [page for state in history for page in state.shown.values()]
        return any(
            dict(list_parts(one)).get(part, values) != values
            for one, two in combinations(pages, 2)
            for part, values in list_parts(two)
        )

    assert any(changes(make_history(seed)) for seed in range(60))
