"""A real drive of Windows' kind, NTFS: names in any case are one name, some names are refused, no modes are kept.

`make drives-test` runs this; it needs Linux, root, FUSE and lowntfs-3g.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

MAIN = "from workbook.cli import main; main()"
SAVE = """
from pathlib import Path
from workbook.forms.saving.saving import create_voice, find_voice_file, read_data, save_answer
folder = Path("parameters/mine")
voices = [create_voice(folder, role, "role") for role in ("Grants manager", "grants MANAGER", "Con")]
for voice in voices:
    save_answer(folder, voice, "framing.product.soil", {"value": "unsure"})
print(len({str(find_voice_file(folder, voice)).lower() for voice in voices}))
"""

pytestmark = pytest.mark.skipif(
    not os.environ.get("WORKBOOK_DRIVES"), reason="make drives-test runs it: it needs root, FUSE and lowntfs-3g"
)


def _run(*arguments: str, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def drive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An NTFS in a file, mounted as Windows sees it."""
    image, folder = tmp_path_factory.mktemp("image") / "image", tmp_path_factory.mktemp("drive")
    with image.open("wb") as stream:
        stream.truncate(200 * 2**20)
    subprocess.run(["mkfs.ntfs", "-F", "-Q", str(image)], check=True, capture_output=True)
    subprocess.run(["lowntfs-3g", str(image), str(folder), "-o", "windows_names,ignore_case"], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture(scope="module")
def project(drive: Path) -> Path:
    """A project on it."""
    _run("-c", MAIN, "init", "Über mine", cwd=drive)
    return drive / "Über mine"


def test_the_drive_is_as_windows_has_them(drive: Path) -> None:
    """One name in two cases is one file, and a device's name is refused."""
    (drive / "Abc").write_text("one", encoding="utf-8")
    assert (drive / "aBC").read_text(encoding="utf-8") == "one"
    with pytest.raises(OSError, match="Invalid"):
        (drive / "con").write_text("two", encoding="utf-8")


def test_voices_of_one_role_in_any_case_have_files_of_their_own(project: Path) -> None:
    """Three are made, one of them named as a device is, and none takes another's place."""
    _run("-c", MAIN, "new", "mine", cwd=project)
    assert _run("-c", SAVE, cwd=project).split() == ["3"]


def test_pages_are_the_same_as_on_a_drive_of_linux(project: Path, tmp_path: Path) -> None:
    """And every other file that the commands make can be made."""
    _run("-c", MAIN, "init", "mine", cwd=tmp_path)
    pages = ("batch", "example", "--report", "report", "--edition", "partners")
    for folder in (project, tmp_path / "mine"):
        _run("-c", MAIN, *pages, cwd=folder)
    name = Path("outputs", "example", "report.partners.html")
    assert (project / name).read_bytes() == (tmp_path / "mine" / name).read_bytes()
    for command in (
        ("check",),
        ("doctor",),
        ("questionnaire", "example"),
        ("questionnaire", "example", "--format", "sheet"),
        ("export", "example", "--edition", "private", "--format", "xlsx"),
        ("pack", "example", "--edition", "partners"),
        ("rename", "mine", "ours", "--yes"),
        ("archive", "ours", "--yes"),
    ):
        _run("-c", MAIN, *command, cwd=project)
