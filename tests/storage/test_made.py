"""Files made for people to work on: what somebody changed since is never written over."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from builders import SMALLEST, write_engagement
from workbook import digests, storage
from workbook.errors import InputError
from workbook.export.export import export_engagement
from workbook.export.format import Format
from workbook.model.choices import Edition


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_engagement(tmp_path / "parameters" / "own", {"engagement.yaml": SMALLEST})
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(("format_", "file"), [(Format.XLSX, "data.xlsx"), (Format.CSV, "csv/cover.csv")])
def test_what_somebody_changed_stays(project: Path, format_: Format, file: str) -> None:
    """Changed in a spreadsheet, the file is named and stays; moved away, it is made as ever."""
    for _ in "12":
        made = export_engagement("own", edition=Edition.PRIVATE, format_=format_)
    changed = project / "outputs" / "own" / file
    changed.write_bytes(b"a column of our own")
    with pytest.raises(InputError, match=f"(?s)^{made.name}.*somebody has changed it since.*rename it"):
        export_engagement("own", edition=Edition.PRIVATE, format_=format_)
    assert changed.read_bytes() == b"a column of our own"
    made.rename(made.with_name("ours"))
    assert export_engagement("own", edition=Edition.PRIVATE, format_=format_).exists()


def test_what_was_stopped_or_made_by_others_is_made_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that is stopped half way, and a digest by another user's key, tell of no change by a person."""
    path = storage.make_folder(project / "outputs" / "own") / "map.xlsx"
    with suppress(KeyboardInterrupt), storage.put_made(path):
        storage.write_bytes(path, b"half")
        raise KeyboardInterrupt
    with storage.put_made(path):
        storage.write_bytes(path, b"first")
    path.write_bytes(b"made elsewhere")
    monkeypatch.setattr(digests, "load_key", lambda: bytes(32))
    with storage.put_made(path):
        storage.write_bytes(path, b"second")
    assert path.read_bytes() == b"second"


def test_a_folder_that_somebody_only_looked_into_is_made_again(project: Path) -> None:
    """What a system or an office program leaves in a folder is no change by a person; another file is one."""
    folder = project / "outputs" / "own" / "csv"
    for left in (".DS_Store", "Thumbs.db", "~$answers.csv"):
        with storage.put_made(folder):
            storage.write_bytes(storage.make_folder(folder) / "answers.csv", b"made")
        (folder / left).write_bytes(b"traces")
    (folder / "notes.csv").write_bytes(b"our own")
    with pytest.raises(InputError, match="somebody has changed it since"), storage.put_made(folder):
        raise AssertionError
