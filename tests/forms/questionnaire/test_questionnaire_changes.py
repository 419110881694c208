"""The questionnaire where things change around it: two people on one tablet, corrected forms, downloads that fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbook.forms.questionnaire.questionnaire import write_questionnaire

PLACE = "[data-question='framing.{}'] .ss-frame {}".format
Drive = Callable[..., Any]
NO_CLIPBOARD = """Object.defineProperty(navigator, "clipboard", { value: undefined });
  document.execCommand = () => { window.copied = document.activeElement.value; return true; };"""


@pytest.fixture
def drive(form_browser: Any, every_kind: Path) -> Drive:
    """Return a function that gives the questionnaire of every kind, open in a browser, to a script."""
    form = write_questionnaire("commission", role="Grantee")

    def run(script: Callable[[Any], Any], **options: Any) -> Any:
        return form_browser.drive(form, script, **options)

    return run


def _keep(page: Any) -> None:
    page.locator("#draft", has_text="Last kept").wait_for()


def _save(page: Any) -> dict[str, Any]:
    with page.expect_download() as download:
        page.locator("#save").press("Enter")
    saved: dict[str, Any] = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    return saved


def _open_again(page: Any) -> Any:
    """Open the form in a new tab, as the next person does."""
    other = page.context.new_page()
    other.goto(page.url)
    return other


def test_next_person_sees_nothing_of_the_first(drive: Drive) -> None:
    """A new tab asks whose draft it is, shows neither name nor answers, and keeps another for a new person."""

    def answer(page: Any) -> list[Any]:
        page.locator("#name").fill("Name One")
        page.locator("#role").fill("Lead")
        page.locator(PLACE("words", "textarea")).first.fill("Mine alone")
        _keep(page)
        other = _open_again(page)
        asked = other.get_by_role("group", name="Whose answers are these?")
        seen = [asked.is_visible(), "Name One" in other.content(), other.locator("#name").input_value()]
        offered = asked.get_by_role("button").all_text_contents()
        asked.get_by_role("button").last.press("Enter")
        focused = other.evaluate("document.activeElement.id")
        other.locator("#role").fill("Resident")
        other.locator(PLACE("pick", "input")).first.check()
        _keep(other)
        second = _save(other)
        third = _open_again(page)
        drafts = third.locator("#whose-drafts button").all_text_contents()
        third.get_by_role("button", name="Lead (answers: 1").press("Enter")
        back = _save(third)
        return [seen, offered, focused, second, drafts, back]

    seen, offered, focused, second, drafts, back = drive(answer)
    assert seen == [True, False, ""]
    assert len(offered) == 2
    assert offered[0].startswith("Lead (answers: 1; last kept on ")
    assert focused == "about"
    assert "name" not in second
    assert second["answers"] == {"framing.pick": {"value": "one"}}
    assert [one.partition(" (")[0] for one in drafts] == ["Resident", "Lead"]
    assert (back["name"], back["answers"]) == ("Name One", {"framing.words": {"value": "Mine alone"}})
    assert back["respondent"] != second["respondent"]


def test_after_saving_the_same_tab_asks_again(drive: Drive) -> None:
    """Loaded again before saving, a form goes on with its draft; once answers are saved, it asks whose they are."""

    def answer(page: Any) -> list[Any]:
        page.locator(PLACE("pick", "input")).first.check()
        _keep(page)
        page.reload()
        before = [page.locator("#whose").is_visible(), page.locator(PLACE("pick", "input")).first.is_checked()]
        _save(page)
        offered = page.get_by_role("button", name="Empty the form for the next person").is_visible()
        page.reload()
        return [
            before,
            offered,
            page.locator("#whose").is_visible(),
            page.locator(PLACE("pick", "input")).first.is_checked(),
        ]

    assert drive(answer) == [[False, True], True, True, False]


def test_handing_on_leaves_other_people_s_drafts(drive: Drive) -> None:
    """Forgetting takes out the draft of whoever is here, and nobody else's."""

    def answer(page: Any) -> list[Any]:
        page.locator(PLACE("pick", "input")).first.check()
        _keep(page)
        other = _open_again(page)
        other.locator("#whose-new").press("Enter")
        other.locator(PLACE("count", "input")).first.fill("3")
        _keep(other)
        before = other.evaluate("Object.keys(localStorage).length")
        _save(other)
        other.locator("#hand-on").press("Enter")
        other.locator("#forget-yes").press("Enter")
        return [before, other.evaluate("Object.keys(localStorage).length"), other.locator("#as-text").input_value()]

    assert drive(answer) == [2, 1, ""]


def _keep_draft(
    form: Path, answers: dict[str, Any], asked: dict[str, str] | None = None, key: str = "aaaaaaaabbbbbbbb"
) -> str:
    draft = {"about": {"role": "Lead"}, "consent": "role", "answers": answers}
    if asked is not None:
        draft |= {"respondent": key, "saved": 2, "asked": asked}
    return f"localStorage.setItem('soil-and-seeds/commission/{key}', {json.dumps(json.dumps(draft))});"


CORRECTED = [
    ("as before", {"framing.purpose.seed": {"value": 2}}, None, ["framing.purpose.seed"], "as you left it."),
    ("scale turned", {"framing.purpose.seed": {"value": 2}}, "000000-000000", [], "not shown: 1."),
    ("not asked now", {"framing.gone": {"value": 2}, "framing.pick": {"value": "one"}}, None, ["framing.pick"], "it."),
]


@pytest.mark.parametrize(
    ("answers", "mark", "shown", "said"), [one[1:] for one in CORRECTED], ids=[one[0] for one in CORRECTED]
)
def test_a_corrected_form_finds_the_draft(
    form_browser: Any, every_kind: Path, answers: dict[str, Any], mark: str | None, shown: list[str], said: str
) -> None:
    """What still fits is shown, what does not stays in the draft and is counted; the person's mark and count go on."""
    form = write_questionnaire("commission")
    asked = {"framing.purpose.seed": mark} if mark else {}

    def go_on(page: Any) -> list[Any]:
        page.locator("#whose-drafts button").first.press("Enter")
        status = page.locator("#draft").text_content()
        saved = _save(page)
        kept = page.evaluate(
            "Object.keys(JSON.parse(localStorage['soil-and-seeds/commission/aaaaaaaabbbbbbbb']).answers)"
        )
        return [status, saved, kept]

    status, saved, kept = form_browser.drive(form, go_on, before=_keep_draft(form, answers, asked))
    assert status.endswith(said)
    assert list(saved["answers"]) == shown
    assert (saved["respondent"], saved["saved"]) == ("aaaaaaaabbbbbbbb", 3)
    assert set(kept) == set(answers)


def test_a_draft_of_a_form_of_long_ago_is_found(form_browser: Any, every_kind: Path) -> None:
    """A draft kept under its form's hash is offered, gets a mark, and is not there twice afterwards."""
    form = write_questionnaire("commission")
    before = _keep_draft(form, {"framing.pick": {"value": "two"}}, key="0123456789ab")
    once = f"if (!sessionStorage.begun) {{ {before} sessionStorage.begun = 1; }}"

    def go_on(page: Any) -> list[Any]:
        page.locator("#whose-drafts button").first.press("Enter")
        return [_save(page), page.evaluate("Object.keys(localStorage)")]

    saved, keys = form_browser.drive(form, go_on, before=once)
    assert saved["answers"] == {"framing.pick": {"value": "two"}}
    assert keys == [f"soil-and-seeds/commission/{saved['respondent']}"]


def test_form_never_says_that_a_file_is_saved(drive: Drive) -> None:
    """It says what should have happened, and offers the same answers as text to copy and to mail where it did not."""

    def save(page: Any) -> list[Any]:
        page.locator(PLACE("words", "textarea")).first.fill("“ü” \n second line")
        saved = _save(page)
        said = page.locator("#saved").text_content()
        page.locator("#copy").press("Enter")
        page.locator("#copied:not(:empty)").wait_for()
        mail = page.locator("#mail").get_attribute("href")
        return [
            saved,
            said,
            page.evaluate("window.copied"),
            page.locator("#as-text").input_value(),
            mail,
            page.find_axe_faults(),
        ]

    saved, said, copied, text, mail, faults = drive(save, before=NO_CLIPBOARD)
    assert "was asked to save" in said
    assert "is in the file" not in said
    assert json.loads(copied) == json.loads(text) == saved
    assert mail.startswith("mailto:?subject=commission-answers.json&body=")
    assert faults == []


def test_form_goes_on_warning_until_somebody_has_the_file(form_browser: Any, every_kind: Path) -> None:
    """Where no draft is kept, having pressed "Save" is no reason to let the page go; saying "I have the file" is."""
    form = write_questionnaire("commission", role="Grantee")
    refuse = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    leave = "new Event('beforeunload', {cancelable: true})"
    ask = f"(() => {{ const event = {leave}; window.dispatchEvent(event); return event.defaultPrevented; }})()"

    def save(page: Any) -> list[Any]:
        page.locator(PLACE("pick", "input")).first.check()
        page.get_by_text("This browser keeps no draft.").wait_for()
        _save(page)
        before = page.evaluate(ask)
        page.locator("#have-file").press("Enter")
        return [before, page.evaluate(ask)]

    assert form_browser.drive(form, save, before=refuse) == [True, False]


def test_paper_has_room_for_what_the_form_promises(drive: Drive) -> None:
    """At each answer of a printed form there is room for why, and every level of who may see it to ring."""

    def look(page: Any) -> list[Any]:
        page.emulate_media(media="print")
        room = page.locator("[data-question='framing.pick'] .ss-room")
        questions, rooms = page.locator(".ss-question[data-question]").count(), page.locator(".ss-room:visible").count()
        return [room.inner_text(), room.bounding_box()["height"], questions == rooms]

    text, height, everywhere = drive(look)
    assert "Why?" in text
    for level in ("with my name", "with my role only", "without my name or role", "Counted with others", "Nobody else"):
        assert level in text
    assert height > 100
    assert everywhere
