"""Names are names: every page with one, two and five audiences of awkward names, read by program."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from truth.made_pages import make_pages, read_text, thin
from truth.test_contradictions import roll_answer
from workbook.model.chapters import list_questions
from workbook.model.engagement import Engagement

AWKWARD = [
    ("Porticus", "funders"),
    ("The Young Foundation", "delivery"),
    ("Parents", "people"),
    ("Bread and Roses", "delivery"),
    ("iHelp", "people"),
    ("People who were never asked.", "people"),
]
LOWERED = {
    "Parents": "parents",
    "People who were never asked.": "people who were never asked.",
    "The Young Foundation": "the Young Foundation",
}
SETS = [[AWKWARD[0]], [AWKWARD[3]], [AWKWARD[4]], [AWKWARD[5]], AWKWARD[1:3], AWKWARD[3:5], AWKWARD[:5]]


def make(names: list[tuple[str, str]], seed: int, voices: int) -> Engagement:
    """Return an engagement with these audiences and random answers to every question."""
    dice = random.Random(seed)
    audiences = [{"id": f"a{n}", "name": name, "group": group} for n, (name, group) in enumerate(names)]
    facts = make_facts(audiences=audiences, budget=None)
    given = []
    for number in range(voices):
        answers: dict[str, Any] = {
            key: {"value": roll_answer(question, dice, "words")} for key, question in list_questions(facts).items()
        }
        given.append(make_voice(f"Role {number}", answers))
    return make_engagement(*given, facts=facts)


@pytest.mark.parametrize("names", SETS, ids=lambda names: str(len(names)))
@pytest.mark.parametrize("voices", [1, 3])
def test_every_sentence_takes_awkward_names(names: list[tuple[str, str]], voices: int) -> None:
    """No name is set small that is one, none is doubled, no list lacks its joints, no stop stands twice."""
    for seed in range(1):
        text = read_text(" ".join(make_pages(thin(make(names, seed, voices), "private")).values()))
        small = {name[:1].lower() + name[1:] for name, _ in names} - set(LOWERED.values())
        for name in small - {name for name, _ in names}:
            assert not re.search(rf"(?<![\w-]){re.escape(name)}", text), name
        assert "IHelp" not in text
        for fault in (
            r"\b(the the|a the|for for|and and|of of)\b",
            r"\.\.(?!\.)",
            r" ,",
            r"\(\)",
            r"“”",
            r": \.",
            r" ;",
        ):
            assert not re.search(fault, text), re.search(rf".{{60}}{fault}.{{30}}", text)


@pytest.mark.parametrize("count", [1, 2])
def test_sentences_agree_in_number(count: int) -> None:
    """No singular verb stands beside a list of two, and no plural one beside one name."""
    names = AWKWARD[:count]
    text = read_text(" ".join(make_pages(thin(make(names, 1, 3), "private")).values()))
    assert not re.search(r"\b[Dd]oes more (?!of one thing)", text)
    assert not re.search(r"Porticus (are|have)\b", text)
    assert not re.search(r"Porticus and the Young Foundation (is|has|does)\b", text)
