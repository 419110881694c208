"""Discovery on the page: each claim follows its answers, and the agenda says whom to ask and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from workbook.analysis.discovery.discovery import DiscoveryReading, read_discovery
from workbook.model.answers import Edition
from workbook.model.chapters import list_questions
from workbook.model.editions import redact
from workbook.model.engagement import Engagement
from workbook.views import discovery
from workbook.views.discovery import agenda

BASE: dict[str, Any] = {
    "discovery.aims": 3,
    "discovery.power": 3,
    "discovery.clarity": 1,
    "discovery.understanding": 1,
    "discovery.before": "some",
    "discovery.rescope": "limits",
    "discovery.limits": "Questions may change.",
    "discovery.months": 24,
    "discovery.partners": 4,
    "discovery.workstreams": 2,
    "discovery.people": 200,
    "discovery.prevalence": 1,
    "discovery.mentions": 2,
    "discovery.sure": 80,
}
PLAN = {"activity": "Talks", "category": "discovery", "quantity": 1, "unit": "days", "unit_cost": 500.0}


def read(answers: dict[str, Any], **facts: Any) -> DiscoveryReading:
    """Read one voice's answers."""
    return read_discovery(make_engagement(make_voice("Officer", answers), facts=make_facts(**facts)), points=())


def show(engagement: Engagement, edition: Edition = Edition.PUBLIC) -> DiscoveryReading:
    """Read what an edition may show."""
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    return read_discovery(redact(engagement, edition, words=words), points=())


def test_the_limits_that_one_voice_names_are_its_own() -> None:
    """Only what the group agreed is called written down."""
    alone = repr(discovery.compare_readings(read(BASE)))
    assert "On what the limits are, nothing is agreed. From one voice (Officer): Questions may change." in alone
    agreed = make_engagement(make_voice("Officer", BASE), agreed={"discovery.limits": "The end may move."})
    text = repr(discovery.compare_readings(read_discovery(agreed, points=())))
    assert "The limits are written down: The end may move." in text


CHANGES = {
    "discovery.aims": 0,
    "discovery.power": 0,
    "discovery.clarity": 4,
    "discovery.understanding": 4,
    "discovery.before": "none",
    "discovery.rescope": "fixed",
    "discovery.limits": "Nothing may change.",
    "discovery.months": 120,
    "discovery.partners": 40,
    "discovery.workstreams": 12,
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_changed_answer_changes_the_readings(name: str) -> None:
    """For every question the two readings use, a change of answer changes their text."""
    before, after = (discovery.compare_readings(read(answers)) for answers in (BASE, {**BASE, name: CHANGES[name]}))
    assert repr(before) != repr(after)


@pytest.mark.parametrize(
    ("name", "value"),
    [("people", 10), ("prevalence", 0.5), ("mentions", 3), ("sure", 95)],
)
def test_a_changed_answer_changes_the_interviews(name: str, value: float) -> None:
    """Each of the four numbers changes what is said of interviews."""
    changed = {**BASE, f"discovery.{name}": value}
    assert repr(discovery.count_interviews(read(BASE))) != repr(discovery.count_interviews(read(changed)))


PATTERNS: dict[str, dict[str, Any]] = {
    "fixed": {
        "discovery.aims": 0,
        "discovery.power": 0,
        "discovery.clarity": 4,
        "discovery.understanding": 4,
        "discovery.before": "all",
        "discovery.rescope": "fixed",
        "discovery.months": 12,
        "discovery.partners": 1,
        "discovery.workstreams": 1,
    },
    "few": {"discovery.aims": 2},
    "blocked": {**BASE, "discovery.rescope": "fixed"},
    "long": {**BASE, "discovery.months": 3},
    "open": {**BASE, "discovery.rescope": "unsure"},
    "plain": BASE,
    "unknown": {},
}


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_each_finding_has_a_headline_of_its_own(pattern: str) -> None:
    """A headline is under twelve words, and no two findings share one."""
    headlines = {name: discovery.write_headline(read(answers)) for name, answers in PATTERNS.items()}
    assert len(headlines[pattern].removeprefix("As you see it: ").split()) < 12
    assert list(headlines.values()).count(headlines[pattern]) == 1


def test_an_evaluation_minded_commission_is_told_so() -> None:
    """Little to discover and a fixed scope: fix the measures, and no learning partner is pressed on anybody."""
    reading = read(PATTERNS["fixed"])
    assert "Fix the scope" in discovery.write_follows(reading)
    assert "a price and a result can be held to it" in repr(discovery.compare_readings(reading))


def test_a_plan_that_pays_too_little_is_said_in_its_own_money() -> None:
    """The plan's sum stands beside the rule's, in the engagement's currency."""
    reading = read(BASE, budget=50_000.0, currency="EUR", plan=[PLAN])
    assert "€500" in repr(discovery.show_money(reading))
    assert "€500" in repr(discovery.compare_readings(reading))
    assert "€" in discovery.write_follows(reading)


def test_the_rule_is_printed_whole() -> None:
    """Every weight of the rule stands in the table, and the total is the sum."""
    reading = read(BASE)
    table = repr(discovery.show_weeks(reading))
    for name, setting in reading.chapter.settings.items():
        if name.startswith("weeks_"):
            low, high = setting.value  # type: ignore[misc]
            assert f"{low:g} to {high:g}" in table
    assert table.endswith(f"from {reading.weeks[0]:.1f} to {reading.weeks[1]:.1f}")
    assert "for each step up" not in repr(discovery.show_weeks(reading, rule=False))


def test_the_range_says_how_many_answers_are_not_known() -> None:
    """Unknown answers widen the range, and the page says how many there are; of too few there is no sum."""
    two = {**BASE, "discovery.aims": "unsure", "discovery.power": "unsure"}
    assert "Two answers are not known" in repr(discovery.show_weeks(read(two)))
    one = repr(discovery.show_weeks(read({"discovery.aims": 2})))
    assert "one can be counted so far. That is too few for a number of weeks." in one
    assert "Weeks in all" not in one


def test_unequal_power_is_weighed_in_what_follows() -> None:
    """Where power is unequal or disputed, those with least of it are heard first; where it is not, nothing is added."""
    texts = [discovery.write_follows(read({**BASE, "discovery.power": step})) for step in (3, 0)]
    assert ["hear those with least of it first" in text for text in texts] == [True, False]
    voices = [make_voice(role, {**BASE, "discovery.power": end}) for role, end in (("A", 0), ("B", 4))]
    apart = discovery.write_follows(read_discovery(make_engagement(*voices), points=()))
    assert "far apart on how unequal power is, so hear those who may have least of it first" in apart


def test_few_people_bound_the_interviews_in_words() -> None:
    """Twelve people are all asked, and about one of them may hold the view."""
    text = repr(discovery.count_interviews(read({**BASE, "discovery.people": 12})))
    assert "only 12 people" in text
    assert "only about 1.2" in text


def test_our_own_figures_are_named_as_ours() -> None:
    """Nobody gave the three numbers, and the page says whose they are; given ones are not called ours."""
    assert "our own figures" in repr(discovery.count_interviews(read({"discovery.aims": 2})))
    assert "our own" not in repr(discovery.count_interviews(read(BASE)))


def test_who_differs_comes_first_and_by_role() -> None:
    """The section opens with the disagreement and those who hold each side."""
    voices = [make_voice(role, {**BASE, "discovery.power": step}) for role, step in (("Funder", 0), ("Grantee", 4))]
    section = repr(discovery.summarise(read_discovery(make_engagement(*voices), points=())))
    assert section.index("Funder:") < section.index("Read as evaluation")
    assert "Grantee: “one can end the work of others”" in section


def test_camps_are_told_with_the_named_ones_first() -> None:
    """A few who are named come before the many who are counted, in the form that scales have."""
    given = {"A": "open", "B": "open", "C": "open", "D": "open", "Clerk": "fixed"}
    voices = [make_voice(role, {**BASE, "discovery.rescope": option}) for role, option in given.items()]
    text = repr(discovery.list_differences(read_discovery(make_engagement(*voices), points=())))
    assert "Clerk: “The scope stays fixed”; four others: “Yes, freely”." in text


def test_one_voice_is_not_said_to_differ() -> None:
    """With one voice the section speaks of no differences and of no middle answer."""
    section = repr(discovery.summarise(read(BASE)))
    assert "Where voices differ" not in section
    assert "middle answer" not in section


def test_little_known_gives_a_short_section() -> None:
    """With two of eight answers there is no table of weeks; the readings begin with how little is known."""
    section = repr(discovery.summarise(read({"discovery.aims": 3, "discovery.power": 3})))
    assert "two can be counted so far" in section
    assert section.count("two can be counted so far") == 1
    assert "Weeks in all" not in section


def test_organisations_named_in_the_facts_are_not_called_all() -> None:
    """Where others do the work, the page says that the facts may name too few organisations."""
    answers = {name: value for name, value in BASE.items() if name != "discovery.partners"}
    text = repr(discovery.show_weeks(read(answers, commissioned_with=["B"])))
    assert "2 named in the facts" in text
    assert "may be more organisations" in text
    assert "may be more organisations" not in repr(discovery.show_weeks(read(BASE)))


def test_an_edition_says_not_shown_where_it_cannot_know() -> None:
    """Outside the private edition nobody is said to have said nothing."""
    shown = show(make_engagement(*(make_voice(f"V{n}", {"discovery.aims": 3}) for n in range(5))))
    text = repr(discovery.count_interviews(shown))
    assert "Nobody has said" not in text
    assert "not shown in this edition" in text


def test_an_edition_does_not_call_the_scope_open_where_an_agreed_answer_may_be_hidden() -> None:
    """Voices that differ settle nothing; outside the private edition the group may have settled it all the same."""
    options = ("open", "limits", "fixed", "open", "limits")
    voices = [make_voice(f"V{n}", {**BASE, "discovery.rescope": option}) for n, option in enumerate(options)]
    whole, part = read_discovery(make_engagement(*voices), points=()), show(make_engagement(*voices))
    assert "not settled" in discovery.write_headline(whole)
    assert "not settled" not in discovery.write_headline(part)
    assert "shows no agreed answer" in repr(discovery.compare_readings(part))


def test_an_edition_without_answers_says_not_shown() -> None:
    """Outside the private edition a missing answer may be one that is not shown."""
    assert discovery.write_headline(show(make_engagement())) == "This edition does not show what discovery will take"


def test_nothing_answered_gives_a_short_section() -> None:
    """Without answers the section says so and whom to ask, and nothing else."""
    section = repr(discovery.summarise(read({})))
    assert "has not been answered yet" in section
    assert "Ask one person who pays" in section
    assert "Read as" not in section


def test_everything_held_back_is_said() -> None:
    """Where all is withheld, the section says that and shows no number."""
    voices = [make_voice(f"V{n}", BASE, consent="unnamed") for n in range(3)]
    section = repr(discovery.summarise(show(make_engagement(*voices))))
    assert "held back" in section
    assert "weeks" not in section


def test_an_answer_is_only_ever_text() -> None:
    """Markup typed into the limits is shown as typed."""
    hostile = "<script>alert(1)</script>"
    html = str(discovery.compare_readings(read({**BASE, "discovery.limits": hostile})).html)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_figure_holds_what_its_table_holds() -> None:
    """A line that is known is a bar; its weeks stand in the table too."""
    drawn = repr(discovery.draw_weeks(read(BASE)))
    assert drawn.count("from 0.8 to 1.5") >= 2


def test_the_agenda_shows_ten_and_counts_the_rest() -> None:
    """The summary shows ten points, each with whom to ask, and how many more there are."""
    questions = list_questions(make_facts())
    reading = read(dict.fromkeys(questions, "unsure"))
    html = str(agenda.summarise_agenda(reading).html)
    assert html.count("<li>") == html.count('class="who"') == 10
    assert "Ten things to ask first" in html
    assert f"{len(reading.agenda) - 10} more points" in html
    assert str(agenda.show_agenda(reading, most=None).html).count("<li>") == len(reading.agenda)


def test_a_point_says_whom_to_ask_and_why() -> None:
    """Those who differ are named as far as they consent, and the doubt is counted."""
    given = {"Funder": 0, "Grantee": 4, "Clerk": "unsure"}
    voices = [make_voice(role, {"discovery.aims": step}) for role, step in given.items()]
    text = repr(agenda.show_agenda(read_discovery(make_engagement(*voices), points=())))
    assert "Ask those who differ, and each organisation" in text
    assert "Funder: “they want the same thing”; Grantee: “they pull against each other”" in text
    assert "1 of 3 does not know yet." in text


def test_an_empty_agenda_says_why_it_is_empty() -> None:
    """Nobody answered is one thing; answers that leave nothing open are another."""
    facts = make_facts(vat="included")
    nobody = read_discovery(make_engagement(facts=facts), points=())
    settled = read_discovery(make_engagement(agreed={"discovery.aims": 1}, facts=facts), points=())
    assert agenda.write_agenda_headline(nobody) != agenda.write_agenda_headline(settled)
    assert "Nobody has answered" in repr(agenda.show_agenda(nobody))


def test_the_public_agenda_names_nobody_who_did_not_agree() -> None:
    """Roles of unnamed voices are on no public agenda, and the page says that agreed answers may be missing."""
    voices = [make_voice(f"Canary {n}", {"discovery.aims": 0 if n < 3 else 4}, consent="unnamed") for n in range(6)]
    text = repr(agenda.summarise_agenda(show(make_engagement(*voices))))
    assert "Canary" not in text
    assert "three voices" in text
    assert "may not show" in text


def test_a_question_of_words_is_counted_without_quoting() -> None:
    """A withheld text answer never stands on the agenda."""
    silent = make_voice("A", {"discovery.limits": "CANARY"}, consent="none")
    voices = [silent, make_voice("B", {"discovery.limits": "unsure"})]
    text = repr(agenda.summarise_agenda(show(make_engagement(*voices))))
    assert "CANARY" not in text
    assert "What may change after discovery" in text


def test_money_of_a_year_without_dates_is_not_invented() -> None:
    """Without a budget or a plan there is a share and no sum."""
    text = repr(discovery.show_money(read(BASE, budget=None, start=date(2027, 1, 1))))
    assert "£" not in text
    assert "%" in text
