"""`workbook collect`: one person is one voice, and where nobody can tell, it is said what to type."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from workbook import storage
from workbook.cli import app
from workbook.forms.questionnaire.collect import Refused, Taken, collect_answers

GOOD: dict[str, Any] = {
    "schema": 1,
    "kind": "soil-and-seeds-answers",
    "engagement": "commission",
    "role": "Grants manager",
    "consent": "role",
    "date": "2026-03-31",
    "answers": {"framing.words": {"value": "no"}, "framing.count": {"value": 12}},
}
LATER_GOOD: dict[str, Any] = {**GOOD, "answers": {"framing.count": 13}}
NAMED: dict[str, Any] = {**GOOD, "name": "Name One"}
LATER: dict[str, Any] = {**NAMED, "answers": {"framing.count": 13}}
AS_THEY_MAY_TYPE: tuple[dict[str, str], ...] = (
    {},
    {"name": " name ONE ", "role": "grants MANAGER "},
    {"name": "Name  One", "role": "Grants\u00a0manager"},
    {"organisation": "A grantee"},
)
Collect = Callable[..., list[Taken | Refused]]


@pytest.fixture
def voices(every_kind: Path) -> Path:
    """Return the folder of voices of an engagement that has none yet."""
    return every_kind / "parameters" / "commission" / "voices"


@pytest.fixture
def collect(every_kind: Path) -> Collect:
    """Return a function that writes files and collects them in one call."""

    def run(*contents: dict[str, Any], **options: Any) -> list[Taken | Refused]:
        paths = [every_kind / f"answers-{number}.json" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_text(json.dumps(content), encoding="utf-8")
        return list(collect_answers("commission", paths, **options))

    return run


def test_second_person_of_a_role_gets_a_number(collect: Collect) -> None:
    """Two people with one role are two voices."""
    other = {**GOOD, "answers": {"framing.pick": "two"}}
    first, second = collect(GOOD, other)
    assert isinstance(first, Taken)
    assert isinstance(second, Taken)
    assert (first.voice.id, second.voice.id) == ("grants-manager", "grants-manager-2")


@pytest.mark.parametrize("changes", AS_THEY_MAY_TYPE)
@pytest.mark.parametrize("calls", [1, 2])
def test_corrected_file_makes_no_second_person(
    collect: Collect, voices: Path, changes: dict[str, str], calls: int
) -> None:
    """Other answers of the same role and name are refused, in one call as in two, until it is said who they are."""
    files = [NAMED, LATER | changes]
    taken, refused = collect(*files) if calls == 1 else [*collect(files[0]), *collect(files[1])]
    assert isinstance(taken, Taken)
    assert isinstance(refused, Refused)
    assert "grants-manager: Name One (Grants manager), 2 answers, 2026-03-31" in str(refused)
    file = f"answers-{2 - calls}.json"
    assert f"{file} --as grants-manager --replace\n" in str(refused)
    assert str(refused).endswith(f"{file} --as grants-manager-2")
    assert [path.name for path in voices.iterdir()] == ["grants-manager.yaml"]


@pytest.mark.parametrize(("option", "ids"), [(0, ["grants-manager"]), (1, ["grants-manager", "grants-manager-2"])])
def test_commands_that_are_said_do_what_they_say(collect: Collect, option: int, ids: list[str]) -> None:
    """Of the two commands of a refusal the first changes the person's voice and the second makes another one."""
    _, refused = collect(NAMED, LATER)
    commands = [shlex.split(line) for line in str(refused).splitlines() if "workbook collect" in line]
    assert len(commands) == 2
    done = CliRunner().invoke(app, commands[option][1:])
    assert done.exit_code == 0, done.output
    found = {voice.id: voice for voice in storage.load_engagement("commission").voices}
    assert sorted(found) == ids
    assert found[ids[-1]].answers["framing.count"].value == 13
    assert ("framing.words" in found[ids[-1]].answers) == (option == 0)


def test_ten_copies_of_one_person_are_one_voice(collect: Collect) -> None:
    """One person's file, edited again and again, cannot become the five voices from which a number is shown."""
    outcomes = collect(*({**NAMED, "answers": {"framing.count": number}} for number in range(1, 11)))
    assert [type(outcome) for outcome in outcomes] == [Taken] + 9 * [Refused]


@pytest.mark.parametrize(
    "changes",
    [{"name": "Name Two"}, {"name": "Name Two", "organisation": "A grantee"}],
)
def test_other_names_in_one_role_are_other_people(collect: Collect, changes: dict[str, str]) -> None:
    """Two people of one role who say their names are two voices, and nothing is asked."""
    _, second = collect(NAMED, LATER | changes)
    assert isinstance(second, Taken)
    assert second.voice.id == "grants-manager-2"
    assert "there already" not in str(second)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (GOOD, {**LATER_GOOD, "role": "grants manager"}, "a voice of this role is there already: "),
        (NAMED, LATER_GOOD, "a voice of this role is there already: "),
        (GOOD, LATER, "a voice of this role is there already: "),
        (NAMED, {**LATER, "role": "Grantee"}, "a voice of this name is there already: "),
        ({**NAMED, "organisation": "A"}, {**LATER, "organisation": "B"}, "a voice of this role is there already: "),
    ],
)
def test_who_may_be_the_same_person_is_taken_and_said(
    collect: Collect, first: dict[str, Any], second: dict[str, Any], said: str
) -> None:
    """Where only somebody who knows them can tell, the file is a voice, and what to type if it is no other is said."""
    _, taken = collect(first, second)
    assert isinstance(taken, Taken)
    assert f"{said}grants-manager\n" in str(taken)
    assert "answers-1.json --as grants-manager --replace\n" in str(taken)
    assert f"delete parameters/commission/voices/{taken.voice.id}.yaml" in str(taken)
    (third,) = collect({**GOOD, "answers": {"framing.pick": "one"}}, voice="another")
    assert "there already" not in str(third)


def test_consent_to_a_name_without_a_name_is_said(collect: Collect) -> None:
    """The file is taken all the same, and whoever collects it hears that it will be shown by role."""
    nameless, named = collect({**GOOD, "consent": "named"}, {**NAMED, "consent": "named"})
    assert "look:    consent: consent is named but no name is given: it will be shown as role" in str(nameless)
    assert "no name is given" not in str(named)


def test_many_of_one_role_fill_no_screen(collect: Collect) -> None:
    """Of many voices of one role five are named, and the others are counted."""
    *_, last = collect(*({**GOOD, "answers": {"framing.count": number}} for number in range(1, 9)))
    assert "grants-manager-5 and 2 more\n" in str(last)
    assert "--as VOICE --replace" in str(last)


def test_replace_takes_nothing_from_the_same_call(collect: Collect) -> None:
    """With --replace, several people of one role who give no name do not replace each other."""
    files = [{**GOOD, "answers": {"framing.count": number}} for number in (1, 2)]
    first, second = collect(*files, replace=True)
    assert isinstance(first, Taken)
    assert isinstance(second, Refused)
    (voice,) = storage.load_engagement("commission").voices
    assert voice.answers["framing.count"].value == 1


def test_replace_keeps_people_without_a_name_apart_by_organisation(collect: Collect) -> None:
    """A role alone is too little to replace a voice by, where only one of the two says the organisation."""
    collect({**GOOD, "organisation": "A grantee"})
    (taken,) = collect(LATER_GOOD, replace=True)
    assert isinstance(taken, Taken)
    assert not taken.replaced


def test_replace_finds_the_same_person(collect: Collect) -> None:
    """Without --as, --replace takes the one voice of the same role, name and organisation; of two it takes none."""
    collect(GOOD)
    (taken,) = collect({**GOOD, "answers": {"framing.pick": "two"}}, replace=True)
    assert isinstance(taken, Taken)
    assert (taken.voice.id, taken.replaced) == ("grants-manager", True)
    collect({**GOOD, "answers": {"framing.pick": "one"}})
    (refused,) = collect({**GOOD, "answers": {"framing.count": 3}}, replace=True)
    for voice in ("grants-manager", "grants-manager-2"):
        assert f"--as {voice} --replace" in str(refused)
