"""Marks: which question an answer answered, and what of it fits the question of today."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from builders import SMALLEST, write_engagement
from workbook import storage
from workbook.content import find_content_folder
from workbook.errors import InputError
from workbook.model.chapters import list_marks
from workbook.model.marks import fit_answer, mark_question
from workbook.model.questions import AnyQuestion, Option, Question

SCALE = {"id": "x.y", "kind": "scale", "text": "How far?", "steps": ["Not", "Some", "All"]}
OPTIONS = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]


def _ask(**fields: Any) -> Question:
    given = {key: value for key, value in {**SCALE, **fields}.items() if value is not None}
    question: Question = TypeAdapter(AnyQuestion).validate_python(given)
    return question


AS_BEFORE = [
    ("turned round", {"steps": ["All", "Some", "Not"]}, "other_scale"),
    ("reworded steps", {"steps": ["Not", "Half", "All"]}, "other_scale"),
    ("longer", {"steps": ["Not", "Some", "More", "All"]}, "other_scale"),
    ("other words", {"text": "How far, today?"}, "other_words"),
    ("other words for others", {"for_others": {"text": "And you?"}}, "other_words"),
    ("other help", {"help": "Any of them."}, "fits"),
    ("other kind", {"kind": "number", "steps": None}, "other_scale"),
]


@pytest.mark.parametrize(("change", "state"), [case[1:] for case in AS_BEFORE], ids=[case[0] for case in AS_BEFORE])
def test_what_a_step_means_is_never_changed_silently(change: dict[str, Any], state: str) -> None:
    """A number on another scale is not read, one to other words is read and said, and help changes nothing."""
    today = _ask(**change)
    fit = fit_answer(today, 2, mark=mark_question(_ask()), today=mark_question(today))
    assert fit.state == state
    assert (fit.value is None) == (state == "other_scale")


def test_somebody_may_say_that_two_scales_mean_the_same() -> None:
    """A mark under `same_as` is read as if it were today's; "we do not know yet" needs no scale."""
    today = _ask(steps=["None", "Some", "All"], same_as=[mark_question(_ask())])
    assert fit_answer(today, 2, mark=mark_question(_ask()), today=mark_question(today)).state == "fits"
    assert fit_answer(_ask(steps=["A", "B"]), "unsure", mark=mark_question(_ask()), today="x").value == "unsure"


def test_no_mark_is_taken_for_today_s() -> None:
    """An answer that says nothing of its question is handed on as it is, right or wrong."""
    assert fit_answer(_ask(), 9, mark=None, today="x").value == 9
    assert fit_answer(None, 9, mark=None, today=None).state == "not_asked"


LISTED = [
    ({"kind": "points", "options_from": "audiences"}, {"a": 60, "gone": 40}, {"a": 60.0}),
    ({"kind": "points", "options_from": "audiences"}, {"a": 60, "b": 40}, {"a": 60.0, "b": 40.0}),
    (
        {"kind": "matrix", "rows_from": "audiences", "columns": [{"id": "c", "label": "C", "kind": "text"}]},
        {"a": {"c": "said"}, "gone": {"c": "said"}},
        {"a": {"c": "said"}},
    ),
    (
        {
            "kind": "matrix",
            "rows_from": "audiences",
            "columns": [{"id": "rank", "label": "Place", "kind": "number", "minimum": 1, "maximum_from": "audiences"}],
        },
        {"a": {"rank": 3}, "b": {"rank": 1}, "gone": {"rank": 2}},
        {"a": {"rank": 3.0}, "b": {"rank": 1.0}},
    ),
]


@pytest.mark.parametrize(("fields", "given", "kept"), LISTED)
def test_an_audience_taken_out_spoils_no_answer(fields: dict[str, Any], given: Any, kept: Any) -> None:
    """What was said of one that is not asked about any more is left out; the rest, places too, is read as given."""
    whole = {key: value for key, value in {**SCALE, **fields}.items() if key != "steps"}
    question = TypeAdapter(AnyQuestion).validate_python(whole)
    filled = question.fill_lists({"audiences": tuple(Option.model_validate(one) for one in OPTIONS)})
    assert filled.read_value(given) == kept


def test_marks_are_the_same_in_every_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A translated form marks its answers as the English one does."""
    english = dict(list_marks())
    content = tmp_path / "content"
    content.mkdir()
    for path in find_content_folder().glob("*.yaml"):
        (content / path.name).write_bytes(path.read_bytes())
    (content / "cy").mkdir()
    (content / "cy" / "framing.yaml").write_text("questions:\n  - {id: framing.switching, text: Cymraeg}\n", "utf-8")
    monkeypatch.setenv("WORKBOOK_CONTENT", str(content))
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "cy")
    assert dict(list_marks()) == english


def _write(folder: Path, voice: str) -> Path:
    return write_engagement(folder / "towns", {"engagement.yaml": SMALLEST, "voices/lead.yaml": voice})


def test_answers_set_aside_stay_in_their_file_and_come_back(tmp_path: Path) -> None:
    """An answer on another scale is not read, is told once, and is read again when the scale is what it was."""
    today = list_marks()["framing.purpose.seed"]
    text = "schema: 1\nrole: Lead\nanswers: {framing.purpose.seed: 3}\nasked: {framing.purpose.seed: %s}\n"
    folder = _write(tmp_path, text % f"{today[:6]}-000000")
    assert not storage.load_engagement(folder).voices[0].answers
    (hint,) = storage.list_hints(folder)
    assert "another scale than today's: kept, and not read" in hint.text
    folder = _write(tmp_path, text % today)
    assert storage.load_engagement(folder).voices[0].answers["framing.purpose.seed"].value == 3
    assert not storage.list_hints(folder)


def test_a_question_nobody_asks_any_more_is_no_problem_where_a_form_asked_it(tmp_path: Path) -> None:
    """An answer to it is kept where the file says that it was asked, and is a fault where nothing says so."""
    text = "schema: 1\nrole: Lead\nanswers: {framing.before: 3}\n"
    assert not storage.load_engagement(_write(tmp_path, text + "asked: {framing.before: earlier}\n")).voices[0].answers
    with pytest.raises(InputError, match=r"framing\.before"):
        storage.load_engagement(_write(tmp_path, text))


def test_a_slip_in_an_audience_s_name_is_still_a_fault(tmp_path: Path) -> None:
    """A name that is nearly one of those that are missing is asked about, not passed over."""
    facts = SMALLEST + "audiences: [{id: grantees, name: A, group: delivery}, {id: us, name: Us, group: funders}]\n"
    voice = "schema: 1\nrole: Lead\nanswers: {audiences.points: {grantes: 60, us: 40}}\n"
    folder = write_engagement(tmp_path / "towns", {"engagement.yaml": facts, "voices/lead.yaml": voice})
    with pytest.raises(InputError, match="grantes"):
        storage.load_engagement(folder)
