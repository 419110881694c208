"""What the page says about safety follows the answers."""

from __future__ import annotations

from typing import Any

import pytest

from builders import change_cell, make_engagement, make_facts, make_voice, redact_for
from workbook.views import safety

FULL: dict[str, Any] = {
    "safety.ground": {
        "funder": {"comfort": 3},
        "grantees": {"months": 6, "hangs": "no", "comfort": 3},
        "people": {"hangs": "no", "comfort": 3},
    },
    "safety.protections": {
        "funder": {"unattributed": "no", "first_sight": "no"},
        "grantees": {"apart": "no", "unattributed": "no", "first_sight": "no", "time_paid": "yes"},
        "people": {"apart": "no", "unattributed": "no", "first_sight": "no", "time_paid": "yes"},
    },
    "safety.promise": "Nothing",
    "safety.first": "Our form",
}


def change(question: str, *, row: str = "", column: str = "", to: Any) -> dict[str, Any]:
    """Return the full answers with one cell, or one answer, changed."""
    return change_cell(FULL, question, row=row, column=column, to=to)


def read(*answers: dict[str, Any]) -> safety.SafetyReading:
    """Read one voice for each set of answers."""
    return safety.read_safety(make_engagement(*(make_voice(f"Voice {n}", one) for n, one in enumerate(answers))))


def show(answers: dict[str, Any]) -> str:
    """Return the two readings of two voices that say the same as text."""
    return repr(safety.compare_readings(read(answers, answers)))


@pytest.mark.parametrize(
    "answers",
    [
        change("safety.ground", row="grantees", column="months", to=12),
        change("safety.ground", row="grantees", column="hangs", to="yes"),
        change("safety.ground", row="people", column="comfort", to=0),
        change("safety.protections", row="grantees", column="apart", to="yes"),
        change("safety.protections", row="grantees", column="unattributed", to="yes"),
        change("safety.protections", row="people", column="first_sight", to="yes"),
        change("safety.protections", row="people", column="time_paid", to="no"),
        change("safety.promise", to="unsure"),
        change("safety.first", to="Our fees"),
    ],
    ids=["months", "hangs", "comfort", "apart", "unattributed", "first_sight", "time_paid", "promise", "first"],
)
def test_every_question_the_readings_use_can_change_them(answers: dict[str, Any]) -> None:
    """For each question that the two readings claim to use, another answer changes the text."""
    assert show(answers) != show(FULL)


def test_answers_that_fear_nothing_need_no_check() -> None:
    """Where nobody risks anything, the evaluation reading asks for no check and the follow-up is to begin."""
    nothing_at_stake = {"months": 60, "hangs": "no", "comfort": 4}
    safe = {
        "safety.ground": dict.fromkeys(("funder", "grantees", "people"), nothing_at_stake),
        "safety.protections": {name: {"time_paid": "yes"} for name in ("grantees", "people")},
    }
    assert "Fear gives an evaluator no reason" in show(safe)
    assert safety.write_follows(read(safe)).startswith("Begin with what does not work")
    assert safety.write_headline(read(safe, safe)) == "Every audience known can afford to be open"


def test_low_openness_asks_for_an_outside_check() -> None:
    """Where a funding decision hangs on the findings, facts will be selective and a check is asked for."""
    text = show(change("safety.ground", row="grantees", column="hangs", to="yes"))
    assert "Expect what grantees report to be selective" in text
    assert "A funding decision hangs, at least in part, on the findings about grantees" in text


@pytest.mark.parametrize(
    ("hangs", "headline"),
    [
        ({}, "What being open would cost has not been answered yet"),
        ({"grantees": "yes"}, "Grantees can hardly afford to be open"),
        ({"grantees": "yes", "people": "yes"}, "People who benefit and grantees can hardly afford to be open"),
        ({"grantees": "partly"}, "Grantees can afford to be open in part at most"),
        ({"grantees": "no"}, "Too little is known to say who can afford to be open"),
    ],
)
def test_the_headline_is_the_finding(hangs: dict[str, str], headline: str) -> None:
    """The headline differs with what was found, and keeps under twelve words."""
    answers = {"safety.ground": {name: {"hangs": said} for name, said in hangs.items()}} if hangs else {}
    written, by_one = safety.write_headline(read(answers, answers)), safety.write_headline(read(answers))
    assert written == headline
    assert by_one.startswith("As you see it: ") == (bool(hangs) and "known" not in headline)
    assert max(len(written.split()), len(by_one.split()) - 4) <= 12


def test_a_grants_managers_guess_is_told_as_one_voices() -> None:
    """Headline and advice name how many voices they rest on where it is one, and no longer when another agrees."""
    guess = {"safety.ground": {"grantees": {"hangs": "yes"}}}
    alone = safety.read_safety(make_engagement(make_voice("Grants manager", guess)))
    assert safety.write_headline(alone) == "As you see it: grantees can hardly afford to be open"
    caution = "This is a verdict as you see it (Grants manager): ask those concerned before you act on it."
    assert safety.write_follows(alone).endswith(caution)
    unsure = make_engagement(make_voice("Grants manager", guess), make_voice("Board", {"safety.ground": "unsure"}))
    assert safety.write_follows(safety.read_safety(unsure)).endswith(caution)
    assert "one voice" not in safety.write_follows(read(guess, guess))


def test_the_follow_up_names_the_protection_and_its_numbers() -> None:
    """What follows is the protection that raises openness most, with openness before and after it."""
    answers = {"safety.ground": {"grantees": {"hangs": "yes"}}}
    follows = safety.write_follows(read(answers))
    assert "keep learning apart from grant decisions for grantees" in follows
    assert "from “hardly open” to “open in part”" in follows
    assert "could be weaker" in follows
    known = {"grantees": {"months": 60, "hangs": "yes", "comfort": 4}}
    paid = {"grantees": {"time_paid": "yes", "apart": "no"}}
    assert "weaker" not in safety.write_follows(read({"safety.ground": known, "safety.protections": paid}))


def test_a_bound_is_never_called_the_openness_itself() -> None:
    """Where a part is not known, headline and reading say "at most", and where all is known they do not."""
    unknown = read({"safety.ground": {"grantees": {"hangs": "partly"}}})
    known = read(change("safety.ground", row="grantees", column="hangs", to="yes"))
    for text in (safety.write_headline(unknown), repr(safety.compare_readings(unknown))):
        assert "in part at most" in text
    assert safety.write_headline(known) == "As you see it: grantees can hardly afford to be open"
    assert "at most" not in repr(safety.compare_readings(known))


def test_one_voice_is_not_said_to_differ() -> None:
    """With one voice the section has no part on differences."""
    assert "Where voices differ" not in repr(safety.summarise(read(FULL)))


def test_where_no_protection_helps_the_weakest_part_itself_is_to_change() -> None:
    """With every protection in place, what follows is about the part that still holds the audience down."""
    protections = dict.fromkeys(("apart", "unattributed", "first_sight", "time_paid"), "yes")
    answers = {"safety.ground": {"grantees": {"months": 0}}, "safety.protections": {"grantees": protections}}
    assert "money that is secure for longer" in safety.write_follows(read(answers, answers))
    alone = safety.write_follows(read(answers))
    assert alone.startswith("Find out from grantees whether this is in place, since one voice alone says so: learning")


def test_a_protection_that_frees_one_of_two_equal_brakes_promises_no_number() -> None:
    """Where another part is as weak, the sentence says that it would still hold and claims no rise."""
    answers = {
        "safety.ground": {"grantees": {"hangs": "partly", "comfort": 2}},
        "safety.protections": {"grantees": {"apart": "no", "time_paid": "no"}},
    }
    follows = safety.write_follows(read(answers))
    assert "would still hold" in follows
    assert "of 100" not in follows


def test_differences_name_both_sides_least_open_first() -> None:
    """Who differs on what is risked is said with both sides, the least open audience first."""
    ground = [
        {"funder": {"comfort": 4}, "grantees": {"months": 30, "hangs": "no"}},
        {"funder": {"comfort": 1}, "grantees": {"months": 3, "hangs": "yes"}},
        {"funder": {"comfort": 1}, "grantees": {"months": 3, "hangs": "yes"}},
    ]
    text = repr(safety.list_differences(read(*({"safety.ground": one} for one in ground))))
    assert text.index("Grantees") < text.index("The funder")
    assert "Voice 1 and Voice 2: “yes”; Voice 0: “no”" in text
    assert "from 3 (Voice 1) to 30 (Voice 0)" in text


def test_openness_not_fully_known_is_shown_as_a_bound() -> None:
    """Where a part is not known, the table says "up to" and explains it."""
    text = repr(safety.draw_openness(read({"safety.ground": {"grantees": {"hangs": "partly"}}})))
    assert "open in part at most" in text
    assert "could be weaker" in text


@pytest.mark.parametrize("count", [0, 1, 30])
def test_every_view_stands_for_any_number_of_voices(count: int) -> None:
    """No voice, one voice and thirty voices all give a page that says something."""
    reading = read(*[FULL] * count)
    views = (safety.summarise, safety.draw_openness, safety.draw_parts, safety.list_lifts, safety.list_protections)
    assert all(repr(view(reading)) for view in views)
    if not count:
        assert "Ask somebody from each audience, in private" in repr(safety.summarise(reading))


def test_without_audiences_the_page_says_so() -> None:
    """With nobody named there is nothing to draw, and the page says what to do first."""
    reading = safety.read_safety(make_engagement(facts=make_facts(audiences=())))
    assert "Name the audiences" in repr(safety.summarise(reading))
    assert repr(safety.draw_parts(reading))


def test_all_unsure_is_not_called_unanswered() -> None:
    """Somebody who answered unsure has answered: the page says that they do not know."""
    reading = read({"safety.ground": "unsure", "safety.protections": "unsure"})
    assert "do not know yet" in repr(safety.list_differences(reading))
    assert "not known yet" in safety.write_headline(reading)


def test_paid_time_is_shown_even_where_openness_is_unknown() -> None:
    """A protection that is known stays on the page when nothing else is."""
    paid = {"safety.protections": {"grantees": {"time_paid": "yes"}}}
    assert "In place for grantees: paid time." in repr(safety.summarise(read(paid, paid)))
    alone = repr(safety.summarise(read(paid)))
    assert "For grantees, one voice alone says that this is in place, so it is not counted: paid time." in alone
    assert "In place for" not in alone


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_an_edition_claims_nothing_it_cannot_know(edition: str) -> None:
    """Where all answers are held back, the page neither shows them nor calls them missing."""
    voices = [make_voice(f"Secret {n}", {**FULL, "safety.promise": "Canary"}, consent="none") for n in range(6)]
    reading = safety.read_safety(redact_for(make_engagement(*voices), edition))
    text = repr(safety.summarise(reading)) + repr(safety.compare_readings(reading)) + repr(safety.draw_parts(reading))
    assert "Canary" not in text
    assert "Nobody has" not in text
    assert "not answered" not in text


def test_a_public_edition_holds_back_what_too_few_said() -> None:
    """Answers of fewer people than the smallest group are held back in words, with no mark left of them."""
    voices = [make_voice(f"V{n}", FULL, consent="unnamed") for n in range(3)]
    reading = safety.read_safety(redact_for(make_engagement(*voices), "public"))
    assert set(reading.openness.values()) == {None}
    assert "held back" in repr(safety.summarise(reading)).lower()


def test_words_of_a_person_are_text() -> None:
    """Tags in an answer are shown as they were typed."""
    html = str(safety.summarise(read({**FULL, "safety.first": "<i>us</i> {names}"})).html)
    assert "<i>us" not in html
    assert "&lt;i&gt;us&lt;/i&gt; {names}" in html


@pytest.mark.parametrize("edition", ["private", "partners", "public"])
@pytest.mark.parametrize("question", ["safety.promise", "safety.first"])
def test_what_a_grantee_says_is_never_told_as_the_commissioners(edition: str, question: str) -> None:
    """A lone voice's words stand beside its role as not agreed; what the group agreed is the commissioner's."""
    answers = {**FULL, question: "We would lose our grant"}
    alone = make_engagement(make_voice("Grantee, small charity", answers, id="grantee"))
    text = repr(safety.compare_readings(safety.read_safety(redact_for(alone, edition))))
    open_ = "nothing is agreed" if edition == "private" else "no agreed answer is shown"
    assert f"{open_}. From one voice (Grantee, small charity): We would lose our grant." in text
    assert "the commissioner says: " not in text
    assert "would go first with this" not in text
    agreed = safety.read_safety(make_engagement(make_voice("V", answers), agreed={question: "Grants are safe"}))
    told = "says" if question.endswith("promise") else "would go first with this"
    assert f"{told}: Grants are safe." in repr(safety.compare_readings(agreed))


def test_two_voices_that_say_the_same_are_both_named() -> None:
    """The same words twice are two voices', and not agreed either."""
    text = repr(safety.compare_readings(read(FULL, FULL)))
    assert "nothing is agreed. From two voices (Voice 0 and Voice 1): Nothing." in text
