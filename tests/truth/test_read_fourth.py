"""What was found when a second year's report and six further engagements were read line by line, each as a kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from truth.made_pages import make_pages, read_text, thin
from workbook.analysis.audiences import read_audiences
from workbook.analysis.permission import read_permission
from workbook.analysis.practices import list_points, read_practices
from workbook.analysis.resources import read_resources
from workbook.analysis.summary import SummaryReading, read_summary
from workbook.model.engagement import Engagement
from workbook.storage import load_engagement
from workbook.theme import end_sentence
from workbook.views import framing, log, permission, resources
from workbook.views.framing.field import write_field_headline
from workbook.views.sides import list_patterns
from workbook.views.summary.messages import list_messages
from workbook.views.summary.sides import tell_no_disputes

PLAN = [
    {"activity": "A survey", "category": "data_collection", "quantity": 100, "unit": "answers", "unit_cost": 500},
    {"activity": "Sessions", "category": "facilitation", "quantity": 10, "unit": "days", "unit_cost": 1000},
]
"""A plan of £60,000."""
OVER = "The plan costs £10,000 more than the budget"


def commission(*answers: Mapping[str, Any], agreed: Mapping[str, Any] | None = None, **facts: Any) -> Engagement:
    """Return a small commission on which one person for each gives these answers."""
    voices = [make_voice(f"Role {number}", given) for number, given in enumerate(answers)]
    return make_engagement(*voices, agreed=agreed, facts=make_facts(**facts))


def show(engagement: Engagement, *pages: str) -> str:
    """Return the words of some pages."""
    return read_text(" ".join(make_pages(engagement, pages).values()))


def list_orders(engagement: Engagement) -> dict[str, str]:
    """Return what the summary asks for, by chapter: the order, its reason and its day."""
    return {one.chapter: f"{one.do} {one.why}{one.due}" for one in list_messages(read_summary(engagement))}


@pytest.mark.parametrize("edition", ["private", "public"])
def test_a_plan_over_its_budget_is_told_wherever_the_money_is(edition: str) -> None:
    """The summary asks for it first, the report and the agenda say it, and so does the invitation that bidders read."""
    dear = thin(commission({"resources.sure": 4}, plan=PLAN, budget=50_000.0), edition)
    assert list_orders(dear)["resources"] == f"Bring the plan down to the budget. {OVER}."
    assert show(dear, "13").count(OVER) >= 2
    assert OVER in show(dear, "11")
    assert "more than the budget" not in show(thin(commission(plan=PLAN, budget=60_000.0), edition), "10", "11", "13")


@pytest.mark.parametrize(("budget", "asked"), [(79_000.0, False), (90_000.0, True)])
def test_a_budget_that_the_plan_hardly_uses_is_asked_about(budget: float, asked: bool) -> None:
    """A quarter without a use is no rounding."""
    agenda = [one.text for one in read_summary(commission(plan=PLAN, budget=budget)).discovery.agenda]
    assert any("without a use" in text for text in agenda) is asked


def test_who_is_certain_is_not_told_to_mend_figures() -> None:
    """Nothing left to find out is an answer, not a fault of the sums."""
    assert list_orders(commission({"resources.sure": 4}, plan=PLAN))["resources"].startswith("Ask whether new data is")


@pytest.mark.parametrize(("by", "faults"), [(date(2028, 1, 20), ()), (date(2028, 9, 1), ("after_end",))])
def test_a_decision_soon_after_the_end_is_in_reach(by: date, faults: tuple[str, ...]) -> None:
    """What is found by the last day of a contract can inform a decision of the weeks after."""
    question = {"question": "Does it work?", "decision": "Whether it goes on", "decided_by": "The board", "by": by}
    engagement = commission(start=date(2027, 1, 11), end=date(2027, 12, 31), learning_questions=[question])
    assert read_audiences(engagement).questions[0].faults == faults
    assert ("behind it; one day is out of reach" in show(engagement, "10")) is bool(faults)
    assert ("a decision falls due" in " ".join(list_orders(engagement).values())) is not faults


def test_bids_that_are_due_after_the_work_begins_are_asked_about() -> None:
    """Two days of one file contradict each other: the agenda asks, and the draft calls its timetable thin."""
    early = {"start": date(2027, 1, 4), "deadline": date(2027, 2, 1)}
    told = show(commission(**early), "13", "14")
    assert "the work begins before proposals are due. Which of the two days holds?" in told
    assert "Move one of the two days." in told
    assert "before proposals are due" not in show(commission(**{**early, "start": date(2027, 3, 1)}), "13", "14")


PAID = {"safety.protections": {"grantees": {"time_paid": "yes"}, "people": {"time_paid": "no"}}}


def test_time_that_is_paid_by_no_line_of_the_plan_is_told_as_both() -> None:
    """By the answers on safety it is paid, by the plan it is not: the draft says so of those it holds for."""
    told = show(commission(PAID, PAID, plan=PLAN), "14")
    assert "No line of the plan pays people for the time they give." in told
    assert "grantees are paid for it all the same" in told
    assert "all the same" not in show(commission(PAID, plan=PLAN), "14")


def test_money_that_is_spent_is_not_told_as_still_to_be_split() -> None:
    """In a second year the best split is reckoned for the whole plan, and says how much of it is spent."""
    engagement = load_engagement("parameters/example-second-year")
    reading = read_resources(engagement)
    assert "Of the £145,200, £44,700 is spent." in resources.write_follows(reading)
    assert "No line of the plan pays participants for their time, though £4,300 was spent" in " ".join(
        resources.read_twice(reading)[1]
    )
    assert "£44,700 of £145,200 is spent." in list_orders(engagement)["resources"]
    fresh = engagement.model_copy(update={"facts": engagement.facts.model_copy(update={"spent": ()})})
    assert "is spent" not in resources.write_follows(read_resources(fresh))


def test_the_log_says_of_what_still_runs_that_it_was_kept_so_far() -> None:
    """As the report does: £5,200 of £15,600 is not all of it."""
    told = read_text(str(log.list_changed(read_summary(load_engagement("parameters/example-second-year"))).html))
    assert (
        "Spend £15,600 on: Learning days for the projects (Harbour Towns Foundation, by 14 December 2029): so far."
        in told
    )
    assert "Open each learning day with something that did not work, the foundation first (Programme officer)." in told


def test_one_price_of_discovery_stands_on_every_page() -> None:
    """The draft rounds no finer than the chapter does."""
    told = show(load_engagement("parameters/example-second-year"), "13", "14")
    assert told.count("£8,900 to £17,000") == 2
    assert "£17,100" not in told


def read(*answers: Mapping[str, Any], **changes: Any) -> SummaryReading:
    """Read the summary of what these people answer."""
    return read_summary(commission(*answers, **changes))


def test_points_that_lie_far_apart_are_no_agreement() -> None:
    """No scale shows them, so the page must not say that all answers lie close together."""
    near, far = ({"audiences.points": {"funder": n, "grantees": 80 - n, "people": 20}} for n in (30, 70))
    scale = {"framing.purpose.seed": 3}
    assert tell_no_disputes(read(near | scale, near | scale))[0] == "No two voices are known to lie far apart"
    title, why = tell_no_disputes(read(near | scale, far | scale))
    assert title == "Voices lie far apart on points alone"
    assert "on the points for the funder and grantees." in why


def test_those_who_all_do_not_know_have_answered_the_same_question() -> None:
    """Four answers of "we do not know yet" are answers; without any, nobody has answered the same question."""
    asked = {"framing.purpose.seed": "unsure", "discovery.aims": "unsure"}
    assert "they say that they do not know yet" in tell_no_disputes(read(asked, asked))[1]
    assert tell_no_disputes(read(asked, {"discovery.power": 1}))[1] == "No two voices have answered the same question."


def test_two_organisations_at_odds_are_named_however_much_they_agree_on() -> None:
    """Four disputes between two houses are a pattern, though they agree on fifteen other statements."""
    names = ("purpose", "timing", "product", "change")
    homes = [("Council", 0), ("Council", 0), ("Pool", 4), ("Pool", 4)]
    same = {f"practices.{name}.today": 2 for name in ("learning", "language", "limits", "reflection", "relational")}
    voices = [
        make_voice(f"Role {n}", {f"framing.{name}.seed": step for name in names} | same, organisation=home)
        for n, (home, step) in enumerate(homes)
    ]
    told = " ".join(list_patterns(read_summary(make_engagement(*voices)).sides))
    assert "everybody from Pool on the other, on four of four statements on which voices lie far apart." in told


def test_an_edition_that_shows_every_point_has_the_headline_of_the_private_one() -> None:
    """Eight points ready and one pull is no page about the pull, whoever reads it."""
    seeds = {f"framing.{one.id}.seed": 4 for one in framing.read_framing(commission()).chapter.facets}
    soils = {name.replace("seed", "soil"): 1 for name in seeds} | {"framing.setbacks.soil": 4}
    engagement = commission(seeds | soils, seeds | soils)
    private, shared = (
        write_field_headline(framing.read_framing(thin(engagement, one))) for one in ("private", "partners")
    )
    assert private == shared == "The ground is ready on 9 of 10 points known"


def test_owners_that_are_missing_are_one_question() -> None:
    """Asked one by one, five of a kind leave no room for any other question on the first pages."""

    def ask(*names: str) -> list[str]:
        gaps = {f"practices.{name}.{side}": step for name in names for side, step in (("today", 1), ("wanted", 4))}
        return [one.text for one in list_points(read_practices(commission(gaps, gaps)))]

    assert len(ask("learning", "language")) == 2
    (told,) = ask("learning", "language", "limits", "reflection", "relational", "modelling")
    assert "Nobody is named for it yet. Nor is anybody for" in told
    assert told.endswith("and 2 more.")


def test_a_note_on_our_figures_is_never_all_that_a_cell_says() -> None:
    """What the plan holds comes first, and the note is one with the number that it warns of."""
    costs = {"resources.use_report": {"funder": {"low": 1, "likely": 2, "high": 3}}}
    for sentences in resources.read_twice(read_resources(commission(costs, plan=PLAN))):
        assert sentences[0].startswith("The plan puts £")
        assert sentences[1].startswith("11 of 13 figures behind this are ours. ")
        assert len(sentences[1].split(". ")) > 1


@pytest.mark.parametrize(
    ("terms", "order"),
    [
        ({"promised": "unsure"}, "Say what grantees get in return"),
        ({"promised": "A fee"}, "Ask people who benefit what"),
    ],
)
def test_who_has_said_yes_is_not_asked_what_may_be_said(terms: dict[str, str], order: str) -> None:
    """The order on permission follows the first gap: a promise that is missing is no question to those who agreed."""
    rows = ("funder", "grantees") if "unsure" not in terms.values() else ("funder", "grantees", "people")
    yes = {
        "permission.standing": {name: {"step": "agreed", "active": "yes"} for name in rows},
        "permission.places": {name: {"report": "yes"} for name in rows},
        "permission.terms": {"grantees": terms, "people": {"promised": "Six paid days"}},
    }
    engagement = commission(yes, yes, agreed=yes)
    assert order in list_orders(engagement)["permission"]
    assert read_permission(engagement).gaps
    assert permission.write_headline(read_permission(engagement))


def test_an_evaluation_is_not_asked_what_stays_evaluation() -> None:
    """Nor for somebody other than the learning partner to do it: there is none."""
    seeds = {f"framing.{one.id}.seed": 0 for one in framing.read_framing(commission()).chapter.facets}
    soils = {name.replace("seed", "soil"): 4 for name in seeds}
    told = show(commission(seeds | soils, seeds | soils), "14")
    assert "Why this is an evaluation" in told
    assert "what stays evaluation" not in told
    assert "other than the learning partner" not in told


@pytest.mark.parametrize("text", ["学びます。", "لماذا؟", "क्यों।", "Why?"])
def test_a_sentence_of_another_script_has_one_end(text: str) -> None:
    """A full stop after a full stop is a fault in every script."""
    assert end_sentence(text) == text


def test_the_commission_in_a_sentence_ends_as_one() -> None:
    """Whether or not whoever typed it put a full stop."""
    told = [show(commission(sentence=f"a partner to learn with{end}"), "10", "11") for end in ("", ".")]
    assert told[0].count("to learn with.") == told[1].count("to learn with.") == 2
    assert ".." not in told[1]


def test_a_reading_of_a_call_is_no_voice_of_the_group() -> None:
    """In the draft of a call, what its reader found stands as read, and a closed one is past."""
    seeds = {f"framing.{one.id}.seed": 4 for one in framing.read_framing(commission()).chapter.facets}
    answers = seeds | {name.replace("seed", "soil"): 4 for name in seeds}
    answers |= {"permission.standing": {"grantees": {"step": "not_asked"}, "people": {"step": "not_asked"}}}
    facts = {"sentence": "a partner", "as_of": date(2027, 3, 1), "deadline": date(2027, 1, 1)}
    told = show(commission(answers, kind="public-call", **facts), "14")
    assert "Grantees: not asked (from the desk reading)." in told
    assert "By the desk reading, the contract still works against the hope" in told
    assert "one voice" not in told.lower()
    assert "A bidder should have planned for that pull" in told
    assert "one voice says so" in show(commission(answers, **facts), "14")


def test_the_same_words_of_several_people_stand_once() -> None:
    """With everybody's name before them; other words, and the group's, stand by themselves."""
    answers = [{"framing.evaluator": words} for words in ("The audit team", "The audit team", "An outside firm")]
    told = show(commission(*answers), "13")
    assert told.count("Role 0 and Role 1: The audit team") == 1
    assert "Role 2: An outside firm" in told


def test_who_does_not_know_one_part_of_a_row_is_not_told_of_the_whole() -> None:
    """All say how far permission has got, and one does not know if it was a clear yes."""
    steps = [("not_asked", "no"), ("not_asked", "no"), ("agreed", "unsure"), ("agreed", "yes")]
    rows = [{"permission.standing": {"people": {"step": step, "active": active}}} for step, active in steps]
    told = show(commission(*rows), "13")
    assert "On part of it, 1 of 4 does not know yet." in told
    assert "1 of 4 does not know yet" not in told.replace("On part of it, 1 of 4 does not know yet.", "")


def test_a_line_without_a_price_is_not_a_promise_to_spend_nothing() -> None:
    """What is promised is the work; the page says that no money stands behind it."""
    line = {"activity": "Visits", "category": "facilitation", "quantity": 6, "unit": "visits", "audiences": ["people"]}
    told = show(commission(plan=[*PLAN, {**line, "unit_cost": 0}]), "16")
    assert "Do, with no money in the plan: Visits" in told
    assert "Spend £600 on: Visits" in show(commission(plan=[*PLAN, {**line, "unit_cost": 100}]), "16")
