"""What the group agrees: every voice's answer beside each question, and a seat that nobody wakes up in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbook.forms.lab.session import Session
from workbook.forms.saving.saving import GROUP
from workbook.storage import read_engagement

PICK, COUNT, POINTS, SEED = "framing.pick", "framing.count", "framing.points", "framing.purpose.seed"
VOICES = {
    "trustee": f"role: Trustee\nconsent: role\nanswers: {{{PICK}: one, {COUNT}: 10, {SEED}: 2}}\n",
    "officer": f"role: Officer\nconsent: role\nanswers: {{{PICK}: two, {COUNT}: 12, {SEED}: 2}}\n",
    "adviser": f"role: Adviser\nconsent: none\nanswers: {{{PICK}: one, {COUNT}: 60, {SEED}: 0}}\n",
}
Drive = Callable[..., Any]


@pytest.fixture
def folder(folder: Path) -> Path:
    """Add voices, one of whom nobody else may see, and leave nothing agreed."""
    for name, text in VOICES.items():
        (folder / "voices" / f"{name}.yaml").write_text(f"schema: 1\n{text}", encoding="utf-8")
    (folder / "agreed.yaml").unlink()
    return folder


def _ask(session: Session, kind: str, **message: Any) -> dict[str, dict[str, Any]]:
    return {reply["kind"]: reply for reply in session.respond({"kind": kind, "view": "one", **message})}


def _say(told: dict[str, Any], question: str) -> list[str]:
    return [line["text"] for line in told["said"][question]]


def test_the_group_sees_what_partners_may_see_and_first_what_lies_far_apart(folder: Path) -> None:
    """Whoever answers for nobody else's eyes is not there, in words, in order, or in what all are said to agree on."""
    replies = _ask(Session(folder, "framing"), "open", voice=GROUP)
    told, sheet = replies["together"], replies["state"]["sheet"]
    assert _say(told, PICK) == ["The second (Officer)", "The first (Trustee)"]
    assert _say(told, COUNT) == ["10 (Trustee)", "12 (Officer)"]
    assert told["same"] == {SEED: 2}
    far = [one["id"] for one in sheet["questions"] if one["group"] == told["words"]["far"]]
    assert far == [PICK] == [sheet["questions"][0]["id"]]
    assert "Adviser" not in str([told, sheet, replies["reading"]])
    assert "How was this settled?" in sheet["words"]["note"]


def test_nobody_but_the_group_is_told_what_others_said(folder: Path) -> None:
    """A person's own form stays as it is, in its own order."""
    replies = _ask(Session(folder, "framing"), "open", voice="trustee")
    assert "together" not in replies
    assert replies["state"]["sheet"]["questions"][0]["id"] == SEED


def test_one_without_a_name_is_counted_and_no_table_of_theirs_is_shown(folder: Path) -> None:
    """Five unnamed people: their choices are counted, their points would be a portrait."""
    for number in range(5):
        pick, points = "one" if number % 2 else "two", f"{{funder: {20 * number}, people: {100 - 20 * number}}}"
        given = f"{{{PICK}: {pick}, {POINTS}: {points}}}"
        text = f"schema: 1\nrole: Neighbour\nconsent: unnamed\nanswers: {given}\n"
        (folder / "voices" / f"neighbour-{number}.yaml").write_text(text, encoding="utf-8")
    told = _ask(Session(folder, "framing"), "open", voice=GROUP)["together"]
    assert "The second (Officer and 3 voices without a name)" in _say(told, PICK)
    assert not any("Neighbour" in line for lines in told["said"].values() for line in map(str, lines))
    assert _say(told, POINTS) == ["Held back, so that nobody can tell who said what."]


def test_another_window_s_answer_reaches_the_group(folder: Path) -> None:
    """At the next look, without opening anything."""
    session = Session(folder, "framing")
    stamp = _ask(session, "open", voice=GROUP)["state"]["stamp"]
    assert "together" not in _ask(session, "look", voice=GROUP, stamp=stamp)
    changed = VOICES["officer"].replace(f"{SEED}: 2", f"{SEED}: 0")
    (folder / "voices" / "officer.yaml").write_text(f"schema: 1\n{changed}# later\n", encoding="utf-8")
    assert _ask(session, "look", voice=GROUP, stamp=stamp)["together"]["same"] == {}


def test_one_press_agrees_on_what_all_said_and_one_on_what_a_voice_said(drive: Drive, folder: Path) -> None:
    """Both are saved as anything typed is, by keyboard too, with a note how it was settled; axe finds nothing."""

    def agree(page: Any) -> list[Any]:
        first = page.locator(".ss-question").first
        shown = [first.get_attribute("data-question"), first.locator(".ss-said-by").get_attribute("aria-label")]
        page.get_by_role("button", name="All agree").press("Enter")
        page.wait_for_function("document.querySelector('.ss-save').textContent.startsWith('Saved at')")
        first.get_by_role("button", name="Agree on this : The first (Trustee)").press("Enter")
        first.locator("summary").press("Enter")
        first.get_by_label("How was this settled?").fill("The trustees gave way.")
        first.get_by_label("How was this settled?").blur()
        page.wait_for_function("document.querySelector('.ss-agree-all') === null")
        page.wait_for_function("document.querySelector('.ss-save').textContent.startsWith('Saved at')")
        return [*shown, page.find_axe_faults()]

    question, label, faults = drive(GROUP, agree)
    assert (question, label) == (PICK, "What was said: Which one is it?")
    assert faults == []
    agreed = read_engagement(folder).agreed.answers
    assert {key: (one.value, one.note) for key, one in agreed.items()} == {
        SEED: (2, "All answers shown to the group were the same."),
        PICK: ("one", "The trustees gave way."),
    }


@pytest.mark.parametrize(
    "later",
    [
        "const now = Date.now; Date.now = () => now() + 3_600_001;",
        "sessionStorage.setItem('soil-and-seeds:voice:commission:group', `before ${Date.now()}`);",
    ],
    ids=["after an hour", "after a restart"],
)
def test_nobody_wakes_up_in_the_group_s_seat(drive: Drive, folder: Path, later: str) -> None:
    """The form asks who is here, and what was typed meanwhile is kept."""

    def wait(page: Any) -> list[Any]:
        page.locator("[data-question='framing.words'] .ss-frame textarea").fill("Still typed")
        page.evaluate(f"() => {{ {later} }}")
        page.wait_for_function("document.querySelector('.ss-who select').value === ''")
        page.wait_for_selector(".ss-sheet", state="detached")
        return [
            page.locator(".ss-save").first.inner_text(),
            page.evaluate("sessionStorage.getItem('soil-and-seeds:voice:commission')"),
        ]

    told, kept = drive(GROUP, wait)
    assert told.startswith("Who is here now?")
    assert kept == ""
    assert read_engagement(folder).get_agreed("framing.words") == "Still typed"


def test_a_form_that_is_opened_later_asks_who_is_here(drive: Drive) -> None:
    """A window that was left on the group, and loaded anew by another server."""

    def come_back(page: Any) -> str:
        page.evaluate("sessionStorage.setItem('soil-and-seeds:voice:commission:group', `before ${Date.now()}`)")
        page.evaluate("comeBack()")
        page.wait_for_selector(".ss-who select")
        return str(page.locator(".ss-who select").input_value())

    assert drive(GROUP, come_back) == ""


def test_what_many_said_has_an_end(drive: Drive, folder: Path) -> None:
    """Of thirty answers the group sees twenty and opens the rest; of those who say the same, six are named."""
    for number in range(30):
        text = f"schema: 1\nrole: Person {number:02}\nconsent: role\nanswers: {{{PICK}: one, {COUNT}: {number + 20}}}\n"
        (folder / "voices" / f"p{number:02}.yaml").write_text(text, encoding="utf-8")
    told = _ask(Session(folder, "framing"), "open", voice=GROUP)["together"]
    (line,) = [line for line in _say(told, PICK) if line.startswith("The first")]
    assert line == "The first (Person 00, Person 01, Person 02, Person 03, Person 04, Person 05 and 25 more)"

    def unfold(page: Any) -> list[Any]:
        said = page.locator(f"[data-question='{COUNT}'] .ss-said-by")
        shown = said.locator("li:visible").count()
        said.locator("summary").press("Enter")
        return [shown, said.locator("summary").inner_text(), said.locator("li:visible").count()]

    assert drive(GROUP, unfold) == [20, "12 more", 32]
