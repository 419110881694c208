"""The XLSForm: names that every tool keeps, and exports as Central and Kobo write them, read without a mapping."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from flat_support import encode
from workbook import storage
from workbook.forms.questionnaire.collect import Refused, Taken, collect_answers
from workbook.forms.ways.files import read_file
from workbook.forms.ways.xlsform import write_xlsform
from workbook.model.chapters import list_marks, list_questions

ANSWERS: dict[str, Any] = {
    "framing.purpose.seed": {"value": 2, "note": "=1+1 “so”\n\tsaid, so", "consent": "none"},
    "framing.pick": {"value": "unsure"},
    "framing.several": {"value": ["red", "green"]},
    "framing.words": {"value": "=SUM(A1:A9)"},
    "framing.story": {"value": "First line\n  second \u202eline\u202c & <script>1</script>"},
    "framing.count": {"value": "unsure"},
    "framing.cost": {"value": 1200.5},
    "framing.day": {"value": "2026-03-03"},
    "framing.points": {"value": {"funder": 60, "grantees": 40, "people": 0}},
    "framing.each": {"value": {"funder": {"step": 1, "months": 18, "said": "Only this."}, "grantees": "unsure"}},
    "framing.range": {"value": {"small": {"low": 5, "high": 10}}},
}


@pytest.fixture
def form(every_kind: Path) -> Path:
    """Return the XLSForm that asks one question of each kind."""
    return write_xlsform("commission")


@pytest.fixture
def questions(every_kind: Path) -> Any:
    """Return the questions of the chapter with one of each kind."""
    return list_questions(storage.load_engagement("commission").facts)


def _read_sheet(path: Path, title: str) -> list[dict[str, str]]:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(title).to_python()
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def _list_columns(path: Path) -> dict[str, str]:
    """Return the columns of an export with what a calculation puts there, each with its groups as a path."""
    columns: dict[str, str] = {}
    groups: list[str] = []
    for row in _read_sheet(path, "survey"):
        if row["type"] == "begin_group":
            groups.append(row["name"])
        elif row["type"] == "end_group":
            groups.pop()
        elif row["type"] != "note":
            columns["/".join([*groups, row["name"]])] = row["calculation"].strip("'") if row["calculation"] else ""
    return columns


def _export(path: Path, people: list[dict[str, str]], *, sign: str, split: bool) -> str:
    """Return an export as Central (a hyphen between groups) or Kobo (a slash) writes it."""
    columns = _list_columns(path)
    head = ["SubmissionDate", *columns, "KEY", "meta/instanceID", "SubmitterName"]
    extra = ["framing/framing_several/red"] if split else []
    stream = io.StringIO()
    out = csv.writer(stream, delimiter=";" if sign == "/" else ",")
    out.writerow([one.replace("/", sign) for one in (*head, *extra)])
    for person in people:
        named = {place: person.get(place.rpartition("/")[2], fixed) for place, fixed in columns.items()}
        out.writerow(
            ["2026-03-31T10:00:00Z", *named.values(), "uuid:1", "uuid:1", "enumerator 7", *["0" for _ in extra]]
        )
    return stream.getvalue()


@pytest.mark.parametrize(("sign", "split"), [("-", False), ("/", True), ("/", False)])
def test_an_export_is_the_voice_that_the_questionnaire_s_file_is(
    form: Path, every_kind: Path, questions: Any, sign: str, split: bool
) -> None:
    """In both shapes, with notes and consents, the same answers give the same file, and nothing of the device."""
    person = {"ss_role": "Lead", "ss_name": "Ünal O'Brien", "ss_consent": "unnamed", "ss_date": "2026-03-31"}
    path = every_kind / "export.csv"
    path.write_bytes(_export(form, [person | encode(ANSWERS, questions)], sign=sign, split=split).encode("utf-8-sig"))
    (taken,) = collect_answers("commission", [path], read=read_file)
    assert isinstance(taken, Taken), str(taken)
    by_export = taken.path.read_text(encoding="utf-8")
    taken.path.unlink()
    head = {"schema": 1, "kind": "soil-and-seeds-answers", "engagement": "commission", "role": "Lead"}
    whole = {**head, "name": "Ünal O'Brien", "consent": "unnamed", "date": "2026-03-31", "answers": ANSWERS}
    saved = every_kind / "answers.json"
    saved.write_text(json.dumps({**whole, "asked": dict(list_marks())}), encoding="utf-8")
    (reference,) = collect_answers("commission", [saved], read=read_file)
    assert isinstance(reference, Taken), str(reference)
    assert by_export.partition("asked:")[0] == reference.path.read_text(encoding="utf-8").partition("asked:")[0]
    assert "enumerator" not in by_export


def test_zeros_of_a_split_column_are_no_answer(form: Path, every_kind: Path, questions: Any) -> None:
    """A tool writes 0 in each option's column for whoever never saw the question: nothing is read from it."""
    person = {"ss_role": "Lead", "framing_count": "12"}
    path = every_kind / "export.csv"
    path.write_text(_export(form, [person], sign="/", split=True), encoding="utf-8")
    (taken,) = collect_answers("commission", [path], read=read_file)
    assert isinstance(taken, Taken), str(taken)
    assert list(taken.voice.answers) == ["framing.count"]
    assert taken.voice.consent == "none"


def test_rows_of_another_engagement_are_refused_alone(form: Path, every_kind: Path) -> None:
    """One row that came from another form is refused with its number; the others are filed."""
    people = [{"ss_role": "Lead", "framing_count": "12"}, {"ss_role": "Resident", "framing_count": "7"}]
    text = _export(form, people, sign="-", split=False).replace(
        "soil-and-seeds-answers 1 commission", "soil-and-seeds-answers 1 other", 1
    )
    path = every_kind / "export.csv"
    path.write_text(text, encoding="utf-8")
    refused, taken = collect_answers("commission", [path], read=read_file)
    assert isinstance(refused, Refused)
    assert "export.csv, row 2" in str(refused)
    assert isinstance(taken, Taken)
    assert taken.voice.role == "Resident"


def test_names_are_plain_and_each_is_there_once(tmp_path: Path) -> None:
    """Of all questions of the example: small letters, digits, single underscores, at most 64 signs, none twice."""
    path = write_xlsform("example", output=tmp_path / "form.xlsx")
    names = [row["name"] for row in _read_sheet(path, "survey") if row["name"]]
    assert len(names) == len(set(names)) > 300
    assert [one for one in names if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", one) or len(one) > 64] == []
    choices = [(row["list_name"], row["name"]) for row in _read_sheet(path, "choices")]
    assert len(choices) == len(set(choices))


def test_no_word_of_a_commissioner_becomes_a_reference(every_kind: Path) -> None:
    """A title or an audience with ${x} in it is words."""
    facts = every_kind / "parameters" / "commission" / "engagement.yaml"
    facts.write_text(facts.read_text("utf-8").replace("Grantees", "${ss_role} <b>“x”</b>"), encoding="utf-8")
    path = write_xlsform("commission")
    labels = [row["label"] for title in ("survey", "choices") for row in _read_sheet(path, title)]
    assert not [label for label in labels if "${ss_role}" in label]
    assert [label for label in labels if "$ {ss_role}" in label]
