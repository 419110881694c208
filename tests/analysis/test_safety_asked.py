"""Chapter 07 asks of each audience what its reading takes in, and nothing else."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from builders import make_engagement, make_facts, make_voice
from workbook.analysis.safety import read_safety
from workbook.model.chapters import list_questions
from workbook.model.engagement import AudienceGroup
from workbook.model.questions import GridQuestion

GROUND: dict[str, Any] = {"months": 3, "hangs": "yes", "comfort": 2}
PROTECTIONS: dict[str, Any] = {"apart": "no", "unattributed": "no", "first_sight": "no", "time_paid": "no"}
OTHERS: dict[str, Any] = {"months": 9, "hangs": "no", "comfort": 0, **dict.fromkeys(PROTECTIONS, "yes")}


@pytest.mark.parametrize("group", get_args(AudienceGroup))
def test_a_cell_is_asked_where_another_answer_changes_the_reading(group: str) -> None:
    """Every cell of the form counts for its audience, and one that would count for nothing is not asked."""
    facts = make_facts(audiences=[{"id": "them", "name": "Them", "group": group}])
    whole = {"safety.ground": GROUND, "safety.protections": PROTECTIONS}

    def read(answers: dict[str, dict[str, Any]]) -> Any:
        given = {name: {"them": row} for name, row in answers.items()}
        return read_safety(make_engagement(make_voice("A", given), facts=facts)).audiences

    for name, row in whole.items():
        question = list_questions(facts)[name]
        assert isinstance(question, GridQuestion)
        for column in question.columns:
            changed = {**whole, name: {**row, column.id: OTHERS[column.id]}}
            assert column.is_asked(question.rows[0]) == (read(changed) != read(whole)), (name, column.id)
