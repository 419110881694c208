"""Answers written into the files that other programs send back, for tests of the ways in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from workbook.forms.ways.addresses import Address, is_several, name_address, name_person
from workbook.forms.ways.facilitator import FIRST_PERSON
from workbook.model.base import UNSURE
from workbook.model.questions import ChoiceQuestion, GridQuestion, PointsQuestion, Question, ScaleQuestion

UNSURE_WORDS = "We do not know yet"
LEVELS = {
    "named": "With my name",
    "role": "With my role",
    "unnamed": "Without saying whose they are",
    "aggregate": "Only counted together with others",
    "none": "Not at all",
}


def flatten(answers: Mapping[str, Mapping[str, Any]], questions: Mapping[str, Question]) -> dict[str, Any]:
    """Return what a person types for some answers, by name: labels chosen, numbers, words."""
    typed: dict[str, Any] = {}
    for key, answer in answers.items():
        question, value = questions[key], answer["value"]
        if isinstance(question, PointsQuestion | GridQuestion) or is_several(question):
            typed |= _flatten_many(question, value)
        else:
            typed[name_address(Address(key))] = _word(question, value)
        for part in ("note", "consent"):
            if part in answer:
                said = LEVELS[answer[part]] if part == "consent" else answer[part]
                typed[name_address(Address(key, part=part))] = said  # type: ignore[arg-type]
    return typed


def _flatten_many(question: Question, value: Any) -> dict[str, Any]:
    key = question.id
    if value == UNSURE:
        return {name_address(Address(key, part="unsure")): "Yes"}
    if isinstance(question, PointsQuestion):
        return {name_address(Address(key, row)): points for row, points in value.items()}
    if isinstance(question, ChoiceQuestion):
        return {name_address(Address(key, option)): "Yes" for option in value}
    cells = {cell.id: cell for cell in question.cells}  # type: ignore[union-attr]
    typed = {}
    for row, inner in value.items():
        asked = [c.id for c in question.columns if c.is_asked(next(r for r in question.rows if r.id == row))]  # type: ignore[union-attr]
        for column in asked if inner == UNSURE else inner:
            said = UNSURE if inner == UNSURE else inner[column]
            typed[name_address(Address(key, row, column))] = _word(cells[column], said)
    return typed


def _word(question: Question, value: Any) -> Any:
    if value == UNSURE:
        return UNSURE_WORDS
    if isinstance(question, ScaleQuestion):
        return question.steps[value]
    if isinstance(question, ChoiceQuestion):
        return next(option.label for option in question.options if option.id == value)
    return value


def fill_workbook(path: Path, people: Sequence[Mapping[str, Any]]) -> Path:
    """Write people into a facilitator's workbook as a spreadsheet program does; return the new file's path."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Answers").to_python(skip_empty_area=False)
    filled = path.with_name("filled.xlsx")
    book = xlsxwriter.Workbook(str(filled), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Answers")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            _put(sheet, number, column, value)
        for place, person in enumerate(people):
            if row[0] in person:
                _put(sheet, number, FIRST_PERSON + place, person[row[0]])
    book.close()
    missing = {name for person in people for name in person} - {row[0] for row in rows}
    assert not missing, missing
    return filled


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)


def name_fields(**fields: Any) -> dict[str, Any]:
    """Return what stands at the top of a person's column."""
    return {name_person(key): LEVELS.get(value, value) if key == "consent" else value for key, value in fields.items()}


def encode(answers: Mapping[str, Mapping[str, Any]], questions: Mapping[str, Question]) -> dict[str, str]:
    """Return what an XLSForm's columns hold for some answers: codes, numbers as text, words."""
    coded: dict[str, str] = {}
    for key, answer in answers.items():
        coded |= _encode_value(questions[key], answer["value"])
        for part in ("note", "consent"):
            if part in answer:
                coded[name_address(Address(key, part=part))] = answer[part]  # type: ignore[arg-type]
    return coded


def _encode_value(question: Question, value: Any) -> dict[str, str]:
    key, name = question.id, name_address(Address(question.id))
    if value == UNSURE and not isinstance(question, ScaleQuestion | ChoiceQuestion):
        return {name_address(Address(key, part="unsure")): "yes"}
    if isinstance(question, PointsQuestion):
        return {name_address(Address(key, row)): f"{points:g}" for row, points in value.items()}
    if not isinstance(question, GridQuestion):
        return {name: " ".join(value) if isinstance(value, list) else _encode(value)}
    coded = {}
    for row, inner in value.items():
        if inner == UNSURE:
            coded[name_address(Address(key, row, part="unsure"))] = "yes"
            continue
        for column, said in inner.items():
            coded[name_address(Address(key, row, column))] = _encode(said)
    return coded


def _encode(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)
