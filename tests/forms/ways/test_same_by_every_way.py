"""Whatever is answered: written by each way and read back, it is the same."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flat_support import encode, fill_workbook, flatten, name_fields
from workbook import storage
from workbook.forms.questionnaire.sent_file import Sent
from workbook.forms.ways.addresses import list_names
from workbook.forms.ways.facilitator import name_file_of, write_facilitator_workbook
from workbook.forms.ways.files import read_file
from workbook.model.chapters import list_questions
from workbook.model.questions import (
    ChoiceQuestion,
    DateQuestion,
    GridQuestion,
    NumberQuestion,
    PointsQuestion,
    Question,
    ScaleQuestion,
)

WORDS = st.one_of(
    st.sampled_from(
        [
            "=1+1",
            "“curly” ’quotes’",
            "a\tb",
            "one\ntwo\n\nthree",
            "שלום \u202bעולם",
            "x" * 20_000,
            "a, b; c|d",
            "@x",
            "+1",
            "007",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=60),
).filter(
    lambda text: bool(text.strip()) and any(sign.isprintable() and sign != " " for sign in text) and not _is_word(text)
)


def _is_word(text: str) -> bool:
    return text.strip().casefold().rstrip(".") in ("unsure", "we do not know yet", "we know none of this yet")


def _make(question: Question) -> st.SearchStrategy[Any]:
    if isinstance(question, ScaleQuestion):
        return st.integers(0, len(question.steps) - 1)
    if isinstance(question, ChoiceQuestion):
        ids = [option.id for option in question.options]
        several = st.lists(st.sampled_from(ids), unique=True, min_size=1).map(lambda some: sorted(some, key=ids.index))
        return several if question.kind == "choices" else st.sampled_from(ids)
    if isinstance(question, NumberQuestion):
        high = int(min(question.maximum, 10**9))
        whole = st.integers(max(1, int(question.minimum)), high)
        return whole if question.whole else st.one_of(whole, whole.map(lambda number: min(number, high - 1) + 0.25))
    if isinstance(question, DateQuestion):
        return st.dates().map(lambda day: day.isoformat())
    if isinstance(question, PointsQuestion):
        ids = [option.id for option in question.options]
        return st.integers(0, 100).map(lambda first: {ids[0]: first, ids[1]: 100 - first} | dict.fromkeys(ids[2:], 0))
    if isinstance(question, GridQuestion):
        return _make_matrix(question)
    return WORDS


def _make_matrix(question: GridQuestion) -> st.SearchStrategy[Any]:
    if question.ordered:
        return st.integers(1, 1000).map(lambda low: {question.rows[0].id: {"low": low, "high": low + 1}})
    rows = {}
    for row in question.rows:
        cells = {c.id: _make(cell) for c, cell in zip(question.columns, question.cells, strict=True) if c.is_asked(row)}
        some = st.fixed_dictionaries({}, optional=cells).filter(bool)
        rows[row.id] = st.one_of(some, st.just("unsure"))
    return st.fixed_dictionaries({}, optional=rows).filter(bool)


def _make_answer(question: Question) -> st.SearchStrategy[dict[str, Any]]:
    value = st.one_of(_make(question), st.just("unsure"))
    beside = {"note": WORDS, "consent": st.sampled_from(["named", "role", "unnamed", "aggregate", "none"])}
    return st.tuples(value, st.fixed_dictionaries({}, optional=beside)).map(lambda pair: {"value": pair[0], **pair[1]})


@pytest.fixture
def questions(every_kind: Path) -> dict[str, Question]:
    """Return the questions that every way can ask, one of each kind."""
    found = list_questions(storage.load_engagement("commission").facts)
    return {key: one for key, one in found.items() if getattr(one, "kind", "") != "table"}


def _read(path: Path, questions: dict[str, Question]) -> dict[str, Any]:
    (sent,) = read_file(path, slug="commission", questions=questions)
    assert isinstance(sent, Sent), sent
    return sent.answers


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_random_answers_come_back_by_every_way(questions: dict[str, Question], data: Any) -> None:
    """The questionnaire's file, a facilitator's workbook and an export give back each value, note and consent."""
    keys = data.draw(st.lists(st.sampled_from(sorted(questions)), unique=True, min_size=1, max_size=6))
    answers = {key: data.draw(_make_answer(questions[key])) for key in keys}
    with tempfile.TemporaryDirectory() as held:
        form = write_facilitator_workbook("commission", output=Path(held) / "form.xlsx")
        sheet = fill_workbook(form, [flatten(answers, questions) | name_fields(role="Lead")])
        assert _read(sheet, questions) == answers
        export = Path(held) / "export.csv"
        export.write_bytes(_write_export(answers, questions))
        assert _read(export, questions) == answers
        saved = Path(held) / "answers.json"
        head = {"schema": 1, "kind": "soil-and-seeds-answers", "engagement": "commission", "role": "Lead"}
        head |= {"consent": "none", "date": "2026-03-31"}
        saved.write_text(json.dumps({**head, "answers": answers}), encoding="utf-8")
        assert _read(saved, questions) == answers


def _write_export(answers: dict[str, Any], questions: dict[str, Question]) -> bytes:
    cells = {"ss_form": name_file_of("commission"), "ss_role": "Lead", **encode(answers, questions)}
    assert set(cells) <= {"ss_form", "ss_role", *list_names(questions.values())}
    stream = io.StringIO(newline="")
    out = csv.writer(stream)
    out.writerows([[f"group/{name}" for name in cells], cells.values()])
    return stream.getvalue().encode("utf-8-sig")
