"""What the page says about permission follows the answers."""

from __future__ import annotations

from typing import Any

import pytest

from builders import change_cell, make_engagement, make_facts, make_voice, redact_for
from workbook.views import permission

FULL: dict[str, Any] = {
    "permission.standing": {
        "funder": {"step": "limited"},
        "grantees": {"step": "agreed", "active": "yes"},
        "people": {"step": "agreed", "active": "yes"},
    },
    "permission.places": {
        name: {"report": "no", "workshop": "yes", "one_to_one": "no", "public": "no"}
        for name in ("funder", "grantees", "people")
    },
    "permission.terms": {
        "funder": {"bounds": "The size of the fund"},
        "grantees": {"promised": "Six paid days", "asked_by": "The grants manager"},
        "people": {"promised": "A voucher"},
    },
    "permission.challenge": "The director answers within a month",
    "permission.areas": "How we ask for reports",
    "permission.needs": "A call first",
}


def change(question: str, *, row: str = "", column: str = "", to: Any) -> dict[str, Any]:
    """Return the full answers with one cell, or one answer, changed."""
    return change_cell(FULL, question, row=row, column=column, to=to)


def read(*answers: dict[str, Any]) -> permission.PermissionReading:
    """Read one voice for each set of answers."""
    voices = [make_voice(f"Officer {n}" if n else "Officer", one) for n, one in enumerate(answers)]
    return permission.read_permission(make_engagement(*voices))


def show(answers: dict[str, Any]) -> str:
    """Return the two readings of one voice as text."""
    return repr(permission.compare_readings(read(answers)))


def test_rooms_are_named_as_the_table_has_them() -> None:
    """Where only a talk one to one is allowed, no workshop is spoken of."""
    only = {**FULL, "permission.places": {"grantees": {"workshop": "no", "one_to_one": "yes"}}}
    assert "The partner may tell grantees what it sees, one to one." in show(only)
    both = {**FULL, "permission.places": {"grantees": {"workshop": "yes", "one_to_one": "yes"}}}
    assert "The partner may tell grantees what it sees, in a workshop or one to one." in show(both)


def test_what_several_voices_undertake_is_quoted_from_each() -> None:
    """Two accounts stand beside their names; with the second gone, one is left."""
    other = {**FULL, "permission.challenge": "Nothing will happen"}
    text = repr(permission.compare_readings(read(FULL, other)))
    assert "“The director answers within a month” (Officer); “Nothing will happen” (Officer 1)." in text


@pytest.mark.parametrize(
    "answers",
    [
        change("permission.standing", row="grantees", column="step", to="not_asked"),
        change("permission.standing", row="people", column="active", to="no"),
        change("permission.places", row="grantees", column="report", to="yes"),
        change("permission.places", row="grantees", column="public", to="yes"),
        change("permission.places", row="grantees", column="workshop", to="no"),
        change("permission.terms", row="funder", column="bounds", to="unsure"),
        change("permission.terms", row="grantees", column="promised", to="unsure"),
        change("permission.challenge", to="unsure"),
        change("permission.areas", to="Our fees"),
    ],
    ids=["step", "active", "report", "public", "workshop", "bounds", "promised", "challenge", "areas"],
)
def test_every_question_the_readings_use_can_change_them(answers: dict[str, Any]) -> None:
    """For each question that the two readings claim to use, another answer changes the text."""
    assert show(answers) != show(FULL)


def test_one_to_one_counts_as_a_room() -> None:
    """Where no workshop is allowed, a yes to talks one to one changes what a partner may do."""
    closed = {**FULL, "permission.places": {"people": {"workshop": "no", "one_to_one": "no"}}}
    ajar = {**FULL, "permission.places": {"people": {"workshop": "no", "one_to_one": "yes"}}}
    assert show(closed) != show(ajar)


@pytest.mark.parametrize(
    ("steps", "headline"),
    [
        ({}, "Nobody has said yet"),
        ({"grantees": "not_asked"}, "No audience is known"),
        ({"grantees": "agreed"}, "The partner has a yes from one of two audiences (funders aside)"),
        ({"grantees": "agreed", "people": "limited"}, "All audiences but funders have said yes, at least"),
        (
            dict.fromkeys(("funder", "grantees", "people"), "agreed"),
            "All audiences but funders have said yes to",
        ),
        (
            dict.fromkeys(("funder", "grantees", "people"), "limited"),
            "All audiences but funders have said yes, at least",
        ),
        ({"grantees": "withdrawn"}, "The permission of grantees has been withdrawn"),
        ({"grantees": "withdrawn", "people": "withdrawn"}, "Two audiences have withdrawn"),
    ],
)
def test_the_headline_is_the_finding(steps: dict[str, str], headline: str) -> None:
    """The headline differs with what was found, and keeps under twelve words."""
    answers = {"permission.standing": {name: {"step": step} for name, step in steps.items()}} if steps else {}
    written = permission.write_headline(read(answers, answers))
    assert written.startswith(headline)
    by_one = permission.write_headline(read(answers))
    assert (
        ("one voice" in by_one.lower() or by_one.startswith("As you see it: "))
        == (by_one != written)
        == ("yes" in headline or "withdrawn" in headline)
    )
    assert max(len(written.split()), len(by_one.split()) - 4) <= 12


def test_what_rests_on_one_voice_says_so() -> None:
    """Advice read from one voice names it; of two voices that say the same there is nothing to add."""
    caution = "This is a verdict as you see it (Officer): ask those concerned before you act on it."
    answers = {"permission.standing": {"grantees": {"step": "agreed"}}}
    alone = make_engagement(make_voice("Officer", answers))
    assert permission.write_follows(permission.read_permission(alone)).endswith(caution)
    for more in ({"agreed": answers}, {"facts": make_facts(kind="public-call")}):
        engagement = make_engagement(make_voice("Officer", answers), **more)  # type: ignore[arg-type]
        assert "This is a verdict" not in permission.write_follows(permission.read_permission(engagement))
    assert "This is a verdict" not in permission.write_follows(read(answers, answers))
    shown = permission.write_follows(permission.read_permission(redact_for(alone, "partners")))
    assert shown.endswith(
        "This is a verdict as the one voice shown here sees it (Officer): ask others concerned before you act on it."
    )


def test_a_difference_names_both_sides_and_the_step_that_counts() -> None:
    """Who differs on permission is said first, with the step that counts."""
    voices = [
        make_voice("Officer", {"permission.standing": {"grantees": {"step": "agreed"}}}),
        make_voice("Manager", {"permission.standing": {"grantees": {"step": "not_asked"}}}),
    ]
    text = repr(permission.list_differences(permission.read_permission(make_engagement(*voices))))
    assert "Grantees. Manager: “not asked”; Officer: “agreed”. “Not asked” counts." in text


def test_boundaries_say_rooms_limits_and_promises() -> None:
    """The statement for the brief holds where findings may be named, what is out of bounds, and what is promised."""
    text = repr(permission.state_boundaries(read(FULL)))
    assert "Findings may be named in a workshop. Not in a report, one to one or in public." in text
    for words in ("The size of the fund.", "Six paid days.", "The grants manager.", "answers within a month."):
        assert words in text


def test_boundaries_call_a_disputed_promise_unsettled() -> None:
    """A promise that voices word differently is shown as named and not settled; a limit counts from one voice on."""
    voices = [
        make_voice(name, {**FULL, "permission.terms": {"grantees": {"promised": promise, "bounds": bound}}})
        for name, promise, bound in (("A", "Money", "Staff by name"), ("B", "Thanks", "Single cases"))
    ]
    text = repr(permission.state_boundaries(permission.read_permission(make_engagement(*voices))))
    assert "In return (named, not settled): Money. Thanks." in text
    assert "Out of bounds (a limit counts once anybody names it): Staff by name. Single cases." in text


@pytest.mark.parametrize(
    ("edition", "mark"),
    [
        ("private", "one voice says so; it is not agreed"),
        ("partners", "one voice says so; this edition shows no agreed answer"),
        ("public", "one voice says so; this edition shows no agreed answer"),
    ],
)
def test_one_voices_words_are_never_the_commissioners_undertaking(edition: str, mark: str) -> None:
    """Only an agreed answer is undertaken and stands without a mark."""
    alone = make_engagement(make_voice("Director", {"permission.challenge": "We answer in writing"}))
    text = repr(permission.state_boundaries(permission.read_permission(redact_for(alone, edition))))
    assert f"What the commissioner would do when challenged ({mark}): We answer in writing." in text
    assert "undertakes" not in text
    agreed = make_engagement(agreed={"permission.challenge": "We answer in writing"})
    text = repr(permission.state_boundaries(permission.read_permission(agreed)))
    assert "The commissioner undertakes this: We answer in writing." in text


def test_the_one_shown_of_six_voices_undertakes_nothing() -> None:
    """Five wrote other words without a name: what the sixth wrote is named, and no more, in every shared edition."""
    unnamed = [make_voice(f"V{n}", {"permission.challenge": f"Canary {n}"}, consent="unnamed") for n in range(5)]
    engagement = make_engagement(make_voice("Director", {"permission.challenge": "In writing"}), *unnamed)
    text = repr(permission.state_boundaries(permission.read_permission(redact_for(engagement, "public"))))
    assert "challenged (named; this edition shows no agreed answer): In writing." in text
    assert "one voice" not in text
    assert "Canary" not in text


def test_boundaries_say_where_a_step_is_only_in_the_answers() -> None:
    """A yes that voices report is marked, and so is one voice's; one that the group settled is not."""
    one, two = (repr(permission.state_boundaries(reading)) for reading in (read(FULL), read(FULL, FULL)))
    assert "Grantees: agreed (one voice says so; not settled by the group)." in one
    assert "Grantees: agreed (from the answers, not settled by the group)." in two
    settled = permission.read_permission(make_engagement(agreed={"permission.standing": FULL["permission.standing"]}))
    assert "Grantees: agreed. Where" in repr(permission.state_boundaries(settled))


def test_each_sentence_of_the_boundaries_names_the_commissioner() -> None:
    """What the commissioner needs is readable without the sentence before it."""
    text = repr(permission.state_boundaries(read({"permission.needs": "A call first"})))
    assert "To take a challenge well, the commissioner asks for this" in text


def test_boundaries_forbid_naming_after_a_withdrawal() -> None:
    """An audience that withdrew is named only as closed, even where a room was allowed before."""
    answers = change("permission.standing", row="grantees", column="step", to="withdrawn")
    text = repr(permission.state_boundaries(read(answers)))
    assert "Grantees: withdrawn. The partner names nothing about them until they say yes again." in text


@pytest.mark.parametrize("count", [0, 1, 30])
def test_every_view_stands_for_any_number_of_voices(count: int) -> None:
    """No voice, one voice and thirty voices all give a page that says something."""
    voices = [make_voice(f"Voice {n}", FULL) for n in range(count)]
    reading = permission.read_permission(make_engagement(*voices))
    for view in (permission.summarise, permission.draw_ladder, permission.list_gaps, permission.list_terms):
        assert repr(view(reading))
    if not count:
        assert "Ask somebody who speaks for each audience" in repr(permission.summarise(reading))


def test_without_audiences_the_page_says_so() -> None:
    """With nobody named there is nothing to draw, and the page says what to do first."""
    reading = permission.read_permission(make_engagement(facts=make_facts(audiences=())))
    assert "Name the audiences" in repr(permission.summarise(reading))
    assert repr(permission.draw_ladder(reading))


def test_all_unsure_is_not_called_unanswered() -> None:
    """Somebody who answered unsure has answered: the page says that they do not know."""
    reading = read({"permission.standing": "unsure"})
    assert "do not know yet" in repr(permission.list_differences(reading))
    assert "No audience is known" in permission.write_headline(reading)


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_an_edition_claims_nothing_it_cannot_know(edition: str) -> None:
    """Where all answers are held back, the page says so and neither shows them nor calls them missing."""
    voices = [make_voice(f"Secret {n}", FULL, consent="none") for n in range(6)]
    reading = permission.read_permission(redact_for(make_engagement(*voices), edition))
    text = repr(permission.summarise(reading)) + repr(permission.state_boundaries(reading))
    assert "Six paid days" not in text
    assert "Nobody has" not in text
    assert "Still to be written" not in text


def test_a_public_edition_shows_no_words_given_in_confidence() -> None:
    """Words of unnamed voices and steps too few stood by are not on a public page; those of named roles are."""
    open_ = [make_voice(f"Open {n}", FULL) for n in range(5)]
    closed = make_voice("Closed", {**FULL, "permission.challenge": "Canary in a mine"}, consent="unnamed")
    reading = permission.read_permission(redact_for(make_engagement(*open_, closed), "public"))
    text = repr(permission.summarise(reading)) + repr(permission.state_boundaries(reading))
    assert "Canary" not in text
    assert "Closed" not in text
    assert "The director answers within a month" in text


def test_an_edition_does_not_say_that_words_differ_where_an_agreed_answer_may_be_hidden() -> None:
    """The group may have settled it in words that this edition does not show."""
    voices = [make_voice(f"V{n}", {**FULL, "permission.challenge": f"Answer {n}"}) for n in range(5)]
    engagement = make_engagement(*voices, agreed={"permission.challenge": "A letter"})
    whole, part = (
        repr(permission.compare_readings(permission.read_permission(one)))
        for one in (make_engagement(*voices), redact_for(engagement, "public"))
    )
    assert "Voices do not say the same of what" in whole
    assert "Voices do not say the same of what" not in part
    assert "shows no agreed answer" in part


def test_no_step_known_gives_a_short_section() -> None:
    """Where nobody knows what was permitted, there is no figure and no reading, only what is known and what to do."""
    text = repr(permission.summarise(read({"permission.standing": "unsure", "permission.areas": "How we ask"})))
    assert (
        "On which parts of its own work may be challenged, nothing is agreed. From one voice (Officer): How we ask."
        in text
    )
    assert "Find out from" in text
    assert "Read as" not in text


def test_one_voice_is_not_said_to_differ() -> None:
    """With one voice the section has no part on differences."""
    assert "Where voices differ" not in repr(permission.summarise(read(FULL)))


def test_words_of_a_person_are_text() -> None:
    """Tags in an answer are shown as they were typed."""
    reading = read({**FULL, "permission.challenge": "<b>soon</b> {audience}"})
    html = str(permission.summarise(reading).html) + str(permission.state_boundaries(reading).html)
    assert "<b>soon" not in html
    assert "&lt;b&gt;soon&lt;/b&gt; {audience}" in html


def test_partners_see_that_those_who_answered_do_not_know() -> None:
    """Where everybody said unsure and nothing is held back, another edition says so and does not call it hidden."""
    voice = make_voice("Officer", {"permission.standing": "unsure"})
    reading = permission.read_permission(redact_for(make_engagement(voice), "partners"))
    assert permission.write_headline(reading).startswith("No audience is known")
    assert "do not know yet" in repr(permission.list_differences(reading))
