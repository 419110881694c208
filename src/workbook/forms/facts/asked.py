"""What the form of facts asks: `content/facts.yaml`, each question by the key it has in engagement.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from workbook.content import name_content
from workbook.forms.sheet.sheet import Json, describe_question, read_sheet_words
from workbook.model.base import Frozen, Text
from workbook.model.chapters import collect_lists
from workbook.model.engagement import Facts
from workbook.model.questions import AnyQuestion, Option, Question
from workbook.model.ways import EVERYTHING, Way
from workbook.model.wordings import Wording, load_wording

FACTS_SHEET = "facts"
# Lists whose rows may stand in another order, and be set aside without being lost.
MOVABLE = frozenset({"audiences", "plan", "learning_questions", "timetable", "other_plans", "promises"})
# What may be said not to be known yet.
OPEN = frozenset({"budget", "programme_budget", "start", "end", "deadline", "partners_sought"})

# What only a round that follows another is asked.
OF_A_ROUND = frozenset({"promises", "spent"})


class Part(Frozen):
    """Questions under one heading."""

    title: Text
    questions: tuple[AnyQuestion, ...]


class FactsSheet(Frozen):
    """The questions of the form, and the lists that some of them take."""

    parts: tuple[Part, ...]
    lists: dict[str, tuple[Option, ...]]


def load_facts_words() -> Wording:
    """Return the form's own words."""
    return load_wording(FACTS_SHEET)


@cache
def _load(_content: str) -> FactsSheet:
    words = load_facts_words().words
    return FactsSheet.model_validate({name: words[name] for name in FactsSheet.model_fields})


def list_fact_questions(facts: Facts) -> Mapping[str, Question]:
    """Return every question by its key, with the lists that some of them take filled in."""
    sheet = _load(name_content())
    lists = {**collect_lists(facts), **sheet.lists}
    # A plan line may go on naming an audience that is set aside.
    lists["audiences"] = (*lists["audiences"], *lists["audiences_set_aside"])
    return {one.id: one.fill_lists(lists) for part in sheet.parts for one in part.questions}


def describe_facts(facts: Facts, way: Way = EVERYTHING) -> Json:
    """Return the form as its renderer takes it, without what a way does not ask."""
    sheet, words = _load(name_content()), load_facts_words()
    questions = list_fact_questions(facts)
    groups = {one.id: part.title for part in sheet.parts for one in part.questions}
    return {
        "id": FACTS_SHEET,
        "title": words.get_word("title"),
        "why": words.get_word("why"),
        "two_ways": None,
        "words": read_sheet_words(),
        "questions": [
            _describe(one, groups[one.id], facts)
            for one in questions.values()
            if way.asks_fact(one.id) and (facts.follows or facts.promises or one.id not in OF_A_ROUND)
        ],
    }


def _describe(question: Question, group: str, facts: Facts) -> Json:
    described = describe_question(question, group, facts) | {"movable": question.id in MOVABLE}
    described["sure"] = question.id not in OPEN
    columns: list[dict[str, Any]] = described.get("columns", [])
    return described | ({"columns": [{**one, "sure": True} for one in columns]} if columns else {})
