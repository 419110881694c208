"""What people type and hand over without meaning harm: each is told what it is, and what to do."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from builders import SMALLEST, write_engagement
from workbook import cli
from workbook.errors import WorkbookError, explain_refusal
from workbook.forms.questionnaire.collect import Refused, Taken, collect_answers
from workbook.projects.making import make_project
from workbook.storage import creating, find_project, refuse_new_name

SENT = {
    "schema": 1,
    "kind": "soil-and-seeds-answers",
    "engagement": "own",
    "role": "Förderin",
    "answers": {"framing.purpose.seed": {"value": 3}},
}
TEXT = json.dumps(SENT, ensure_ascii=False)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_engagement(tmp_path / "parameters" / "own", {"engagement.yaml": SMALLEST})
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", ["-x", "--help", "-"])
def test_a_name_that_would_be_an_option_is_refused(name: str) -> None:
    """No command could be given such an engagement, so none is made; another name is offered."""
    with pytest.raises(WorkbookError, match=r"for an option\. Type (x|help|my-engagement)\.$"):
        refuse_new_name(name)


@pytest.mark.parametrize("raw", [TEXT.encode("utf-16"), ("Dear all,\r\n" + TEXT).encode("utf-16")])
def test_answers_saved_by_an_old_editor_are_read(project: Path, raw: bytes) -> None:
    """Notepad's "Unicode" says by its first bytes how it is written."""
    path = project / "answers.txt"
    path.write_bytes(raw)
    (taken,) = collect_answers("own", [path])
    assert isinstance(taken, Taken), str(taken)
    assert taken.voice.role == "Förderin"


def test_what_is_no_file_of_answers_is_told_what_it_is(project: Path) -> None:
    """A folder, a packed one, and a text of which only its editor knows the signs: each has a remedy of its own."""
    ansi, packed, folder = project / "answers.txt", project / "answers (1).zip", project / "forms"
    ansi.write_bytes(TEXT.encode("cp1252"))
    packed.write_bytes(b"PK\x03\x04" + TEXT.encode())
    folder.mkdir()
    refused = [str(one) for one in collect_answers("own", [ansi, packed, folder, Path()]) if isinstance(one, Refused)]
    for said, wanted in zip(refused, ("UTF-8 as the encoding", "unpack it", "forms/*", "./*"), strict=True):
        assert wanted in said
    assert refused[3].startswith(".: nothing was taken")


def test_a_sign_that_a_stream_cannot_hold_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words go into a file on Windows, or a name of an old disk onto a screen, with a question mark in their place."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=name) for name in ("cp1252", "utf-8")]
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    monkeypatch.setattr(sys, "argv", ["workbook", "check", "\u5b66 \udcc4"])
    monkeypatch.setattr(cli.gc, "set_threshold", lambda _: None)
    monkeypatch.setattr(os, "umask", lambda _: 0)
    with pytest.raises(SystemExit):
        cli.main()
    for stream in streams:
        stream.flush()
    assert b"cannot be the name of an engagement" in streams[1].buffer.getvalue()  # type: ignore[attr-defined]


def test_a_project_has_a_path_that_a_page_can_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder's name from an old disk, in no encoding, is refused before anything is made or run in it."""
    folder = tmp_path / os.fsdecode(b"Gr\xfc")
    with pytest.raises(WorkbookError, match="Rename that folder"):
        make_project(folder)
    assert not folder.exists()
    try:
        (folder / "parameters").mkdir(parents=True)
    except OSError:
        pytest.skip("this disk takes no such name")
    monkeypatch.setenv("WORKBOOK_HOME", str(folder))
    with pytest.raises(WorkbookError, match="Rename that folder"):
        find_project()


def test_the_folder_one_stands_in_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`workbook init .` names the folder, not a point."""
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(cli.app, ["init", ".", "--bare"])
    assert f"Made a workbook in {tmp_path}." in said.output
    assert f"{tmp_path} holds a workbook already" in str(CliRunner().invoke(cli.app, ["init", "."]).exception)


@pytest.mark.parametrize(("number", "why"), [(errno.EISDIR, "name another place"), (errno.ENOENT, "is there, and")])
def test_what_the_disk_refuses_has_a_remedy_of_its_own(number: int, why: str) -> None:
    """A folder in a file's place is no matter of the disk, nor is a folder that is missing one of Windows alone."""
    assert why in explain_refusal(OSError(number, "no", "somewhere"))


def test_a_full_disk_is_no_matter_of_permissions(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers that find no room are refused with what helps, and nothing is filed."""
    (project / "answers.json").write_text(TEXT, encoding="utf-8")

    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(WorkbookError, match=r"No space left on device\. Make room on that disk"):
        list(collect_answers("own", [project / "answers.json"]))
    assert list((project / "parameters" / "own" / "voices").iterdir()) == []


def test_two_who_make_one_name_make_one(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another command made meanwhile, with its answers, is not written over."""
    folder = project / "parameters" / "late"

    def make_first(_held: Path) -> None:
        write_engagement(folder, {"engagement.yaml": SMALLEST})

    monkeypatch.setattr(creating, "read_engagement", make_first)
    with pytest.raises(WorkbookError, match="was not touched"):
        creating.create_engagement("late")
    assert (folder / "engagement.yaml").read_text(encoding="utf-8") == SMALLEST


def test_where_no_workbook_is_found_it_is_said_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that leads nowhere is named, since to go into another folder would not help."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    with pytest.raises(WorkbookError, match=r"which WORKBOOK_HOME names.*or unset it"):
        find_project()


def test_a_folder_that_is_gone_is_said_to_be_gone(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """Whoever stands in a folder that was deleted is told so, and not of a file or of Windows."""

    def stand_nowhere() -> Path:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory")

    monkeypatch.delenv("WORKBOOK_HOME", raising=False)
    monkeypatch.setattr(Path, "cwd", staticmethod(stand_nowhere))
    monkeypatch.setattr(sys, "argv", ["workbook", "check", "own"])
    monkeypatch.setattr(cli.gc, "set_threshold", lambda _: None)
    monkeypatch.setattr(os, "umask", lambda _: 0)
    with pytest.raises(SystemExit):
        cli.main()
    assert capsys.readouterr().err.startswith("The folder you stand in is not there any more.")


@pytest.mark.parametrize("editions", [(), ("--edition", "private")])
def test_nothing_private_is_released(project: Path, editions: tuple[str, ...]) -> None:
    """Nobody is left to think that something was recorded: the editions that go out are named, and nothing is made."""
    said = CliRunner().invoke(cli.app, ["batch", "own", "--release", *editions])
    assert "--edition partners or --edition public" in str(said.exception)
    assert not (project / "outputs").exists()
