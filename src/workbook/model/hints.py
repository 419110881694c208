"""What is no fault in a file, but is most likely not what somebody meant: said, and left to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbook.errors import Problem
from workbook.model.answers import Consent
from workbook.model.engagement import Facts
from workbook.model.faults import Located
from workbook.model.questions import GridQuestion, Question


@dataclass(frozen=True)
class Hint:
    """One thing to look at: the file, the field, and what happens if it stays."""

    file: str
    field: str
    text: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.text}"

    def as_problem(self, expected: str) -> Problem:
        """Return it as a fault, for where it may not stay."""
        return Problem(self.file, self.field, expected, self.text, self.line)


def list_template_lines(document: Located, template: Mapping[str, Any]) -> tuple[Hint, ...]:
    """Return the fields of an engagement's file that still say what the template for new ones says."""
    return tuple(
        Hint(
            document.name,
            field,
            f"these are still the template's words; type your own ({Facts.model_fields[field].description})",
            document.find_line((field,)),
        )
        for field, words in template.items()
        if document.data.get(field) == words
    )


def list_answer_hints(document: Located, questions: Mapping[str, Question]) -> Iterator[Hint]:
    """Yield what to look at in a voice's file, or in what the group agreed."""
    yield from _list_nameless(document)
    yield from _list_not_asked(document, questions)


def _list_nameless(document: Located) -> Iterator[Hint]:
    data = document.data
    answers = data.get("answers")
    if "role" not in data or data.get("name") or not isinstance(answers, dict):
        return
    text = "consent is named but no name is given: it will be shown as role"
    if data.get("consent") == Consent.NAMED:
        yield Hint(document.name, "consent", text, document.find_line(("consent",)))
        return
    for key, answer in answers.items():
        if isinstance(answer, dict) and "value" in answer and answer.get("consent") == Consent.NAMED:
            place = ("answers", key, "consent")
            yield Hint(document.name, ".".join(place), text, document.find_line(place))


def _list_not_asked(document: Located, questions: Mapping[str, Question]) -> Iterator[Hint]:
    answers = document.data.get("answers")
    for key, answer in (answers if isinstance(answers, dict) else {}).items():
        question = questions.get(key)
        value = answer["value"] if isinstance(answer, dict) and "value" in answer else answer
        for row, column in question.list_not_asked(value) if isinstance(question, GridQuestion) else ():
            text = f"this is not asked of {row.label}, so it is kept in the file and read nowhere"
            inside = ("value",) if value is not answer else ()
            line = document.find_line(("answers", key, *inside, row.id, column.id))
            yield Hint(document.name, f"answers.{key}.{row.id}.{column.id}", text, line)
