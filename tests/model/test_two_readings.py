"""Amounts written by hand that can be read in two ways are asked about, with both readings."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import SMALLEST, write_engagement
from workbook import storage
from workbook.errors import InputError
from workbook.forms.saving.saving import save_answer

PLAN = "plan: [{{activity: A, category: analysis, quantity: {}, unit: days, unit_cost: {}}}]\n"
ASKED = [
    ("budget: 120.000\n", "may mean 120,000 or 120", "type 120000 or 120"),
    ("programme_budget: 1.500\n", "may mean 1,500 or 1.5", "type 1500 or 1.50"),
    (PLAN.format(3, "2.600"), "may mean 2,600 or 2.6", "type 2600 or 2.60"),
    (PLAN.format("1.250", 3), "may mean 1,250 or 1.25", "type 1250 or 1.250"),
]
PLAIN = ["budget: 120000\n", "budget: 120.5\n", "budget: 120.50\n", "budget: 0.125\n", "budget: 1200.000\n"]


@pytest.mark.parametrize(("line", "expected", "remedy"), ASKED)
def test_two_readings_are_both_shown(tmp_path: Path, line: str, expected: str, remedy: str) -> None:
    """The field is named, and what to type for each of the two."""
    folder = write_engagement(tmp_path / "towns", {"engagement.yaml": SMALLEST + line})
    with pytest.raises(InputError) as refused:
        storage.load_engagement(folder)
    (problem,) = refused.value.problems
    assert problem.expected.endswith(expected)
    assert problem.remedy == remedy


@pytest.mark.parametrize("line", PLAIN)
def test_one_reading_is_taken(tmp_path: Path, line: str) -> None:
    """What nobody groups thousands like is read without a question."""
    folder = write_engagement(tmp_path / "towns", {"engagement.yaml": SMALLEST + line})
    assert storage.load_engagement(folder).facts.budget == float(line.split()[1])


def test_answers_are_asked_about_too_and_ours_are_clear(tmp_path: Path) -> None:
    """A money answer typed as 12.000 is asked about; one saved by a form as 12.125 is not, and comes back as it was."""
    voice = "schema: 1\nrole: Lead\nanswers: {resources.data_costs: {unit_cost: {low: 12.000}}}\n"
    folder = write_engagement(tmp_path / "towns", {"engagement.yaml": SMALLEST, "voices/lead.yaml": voice})
    with pytest.raises(InputError, match=r"12,000 or 12"):
        storage.load_engagement(folder)
    given = {"unit_cost": {"low": 12.125}}
    save_answer(folder, "lead", "resources.data_costs", {"value": given})
    assert storage.load_engagement(folder).voices[0].answers["resources.data_costs"].value == given
