"""No page contradicts a table, another page, another edition or the files, in engagements that ship or random ones."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import make_engagement, make_facts, make_voice
from canaries import make_answer
from truth.claims import RULES, Claim, claim_by_answers, collect_claims, find_contradictions
from truth.made_pages import load_fixture, make_pages, thin
from workbook.model.answers import Consent
from workbook.model.base import UNSURE
from workbook.model.chapters import list_questions
from workbook.model.engagement import Engagement
from workbook.model.questions import ChoiceQuestion, GridQuestion, PointsQuestion, Question
from workbook.storage import load_engagement

EDITIONS = ("private", "partners", "public")
MADE_FOR_THIS = (
    "five-at-odds",
    "read-from-outside",
    "two-answers",
    "awkward-names",
    "nothing-agreed",
    "facts-alone",
    "closed-with-answers",
    "council-and-roses",
    "twelve-second-year",
)
SHIPPED = ("example", "example-second-year", "space-to-connect", "transitions", "youth-led-creativity")


def make_all(engagement: Engagement) -> dict[str, dict[str, str]]:
    """Return every page of every edition."""
    return {edition: make_pages(thin(engagement, edition)) for edition in EDITIONS}


@cache
def make_known(name: str) -> tuple[Engagement, dict[str, dict[str, str]]]:
    """Return an engagement by name with its pages; each is made once."""
    whole = load_fixture(name) if name in MADE_FOR_THIS else load_engagement(name)
    return whole, make_all(whole)


def claim_all(engagement: Engagement, pages: dict[str, dict[str, str]]) -> list[Claim]:
    """Return the claims of the files and of every page."""
    told = [claim for edition, made in pages.items() for claim in collect_claims(made, edition)]
    return [*claim_by_answers(engagement), *told]


@cache
def claim_known(name: str) -> list[Claim]:
    """Return the claims of every page of an engagement by name."""
    return [claim for edition, made in make_known(name)[1].items() for claim in collect_claims(made, edition)]


@pytest.mark.parametrize("name", [*MADE_FOR_THIS, *SHIPPED])
def test_no_page_contradicts_another(name: str) -> None:
    """Whatever several places say of one thing is the same."""
    assert find_contradictions([*claim_by_answers(make_known(name)[0]), *claim_known(name)]) == []


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_finds_something_to_compare(rule: str) -> None:
    """A rule that never sees its claim would pass on anything."""
    told = [claim for name in (*MADE_FOR_THIS, *SHIPPED) for claim in claim_known(name)]
    assert any(claim.where.endswith(f", {rule}") for claim in told)


PLANTED = [
    ("budget", "example", r"The budget is £[\d,]+", "The budget is £1"),
    ("budget", "example", r"(?=<p)", "<p>No budget is stated.</p>"),
    ("dates", "example", r"The work runs from \d+", "The work runs from 2"),
    ("dates", "example", r"(?=<p)", "<p>When the work begins and ends is still open.</p>"),
    ("learning questions", "example", r"(?=<p)", "<p>No learning question has been written down yet.</p>"),
    ("framing", "example", r"evaluation soil on 3 of", "evaluation soil on 4 of"),
    ("framing", "example", r"[Oo]n 3 of 10 (facets|points), people", "On 4 of 10 facets, people"),
    ("framing", "five-at-odds", r"far apart on 10 of", "far apart on 9 of"),
    ("verdict", "five-at-odds", r"(?=<p)", "<p>Commission a learning partner.</p>"),
    ("permission", "five-at-odds", r"(?=<p)", "<p>The partner may tell River groups what it sees, one to one.</p>"),
    ("openness", "five-at-odds", r"open in part at most, held down", "open, held down"),
    ("protections", "five-at-odds", r"\(one voice says so\)", "(by the answers; not agreed)"),
    ("weeks", "example", r"\d+ weeks", "77 weeks"),
    ("weeks", "five-at-odds", r"(?=<p)", "<p>Discovery takes 6 to 12 weeks.</p>"),
    ("counts", "example", r"Parts that are ready: \d+", "Parts that are ready: 0"),
    ("points", "five-at-odds", r"together they make 80", "together they make 90"),
    ("answered", "example", r"(?=<p)", "<p>No practice has been rated yet.</p>"),
    ("answered", "five-at-odds", r"(?=<p)", "<p>What being open would cost has not been answered yet.</p>"),
    ("promises", "example-second-year", r"What was promised: \d+", "What was promised: 3"),
    ("voices", "read-from-outside", r"(?=<p)", "<p>Voices differ on this.</p>"),
    ("voices", "example", r"(?=<p)", "<p>Held back in this edition.</p>"),
    ("stage", "twelve-second-year", r"(?=<p)", "<p>Before you ask for bids, say so.</p>"),
    ("stage", "closed-with-answers", r"(?=<p)", "<p>Ask bidders for two sets of skill.</p>"),
    ("stage", "example", r"(?=<p)", "<p>Harbour has commissioned a partner.</p>"),
    ("reading", "closed-with-answers", r"(?=<p)", "<p>Ratings are our reading.</p>"),
    ("reading", "space-to-connect", r"(?=<p)", "<p>A call answered by people concerned.</p>"),
    ("heard", "five-at-odds", r"5 voices: Angler", "4 voices: Angler"),
    ("open points", "example", r"\d+ more points stand", "7 more points stand"),
    ("open points", "five-at-odds", r"of \d+ open points", "of 12 open points"),
    ("disputes", "five-at-odds", r"\d+ more stand in the report", "3 more stand in the report"),
    ("disputes", "example", r"25 strong disagreements", "24 strong disagreements"),
    ("first", "twelve-second-year", r"Wetland teams: first in", "Heron Trust: first in"),
    ("first", "example", r"The agreed order puts young people first", "The agreed order puts youth projects first"),
    ("gaps", "twelve-second-year", r"Six practices fall", "Five practices fall"),
    ("loops", "example", r"Eight loops feed", "Seven loops feed"),
    ("loops", "example", r"Of 23 links", "Of 22 links"),
    ("decisions", "council-and-roses", r"One of two learning questions has", "Two of two learning questions have"),
    ("use share", "example", r"the plan puts 14%", "the plan puts 24%"),
    ("promises", "example-second-year", r"of 16 promises, 9 were kept", "of 16 promises, 8 were kept"),
    ("targets", "example-second-year", r"1 of 3 targets reached", "2 of 3 targets reached"),
    ("one voice", "council-and-roses", r"limits \(one voice says so", "limits (by the answers"),
]


@pytest.mark.parametrize(("rule", "name", "pattern", "other"), PLANTED)
def test_a_planted_contradiction_is_found(rule: str, name: str, pattern: str, other: str) -> None:
    """For each rule, one place of one page changed is enough."""
    engagement, pages = make_known(name)
    places = [page for page, html in pages["private"].items() if re.search(pattern, html)]
    assert places, f"nothing to plant for {rule}"
    told = [*claim_by_answers(engagement), *claim_known(name)]
    found = []
    for page in places:
        others = [claim for claim in told if not claim.where.startswith(f"{page},") or claim.edition != "private"]
        changed = re.sub(pattern, other, pages["private"][page], count=1)
        found += find_contradictions([*others, *collect_claims({page: changed}, "private")])
    assert found


def test_every_rule_has_a_contradiction_planted() -> None:
    """So that none can be added that finds nothing."""
    assert {rule for rule, *_ in PLANTED} == set(RULES)


def test_editions_that_give_different_facts_are_found() -> None:
    """A budget that the public page gives otherwise is a contradiction between editions."""
    engagement, pages = make_known("example")
    other = {page: html.replace("£180,000", "£170,000") for page, html in pages["public"].items()}
    assert any(line.startswith("budget (every edition)") for line in find_contradictions(
        claim_all(engagement, {**pages, "public": other})
    ))  # fmt: skip


def roll_answer(question: Question, dice: random.Random, words: str) -> Any:
    """Return a random valid answer to a question; a matrix may leave cells out."""
    if isinstance(question, ChoiceQuestion) and question.options:
        ids = [option.id for option in question.options]
        return dice.sample(ids, dice.randint(0, len(ids))) if question.kind == "choices" else dice.choice(ids)
    if isinstance(question, PointsQuestion) and question.options:
        cuts = sorted(dice.randint(0, 100) for _ in question.options[1:])
        ends = zip([0, *cuts], [*cuts, 100], strict=True)
        return {option.id: float(b - a) for option, (a, b) in zip(question.options, ends, strict=True)}
    if isinstance(question, GridQuestion) and question.kind == "matrix" and not question.ordered:
        rows = {row.id: {cell.id: roll_answer(cell, dice, words) for cell in question.cells if dice.random() < 0.7}
                for row in question.rows if dice.random() < 0.8}  # fmt: skip
        return {row: cells for row, cells in rows.items() if cells}
    return make_answer(question, words, dice.randint(0, 9))


def make_random(seed: int, voices: int) -> Engagement:
    """Return an engagement of random answers, consents and audiences; the same seed gives the same."""
    dice = random.Random(seed)
    names = ["Porticus", "The trust", "Grantees", "Parents and carers", "iHelp", "People who said no"]
    groups = ["funders", "delivery", "people", "sector", "other"]
    chosen = [{"id": f"a{n}", "name": name, "group": dice.choice(groups)} for n, name in
              enumerate(dice.sample(names, dice.randint(0, 4)))]  # fmt: skip
    facts = make_facts(audiences=chosen, **roll_facts(dice, chosen))
    questions = list_questions(facts)
    share = dice.choice([0.1, 0.5, 0.9])
    given = []
    for number in range(voices):
        answers: dict[str, Any] = {}
        for question in questions.values():
            if dice.random() < share:
                value = roll_answer(question, dice, f"words {number}")
                consent = dice.choice([None, None, *(one.value for one in Consent)])
                answers[question.id] = {"value": UNSURE if dice.random() < 0.1 else value, "consent": consent}
        given.append(make_voice(f"Role {number}", answers, consent=dice.choice(list(Consent)).value))
    made = make_engagement(*given, facts=facts, agreed=roll_agreed(dice, questions.values(), share))
    readers = {voice.id for voice in given if facts.is_call and dice.random() < 0.7}
    voices_ = tuple(one.model_copy(update={"reads_call": one.id in readers}) for one in made.voices)
    return made.model_copy(update={"voices": voices_})


def roll_facts(dice: random.Random, audiences: list[dict[str, str]]) -> dict[str, Any]:
    """Return random facts: what kind it is, how far it has got, its money, its plan and its learning questions."""
    asked = [{"question": f"What {n}?", "decision": dice.choice(["That", "unsure", None]), "decided_by": "The board",
              "by": dice.choice([None, "2027-06-30", "2028-06"])} for n in range(dice.randint(0, 3))]  # fmt: skip
    line = {"quantity": 10, "unit": "days", "unit_cost": 900.0}
    plan = [{"activity": f"Work {n}", "category": dice.choice(["data_collection", "reporting", "facilitation",
             "discovery"]), "audiences": [one["id"] for one in audiences if dice.random() < 0.5], **line}
            for n in range(dice.randint(0, 3))]  # fmt: skip
    return {
        "kind": dice.choice(["own", "own", "invented", "public-call"]),
        "sentence": dice.choice([None, "a partner"]),
        "budget": dice.choice([None, "unsure", 90_000.0, {"low": 20_000.0, "high": 50_000.0}]),
        "start": dice.choice([None, "2027-01-11"]),
        "end": "2028-12-01",
        "deadline": dice.choice([None, "2026-09-01"]),
        "as_of": dice.choice([None, "2026-08-01", "2026-10-01", "2027-09-01"]),
        "learning_questions": asked,
        "plan": plan,
    }


def roll_agreed(dice: random.Random, questions: Iterable[Question], share: float) -> dict[str, Any]:
    """Return what the group agreed on, in one engagement of two: some questions, some of them that it is not known."""
    if dice.random() < 0.5:
        return {}
    chosen = [question for question in questions if dice.random() < share / 3]
    return {one.id: UNSURE if dice.random() < 0.2 else roll_answer(one, dice, "the group") for one in chosen}


@settings(max_examples=int(os.environ.get("TRUTH_EXAMPLES", "12")))
@given(seed=st.integers(0, 10**6), voices=st.integers(0, 7))
def test_no_page_of_a_random_engagement_contradicts_another(seed: int, voices: int) -> None:
    """Whatever people answer, and whatever they consent to; no template is left unfilled either."""
    engagement = make_random(seed, voices)
    pages = make_all(engagement)
    assert find_contradictions(claim_all(engagement, pages)) == []
    text = " ".join(html for made in pages.values() for html in made.values())
    assert not re.search(r"\{[a-z_]+\}|>None<|\bnan\b", re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL))
