"""What is no fault in a file, but is most likely not what somebody meant: said, and left to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbook.errors import Problem
from workbook.model.answers import Consent, Voice
from workbook.model.engagement import Facts
from workbook.model.faults import Located
from workbook.model.marks import Fit, Leftover
from workbook.model.questions import GridQuestion, PointsQuestion, Question
from workbook.model.wordings import load_wording
from workbook.theme import join_words


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


def list_long_lines(document: Located, facts: Facts) -> Iterator[Hint]:
    """Yield the title and the sentence of a commission where the summary's first page has no room for them."""
    words = load_wording("summary")
    long, most, lead = (int(words.get_number(name)) for name in ("long_title", "most_title", "most_lead"))
    for field, text, room in (("title", facts.title, long), ("sentence", facts.sentence or "", lead)):
        if len(text) > room:
            given = {"count": len(text), "long": long, "most": most if field == "title" else lead}
            told = words.get_word(f"long.{field}").format(**given)
            yield Hint(document.name, field, told, document.find_line((field,)))


def list_answer_hints(document: Located, questions: Mapping[str, Question]) -> Iterator[Hint]:
    """Yield what to look at in a voice's file, or in what the group agreed."""
    yield from _list_nameless(document)
    yield from _list_not_asked(document, questions)


def list_left_over(
    files: Iterable[tuple[str, Iterable[Leftover]]], today: Mapping[str, str], *, folder: str
) -> Iterator[Hint]:
    """Yield once for each question what of its answers is kept and not read, in how many files, and what to do.

    `files` are the files' names with what `sort_answers` found left over in each.
    """
    found: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for name, left in files:
        for one in left:
            found.setdefault((one.question, one.fit.state, one.fit.rows), []).append(name)
    for (key, state, rows), names in found.items():
        text = word_left_over(Leftover(key, Fit(state, rows=rows)), today=today)  # type: ignore[arg-type]
        yield Hint(folder, f"answers.{key}", f"{text} ({_count_files(names)})")


def word_left_over(left: Leftover, *, today: Mapping[str, str]) -> str:
    """Say what of an answer is kept and not read, or was given to other words, and how to have it read."""
    same = f'if both mean the same, add "same_as: [its mark under asked]" to {left.question} in content'
    said = {
        "not_asked": "no question of this workbook any more: its answers are kept and read when it is asked again",
        "other_scale": f"answered on another scale than today's: kept, and not read; {same}",
        "does_not_fit": "answered when it asked something else: kept, and not read; ask it again",
        "other_words": f"answered when it was put in other words; it is read (now {today.get(left.question)})",
        "fits": "",
    }[left.fit.state]
    if not left.fit.rows:
        return said
    gone = f"{join_words(left.fit.rows)} is not asked about any more: what was said of it is kept, and read nowhere"
    return f"{said}; {gone}" if said else gone


def list_doubles(doubles: Iterable[tuple[Voice, Voice]], *, folder: str) -> Iterator[Hint]:
    """Yield each voice that is most likely another one's double, and what to do if it is not."""
    for double, counted in doubles:
        text = (
            f"looks like the same person as {counted.id}.yaml, so the two count once, as {counted.id}. "
            "If it is a copy, delete one of them; if it is somebody else, write another_person: true into this file"
        )
        yield Hint(f"{folder}/{double.id}.yaml", "answers", text)


def list_not_given(documents: Iterable[Located], questions: Mapping[str, Question], *, folder: str) -> Iterator[Hint]:
    """Yield for each share of points the rows that voices gave nothing to, not even 0: they are read as not asked."""
    missing: dict[tuple[str, str], list[str]] = {}
    for document in documents:
        answers = document.data.get("answers")
        for key, answer in (answers if isinstance(answers, dict) else {}).items():
            question, value = questions.get(key), answer
            if isinstance(answer, dict) and "value" in answer:
                value = answer["value"]
            if isinstance(question, PointsQuestion) and isinstance(value, dict):
                for option in question.options:
                    if option.id not in value:
                        missing.setdefault((key, option.id), []).append(document.name)
    for (key, row), files in missing.items():
        text = f"no points are written for {row}, which is read as not asked; where none were given, write {row}: 0"
        yield Hint(folder, f"answers.{key}", f"{text} ({_count_files(files)})")


def _count_files(files: list[str]) -> str:
    return files[0] if len(files) == 1 else f"{len(files)} files, the first of them {files[0]}"


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
