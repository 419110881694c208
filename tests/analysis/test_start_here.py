"""Chapter 00: who is said to have answered."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbook as wb
from builders import SMALLEST, write_engagement
from workbook.analysis.start_here import read_start_here
from workbook.views import start_here

VOICE = "schema: 1\nrole: {role}\nconsent: role\n{answers}"
SILENT = ("", "answers: {}\n", "answers:\n  learning_modes.roles: {}\n")


def write(folder: Path, *answers: str) -> wb.Engagement:
    """Return an engagement with a voice for each text of answers."""
    files = {f"voices/v{n}.yaml": VOICE.format(role=f"Role {n}", answers=one) for n, one in enumerate(answers)}
    return wb.load(str(write_engagement(folder / "a-commission", {"engagement.yaml": SMALLEST, **files})))


@pytest.mark.parametrize("silent", SILENT)
def test_a_voice_without_an_answer_is_neither_counted_nor_named(tmp_path: Path, silent: str) -> None:
    """Whoever has a file and answered nothing is not among those the answers come from; "unsure" is an answer."""
    answered, unsure = "answers: {framing.purpose.seed: 3}\n", "answers: {framing.purpose.seed: unsure}\n"
    text = repr(start_here.list_facts(read_start_here(write(tmp_path, answered, silent, unsure))))
    assert "2 voices: Role 0; Role 2" in text
    assert "Role 1" not in text


def test_whoever_alone_has_answered_is_one_voice(tmp_path: Path) -> None:
    """An empty file makes no second voice."""
    engagement = write(tmp_path, "answers: {framing.purpose.seed: 3}\n", "")
    assert (engagement.heard, engagement.lone_voice) == (1, True)
    assert "one voice: Role 0" in repr(start_here.list_facts(read_start_here(engagement)))
    nobody = write(tmp_path / "other", "", "")
    assert "nobody yet" in repr(start_here.list_facts(read_start_here(nobody)))
