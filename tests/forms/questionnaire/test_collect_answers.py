"""`workbook collect`: what comes from outside is filed whole and letter for letter, or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from builders import make_facts
from workbook import storage
from workbook.cli import app
from workbook.errors import InputError, NotFoundError, WorkbookError
from workbook.forms.questionnaire.collect import Refused, Taken, collect_answers, write_voice
from workbook.forms.questionnaire.sent_file import read_answers
from workbook.model.chapters import list_questions
from workbook.yaml_reader import Document, parse_document

HEAD = {"schema": 1, "kind": "soil-and-seeds-answers", "engagement": "commission", "questionnaire": "0123abcdef"}
GOOD: dict[str, Any] = {
    **HEAD,
    "role": "Grants manager",
    "consent": "role",
    "date": "2026-03-31",
    "answers": {
        "framing.words": {"value": "no"},
        "framing.count": {"value": 12, "note": "So\nsaid", "consent": "none"},
    },
}
NO_FORM = ("a file that the form saved", "damaged on its way", 'press "Save my answers" again and send the new file')
Collect = Callable[..., list[Taken | Refused]]


@pytest.fixture
def voices(every_kind: Path) -> Path:
    """Return the folder of voices of an engagement that has none yet."""
    return every_kind / "parameters" / "commission" / "voices"


@pytest.fixture
def collect(every_kind: Path) -> Collect:
    """Return a function that writes files and collects them."""

    def run(*contents: Any, **options: Any) -> list[Taken | Refused]:
        paths = []
        for number, content in enumerate(contents):
            path = every_kind / f"answers-{number}.json"
            text = content if isinstance(content, str | bytes) else json.dumps(content)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
            paths.append(path)
        return list(collect_answers("commission", paths, **options))

    return run


def test_good_file_becomes_a_voice(collect: Collect, voices: Path) -> None:
    """A file from the questionnaire is a voice that loads, with role, consent, day and answers as given."""
    (taken,) = collect(GOOD)
    assert isinstance(taken, Taken)
    (voice,) = storage.load_engagement("commission").voices
    assert (voice.id, voice.role, voice.consent) == ("grants-manager", "Grants manager", "role")
    assert str(voice.date) == "2026-03-31"
    assert voice.answers["framing.words"].value == "no"
    assert voice.answers["framing.count"].note == "So\nsaid"
    assert (voices / "grants-manager.yaml").read_text(encoding="utf-8").startswith(f"schema: {storage.SCHEMA}\nrole: ")


def test_it_says_what_it_took(collect: Collect) -> None:
    """What was taken is said: how many answers, which, under which consent, and where they are."""
    (taken,) = collect(GOOD)
    said = str(taken)
    for words in (
        "2 answers",
        "voices/grants-manager.yaml",
        "consent: role, but none for 1 answer",
        "framing: words, count",
    ):
        assert words in said


def test_yaml_is_read_too(collect: Collect, voices: Path) -> None:
    """Somebody who writes the file by hand may write it in YAML."""
    head = "".join(f"{key}: {value}\n" for key, value in HEAD.items())
    (taken,) = collect(f"{head}role: Grantee\nconsent: unnamed\nanswers:\n  framing.pick: one\n")
    assert isinstance(taken, Taken)
    assert taken.voice.answers["framing.pick"].value == "one"


BAD: dict[str, tuple[Any, tuple[str, ...]]] = {
    "other engagement": ({**GOOD, "engagement": "other"}, ("engagement", "answers for commission")),
    "no engagement": ({key: GOOD[key] for key in GOOD if key != "engagement"}, ("engagement",)),
    "other kind": ({**GOOD, "kind": "a voice"}, NO_FORM),
    "newer schema": ({**GOOD, "schema": 2}, ("schema",)),
    "schema yes": ({**GOOD, "schema": True}, ("schema",)),
    "odd mark": ({**GOOD, "questionnaire": "../x"}, ("questionnaire",)),
    "no role": ({key: GOOD[key] for key in GOOD if key != "role"}, ("role", "what this person is", "Save my answers")),
    "blank role": ({**GOOD, "role": " \t "}, ("role", "type Grants manager or the like")),
    "role nobody can see": ({**GOOD, "role": "\u200b\u00a0"}, ("role", "type Grants manager or the like")),
    "blank name": ({**GOOD, "name": "  "}, ("name", "the person's name")),
    "unknown key": ({**GOOD, "admin": True}, ("admin", "a field of the workbook")),
    "own id": ({**GOOD, "id": "grants-manager"}, ("id", "a field of the workbook")),
    "unknown consent": ({**GOOD, "consent": "yes"}, ("consent", "named, role, unnamed")),
    "bad day": ({**GOOD, "date": "31/03/2026"}, ("date",)),
    "unknown question": ({**GOOD, "answers": {"framing.wrods": "x"}}, ("it answers only framing.wrods",)),
    "bad value": ({**GOOD, "answers": {"framing.count": 99}}, ("framing.count", "1 to 60")),
    "fraction": ({**GOOD, "answers": {"framing.count": 1.5}}, ("framing.count", "whole number")),
    "unknown beside": ({**GOOD, "answers": {"framing.count": {"value": 9, "edition": "public"}}}, ("edition",)),
    "unknown row": ({**GOOD, "answers": {"framing.each": {"nobody": "unsure"}}}, ("it answers only framing.each",)),
    "missing cell": ({**GOOD, "answers": {"framing.things": [{"kind": "soft"}]}}, ("row 1.name",)),
    "number beyond measure": ({**GOOD, "answers": {"framing.cost": 10**400}}, ("framing.cost", "a number")),
    "not a number": (json.dumps(GOOD).replace("12", "NaN"), ("framing.count",)),
    "escape code": ({**GOOD, "role": "x\x1b[31m"}, ("role", "U+001B")),
    "raw escape code": (json.dumps(GOOD).replace("Grants", "\x1b[2J"), NO_FORM),
    "half a character": ({**GOOD, "role": "x\ud83d"}, ("role", "U+D83D")),
    "control in a key": ({**GOOD, "a\x07b": 1}, ("U+0007",)),
    "answers in a list": ({**GOOD, "answers": []}, ("answers",)),
    "no answers": ({**GOOD, "answers": {}}, ("at least one answer", "answer at least one question", "Save my answers")),
    "nothing but a head": ({key: GOOD[key] for key in GOOD if key != "answers"}, ("at least one answer",)),
    "long role": ({**GOOD, "role": "x" * 5000}, ("role", "at most 300 characters", "shorten it: it has 5,000")),
    "long name": ({**GOOD, "name": "x" * 301}, ("name", "at most 300 characters", "it has 301")),
    "long organisation": ({**GOOD, "organisation": "x" * 301}, ("organisation", "at most 300 characters")),
    "answers nothing": ({**GOOD, "answers": None}, ("answers",)),
    "too many answers": (
        {**GOOD, "answers": {f"q{n}": 1 for n in range(500)}},
        ("answers", "no question can be called q0, q1, q2, q3, q4 and 495 more"),
    ),
    "too large": (b" " * (1024 * 1024) + b"{}", ("at most 1 MiB",)),
    "too long a text": ({**GOOD, "answers": {"framing.story": "x" * 20_001}}, ("20,000 characters",)),
    "UTF-16 cut off": (json.dumps(GOOD).encode("utf-16")[:-1], NO_FORM),
    "not UTF-8": (json.dumps(GOOD).replace("{", '{"name": "Zo\xeb", ', 1).encode("cp1252"), ("a text in UTF-8",)),
    "not JSON": ("{", NO_FORM),
    "empty": ("", NO_FORM),
    "a page": ("<html><script>alert(1)</script></html>", NO_FORM),
    "aliases": ("a: &a [x]\nb: [*a, *a]\n", NO_FORM),
    "tag": ("role: !!python/object/apply:os.system ['true']\n", NO_FORM),
    "same key twice": ('{"role": "a", "role": "b"}', NO_FORM),
    "nested deeply": ("[" * 500, NO_FORM),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_whole(collect: Collect, voices: Path, name: str) -> None:
    """A file with anything wrong in it leaves nothing behind, says what and where, and does not stop the next one."""
    content, says = BAD[name]
    refused, taken = collect(content, GOOD)
    assert isinstance(refused, Refused)
    assert isinstance(taken, Taken)
    for words in says:
        assert words in str(refused)
    assert [path.name for path in voices.iterdir()] == ["grants-manager.yaml"]
    assert all(sign.isprintable() or sign == "\n" for sign in str(refused))


def test_all_problems_are_said_at_once(collect: Collect) -> None:
    """One run is enough to mend a file."""
    (refused,) = collect({**GOOD, "admin": 1, "consent": "yes", "answers": {"framing.count": 99, "framing.pick": "x"}})
    for words in ("admin", "consent", "framing.count", "framing.pick"):
        assert words in str(refused)


def test_many_problems_are_counted(collect: Collect) -> None:
    """A file of nonsense fills no screen."""
    (refused,) = collect({**GOOD, **{f"key{number}": 1 for number in range(1000)}})
    assert len(str(refused).splitlines()) < 110
    assert "and 970 more" in str(refused)


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_is_no_file_is_refused(every_kind: Path, kind: str) -> None:
    """A path to nothing, to a folder or to a pipe is refused and read by nobody."""
    path = every_kind / "what"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    (refused,) = collect_answers("commission", [path])
    assert ("a file; this is a folder" if kind == "folder" else "a file that exists") in str(refused)


def test_same_answers_twice_are_refused(collect: Collect, voices: Path) -> None:
    """A file collected again by mistake makes no second person."""
    collect(GOOD)
    (refused,) = collect(GOOD)
    assert "grants-manager has just these" in str(refused)
    assert len(list(voices.iterdir())) == 1


def test_no_voice_is_overwritten_unasked(collect: Collect, voices: Path) -> None:
    """A voice that is there is not touched without --replace, and takes the file's answers with it."""
    collect(GOOD)
    path = voices / "grants-manager.yaml"
    before = path.read_bytes()
    newer = {**GOOD, "answers": {"framing.count": 13}}
    (refused,) = collect(newer, voice="grants-manager")
    assert "--replace" in str(refused)
    assert path.read_bytes() == before
    (taken,) = collect(newer, voice="grants-manager", replace=True)
    assert isinstance(taken, Taken)
    assert taken.replaced
    answers = storage.load_engagement("commission").voices[0].answers
    assert {key: answer.value for key, answer in answers.items()} == {"framing.words": "no", "framing.count": 13}
    assert (voices.parent / "earlier" / "grants-manager" / "1.yaml").read_bytes() == before


def test_name_of_a_voice_cannot_leave_its_folder(collect: Collect) -> None:
    """A voice's name is small letters, digits and hyphens; a path is refused."""
    with pytest.raises(NotFoundError):
        collect(GOOD, voice="../engagement")
    with pytest.raises(WorkbookError, match="one file at a time"):
        collect(GOOD, GOOD, voice="one")


def test_role_of_signs_alone_still_gets_a_file(collect: Collect, voices: Path) -> None:
    """A role without a letter that a file name can hold gives a voice all the same, inside its folder."""
    first, second = collect({**GOOD, "role": "../../日本"}, {**GOOD, "role": "/" * 300})
    assert isinstance(first, Taken)
    assert isinstance(second, Taken)
    assert sorted(path.name for path in voices.iterdir()) == ["voice-2.yaml", "voice.yaml"]


def test_linked_folder_of_voices_is_refused(collect: Collect, voices: Path, tmp_path: Path) -> None:
    """Answers are never written through a link that leads out of the engagement."""
    outside = tmp_path / "outside"
    outside.mkdir()
    voices.symlink_to(outside)
    with pytest.raises(InputError, match="not a link"):
        collect(GOOD)
    assert list(outside.iterdir()) == []


def test_other_half_of_an_escape_is_joined(collect: Collect) -> None:
    """A character that JSON wrote in two halves is one character again."""
    text = json.dumps({**GOOD, "answers": {"framing.words": "😀"}})
    assert "\\ud83d" in text
    (taken,) = collect(text)
    assert isinstance(taken, Taken)
    assert taken.voice.answers["framing.words"].value == "😀"


SIGNS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
AWKWARD = st.sampled_from("\n\t\r =\u2028\u202e#:-'\"|>{}")
TEXT = st.text(SIGNS | AWKWARD, min_size=1, max_size=300).filter(lambda text: bool(text.strip()))


@given(role=TEXT, text=TEXT, note=TEXT)
@settings(max_examples=150, deadline=None)
def test_any_text_comes_back_letter_for_letter(role: str, text: str, note: str) -> None:
    """Whatever a person writes, the voice's file gives it back as it was."""
    data = {"role": role, "consent": "role", "answers": {"framing.switching_why": {"value": text, "note": note}}}
    found = parse_document(write_voice(data, "file").encode(), "file")
    assert isinstance(found, Document)
    assert found.data == {"schema": storage.SCHEMA, **data}


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "=cmd|'/c calc'!A1",
        "\u202eright to left\u202c \u200fעברית",
        "javascript:alert(1)",
        "x" * 10_000,
        "- a\n- b\n\n  indented\nend\n",
        "no",
        "2026-03-31",
        " leading and trailing \n",
        "unsure?",
        "\u2028\u2029\u00a0",
    ],
)
def test_hostile_text_goes_through_file_and_load(collect: Collect, text: str) -> None:
    """Hostile text is kept as text from the file that came back to the engagement that is loaded."""
    collect({**GOOD, "answers": {"framing.story": {"value": text if text.strip() else f"a{text}", "note": text + "."}}})
    answer = storage.load_engagement("commission").voices[0].answers["framing.story"]
    assert (answer.value, answer.note) == (text if text.strip() else f"a{text}", text + ".")


def test_reading_alone_writes_nothing(every_kind: Path, voices: Path) -> None:
    """A file is read and judged before anything is made."""
    path = every_kind / "bad.json"
    path.write_text(json.dumps({**GOOD, "admin": 1}), encoding="utf-8")
    with pytest.raises(InputError):
        read_answers(path, slug="commission", questions=list_questions(make_facts()))
    assert not voices.exists()


def test_command_exits_one_when_a_file_is_refused(collect: Collect, every_kind: Path) -> None:
    """The command takes what is good, refuses what is not, and says so with its exit status."""
    bad, good = every_kind / "bad.json", every_kind / "good.json"
    bad.write_text("{}", encoding="utf-8")
    good.write_text(json.dumps(GOOD), encoding="utf-8")
    done = CliRunner().invoke(app, ["collect", "commission", str(bad), str(good)])
    assert done.exit_code == 1
    assert "good.json: 2 answers taken" in done.output
    assert "bad.json: nothing was taken" in done.output
