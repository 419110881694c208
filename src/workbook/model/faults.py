"""From what a model refuses to problems a person can act on."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from workbook.errors import Problem
from workbook.model.base import UNSURE, is_number, read_iso_date
from workbook.model.loose_days import find_span
from workbook.model.questions import AnswerFaults, Question, ScaleQuestion
from workbook.model.slips.nearest import suggest_value
from workbook.theme import join_words

# Keys that files of an older schema had, and what stands for them now.
RENAMED = {
    "partners": "type commissioned_with: [those you commission it with, yourself left out], "
    "and others_at_work: [those who do the work beside the partner]"
}


class Located(Protocol):
    """Data with the lines its fields stand on."""

    @property
    def name(self) -> str:
        """The file's name."""

    @property
    def data(self) -> dict[str, Any]:
        """The file's content."""

    def find_line(self, field: Sequence[str | int]) -> int | None:
        """Return the line of a field."""


def list_faults(model: type[BaseModel], document: Located) -> list[Problem]:
    """Return every problem `model` finds in a document, and those between its fields."""
    problems = list_between(document)
    try:
        model.model_validate(document.data)
    except ValidationError as error:
        seen: set[tuple[str | int, ...]] = set()
        for fault in error.errors(include_url=False, include_input=False):
            place = _trim_place(fault["loc"], document.data, fault["type"])
            if place not in seen:
                seen.add(place)
                longest = fault.get("ctx", {}).get("max_length") if fault["type"] == "string_too_long" else None
                explain = partial(_explain_long, longest) if longest else partial(_explain, model, fault["type"])
                problems.append(explain(place, document))
    return problems


def check_answers(document: Located, questions: Mapping[str, Question] | None) -> list[Problem]:
    """Return every problem in a voice's or the group's answers. Without questions only their shape is looked at."""
    return read_answers(document, questions)[1]


def read_answers(document: Located, questions: Mapping[str, Question] | None) -> tuple[dict[str, Any], list[Problem]]:
    """Return the values of a voice's or the group's answers as they are kept, by question, and every problem."""
    answers = document.data.get("answers")
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    if answers is None or not isinstance(answers, dict) or questions is None:
        return values, problems
    for key, answer in answers.items():
        question = questions.get(key)
        if question is None:
            line = document.find_line(("answers", key))
            remedy = _suggest(key, list(questions), "look the question up in the chapter's form")
            problems.append(Problem(document.name, f"answers.{key}", "a question of the workbook", remedy, line))
        elif isinstance(answer, dict) and "value" not in answer and _looks_long(answer):
            expected, line = "a value beside the note, evidence or consent", document.find_line(("answers", key))
            problems.append(Problem(document.name, f"answers.{key}", expected, "add a line value: unsure", line))
        else:
            value = answer["value"] if isinstance(answer, dict) and "value" in answer else answer
            try:
                values[key] = question.read_value(value)
            except AnswerFaults as wrong:
                problems += _list_wrong(document, question, value, wrong)
    return values, problems


def check_targets(document: Located, questions: Mapping[str, Question]) -> list[Problem]:
    """Return every target that is for no scale, or for a step that its scale does not have."""
    targets = document.data.get("targets")
    problems: list[Problem] = []
    for key, target in targets.items() if isinstance(targets, dict) else ():
        question, step = questions.get(key), target.get("value") if isinstance(target, dict) else None
        line = document.find_line(("targets", key))
        if not isinstance(question, ScaleQuestion):
            scales = [name for name, one in questions.items() if isinstance(one, ScaleQuestion)]
            remedy = _suggest(str(key), scales, "name a question that is answered on a scale")
            problems.append(Problem(document.name, f"targets.{key}", "a question with a scale", remedy, line))
        elif isinstance(step, int) and step >= len(question.steps):
            last = len(question.steps) - 1
            remedy = f"type a number from 0 to {last} (found: {step})"
            problems.append(
                Problem(document.name, f"targets.{key}.value", f"a step of its scale, 0 to {last}", remedy, line)
            )
    return problems


def _looks_long(answer: dict[str, Any]) -> bool:
    return bool(answer) and set(answer) <= {"note", "evidence", "private", "consent", "edition"}


def _list_wrong(document: Located, question: Question, value: Any, wrong: AnswerFaults) -> list[Problem]:
    field = f"answers.{question.id}"
    line = document.find_line(("answers", question.id))
    return [
        Problem(
            document.name,
            f"{field}.{f.inside}".rstrip("."),
            f.expected,
            f"{f.remedy} (found: {_show(value)})" if not f.inside else f.remedy,
            line,
        )
        for f in wrong.faults
    ]


def list_between(document: Located) -> list[Problem]:
    """Find problems that lie between two fields, each of which may be right by itself."""
    data = document.data
    problems: list[Problem] = []
    start, end = (_read_day(data.get(key)) for key in ("start", "end"))
    if start and end and end[1] < start[0]:
        start, end = data["start"], data["end"]
        remedy = f"swap them, or correct one: start is {start}, end is {end}"
        problems.append(Problem(document.name, "end", "a day after the start", remedy, document.find_line(("end",))))
    problems += _list_sums(document)
    problems += _list_twice(document, "audiences", "audiences_set_aside")
    problems += _list_twice(document, "promises")
    known = [one.get("id") for key in ("audiences", "audiences_set_aside") for one in _list_rows(data.get(key))]
    for place, line in _list_plan_lines(data):
        named = line.get("audiences")
        for index, name in enumerate(named if isinstance(named, list) else []):
            if name not in known:
                field = (*place, "audiences", index)
                names = join_words([str(one) for one in known], "or") or "an audience: this file names none yet"
                remedy = "correct the id, or add the audience under audiences"
                problems.append(Problem(document.name, _write_place(field), names, remedy, document.find_line(field)))
    return problems


def _list_sums(document: Located) -> list[Problem]:
    """Find sums without a currency, since none is assumed, and ranges that end before they begin."""
    data, problems = document.data, []
    sums = {key: data[key] for key in ("budget", "programme_budget") if _is_sum(data.get(key))}
    costed = next((place for place, line in _list_plan_lines(data) if "unit_cost" in line), None)
    if (sums or costed) and not data.get("currency"):
        given = next(iter(sums), _write_place(costed or ()))
        remedy = "add a line currency: GBP, or whichever it is"
        expected = f"three capital letters, because {given} gives a sum and no currency is assumed"
        problems.append(Problem(document.name, "currency", expected, remedy, document.find_line(("title",))))
    for key, value in sums.items():
        ends = value if isinstance(value, dict) else {}
        if all(is_number(ends.get(end)) for end in ("low", "high")) and ends["low"] > ends["high"]:
            low, high = ends["low"], ends["high"]
            remedy = f"swap them: {key}: {{low: {high}, high: {low}}}"
            line = document.find_line((key, "low"))
            problems.append(Problem(document.name, f"{key}.low", "no more than high", remedy, line))
    return problems


def _is_sum(value: Any) -> bool:
    return is_number(value) or (isinstance(value, dict) and any(is_number(one) for one in value.values()))


def _list_twice(document: Located, *keys: str) -> list[Problem]:
    seen: set[Any] = set()
    problems = []
    for key, index, row in ((one, *at) for one in keys for at in enumerate(_list_rows(document.data.get(one)))):
        name = str(row.get("id"))
        if name in seen:
            field = (key, index, "id")
            remedy = f"give one of them another id than {name}"
            problems.append(
                Problem(document.name, _write_place(field), "each id once", remedy, document.find_line(field))
            )
        seen.add(name)
    return problems


def _list_rows(value: Any) -> list[dict[str, Any]]:
    return [row if isinstance(row, dict) else {} for row in value] if isinstance(value, list) else []


def _list_plan_lines(data: dict[str, Any]) -> list[tuple[tuple[str | int, ...], dict[str, Any]]]:
    lines: list[tuple[tuple[str | int, ...], dict[str, Any]]] = []
    lines += [(("plan", index), line) for index, line in enumerate(_list_rows(data.get("plan")))]
    lines += [(("plan_set_aside", index), line) for index, line in enumerate(_list_rows(data.get("plan_set_aside")))]
    for number, plan in enumerate(_list_rows(data.get("other_plans"))):
        lines += [
            (("other_plans", number, "lines", index), line) for index, line in enumerate(_list_rows(plan.get("lines")))
        ]
    return lines


def _read_day(value: Any) -> tuple[date, date] | None:
    """Return the first and the last day that a value may mean, exact or loose."""
    try:
        return find_span(read_iso_date(value))
    except ValueError:
        return find_span(str(value)) if isinstance(value, str | int) else None


def _trim_place(loc: tuple[str | int, ...], data: Any, kind: str) -> tuple[str | int, ...]:
    """Cut pydantic's own additions (which branch of a union it tried) off a field's place."""
    place: list[str | int] = []
    here = data
    for part in loc:
        if isinstance(here, dict) and (part in here or (kind == "missing" and len(place) == len(loc) - 1)):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            break
        place.append(part)
    return tuple(place)


def _explain(model: type[BaseModel], kind: str, place: tuple[str | int, ...], document: Located) -> Problem:
    owner, field = _find_field(model, place)
    shown = _write_place(place)
    line = document.find_line(place)
    name = str(place[-1]) if place else ""
    if kind == "extra_forbidden":
        remedy = RENAMED.get(name) or _suggest(name, list(owner.model_fields), "take the line out")
        return Problem(document.name, shown, "a field of the workbook", remedy, line)
    expected = (field.description if field else None) or "another kind of value"
    example = (field.examples or [None])[0] if field else None
    if kind == "missing":
        return Problem(document.name, shown, expected, f"add a line {name}: {example or '…'}", line)
    value = _dig(document.data, place)
    found = _show(value)
    if nearest := suggest_value(name, field, value):
        return Problem(document.name, shown, expected, f"type {nearest} (found: {found})", line)
    remedy = f"type {example} or the like (found: {found})" if example else f"correct it (found: {found})"
    return Problem(document.name, shown, expected, remedy, line)


def _explain_long(longest: int, place: tuple[str | int, ...], document: Located) -> Problem:
    """Say of a text how much too long it is; the beginning of it would tell nobody."""
    expected, found = f"at most {longest:,} characters", len(_dig(document.data, place))
    line = document.find_line(place)
    return Problem(document.name, _write_place(place), expected, f"shorten it: it has {found:,} characters", line)


def _find_field(model: type[BaseModel], place: tuple[str | int, ...]) -> tuple[type[BaseModel], FieldInfo | None]:
    """Follow a place through nested models to the field's declaration and the model that owns it."""
    owner, field = model, None
    for part in place:
        inner = _find_model(field.annotation) if field else None
        if inner is not None:
            owner, field = (
                (inner, None)
                if not isinstance(part, str) or part not in inner.model_fields
                else (inner, inner.model_fields[part])
            )
        elif isinstance(part, str) and part in owner.model_fields:
            field = owner.model_fields[part]
    return owner, field


def _find_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (found := _find_model(inner)) is not None:
            return found
    return None


def _dig(data: Any, place: tuple[str | int, ...]) -> Any:
    for part in place:
        data = data[part]
    return data


def _write_place(place: Sequence[str | int]) -> str:
    """Write a place as a person would: audiences, item 2, id."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)


def _suggest(name: str, known: list[str], otherwise: str) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}? If not, {otherwise}" if close else otherwise


def _show(value: Any) -> str:
    if value == UNSURE:
        return UNSURE
    text = "nothing" if value is None else str(value) if not isinstance(value, str) else f'"{value}"'
    text = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return text if len(text) <= 60 else f"{text[:57]}…"
