"""Many files are collected while somebody answers: neither waits for the other, and nothing of either is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.forms.questionnaire.collect import Taken, collect_answers
from workbook.forms.saving.saving import create_voice, save_answer
from workbook.machine import hold_file


def _send(project: Path, number: int, **answers: Any) -> Path:
    path = project / f"sent-{number}.json"
    head = {"schema": 1, "kind": "soil-and-seeds-answers", "engagement": "commission", "consent": "role"}
    given = {key.replace("__", "."): {"value": value} for key, value in answers.items()}
    path.write_text(json.dumps({**head, "role": f"Role {number}", "answers": given}), encoding="utf-8")
    return path


def test_the_lock_is_free_between_two_files(every_kind: Path) -> None:
    """After each file a form can save at once, and what it saved is there for the files that follow."""
    folder = every_kind / "parameters" / "commission"
    paths = [_send(every_kind, number, framing__words="no") for number in range(3)]
    for number, outcome in enumerate(collect_answers("commission", paths)):
        assert isinstance(outcome, Taken)
        with hold_file(folder / ".lock", seconds=0):
            pass
        save_answer(folder, "role-0", "framing.count", {"value": number + 1})
    first = next(one for one in storage.load_engagement("commission").voices if one.id == "role-0")
    assert first.answers["framing.count"].value == 3


def test_who_came_meanwhile_is_known(every_kind: Path) -> None:
    """A voice made in a form between two files keeps its name: the next of that role gets another."""
    folder = every_kind / "parameters" / "commission"
    paths = [_send(every_kind, number, framing__words="no") for number in range(2)]
    collecting = collect_answers("commission", paths)
    next(collecting)
    assert create_voice(folder, "Role 1", "named") == "role-1"
    (taken,) = collecting
    assert isinstance(taken, Taken)
    assert taken.voice.id == "role-1-2"


def test_trying_remembers_what_it_tried(every_kind: Path) -> None:
    """With nothing written, the second of two new people of one role would still be the second."""
    paths = [_send(every_kind, 7, framing__words="no").rename(every_kind / "first.json")]
    paths.append(_send(every_kind, 7, framing__words="yes"))
    first, second = collect_answers("commission", paths, tries=True)
    assert isinstance(first, Taken)
    assert isinstance(second, Taken)
    assert (first.voice.id, second.voice.id) == ("role-7", "role-7-2")
