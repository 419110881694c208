"""A saved file of answers goes back into the questionnaire, in a real Chromium; any other file does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbook.forms.questionnaire.questionnaire import write_questionnaire

Drive = Callable[..., Any]
OURS = {"schema": 1, "kind": "soil-and-seeds-answers", "engagement": "commission", "questionnaire": "0" * 12}
HOSTILE = "<img src=x onerror=alert(1)> \u202e {count} “Ünï” 😀\n\ttwo"
PLACE = "[data-question='framing.{}'] .ss-frame {}".format


@pytest.fixture
def drive(form_browser: Any, every_kind: Path) -> Drive:
    """Return a function that gives the questionnaire of every kind, open in a browser, to a script."""
    form = write_questionnaire("commission", role="Grantee")

    def run(script: Callable[[Any], Any], **options: Any) -> Any:
        return form_browser.drive(form, script, **options)

    return run


def _load(page: Any, file: Any) -> None:
    """Choose a file whose text or data is given, and wait until the form has said something about it."""
    text = file if isinstance(file, str) else json.dumps(file)
    page.locator("#load").set_input_files(
        {"name": "some-answers.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    page.locator("#loaded:not(:empty), #load-error:not([hidden]), #load-sure:not([hidden])").first.wait_for()


def _save(page: Any) -> dict[str, Any]:
    with page.expect_download() as download:
        page.locator("#save").press("Enter")
    saved: dict[str, Any] = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    return saved


def _file(answers: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**OURS, "role": "Lead", "consent": "role", "answers": answers, **fields}


def test_forgotten_answers_come_back_from_the_file_letter_for_letter(
    drive: Drive,
    every_kind: Path,
    fill_every_kind: Callable[[Any], dict[str, Any]],
    press_tab_to: Callable[[Any, str], None],
) -> None:
    """Saved, forgotten and loaded by keyboard, a form saves the same file again, and keeps it as a draft."""
    path = every_kind / "saved.json"

    def go_on(page: Any) -> list[Any]:
        fill_every_kind(page)
        page.locator("#name").fill("Ünal O'Brien")
        page.locator("#about-form").get_by_label("With my role").check()
        pick = page.locator("[data-question='framing.pick']")
        pick.locator("summary").press("Enter")
        pick.get_by_label("Why?").fill(HOSTILE)
        pick.get_by_label("Who may see this answer?").select_option("none")
        page.locator("[data-question='framing.count'] .ss-unsure input").check()
        saved = _save(page)
        path.write_text(json.dumps(saved), encoding="utf-8")
        page.locator("#forget").press("Enter")
        page.locator("#forget-yes").press("Enter")
        page.evaluate("document.activeElement.blur()")
        press_tab_to(page, "#load")
        # What the key opens is the browser's own choice of a file, which without a screen comes or does not come.
        page.locator("#load:focus").set_input_files(path)
        page.locator("#loaded:not(:empty)").wait_for()
        status = page.locator("#loaded").text_content()
        again = _save(page)
        page.reload()
        page.locator("#whose-drafts button").press("Enter")
        return [saved, status, again, _save(page)]

    saved, status, again, after_reload = drive(go_on, fresh=True)
    assert [one.pop("saved") for one in (saved, again, after_reload)] == [1, 2, 3]
    assert saved == again == after_reload
    assert list(saved["answers"]) == list(again["answers"])
    assert saved["answers"]["framing.pick"] == {"value": "two", "note": HOSTILE, "consent": "none"}
    assert status == "Your file is loaded. Answers taken from it: 12."


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ('{"kind": "soil-and', "This is not a file that this form saved"),
        ("[" * 100_000, "This is not a file that this form saved"),
        ("null", "This is not a file that this form saved"),
        ({**OURS, "kind": "other", "answers": {}}, "This is not a file that this form saved"),
        (_file({"framing.pick": {"value": "two"}}, schema=2), "This is not a file that this form saved"),
        (_file({"framing.pick": {"value": "two"}}, engagement="another"), "belong to the form of another commission"),
        ("x" * (1024 * 1024 + 1), "larger than any"),
    ],
    ids=["broken", "deep", "nothing", "another-kind", "another-schema", "another-engagement", "too-large"],
)
def test_file_of_another_making_is_refused(drive: Drive, file: Any, said: str) -> None:
    """A plain sentence says why, tied to the field and announced, and the form is as it was."""

    def refuse(page: Any) -> list[Any]:
        page.locator(PLACE("pick", "input")).first.check()
        _load(page, file)
        alert = page.get_by_role("alert").text_content()
        described = page.locator("#load").get_attribute("aria-describedby")
        return [alert, described, page.locator("#load").get_attribute("aria-invalid"), _save(page)]

    alert, described, invalid, saved = drive(refuse)
    assert alert.startswith("Nothing was loaded.")
    assert said in alert
    assert (described, invalid) == ("load-help load-error", "true")
    assert (saved["role"], saved["answers"]) == ("Grantee", {"framing.pick": {"value": "one"}})


def test_answers_that_differ_are_replaced_only_when_somebody_says_yes(drive: Drive) -> None:
    """The form names what differs and asks; what the file does not have stays in any case."""
    file = _file(
        {"framing.pick": {"value": "two"}, "framing.purpose.seed": {"value": 1}, "framing.words": {"value": "A"}}
    )

    def choose(page: Any) -> list[Any]:
        page.locator("#role").fill("Someone")
        page.locator(PLACE("pick", "input")).first.check()
        page.locator(PLACE("purpose.seed", "input")).first.check()
        page.locator(PLACE("words", "textarea")).first.fill("A")
        page.locator(PLACE("story", "textarea")).first.fill("Mine")
        _load(page, file)
        listed = page.locator("#load-sure li").all_text_contents()
        focused = page.evaluate("document.activeElement.id")
        page.keyboard.press("Enter")
        kept = [page.locator("#load-sure").is_visible(), page.evaluate("document.activeElement.id"), _save(page)]
        _load(page, file)
        page.locator("#load-yes").press("Enter")
        return [listed, focused, kept, page.evaluate("document.activeElement.id"), _save(page)]

    listed, focused, kept, focused_after, saved = drive(choose)
    assert listed == ["What is your role in this?", "Purpose: We hope to improve the work.", "Which one is it?"]
    assert (focused, kept[:2], focused_after) == ("load-no", [False, "load"], "load")
    assert kept[2]["role"] == "Someone"
    assert kept[2]["answers"]["framing.pick"] == {"value": "one"}
    assert saved["role"] == "Lead"
    assert {key: answer["value"] for key, answer in saved["answers"].items()} == {
        "framing.purpose.seed": 1,
        "framing.pick": "two",
        "framing.words": "A",
        "framing.story": "Mine",
    }


def test_the_same_answers_are_loaded_without_a_question(drive: Drive) -> None:
    """A role that came with the form, and answers that are the same, are nothing to ask about."""
    file = _file({"framing.pick": {"value": "two"}})

    def load(page: Any) -> list[Any]:
        page.locator(PLACE("pick", "input")).nth(1).check()
        _load(page, file)
        return [page.locator("#load-sure").is_visible(), page.locator("#role").input_value()]

    assert drive(load) == [False, "Lead"]


def test_hostile_file_gives_words_and_nothing_else(drive: Drive) -> None:
    """Of what no question here can hold nothing is taken, it is counted, and no word of the file becomes markup."""
    answers: dict[str, Any] = {
        "framing.words": {"value": f"{HOSTILE}\u0007", "note": HOSTILE, "evidence": "x", "consent": "everyone"},
        "framing.story": {"value": {"toString": 1}},
        "framing.pick": {"value": "three"},
        "framing.several": {"value": ["red", "red", "pink", {"id": "blue"}]},
        "framing.count": {"value": "12"},
        "framing.day": {"value": "2026-02-31"},
        "framing.points": {"value": {"funder": 100, "strangers": 5}},
        "framing.each": {"value": {"funder": {"step": 9, "months": 3, "__proto__": {"x": 1}}, "grantees": "all"}},
        "framing.range": "unsure",
        "framing.things": {"value": [{"name": "Trust", "kind": [1]}, "row", {"since": 3}]},
        "framing.unknown": {"value": 1},
        "constructor": {"value": 1},
    }
    text = json.dumps(_file(answers, name=["a"], organisation=HOSTILE, consent="all", extra={"a": 1})).replace(
        '"framing.unknown"', '"__proto__": {"value": 1}, "framing.unknown"'
    )

    def load(page: Any) -> list[Any]:
        _load(page, text)
        page.locator("#save").press("Enter")
        return [
            page.locator("#loaded").text_content(),
            page.locator("img, script").count(),
            page.evaluate("({}).value === undefined && ({}).x === undefined"),
            _save(page),
        ]

    status, markup, is_clean, saved = drive(load)
    assert status == (
        "Your file is loaded. Answers taken from it: 5. "
        "Answers that this form could not take, or not whole: 13. Your file still has them."
    )
    assert (markup, is_clean) == (2, True)
    assert (saved["role"], saved["organisation"], saved["consent"]) == ("Lead", HOSTILE.replace("\n", ""), "none")
    assert "name" not in saved
    assert saved["answers"] == {
        "framing.words": {"value": HOSTILE, "note": HOSTILE},
        "framing.several": {"value": ["red"]},
        "framing.points": {"value": {"funder": 100, "grantees": 0, "people": 0}},
        "framing.each": {"value": {"funder": {"months": 3}}},
        "framing.things": {"value": [{"name": "Trust"}]},
    }


@pytest.mark.parametrize("width", [1280, 320])
def test_question_before_replacing_is_accessible_and_fits(drive: Drive, width: int) -> None:
    """With the question open, or a refusal said, axe finds no A or AA fault and nothing runs over the edge."""

    def look(page: Any) -> list[Any]:
        page.locator(PLACE("pick", "input")).first.check()
        _load(page, _file({"framing.pick": {"value": "two"}}))
        found = [page.find_axe_faults() if width == 320 else []]
        _load(page, "broken")
        found.append(page.find_axe_faults() if width == 320 else [])
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return [*found, over]

    assert drive(look, viewport={"width": width, "height": 800}) == [[], [], 0]
