"""Questions about money, with the currency of the engagement they are put in."""

from __future__ import annotations

from workbook.model.questions import GridQuestion, NumberQuestion, Question
from workbook.theme import CURRENCY_SIGNS


def name_currency(question: Question, currency: str | None) -> Question:
    """Return a question in which money has the sign of the engagement's currency as its unit."""
    if isinstance(question, NumberQuestion) and question.kind == "money" and currency and not question.unit:
        return question.model_copy(update={"unit": CURRENCY_SIGNS.get(currency, currency)})
    if isinstance(question, GridQuestion):
        return question.model_copy(update={"cells": tuple(name_currency(one, currency) for one in question.cells)})
    return question
