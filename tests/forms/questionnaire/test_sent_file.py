"""What is said of a file that came back and cannot be taken: plain words, and lines only to who writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builders import make_facts
from workbook.errors import InputError, Problem
from workbook.forms.questionnaire.sent_file import read_answers
from workbook.model.chapters import list_questions

HEAD = {"schema": 1, "kind": "soil-and-seeds-answers", "engagement": "commission", "role": "Grantee", "consent": "role"}


def _refuse(path: Path, content: Any) -> tuple[Problem, ...]:
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as refused:
        read_answers(path, slug="commission", questions=list_questions(make_facts()))
    return refused.value.problems


def _answer(**answers: Any) -> dict[str, Any]:
    return {**HEAD, "answers": {f"framing.{name}": value for name, value in answers.items()}}


WHOLE = json.dumps(_answer(count=9), indent=1)


@pytest.mark.parametrize(
    "content",
    [
        *(WHOLE[:end] for end in (1, 30, 75, len(WHOLE) - 2)),
        b"\0" * 300,
        WHOLE.encode()[:60] + b"\0" * 40,
        b"%PDF-1.7 \xe2\xe3",
        "[1, 2]",
        "12",
        "Dear all, here are my answers",
        "role: Grantee",
        "{}",
    ],
)
def test_what_no_form_saved_is_one_plain_problem(every_kind: Path, content: str | bytes) -> None:
    """A file cut off, damaged or of another kind is told once, without a line, a field, YAML or JSON."""
    (problem,) = _refuse(every_kind / "answers.json", content)
    assert (problem.field, problem.line) == ("", None)
    assert problem.expected == "a file that the form saved; this is another file, or it was damaged on its way"
    assert problem.remedy == 'ask the person to press "Save my answers" again and send the new file'


@pytest.mark.parametrize("name", ["answers.yaml", "answers.YML"])
def test_who_writes_a_file_by_hand_is_told_the_line(every_kind: Path, name: str) -> None:
    """A file in YAML is somebody's own writing: line, field and remedy are those of any file of the workbook."""
    (problem,) = _refuse(every_kind / name, "schema: 1\nrole: 'open\n")
    assert (problem.expected, problem.line) == ("a file in YAML", 3)
    (problem,) = _refuse(every_kind / name, "schema: 1\nrole: a\x07b\n")
    assert "U+0007" in problem.remedy
    (problem,) = _refuse(every_kind / name, WHOLE.replace("framing.count", "framing.cuont"))
    assert "did you mean framing.count" in problem.remedy
    (problem,) = _refuse(every_kind / name, {**HEAD, "answers": {f"q{number}": 1 for number in range(500)}})
    assert problem.expected == "at most 12 answers, one to each question"


def test_a_question_is_named_by_its_words(every_kind: Path) -> None:
    """A problem inside an answer gives the question's text beside its id, also where it lies deeper inside."""
    count, things = _refuse(every_kind / "answers.json", _answer(count=99, things=[{"kind": "soft"}]))
    questions = list_questions(make_facts())
    assert count.field == f'answers.framing.count ("{questions["framing.count"].text}")'
    assert things.field == f'answers.framing.things.row 1.name ("{questions["framing.things"].text}")'


def test_a_line_is_said_only_where_there_are_several(every_kind: Path) -> None:
    """A file in one line has no line 1 to look at; a file in many has."""
    data = _answer(count=99)
    (problem,) = _refuse(every_kind / "answers.json", data)
    assert problem.line is None
    (problem,) = _refuse(every_kind / "answers.json", json.dumps(data, indent=1))
    assert problem.line == 8


def test_a_form_that_asked_nothing_of_what_is_asked_here_says_what_it_answers(every_kind: Path) -> None:
    """Where none of a file's answers is to a question of today, one problem names what it does answer."""
    content = {**HEAD, "answers": {"framing.before": {"value": 1}, "framing.after": {"value": 2}}}
    (problem,) = _refuse(every_kind / "answers.json", content)
    assert problem.expected.endswith("it answers only framing.before, framing.after")
    assert "workbook questionnaire commission" in problem.remedy


def test_nobody_is_told_to_add_lines_to_a_form_s_file(every_kind: Path) -> None:
    """What only an edited file can lack or have too much is to be asked for again, not mended in a line."""
    content = {**_answer(count={"note": "why"}), "admin": 1, "questionnaire": "../x"}
    problems = _refuse(every_kind / "answers.json", {key: content[key] for key in content if key != "role"})
    assert len(problems) >= 4
    assert {problem.remedy.partition(" (")[0] for problem in problems} <= {
        'ask the person to press "Save my answers" again and send the new file'
    }


AS_MAILED = ("{}", "Dear all,\n\nhere they are:\n{}\n\nBest wishes\n", "On Monday she wrote:\n> {}\n", "\ufeff{}")


@pytest.mark.parametrize("around", AS_MAILED)
def test_answers_pasted_into_a_mail_are_read(every_kind: Path, around: str) -> None:
    """Saved as a text file with a greeting, or quoted, the text that the form gives to copy is the same answers."""
    text = json.dumps(_answer(count=9), indent=1).replace("\n", "\n> " if ">" in around else "\n")
    path = every_kind / "mail.txt"
    path.write_text(around.format(text), encoding="utf-8")
    sent = read_answers(path, slug="commission", questions=list_questions(make_facts()))
    assert sent.answers == {"framing.count": {"value": 9}}
