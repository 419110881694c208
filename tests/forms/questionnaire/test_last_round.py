"""Somebody who answered in the last round says so themselves, and nobody's name is shown to them for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from python_calamine import CalamineWorkbook

from flat_support import fill_workbook, name_fields
from workbook import storage
from workbook.forms.questionnaire.collect import Refused, Taken, collect_answers
from workbook.forms.questionnaire.questionnaire import write_questionnaire
from workbook.forms.ways.facilitator import write_facilitator_workbook
from workbook.forms.ways.files import read_file
from workbook.forms.ways.xlsform import write_xlsform

GOOD: dict[str, Any] = {
    "schema": 1,
    "kind": "soil-and-seeds-answers",
    "engagement": "commission",
    "role": "Grants lead",
    "consent": "role",
    "respondent": "secondround1",
    "saved": 1,
    "answers": {"framing.count": {"value": 12}},
}
BEFORE = (
    {"role": "Grants manager", "name": "Ada Example", "respondent": "firstround01"},
    {"role": "Ferry hand", "organisation": "Northhaven"},
    {"role": "Ferry hand", "organisation": "Quayside"},
)
Collect = Callable[..., list[Taken | Refused]]


@pytest.fixture
def rounds(every_kind: Path) -> Path:
    """Return the folder of a round that follows one in which three people answered."""
    now = every_kind / "parameters" / "commission"
    facts = json.loads((now / "engagement.yaml").read_text(encoding="utf-8"))
    last = now.with_name("before")
    (last / "voices").mkdir(parents=True)
    (last / "engagement.yaml").write_text(json.dumps(facts), encoding="utf-8")
    for number, person in enumerate(BEFORE):
        text = yaml.safe_dump({"schema": 2, "consent": "role", **person, "answers": {"framing.count": 3}})
        (last / "voices" / f"person-{number}.yaml").write_text(text, encoding="utf-8")
    (now / "engagement.yaml").write_text(json.dumps(facts | {"follows": "before"}), encoding="utf-8")
    return now


def _collect(folder: Path, **said: Any) -> Taken:
    path = folder.with_name("answers.json")
    path.write_text(json.dumps({**GOOD, **said}), encoding="utf-8")
    (taken,) = collect_answers("commission", [path])
    assert isinstance(taken, Taken), str(taken)
    return taken


@pytest.mark.parametrize(
    ("said", "more", "same"),
    [
        (" grants MANAGER ", {}, "person-0"),
        ("Ada Example", {}, "person-0"),
        ("Ada Example (Grants manager)", {}, "person-0"),
        ("Ferry hand", {"organisation": "quayside"}, "person-2"),
        ("Ferry hand", {}, None),
        ("Treasurer", {}, None),
    ],
)
def test_who_they_say_they_were_is_looked_up_when_it_is_collected(
    rounds: Path, said: str, more: dict[str, str], same: str | None
) -> None:
    """One voice of that name or role is theirs; of none or several it is said what to write, and nothing is guessed."""
    taken = _collect(rounds, last_time=said, **more)
    assert taken.voice.same_as == same
    assert "last_time" not in taken.path.read_text(encoding="utf-8")
    told = "\n".join(taken.hint)
    assert ("nothing was written" in told) is (same is None)
    assert f"same_as: {same or 'person-'}" in told
    last = storage.load_engagement(rounds).last
    assert [voice.id for voice in (last.voices if last else ())] == ([taken.voice.id] if same else [])


def test_two_people_are_not_both_the_same_one(rounds: Path) -> None:
    """The second to say so is filed without it; a second file of the first one says it again and keeps it."""
    first = _collect(rounds, last_time="Grants manager")
    other = _collect(rounds, role="Director", last_time="Grants manager", respondent="secondround2")
    assert (first.voice.same_as, other.voice.same_as) == ("person-0", None)
    assert "which grants-lead says too" in "\n".join(other.hint)
    again = _collect(rounds, last_time="Grants manager", saved=2, answers={"framing.pick": {"value": "two"}})
    assert (again.voice.id, again.voice.same_as) == (first.voice.id, "person-0")


def test_what_was_left_out_first_may_be_said_in_a_second_file(rounds: Path) -> None:
    """A file that says nothing new but who they were is taken for that."""
    _collect(rounds)
    assert _collect(rounds, saved=2, last_time="Ada Example").voice.same_as == "person-0"


@pytest.mark.parametrize("wrong", ["\u0007", "x" * 301, 5, ["Ferry hand"]])
def test_what_is_no_role_and_no_name_is_refused(rounds: Path, wrong: Any) -> None:
    """Control codes, whole stories and what is no text are not looked up."""
    path = rounds.with_name("answers.json")
    path.write_text(json.dumps({**GOOD, "last_time": wrong}), encoding="utf-8")
    (refused,) = collect_answers("commission", [path])
    assert isinstance(refused, Refused)
    assert "last_time" in str(refused)


def test_a_facilitator_s_sheet_asks_it_too(rounds: Path) -> None:
    """In a column of a person; a first round's sheet has no such row."""
    form = write_facilitator_workbook("commission")
    fields = name_fields(role="Grants lead", last_time="Ada Example", consent="role")
    path = fill_workbook(form, [fields | {"framing_count": "12"}])
    (taken,) = collect_answers("commission", [path], read=read_file)
    assert isinstance(taken, Taken), str(taken)
    assert taken.voice.same_as == "person-0"


def test_an_xlsform_asks_it_of_a_next_round_alone(rounds: Path) -> None:
    """Its column is read by its name, as every other; where there was no last round, nobody is asked about it."""
    assert _find_question(write_xlsform("commission"))
    facts = json.loads((rounds / "engagement.yaml").read_text(encoding="utf-8"))
    del facts["follows"]
    (rounds / "engagement.yaml").write_text(json.dumps(facts), encoding="utf-8")
    assert not _find_question(write_xlsform("commission"))


def _find_question(form: Path) -> bool:
    rows = CalamineWorkbook.from_path(str(form)).get_sheet_by_name("survey").to_python()
    return "ss_last_time" in {row[1] for row in rows}


def test_a_form_names_nobody_of_the_last_round(rounds: Path) -> None:
    """It asks for words of one's own, and holds no role, no name and no mark of anybody who answered."""
    page = write_questionnaire("commission").read_text(encoding="utf-8")
    assert '"follows":"before"' in page
    assert not [text for one in BEFORE for text in one.values() if text in page]


def test_the_file_of_the_last_round_says_who_somebody_is(rounds: Path, form_browser: Any) -> None:
    """Loaded, it brings its mark and who they are, no answer and no consent; typed words go into the file as well."""
    form = write_questionnaire("commission")
    then = {**GOOD, "engagement": "before", "role": "Grants manager", "respondent": "firstround01", "consent": "named"}

    def drive(page: Any) -> dict[str, Any]:
        page.locator("#load").set_input_files(
            {"name": "a.json", "mimeType": "application/json", "buffer": json.dumps(then).encode()}
        )
        page.get_by_text("Your file of the last round is loaded").wait_for()
        assert page.locator("#role").input_value() == "Grants manager"
        assert page.locator("[name=consent]:checked").count() == 0
        page.get_by_label("If you answered in the last round").fill("Ada Example")
        with page.expect_download() as download:
            page.locator("#save").press("Enter")
        saved: dict[str, Any] = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
        return saved

    saved = form_browser.drive(form, drive)
    assert (saved["respondent"], saved["engagement"], saved["answers"]) == ("firstround01", "commission", {})
    assert saved["last_time"] == "Ada Example"
    taken = _collect(rounds, respondent="firstround01")
    last = storage.load_engagement(rounds).last
    assert [voice.id for voice in (last.voices if last else ())] == [taken.voice.id]
