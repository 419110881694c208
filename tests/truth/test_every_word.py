"""Every word somebody wrote can be found on a page: all of them in the private edition, elsewhere those that may be."""

from __future__ import annotations

import html
import os
import random
import re
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from canaries import make_answer
from truth.made_pages import load_fixture, make_pages, read_text, thin
from truth.test_contradictions import roll_answer
from workbook.analysis.remarks import read_remarks
from workbook.model.chapters import list_questions
from workbook.model.engagement import Engagement


def make_map(role: str) -> tuple[dict[str, Any], list[str]]:
    """Return two factors and a link between them, as somebody would answer, and the words of it."""
    words = [f"{role}{part}" for part in ("first", "second", "mind")]
    factors = [{"id": word, "label": f"{word} in words", "kind": "lived"} for word in words[:2]]
    link = {"from": words[0], "to": words[1], "sign": "more", "strength": 1, "certainty": "guessed"}
    return {
        "system_map.factors": {"value": factors},
        "system_map.links": {"value": [{**link, "change_mind": words[2]}]},
    }, [f"{word} in words" for word in words[:2]] + words[2:]


def make_wordy() -> tuple[Engagement, list[str]]:
    """Return an engagement in which two people answer every question in words otherwise, and what they wrote."""
    facts, voices, written = make_facts(budget=None), [], []
    for role in ("Director", "Worker"):
        answers, written_map = make_map(role.lower())
        written += written_map
        for question in list_questions(facts).values():
            if question.is_words and question.id not in answers:
                word = f"{role.lower()}{question.id.replace('.', '').replace('_', '')}"
                answers[question.id] = {"value": make_answer(question, word)}
                written.append(word)
        voices.append(make_voice(role, answers))
    return make_engagement(*voices, facts=facts), written


@pytest.mark.parametrize("edition", ["private", "partners", "public"])
def test_no_word_that_may_be_shown_is_lost(edition: str) -> None:
    """Two people answer every question in words otherwise; with consent by role each word stands on some page."""
    engagement, written = make_wordy()
    pages = make_pages(thin(engagement, edition))
    text = html.unescape(" ".join(pages.values()))
    assert len(written) > 80
    assert [word for word in written if word not in text] == []


def test_a_changed_word_changes_the_page() -> None:
    """What was found above is the answer, and not a word of the page's own."""
    engagement = load_fixture("five-at-odds")
    text = read_text(" ".join(make_pages(thin(engagement, "private")).values()))
    assert "Send one figure a quarter" in text
    assert "The learning partner itself" in text
    assert "An outside firm" in text
    assert "answers run from 6% to 83%" in text


def test_our_own_paraphrase_of_a_public_text_is_not_quoted() -> None:
    """What the desk reading writes stands without the marks of somebody's own words."""
    call = make_pages(thin(load_fixture("read-from-outside"), "private"))
    own = make_pages(thin(load_fixture("five-at-odds"), "private"))
    assert "<q>" not in " ".join(call.values())
    assert "<q>" in " ".join(own.values())
    assert read_remarks(load_fixture("read-from-outside")).count > 0


QUESTIONS = sorted(set(list_questions(make_facts(budget=None))) - {"framing.purpose.seed"})
EVERY = 1 if int(os.environ.get("TRUTH_EXAMPLES", "0")) > 500 else 20


def show_alone(answers: dict[str, Any]) -> str:
    """Return every page of an engagement in which one person gave one rating and these answers, but for its mark."""
    voice = make_voice("Director", {"framing.purpose.seed": 3, **answers})
    pages = make_pages(thin(make_engagement(voice, facts=make_facts(budget=None)), "private"))
    return re.sub(r"Input \w+", "", " ".join(pages.values()))


@pytest.mark.parametrize("question", QUESTIONS[::EVERY])
def test_every_answer_changes_a_page(question: str) -> None:
    """Beside one rating, each question's answer alone is enough to change a page; `make truth` tries them all."""
    asked = list_questions(make_facts(budget=None))[question]
    value = roll_answer(asked, random.Random(2), "words")
    assert value in ({}, []) or show_alone({question: {"value": value}}) != show_alone({})
