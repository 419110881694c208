"""Five hundred people in one file: filed soon, each all or nothing, and with no more memory than fifty need."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flat_support import encode
from workbook import storage
from workbook.forms.ways.facilitator import name_file_of
from workbook.model.chapters import list_questions

SECONDS, MEGABYTES = 5, 40
COLLECT = """
import resource, sys, time
from pathlib import Path
from workbook.forms.questionnaire.collect import Taken, collect_answers
from workbook.forms.ways.files import read_file
begun = time.process_time()
outcomes = list(collect_answers("commission", [Path(sys.argv[1])], read=read_file))
print(sum(isinstance(one, Taken) for one in outcomes), len(outcomes), time.process_time() - begun)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def _write(project: Path, people: int) -> Path:
    """Write an export in which every tenth person has one answer that cannot be read, beside good ones."""
    questions = list_questions(storage.load_engagement("commission").facts)
    rows = []
    for number in range(people):
        answers = {
            "framing.pick": {"value": "two", "note": f"Because of {number}."},
            "framing.story": {"value": f"Story {number}. " + "word " * 100},
            "framing.count": {"value": 61 if number % 10 == 0 else number % 60 + 1},
            "framing.points": {"value": {"funder": number % 100, "grantees": 100 - number % 100, "people": 0}},
        }
        head = {"ss_form": name_file_of("commission"), "ss_role": f"Lead {number}", "ss_consent": "role"}
        rows.append(head | encode(answers, questions))
    stream = io.StringIO(newline="")
    out = csv.DictWriter(stream, rows[0])
    out.writeheader()
    out.writerows(rows)
    path = project / f"{people}.csv"
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")
    return path


def _collect(path: Path) -> tuple[int, int, float, float]:
    command = [sys.executable, "-c", COLLECT, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, env=dict(os.environ))
    taken, everybody, seconds, megabytes = done.stdout.split()
    return int(taken), int(everybody), float(seconds), float(megabytes)


@pytest.mark.usefixtures("every_kind")
def test_five_hundred_people_are_filed_soon_and_each_whole_or_not_at_all(every_kind: Path) -> None:
    """Within five seconds of work; fifty with one bad answer leave nothing; memory is that of a tenth as many."""
    taken, everybody, _, few = _collect(_write(every_kind, 50))
    assert (taken, everybody) == (45, 50)
    shutil.rmtree(every_kind / "parameters" / "commission" / "voices")
    taken, everybody, seconds, many = _collect(_write(every_kind, 500))
    assert (taken, everybody) == (450, 500)
    voices = storage.load_engagement("commission").voices
    assert len(voices) == 450
    assert all(len(voice.answers) == 4 for voice in voices)
    assert seconds < SECONDS
    assert many - few < MEGABYTES
