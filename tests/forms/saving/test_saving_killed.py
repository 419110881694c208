"""A program killed while it saves: what it had acknowledged is there, and every file can be read."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.forms.saving.saving import find_answer, read_data
from workbook.storage import read_engagement

ROUNDS = 50
FACTS = "schema: 1\ntitle: A commission\ncommissioner: A funder\n"
# Forks a writer for each line it is sent, so that the libraries are imported once. A writer answers the same few
# questions for ever, and says which answer it has been told is saved; `end` follows its death.
WRITER = """
import os, sys
from pathlib import Path
import ruamel.yaml, filelock
from workbook.forms.saving.saving import save_answer
folder = Path(sys.argv[1])
for line in sys.stdin:
    process, number = os.fork(), int(line)
    while process == 0:
        number += 1
        for question in ("framing.said_aloud", "framing.stays_evaluation"):
            save_answer(folder, "trustee", question, {"value": f"answer {number}\\n" + "words " * 200})
            os.write(1, f"{question} {number}\\n".encode())
    os.write(1, f"started {process}\\n".encode())
    os.waitpid(process, 0)
    os.write(1, b"end\\n")
"""


@pytest.mark.slow
def test_fifty_rounds_of_kill_9_lose_no_acknowledged_answer(tmp_path: Path) -> None:
    """The writer is killed at random moments; the file holds the last answer it had acknowledged, or the next."""
    folder = tmp_path / "a-commission"
    (folder / "voices").mkdir(parents=True)
    (folder / "engagement.yaml").write_text(FACTS, encoding="utf-8")
    (folder / "voices" / "trustee.yaml").write_text("schema: 1\nrole: Trustee\n# by hand\n", encoding="utf-8")
    chance = random.Random(5)
    acknowledged = dict.fromkeys(("framing.said_aloud", "framing.stays_evaluation"), 0)
    number = 0
    with _start_writer(folder) as writer:
        for _ in range(ROUNDS):
            for question, count in _write_until_killed(writer, number, chance):
                acknowledged[question] = count
            number = max(acknowledged.values()) + 1
            _check_files(folder, acknowledged)
        writer.terminate()
    assert min(acknowledged.values()) > ROUNDS
    assert "# by hand" in (folder / "voices" / "trustee.yaml").read_text(encoding="utf-8")


def _check_files(folder: Path, acknowledged: dict[str, int]) -> None:
    voice = read_engagement(folder).voices[0]
    data = read_data(folder / "voices" / "trustee.yaml")
    for question, count in acknowledged.items():
        found = find_answer(data, question)
        assert (found is not None) or count == 0
        assert (int(voice.answers[question].value.split()[1]) if found else 0) >= count


def _start_writer(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _write_until_killed(writer: subprocess.Popen[str], number: int, chance: random.Random) -> list[tuple[str, int]]:
    assert writer.stdin
    assert writer.stdout
    writer.stdin.write(f"{number}\n")
    writer.stdin.flush()
    # Killed some moment after it has said a few things: no clock, and no two rounds at the same place.
    said: list[list[str]] = []
    process, enough = 0, chance.randint(2, 5)
    while (line := writer.stdout.readline()) and line != "end\n":
        said.append(line.split())
        process = int(said[-1][1]) if said[-1][0] == "started" else process
        if len(said) >= enough and process:
            select.select([], [], [], chance.uniform(0, 0.06))
            os.kill(process, signal.SIGKILL)
            enough = sys.maxsize
    return [(question, int(count)) for question, count in said if question != "started"]
