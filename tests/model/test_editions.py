"""What each edition may show: consent first, then small numbers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_engagement, make_facts, make_voice
from workbook.model.answers import Consent, Edition, Voice
from workbook.model.editions import redact
from workbook.model.engagement import Engagement

NUMBER, WORDS, GRID = "a.number", "a.text", "a.grid"
KINDS = {NUMBER: False, WORDS: True, GRID: False}
SHARED = (Edition.PARTNERS, Edition.PUBLIC)


def _make_voices(*consents: str, value: Any = 3, question: str = NUMBER) -> list[Voice]:
    return [
        make_voice(f"Role {number}", {question: _vary(value, number)}, consent=consent, name=f"Name {number}")
        for number, consent in enumerate(consents)
    ]


def _vary(value: Any, number: int) -> Any:
    """Return values that are not all alike: what is all alike is held back for that."""
    return f"{value} {number}" if isinstance(value, str) else (value + number) % 5


def _redact(voices: list[Voice], edition: Edition, **facts: Any) -> Engagement:
    return redact(make_engagement(*voices, facts=make_facts(**facts)), edition, words=KINDS)


def _count(engagement: Engagement, question: str = NUMBER) -> int:
    return len(engagement.list_responses(question))


@pytest.mark.parametrize("edition", SHARED)
def test_an_answer_without_consent_is_in_no_shared_edition(edition: Edition) -> None:
    """`none` and a missing consent are the same: the answer is dropped."""
    assert _count(_redact(_make_voices(*["none"] * 6), edition)) == 0
    without = Voice(id="a", role="R")
    assert without.consent is Consent.NONE


def test_the_private_edition_holds_everything() -> None:
    """Nothing is held back from the commissioner."""
    assert _count(_redact(_make_voices("none", "aggregate"), Edition.PRIVATE)) == 2


def test_a_role_answer_never_stands_beside_a_name() -> None:
    """Who gives one answer by name and one by role stands there by role: two halves could be put together."""
    voice = make_voice(
        "Trustee",
        {WORDS: {"value": "said by name", "consent": "named"}, "b.text": {"value": "said by role"}},
        consent="role",
        name="A Name",
    )
    shown = redact(make_engagement(voice), Edition.PUBLIC, words={WORDS: True, "b.text": True})
    assert {v.label: set(v.answers) for v in shown.voices} == {"Trustee": {WORDS, "b.text"}}
    assert "A Name" not in shown.model_dump_json()


@pytest.mark.parametrize("edition", SHARED)
def test_four_attributed_answers_are_held_back_unless_all_partners_agreed(edition: Edition) -> None:
    """Below five no value is shown in public; partners see it if everyone counted consented to name or role."""
    shown = _redact(_make_voices("role", "named", "role", "role"), edition)
    assert (_count(shown), shown.withheld.get(NUMBER)) == (
        (4, None) if edition is Edition.PARTNERS else (0, "small_group")
    )


def test_one_unattributed_answer_in_a_small_team_holds_back_all_values() -> None:
    """Four by role and one unnamed: the unnamed one would be known by elimination, and four are too few without it."""
    shown = _redact(_make_voices("role", "role", "role", "role", "unnamed"), Edition.PARTNERS)
    assert (_count(shown), shown.withheld[NUMBER]) == (0, "small_group")


@pytest.mark.parametrize("edition", SHARED)
def test_a_small_remainder_is_left_out_of_a_large_group(edition: Edition) -> None:
    """With six by role and two in confidence, the two could be had by subtraction, so they count nowhere."""
    shown = _redact(_make_voices(*["role"] * 6, "aggregate", "unnamed"), edition)
    assert (_count(shown), shown.withheld[NUMBER]) == (6, "small_remainder")


@pytest.mark.parametrize("edition", SHARED)
def test_five_confidential_answers_are_shown_as_numbers_only(edition: Edition) -> None:
    """Five unattributed values are shown in order of size, with nobody beside them."""
    voices = [make_voice(f"R {n}", {NUMBER: 4 - n}, consent="aggregate") for n in range(5)]
    shown = _redact(voices, edition)
    assert [(r.value, r.voice) for r in shown.list_responses(NUMBER)] == [(n, None) for n in range(5)]
    assert shown.voices == ()


def test_a_larger_minimum_group_is_kept_to() -> None:
    """The engagement's own minimum of ten holds back nine."""
    assert _count(_redact(_make_voices(*["aggregate"] * 9), Edition.PUBLIC, minimum_group=10)) == 0
    assert _count(_redact(_make_voices(*["aggregate"] * 10), Edition.PUBLIC, minimum_group=10)) == 10


def test_not_knowing_makes_no_group_bigger() -> None:
    """Four values and one `unsure` are four values."""
    voices = [*_make_voices(*["aggregate"] * 4), make_voice("Unsure", {NUMBER: "unsure"}, consent="aggregate")]
    assert _count(_redact(voices, Edition.PUBLIC)) == 0


def test_unnamed_words_reach_partners_only_and_without_their_author() -> None:
    """Unnamed words are for the partnership; aggregate ones are nobody's to read."""
    consents = ("unnamed", "unnamed", "unnamed", "aggregate", "aggregate", "role", "none")
    voices = _make_voices(*consents, value="words", question=WORDS)
    partners = _redact(voices, Edition.PARTNERS).list_responses(WORDS)
    assert sorted(r.voice or "" for r in partners) == ["", "", "", "Role 5"]
    assert [r.voice for r in _redact(voices, Edition.PUBLIC).list_responses(WORDS)] == ["Role 5"]


def test_unnamed_words_are_held_back_where_few_could_have_said_them() -> None:
    """With nine named beside it, the tenth person's words would be known by elimination."""
    shown = _redact(_make_voices("unnamed", *["role"] * 9, value="words", question=WORDS), Edition.PARTNERS)
    assert all(r.voice for r in shown.list_responses(WORDS))
    assert shown.withheld[WORDS] == "small_group"


def test_the_number_of_voices_gives_no_small_rest_away() -> None:
    """Six by role and two in confidence: the total would say that there are two. Who consents to nothing is nobody."""
    assert _redact(_make_voices(*["role"] * 6, "aggregate", "unnamed"), Edition.PUBLIC).heard is None
    assert _redact(_make_voices(*["role"] * 6, "none", "none"), Edition.PUBLIC).heard == 6
    assert _redact(_make_voices(*["role"] * 6, *["aggregate"] * 5), Edition.PUBLIC).heard == 11
    assert _redact(_make_voices("role", "role", "role"), Edition.PARTNERS).heard == 3
    assert _redact(_make_voices("role", "role", "role"), Edition.PUBLIC).heard is None


def test_two_people_never_have_one_label() -> None:
    """A role that looks like a number given to another is told apart."""
    voices = [make_voice(role, {NUMBER: 1}, id=f"v{n}") for n, role in enumerate(("Trustee", "Trustee", "Trustee 1"))]
    assert len(set(make_engagement(*voices).labels.values())) == 3


def test_a_note_stays_beside_its_voice_where_the_value_is_held_back() -> None:
    """Words given under a role are shown in public even if the numbers are too few."""
    voice = make_voice("Trustee", {NUMBER: {"value": 2, "note": "because", "private": "hidden"}})
    shown = redact(make_engagement(voice), Edition.PUBLIC, words=KINDS)
    assert _count(shown) == 0
    assert [(r.text, r.voice) for r in shown.list_remarks(NUMBER)] == [("because", "Trustee")]


def test_a_cell_of_a_matrix_is_held_back_by_itself() -> None:
    """A row that too few answered is dropped from a matrix that enough answered."""
    full = [make_voice(f"R {n}", {GRID: {"x": {"c": n}}}, consent="aggregate") for n in range(4)]
    both = make_voice("R 4", {GRID: {"x": {"c": 4}, "y": {"c": 0}}}, consent="aggregate")
    shown = _redact([*full, both], Edition.PUBLIC)
    assert all(set(r.value) == {"x"} for r in shown.list_responses(GRID))
    assert _count(shown, GRID) == 5


def test_agreed_answers_go_as_far_as_they_are_marked() -> None:
    """Partners see what the group agreed unless it is marked private; the public sees what is marked public."""
    engagement = make_engagement(agreed={NUMBER: 1, WORDS: "x", GRID: {}})
    answers = dict(engagement.agreed.answers)
    answers[WORDS] = answers[WORDS].model_copy(update={"edition": Edition.PUBLIC})
    answers[GRID] = answers[GRID].model_copy(update={"edition": Edition.PRIVATE})
    marked = engagement.model_copy(update={"agreed": engagement.agreed.model_copy(update={"answers": answers})})
    assert set(redact(marked, Edition.PARTNERS, words=KINDS).agreed.answers) == {NUMBER, WORDS}
    assert set(redact(marked, Edition.PUBLIC, words=KINDS).agreed.answers) == {WORDS}


consents = st.lists(st.sampled_from(list(Consent)), max_size=14)


@given(consents=consents, edition=st.sampled_from(SHARED), minimum=st.integers(5, 10))
def test_what_is_shown_is_never_a_small_group(consents: list[Consent], edition: Edition, minimum: int) -> None:
    """Whatever the consents, values shown are none, or enough, or all attributed among partners."""
    shown = _redact(_make_voices(*[str(c) for c in consents]), edition, minimum_group=minimum)
    responses = shown.list_responses(NUMBER)
    unattributed = [r for r in responses if r.voice is None]
    assert len(unattributed) == 0 or len(unattributed) >= minimum
    asked_in_confidence = any(c in (Consent.UNNAMED, Consent.AGGREGATE) for c in consents)
    if edition is Edition.PUBLIC or asked_in_confidence:
        assert len(responses) == 0 or len(responses) >= minimum
    assert len(responses) <= sum(c is not Consent.NONE for c in consents)


@given(consents=consents)
def test_the_public_edition_shows_no_more_than_the_partners_one(consents: list[Consent]) -> None:
    """Whatever the public may see, partners may see."""
    voices = _make_voices(*[str(c) for c in consents])
    partners, public = (_redact(voices, edition) for edition in SHARED)
    assert set(public.list_responses(NUMBER)) <= set(partners.list_responses(NUMBER))


@given(consents=consents, edition=st.sampled_from(SHARED))
def test_an_edition_survives_its_snapshot(consents: list[Consent], edition: Edition) -> None:
    """What the batch writes for a kernel is read back as it was."""
    shown = _redact(_make_voices(*[str(c) for c in consents]), edition)
    assert Engagement.model_validate_json(shown.model_dump_json()) == shown
