"""Who answers is told who keeps the answers, why, until when, who sees them, whom to ask, and how to take them back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from workbook.cli import app
from workbook.forms.questionnaire.questionnaire import write_questionnaire

KEPT = {
    "by": "The team <b>itself</b>",
    "why": "To write the call {title}",
    "until": "2999-03-31",
    "seen_by": "Two of the team",
    "ask": "The officer, room 4",
}


def _set(project: Path, **kept: Any) -> None:
    path = project / "parameters" / "commission" / "engagement.yaml"
    facts = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(facts | {"schema": 2, "answers_kept": kept}), encoding="utf-8")


def _read_cover(path: Path) -> str:
    (cover,) = re.findall(r'<header class="cover">.*?</header>', path.read_text(encoding="utf-8"), re.DOTALL)
    return cover


def test_everything_said_stands_on_the_first_page(every_kind: Path) -> None:
    """As it was written, escaped, the day as people write it, and how to take answers back."""
    _set(every_kind, **KEPT)
    cover = _read_cover(write_questionnaire("commission"))
    for words in (
        "The team &lt;b&gt;itself&lt;/b&gt;",
        "To write the call {title}",
        "31 March 2999",
        "Two of the team",
        "The officer, room 4",
        "You may take everything back",
        "one mark stays that says nothing of you",
    ):
        assert words in cover, words
    assert "not said" not in cover


@pytest.mark.parametrize("missing", KEPT)
def test_what_is_missing_is_said(every_kind: Path, missing: str) -> None:
    """One who answers sees that it was not said, and whom to ask instead."""
    _set(every_kind, **{key: value for key, value in KEPT.items() if key != missing})
    assert _read_cover(write_questionnaire("commission")).count("not said; ask A funder before you answer") == 1


def test_an_engagement_of_before_says_that_nothing_is_said(every_kind: Path) -> None:
    """The keys are optional: the form is made, with five things that are missing."""
    assert _read_cover(write_questionnaire("commission")).count("not said; ask A funder") == len(KEPT)


@pytest.mark.parametrize(("until", "over"), [("2000-01-01", True), ("2999-12-31", False)])
def test_answers_past_their_day_are_named_by_check(every_kind: Path, until: str, over: bool) -> None:
    """As long as there are answers; what to type stands beside it."""
    _set(every_kind, until=until)
    check = ["check", "commission"]
    assert "which is over" not in CliRunner().invoke(app, check).output
    voices = every_kind / "parameters" / "commission" / "voices"
    voices.mkdir()
    (voices / "one.yaml").write_text("schema: 2\nrole: One\nconsent: role\nanswers: {framing.count: 3}\n", "utf-8")
    said = CliRunner().invoke(app, check).output
    assert ("which is over" in said) == over
    assert ("workbook withdraw commission VOICE" in said) == over


def test_a_slip_in_the_facts_is_named_with_its_field(every_kind: Path) -> None:
    """A day in words, or a key that nobody knows, is a fault of the file."""
    _set(every_kind, until="next spring", who="The team")
    said = CliRunner().invoke(app, ["check", "commission"])
    assert said.exit_code == 1
    assert "answers_kept.until" in said.output
    assert "answers_kept.who" in said.output
