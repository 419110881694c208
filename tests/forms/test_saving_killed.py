"""A program killed while it saves: what it had acknowledged is there, and every file can be read."""

from __future__ import annotations

import random
import select
import subprocess
import sys
from pathlib import Path

from workbook.forms.saving import find_answer, read_data
from workbook.storage import read_engagement

ROUNDS = 50
FACTS = "schema: 1\ntitle: A commission\ncommissioner: A funder\n"
# Answers the same few questions for ever, and says which answer it has been told is saved.
WRITER = """
import sys
from pathlib import Path
from workbook.forms.saving import save_answer
folder, number = Path(sys.argv[1]), int(sys.argv[2])
while True:
    number += 1
    for question in ("framing.said_aloud", "framing.stays_evaluation"):
        save_answer(folder, "trustee", question, {"value": f"answer {number}\\n" + "words " * 200})
        sys.stdout.write(f"{question} {number}\\n")
        sys.stdout.flush()
"""


def test_fifty_rounds_of_kill_9_lose_no_acknowledged_answer(tmp_path: Path) -> None:
    """The writer is killed at random moments; the file holds the last answer it had acknowledged, or the next."""
    folder = tmp_path / "a-commission"
    (folder / "voices").mkdir(parents=True)
    (folder / "engagement.yaml").write_text(FACTS, encoding="utf-8")
    (folder / "voices" / "trustee.yaml").write_text("schema: 1\nrole: Trustee\n# by hand\n", encoding="utf-8")
    chance = random.Random(5)
    acknowledged = dict.fromkeys(("framing.said_aloud", "framing.stays_evaluation"), 0)
    number = 0
    for _ in range(ROUNDS):
        for question, count in _write_until_killed(folder, number, chance):
            acknowledged[question] = count
        number = max(acknowledged.values()) + 1
        voice = read_engagement(folder).voices[0]
        data = read_data(folder / "voices" / "trustee.yaml")
        for question, count in acknowledged.items():
            found = find_answer(data, question)
            assert (found is not None) or count == 0
            held = int(voice.answers[question].value.split()[1]) if found else 0
            assert held >= count
    assert min(acknowledged.values()) > ROUNDS
    assert "# by hand" in (folder / "voices" / "trustee.yaml").read_text(encoding="utf-8")


def _write_until_killed(folder: Path, number: int, chance: random.Random) -> list[tuple[str, int]]:
    command = [sys.executable, "-c", WRITER, str(folder), str(number)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        first = writer.stdout.readline()
        # Nothing to read here: the wait is only as long as the round is to last.
        select.select([], [], [], chance.uniform(0, 0.1))
        writer.kill()
        lines = [first, *writer.stdout.readlines()]
    return [(line.split()[0], int(line.split()[1])) for line in lines if line.endswith("\n")]
