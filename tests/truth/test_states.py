"""Four states told apart, who has not answered yet, and a call told to whoever reads it: kinds 4 and 5."""

from __future__ import annotations

import re
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from truth.made_pages import load_fixture, make_pages, read_text, thin
from workbook.analysis.audiences.audiences import read_audiences
from workbook.analysis.permission import read_permission
from workbook.analysis.practices import read_practices
from workbook.analysis.safety import read_safety
from workbook.analysis.voices.scales import read_scale
from workbook.model.chapters import list_questions
from workbook.model.engagement import Engagement
from workbook.views import audiences, permission, practices, safety

RATED = "framing.purpose.seed"


def show(engagement: Engagement, edition: str = "private") -> str:
    """Return the words of every page of an edition."""
    return read_text(" ".join(make_pages(thin(engagement, edition)).values()))


def make(*values: object, consent: str = "role", **facts: Any) -> Engagement:
    """Return an engagement in which each voice rates one statement, and all say how far aims differ."""
    voices = [
        make_voice(f"Role {n}", {"discovery.aims": 2} | ({} if value is None else {RATED: value}), consent=consent)
        for n, value in enumerate(values)
    ]
    return make_engagement(*voices, facts=make_facts(**facts))


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ("unsure", "mostly; 2 mostly; do not know yet: 1)"),
        (None, "mostly; 2 mostly; have not said: 1)"),
        (3, "mostly; 3 mostly)"),
    ],
)
def test_a_figure_says_who_does_not_know_and_who_has_not_said(last: object, told: str) -> None:
    """Of three voices the third does not know, says nothing, or answers: the private field tells each."""
    assert f"hoped for: {told}" in show(make(3, 3, last))


@pytest.mark.parametrize("last", ["unsure", None])
def test_no_shared_edition_counts_who_did_not_answer(last: object) -> None:
    """Who is silent stands in the private edition only."""
    assert "have not said" not in show(make(3, 3, last), "partners")


def test_an_answer_that_may_go_nowhere_is_the_same_as_none() -> None:
    """In a shared edition nothing is held back where consent is none: the page is that of nobody's answer."""
    withheld, silent = make(*[3] * 7, consent="none"), make()
    told = show(withheld, "public")
    assert "eld back" not in told
    assert told.replace(thin(withheld, "public").fingerprint, "") == show(silent, "public").replace(
        thin(silent, "public").fingerprint, ""
    )


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_a_reading_of_a_call_is_whole_in_every_edition(edition: str) -> None:
    """Of a public text nothing is held back or hidden: what is not known is said to be not known."""
    told = show(load_fixture("read-from-outside"), edition)
    for hidden in ("eld back", "This edition", "this edition", "not shown", "may settle some"):
        assert hidden not in told
    assert "Example Lottery | not answered" in told


def test_a_private_page_never_says_that_an_agreed_answer_is_hidden() -> None:
    """Nothing is agreed; a shared edition can only say that none is shown."""
    assert "shown here" not in show(load_fixture("five-at-odds"))
    assert "and nothing is agreed: “Nothing should”" in show(load_fixture("five-at-odds"))


def make_call(**facts: Any) -> Engagement:
    """Return a call that one reader has read, with a sentence, what is asked for and when it runs."""
    given = {
        "sentence": "a partner",
        "asked_for": ["To ask"],
        "start": "2030-01",
        "end": "2031-01",
        "budget": "not_stated",
    }
    return make_engagement(
        make_voice(
            "Desk reading", {RATED: 3, "framing.stays_evaluation": "The effect", "framing.timing.seed": "unsure"}
        ),
        facts=make_facts(kind="public-call", **{**given, **facts}),
    )


OPEN_CALL = ("wants to commission a partner", "What the call asks of the partner", "questions this call leaves open",
             "What sum is there, even a rough one?", "Before a bid is written", "A bidder would ask next")  # fmt: skip
CLOSED_CALL = ("wanted to commission a partner", "What the call asked of the partner", "questions this call left open",
               "What sum was there, even a rough one?", "Before bids were written", "A bidder would have asked next",
               "before work was to start (January 2030)", "The work was to run from January 2030")  # fmt: skip


@pytest.mark.parametrize("edition", ["private", "public"])
def test_a_call_that_has_closed_is_told_in_the_past(edition: str) -> None:
    """One fact changed, the day up to which the facts hold, changes the tense of sentence, questions and dates."""
    opened = show(make_call(deadline="2026-05-01", as_of="2026-03-31"), edition)
    closed = show(make_call(deadline="2026-05-01", as_of="2026-06-30"), edition)
    assert [one for one in OPEN_CALL if one not in opened or one in closed] == []
    assert [one for one in CLOSED_CALL if one not in closed or one in opened] == []


def test_a_call_is_told_to_whoever_reads_it() -> None:
    """No order to the commissioner stands among what to do; of the commissioner's own work the same is an order."""
    call = show(make_call())
    own = show(make_engagement(make_voice("Director", {RATED: 3}), facts=make_facts(budget=None)))
    assert "Name a sum, even a rough one." in own
    assert "What sum" not in own
    for told in ("Name a sum", "The commissioner's own working copy", "Answers from", "1 voice"):
        assert told not in call.split("How ready this invitation is")[0].split("An invitation")[0]
    assert "The working copy of whoever reads the call." in call
    assert "Nobody concerned was asked" in call


def test_what_the_desk_reading_writes_is_not_quoted() -> None:
    """Our own paraphrase has no quotation marks; somebody's own words have."""
    told = show(make_call())
    assert "What stays evaluation, by our reading: The effect." in told
    own = show(make_engagement(make_voice("Director", {"framing.stays_evaluation": "The effect", RATED: 3})))
    assert "“The effect”" in own


INVITED = [
    {"role": "Role 0", "count": 3, "group": "funders"},
    {"role": "Grantee", "count": 9, "group": "delivery"},
    {"role": "Young adviser", "count": 8, "group": "people"},
]


def test_turnout_stands_wherever_voices_are_spoken_of() -> None:
    """Summary, report and draft say how many of those invited have answered, and of which groups nobody."""
    engagement = make(3, invited=INVITED)
    pages = {name: read_text(html) for name, html in make_pages(thin(engagement, "private")).items()}
    told = "1 of 20 has answered; nobody yet of: those who do the work (Grantee) and those it is for (Young adviser)"
    assert {name for name, text in pages.items() if told in text} == {"10_summary", "13_report", "14_draft"}
    assert "1 of 20 invited has answered" in pages["10_summary"]
    for edition in ("partners", "public"):
        assert "have answered; nobody" not in show(engagement, edition)


def test_a_group_is_silent_only_while_all_its_roles_are() -> None:
    """One answer of a group is enough to name the silent role and no longer the group."""
    invited = [*INVITED, {"role": "Role 1", "count": 1, "group": "people"}]
    assert "those it is for" not in show(make(3, 3, invited=invited)).split("nobody yet of: ")[1].split(".")[0]


def test_one_known_point_is_one_point() -> None:
    """A count of one has its noun in the singular."""
    both = {RATED: 3, "framing.purpose.soil": 4}
    one = show(make_engagement(make_voice("Director", both)))
    two = show(make_engagement(make_voice("Director", {**both, "framing.timing.seed": 3, "framing.timing.soil": 4})))
    assert "Of the 1 point known, 1 is a hope" in one
    assert "Of the 2 points known, 2 are hopes" in two


def test_a_length_of_loose_dates_is_about_so_long() -> None:
    """Two dates known to the day give a length; dates known to the month give about one."""
    assert "about 13 months" in show(make(3, start="2027-01", end="2028-01")).lower()
    assert "about" not in show(make(3, start="2027-01-01", end="2028-01-31")).split("months from")[0][-12:].lower()


def test_a_chapter_somebody_answered_is_not_called_unanswered() -> None:
    """One answer about safety is too little, which is said; it is not nothing."""
    told = show(load_fixture("two-answers"))
    assert "Not answered yet" not in told
    assert "Too little is known yet of: " in told


def test_most_answers_are_not_told_as_all() -> None:
    """That no decision hangs on the findings is told of most where one voice says that it does in part."""
    assert "By most answers, no funding decision hangs on the findings about the anglers" in show(
        load_fixture("five-at-odds")
    )


@pytest.mark.parametrize(("known", "told"), [(9, True), (10, False)])
def test_a_split_needs_three_quarters_of_its_figures(known: int, told: bool) -> None:
    """The one rule of evidence: of thirteen figures behind a split, ten must be somebody's own."""
    cells = [(f"resources.{grid}", row) for grid in ("use_report", "use_support", "use_spend")
             for row in ("funder", "grantees", "people")]  # fmt: skip
    answers: dict[str, Any] = {"resources.sure": 2} | ({"resources.vary": 2} if known > 9 else {})
    for question, row in cells[: known - 1]:
        answers.setdefault(question, {})[row] = {"low": 1, "likely": 2, "high": 3}
    engagement = make_engagement(make_voice("Director", answers), make_voice("Worker", answers))
    assert ("Too few figures for the money are known yet" in show(engagement)) is told


def test_a_verdict_too_early_counts_what_is_disputed() -> None:
    """Where one point is settled and two are disputed, the headline says both, as the field beside it does."""
    told = show(load_fixture("nothing-agreed"))
    assert "one of 10 facets is known, from two voices; voices are far apart on two facets" in told


def test_a_choice_on_which_voices_differ_is_told_in_its_chapter_too() -> None:
    """A disagreement that the summary lists is not denied by the chapter on safety."""
    told = show(load_fixture("awkward-names"))
    assert "One strong disagreement" in told
    assert "No two voices lie far apart on what anybody risks" not in told


def test_one_learning_question_has_its_decision() -> None:
    """One of two has; the verb goes with the one."""
    assert "One of two learning questions has a decision behind it" in show(load_fixture("awkward-names"))


def test_a_state_is_told_once() -> None:
    """Where nobody knows, that they do not know is not said twice."""
    told = show(load_fixture("awkward-names"))
    assert "do not know yet (do not know yet" not in told
    assert "do not know yet; do not know yet" not in told
    assert "not answered (have not said" not in told


def draw(engagement: Engagement) -> str:
    """Return the words of every drawing and table of the private edition's chapters."""
    made = (
        audiences.draw_points(read_audiences(engagement)),
        permission.draw_ladder(read_permission(engagement)),
        practices.draw_gaps(read_practices(engagement)),
        safety.draw_openness(read_safety(engagement)),
    )
    return "¶".join(str(one.html) for one in made)


ANSWERS: dict[str, Any] = {
    "audiences.points": {"funder": 20, "grantees": 40, "people": 40},
    "permission.standing": {"grantees": {"step": "agreed"}},
    "practices.language.today": 0,
    "practices.language.wanted": 4,
    "safety.ground": {"grantees": {"comfort": 1}},
}


@pytest.mark.parametrize(
    ("third", "told"),
    [("unsure", "do not know yet: 1"), (None, "have not said: 1"), ("given", "")],
)
@pytest.mark.parametrize("question", list(ANSWERS))
def test_every_dot_chart_and_its_table_say_who_gave_none(question: str, third: str | None, told: str) -> None:
    """Two answer, the third does not know, says nothing, or answers too: lane and table of each chapter change."""
    last = {**ANSWERS, question: "unsure"} if third == "unsure" else {k: v for k, v in ANSWERS.items() if k != question}
    last = ANSWERS if third == "given" else last
    text = draw(make_engagement(*[make_voice(f"Role {n}", one) for n, one in enumerate((ANSWERS, ANSWERS, last))]))
    drawings = " ".join(re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL))
    tables = re.sub(r"<svg.*?</svg>", " ", text, flags=re.DOTALL)
    for part in (drawings, tables):
        assert told in part
        assert ("have not said" in part or "do not know yet:" in part) is bool(told)


def test_who_was_not_asked_is_not_silent() -> None:
    """What only the commissioner can answer was asked of nobody from elsewhere; of the commissioner's own it was."""
    asked = {"resources.sure": 2, "discovery.months": 12}
    here = make_voice("Director", asked)
    chapters = {"framing.purpose.seed": 3}
    away, own = (make_voice("Worker", chapters, organisation=home) for home in ("Elsewhere", "A Funder"))
    facts = make_facts(commissioner="A Funder", end=None, start=None)
    for other, state in ((away, "not_asked"), (own, "silent")):
        engagement = make_engagement(here, here.model_copy(update={"id": "second"}), other, facts=facts)
        reading = read_scale(engagement, list_questions(facts)["resources.sure"])
        assert {"silent": reading.silent, "not_asked": reading.not_asked} == {"silent": 0, "not_asked": 0} | {state: 1}


def test_an_audience_nobody_was_asked_about_is_not_asked() -> None:
    """Points given before an audience was added say of it that it was not asked; points for it change that."""
    both = {"audiences.points": {"funder": 20, "grantees": 80}}
    assert "not asked" in draw(make_engagement(make_voice("Director", both))).split("¶")[0]
    assert "not asked" not in draw(make_engagement(make_voice("Director", ANSWERS))).split("¶")[0]
