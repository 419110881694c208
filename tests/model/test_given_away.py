"""Each way in which people could be pieced together from what may be shown, and that it is closed."""

from __future__ import annotations

from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from workbook.model.answers import Edition, Voice
from workbook.model.editions import Releases, record_release, redact
from workbook.model.editions.pools import is_mixed, is_rejoined
from workbook.model.engagement import Engagement

NUMBER, OTHER, WORDS, POINTS, LIST = "a.number", "b.number", "a.text", "a.points", "a.list"
KINDS = {NUMBER: False, OTHER: False, WORDS: True, POINTS: False, LIST: False}
SHARED = (Edition.PARTNERS, Edition.PUBLIC)
NONE_YET = Releases(key="ab" * 32)


def _redact(*voices: Voice, edition: Edition = Edition.PUBLIC, released: Releases = NONE_YET) -> Engagement:
    return redact(make_engagement(*voices, facts=make_facts()), edition, words=KINDS, released=released)


def _release(*voices: Voice, edition: Edition = Edition.PUBLIC, released: Releases = NONE_YET) -> Releases:
    return record_release(make_engagement(*voices, facts=make_facts()), edition, words=KINDS, released=released)


def _make(*values: Any, consent: str = "aggregate", question: str = NUMBER) -> list[Voice]:
    return [
        make_voice(f"Role {number}", {question: value}, consent=consent, name=f"Name {number}")
        for number, value in enumerate(values)
    ]


def _list_values(shown: Engagement, question: str = NUMBER) -> list[Any]:
    return [response.value for response in shown.list_responses(question)]


def _both(name: str, number: str, other: str) -> Voice:
    answers = {NUMBER: {"value": 2, "consent": number}, OTHER: {"value": 3, "consent": other}}
    return make_voice("Trustee", answers, id=name.lower().replace(" ", "-"), name=name)


@pytest.mark.parametrize("edition", SHARED)
def test_the_halves_of_a_person_are_one_voice_by_role(edition: Edition) -> None:
    """No label is a name without a role, and the name is not on the page."""
    shown = _redact(_both("Ann", "named", "role"), *_make(1, 2, 3, 4, consent="role"), edition=edition)
    assert "Ann" not in shown.model_dump_json()
    assert [voice.label for voice in shown.voices].count("Trustee") == 1


@pytest.mark.parametrize(("before", "after"), [("named", "role"), ("role", "named")])
def test_a_person_stands_as_they_were_released_first(before: str, after: str) -> None:
    """A voice by name and one by role on two dates would be joined by the answers they share."""
    others = _make(1, 2, 3, 4, consent="role")
    first = _both("Ann", before, before)
    record = _release(first, *others)
    shown = _redact(_both("Ann", before, after), *others, released=record)
    (ann,) = (voice for voice in shown.voices if voice.role == "Trustee")
    assert ann.name == ("Ann" if before == "named" else None)
    assert OTHER not in ann.answers or before == "role"


@pytest.mark.parametrize("edition", SHARED)
def test_a_refusal_is_no_answer_to_the_byte(edition: Edition) -> None:
    """One voice beside another that refused everything, or that is not there."""
    one = make_voice("Trustee", {NUMBER: 2, WORDS: "because"})
    refuser = make_voice("Grantee", {NUMBER: 4, OTHER: 1}, consent="none")
    assert _redact(one, refuser, edition=edition) == _redact(one, edition=edition)
    assert _redact(one, edition=edition).lone_voice


def test_voices_of_one_role_are_numbered_by_nothing_of_theirs() -> None:
    """Files renamed, or in another order, give the same page."""
    voices = [make_voice("Grantee", {WORDS: f"words {number}"}, id=f"v{number}") for number in range(4)]
    renamed = [voice.model_copy(update={"id": f"v{9 - number}"}) for number, voice in enumerate(voices)]
    assert _redact(*voices) == _redact(*renamed) == _redact(*reversed(voices))


def test_not_knowing_makes_no_group_bigger_for_words() -> None:
    """Four who said something and one who does not know are four."""
    voices = [*_make("a", "b", "c", "d", "unsure", consent="unnamed", question=WORDS)]
    assert _list_values(_redact(*voices, edition=Edition.PARTNERS), WORDS) == []
    voices[-1] = _make("a", "b", "c", "d", "e", consent="unnamed", question=WORDS)[-1]
    assert len(_list_values(_redact(*voices, edition=Edition.PARTNERS), WORDS)) == 5


def test_answers_that_are_all_alike_are_no_total() -> None:
    """Five who gave the same would each be known to; whoever does not know hides nobody."""
    assert _list_values(_redact(*_make(3, 3, 3, 3, 3))) == []
    assert _list_values(_redact(*_make(3, 3, 3, 3, 3, "unsure"))) == []
    assert _list_values(_redact(*_make(3, 3, 3, 3, 2))) == [2, 3, 3, 3, 3]
    assert _list_values(_redact(*_make("x", "x", "x", "x", "x", consent="unnamed", question=WORDS)), WORDS) == []


def test_an_option_that_all_chose_is_no_secret_kept() -> None:
    """Lists that differ and share an option say of everybody that they chose it."""
    assert not is_mixed([["a", "b"], ["a", "c"], ["a"]])
    assert is_mixed([["a", "b"], ["c"]])


def test_points_that_rejoin_are_held_back_and_others_are_not() -> None:
    """Of three rows each portrait follows; of four some could be swapped in part."""
    three = [{"a": 60, "b": 20, "c": 20}, {"a": 10, "b": 60, "c": 30}] * 3
    assert is_rejoined(three)
    assert _list_values(_redact(*_make(*three, question=POINTS)), POINTS) == []
    four = [{"a": 40, "b": 10, "c": 30, "d": 20}, {"a": 20, "b": 30, "c": 40, "d": 10}] * 3
    assert not is_rejoined(four)
    shown = _list_values(_redact(*_make(*four, question=POINTS)), POINTS)
    assert [value["a"] for value in shown] == [20, 20, 20, 40, 40, 40]
    assert not any(value in four for value in shown)


def test_a_newcomer_and_who_took_consent_back_cannot_be_subtracted() -> None:
    """One more waits; one fewer holds the total back; enough more are shown."""
    six = _make(1, 2, 3, 1, 2, 3)
    record = _release(*six)
    more = _make(1, 2, 3, 1, 2, 3, 4, 1, 2, 3, 1)
    assert _list_values(_redact(*six, released=record)) == [1, 1, 2, 2, 3, 3]
    assert _list_values(_redact(*more[:7], released=record)) == [1, 1, 2, 2, 3, 3]
    assert _list_values(_redact(*six[1:], released=record)) == []
    assert len(_list_values(_redact(*more, released=record))) == 11
    assert len(_list_values(_redact(*six[1:]))) == 5


@pytest.mark.parametrize("seventh", ["role", "aggregate"])
def test_two_editions_say_one_number_of_voices_or_none(seventh: str) -> None:
    """A number in one edition beside the voices of the other gives no small rest away."""
    voices = [*_make(1, 2, 3, 4, 1, 2, consent="role"), make_voice("Seventh", {NUMBER: 3}, consent=seventh)]
    heard = {_redact(*voices, edition=edition).heard for edition in SHARED}
    assert heard == ({7} if seventh == "role" else {None})


def test_a_draft_is_one_until_exactly_that_is_released() -> None:
    """Another edition, or another answer, is not what went out."""
    six = _make(1, 2, 3, 1, 2, 3)
    record = _release(*six)
    assert not _redact(*six, released=record).draft
    assert _redact(*six, edition=Edition.PARTNERS, released=record).draft
    assert _redact(*six, make_voice("Trustee", {WORDS: "more"}), released=record).draft
    assert record == _release(*six, released=record)
