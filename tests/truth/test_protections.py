"""A protection is in place where those asked know of it; nobody is said to be silent who has answered."""

from __future__ import annotations

from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from truth.made_pages import make_pages, read_text
from workbook.analysis.safety import read_safety
from workbook.model.engagement import Engagement
from workbook.views.safety import write_headline

APART = "learning kept apart from grant decisions"


def tell(*answers: str, agreed: str | None = None) -> str:
    """Return the draft where people say each of these of whether learning is kept apart for grantees."""
    voices = [
        make_voice(f"Role {number}", {"safety.protections": {"grantees": {"apart": said}}})
        for number, said in enumerate(answers)
    ]
    settled = {} if agreed is None else {"safety.protections": {"grantees": {"apart": agreed}}}
    return read_text(make_pages(make_engagement(*voices, agreed=settled), ("14",))["14_draft"])


def test_a_protection_that_most_do_not_know_of_is_not_in_place() -> None:
    """Two who say yes beside three who do not know give no protection; beside two they do, and the mark says how."""
    text = tell("yes", "yes", "unsure", "unsure", "unsure")
    assert f"on {APART}, more do not know than say yes" in text
    assert f"{APART} (by the answers" not in text
    text = tell("yes", "yes", "unsure", "unsure")
    assert f"{APART} (by the answers; not agreed)" in text
    assert "more do not know" not in text


def test_a_protection_the_group_says_it_does_not_know_of_is_not_in_place() -> None:
    """Whatever single people say; an agreed yes counts."""
    assert f"Grantees: {APART}" not in tell("yes", "yes", agreed="unsure")
    assert f"Grantees: {APART}" in tell("unsure", agreed="yes")


@pytest.mark.parametrize("value", ["no", "unsure"])
def test_an_answer_that_does_not_apply_is_still_an_answer(value: str) -> None:
    """Of the wider sector nothing hangs on a grant: who says so has answered, and what it costs is not known yet."""

    def make(**answers: Any) -> Engagement:
        facts = make_facts(audiences=[{"id": "sector", "name": "Other funders", "group": "sector"}])
        return make_engagement(make_voice("Role", {"discovery.aims": 2, **answers}), facts=facts)

    answered = make(**{"safety.ground": {"sector": {"hangs": value}}})
    assert write_headline(read_safety(answered)) == "What being open would cost is not known yet"
    assert write_headline(read_safety(make())) == "What being open would cost has not been answered yet"
