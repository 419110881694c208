"""What a kernel is given of two rounds: canaries of both, in every edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from canaries import EDITIONS, LEVELS, MAY, name_canary, write_rounds
from workbook.storage import load_engagement

WORDS = ("private", "answer", "note", "evidence", "privatenote", "organisation")


@pytest.mark.parametrize("edition", EDITIONS)
def test_nobodys_words_of_the_last_round_reach_this_one(tmp_path: Path, edition: str) -> None:
    """Of the last round come values that were steps and choices, and what the group agreed, as the edition allows."""
    write_rounds(tmp_path)
    shown = load_engagement(tmp_path / "canaries", edition)
    assert shown.last is not None
    held = shown.last.model_dump_json()
    beside = [name_canary(level, word).replace("canary", "before") for level in LEVELS for word in WORDS]
    assert not [word for word in beside if word in held]
    others = {word.replace("canary", "before") for word in MAY["private"] - MAY[edition]}
    assert not [word for word in others if word in held]
    linked = {voice.role for voice in shown.last.voices}
    assert (
        linked
        == {
            "private": {name_canary(level, "role") for level in LEVELS},
            "partners": {"canarynamedrole", "canaryrolerole"},
            "public": {"canarynamedrole", "canaryrolerole"},
        }[edition]
    )
