"""A voice's file with nothing answered yet: every question, what it offers, and an answer to fill in, as comments."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from workbook import storage
from workbook.errors import NotFoundError
from workbook.intake.next_round import name_same_person
from workbook.model.base import SLUG_PATTERN, UNSURE
from workbook.model.chapters import list_chapters, list_questions
from workbook.model.questions import (
    ChoiceQuestion,
    DateQuestion,
    GridQuestion,
    NumberQuestion,
    PointsQuestion,
    Question,
    ScaleQuestion,
)
from workbook.model.wordings import load_wording
from workbook.yaml_writer import write_text

WIDTH = 108


def write_blank_voice(slug: str, name: str) -> Path:
    """Write `voices/NAME.yaml`; raises NotFoundError rather than overwrite, InputError for bad files."""
    folder = storage.find_slug(slug)
    if not re.fullmatch(SLUG_PATTERN, name):
        raise NotFoundError(
            f"{name!r} cannot be a voice's name. Use 1 to 60 small letters, digits and hyphens: grants-manager."
        )
    path = folder / storage.VOICES_FOLDER / f"{name}.yaml"
    if path.exists():
        raise NotFoundError(f"{path} exists already and was not touched. Choose another name, or edit that file.")
    facts = storage.read_engagement(folder).facts
    storage.make_folder(path.parent)
    asked = list_questions(facts)
    lines = [line for chapter in list_chapters() for line in _list_chapter(chapter.title, chapter.id, asked)]
    role = write_text(name.replace("-", " ").capitalize())
    head = load_wording("intake").get_word("voice_head").format(slug=slug, schema=storage.SCHEMA, role=role)
    head += name_same_person(slug, name)
    storage.write_atomically(path, head.rstrip() + "\nanswers:\n" + "\n".join(lines) + "\n")
    return path


def _list_chapter(title: str, chapter: str, asked: Mapping[str, Question]) -> Iterator[str]:
    questions = [one for key, one in asked.items() if key.startswith(f"{chapter}.")]
    if questions:
        yield f"\n  # {title}"
    for question in questions:
        yield ""
        yield from _comment(question.text)
        yield from (line for part in describe_answer(question) for line in _comment(f"  {part}"))
        yield f"  # {write_text(question.id)}: {write_sample(question)}"


def _comment(text: str) -> list[str]:
    indent = "  " if text.startswith("  ") else ""
    return [f"  ## {line}" for line in textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)]


def describe_answer(question: Question) -> Iterator[str]:
    """Yield what may be answered: the steps of a scale, the options of a choice, the rows of a matrix."""
    if isinstance(question, ScaleQuestion):
        yield from (f"{number}: {step}" for number, step in enumerate(question.steps))
    elif isinstance(question, ChoiceQuestion):
        yield "several of these, as a list" if question.kind == "choices" else "one of these"
        yield from (f"{option.id}: {option.label}" for option in question.options)
    elif isinstance(question, PointsQuestion):
        yield "100 points in all, shared out among these"
        yield from (f"{option.id}: {option.label}" for option in question.options)
    elif isinstance(question, GridQuestion):
        yield from _describe_cells(question)
    elif isinstance(question, NumberQuestion):
        yield "a number, digits only"
    else:
        yield "a date as year-month-day" if isinstance(question, DateQuestion) else "in words, in quotation marks"


def _describe_cells(question: GridQuestion) -> Iterator[str]:
    own = question.kind == "table"
    rows = ", ".join(row.id for row in question.rows)
    yield "a list of rows of your own, each with:" if own else f"for each of {rows}:"
    for cell in question.cells:
        yield f"{cell.id}: {cell.text} ({'; '.join(describe_answer(cell))})"


def write_sample(question: Question) -> str:
    """Return how an answer is written on one line, with unsure as what it says; what is not asked is left out."""
    if not isinstance(question, GridQuestion) or question.kind == "table":
        return UNSURE
    whole = {row.id: dict.fromkeys((cell.id for cell in question.cells), UNSURE) for row in question.rows}
    for row, column in question.list_not_asked(whole):
        del whole[row.id][column.id]
    rows = (f"{write_text(row)}: {{{', '.join(f'{c}: {UNSURE}' for c in cells)}}}" for row, cells in whole.items())
    return "{" + ", ".join(rows) + "}"
