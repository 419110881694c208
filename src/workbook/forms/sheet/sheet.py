"""A chapter's questions for one engagement -> what the renderer in `static/` draws: plain JSON and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from importlib.resources import files
from typing import Any

from workbook.errors import NotFoundError
from workbook.model.chapters import Chapter, collect_lists, list_asked_chapters, load_chapter
from workbook.model.choices import Recipient
from workbook.model.engagement import Facts
from workbook.model.questions import (
    ChoiceQuestion,
    Column,
    GridQuestion,
    NumberQuestion,
    Option,
    PointsQuestion,
    Question,
    ScaleQuestion,
)
from workbook.model.ways import EVERYTHING, Way
from workbook.model.wordings import load_wording
from workbook.theme import CURRENCY_SIGNS, GROUPED_BY_COMMA, join_words

Json = dict[str, Any]
# From the small to the large: each file uses those before it.
_RENDERER = ("values", "elements", "cells", "grids", "controls", "question", "sheet")
_HOST = ("rows", "seat", "people", "outbox", "reading", "beside", "together", "map", "ending", "host")


def describe_sheet(
    facts: Facts,
    chapter: str,
    recipient: Recipient = Recipient.COMMISSIONER,
    *,
    way: Way = EVERYTHING,
    audiences: Collection[str] = (),
) -> Json:
    """Return one chapter's form; holds nothing of the engagement but its currency and the names of its lists.

    For others than the commissioner's own people it leaves out what only those can answer, and words the rest for
    everyone else; the commissioner's name then stands in some of the questions. A way leaves out what it does not ask,
    and where audiences are named, nobody is asked about others'.
    """
    found = load_chapter(chapter)
    for_others = recipient is Recipient.OTHERS
    groups = {f"{found.id}.{facet.id}": facet.title for facet in found.facets}
    questions = list_sheet_questions(facts, chapter, recipient, way=way, audiences=audiences)
    asked = [(groups.get(question.id.rpartition(".")[0], ""), question) for question in questions]
    # The facets come first: what is asked after them looks back on them.
    in_order = sorted(asked, key=lambda pair: pair[0] == "")
    return {
        "id": found.id,
        "title": found.title,
        "why": (for_others and found.why_for_others) or found.why,
        "two_ways": {"evaluation": found.two_ways.evaluation, "learning": found.two_ways.learning},
        "words": read_sheet_words(),
        "questions": [describe_question(one, group, facts) for group, one in _say_once(in_order)],
    }


def _say_once(asked: Iterable[tuple[str, Question]]) -> Iterator[tuple[str, Question]]:
    """Yield the questions, those whose help need not be said again without it after the first of its like."""
    said: set[tuple[str, str]] = set()
    for group, question in asked:
        like = (question.help, question.example)
        again = question.said_once and like in said
        said.add(like)
        yield group, question.model_copy(update={"help": "", "example": ""}) if again else question


def list_sheet_questions(
    facts: Facts,
    chapter: str,
    recipient: Recipient = Recipient.COMMISSIONER,
    *,
    way: Way = EVERYTHING,
    audiences: Collection[str] = (),
) -> list[Question]:
    """Return the questions that a chapter's form asks its recipient, with their lists filled in."""
    found, lists = load_chapter(chapter), collect_lists(facts)
    if not found.is_asked(facts):
        return []
    for_others = recipient is Recipient.OTHERS
    asked = (one.put_to_others(facts.commissioner) for one in list_for_others(found)) if for_others else found.questions
    return [ask_of(one.fill_lists(lists), audiences) for one in asked if way.asks_question(one.id)]


def ask_of(question: Question, audiences: Collection[str]) -> Question:
    """Return a question without the rows of audiences that are not named; all of it where none is.

    Where audiences are set against each other, none is left out.
    """
    if not audiences or not isinstance(question, GridQuestion):
        return question
    if question.rows_from != "audiences" or question.compares:
        return question
    return question.model_copy(update={"rows": tuple(row for row in question.rows if row.id in audiences)})


def choose_audiences(facts: Facts, wanted: Iterable[str]) -> frozenset[str]:
    """Return the audiences somebody is asked about; raises NotFoundError that says which there are."""
    chosen, known = frozenset(wanted), [one.id for one in facts.audiences]
    if strange := sorted(chosen - set(known)):
        raise NotFoundError(f"There is no audience called {join_words(strange)}. Type one of: {', '.join(known)}.")
    return chosen


def list_for_others(chapter: Chapter) -> tuple[Question, ...]:
    """Return the questions of a chapter that people who are not the commissioner's own can answer."""
    return tuple(question for question in chapter.questions if not question.commissioner_only)


def list_forms(facts: Facts) -> tuple[Chapter, ...]:
    """Return the chapters that ask this commission something, in the workbook's order."""
    return list_asked_chapters(facts)


def read_sheet_words() -> Json:
    """Return the words of the form itself, from `content/forms.yaml`."""
    words: Json = load_wording("forms").words["sheet"]
    return words


def read_sheet_script() -> str:
    """Return the renderer, an ES module."""
    return read_scripts(*_RENDERER)


def read_host_script() -> str:
    """Return the form in a notebook, an ES module: the renderer and its host."""
    return read_scripts(*_RENDERER, *_HOST)


def read_scripts(*names: str) -> str:
    """Return files of `static/` as one text, in which each may use what stands in those before it."""
    static = files("workbook").joinpath("forms", "sheet", "static")
    return "\n".join(static.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in names)


def describe_question(question: Question, group: str, facts: Facts) -> Json:
    """Return one question as the renderer takes it, under the heading of its group."""
    described: Json = {"id": question.id, "kind": question.kind, "text": question.text, "group": group}
    described |= {"help": question.help, "example": question.example}
    described |= {"optional": True} if question.optional else {}
    if isinstance(question, ScaleQuestion):
        described["steps"] = list(question.steps)
    elif isinstance(question, ChoiceQuestion | PointsQuestion):
        described["options"] = _describe_options(question.options)
    elif isinstance(question, NumberQuestion):
        described |= _describe_number(question, facts)
    elif isinstance(question, GridQuestion):
        described |= {"rows": _describe_options(question.rows), "ordered": question.ordered}
        described["columns"] = [
            _describe_column(column, cell, question, facts)
            for column, cell in zip(question.columns, question.cells, strict=True)
        ]
    return described


def _describe_column(column: Column, cell: Question, grid: GridQuestion, facts: Facts) -> Json:
    """Describe a column; `not_asked` names the rows in which it is not asked, where there are any."""
    described = {**describe_question(cell, "", facts), "label": column.label, "required": column.required}
    not_asked = [row.id for row in grid.rows if not column.is_asked(row)]
    return {**described, "not_asked": not_asked} if not_asked else described


def _describe_number(question: NumberQuestion, facts: Facts) -> Json:
    sign = CURRENCY_SIGNS.get(facts.currency, facts.currency) if question.kind == "money" else ""
    limits: Json = {"minimum": question.minimum, "maximum": question.maximum, "whole": question.whole}
    money = {"code": facts.currency} if question.kind == "money" else {}
    return {**limits, **money, "unit": question.unit or sign, "groups": name_grouping(facts.currency)}


def name_grouping(currency: str) -> str:
    """Return the sign that groups thousands where a currency is used, nothing where a comma may be the decimal sign."""
    return "," if currency in GROUPED_BY_COMMA else ""


def _describe_options(options: Iterable[Option]) -> list[Json]:
    return [{"id": option.id, "label": option.label, "help": option.help} for option in options]
