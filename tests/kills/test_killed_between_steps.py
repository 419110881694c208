"""What moves or removes an engagement, stopped before each change it makes: the next command brings all to one end."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kills.commands import Commands
from workbook.machine import can_fork

FACTS = "schema: 2\ntitle: A fund\ncommissioner: A house\n"
VOICE = "schema: 2\nrole: Trustee\nconsent: role\nrespondent: a1b2c3d4e5f60718\nanswers:\n  framing.purpose.seed: 2\n"
WAYS = {
    "rename": ("rename", "mine", "other", "--yes"),
    "archive": ("archive", "mine", "--yes"),
    "back": ("archive", "mine", "--back", "--yes"),
    "delete": ("delete", "mine", "--yes"),
    "delete archived": ("delete", "mine", "--yes"),
    "withdraw": ("withdraw", "mine", "trustee", "--yes"),
}
# The others are killed by `make slow-test` and `make kill-test`.
OTHERS = [pytest.param(way, marks=pytest.mark.slow) for way in WAYS if way != "rename"]
PAGES = ("mine/summary.html", "mine/private/summary.ipynb", "later/summary.html", "portfolio.html")
KEYED = "withdrawn.yaml"

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system forks no process")


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """Start what runs the commands, in a project and with temporary files of their own."""
    folder = tmp_path_factory.mktemp("steps")
    (folder / "temporary").mkdir()
    started = Commands(folder / "project", folder / "temporary")
    yield started
    started.close()


def _begin(commands: Commands, way: str) -> None:
    """Put the project as it was: an engagement with answers and pages, one that follows it, and pages of both."""
    shutil.rmtree(commands.project, ignore_errors=True)
    files = {
        "parameters/mine/engagement.yaml": FACTS,
        "parameters/mine/voices/trustee.yaml": VOICE,
        "parameters/mine/earlier/trustee/1.yaml": VOICE,
        "parameters/later/engagement.yaml": f"{FACTS}follows: mine  # the first round\n",
        **{f"outputs/{name}": name for name in PAGES},
    }
    for name, text in files.items():
        path = commands.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if way in ("back", "delete archived"):
        assert commands.run("archive", "mine", "--yes")[0] == 0


def _read(commands: Commands) -> dict[str, bytes | None]:
    """Return every file and folder of the project, and what was left among the temporary ones."""
    roots = (commands.project, commands.temporary)
    found = (path for root in roots for path in root.rglob("*"))
    return {
        str(path): None if path.is_dir() or path.name == KEYED else path.read_bytes()
        for path in found
        if path.name not in (".lock", "outputs", "archive")
    }


@pytest.mark.parametrize("way", ["rename", *OTHERS])
def test_stopped_before_any_change_all_comes_to_one_end(commands: Commands, way: str) -> None:
    """Either nothing was begun, or the next command ends it: one name, nothing lost, nothing left."""
    _begin(commands, way)
    before = _read(commands)
    assert commands.run(*WAYS[way])[0] == 0
    after = _read(commands)
    assert after != before
    ends: list[bool] = []
    while True:
        _begin(commands, way)
        status, _ = commands.run(*WAYS[way], stop_before=len(ends) + 1)
        if status != -signal.SIGKILL:
            break
        commands.run("check", "later")
        found = _read(commands)
        begun = way == "withdraw" and found.keys() - before.keys()
        assert found in (after, before) or begun, len(ends)
        ends.append(found == after)
    assert status == 0
    assert sum(ends) > 3
    assert ends == sorted(ends)


def test_a_strangers_record_moves_and_removes_nothing(commands: Commands, tmp_path: Path) -> None:
    """One that this user's machine did not make is taken away unread, whatever it says."""
    _begin(commands, "rename")
    kept = tmp_path / "kept"
    kept.write_text("mine", encoding="utf-8")
    before = _read(commands)
    steps = json.dumps([["parameters/mine", ""], [os.path.relpath(kept, commands.project), ""]])
    for number, mark in enumerate(("", "0" * 64)):
        record = commands.project / "parameters" / f".under-way-{number}" / "steps.json"
        record.parent.mkdir()
        record.write_text(json.dumps({"mark": mark, "steps": steps}), encoding="utf-8")
    assert commands.run("check", "later")[0] == 0
    assert _read(commands) == before
    assert kept.exists()
