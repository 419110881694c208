"""One round beside the last: who is the same, what of the last may be shown, and what earlier rounds hold back."""

from __future__ import annotations

from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from workbook.model.answers import Agreed, Edition, Voice
from workbook.model.editions import Earlier, Releases, pair_voices, record_release, redact
from workbook.model.engagement import Engagement

NUMBER, OTHER, PROMISES = "a.number", "b.number", "rounds.received"
KINDS = {NUMBER: False, OTHER: False, PROMISES: False}
KEY = "0123456789abcdef" * 4


def _make(role: str, value: Any, **changes: Any) -> Voice:
    return make_voice(role, {NUMBER: value}, **changes)


def _show(now: list[Voice], last: list[Voice], edition: str, earlier: Earlier | None = None) -> Engagement:
    whole = make_engagement(*now).model_copy(update={"last": make_engagement(*last)})
    return redact(whole, Edition(edition), words=KINDS, earlier=earlier or Earlier())


def _list_then(shown: Engagement) -> dict[str, Any]:
    assert shown.last is not None
    return {voice.id: voice.answers[NUMBER].value for voice in shown.last.voices}


def test_nobody_is_matched_who_did_not_say_so() -> None:
    """The same role, name and organisation are no ground; `same_as` or the form's own mark is."""
    last = [_make("Trustee", 1, id="trustee", name="A"), _make("Lead", 2, id="lead", respondent="abcdefgh1")]
    now = [_make("Trustee", 1, id="trustee", name="A"), _make("Director", 2, id="boss", respondent="abcdefgh1")]
    assert pair_voices(now, last) == {"boss": "lead"}
    said = now[0].model_copy(update={"same_as": "trustee"})
    assert pair_voices([said, now[1]], last) == {"trustee": "trustee", "boss": "lead"}


def test_two_people_cannot_both_be_the_same_one() -> None:
    """The first who says so is; the other is compared with nobody."""
    now = [_make("A", 1, id="a", same_as="lead"), _make("B", 1, id="b", same_as="lead")]
    assert pair_voices(now, [_make("Lead", 2, id="lead")]) == {"a": "lead"}


@pytest.mark.parametrize("edition", Edition)
def test_who_left_is_not_followed(edition: str) -> None:
    """No edition, not even the private one, holds in its last round an answer of somebody who did not answer again."""
    last = [_make("Left", 4, id="left"), *(_make(f"R {n}", n % 3, id=f"r{n}") for n in range(6))]
    now = [_make(f"R {n}", 2 - n % 3, id=f"n{n}", same_as=f"r{n}") for n in range(6)]
    then = _list_then(_show(now, last, edition))
    assert len(then) == 6
    assert 4 not in then.values()


@pytest.mark.parametrize(
    ("then", "now", "shown"),
    [
        ("role", "role", True),
        ("named", "named", True),
        ("role", "named", False),
        ("named", "role", False),
        ("none", "role", False),
        ("role", "none", False),
        ("aggregate", "role", False),
        ("role", "unnamed", False),
    ],
)
def test_an_answer_stands_beside_the_next_as_far_as_both_consents_go(then: str, now: str, *, shown: bool) -> None:
    """By name in both rounds, or by role in both: anything else would tie an answer to somebody it was not tied to."""
    last = [_make(f"R {n}", n % 4, id=f"r{n}", name=f"N {n}", consent="role") for n in range(7)]
    here = [_make(f"R {n}", n % 4, id=f"r{n}", name=f"N {n}", consent="role", same_as=f"r{n}") for n in range(7)]
    last.append(_make("Changed", 3, id="c", name="C", consent=then))
    here.append(_make("Changed", 2, id="c", name="C", consent=now, same_as="c"))
    page = _show(here, last, "public")
    assert page.last is not None
    assert ("Changed" in {voice.role for voice in page.last.voices}) is shown
    assert len(page.last.voices) >= 6


def test_a_round_holds_no_words_and_no_totals_of_the_last() -> None:
    """What is kept of the last round are values beside their voices: nothing a total could be subtracted from."""
    beside = {"value": 2, "note": "a word of last year", "private": "kept to ourselves"}
    last = [_make(f"R {n}", beside, id=f"r{n}", consent="role") for n in range(6)]
    last += [_make(f"U {n}", n % 3, id=f"u{n}", consent="aggregate") for n in range(6)]
    now = [_make(f"R {n}", 3, id=f"r{n}", same_as=f"r{n}") for n in range(6)]
    for edition in Edition:
        page = _show(now, last, edition)
        assert page.last is not None
        assert not page.last.pools
        assert "a word of last year" not in page.model_dump_json()
        assert "kept to ourselves" not in page.model_dump_json()


def _release(*voices: Voice) -> Releases:
    return record_release(make_engagement(*voices), Edition.PUBLIC, words=KINDS, released=Releases(key=KEY))


def test_a_total_is_held_back_that_would_give_a_newcomer_away() -> None:
    """Last round's total went out; this round's has one answer more: the difference is that person's."""
    totals = [_make(f"U {n}", n % 3, id=f"u{n}", consent="aggregate") for n in range(6)]
    earlier = Earlier((_release(*totals),))
    newcomer = _make("New", 4, id="new", consent="aggregate")
    assert _show(totals, [], "public", earlier).pools
    assert not _show([*totals, newcomer], [], "public", earlier).pools
    assert _show([*totals, newcomer], [], "public").pools


def test_who_went_out_by_name_is_not_shown_by_role_a_round_later() -> None:
    """The role's answer would be the one that stood beside the name last year."""
    was = _make("Trustee", 3, id="old", name="A Name", consent="named")
    earlier = Earlier((_release(was, *(_make(f"R {n}", n % 3) for n in range(6))),), {"new": was})
    now = _make("Trustee", 3, id="new", name="A Name", consent="role", same_as="old")
    page = _show([now, *(_make(f"R {n}", n % 3) for n in range(6))], [was], "public", earlier)
    assert "Trustee" not in {voice.role for voice in page.voices}


def test_a_promise_stays_in_the_editions_it_is_marked_for() -> None:
    """Neither its words nor an answer about it are in a wider one."""
    promises = [
        {"id": "open", "what": "an open promise", "edition": "public"},
        {"id": "shut", "what": "a promise among us", "edition": "partners"},
    ]
    voices = [make_voice(f"R {n}", {PROMISES: {"open": {"kept": "kept"}, "shut": {"kept": "not"}}}) for n in range(6)]
    voices[0] = make_voice("R 0", {PROMISES: {"open": {"kept": "partly"}, "shut": {"kept": "kept"}}})
    whole = make_engagement(*voices, facts=make_facts(promises=promises))
    shown = {edition: redact(whole, edition, words=KINDS).model_dump_json() for edition in Edition}
    for edition, text in shown.items():
        assert ("among us" in text, '"shut"' in text) == ((edition is not Edition.PUBLIC,) * 2)
    assert all("an open promise" in one for one in shown.values())


def test_a_target_stays_in_the_editions_it_is_marked_for() -> None:
    """It has an edition of its own, or that of the agreed answers."""
    agreed = Agreed.model_validate(
        {"targets": {NUMBER: {"value": 1}, OTHER: {"value": 2, "edition": "public"}}, "edition": "partners"}
    )
    whole = make_engagement().model_copy(update={"agreed": agreed})
    kept = {edition: set(redact(whole, edition, words=KINDS).agreed.targets) for edition in Edition}
    assert kept == {Edition.PRIVATE: {NUMBER, OTHER}, Edition.PARTNERS: {NUMBER, OTHER}, Edition.PUBLIC: {OTHER}}


def test_without_a_last_round_nothing_is_written_that_was_not_before() -> None:
    """What a page was made of stays the same to the byte, so what went out is still known."""
    whole = make_engagement(_make("Lead", 2))
    assert not {"last", "follows", "promises", "targets", "same_as", "spent"} & set(whole.model_dump_json().split('"'))
