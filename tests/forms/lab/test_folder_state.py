"""What a form knows of everybody's files: only those that changed are opened again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from workbook.forms.lab.session import Session
from workbook.storage import reading, remember_withdrawn

EXAMPLE = Path(__file__).parents[3] / "parameters" / "example"
ANSWER = {"kind": "answer", "voice": "trustee", "question": "framing.purpose.seed"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    return Path(shutil.copytree(EXAMPLE, tmp_path / "parameters" / "example"))


def _ask(session: Session, message: dict[str, Any]) -> list[dict[str, Any]]:
    return list(session.respond(message))


def test_a_save_is_said_before_any_other_file_is_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the number of voices, nobody's file is waited for; the form's next look tells of those that changed."""
    session = Session(folder, "framing")
    _ask(session, {"kind": "open", "voice": "trustee"})
    other = folder / "voices" / "youth-worker.yaml"
    other.write_text(other.read_text(encoding="utf-8").replace("Youth worker", "Other worker"), encoding="utf-8")
    opened: list[str] = []
    read = reading.read_file
    monkeypatch.setattr(reading, "read_file", lambda path, problems: opened.append(path.name) or read(path, problems))
    replies = session.respond({**ANSWER, "answer": {"value": 1}})
    saved = next(replies)
    assert (saved["kind"], opened) == ("saved", [])
    assert [one["kind"] for one in replies] == ["verdict", "finding", "reading"]
    voices = {name for name in opened if name not in ("engagement.yaml", "agreed.yaml")}
    assert voices == {"youth-worker.yaml", "trustee.yaml"}
    looked = _ask(session, {"kind": "look", "voice": "trustee", "stamp": saved["stamp"]})
    changed = next(one for one in looked if one["kind"] == "changed")
    assert next(one["label"] for one in changed["voices"] if one["id"] == "youth-worker").startswith("Other worker")


def test_a_change_of_the_facts_opens_all_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A voice is read by the facts: with other facts it is read anew."""
    session = Session(folder, "framing")
    _ask(session, {"kind": "open", "voice": "trustee"})
    facts = folder / "engagement.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("title: ", "title: Other ", 1), encoding="utf-8")
    opened: list[str] = []
    read = reading.read_file
    monkeypatch.setattr(reading, "read_file", lambda path, problems: opened.append(path.name) or read(path, problems))
    _ask(session, {**ANSWER, "answer": {"value": 1}})
    assert len([name for name in opened if name.endswith("er.yaml")]) > 2


def test_who_withdraws_is_gone_from_an_open_form(folder: Path) -> None:
    """The list of people follows the record of withdrawals at the next look."""
    session = Session(folder, "framing")
    (state, *_) = _ask(session, {"kind": "open", "voice": "trustee"})
    trustee = next(voice for voice in session.state.engagement.voices if voice.id == "trustee")
    remember_withdrawn(folder, trustee)
    changed = _ask(session, {"kind": "look", "voice": "youth-worker", "stamp": state["stamp"]})[1]
    assert "trustee" in [one["id"] for one in state["voices"]]
    assert "trustee" not in [one["id"] for one in changed["voices"]]
