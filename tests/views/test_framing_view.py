"""Chapter 01 on the page: each sentence follows from the answers."""

from __future__ import annotations

from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from workbook.model.answers import Edition
from workbook.model.chapters import list_questions, load_chapter
from workbook.model.editions import redact
from workbook.views import framing

FACETS = [facet.id for facet in load_chapter("framing").facets]


def _rate(seed: Any, soil: Any, facets: list[str] = FACETS) -> dict[str, Any]:
    return {f"framing.{f}.{side}": value for f in facets for side, value in (("seed", seed), ("soil", soil))}


def _show(answers: dict[str, Any], *, kind: str = "own", edition: str = "private", voices: int = 1) -> str:
    given = [make_voice(f"Role {n}", answers) for n in range(voices)]
    engagement = make_engagement(*given, facts=make_facts(kind=kind))
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    reading = framing.read_framing(redact(engagement, Edition(edition), words=words))
    return f"{framing.summarise(reading)!r} {framing.write_follows(reading)}"


def test_who_wants_an_evaluation_is_told_so() -> None:
    """Held to much and hoping for little: the page says to commission an evaluation."""
    text = _show(_rate(1, 4))
    assert "The answers ask for an evaluation" in text
    assert "Commission an evaluation" in text
    assert "learning partner, change" not in text


def test_a_ready_ground_is_told_so() -> None:
    """Hoped for and little in the way: the page says to commission a learning partner."""
    assert "Commission a learning partner." in _show(_rate(4, 0))


def test_a_public_call_gets_no_advice_it_did_not_ask_for() -> None:
    """One reading from outside is named as that."""
    text = _show(_rate(4, 0), kind="public-call")
    assert "nobody inside has been asked" in text
    assert "Commission a learning partner." not in text


BASE = {
    **_rate(4, 3),
    "framing.switching": ["timing"],
    "framing.said_aloud": "The director in March",
    "framing.stays_evaluation": "Whether money was spent as agreed",
    "framing.evaluator": "The auditor",
}


@pytest.mark.parametrize("question", sorted(BASE))
def test_every_answer_the_readings_use_can_change_them(question: str) -> None:
    """For each question there is another answer that changes the text."""
    other: Any = (
        0 if question.endswith(("seed", "soil")) else ["product"] if question.endswith("switching") else "unsure"
    )
    assert _show(BASE) != _show({**BASE, question: other})


def test_a_shared_edition_does_not_call_unsaid_what_it_may_not_show() -> None:
    """In public, words of a voice without consent are not "missing"."""
    answers = {
        key: {"value": value, "consent": "none"} if "evaluation" in key else value for key, value in BASE.items()
    }
    text = _show(answers, edition="public", voices=6)
    assert "not shown in this edition" in text
    assert "Nobody has yet said what stays evaluation" not in text


def test_one_voice_has_nobody_to_differ_from() -> None:
    """With one voice there is no section on differences; with two there is."""
    assert "Where voices differ" not in _show(BASE)
    assert "Where voices differ" in _show(BASE, voices=2)


def test_nothing_answered_makes_a_short_section() -> None:
    """No figure and no table stand where nothing is known."""
    text = _show({})
    assert "has not been answered yet" in text
    assert "Facet" not in text
