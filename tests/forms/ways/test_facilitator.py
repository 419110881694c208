"""The workbook for a facilitator: written, filled in, saved by other programs, read back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flat_support import fill_workbook, flatten, name_fields
from workbook import storage
from workbook.errors import InputError
from workbook.forms.questionnaire.collect import Refused, Taken, collect_answers
from workbook.forms.questionnaire.questionnaire import write_questionnaire
from workbook.forms.ways.facilitator import write_facilitator_workbook
from workbook.forms.ways.files import read_file
from workbook.forms.ways.xlsform import write_xlsform
from workbook.model.chapters import list_marks, list_questions

ANSWERS: dict[str, Any] = {
    "framing.purpose.seed": {"value": 2},
    "framing.pick": {"value": "two", "note": "=1+1 “so”\n\tsaid", "consent": "none"},
    "framing.several": {"value": ["red", "green"]},
    "framing.words": {"value": "=SUM(A1:A9)"},
    "framing.story": {"value": "First line\n  second \u202eline\u202c & <script>1</script>"},
    "framing.count": {"value": 12},
    "framing.cost": {"value": 1200.5},
    "framing.day": {"value": "2026-03-03"},
    "framing.points": {"value": {"funder": 60, "grantees": 40, "people": 0}},
    "framing.each": {"value": {"funder": {"step": 1, "months": 18, "said": "Only this."}, "grantees": "unsure"}},
    "framing.range": {"value": {"small": {"low": 5, "high": 10}}},
}
Collect = Callable[..., list[Taken | Refused]]


@pytest.fixture
def form(every_kind: Path) -> Path:
    """Return the workbook that asks one question of each kind."""
    return write_facilitator_workbook("commission")


@pytest.fixture
def questions(every_kind: Path) -> Any:
    """Return the questions of the chapter with one of each kind."""
    return list_questions(storage.load_engagement("commission").facts)


def _collect(path: Path, **options: Any) -> list[Taken | Refused]:
    return list(collect_answers("commission", [path], read=read_file, **options))


def test_a_filled_column_is_the_voice_that_the_questionnaire_s_file_is(
    form: Path, every_kind: Path, questions: Any
) -> None:
    """The same answers by both ways give the same file, but for which questions each way can ask."""
    fields = {"role": "Lead", "name": "Ünal O'Brien", "consent": "unnamed", "date": "2026-03-31"}
    path = fill_workbook(form, [flatten(ANSWERS, questions) | name_fields(**fields)])
    (taken,) = _collect(path)
    assert isinstance(taken, Taken), str(taken)
    by_sheet = taken.path.read_text(encoding="utf-8")
    taken.path.unlink()
    head = {"schema": 1, "kind": "soil-and-seeds-answers", "engagement": "commission"}
    saved = every_kind / "answers.json"
    saved.write_text(json.dumps({**head, **fields, "answers": ANSWERS, "asked": dict(list_marks())}), encoding="utf-8")
    (reference,) = _collect(saved)
    assert isinstance(reference, Taken), str(reference)
    by_form = reference.path.read_text(encoding="utf-8")
    assert by_sheet.partition("asked:")[0] == by_form.partition("asked:")[0]


def test_each_column_is_a_person_and_each_is_filed_or_refused_alone(form: Path, questions: Any) -> None:
    """One without a role and one with 90 points are refused with their column; the others are filed."""
    said = flatten({"framing.count": {"value": 12}}, questions)
    people = [
        said | name_fields(role="Lead", consent="role"),
        said,
        flatten({"framing.points": {"value": {"funder": 60, "grantees": 30}}}, questions)
        | name_fields(role="Resident"),
        flatten({"framing.count": {"value": 13}}, questions) | name_fields(role="Adviser"),
    ]
    outcomes = _collect(fill_workbook(form, people))
    assert [type(one) for one in outcomes] == [Taken, Refused, Refused, Taken]
    assert "filled.xlsx, column F" in str(outcomes[1])
    assert "role" in str(outcomes[1])
    assert "filled.xlsx, column G" in str(outcomes[2])
    assert "add up to 100" in str(outcomes[2])
    assert [voice.role for voice in storage.load_engagement("commission").voices] == ["Adviser", "Lead"]
    assert storage.load_engagement("commission").voices[0].consent == "none"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"framing_count": "12.500 or so"}, "a whole number from 1 to 60"),
    ({"framing_cost": "12.000"}, '"12.000" may mean 12000 or 12'),
    ({"framing_cost": "$1,500"}, '"$1,500" is in $'),
    ({"framing_pick": "Three"}, "one of one"),
    ({"framing_pick": "One", "framing_pick_ssconsent": "Everybody"}, "one of named, role"),
    ({"framing_points_ssunsure": "Yes", "framing_points_funder": 100}, "both an answer and that it is not known"),
    ({"framing_pick_ssnote": "why"}, "words stand beside no answer"),
    ({"framing_several_red": "perhaps"}, 'yes, or nothing; there is "perhaps"'),
    ({"framing_day": "31/03/2026"}, "a date as year-month-day"),
    ({"framing_words": "x" * 20_001}, "at most 20,000 characters"),
]


@pytest.mark.parametrize("typed", ["£1,500", "1 500.00 GBP", "1.500,00 £"])
def test_an_amount_may_have_its_sign(form: Path, typed: str) -> None:
    """The sign or the letters of the engagement's own currency, before or behind, say nothing new."""
    (taken,) = _collect(fill_workbook(form, [{"framing_cost": typed} | name_fields(role="Lead")]))
    assert isinstance(taken, Taken), str(taken)
    assert storage.load_engagement("commission").voices[0].answers["framing.cost"].value == 1500


@pytest.mark.parametrize(("typed", "said"), WRONG)
def test_what_cannot_be_read_is_refused_with_its_column(form: Path, typed: dict[str, Any], said: str) -> None:
    """Nothing is guessed: each fault names the column and what was expected, and nothing of that person is kept."""
    (refused,) = _collect(fill_workbook(form, [typed | name_fields(role="Lead")]))
    assert isinstance(refused, Refused)
    assert "filled.xlsx, column E" in str(refused)
    assert said in str(refused)
    assert not storage.load_engagement("commission").voices


def test_a_workbook_of_another_engagement_is_refused(form: Path, every_kind: Path) -> None:
    """It says which engagement it belongs to, and is collected there."""
    folder = every_kind / "parameters" / "other"
    folder.mkdir()
    (folder / "engagement.yaml").write_bytes(
        (every_kind / "parameters" / "commission" / "engagement.yaml").read_bytes()
    )
    (refused,) = collect_answers("other", [form], read=read_file)
    assert "answers for other" in str(refused)
    assert "it says commission" in str(refused)


def test_answers_to_changed_questions_are_set_aside_row_by_row(
    form: Path, every_kind: Path, questions: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook sent out before a scale was turned round keeps its answer, which is not read and is named."""
    said = flatten({"framing.purpose.seed": {"value": 2}, "framing.count": {"value": 12}}, questions)
    path = fill_workbook(form, [said | name_fields(role="Lead")])
    later = shutil.copytree(every_kind / "content", every_kind / "later")
    words = (later / "framing.yaml").read_text(encoding="utf-8")
    turned = words.replace("[Not at all, A little, Mostly]", "[Mostly, A little, Not at all]")
    (later / "framing.yaml").write_text(turned, encoding="utf-8")
    monkeypatch.setenv("WORKBOOK_CONTENT", str(later))
    (taken,) = _collect(path)
    assert isinstance(taken, Taken), str(taken)
    assert list(taken.voice.answers) == ["framing.count"]
    assert "framing.purpose.seed: answered on another scale" in str(taken)


def test_a_workbook_that_somebody_typed_into_is_not_made_again(form: Path, questions: Any) -> None:
    """An empty one is replaced, without a moment at which half of it is there; one that holds answers stays."""
    write_facilitator_workbook("commission")
    people = [flatten({"framing.count": {"value": 12}}, questions) | name_fields(role="Lead")]
    typed = fill_workbook(form, people).replace(form).read_bytes()
    with pytest.raises(InputError, match="collect it, then move it away"):
        write_facilitator_workbook("commission")
    assert form.read_bytes() == typed


@pytest.mark.parametrize("write", [write_questionnaire, write_facilitator_workbook, write_xlsform])
def test_a_form_takes_no_other_file_s_place(every_kind: Path, write: Callable[..., Path]) -> None:
    """Named with the ending of something else, or where something else stands, nothing is written; the file stays."""
    ending = write("commission").suffix
    facts = every_kind / "parameters" / "commission" / "engagement.yaml"
    before = facts.read_bytes()
    other = every_kind / f"minutes{ending}"
    other.write_text("minutes of a meeting", encoding="utf-8")
    for taken, why in ((facts, f"ends in {ending}"), (other, "no form stands there"), (every_kind, "ends in")):
        with pytest.raises(InputError, match=why):
            write("commission", output=taken)
    assert (facts.read_bytes(), other.read_text(encoding="utf-8")) == (before, "minutes of a meeting")
    assert write("commission", output=write("commission", output=every_kind / f"again{ending.upper()}")).is_file()
