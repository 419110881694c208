"""What a group settles: every voice's answer beside each question, those far apart first, and what all said alike.

The group sits before one screen, so it sees what a page for partners may show, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from workbook.analysis.voices.apart import find_shared, measure_apart
from workbook.errors import WorkbookError
from workbook.forms.sheet.describe import describe_answer
from workbook.model.answers import Response
from workbook.model.engagement import Engagement
from workbook.model.questions import GridQuestion, PointsQuestion, Question
from workbook.model.wordings import load_wording
from workbook.theme import join_words

Told = dict[str, Any]
MOST_NAMED = 6
"""How many voices that say the same are named; the rest is counted."""


def put_far_first(sheet: Told, shown: Engagement, questions: dict[str, Question]) -> Told:
    """Return a chapter's form with what voices see otherwise before the rest, under a heading of its own."""
    words = load_wording("together")
    apart = {one["id"]: _measure(shown, questions[one["id"]]) for one in sheet["questions"]}
    far = [one for one in sheet["questions"] if apart[one["id"]] >= words.get_number("far_apart")]
    far.sort(key=lambda one: -apart[one["id"]])
    rest = [one for one in sheet["questions"] if one not in far]
    heading = words.get_word("far")
    own = {**sheet["words"], "note": words.get_word("note")}
    return {**sheet, "words": own, "questions": [*({**one, "group": heading} for one in far), *rest]}


def tell_together(shown: Engagement, questions: dict[str, Question]) -> Told:
    """Return what each voice said to each question in words, with the value that agreeing on it would file."""
    told = {key: _tell_one(shown, question) for key, question in questions.items()}
    same = {key: find_shared(shown.list_responses(key)) for key in questions}
    words = {name: text for name, text in load_wording("together").words.items() if isinstance(text, str)}
    return {
        "words": words,
        "said": told,
        "same": {key: value for key, value in same.items() if value is not None},
    }


def tell_unreadable(error: WorkbookError) -> Told:
    """Say why nothing can be shown: a page for partners cannot be made of these files."""
    why = " ".join(one.sentence for one in getattr(error, "problems", ())) or str(error)
    words = {name: text for name, text in load_wording("together").words.items() if isinstance(text, str)}
    return {"words": words, "said": {}, "same": {}, "why": words["unreadable"].format(why=why)}


def _measure(shown: Engagement, question: Question) -> float:
    return measure_apart(question, shown.list_responses(question.id))


def _tell_one(shown: Engagement, question: Question) -> list[Told]:
    """Return the different answers to one question in words, each with who gave it; who has no name is counted."""
    words = load_wording("together")
    given = shown.list_responses(question.id)
    if isinstance(question, GridQuestion | PointsQuestion):
        # The rows of one unnamed person's table or points, shown together, would draw a portrait of that person.
        given = tuple(one for one in given if one.voice)
    by_answer: dict[str, list[Response]] = {}
    for one in _sort(given):
        by_answer.setdefault(describe_answer(question, {"value": one.value}), []).append(one)
    lines: list[Told] = [
        {"text": words.get_word("line").format(answer=answer, who=_name(ones)), "value": ones[0].value}
        for answer, ones in by_answer.items()
    ]
    return lines + ([{"text": words.get_word("hidden")}] if question.id in shown.withheld else [])


def _sort(given: Iterable[Response]) -> list[Response]:
    """Return answers from small to large where they are numbers, with those who do not know yet last."""
    return sorted(given, key=lambda one: (one.is_unsure, one.value if isinstance(one.value, int | float) else 0))


def _name(ones: Sequence[Response]) -> str:
    words = load_wording("together")
    unnamed = sum(not one.voice for one in ones)
    names = [one.voice for one in ones if one.voice]
    if len(names) > MOST_NAMED + 1:
        more = load_wording("page").get_word("more").format(count=len(names) - MOST_NAMED)
        names = [*names[:MOST_NAMED], more]
    counted = [words.get_word("one_unnamed" if unnamed == 1 else "unnamed").format(count=unnamed)] if unnamed else []
    return join_words([*names, *counted])
