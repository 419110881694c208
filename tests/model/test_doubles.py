"""Doubles: one person twice counts once, and two people never count as one because they say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from builders import SMALLEST, make_voice, write_engagement
from workbook import storage
from workbook.model.answers import Edition, Voice
from workbook.model.slips.doubles import set_doubles_aside

SAID = {"framing.purpose.seed": 3}
DOUBLES = [
    ({}, {}),
    ({"name": "P. O’Example"}, {"name": "P. O'Example"}),
    ({"respondent": "aaaaaaaa", "saved": 1}, {"respondent": "aaaaaaaa", "saved": 2, "role": "Another role"}),
    ({"consent": "role"}, {"consent": "none"}),
]
PEOPLE = [
    ({"name": "One"}, {"name": "Two"}),
    ({}, {"role": "Lead 2"}),
    ({"respondent": "aaaaaaaa"}, {"respondent": "bbbbbbbb"}),
    ({"organisation": "A"}, {"organisation": "B"}),
    ({}, {"another_person": True}),
]


def _make(number: int, fields: dict[str, Any]) -> Voice:
    rest = {key: value for key, value in fields.items() if key != "role"}
    return make_voice(fields.get("role", "Lead"), SAID, id=str(number), **rest)


@pytest.mark.parametrize(("one", "other"), DOUBLES)
def test_doubles_count_once(one: dict[str, Any], other: dict[str, Any]) -> None:
    """The one that may travel less far counts, and the other is named with it."""
    voices = [_make(number, fields) for number, fields in enumerate((one, other))]
    (kept,), ((double, counted),) = set_doubles_aside(voices)
    assert counted == kept
    assert {double.id, kept.id} == {"0", "1"}
    assert kept.consent == max((voice.consent for voice in voices), key=["role", "none"].index)


@pytest.mark.parametrize(("one", "other"), PEOPLE)
def test_two_people_stay_two(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Other names, roles, organisations, marks, or somebody's word make two people of the same answers."""
    voices = [_make(number, fields) for number, fields in enumerate((one, other))]
    assert set_doubles_aside(voices) == (tuple(voices), ())


def test_a_renamed_conflict_copy_opens_no_small_group(tmp_path: Path) -> None:
    """Four people and a copy of one are four: no number of theirs stands on a page for others."""
    voice = "schema: 1\nrole: Lead\nconsent: unnamed\nname: {}\nanswers: {{framing.purpose.seed: 3}}\n"
    files = {f"voices/lead-{number}.yaml": voice.format(f"Name {number}") for number in range(1, 5)}
    files["voices/lead-4-copy-of-2-november.yaml"] = files["voices/lead-4.yaml"]
    folder = write_engagement(tmp_path / "towns", {"engagement.yaml": SMALLEST, **files})
    assert not storage.load_engagement(folder, Edition.PARTNERS).pools
    assert storage.load_engagement(folder).heard == 4
    (hint,) = storage.list_hints(folder)
    assert "lead-4.yaml" in hint.text
    assert "another_person: true" in hint.text
