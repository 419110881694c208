"""`workbook collect`: the same person again is one voice, nothing of theirs goes unsaid, and no consent grows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbook import storage
from workbook.forms.questionnaire.collect import Refused, Taken, collect_answers

HEAD: dict[str, Any] = {"schema": 1, "kind": "soil-and-seeds-answers", "engagement": "commission"}
MARK = "a1b2c3d4e5f60718"
PERSON: dict[str, Any] = {**HEAD, "role": "Grants manager", "name": "Name One", "consent": "role", "date": "2026-03-31"}
FIRST: dict[str, Any] = {**PERSON, "answers": {"framing.words": {"value": "no"}, "framing.count": {"value": 12}}}
SECOND: dict[str, Any] = {**PERSON, "date": "2026-04-01", "answers": {"framing.pick": {"value": "two"}}}
Collect = Callable[..., list[Taken | Refused]]


@pytest.fixture
def voices(every_kind: Path) -> Path:
    """Return the folder of voices of an engagement that has none yet."""
    return every_kind / "parameters" / "commission" / "voices"


@pytest.fixture
def collect(every_kind: Path) -> Collect:
    """Return a function that writes files and collects them in one call."""

    def run(*contents: dict[str, Any], **options: Any) -> list[Taken | Refused]:
        paths = [every_kind / f"answers-{number}.json" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_text(json.dumps(content), encoding="utf-8")
        return list(collect_answers("commission", paths, **options))

    return run


def _read_only_voice() -> Any:
    (voice,) = storage.load_engagement("commission").voices
    return voice


def _mark(content: dict[str, Any], saved: int, **changes: Any) -> dict[str, Any]:
    return {**content, "respondent": MARK, "saved": saved, **changes}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (FIRST, SECOND),
        (FIRST, {**SECOND, "name": " name ONE "}),
        ({**FIRST, "name": "Name O’Ne"}, {**SECOND, "name": "Name O'Ne"}),
        ({**FIRST, "name": "Anne‑Name One"}, {**SECOND, "name": "Anne-Name\u200b One"}),
        (_mark({**FIRST, "name": "A"}, 1), _mark({**SECOND, "role": "Another role", "name": "B"}, 2)),
    ],
)
def test_second_chapter_of_one_person_joins_the_first(
    collect: Collect, first: dict[str, Any], second: dict[str, Any]
) -> None:
    """Answers to other questions are added to the person's voice, however their name is spelt, and nothing is asked."""
    taken, added = collect(first, second)
    assert isinstance(taken, Taken)
    assert isinstance(added, Taken), str(added)
    assert set(_read_only_voice().answers) == {"framing.words", "framing.count", "framing.pick"}
    assert "1 answer added" in str(added)


def test_what_would_go_is_named_before_it_goes(collect: Collect, voices: Path) -> None:
    """A changed answer and one taken back stop a file until somebody says --replace, and both are named with it."""
    asked = dict.fromkeys(["framing.words", "framing.count"], "aaaaaa-bbbbbb")
    collect(_mark(FIRST, 1))
    before = (voices / "grants-manager.yaml").read_bytes()
    newer = _mark(
        {**FIRST, "answers": {"framing.count": {"value": 13}}}, 2, asked={**asked, "framing.count": "earlier"}
    )
    (refused,) = collect(newer)
    assert isinstance(refused, Refused)
    for words in ("framing.count: 12 → 13", "framing.words: no → taken back", "this file is the newer one"):
        assert words in str(refused)
    assert (voices / "grants-manager.yaml").read_bytes() == before
    (taken,) = collect(newer, replace=True)
    assert isinstance(taken, Taken)
    assert {key: one.value for key, one in _read_only_voice().answers.items()} == {"framing.count": 13}
    assert (voices.parent / "earlier" / "grants-manager" / "1.yaml").read_bytes() == before


def test_older_file_brings_nothing_back(collect: Collect) -> None:
    """A file saved earlier, whatever its day says, changes nothing and brings back nothing that was taken back."""
    asked = dict.fromkeys(["framing.words", "framing.count"], "earlier")
    collect(_mark({**FIRST, "answers": {"framing.count": {"value": 13}}}, 2, asked=asked, consent="none"))
    older = _mark({**FIRST, "answers": {**FIRST["answers"], "framing.pick": "two"}}, 1, date="2026-12-31", asked=asked)
    (taken,) = collect(older)
    assert isinstance(taken, Taken)
    voice = _read_only_voice()
    assert {key: one.value for key, one in voice.answers.items()} == {"framing.count": 13, "framing.pick": "two"}
    assert voice.consent == "none"
    assert "older than what is there" in str(taken)


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize(("filed", "sent"), [("none", "named"), ("named", "none"), ("unnamed", "role")])
def test_narrower_consent_stands(collect: Collect, filed: str, sent: str, replace: bool) -> None:
    """Where nothing tells which file is the newer, no answer travels further than either says, with --replace too."""
    collect({**FIRST, "consent": filed})
    (taken,) = collect({**SECOND, "consent": sent}, replace=replace)
    assert isinstance(taken, Taken)
    narrow = max((filed, sent), key=["named", "role", "unnamed", "aggregate", "none"].index)
    voice = _read_only_voice()
    assert voice.consent == narrow
    assert {voice.consent_of(key) for key in voice.answers} == {narrow}
    assert ("the narrower stands" in str(taken)) == (narrow == filed)


def test_consent_to_one_answer_is_not_widened(collect: Collect) -> None:
    """An answer kept from everybody in the first file is kept from everybody after the second, which says nothing."""
    answers = {"framing.words": {"value": "no", "consent": "none"}}
    collect({**FIRST, "answers": answers})
    collect({**SECOND, "answers": {"framing.words": {"value": "no"}, "framing.pick": {"value": "two"}}})
    assert _read_only_voice().consent_of("framing.words") == "none"
    assert _read_only_voice().consent_of("framing.pick") == "role"


def test_newer_file_may_give_more_once_somebody_agrees(collect: Collect) -> None:
    """The person's own later word on consent holds where the marks tell that it is later and somebody has said so."""
    collect(_mark({**FIRST, "consent": "aggregate"}, 1))
    collect(_mark(SECOND, 2))
    assert _read_only_voice().consent == "aggregate"
    collect(_mark({**SECOND, "answers": {"framing.pick": {"value": "one"}}}, 3), replace=True)
    assert _read_only_voice().consent == "role"


def test_what_was_taken_back_stays_back_until_somebody_writes_otherwise(collect: Collect, voices: Path) -> None:
    """Consent set to none, by the person's file or by hand after a call, outlives every file, newer ones too."""
    collect(_mark(FIRST, 1))
    path = voices / "grants-manager.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("consent: role", "consent: none"), encoding="utf-8")
    (taken,) = collect(_mark({**SECOND, "consent": "named"}, 2), replace=True)
    assert _read_only_voice().consent == "none"
    assert "the narrower stands" in str(taken)
    assert {_read_only_voice().consent_of(key) for key in _read_only_voice().answers} == {"none"}


def test_who_agrees_to_nothing_any_more_counts_nowhere_at_once(collect: Collect) -> None:
    """A newer file that takes consent back is filed without --replace, and what to type is said."""
    collect(_mark(FIRST, 1))
    (taken,) = collect(_mark({**SECOND, "consent": "none"}, 2))
    assert {_read_only_voice().consent_of(key) for key in _read_only_voice().answers} == {"none"}
    assert "workbook withdraw commission grants-manager" in str(taken)


def test_an_older_file_replaces_nothing_even_with_replace(collect: Collect) -> None:
    """What was saved earlier never takes the place of what was saved later, nor lets it travel further."""
    collect(_mark({**FIRST, "consent": "unnamed"}, 2))
    older = {**FIRST, "consent": "named", "answers": {"framing.words": {"value": "yes"}, "framing.pick": "two"}}
    (taken,) = collect(_mark(older, 1), replace=True)
    assert isinstance(taken, Taken)
    voice = _read_only_voice()
    assert voice.answers["framing.words"].value == "no"
    assert {voice.consent_of(key) for key in voice.answers} == {"unnamed"}


def test_a_file_that_was_replaced_is_known_again(collect: Collect) -> None:
    """Where no count tells which is newer, it is said that just these answers were there before."""
    collect(FIRST)
    collect({**FIRST, "answers": {"framing.words": {"value": "yes"}}}, replace=True)
    (refused,) = collect(FIRST)
    assert "just these answers were there before" in str(refused)
    (new,) = collect({**FIRST, "answers": {"framing.words": {"value": "perhaps"}}})
    assert "just these answers were there before" not in str(new)


def test_one_person_is_never_two_voices(collect: Collect) -> None:
    """By the form's mark, --as files nobody a second time under another name, where an older consent would count."""
    collect(_mark({**FIRST, "consent": "none"}, 2))
    (refused,) = collect(_mark({**FIRST, "consent": "named"}, 1), voice="other")
    assert isinstance(refused, Refused)
    assert "one voice for one person" in str(refused)


def test_what_only_the_commissioner_wrote_stays(collect: Collect, voices: Path) -> None:
    """Private notes, evidence and the lines behind a # survive a corrected file, the voice's own private note too."""
    collect(FIRST)
    path = voices / "grants-manager.yaml"
    beside = "  # rang her on Monday\n  framing.count: {value: 12, private: Doubtful., evidence: A letter.}\n"
    text = path.read_text(encoding="utf-8").replace("  framing.count: 12\n", beside)
    path.write_text(text.replace("answers:", "private: Mind her tone.\nanswers:"), encoding="utf-8")
    (taken,) = collect({**FIRST, "answers": {"framing.count": {"value": 13}}}, replace=True)
    assert isinstance(taken, Taken)
    voice = _read_only_voice()
    answer = voice.answers["framing.count"]
    assert (answer.value, answer.private, answer.evidence) == (13, "Doubtful.", "A letter.")
    assert voice.private == "Mind her tone."
    assert "# rang her on Monday" in path.read_text(encoding="utf-8")


def test_two_browsers_of_one_name_are_asked_about(collect: Collect) -> None:
    """Where the form gave two marks to one role and name, it may be one person or two, and both commands are said."""
    _, refused = collect(_mark(FIRST, 1), {**_mark(SECOND, 1), "respondent": "0000000011111111"})
    assert isinstance(refused, Refused)
    assert "--as grants-manager --replace" in str(refused)
    assert "--as grants-manager-2" in str(refused)


def test_two_marks_in_one_role_are_two_people(collect: Collect) -> None:
    """People who give no name and have different marks are voices of their own, and nobody is warned of a double."""
    one, other = ({key: content[key] for key in content if key != "name"} for content in (FIRST, FIRST))
    _, second = collect(_mark(one, 1), {**_mark(other, 1), "respondent": "0000000011111111"})
    assert isinstance(second, Taken)
    assert "there already" not in str(second)
    assert len(storage.load_engagement("commission").voices) == 2


def test_the_same_file_twice_changes_nothing(collect: Collect, voices: Path) -> None:
    """A file that is filed already is refused in words, with and without a mark, and with --replace."""
    for content in (FIRST, _mark(SECOND, 2)):
        collect(content)
        before = (voices / "grants-manager.yaml").read_bytes()
        (refused,) = collect(content)
        assert isinstance(refused, Refused)
        assert "filed already" in str(refused)
        assert (voices / "grants-manager.yaml").read_bytes() == before


def test_trying_writes_nothing(collect: Collect, voices: Path) -> None:
    """With `tries`, what would be filed, changed and refused is said, and no file is made or changed."""
    outcomes = collect(FIRST, SECOND, {**FIRST, "answers": {"framing.count": 99}}, tries=True)
    assert [type(one) for one in outcomes] == [Taken, Taken, Refused]
    assert "would be taken as the new voice" in str(outcomes[0])
    assert "would be added" in str(outcomes[1])
    assert not voices.exists() or not list(voices.iterdir())
