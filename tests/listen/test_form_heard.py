"""The form in JupyterLab by ear and by keyboard alone: what no key may do, and one whole chapter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from listen.conftest import ROOT
from listen.ear import Ear
from workbook.storage import read_engagement

Listen = Callable[..., Ear]
PERSON, WORDS = "Listener", "Whether the money was spent as agreed"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a project of its own with the example."""
    for name in ("parameters/example", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / "home" / name)
    return tmp_path / "home"


@pytest.fixture(params=["lab", "app"])
def start(request: pytest.FixtureRequest, home: Path) -> Iterator[str]:
    """Open the example as `workbook open` does; return the address of its start page."""
    main = "from workbook.cli import main; main()"
    kind = ["--app"] if request.param == "app" else []
    server = subprocess.Popen(
        [sys.executable, "-c", main, "open", "example", *kind, "--no-browser"],
        env={**os.environ, "WORKBOOK_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout
    address = next(line.strip() for line in server.stdout if "127.0.0.1" in line)
    while not _answers(address):
        time.sleep(0.1)
    yield address
    server.terminate()
    server.wait(30)


@pytest.fixture
def chapter(start: str) -> str:
    """Return the address of the chapter on framing."""
    return start.replace("00_start_here", "01_framing")


@pytest.mark.parametrize("start", ["lab"], indirect=True)
def test_the_start_page_begins_with_who_answers(listen: Listen, start: str) -> None:
    """The first Tab leads into the form, though other cells stand before and after it."""
    ear = listen(start)
    ear.wait_for("The form is here", seconds=90)
    ear.set_focus_mode()
    assert "Who is answering? combo box" in ear.press("Tab")


@pytest.mark.parametrize("start", ["lab"], indirect=True)
def test_letters_leave_the_form_alone_and_the_list_of_people_waits(listen: Listen, chapter: str) -> None:
    """The form is heard when it has come; letters by which one moves do nothing to it; the list acts when confirmed."""
    ear = listen(chapter)
    ear.wait_for("Your answers: Framing", seconds=60)
    ear.set_focus_mode()
    ear.press("m", "x", "d", "d")
    assert "Who is answering?" in ear.press("Tab")
    since = ear.mark()
    ear.press("Down", "Down", "Down")
    heard = " | ".join(ear.list_heard(since))
    assert "You now answer as" not in heard
    assert "Who may see this answer" not in heard
    told = ear.press("Tab")
    assert "Answer as: " in told
    person = told.split("Answer as: ")[1].split(" push button")[0].strip()
    since = ear.mark()
    ear.press("Return")
    ear.wait_for(f"You now answer as: {person}", since=since)
    ear.listen(3)
    heard = " | ".join(ear.list_heard(since))
    assert heard.count("You now answer as") == 1
    assert "combo box" not in heard, heard  # Chromium said every list that was drawn anew


@pytest.mark.parametrize("start", ["lab"], indirect=True)
def test_a_reading_that_changes_says_so_to_whoever_reads_it(listen: Listen, chapter: str, home: Path) -> None:
    """Once, and one goes on where one was."""
    ear = listen(chapter)
    _answer_as_finance_lead(ear)
    ear.press("Insert+a")
    ear.until("h", "Your reading", most=60)
    place = ear.press("Down", "Down", "Down", "Down")
    voice = home / "parameters" / "example" / "voices"
    path = next(one for one in sorted(voice.glob("*.yaml")) if "framing.purpose.seed: 4" in one.read_text("utf-8"))
    since = ear.mark()
    path.write_text(path.read_text("utf-8").replace("framing.purpose.seed: 4", "framing.purpose.seed: 0"), "utf-8")
    ear.wait_for("Answers changed while you were here", since=since)
    ear.listen(2)
    assert ear.press("Up", "Down") == place


def test_a_chapter_from_opening_to_saved_and_read_back(listen: Listen, chapter: str, home: Path) -> None:
    """Somebody new answers every question of the chapter by keys, hears that it is saved, its reading, and it again."""
    ear = listen(chapter)
    opened = ear.wait_for("The form is here", seconds=90)
    assert ("Framing – example – Soil & Seeds" in opened) == ("voila/render" in chapter)
    ear.set_focus_mode()
    ear.until("Tab", "Who is answering?", most=20)
    ear.press("End", "Tab")
    assert "Your role in this work" in ear.press("Return")
    ear.type(PERSON)
    ear.until("Tab", "With my name")
    ear.press("Down")
    since = ear.mark()
    ear.until("Tab", "Start answering")
    ear.press("Return")
    ear.wait_for(f"You now answer as: {PERSON}", since=since)
    ear.until("shift+Tab", "Everything", most=20)
    ear.press("Return")
    _answer_to_the_end(ear)
    heard = " | ".join(ear.list_heard(since))
    assert 1 <= heard.count("The reading below follows your answer") <= 2  # until it stood for a second
    assert "Saving" not in heard
    ear.press("Insert+a")
    ear.until("h", "Your reading", most=60)
    for _ in range(8):
        ear.press("Down")
    since = ear.mark()
    ear.press("F5")
    ear.wait_for("The form is here", "Your answers: Framing", since=since, seconds=90)
    ear.set_focus_mode()
    counted = re.search(r"(\d+) of (\d+) answered", ear.until("Tab", "answered in this chapter", most=40))
    assert counted
    assert int(counted[1]) == int(counted[2]) == len(_read(home)) > 20
    told = ear.until("Tab", "radio button", most=60)
    assert "A little" in told, told
    assert "not selected" not in told, told


def _answer_to_the_end(ear: Ear) -> None:
    """Answer whatever is asked until the next chapter is offered."""
    since = ear.mark()
    for _ in range(150):
        told = ear.press("Tab")
        if "Next: " in told:
            break
        if "not selected radio button" in told:
            ear.press("space", "Down")
        elif "check box" in told and "panel" in told:
            ear.press("space")
        elif "entry." in told and "check box" not in told:
            ear.type(WORDS)
    ear.wait_for("Saved at", since=since)


def _answer_as_finance_lead(ear: Ear) -> None:
    ear.wait_for("The form is here", seconds=90)
    ear.set_focus_mode()
    ear.until("Tab", "Who is answering?", most=20)
    ear.until("Down", "Finance lead", most=12)
    since = ear.mark()
    ear.press("Tab", "Return")
    ear.wait_for("You now answer as", since=since)


def _read(home: Path) -> dict[str, object]:
    found = next((one for one in read_engagement(home / "parameters" / "example").voices if one.role == PERSON), None)
    return dict(found.answers) if found else {}


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10):
            return True
    except OSError:
        return False
