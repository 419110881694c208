"""Every command that writes, killed at random: nobody else can read what is left, and the next command clears it.

`make kill-test` kills each fifty times, `make test` a few.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from batch.machines import Machines
from kills.commands import Commands
from workbook import storage
from workbook.machine import can_fork
from workbook.projects.making import make_project

ROUNDS = int(os.environ.get("WORKBOOK_KILL_ROUNDS", "1"))
CANARY = "Zephyrine-Quagga"
COMMANDS = {
    "collect": ("collect", "example", "{sent}"),
    "replace": ("collect", "example", "{again}", "--as", "trustee", "--replace"),
    "withdraw": ("withdraw", "example", "trustee", "--yes"),
    "batch": ("batch", "example", "--jobs", "1"),
    "kernel": ("batch", "example", "--jobs", "1", "--kernel"),
    "plain": ("WORKBOOK_PLAIN=1", "batch", "example", "--jobs", "1"),
    "dask": ("batch", "example", "--edition", "public", "--scheduler", "{scheduler}"),
    "json": ("export", "example", "--format", "json"),
    "xlsx": ("export", "example", "--format", "xlsx"),
    "map": ("map", "example", "--format", "graphml"),
    "pack": ("pack", "example", "--edition", "private"),
    "new": ("new", "fresh", "--from-export", "{export}"),
    "voice": ("new", "example", "--voice", "somebody"),
    "questionnaire": ("questionnaire", "example"),
    "rename": ("rename", "example", "other", "--yes"),
    "archive": ("archive", "example", "--yes"),
    "delete": ("delete", "example", "--yes"),
}
# The others are killed by `make slow-test` and `make kill-test`.
QUICK = ("collect", "withdraw", "batch", "new", "rename")
OTHERS = [pytest.param(one, marks=pytest.mark.slow) for one in COMMANDS if one not in QUICK]
LEFT = re.compile(r"\..+-\d+-[0-9a-f]{8}|\.(making|new|gone|drive|held)-.*|soil-and-seeds-.*")
pytestmark = pytest.mark.skipif(not can_fork(), reason="this system forks no process")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with somebody's words in it, a file of theirs that came, one more, and an export."""
    folder = tmp_path_factory.mktemp("kills")
    project = make_project(folder / "filled")
    parameters = project / "parameters"
    for other in storage.list_slugs(project):
        if other != "example":
            shutil.rmtree(parameters / other)
    voice = parameters / "example" / "voices" / "trustee.yaml"
    text = voice.read_text(encoding="utf-8")
    voice.write_text(re.sub(r"(?m)^role: .*$", f"role: {CANARY}", text), encoding="utf-8")
    answers = {"framing.purpose.seed": {"value": 1, "note": CANARY}}
    sent = {"schema": 1, "kind": "soil-and-seeds-answers", "engagement": "example", "role": CANARY, "consent": "role"}
    for name in ("sent", "again"):
        (folder / f"{name}.json").write_text(json.dumps({**sent, "answers": answers}), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_HOME", str(project))
        from workbook.export.export import export_engagement
        from workbook.export.format import Format
        from workbook.model.choices import Edition

        made = export_engagement("example", edition=Edition.PRIVATE, format_=Format.JSON)
    shutil.copy(made, folder / "export.json")
    return folder


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler and a worker, which live on when a batch that uses them is killed."""
    pytest.importorskip("distributed")
    started = Machines(tmp_path_factory.mktemp("cluster"), count=1)
    yield started
    started.close()


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    """Start what runs the commands, in a project and with temporary files of their own."""
    (tmp_path / "temporary").mkdir()
    started = Commands(tmp_path / "mine", tmp_path / "temporary")
    yield started
    started.close()


@pytest.mark.parametrize("name", [*QUICK, *OTHERS])
def test_a_killed_command_leaves_nothing_open_and_nothing_behind(
    filled: Path, commands: Commands, request: pytest.FixtureRequest, name: str
) -> None:
    """After the kill no other user can read an answer; after the next command nothing half-made is there."""
    named = {one: str(filled / f"{one}.json") for one in ("sent", "again", "export")}
    if name == "dask":
        named["scheduler"] = request.getfixturevalue("cluster").address
    arguments = [part.format(**named) for part in COMMANDS[name]]
    chance = random.Random(name)
    killed = tried = 0
    commands.run("check")  # what is imported once is imported now
    _begin(filled, commands)
    status, seconds = commands.run(*arguments)
    assert status == 0
    while killed < ROUNDS and tried < 20 * ROUNDS:
        tried += 1
        _begin(filled, commands)
        status, _ = commands.run(*arguments, kill_after=chance.uniform(0, seconds))
        killed += status == -signal.SIGKILL
        assert _list_open(commands) == []
        commands.run("check")
        assert _list_left(commands) == []
        _check_readable(commands)
    print(f"{name}: killed {killed} times within {seconds:.2f} s")
    assert killed == ROUNDS


def _begin(filled: Path, commands: Commands) -> None:
    """Put the project as it was, open to all as an archive unpacks it, with what was made before."""
    shutil.rmtree(commands.project, ignore_errors=True)
    shutil.copytree(filled / "filled", commands.project)
    for path in (commands.project / "parameters").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _holds_answers(path: Path) -> bool:
    try:
        return path.is_file() and not path.is_symlink() and CANARY.encode() in path.read_bytes()
    except FileNotFoundError:  # the processes of a killed batch end by themselves, and clear up meanwhile
        return False


def _can_be_read(path: Path, root: Path) -> bool:
    """Whether another user may read a file, and may go through the folders it lies in."""
    try:
        folders = [parent.stat().st_mode for parent in path.parents if parent.is_relative_to(root)]
        return bool(path.stat().st_mode & 0o077) and all(mode & 0o077 for mode in folders)
    except FileNotFoundError:
        return False


def _walk(root: Path) -> list[Path]:
    """List what is under a folder; what goes while it is looked at is passed over."""
    return [Path(folder) / name for folder, folders, files in os.walk(root) for name in (*folders, *files)]


def _list_open(commands: Commands) -> list[str]:
    """List what others could read of what the command wrote: files of answers not as they were before."""
    before = {"parameters/example/voices/trustee.yaml"}
    found = []
    for root in (commands.project, commands.temporary):
        for path in _walk(root):
            name = path.relative_to(root).as_posix()
            moved = name.endswith("/voices/trustee.yaml") or name in before
            if not moved and _holds_answers(path) and _can_be_read(path, root):
                found.append(name)
    return found


def _list_left(commands: Commands) -> list[str]:
    """List what was half made or half removed: by its name, or as answers without an engagement."""
    parameters = commands.project / "parameters"
    roots = (parameters, *(commands.project / name for name in ("outputs", "archive")), commands.temporary)
    left = [str(path) for root in roots for path in _walk(root) if LEFT.fullmatch(path.name)]
    folders = [one for one in parameters.iterdir() if one.is_dir()]
    return left + [str(one) for one in folders if not (one / "engagement.yaml").is_file()]


def _check_readable(commands: Commands) -> None:
    """Each engagement that is there can be read, as it was or as it was to become."""
    for facts in (commands.project / "parameters").glob("*/engagement.yaml"):
        storage.read_engagement(facts.parent)
