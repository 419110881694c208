"""How long a form waits after an answer: until it is saved, and until all that moves with it is drawn anew.

    python benchmarks/redraw.py [SLUG] [--rounds 3]

Every question of every chapter that a voice or the group has answered gets a changed answer, on a copy of the
engagement. Times run from the message's arrival to each reply, without the browser. Beside the milliseconds
stands how often the parsing of the answerer's file would fit into them, by ruamel.yaml's safe loader in Python.
The verdict with its field, and below it the chapter's finding, stand beside the form; the reading, a section of the
summary, stands under it.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from workbook.forms.lab.session import Session
from workbook.forms.saving.saving import GROUP, find_voice_file
from workbook.model.chapters import list_chapters
from workbook.storage import load_engagement

PROJECT = Path(__file__).resolve().parents[1]
GOAL = 2  # times the parsing, from an answer's arrival to the verdict
STEPS = ("saved", "verdict", "finding", "reading")

Times = list[tuple[float, ...]]


def main() -> int:
    """Print a line a chapter; 1 if the median of any is over the goal."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("slug", nargs="?", default="example")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    slow = 0
    with tempfile.TemporaryDirectory(prefix="workbook-benchmark-") as made:
        folder = Path(made) / "parameters" / options.slug
        shutil.copytree(PROJECT / "parameters" / options.slug, folder)
        voices = [voice.id for voice in load_engagement(folder).voices[:1]]
        for voice in (*voices, GROUP):
            parsing = time_parsing(find_voice_file(folder, voice))
            print(f"{voice}: parsing the file once takes {parsing:.0f} ms")
            for chapter in (one.id for one in list_chapters() if one.questions):
                times = list(time_answers(folder, voice, chapter, options.rounds))
                slow += print_line(chapter, times, parsing)
    return 1 if slow else 0


def time_parsing(path: Path) -> float:
    """Milliseconds, best of five."""
    raw, taken = path.read_bytes(), []
    for _ in range(5):
        begun = time.perf_counter()
        YAML(typ="safe", pure=True).load(raw)
        taken.append(1000 * (time.perf_counter() - begun))
    return min(taken)


def time_answers(folder: Path, voice: str, chapter: str, rounds: int) -> Iterator[tuple[float, ...]]:
    """Give each answered question another answer, and yield milliseconds to each of its replies."""
    session = Session(folder, chapter)
    state = next(iter(session.respond({"kind": "open", "voice": voice})))
    asked = {question["id"] for question in state["sheet"]["questions"] if not question.get("plain")}
    answers = {key: answer for key, answer in state["answers"].items() if key in asked}
    list(session.respond({"kind": "draw", "voice": voice}))  # the first one imports what it needs
    for number in range(1, rounds + 1):
        for question, base in list(answers.items()):
            answers[question] = {**base, "value": change(base["value"], number), "note": f"round {number}"}
            message = {"kind": "answer", "voice": voice, "question": question, "answer": answers[question]}
            yield time_reply(session, {**message, "base": base})
            # Between two answers a form looks whether anything changed.
            list(session.respond({"kind": "look", "voice": voice, "stamp": session.state.stamp}))


def time_reply(session: Session, message: dict[str, Any]) -> tuple[float, ...]:
    """Milliseconds to each of the replies; one that does not come counts as endless."""
    times = dict.fromkeys(STEPS, float("inf"))
    begun = time.perf_counter()
    for reply in session.respond(message):
        times[reply["kind"]] = 1000 * (time.perf_counter() - begun)
    return tuple(times[step] for step in STEPS)


def change(value: Any, number: int) -> Any:
    """Another value of the same kind, where that needs no knowledge of the question: the high end of a range."""
    if isinstance(value, dict):
        changed = {key: change(one, number) for key, one in value.items()}
        if {"low", "likely", "high"} <= set(value) and all(isinstance(one, int | float) for one in value.values()):
            changed["high"] = max(value["likely"], value["high"] * (1 - 0.01 * number))
        return changed
    return value


def print_line(chapter: str, times: Times, parsing: float) -> bool:
    """Print medians and the slowest; True if the median is over the goal."""
    if not times:
        return False
    saved, drawn, found, read = (statistics.median(column) for column in zip(*times, strict=True))
    print(
        f"  {chapter:<16} {len(times):3d} answers: saved {saved:4.0f} ms, verdict {drawn:4.0f} ms"
        f" ({drawn / parsing:4.1f} times the parsing), finding {found:4.0f} ms ({found / parsing:4.1f}),"
        f" reading {read:4.0f} ms ({read / parsing:4.1f}){'' if drawn <= GOAL * parsing else '  over'}"
    )
    return drawn > GOAL * parsing


if __name__ == "__main__":
    sys.exit(main())
