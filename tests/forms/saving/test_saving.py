"""Answers saved one at a time: whole, letter for letter, and nobody's words lost."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.errors import InputError, NotFoundError, WorkbookError
from workbook.forms.saving.answers_file import change_entry
from workbook.forms.saving.saving import (
    GROUP,
    change_voice,
    create_voice,
    find_answer,
    list_set_aside,
    read_data,
    save_answer,
    settle,
)
from workbook.model.chapters import list_marks
from workbook.storage import read_engagement
from workbook.yaml_reader import Document, parse_document
from workbook.yaml_writer import write_document

FACTS = "schema: 1\ntitle: A commission\ncommissioner: A funder\n"
VOICE = """\
# Typed by hand, on the train.
schema: 1
role: 'Trustee'   # the chair
answers:
  framing.purpose.seed: 3  # said twice
  framing.stays_evaluation:
    value: |-
      the audit
      # not a comment
    # from the minutes
    private: "no"
  # the rest is from memory
  framing.purpose.soil: {value: 2, evidence: 'the contract'}

  framing.said_aloud: "yes"   # last
"""
HOSTILE = (
    "<script>alert(1)</script>",
    "=HYPERLINK('x')",
    "no",
    "~",
    "2026-03-31",
    "- item: [a, {b: c}]",
    "two\nlines # and no comment\n\n  indented\n",
    "trailing spaces   \nand tabs\t\n\n\n",
    "\N{RIGHT-TO-LEFT OVERRIDE}reversed\N{POP DIRECTIONAL FORMATTING} שלום",
    "a\u0085b\u2028c\u00a0d\ufeffe",
    "\x07bell\x1b[31m",
    "line\r\nline",
    "'\"\\ \\n %d {} #: &a *a !t | > @ `",
    "x" * 10_000,
    ("word " * 20 + "\n") * 100,
    "\U0001f331\u200d\U0001f33e",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an engagement with one voice, typed by hand."""
    engagement = tmp_path / "a-commission"
    (engagement / "voices").mkdir(parents=True)
    (engagement / "engagement.yaml").write_text(FACTS, encoding="utf-8")
    (engagement / "voices" / "trustee.yaml").write_text(VOICE, encoding="utf-8")
    return engagement


def _read(folder: Path, voice: str = "trustee") -> str:
    return (folder / "voices" / f"{voice}.yaml").read_text(encoding="utf-8")


def test_only_the_line_of_the_answer_changes(folder: Path) -> None:
    """Comments, order, blank lines and quotation marks of everything else are the same, byte for byte.

    Behind them stands the mark of the question that the answer is to.
    """
    save_answer(folder, "trustee", "framing.purpose.seed", {"value": 4})
    mark = f"asked:\n  framing.purpose.seed: {list_marks()['framing.purpose.seed']}\n"
    assert _read(folder) == VOICE.replace("seed: 3", "seed: 4") + mark


def test_comments_inside_a_replaced_answer_stay(folder: Path) -> None:
    """A comment in or after an answer of several lines stays, and so does the private note beside it."""
    save_answer(folder, "trustee", "framing.stays_evaluation", {"value": "the audit"})
    text = _read(folder)
    assert "# from the minutes" in text
    assert "# the rest is from memory" in text
    found = find_answer(read_data(folder / "voices" / "trustee.yaml"), "framing.stays_evaluation")
    assert found == {"value": "the audit", "private": "no"}


@pytest.mark.parametrize("question", ["framing.purpose.seed", "framing.said_aloud", "framing.new"])
def test_an_answer_taken_back_leaves_no_line_but_its_comment(folder: Path, question: str) -> None:
    """The other answers stay as they were."""
    save_answer(folder, "trustee", question, {"value": "x"})
    save_answer(folder, "trustee", question, None)
    answers = read_data(folder / "voices" / "trustee.yaml")["answers"]
    before = {"framing.purpose.seed", "framing.stays_evaluation", "framing.purpose.soil", "framing.said_aloud"}
    assert set(answers) == before - {question}
    assert _read(folder).count("#") == VOICE.count("#")


def test_the_last_answer_taken_back_leaves_a_valid_file(folder: Path) -> None:
    """A voice without answers is still a voice."""
    voice = create_voice(folder, "Grants manager", "role")
    save_answer(folder, voice, "framing.purpose.seed", {"value": 4})
    save_answer(folder, voice, "framing.purpose.seed", None)
    assert _read(folder, voice).count("answers: {}\n") == 1
    assert len(read_engagement(folder).voices) == 2


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_come_back_letter_for_letter(folder: Path, text: str) -> None:
    """As an answer and as a note, through the reader everything else uses."""
    save_answer(folder, "trustee", "framing.said_aloud", {"value": text, "note": text})
    voice = next(one for one in read_engagement(folder).voices if one.id == "trustee")
    assert voice.answers["framing.said_aloud"].value == text
    assert voice.answers["framing.said_aloud"].note == text


def test_half_a_character_is_refused_and_nothing_changes(folder: Path) -> None:
    """A lone surrogate cannot be stored as UTF-8; the person is told, and the file is as it was."""
    with pytest.raises(WorkbookError, match="comes back as you typed it"):
        save_answer(folder, "trustee", "framing.said_aloud", {"value": "half \ud83d"})
    assert _read(folder) == VOICE


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NAMES = st.from_regex(r"[a-z0-9_-]{1,8}", fullmatch=True)
VALUES = st.recursive(
    TEXTS | st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(value=VALUES.filter(lambda value: value is not None), place=st.sampled_from(["a", "c", "z"]))
@settings(max_examples=150, deadline=None)
def test_any_value_comes_back_and_its_neighbours_stay(value: Any, place: str) -> None:
    """Whatever JSON can say, set anywhere among other answers."""
    before = "answers:\n  a: 1  # one\n  b: |\n    two\n  # three\n  c:\n    - 4\n"
    found = parse_document(change_entry(before, ("answers", place), value).encode(), "a file")
    assert isinstance(found, Document)
    assert found.data["answers"] == {"a": 1, "b": "two\n", "c": [4]} | {place: value}


@given(data=st.dictionaries(NAMES, VALUES.filter(lambda value: value is not None), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_whole_files_come_back(data: dict[str, Any]) -> None:
    """What is written without looking at an older text is read as it was given."""
    found = parse_document(write_document(data).encode(), "a file")
    assert isinstance(found, Document)
    assert found.data == data


STYLES = (
    "schema: 1\n",
    "schema: 1\nanswers:\n",
    "schema: 1\nanswers: {}",
    '{"schema": 1, "answers": {}}',
    "schema: 1\r\nanswers:\r\n",
)


@pytest.mark.parametrize("text", STYLES)
def test_a_file_of_any_style_takes_its_first_answer(text: str) -> None:
    """Missing, empty, in brackets, or with the line ends of another system."""
    found = parse_document(change_entry(text, ("answers", "a"), "no").encode(), "a file")
    assert isinstance(found, Document)
    assert found.data == {"schema": 1, "answers": {"a": "no"}}


def test_a_file_with_a_fault_is_not_touched(folder: Path) -> None:
    """The person is told the line, and the file stays as it is for them to mend."""
    path = folder / "voices" / "trustee.yaml"
    path.write_text(VOICE + "  framing.said_aloud: twice\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 16"):
        save_answer(folder, "trustee", "framing.purpose.seed", {"value": 4})
    assert path.read_text(encoding="utf-8") == VOICE + "  framing.said_aloud: twice\n"


def test_two_changes_of_different_answers_meet_in_the_file(folder: Path) -> None:
    """Whoever looked at an older state loses nothing of the other's."""
    save_answer(folder, "trustee", "framing.purpose.seed", {"value": 4}, base={"value": 3})
    saved = save_answer(folder, "trustee", "framing.purpose.soil", {"value": 1}, base={"value": 2})
    assert not saved.is_conflict
    answers = read_data(folder / "voices" / "trustee.yaml")["answers"]
    assert answers["framing.purpose.seed"] == 4
    assert answers["framing.purpose.soil"] == {"value": 1, "evidence": "the contract"}


def test_two_changes_of_the_same_answer_are_both_kept_until_someone_chooses(folder: Path) -> None:
    """The newer stands in the file, the other one waits; settled, it is gone."""
    question = "framing.said_aloud"
    save_answer(folder, "trustee", question, {"value": "first"}, base={"value": "yes"})
    saved = save_answer(folder, "trustee", question, {"value": "second"}, base={"value": "yes"})
    assert saved.other == {"value": "first"}
    assert find_answer(read_data(folder / "voices" / "trustee.yaml"), question) == {"value": "second"}
    assert list_set_aside(folder, "trustee") == {question: ({"value": "first"},)}
    assert not save_answer(folder, "trustee", question, {"value": "third"}, base={"value": "second"}).is_conflict
    assert len(read_engagement(folder).voices) == 1
    settle(folder, "trustee", question, {"value": "first"})
    assert list_set_aside(folder, "trustee") == {}
    assert not (folder / "set-aside" / "trustee.yaml").exists()


@pytest.mark.parametrize("last", ["a: |\n    one\n    two", "a:\n    value: >\n      one\n      two", "a: |-\n    one"])
def test_a_file_without_a_last_new_line_takes_an_answer_and_keeps_its_words(last: str) -> None:
    """Words that stand as a block at the end of a file would get a new line they do not have."""
    text = f"schema: 1\nanswers:\n  {last}"
    found = parse_document(change_entry(text, ("answers", "b"), 3).encode(), "a file")
    before = parse_document(text.encode(), "a file")
    assert isinstance(found, Document)
    assert isinstance(before, Document)
    assert found.data["answers"] == {**before.data["answers"], "b": 3}


def test_the_same_change_made_twice_is_no_conflict(folder: Path) -> None:
    """Two windows that say the same agree."""
    save_answer(folder, "trustee", "framing.purpose.seed", {"value": 4}, base={"value": 3})
    assert not save_answer(folder, "trustee", "framing.purpose.seed", {"value": 4}, base={"value": 3}).is_conflict


def test_answers_of_the_same_window_that_came_through_or_did_not_are_no_conflict(folder: Path) -> None:
    """The file may hold what stood first or any sent since; what nobody in this window sent is kept."""
    question = "framing.purpose.seed"
    sent = {"base": {"value": 3}, "earlier": [{"value": 0}, {"value": 1}]}
    for standing in (3, 0, 1):
        save_answer(folder, "trustee", question, {"value": standing})
        assert not save_answer(folder, "trustee", question, {"value": 4}, **sent).is_conflict
    save_answer(folder, "trustee", question, {"value": 2})
    assert save_answer(folder, "trustee", question, {"value": 4}, **sent).other == {"value": 2}


def test_taking_back_an_answer_that_changed_meanwhile_keeps_the_change(folder: Path) -> None:
    """The other's answer waits under set-aside."""
    save_answer(folder, "trustee", "framing.purpose.seed", {"value": 1}, base={"value": 3})
    assert save_answer(folder, "trustee", "framing.purpose.seed", None, base={"value": 3}).other == {"value": 1}
    assert list_set_aside(folder, "trustee") == {"framing.purpose.seed": ({"value": 1},)}


def test_what_the_form_does_not_show_is_never_lost(folder: Path) -> None:
    """Evidence beside an answer outlives a change, and is set aside when the answer is taken back."""
    save_answer(folder, "trustee", "framing.purpose.soil", None, base={"value": 2})
    assert list_set_aside(folder, "trustee") == {"framing.purpose.soil": ({"value": 2, "evidence": "the contract"},)}


def test_the_groups_answers_go_to_their_own_file(folder: Path) -> None:
    """The first one makes agreed.yaml."""
    save_answer(folder, GROUP, "framing.purpose.seed", {"value": 4, "edition": "public"})
    assert read_engagement(folder).agreed.answers["framing.purpose.seed"].value == 4


def test_a_new_voice_never_takes_anothers_file(folder: Path) -> None:
    """Ids are made from the role, numbered where one is taken."""
    made = [create_voice(folder, role, "unnamed") for role in ("Trustee", "Trustee!", "  Écoute: no ", "校長")]
    assert made == ["trustee-2", "trustee-3", "coute-no", "voice"]
    voices = {voice.id: voice for voice in read_engagement(folder).voices}
    assert voices["coute-no"].role == "Écoute: no"
    assert voices["voice"].consent == "unnamed"
    assert _read(folder) == VOICE


def test_role_and_consent_can_be_changed(folder: Path) -> None:
    """In their own lines, with the comment that stands there; a name can be taken out again."""
    change_voice(folder, "trustee", role="Chair", consent="named", name="N. O.")
    change_voice(folder, "trustee", name="")
    expected = VOICE.replace("'Trustee'   #", '"Chair"  #') + "consent: named\n"
    assert _read(folder) == expected


@pytest.mark.parametrize("voice", ["../engagement", "nobody", "", "TRUSTEE"])
def test_only_voices_that_exist_are_written(folder: Path, voice: str) -> None:
    """An id cannot lead out of the folder, nor make a voice by mistake."""
    with pytest.raises(NotFoundError):
        save_answer(folder, voice, "framing.purpose.seed", {"value": 1})


def test_a_role_is_needed(folder: Path) -> None:
    """A voice without a role would have no label on any page."""
    with pytest.raises(InputError):
        create_voice(folder, "  ", "role")


def test_answers_are_for_this_user_alone(folder: Path) -> None:
    """A file and folders that others could read are closed to them with the next answer."""
    path = folder / "voices" / "trustee.yaml"
    path.chmod(0o664)
    path.parent.chmod(0o755)
    folder.chmod(0o775)
    save_answer(folder, "trustee", "framing.purpose.seed", {"value": 4})
    assert [one.stat().st_mode & 0o777 for one in (path, path.parent, folder)] == [0o600, 0o700, 0o700]


def test_writers_at_the_same_time_lose_nothing(folder: Path) -> None:
    """Four threads, ten answers each, one file."""

    def write(number: int) -> None:
        for count in range(10):
            save_answer(folder, "trustee", f"q{number}.n{count}", {"value": count})

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = read_data(folder / "voices" / "trustee.yaml")["answers"]
    assert {key: answers[key] for key in answers if key.startswith("q")} == {
        f"q{number}.n{count}": count for number in range(4) for count in range(10)
    }
