"""What the product prints can be pasted where it is printed."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

import pytest

from workbook.cli import COMMANDS
from workbook.storage import propose_name
from workbook.typed import NAMES, make_pasteable

SCRIPTS = Path(sysconfig.get_path("scripts"))
# A shell in which nothing is active, as after `make run` in a fresh checkout.
BARE = {**os.environ, "PATH": "/usr/bin:/bin", "NO_COLOR": "1"}
BARE.pop("WORKBOOK_HOME", None)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a shell of its own is needed")


def _run(typed: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["/bin/sh", "-c", typed], cwd=folder, env=BARE, capture_output=True, text=True, check=False)


def _find_typed(text: str) -> str:
    return text.strip().splitlines()[-1].partition("type: ")[2]


def test_every_command_is_known_by_its_name() -> None:
    """A new command is made pasteable too."""
    assert list(COMMANDS) == NAMES


def test_what_is_printed_runs_where_it_is_printed(tmp_path: Path) -> None:
    """From the words of somebody who knows no rule for names, by pasting alone, in a shell that finds no command."""
    (tmp_path / "parameters").mkdir()
    (tmp_path / "bin").symlink_to(SCRIPTS)
    refused = _run(f"{SCRIPTS}/workbook new 'Riverside Families'", tmp_path)
    assert refused.returncode == 1
    made = _run(_find_typed(refused.stderr), tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    assert (tmp_path / "parameters" / "riverside-families" / "engagement.yaml").is_file()
    assert _find_typed(made.stdout) == f"{SCRIPTS}/workbook open riverside-families"
    checked = _run(_find_typed(made.stdout).replace(" open ", " check "), tmp_path)
    assert "riverside-families" in checked.stdout + checked.stderr


def test_a_way_given_after_a_change_of_folder_holds_there(tmp_path: Path) -> None:
    """`init` says `cd` first: a path from the old folder would be wrong in the new one."""
    made = _run(f"{SCRIPTS}/workbook init there --bare", tmp_path)
    assert made.stdout.splitlines()[-1] == f"Next: cd there, then type: {SCRIPTS}/workbook new my-commission"


def test_in_an_active_environment_the_name_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what only speaks of a command is left as it is."""
    text = "Type: workbook check a. It is a file that workbook export made."
    assert make_pasteable(text) == text
    monkeypatch.setenv("PATH", "/usr/bin")
    monkeypatch.chdir(SCRIPTS.parent.parent)
    assert make_pasteable(text) == text.replace(
        "workbook check",
        ".venv/bin/workbook check".replace(".venv/bin", str(SCRIPTS.relative_to(SCRIPTS.parent.parent))),
    )


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Riverside Families", "riverside-families"),
        ("  L'Écho d’été 2026! ", "lecho-dete-2026"),
        ("2026", "round-2026"),
        ("con", "con-one"),
        ("…", ""),
        ("a-name", "a-name"),
    ],
)
def test_a_name_is_made_of_words(words: str, name: str) -> None:
    """Of small letters, digits and hyphens, and never one that other tools would take for something else."""
    assert propose_name(words) == name
