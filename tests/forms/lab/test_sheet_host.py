"""The notebook's form on a real session, without JupyterLab: the host in a Chromium, its messages answered here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from forms.lab_support import choose_who
from workbook.forms.lab.session import Session
from workbook.forms.saving.saving import GROUP
from workbook.storage import read_engagement, write_atomically

PICK, WORDS, POINTS = "framing.pick", "framing.words", "framing.points"
WHO = "Who may see this answer?"
Drive = Callable[..., Any]


def _find(page: Any, question: str) -> Any:
    return page.locator(f"[data-question='{question}']")


def _write_answers(folder: Path, *answers: str) -> None:
    """Write a voice's file as another window would."""
    lines = "".join(f"  {answer}\n" for answer in answers)
    head = "schema: 1\nrole: Trustee\nconsent: role\nanswers:\n"
    write_atomically(folder / "voices" / "trustee.yaml", head + lines)


def _wait_saved(page: Any) -> None:
    page.wait_for_function("document.querySelector('.ss-save').textContent.startsWith('Saved at')")


def test_group_says_of_each_answer_which_edition_it_may_stand_in(drive: Drive, folder: Path) -> None:
    """The choice is in plain words, goes into the file as `edition`, and marks that stood there stay."""

    def mark(page: Any) -> list[str]:
        words = _find(page, WORDS)
        words.locator(".ss-frame textarea").fill("Trust")
        words.locator("summary").press("Enter")
        words.get_by_label(WHO).select_option("private")
        _find(page, PICK).get_by_label("The second").check()
        _wait_saved(page)
        return words.get_by_label(WHO).locator("option").all_text_contents()

    assert drive(GROUP, mark) == [
        "As for all that the group agreed: The partners, and nobody beyond",
        "The commissioner only",
        "The partners, and nobody beyond",
        "Everyone",
    ]
    agreed = read_engagement(folder).agreed
    found = {question: (answer.value, answer.edition) for question, answer in agreed.answers.items()}
    assert found == {PICK: ("two", "public"), WORDS: ("Trust", "private")}


def test_edition_of_an_agreed_answer_is_shown_and_taken_back(drive: Drive, folder: Path) -> None:
    """A form that opens shows what is marked; the first choice takes the mark out again."""

    def unmark(page: Any) -> list[Any]:
        who = _find(page, PICK).get_by_label(WHO)
        before = [who.is_visible(), who.input_value()]
        who.select_option("")
        _wait_saved(page)
        return before

    assert drive(GROUP, unmark) == [True, "public"]
    assert read_engagement(folder).agreed.answers[PICK].edition is None


def test_edition_of_the_whole_file_is_named_as_it_is_now(drive: Drive, folder: Path) -> None:
    """Who sees an unmarked answer is said in the form, and follows the file while the form is open."""

    def look(page: Any) -> list[str]:
        agreed = folder / "agreed.yaml"
        agreed.write_text(agreed.read_text(encoding="utf-8") + "edition: public\n", encoding="utf-8")
        first = _find(page, WORDS).locator("select option").first
        texts = [first.text_content()]
        _find(page, WORDS).locator(".ss-frame textarea").fill("Trust")
        _wait_saved(page)
        return [*texts, first.text_content()]

    lead = "As for all that the group agreed: "
    assert drive(GROUP, look) == [f"{lead}The partners, and nobody beyond", f"{lead}Everyone"]


def test_person_is_asked_for_consent_and_no_edition(drive: Drive, folder: Path) -> None:
    """A voice's form offers the five levels of consent, and files the one chosen."""

    def choose(page: Any) -> int:
        pick = _find(page, PICK)
        pick.get_by_label("The first").check()
        pick.locator("summary").press("Enter")
        pick.get_by_label(WHO).select_option("aggregate")
        _wait_saved(page)
        return pick.get_by_label(WHO).locator("option").count()

    assert drive("trustee", choose) == 6
    answer = read_engagement(folder).voices[0].answers[PICK]
    assert (answer.value, answer.consent) == ("one", "aggregate")


def test_what_a_dead_kernel_never_heard_is_sent_to_its_successor_and_meets_no_conflict(
    drive: Drive, folder: Path
) -> None:
    """The last of several answers stands, though the file holds what stood before all of them."""

    def answer(page: Any) -> None:
        pick = _find(page, PICK)
        pick.get_by_label("The first").check()
        _wait_saved(page)
        page.evaluate("window.isDead = true")
        pick.get_by_label("The second").check()
        pick.get_by_label("We do not know").first.check()
        page.evaluate("comeBack()")
        _wait_saved(page)

    drive("trustee", answer)
    assert read_engagement(folder).voices[0].answers[PICK].value == "unsure"
    assert not (folder / "set-aside").exists()


def test_answer_on_its_way_is_saved_for_whoever_gave_it(drive: Drive, folder: Path) -> None:
    """Somebody else is chosen before the answer is saved: it goes to the first person's file, and to no other."""

    def answer(page: Any) -> list[bool]:
        page.evaluate("window.isDead = true")
        _find(page, PICK).get_by_label("The second").check()
        choose_who(page, GROUP)
        hidden = _find(page, PICK).is_hidden()
        page.evaluate("comeBack()")
        _wait_saved(page)
        return [hidden, _find(page, PICK).get_by_label("The first").is_checked()]

    assert drive("trustee", answer) == [True, True]
    found = read_engagement(folder)
    assert found.voices[0].answers[PICK].value == "two"
    assert found.agreed.answers[PICK].value == "one"


def test_answer_that_is_begun_is_named_at_the_bottom_edge_until_it_is_complete(drive: Drive, folder: Path) -> None:
    """Another answer's "Saved" must not hide it; a button leads to the field; nothing of it is in the file."""

    def answer(page: Any) -> list[Any]:
        count = _find(page, "framing.count").locator("input[type=text]")
        count.fill("lots")
        _find(page, PICK).get_by_label("The first").check()
        _wait_saved(page)
        begun = page.locator(".ss-begun")
        begun.get_by_role("button").wait_for()
        said = begun.inner_text()
        begun.get_by_role("button").press("Enter")
        focused = count.evaluate("(node) => node === document.activeElement")
        count.fill("7")
        page.wait_for_function("!document.querySelector('.ss-begun').textContent")
        return [said, focused]

    said, focused = drive("trustee", answer)
    assert "One answer is begun and not complete, or needs mending. It is not saved yet." in said
    assert focused
    answers = read_engagement(folder).voices[0].answers
    assert {key: answer.value for key, answer in answers.items()} == {PICK: "one", "framing.count": 7}


def test_two_changes_of_one_answer_are_named_at_the_bottom_edge_and_stay_until_settled(
    drive: Drive, folder: Path
) -> None:
    """The box with both answers may be far above; it is still there when another person was chosen meanwhile."""

    def answer(page: Any) -> list[Any]:
        voice = folder / "voices" / "trustee.yaml"
        voice.write_text(voice.read_text(encoding="utf-8") + f"answers:\n  {PICK}: two\n", encoding="utf-8")
        _find(page, PICK).get_by_label("The first").check()
        button = page.locator(".ss-begun").get_by_role("button")
        button.wait_for()
        button.press("Enter")
        focused = page.evaluate("document.activeElement.closest('.ss-conflict') !== null")
        choose_who(page, GROUP)
        page.locator(".ss-conflict").wait_for(state="detached")
        choose_who(page, "trustee")
        page.locator(".ss-conflict").wait_for()
        page.get_by_text("Use the other one").press("Enter")
        page.locator(".ss-conflict").wait_for(state="detached")
        page.get_by_text("Your choice is saved at").wait_for()
        there = page.evaluate("document.activeElement.closest('[data-question]')?.dataset.question")
        return [focused, page.locator(".ss-begun").inner_text(), there]

    assert drive("trustee", answer) == [True, "", PICK]
    assert read_engagement(folder).voices[0].answers[PICK].value == "two"


def test_words_being_typed_meet_what_another_window_saved_meanwhile_as_a_conflict(drive: Drive, folder: Path) -> None:
    """The other's answer came while the words were not handed over yet: neither replaces the other unseen."""

    def answer(page: Any) -> list[str]:
        page.clock.install()
        page.evaluate("comeBack()")
        page.locator(".ss-sheet").wait_for()
        words = _find(page, WORDS).locator("textarea").first
        page.clock.run_for(2900)
        words.fill("Trust")
        _write_answers(folder, f"{WORDS}: Courage", f"{PICK}: two")
        page.clock.run_for(200)  # the form looks at the files every 3 seconds, and hands words over after 0.6
        page.wait_for_function("document.querySelector('[data-question=\"framing.pick\"] input:checked')")
        kept = words.input_value()
        page.clock.run_for(1000)
        page.locator(".ss-conflict").wait_for()
        return [kept, page.locator(".ss-conflict").inner_text()]

    kept, said = drive("trustee", answer)
    assert kept == "Trust"
    assert "Trust" in said
    assert "Courage" in said
    assert read_engagement(folder).voices[0].answers[WORDS].value == "Trust"
    assert "Courage" in (folder / "set-aside" / "trustee.yaml").read_text(encoding="utf-8")


def test_answer_begun_stays_when_another_window_saves_the_same_one(drive: Drive, folder: Path) -> None:
    """Points that are not all shared out are not wiped; once they are, both answers are kept."""

    def answer(page: Any) -> list[str]:
        points = _find(page, POINTS).locator("input[type=text]")
        points.nth(0).fill("60")
        points.nth(0).blur()
        _write_answers(folder, f"{POINTS}: {{funder: 100, grantees: 0, people: 0}}", f"{PICK}: two")
        page.wait_for_function("document.querySelector('[data-question=\"framing.pick\"] input:checked')")
        kept = points.nth(0).input_value()
        points.nth(2).fill("40")
        page.locator(".ss-conflict").wait_for()
        return [kept, page.locator(".ss-conflict").inner_text()]

    kept, said = drive("trustee", answer)
    assert kept == "60"
    assert "100" in said
    found = read_engagement(folder).voices[0].answers[POINTS].value
    assert found == {"funder": 60, "grantees": 0, "people": 40}


@pytest.mark.slow
def test_change_given_up_makes_room_for_what_another_window_saved(drive: Drive, folder: Path) -> None:
    """Who empties what they had begun is shown the other's answer, and no conflict."""

    def answer(page: Any) -> list[Any]:
        points = _find(page, POINTS).locator("input[type=text]")
        points.nth(0).fill("60")
        points.nth(0).blur()
        _write_answers(folder, f"{POINTS}: {{funder: 100, grantees: 0, people: 0}}", f"{PICK}: two")
        page.wait_for_function("document.querySelector('[data-question=\"framing.pick\"] input:checked')")
        points.nth(0).fill("")
        page.wait_for_function("document.querySelector('[data-question=\"framing.points\"] input').value === '100'")
        return [page.locator(".ss-conflict").count()]

    assert drive("trustee", answer) == [0]
    assert not (folder / "set-aside").exists()


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse the words "Refused", as a kernel does whose questions have changed since the form was drawn."""
    known = Session._list_problems

    def list_problems(session: Session, voice: str, question: str, answer: Any) -> list[dict[str, Any]]:
        if answer and answer.get("value") == "Refused":
            return [{"question": question, "inside": "", "expected": "other words", "remedy": "type others"}]
        return known(session, voice, question, answer)

    monkeypatch.setattr(Session, "_list_problems", list_problems)


def _choose(page: Any, voice: str) -> None:
    """Choose who answers, and wait until their form is drawn."""
    page.evaluate("document.querySelector('.ss-sheet').dataset.old = ''")
    choose_who(page, voice)
    page.locator(".ss-sheet:not([data-old])").wait_for()


@pytest.mark.usefixtures("refusing")
def test_refused_answers_stay_until_they_are_changed_and_meet_no_conflict(drive: Drive, folder: Path) -> None:
    """A second refusal, another person and back, another answer saved: the words stay, are named, and can be mended."""

    def answer(page: Any) -> list[Any]:
        words, story = (_find(page, name).locator(".ss-frame textarea") for name in (WORDS, "framing.story"))
        for field in (words, story):
            field.fill("Refused")
            field.blur()
            page.locator(".ss-alert:not(:empty)").wait_for()
        _choose(page, GROUP)
        _choose(page, "trustee")
        _find(page, PICK).get_by_label("The first").check()
        _wait_saved(page)
        kept = [words.input_value(), story.input_value(), page.locator(".ss-question.is-faulty").count()]
        said = page.locator(".ss-begun").inner_text()
        words.fill("Trust")
        page.wait_for_function("document.querySelectorAll('.ss-question.is-faulty').length === 1")
        _wait_saved(page)
        return [kept, "2 answers are begun" in said, page.locator(".ss-conflict").count()]

    assert drive("trustee", answer) == [["Refused", "Refused", 2], True, 0]
    answers = read_engagement(folder).voices[0].answers
    assert {key: one.value for key, one in answers.items()} == {PICK: "one", WORDS: "Trust"}


def test_answers_begun_outlive_a_dead_kernel_and_a_look_at_another_person(drive: Drive, folder: Path) -> None:
    """Points that do not add up yet, words in a number: they are there again, and completed they are saved."""

    def answer(page: Any) -> list[Any]:
        points = _find(page, POINTS).locator("input[type=text]")
        count = _find(page, "framing.count").locator("input[type=text]")
        points.nth(0).fill("60")
        count.fill("about 40")
        count.blur()
        shown = []
        for redraw in (lambda: (_choose(page, GROUP), _choose(page, "trustee")), lambda: page.evaluate("comeBack()")):
            redraw()
            page.locator(".ss-begun button").wait_for()
            shown.append([points.nth(0).input_value(), count.input_value()])
        points.nth(2).fill("40")
        count.fill("40")
        count.blur()
        _wait_saved(page)
        page.wait_for_function("!document.querySelector('.ss-begun').textContent")
        return shown

    assert drive("trustee", answer) == [["60", "about 40"]] * 2
    answers = read_engagement(folder).voices[0].answers
    assert answers[POINTS].value == {"funder": 60, "grantees": 0, "people": 40}
    assert answers["framing.count"].value == 40


def test_a_kernel_that_opens_the_form_twice_wipes_nothing(drive: Drive) -> None:
    """A slow kernel is asked again after three seconds, and answers both: what is typed meanwhile stays."""

    def answer(page: Any) -> str:
        words = _find(page, WORDS).locator(".ss-frame textarea")
        page.evaluate("document.querySelector('.ss-sheet').dataset.old = ''")
        words.focus()
        page.keyboard.type("Tru")
        page.evaluate("openAgain()")
        page.locator(".ss-sheet[data-old]").wait_for()
        page.keyboard.type("st")
        return str(words.input_value())

    assert drive("trustee", answer) == "Trust"


def test_start_pressed_twice_makes_one_person(drive: Drive, folder: Path) -> None:
    """A double click is no second voice."""

    def start(page: Any) -> None:
        choose_who(page, "_new")
        page.keyboard.type("Grants manager")
        page.get_by_label("With my role.").check()
        page.get_by_role("button", name="Start answering").dblclick()
        page.wait_for_function("document.querySelector('.ss-who select').value === 'grants-manager'")

    drive("trustee", start)
    assert [voice.id for voice in read_engagement(folder).voices] == ["grants-manager", "trustee"]


def test_settings_saved_here_leave_those_that_another_window_changed(drive: Drive, folder: Path) -> None:
    """Consent was withdrawn elsewhere while this box was open: adding an organisation does not give it again."""

    def change(page: Any) -> None:
        page.get_by_text("Change your role").click()
        path = folder / "voices" / "trustee.yaml"
        write_atomically(path, path.read_text(encoding="utf-8").replace("consent: role", "consent: none"))
        page.get_by_label("Your organisation").fill("A council")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_text("Your role and choices are saved.").wait_for()

    drive("trustee", change)
    voice = read_engagement(folder).voices[0]
    assert (voice.consent, voice.organisation) == ("none", "A council")


def test_a_form_comes_back_when_a_broken_file_is_mended(drive: Drive, folder: Path) -> None:
    """Somebody else's file is broken while another person is chosen: no reload is needed once it is mended."""

    def look(page: Any) -> str:
        other = folder / "voices" / "officer.yaml"
        write_atomically(other, "schema: 1\nrole: [\n")
        choose_who(page, GROUP)
        page.locator(".ss-alert:not(:empty)").wait_for()
        write_atomically(other, "schema: 1\nrole: Officer\n")
        page.wait_for_function("document.querySelector('[data-question=\"framing.pick\"] input').checked")
        return str(page.get_by_label("Who is answering?").input_value())

    assert drive("trustee", look) == GROUP


def test_a_faulty_value_of_a_file_can_be_taken_back(drive: Drive, folder: Path) -> None:
    """Typed by hand and out of bounds: the form says so, and takes it out when told to."""

    def take(page: Any) -> None:
        _write_answers(folder, f"{PICK}: two", "framing.count: 99")
        page.wait_for_function("document.querySelector('[data-question=\"framing.count\"] input').value === '99'")
        _find(page, "framing.count").get_by_role("button", name="Take this answer back").click()
        _wait_saved(page)

    drive("trustee", take)
    assert set(read_engagement(folder).voices[0].answers) == {PICK}


def test_another_window_asks_who_is_answering(drive: Drive) -> None:
    """What one window was told holds for it alone: a colleague's window must not go on as the last person."""

    def look(page: Any) -> list[str]:
        before = page.get_by_label("Who is answering?").input_value()
        page.evaluate("sessionStorage.clear()")
        page.evaluate("comeBack()")
        page.locator(".ss-place:not(:has(.ss-sheet))").wait_for(state="attached")
        return [before, page.get_by_label("Who is answering?").input_value()]

    assert drive("trustee", look) == ["trustee", ""]


def test_a_long_list_of_people_is_searched_by_typing(drive: Drive, folder: Path) -> None:
    """Of 303 people those stay whose role holds every part that is typed, whatever its accents; the chosen one too."""
    for number in range(302):
        text = f"schema: 1\nrole: {'Éleveuse' if number % 100 == 7 else 'Grantee'} {number}\nconsent: role\n"
        (folder / "voices" / f"person-{number}.yaml").write_text(text, encoding="utf-8")
    seen: list[Any] = []

    def search(page: Any) -> None:
        read = "(node) => [...node.options].map((one) => one.text)"
        select = page.get_by_label("Who is answering?")
        seen.append(len(select.evaluate(read)))
        page.get_by_label("Find a person").fill("eleveuse 10")
        seen.append([text for text in select.evaluate(read) if "leveuse" in text])
        seen.append(page.locator(".ss-who [role=status]").inner_text())
        seen.append(select.input_value())
        choose_who(page, "person-107")
        page.wait_for_function("document.querySelector('[type=search]').value === ''")
        seen.append(select.input_value())
        seen.append(page.get_by_label("Find a person").input_value())

    drive("trustee", search)
    assert seen == [306, ["Éleveuse 107"], "People found: 1. Choose below.", "trustee", "person-107", ""]


def test_a_short_list_of_people_has_no_search(drive: Drive) -> None:
    """A field more would be one too many."""
    assert drive("trustee", lambda page: page.locator(".ss-who input[type=search]").count()) == 0
