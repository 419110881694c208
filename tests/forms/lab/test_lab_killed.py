"""Kernel, server and browser killed while somebody answers in JupyterLab: nothing that was saved is missing.

`make kill-test` goes fifty rounds; `make test` three, one for each victim.
"""

from __future__ import annotations

import json
import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from forms.lab_support import FORM, TRUSTEE, Lab, open_lab
from workbook.storage import read_engagement

ROUNDS = int(os.environ.get("WORKBOOK_KILL_ROUNDS", "3"))
SEED = int(os.environ.get("WORKBOOK_KILL_SEED", "1"))
VICTIMS = ("kernel", "server", "browser")
ANSWERS_A_ROUND = 8
LONGEST_LIFE = 0.8  # seconds after the first key; the answers of a round take about as long
SCALES = ("framing.purpose.seed", "framing.timing.seed", "framing.setbacks.soil")
TEXTS = ("framing.said_aloud", "framing.switching_why")
STEPS = (0, 1, 2, 3, 4, None)  # None: taken back
# Notes each answer once the form has taken it in, and reports them all whenever the form says that they are saved.
WATCH = """
(() => {
  const given = {};
  const note = ({ target }) => {
    const question = target.closest?.("[data-question]");
    if (!question) return;
    const radios = [...question.querySelectorAll("input[type=radio]")];
    given[question.dataset.question] = target.type === "radio" ? radios.indexOf(target) : target.value;
  };
  addEventListener("change", note);
  addEventListener("click", ({ target }) => {
    if (target.matches?.(".ss-clear")) given[target.closest("[data-question]").dataset.question] = null;
  });
  const status = () => document.querySelector(".ss-form .ss-save[role=status]")?.textContent ?? "";
  new MutationObserver(() => {
    if (/^(Saved|Taken back) at/.test(status())) window.hearSaved(JSON.stringify(given));
  }).observe(document, { subtree: true, childList: true });
  window.listGiven = () => given;
  window.isSettled = () => !document.querySelector(".ss-form").hasAttribute("data-busy")
    && /^(The form is here[.] )?(Saved|Taken back|Each answer|The workbook replies again)/.test(status());
  window.showAnswer = (id) => {
    const question = document.querySelector(`.ss-form [data-question='${id}']`);
    const radios = [...question.querySelectorAll("input[type=radio]")];
    const step = radios.findIndex((radio) => radio.checked);
    return radios.length ? (step < 0 ? null : step) : question.querySelector("textarea").value || null;
  };
})();
"""


class KilledLab(Lab):
    """With an engagement that no other test has: nobody takes its port while there is no server."""

    slug = "struck"


class Person:
    """Somebody who answers by keyboard: what they gave, oldest first, and up to where they were told it is saved."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.given: dict[str, list[Any]] = {question: [None] for question in (*SCALES, *TEXTS)}
        self.saved = dict.fromkeys(self.given, 0)
        self.counts: Counter[str] = Counter()

    def hear_saved(self, _: object, said: str) -> None:
        """Take in that the form calls these answers saved."""
        for question, value in json.loads(said).items():
            values = self.given[question]
            place = max(place for place, one in enumerate(values) if one == value)
            self.counts["acknowledged"] += max(0, place - self.saved[question])
            self.saved[question] = max(self.saved[question], place)

    def answer(self, page: Any, question: str) -> None:
        """Give one answer, other than the last few to the same question."""
        self.counts["given"] += 1
        values = self.given[question]
        place = page.locator(f".ss-form [data-question='{question}']")
        if question in TEXTS:
            values.append(f"Answer {self.counts['given']}\n  and why: {'words ' * self.chance.randint(1, 60)}end")
            place.locator("textarea").first.focus()
            page.keyboard.press("Control+A")
            page.keyboard.insert_text(values[-1])
            page.keyboard.press("Tab")
            return
        # None of the last four: an answer heard of is then known from those before and after it.
        values.append(self.chance.choice([step for step in STEPS if step not in values[-4:]]))
        if values[-1] is None:
            place.locator(".ss-clear").press("Enter")
        else:
            place.locator("input[type=radio]").nth(values[-1]).press("Space")

    def list_allowed(self, question: str) -> list[Any]:
        """List what the file may hold: the last answer known to be saved, or one given later."""
        return self.given[question][self.saved[question] :]

    def forget(self, standing: dict[str, Any]) -> None:
        """Begin again with what stands in the file."""
        self.given = {question: [standing.get(question)] for question in self.given}
        self.saved = dict.fromkeys(self.given, 0)


class Visit:
    """One window in which somebody answers, which comes back after whatever was killed."""

    def __init__(self, lab: Lab, person: Person) -> None:
        self.lab = lab
        self.person = person
        self.others = _read_others(lab.folder)
        self.watch()

    def watch(self) -> None:
        """Open the chapter in a browser that was just started."""
        self.lab.context.expose_binding("hearSaved", self.person.hear_saved)
        self.lab.context.add_init_script(WATCH)
        self.open()

    def open(self) -> None:
        """Open the chapter in a new page."""
        self.page = self.lab.open_page(self.lab.context, "trustee", "01_framing")

    def go_round(self, victim: str) -> None:
        """Answer until something is killed and for a while after, then see it come back with everything."""
        self.answer_until_killed(victim)
        self.check_files()
        {"kernel": self.wait_for_form, "server": self.restart_server, "browser": self.restart_browser}[victim]()
        standing = self.check_files()
        shown = {question: self.page.evaluate("showAnswer", question) for question in standing}
        assert shown == standing
        self.person.forget(standing)

    def answer_until_killed(self, victim: str) -> None:
        """Go on answering after the blow, as people do who have not noticed it."""
        from playwright.sync_api import Error

        self.page.locator(FORM).evaluate("(form) => form.setAttribute('data-before', '')")
        chance = self.person.chance
        blow = Timer(chance.uniform(0, LONGEST_LIFE), _kill, [self.lab, victim, chance.random() < 0.5])
        questions = chance.choices(list(self.person.given), k=ANSWERS_A_ROUND)
        self.person.counts[f"{victim} killed"] += 1
        blow.start()
        try:
            for question in questions:
                self.person.answer(self.page, question)
        except Error:
            if victim != "browser":
                raise
        blow.join()

    def wait_for_form(self) -> None:
        """The same page comes back by itself, and sends again what was not acknowledged."""
        self.page.wait_for_selector(f"{FORM}[data-before]", state="detached")
        self.page.wait_for_selector(f"{FORM} .ss-sheet")
        self.page.wait_for_function("isSettled()")
        given = self.page.evaluate("listGiven()")
        assert {question: self.page.evaluate("showAnswer", question) for question in given} == given

    def restart_server(self) -> None:
        """A new server, on which the page that still stands comes back, or a new page is opened beside it."""
        self.lab.server.communicate()
        self.lab.start()
        if self.person.chance.random() < 0.5:
            self.wait_for_form()
        else:
            self.page.close()
            self.open()

    def restart_browser(self) -> None:
        """A new browser on the server that is still there."""
        self.lab.start_browser()
        self.watch()

    def check_files(self) -> dict[str, Any]:
        """Read everything as `workbook check` does, and return what the voice's file holds for each question."""
        voice = next(one for one in read_engagement(self.lab.folder).voices if one.id == "trustee")
        found = {question: answer.value for question, answer in voice.answers.items()}
        for question in self.person.given:
            assert found.get(question) in self.person.list_allowed(question), question
        assert (self.lab.folder / "voices" / "trustee.yaml").read_text(encoding="utf-8").startswith(TRUSTEE)
        assert _read_others(self.lab.folder) == self.others
        return {question: found.get(question) for question in self.person.given}


@pytest.fixture
def lab(tmp_path: Path, chromium: str) -> Iterator[Lab]:
    """One server and one browser, each started again when it was killed."""
    yield from open_lab(tmp_path, chromium, KilledLab)


@pytest.mark.slow
def test_killed_at_random_moments_nothing_acknowledged_is_lost_and_the_form_comes_back(lab: Lab) -> None:
    """The file holds every answer that the form called saved, or a later one; nothing else in the folder changed."""
    chance = random.Random(SEED)
    victims = [VICTIMS[number % len(VICTIMS)] for number in range(ROUNDS)]
    chance.shuffle(victims)
    person = Person(chance)
    visit = lab.call(lambda: Visit(lab, person))
    for victim in victims:
        lab.call(partial(visit.go_round, victim))
    print(f"\nSeed {SEED}, {ROUNDS} rounds, no answer lost:", dict(person.counts))
    assert person.counts["acknowledged"] > ROUNDS
    assert lab.errors == []


def _kill(lab: Lab, victim: str, with_kernels: bool) -> None:
    if victim == "browser":
        os.killpg(lab.find_browser(), signal.SIGKILL)
    if victim == "server":
        lab.server.send_signal(signal.SIGKILL)
    if victim == "kernel" or (victim == "server" and with_kernels):
        for kernel in lab.list_kernels():
            os.kill(kernel, signal.SIGKILL)


def _read_others(folder: Path) -> dict[str, bytes]:
    """Return every file but the voice's own, the lock, and what a writer that was killed left unfinished."""
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    own = ("voices/trustee.yaml", "voices/.trustee.yaml-", ".lock")
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith(own)}
