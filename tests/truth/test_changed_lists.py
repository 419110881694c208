"""Audiences and plan lines changed in the form of facts: no answer is lost, and every page is true."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from truth.claims import claim_by_answers, collect_claims, find_contradictions
from truth.made_pages import FIXTURES, make_pages, read_text, thin
from workbook.forms.facts.saving import save_fact, show_facts
from workbook.storage import read_engagement

EDITIONS = ("private", "partners", "public")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of an engagement with answers about each of its audiences."""
    return Path(shutil.copytree(FIXTURES / "five-at-odds", tmp_path / "five-at-odds"))


def _rows(folder: Path, key: str) -> list[dict[str, Any]]:
    return [dict(row) for row in show_facts(folder)[key]["value"]]


def _read_answers(folder: Path) -> dict[str, bytes]:
    paths = [*folder.glob("voices/*.yaml"), *folder.glob("agreed.yaml")]
    return {str(path): path.read_bytes() for path in paths}


def _check_pages(folder: Path) -> str:
    """See that no page of any edition contradicts another or the answers; return the words of the private ones."""
    engagement = read_engagement(folder)
    told = {}
    for edition in EDITIONS:
        pages = make_pages(thin(engagement, edition))
        by_answers = claim_by_answers(engagement) if edition == "private" else []
        assert find_contradictions([*by_answers, *collect_claims(pages, edition)]) == []
        told[edition] = read_text(" ".join(pages.values()))
    return told["private"]


def test_audiences_changed_in_every_way_lose_no_answer_and_leave_every_page_true(folder: Path) -> None:
    """One renamed, one set aside, one added, all in another order; brought back, everything stands as it stood."""
    answers, before = _read_answers(folder), read_engagement(folder)
    trust, groups, anglers = _rows(folder, "audiences")
    new = {"name": "People who moved away", "group": "other"}
    changed = [new, {**groups, "name": "Those on the water"}, {**anglers, "aside": "aside"}, trust]
    save_fact(folder, "audiences", {"value": changed})
    told = _check_pages(folder)
    assert _read_answers(folder) == answers
    assert [name in told for name in ("Those on the water", "People who moved away")] == [True, True]
    assert [name in told for name in (groups["name"], anglers["name"])] == [False, False]
    save_fact(folder, "audiences", {"value": [trust, groups, anglers]})
    assert read_engagement(folder) == before


def test_plan_lines_changed_in_every_way_leave_every_page_true(folder: Path) -> None:
    """The sums follow what is in the plan; what is set aside comes back as it was."""
    answers, before = _read_answers(folder), read_engagement(folder)
    first, second, *rest = _rows(folder, "plan")
    new = {"activity": "Walks", "category": "facilitation", "quantity": 4, "unit": "walks", "unit_cost": 250}
    changed = [*rest, {**first, "activity": "Other words"}, {**second, "aside": "aside"}, new]
    save_fact(folder, "plan", {"value": changed})
    _check_pages(folder)
    assert _read_answers(folder) == answers
    plan = {line.activity: line.cost for line in read_engagement(folder).facts.plan}
    assert plan["Walks"] == 1000
    assert second["activity"] not in plan
    save_fact(folder, "plan", {"value": [first, second, *rest]})
    assert read_engagement(folder) == before
