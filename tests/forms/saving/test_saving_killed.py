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

from workbook.forms.saving.saving import GROUP
from workbook.storage import read_engagement

ROUNDS = 50
FACTS = "schema: 1\ntitle: A commission\ncommissioner: A funder\n"
AUDIENCES = "audiences:\n  # in this order\n  - {id: grantees, name: Answer 0, group: delivery}\n"
# Forks a writer for each line it is sent, so that the libraries are imported once. A writer answers the same few
# questions for ever, and says which answer it has been told is saved; `end` follows its death.
WRITER = """
import os, sys
from pathlib import Path
import ruamel.yaml, filelock
from workbook.forms.facts.saving import save_fact
from workbook.forms.saving.saving import GROUP, save_answer
folder = Path(sys.argv[1])

def give(place, number):
    text = f"Answer {number}\\n" + "words " * 200
    if place == "sentence":
        save_fact(folder, place, {"value": text})
    elif place == "audiences":
        save_fact(folder, place, {"value": [{"id": "grantees", "name": f"Answer {number}", "group": "delivery"}]})
    else:
        voice, _, question = place.partition(" ")
        save_answer(folder, voice, question, {"value": text})

for line in sys.stdin:
    process, number = os.fork(), int(line)
    while process == 0:
        number += 1
        for place in sys.argv[2:]:
            give(place, number)
            os.write(1, f"{place} {number}\\n".encode())
    os.write(1, f"started {process}\\n".encode())
    os.waitpid(process, 0)
    os.write(1, b"end\\n")
"""
VOICE = ("trustee framing.said_aloud", "trustee framing.stays_evaluation")
OTHERS = ("sentence", "audiences", f"{GROUP} framing.said_aloud")


@pytest.mark.slow
@pytest.mark.parametrize("places", [VOICE, OTHERS], ids=["a voice", "facts, audiences and group"])
def test_fifty_rounds_of_kill_9_lose_no_acknowledged_answer(tmp_path: Path, places: tuple[str, ...]) -> None:
    """The writer is killed at random moments; the files hold the last answers it had acknowledged, or the next."""
    folder = tmp_path / "a-commission"
    (folder / "voices").mkdir(parents=True)
    (folder / "engagement.yaml").write_text(FACTS + AUDIENCES, encoding="utf-8")
    (folder / "voices" / "trustee.yaml").write_text("schema: 1\nrole: Trustee\n# by hand\n", encoding="utf-8")
    chance = random.Random(5)
    acknowledged = dict.fromkeys(places, 0)
    number = 0
    with _start_writer(folder, places) as writer:
        for _ in range(ROUNDS):
            for place, count in _write_until_killed(writer, number, chance):
                acknowledged[place] = count
            number = max(acknowledged.values()) + 1
            _check_files(folder, acknowledged)
        writer.terminate()
    assert min(acknowledged.values()) > ROUNDS
    assert "# by hand" in (folder / "voices" / "trustee.yaml").read_text(encoding="utf-8")
    assert "# in this order" in (folder / "engagement.yaml").read_text(encoding="utf-8")


def _check_files(folder: Path, acknowledged: dict[str, int]) -> None:
    engagement = read_engagement(folder)
    (audience,) = engagement.facts.audiences
    assert audience.id == "grantees"
    for place, count in acknowledged.items():
        voice, _, question = place.partition(" ")
        answers = engagement.agreed.answers if voice == GROUP else engagement.voices[0].answers
        known: dict[str, str | None] = {"sentence": engagement.facts.sentence, "audiences": audience.name}
        found = known[place] if place in known else str(answers[question].value) if question in answers else None
        assert (int(found.split()[1]) if found else 0) >= count, place


def _start_writer(folder: Path, places: tuple[str, ...]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), *places]
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
        said.append(line.rsplit(maxsplit=1))
        process = int(said[-1][1]) if said[-1][0] == "started" else process
        if len(said) >= enough and process:
            select.select([], [], [], chance.uniform(0, 0.06))
            os.kill(process, signal.SIGKILL)
            enough = sys.maxsize
    return [(question, int(count)) for question, count in said if question != "started"]
