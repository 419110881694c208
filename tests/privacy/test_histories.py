"""A shared edition adds nothing to what was shown before: what two pages differ by is a group that may be shown."""

from __future__ import annotations

import os
from collections import Counter
from itertools import combinations

from privacy.attack import list_parts
from privacy.histories import State, make_history
from privacy.random_engagements import FACTS
from workbook.model.editions.pools import write

CASES = int(os.environ.get("WORKBOOK_PRIVACY_CASES", "300"))


def _find_small_differences(history: list[State]) -> list[tuple[object, Counter[str]]]:
    """Return, of every two pages and each part that both show, what is shown of too few or all alike."""
    pages = [page for state in history for page in state.shown.values()]
    small: list[tuple[object, Counter[str]]] = []
    for one, other in combinations(pages, 2):
        first, second = dict(list_parts(one)), dict(list_parts(other))
        for part in first.keys() & second.keys():
            before, after = Counter(map(write, first[part])), Counter(map(write, second[part]))
            sides = (before - after, after - before)
            small += [(part, side) for side in sides if side and not _is_group(side)]
    return small


def _is_group(side: Counter[str]) -> bool:
    return side.total() >= FACTS.minimum_group and len(side) > 1


def test_no_page_adds_a_small_group_to_what_went_out_before() -> None:
    """People join, leave, change their answers, take consent back; three states, two editions, every two pages."""
    assert [seed for seed in range(CASES) if _find_small_differences(make_history(seed))] == []


def test_without_the_record_the_same_histories_do() -> None:
    """The comparison is one that can fail."""
    assert any(_find_small_differences(make_history(seed, recorded=False)) for seed in range(30))


def test_the_same_files_and_the_same_record_give_the_same_pages() -> None:
    """What went out is made again as it was, and is no draft."""
    for seed in range(CASES // 3):
        first, second = make_history(seed), make_history(seed)
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
