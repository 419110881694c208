"""What a form and its kernel say to each other, without JupyterLab."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbook.forms.lab.session import Session
from workbook.forms.saving.saving import GROUP
from workbook.forms.sheet.sheet import list_forms
from workbook.storage import read_engagement
from workbook.views import safety

FACTS = {
    "schema": 1,
    "title": "A commission",
    "commissioner": "A funder",
    "audiences": [{"id": "grantees", "name": "Grantees", "group": "delivery"}],
}
TRUSTEE = """\
schema: 1
role: Trustee
consent: role
answers:
  framing.purpose.soil: 4
  framing.purpose.seed: 3 # said twice
"""
SEED, WORDS = "framing.purpose.seed", "framing.said_aloud"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an engagement with two voices."""
    engagement = tmp_path / "a-commission"
    (engagement / "voices").mkdir(parents=True)
    (engagement / "engagement.yaml").write_text(json.dumps(FACTS), encoding="utf-8")
    (engagement / "voices" / "trustee.yaml").write_text(TRUSTEE, encoding="utf-8")
    (engagement / "voices" / "officer.yaml").write_text("schema: 1\nrole: Officer\n", encoding="utf-8")
    return engagement


def _ask(session: Session, kind: str, **message: Any) -> dict[str, dict[str, Any]]:
    return {reply["kind"]: reply for reply in session.respond({"kind": kind, "view": "one", **message})}


def _answer(session: Session, question: str, value: Any, *, base: Any = None, voice: str = "trustee") -> dict[str, Any]:
    answer = None if value is None else {"value": value}
    return _ask(session, "answer", voice=voice, question=question, number=1, answer=answer, base=base)


def test_a_form_that_opens_gets_its_voice_questions_answers_and_reading(folder: Path) -> None:
    """All it needs to be drawn, and the questions' answers as they stand in the file."""
    replies = _ask(Session(folder, "framing"), "open", voice="trustee")
    assert replies["state"]["answers"] == {"framing.purpose.soil": {"value": 4}, SEED: {"value": 3}}
    assert [voice["label"] for voice in replies["state"]["voices"]] == ["Officer", "Trustee"]
    assert len(replies["state"]["sheet"]["questions"]) > 20
    assert "<svg" in replies["reading"]["html"]


def test_a_short_way_asks_less_and_counts_what_it_asks(folder: Path) -> None:
    """The verdict's own questions stay; what it leaves out is still answered when another way is chosen."""
    session = Session(folder, "framing")
    short = _ask(session, "open", voice="trustee", way="quarter")["state"]
    whole = _ask(session, "open", voice="trustee", way="everything")["state"]
    asked = [question["id"] for question in short["sheet"]["questions"]]
    assert SEED in asked
    assert len(asked) == 17
    assert len(whole["sheet"]["questions"]) == 25
    here = short["chapters"][0]
    assert (here["asked"], here["left"], here["answered"]) == (17, 8, 2)
    assert 5 <= here["minutes"] <= 15
    assert whole["chapters"][0]["minutes"] > here["minutes"]
    assert not any(one["asked"] for one in short["chapters"][1:])
    assert short["answers"] == whole["answers"]


def test_an_hour_asks_something_of_most_chapters_and_takes_about_that(folder: Path) -> None:
    """By the seconds that the content gives each kind of question."""
    chapters = _ask(Session(folder, "framing"), "open", voice="trustee", way="hour")["state"]["chapters"]
    assert sum(one["asked"] > 0 for one in chapters) >= 8
    assert 30 <= sum(one["minutes"] for one in chapters) <= 60


def test_a_voice_that_is_gone_is_not_remembered(folder: Path) -> None:
    """Somebody removed the file: the person is asked who they are."""
    assert _ask(Session(folder, "framing"), "open", voice="nobody")["state"]["voice"] is None


def test_a_form_that_opens_reads_its_chapter_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands under the form and beside it are drawn of one reading, which takes seconds with many voices."""
    read, readings = safety.read_safety, []
    monkeypatch.setattr(safety, "read_safety", lambda engagement: readings.append(1) or read(engagement))
    replies = _ask(Session(folder, "safety"), "open", voice="trustee")
    assert replies["verdict"]["html"]
    assert len(readings) == 1


def test_every_chapter_has_its_form_and_reading(folder: Path) -> None:
    """Each chapter that asks something opens, and its reading is drawn without a fault."""
    chapters = [chapter.id for chapter in list_forms(read_engagement(folder).facts)]
    assert len(chapters) >= 9
    for chapter in chapters:
        session = Session(folder, chapter)
        replies = _ask(session, "open", voice="trustee")
        assert replies["state"]["sheet"]["questions"]
        assert "why" not in replies["reading"]
        assert "why" not in _ask(session, "more")["more"]


def test_an_answer_is_saved_before_its_reading_is_drawn(folder: Path) -> None:
    """The acknowledgement comes first, and the reading says something else than before."""
    session = Session(folder, "framing")
    before = _ask(session, "open", voice="trustee")["reading"]["html"]
    message = {"kind": "answer", "voice": "trustee", "question": SEED, "answer": {"value": 0}, "base": {"value": 3}}
    replies = list(session.respond(message))
    assert [reply["kind"] for reply in replies] == ["saved", "verdict", "finding", "reading"]
    assert replies[-1]["html"] != before
    written = (folder / "voices" / "trustee.yaml").read_text(encoding="utf-8")
    assert written.startswith(TRUSTEE.replace(": 3 #", ": 0  #"))


def test_the_reading_after_an_answer_is_that_of_the_files(folder: Path) -> None:
    """What a session keeps in mind never drifts from what another one reads."""
    session = Session(folder, "framing")
    _ask(session, "open", voice="trustee")
    for question, value in ((SEED, 1), (WORDS, "words <b>"), ("framing.purpose.soil", "unsure"), (SEED, None)):
        reading = _answer(session, question, value, base={"value": 3} if question == SEED else None)["reading"]
        assert reading["html"] == _ask(Session(folder, "framing"), "draw")["reading"]["html"]


def test_an_answer_the_question_does_not_take_is_refused_with_what_to_do(folder: Path) -> None:
    """Nothing is written, and each fault names its question."""
    replies = _answer(Session(folder, "framing"), SEED, 7)
    assert replies["refused"]["problems"][0]["question"] == SEED
    assert (folder / "voices" / "trustee.yaml").read_text(encoding="utf-8") == TRUSTEE


@pytest.mark.parametrize(
    "answer", ["text", {"value": 1, "note": 3}, {"value": 1, "consent": "all"}, {"note": "x"}, [1]]
)
def test_a_malformed_answer_is_refused(folder: Path, answer: Any) -> None:
    """Whatever a page sends, the file stays valid."""
    message = {"kind": "answer", "voice": "trustee", "question": SEED, "answer": answer}
    kinds = [reply["kind"] for reply in Session(folder, "framing").respond(message)]
    assert kinds in (["refused"], ["failed"])
    assert (folder / "voices" / "trustee.yaml").read_text(encoding="utf-8") == TRUSTEE


def test_another_windows_answer_shows_at_the_next_look(folder: Path) -> None:
    """A form that looks gets what changed since it last did, and nothing when nothing did."""
    one, other = Session(folder, "framing"), Session(folder, "framing")
    stamp = _ask(one, "open", voice="trustee")["state"]["stamp"]
    assert set(_ask(one, "look", voice="trustee", stamp=stamp)) == {"here"}
    _answer(other, WORDS, "Yes")
    changed = _ask(one, "look", voice="trustee", stamp=stamp)["changed"]
    assert changed["answers"][WORDS] == {"value": "Yes"}
    assert set(_ask(one, "look", voice="trustee", stamp=changed["stamp"])) == {"here"}


def test_both_of_two_answers_to_the_same_question_are_shown_until_one_is_chosen(folder: Path) -> None:
    """In words, with the question they answer."""
    one, other = Session(folder, "framing"), Session(folder, "framing")
    _answer(other, SEED, 1, base={"value": 3})
    conflict = _answer(one, SEED, 2, base={"value": 3})["saved"]["conflicts"][0]
    assert (conflict["now"], conflict["other"]) == ("To some extent", "A little")
    assert conflict["answer"] == {"value": 1}
    chosen = {"question": SEED, "other": {"value": 1}, "standing": {"value": 2}}
    assert _ask(one, "settle", voice="trustee", **chosen)["changed"]["conflicts"] == []


def test_answers_that_differ_in_who_may_see_them_say_so(folder: Path) -> None:
    """The same word twice would leave a person nothing to choose by."""
    one = Session(folder, "framing")
    marked = {"value": 1, "consent": "none"}
    _ask(one, "answer", voice="trustee", question=SEED, number=1, answer=marked, base={"value": 3})
    conflict = _answer(Session(folder, "framing"), SEED, 1, base={"value": 3})["saved"]["conflicts"][0]
    assert (conflict["standing"], conflict["answer"]) == (marked, {"value": 1})
    assert conflict["now"] == "A little – who may see it: Nobody else"
    assert conflict["other"] == "A little – who may see it: As for all other answers"


def test_an_answer_that_cannot_be_taken_any_more_is_refused_and_kept(folder: Path) -> None:
    """A question may have changed since: what waits goes on waiting."""
    session = Session(folder, "framing")
    (folder / "set-aside").mkdir()
    aside = f"schema: 1\nanswers:\n  {SEED}: [{{value: 9}}]\n"
    (folder / "set-aside" / "trustee.yaml").write_text(aside, encoding="utf-8")
    chosen = {"question": SEED, "other": {"value": 9}, "standing": {"value": 3}, "take": True}
    assert "refused" in _ask(session, "settle", voice="trustee", **chosen)
    assert (folder / "set-aside" / "trustee.yaml").read_text(encoding="utf-8") == aside


def test_a_button_pressed_twice_makes_one_person(folder: Path) -> None:
    """Both replies open the same voice."""
    session = Session(folder, "framing")
    new = {"role": "Grants manager", "consent": "role", "token": "one"}
    made = [_ask(session, "create", **new)["state"]["voice"] for _ in range(2)]
    assert made == ["grants-manager"] * 2
    assert len(read_engagement(folder).voices) == 3


def test_the_answer_of_a_person_who_is_gone_is_shown_and_not_kept(folder: Path) -> None:
    """Nobody can be given it by mistake, and whoever typed it sees it once more."""
    session = Session(folder, "framing")
    _ask(session, "open", voice="trustee")
    (folder / "voices" / "trustee.yaml").unlink()
    reply = _answer(session, WORDS, "All of it")["gone"]
    assert reply["lost"] == "Who has said so aloud, and to whom? – All of it"


def test_two_voices_never_touch(folder: Path) -> None:
    """An answer of one voice leaves the other's file as it is."""
    session = Session(folder, "framing")
    _answer(session, SEED, 1, voice="officer")
    _answer(session, SEED, 4, voice=GROUP)
    assert (folder / "voices" / "trustee.yaml").read_text(encoding="utf-8") == TRUSTEE
    assert _ask(session, "open", voice=GROUP)["state"]["answers"] == {SEED: {"value": 4}}


def test_an_agreed_answer_keeps_the_edition_it_may_appear_in(folder: Path) -> None:
    """It goes into the group's file as given, is shown again, and stays when other answers change."""
    session = Session(folder, "framing")
    marked = {"value": 4, "edition": "public"}
    replies = _ask(session, "answer", voice=GROUP, question=SEED, number=1, answer=marked, base=None)
    assert replies["saved"]["answer"] == marked
    _answer(session, WORDS, "Yes", voice=GROUP)
    state = _ask(Session(folder, "framing"), "open", voice=GROUP)["state"]
    assert state["answers"] == {SEED: marked, WORDS: {"value": "Yes"}}
    agreed = read_engagement(folder).agreed
    assert (agreed.edition_of(SEED), agreed.edition_of(WORDS)) == ("public", "partners")


def test_the_group_s_reading_is_that_of_partners(folder: Path) -> None:
    """An answer for nobody else's eyes moves neither the reading nor the verdict beside the form."""
    alone = _ask(Session(folder, "framing"), "open", voice=GROUP)["reading"]
    adviser = f"schema: 1\nrole: Adviser\nconsent: none\nanswers: {{{SEED}: 0, framing.timing.seed: 4}}\n"
    (folder / "voices" / "adviser.yaml").write_text(adviser, encoding="utf-8")
    session = Session(folder, "framing")
    assert _ask(session, "open", voice=GROUP)["reading"] == alone
    assert _ask(session, "open", voice="trustee")["reading"]["html"] != alone["html"]


def test_a_form_knows_the_edition_of_agreed_answers_without_a_mark(folder: Path) -> None:
    """Partners where the file says nothing, else what it says, as soon as it says so."""
    session = Session(folder, "framing")
    assert _ask(session, "open", voice=GROUP)["state"]["edition"] == "partners"
    (folder / "agreed.yaml").write_text("schema: 1\nedition: private\nanswers: {}\n", encoding="utf-8")
    assert _ask(session, "look", voice=GROUP, stamp="")["changed"]["edition"] == "private"


@pytest.mark.parametrize(
    ("voice", "beside"),
    [(GROUP, {"edition": "everyone"}), (GROUP, {"consent": "role"}), ("officer", {"edition": "public"})],
)
def test_a_mark_of_the_wrong_kind_is_refused(folder: Path, voice: str, beside: dict[str, str]) -> None:
    """Only a group's answer has an edition, only a person's has consent, and both only levels that there are."""
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    message = {"voice": voice, "question": SEED, "number": 1, "answer": {"value": 1, **beside}, "base": None}
    assert set(_ask(Session(folder, "framing"), "answer", **message)) == {"refused"}
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before


def test_someone_new_gets_a_voice_and_its_form(folder: Path) -> None:
    """With the role and the consent they chose."""
    replies = _ask(Session(folder, "framing"), "create", role="Young adviser", consent="unnamed", day="2026-03-31")
    assert replies["state"]["voice"] == "young-adviser"
    assert replies["state"]["voices"][2] == {
        "id": "young-adviser",
        "label": "Young adviser",
        "role": "Young adviser",
        "name": None,
        "organisation": None,
        "consent": "unnamed",
    }
    changed = _ask(Session(folder, "framing"), "change", voice="young-adviser", consent="role")["changed"]
    assert changed["voices"][2]["consent"] == "role"


@pytest.mark.parametrize("field", ["role", "name", "organisation"])
def test_who_somebody_is_takes_no_more_than_a_file_may_hold(folder: Path, field: str) -> None:
    """What is too long is refused with what to do, before a file is made and when one is changed."""
    session, before = Session(folder, "framing"), sorted(folder.rglob("*.yaml"))
    given = {"role": "Young adviser", "consent": "role", field: "x" * 301}
    assert "at most 300 characters" in _ask(session, "create", **given)["stuck"]["why"]
    assert "it has 301" in _ask(session, "change", voice="trustee", **given)["stuck"]["why"]
    assert sorted(folder.rglob("*.yaml")) == before
    assert "x" * 301 not in (folder / "voices" / "trustee.yaml").read_text(encoding="utf-8")


def test_a_role_is_never_taken_out(folder: Path) -> None:
    """A file without a role could not be read again, so a change that leaves none is refused."""
    refused = _ask(Session(folder, "framing"), "change", voice="trustee", role="  ")["stuck"]["why"]
    assert "what this person is in the commission" in refused
    assert "role: " in (folder / "voices" / "trustee.yaml").read_text(encoding="utf-8")


def test_a_fault_in_anothers_file_is_named_and_stops_no_saving(folder: Path) -> None:
    """A form that is open goes on saving; one that opens says what to mend, and where."""
    session = Session(folder, "framing")
    _ask(session, "open", voice="trustee")
    (folder / "voices" / "officer.yaml").write_text("schema: 1\nrole: Officer\nfoo: 1\n", encoding="utf-8")
    replies = _answer(session, SEED, 1, base={"value": 3})
    assert replies["saved"]["answer"] == {"value": 1}
    assert "officer.yaml, line 3: foo" in replies["reading"]["why"]
    assert "framing.purpose.seed: 1" in (folder / "voices" / "trustee.yaml").read_text(encoding="utf-8")
    stuck = _ask(Session(folder, "framing"), "open", voice="trustee")["stuck"]
    assert "officer.yaml, line 3: foo" in stuck["why"]


@pytest.mark.parametrize("plant", [os.mkfifo, lambda path: Path(path).symlink_to("/etc/hostname")])
def test_a_pipe_or_a_link_among_the_voices_is_named_and_never_waited_for(
    folder: Path, plant: Callable[[Path], None]
) -> None:
    """A form that is open goes on saving; one that opens says which file to move away."""
    session = Session(folder, "framing")
    _ask(session, "open", voice="trustee")
    plant(folder / "voices" / "planted.yaml")
    replies = _answer(session, SEED, 1, base={"value": 3})
    why = _ask(Session(folder, "framing"), "open", voice="trustee")["stuck"]["why"]
    assert "planted.yaml" in why
    assert replies["saved"]["answer"] == {"value": 1}


def test_an_answer_runs_nothing_in_the_reading(folder: Path) -> None:
    """Markup in an answer is shown as text."""
    session = Session(folder, "framing")
    _answer(session, "framing.purpose.soil", 4, voice=GROUP)
    hostile = "<img src=x onerror=alert(1)>"
    reading = _answer(session, "framing.stays_evaluation", hostile, voice=GROUP)["reading"]["html"]
    assert "<img" not in reading
    assert "&lt;img" in reading


def test_what_the_last_round_agreed_stands_at_its_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as partners may see it, for every seat; a first round has nothing of the kind."""
    shutil.copytree(Path(__file__).parents[3] / "parameters", tmp_path / "parameters")
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    heard = {}
    for slug in ("example", "example-second-year"):
        state = _ask(Session(tmp_path / "parameters" / slug, "framing"), "open", voice="trustee")["state"]
        heard[slug] = [one["id"] for one in state["sheet"]["questions"] if "Agreed in the last round:" in one["help"]]
    assert heard["example"] == []
    assert "framing.evaluator" in heard["example-second-year"]
    facts = tmp_path / "parameters" / "example-second-year" / "engagement.yaml"
    text = facts.read_text("utf-8").replace("id: sector", "id: others").replace("sector]", "others]")
    facts.write_text(text, encoding="utf-8")
    opened = _ask(Session(facts.parent, "audiences"), "open", voice="trustee")["state"]
    (order,) = (one["help"] for one in opened["sheet"]["questions"] if one["id"] == "audiences.order")
    assert "Other funders of youth work: Place: 4" in order, "who is gone is called what they were called"


def test_a_person_says_who_they_were_in_the_last_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is a last round the form lists who answered it; what is chosen goes into the person's file."""
    shutil.copytree(Path(__file__).parents[3] / "parameters", tmp_path / "parameters")
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    first = Session(tmp_path / "parameters" / "example", "framing")
    assert _ask(first, "open", voice="trustee")["state"]["last_people"] == []
    folder = tmp_path / "parameters" / "example-second-year"
    session = Session(folder, "framing")
    state = _ask(session, "open", voice="trustee")["state"]
    assert {"id": "youth-worker", "label": "Youth worker"} in state["last_people"]
    assert [one.get("same_as") for one in state["voices"] if one["id"] == "trustee"] == ["trustee"]
    made = {"role": "Finance lead", "consent": "role", "same_as": "finance-lead", "token": "1"}
    assert _ask(session, "create", **made)["state"]["voice"] == "finance-lead"
    assert [one.same_as for one in read_engagement(folder).voices if one.id == "finance-lead"] == ["finance-lead"]
    changed = _ask(session, "change", voice="finance-lead", same_as="")["changed"]
    assert [one.get("same_as") for one in changed["voices"] if one["id"] == "finance-lead"] == [None]
    refused = _ask(session, "change", voice="finance-lead", same_as="nobody-there")
    assert "somebody who answered in the last round" in refused["stuck"]["why"]


def test_the_reading_of_a_chapter_says_what_moved_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under each form of a next round, the map's too; under those of a first round nothing."""
    shutil.copytree(Path(__file__).parents[3] / "parameters", tmp_path / "parameters")
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    told = {}
    for slug, chapter in (("example", "permission"), ("example-second-year", "permission"), (
        "example-second-year", "system_map",
    )):  # fmt: skip
        session = Session(tmp_path / "parameters" / slug, chapter)
        told[slug, chapter] = _ask(session, "open", voice="trustee")["reading"]["html"]
    assert "Since the last round" not in told["example", "permission"]
    assert "3 of 5 from “no” to “yes”" in told["example-second-year", "permission"]
    assert "No longer in it:" in told["example-second-year", "system_map"]
