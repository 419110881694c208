"""Chapter 05 on the page: every sentence follows its numbers, and a sum that cannot be done gives a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from builders import AUDIENCES, make_engagement, make_facts, make_voice
from workbook.analysis.resources import tradeoff
from workbook.model.answers import Edition, Voice
from workbook.model.chapters import list_questions
from workbook.model.editions import redact
from workbook.model.engagement import Engagement
from workbook.storage import load_engagement
from workbook.views import resources
from workbook.views.resources.plan import write_split

IDS = [audience["id"] for audience in AUDIENCES]
BLOCKS = (
    "compare_plans", "compare_readings", "draw_corners_of", "draw_curve", "draw_money", "draw_tornado",
    "list_differences", "list_inputs", "show_mechanisms", "show_plan", "show_settling", "summarise", "tell_answer",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _draw_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the draws: what is tested here hangs on none of them."""
    monkeypatch.setattr(tradeoff, "DRAWS", 1_000)


def make_line(category: str, cost: float, **changes: Any) -> dict[str, Any]:
    return {"activity": category, "category": category, "quantity": 1, "unit": "sum", "unit_cost": cost, **changes}


def make_plan(data: float = 45_000, use: float = 5_000, report: float = 9_000) -> list[dict[str, Any]]:
    return [
        make_line("management", 5_000),
        make_line("data_collection", data / 100, quantity=100),
        make_line("reporting", report, audiences=["funder"], mechanisms=["awareness"]),
        make_line("facilitation", use, audiences=["grantees"], mechanisms=["skills"]),
    ]


def exactly(value: float) -> dict[str, float]:
    return {"low": value, "likely": value, "high": value}


BASE: dict[str, Any] = {
    "points": {"data_collection": 50, "facilitation": 50},
    "sure": 1,
    "vary": 2,
    "data_costs": {"unit_cost": exactly(400), "setup_cost": exactly(5_000)},
    "use_report": {row: exactly(1) for row in IDS},
    "use_support": {row: exactly(6) for row in IDS},
    "use_spend": {row: exactly(20_000) for row in IDS},
}


def give(name: str, **answers: Any) -> Voice:
    return make_voice(name, {f"resources.{question}": value for question, value in answers.items()})


def make(*voices: Voice, **facts: Any) -> Engagement:
    return make_engagement(*voices, facts=make_facts(**{"plan": make_plan(), **facts}))


def show(engagement: Engagement, function: str = "compare_readings") -> str:
    return repr(getattr(resources, function)(resources.read_resources(engagement)))


@pytest.mark.parametrize(
    ("question", "changed"),
    [
        ("sure", 3),
        ("vary", 4),
        ("data_costs", {"unit_cost": exactly(900), "setup_cost": exactly(5_000)}),
        ("use_report", {row: exactly(3) for row in IDS}),
        ("use_support", {row: exactly(9) for row in IDS}),
        ("use_spend", {row: exactly(60_000) for row in IDS}),
    ],
)
def test_each_figure_changes_what_the_page_says(question: str, changed: Any) -> None:
    """For every question the readings and the answer rest on, another answer gives another text."""
    before, after = make(give("A", **BASE)), make(give("A", **{**BASE, question: changed}))
    assert show(before) + show(before, "tell_answer") != show(after) + show(after, "tell_answer")


def test_points_change_what_the_page_says() -> None:
    """What voices would do with the money is on the page, in per cent of it."""
    assert "would put 50% there" in show(make(give("A", **BASE)), "draw_money")
    assert "would put 100% there" in show(make(give("A", **{**BASE, "points": {"facilitation": 100}})), "draw_money")


def test_the_plan_changes_both_readings() -> None:
    """Reports, their readers and the money for use are read from the plan."""
    before = show(make(give("A", **BASE)))
    assert "£9,000 goes into reports, for the funder." in before
    assert "With £5,000 on use" in before
    assert "With £25,000 on use" in show(make(give("A", **BASE), plan=make_plan(use=25_000)))
    assert "No line of the plan pays for a report" in show(make(give("A", **BASE), plan=make_plan()[:2]))


@pytest.mark.parametrize(
    ("plan", "headline"),
    [
        (make_plan(50_000, 0), "More support for use would probably do better, by far"),
        (make_plan(0, 70_000, 6_000)[2:], "More data would probably do better, by far"),
        (make_plan(21_000, 30_000), "Today's plan is probably close to the best split"),
    ],
)
def test_the_headline_follows_the_plan(plan: list[dict[str, Any]], headline: str) -> None:
    """A plan short of use, one short of data and one close to the best each have their own headline."""
    reading = resources.read_resources(make(give("A", **BASE), give("B", **BASE), plan=plan))
    assert resources.write_headline(reading) == headline
    alone = resources.write_headline(resources.read_resources(make(give("A", **BASE), plan=plan)))
    assert alone == f"As you see it: {headline[:1].lower()}{headline[1:]}"


def test_a_wide_range_has_its_own_headline() -> None:
    """Where most splits do as well the page says that the split hardly matters."""
    figures = {
        **BASE,
        "data_costs": {"unit_cost": exactly(1), "setup_cost": exactly(0)},
        "use_report": {row: exactly(5) for row in IDS},
        "use_support": {row: exactly(5.5) for row in IDS},
    }
    reading = resources.read_resources(make(give("A", **figures), give("B", **figures), plan=make_plan(20_000, 30_000)))
    assert resources.write_headline(reading) == "On average, the split hardly matters here"


def test_a_headline_says_how_much_and_how_likely() -> None:
    """The average gain stands in round words, and "may" takes the place of "probably" where few draws agree."""
    reading = resources.read_resources(make(give("A", **BASE), give("B", **BASE)))
    assert reading.tradeoff is not None
    for worth, words in ((0.83, "by about a fifth"), (0.9, "by about a tenth"), (0.5, "by far")):
        mean = worth * reading.tradeoff.reference
        plans = (replace(reading.tradeoff.draws.plans[0], mean=mean),)
        draws = replace(reading.tradeoff.draws, plans=plans)
        for chance, verb in ((0.9, "would probably do better, "), (0.6, "may do better, ")):
            result = replace(reading.tradeoff, draws=draws, better_chance=chance)
            said = resources.write_headline(replace(reading, tradeoff=result))
            assert said.startswith(f"More support for use {verb}{words}")


def test_a_difference_in_draws_is_counted_over_the_same_draws() -> None:
    """With no doubt about anything but today's knowledge, the better split is better in nearly every draw."""
    result = resources.read_resources(make(give("A", **BASE), plan=make_plan(50_000, 0))).tradeoff
    assert result is not None
    assert result.better_chance is not None
    assert result.better_chance > 0.95
    assert "sets of figures drawn from these doubts" in show(make(give("A", **BASE)), "tell_answer")


def test_figures_of_ours_never_carry_a_finding() -> None:
    """Where nobody answered, or too few did, headline and advice ask for figures and name no split."""
    reading = resources.read_resources(make())
    assert resources.write_headline(reading) == "Nobody has said yet what data costs, or how many would act"
    assert resources.write_follows(reading).startswith("Ask first ")
    mostly = resources.read_resources(make(give("A", sure=1)))
    assert resources.write_headline(mostly) == "Too few figures for the money are known yet"
    assert "£" not in resources.write_follows(mostly)


@pytest.mark.parametrize("voices", [[], [give("A", sure=1)]])
@pytest.mark.parametrize("budget", [100_000.0, "unsure"])
def test_figures_mostly_of_ours_take_one_paragraph(voices: list[Voice], budget: float | str) -> None:
    """The summary then holds a headline and one paragraph: no figure, no table, no list."""
    section = str(resources.summarise(resources.read_resources(make(*voices, budget=budget))).html)
    assert section.count("<p") == 1
    assert not re.search("<svg|<table|<li|<h3", section)


def test_figures_asked_for_first_are_ours_and_move_the_split_most() -> None:
    """A figure that somebody gave is not asked for again; at most three are."""
    before, after = (resources.write_follows(resources.read_resources(make(*v))) for v in ([], [give("A", vary=2)]))
    assert "how much answers vary" in before
    assert "how much answers vary" not in after
    assert before.count(",") <= 1


def test_an_edition_for_others_never_says_that_nobody_answered() -> None:
    """What an edition does not show may have been said, so its section speaks of what is shown."""
    engagement = make().model_copy(update={"edition": "public"})
    for function in BLOCKS:
        assert "obody" not in show(engagement, function).replace("nobody's figure", ""), function
    assert "not shown in this edition" in show(engagement, "summarise")


def test_one_voice_is_called_one_voice() -> None:
    """With one answer there is no middle and no difference; with what the group agreed, it is the group's."""
    said = show(make(give("A", **BASE)), "summarise")
    assert "The one voice would put 50% there" in said
    assert not re.search("iddle of the voices|oices' middle|Where voices differ", said)
    assert "Only one voice has shared out the money" in show(make(give("A", **BASE)), "list_differences")
    agreed = {"resources.points": {"data_collection": 20, "facilitation": 80}}
    group = make_engagement(give("A", **BASE), facts=make_facts(plan=make_plan()), agreed=agreed)
    assert "The group would put 80% there" in show(group, "draw_money")


def test_tables_of_the_summary_have_four_columns_at_most() -> None:
    """A phone shows four columns; the notebook keeps the rest."""
    voices = [give("A", **BASE), give("B", **{**BASE, "points": {"reporting": 100}})]
    reading = resources.read_resources(make(*voices))
    heads = re.findall("<thead>.*?</thead>", str(resources.summarise(reading).html))
    assert len(heads) == 2
    assert all(head.count("<th") - 1 <= 4 for head in heads)
    assert str(resources.draw_curve(reading).html).count('<th scope="col"') == 6


def test_the_summary_names_no_chapter_by_number() -> None:
    """Headings there carry no numbers, so sentences name the subject."""
    points = {"audiences.points": dict.fromkeys(IDS, 10)}
    engagement = make(give("A", **BASE), make_voice("B", points))
    assert not re.search(r"[Cc]hapters? \d", show(engagement, "summarise") + show(engagement, "list_inputs"))


def test_the_doubt_that_matters_says_which_end_is_which() -> None:
    """Each end of the figure stands beside the share on use that is best there."""
    said = show(make(give("A", **BASE)), "tell_answer")
    assert "put 65% on use if answers vary as little as they may, and 56% if they vary as much" in said


@pytest.mark.parametrize(
    ("facts", "answers", "said"),
    [
        ({"budget": None}, {}, "Nobody has stated a budget"),
        ({"budget": "unsure"}, {}, "marked as not known"),
        ({"budget": 0.0}, {}, "The budget is zero"),
        ({"budget": 2.0}, {}, "nothing is left to split"),
        ({"audiences": []}, {}, "No audience is named"),
        ({}, {"sure": 4}, "that you are certain already"),
        ({}, {"use_report": {"people": exactly(7)}, "use_support": {"people": exactly(3)}}, "7 of ten"),
        ({}, {"data_costs": {"unit_cost": exactly(90_000)}}, "does not reach that far"),
        ({}, {"data_costs": {"unit_cost": exactly(0)}}, "put at nothing"),
    ],
)
def test_a_sum_that_cannot_be_done_gives_a_sentence(facts: dict[str, Any], answers: dict[str, Any], said: str) -> None:
    """No view draws a curve or names a split, and each says why in words."""
    plan = [] if "audiences" in facts else make_plan()
    engagement = make(give("A", **answers), **{"plan": plan, **facts})
    reading = resources.read_resources(engagement)
    for function in BLOCKS:
        assert repr(getattr(resources, function)(reading)) is not None
    for function in ("draw_curve", "draw_corners_of", "draw_tornado", "tell_answer"):
        assert said in show(engagement, function)
        assert "<svg" not in str(getattr(resources, function)(reading).html)
    assert "best split" not in show(engagement, "summarise").lower()


@pytest.mark.parametrize("count", [0, 1, 30])
def test_any_number_of_voices_gives_a_page(count: int) -> None:
    """No voice, one and thirty all give every piece of the chapter, unsure answers among them."""
    half_unsure = {**BASE, "sure": "unsure", "points": "unsure"}
    voices = [give(f"Voice {n}", **(BASE if n % 3 else half_unsure)) for n in range(count)]
    reading = resources.read_resources(make(*voices))
    for function in BLOCKS:
        assert getattr(resources, function)(reading).html


def test_differences_name_who_gave_most_and_least() -> None:
    """A kind of spending on which two voices lie far apart names both."""
    on_reports, on_use = {"reporting": 100, "facilitation": 0}, {"reporting": 0, "facilitation": 100}
    low, high = give("Finance lead", points=on_reports), give("Youth worker", points=on_use)
    said = show(make(low, high), "list_differences")
    assert "Reports. Finance lead: 100 points; Youth worker: 0." in said
    alike = show(make(low, give("Trustee", points=on_reports)), "list_differences")
    assert "do two voices lie far apart" in alike


def test_a_wide_difference_in_certainty_is_told() -> None:
    """Voices that would toss a coin and voices that are very sure are set against each other."""
    said = show(make(give("A", sure=0), give("B", sure=3), give("C", sure=0), give("D", sure=3)), "list_differences")
    assert "How sure we are today. A and C: “we could as well toss a coin”; B and D: “we are very sure”." in said


def test_the_public_page_shows_nothing_withheld() -> None:
    """Voices without consent leave no trace in any piece of the public edition."""
    figures = {**BASE, "data_costs": {"unit_cost": exactly(4_321), "setup_cost": exactly(1_234)}}
    hidden = make_voice("Canary", {f"resources.{key}": value for key, value in figures.items()}, consent="none")
    engagement = make(hidden)
    words = {key: question.is_words for key, question in list_questions(engagement.facts).items()}
    reading = resources.read_resources(redact(engagement, Edition.PUBLIC, words=words))
    bare = resources.read_resources(make())
    for function in BLOCKS:
        shown = str(getattr(resources, function)(reading).html)
        assert not re.search("Canary|4,321|1,234", shown)
    assert reading.elicited.ours
    assert bare.tradeoff is not None


def test_what_answers_say_is_never_html() -> None:
    """Names of audiences, plans and activities are text wherever they appear."""
    nasty = "<img src=x onerror=alert(1)>"
    support = make_line("facilitation", 9_000, mechanisms=["skills"], audiences=["a"])
    plan = [make_line("data_collection", 500, quantity=50), support]
    for line in plan:
        line["activity"] = nasty
    audiences = [{"id": "a", "name": nasty, "group": "other"}]
    facts = {"plan": plan, "audiences": audiences, "other_plans": [{"name": nasty, "lines": plan}]}
    reading = resources.read_resources(make(give("A", sure=1), **facts))
    for function in BLOCKS:
        assert "<img" not in str(getattr(resources, function)(reading).html)


def test_what_if_compares_before_and_after_or_says_why_not() -> None:
    """Money moved shows both plans; what cannot be moved says what to type."""
    engagement = make(give("A", **BASE))
    moved = repr(resources.show_what_if(engagement, "reporting", "facilitation", 9_000))
    assert "After the move, £14,000 would be on use." in moved
    too_much = repr(resources.show_what_if(engagement, "reporting", "facilitation", 9_001))
    assert "an amount from 0 to that sum" in too_much
    assert "marked as not known" in repr(resources.show_what_if(make(budget="unsure"), "reporting", "facilitation", 1))


def test_plans_side_by_side_name_the_money_of_each() -> None:
    """Another plan is valued with its own money and says whether it keeps to the budget."""
    other = {"name": "All on use", "lines": [make_line("facilitation", 120_000)]}
    said = show(make(give("A", **BASE), other_plans=[other]), "compare_plans")
    assert "£20,000 over" in said
    assert "Today's plan is worth most of the plans" in said


def test_the_source_of_each_figure_stands_beside_it() -> None:
    """Voices are counted, and a default stays marked as ours."""
    said = show(make(give("A", **{**BASE, "vary": "unsure"}), give("B", **{**BASE, "vary": "unsure"})), "list_inputs")
    assert "65 in 100" in said
    assert "From two voices" in said
    assert "Our default, not known yet" in said
    unsaid = {key: value for key, value in BASE.items() if key != "vary"}
    assert "Our default, nobody has said" in show(make(give("A", **unsaid), give("B", **unsaid)), "list_inputs")


def test_mechanisms_name_the_gaps() -> None:
    """Ways nobody is reached by, audiences nothing reaches, and those who get reports alone are named."""
    said = show(make(), "show_mechanisms")
    assert "agreeing what is needed" in said.split("for anybody")[0].lower()
    assert "Not reached by any line of the plan: People who benefit." in said
    assert "Reached by nothing but reports: The funder." in said


def test_the_sections_words_stay_true_of_a_plan_over_budget() -> None:
    """A plan that costs too much is cut, and the page says so before it speaks of what it buys."""
    said = show(make(give("A", **BASE), budget=40_000.0))
    assert said.startswith("Read as evaluation The plan costs £24,000 more than the budget.")


@pytest.mark.parametrize("slug", ["example", "space-to-connect", "transitions", "youth-led-creativity"])
def test_the_shipped_engagements_say_what_is_known_and_what_is_ours(slug: str) -> None:
    """Each shows the trade-off as far as its budget is known, in every edition, and says which figures are ours."""
    for edition in Edition:
        reading = resources.read_resources(load_engagement(slug, edition))
        section = resources.summarise(reading).html
        assert len(str(section).encode()) <= 14 * 1024
        if reading.budget is None:
            assert "<svg" not in str(section)
            assert "No budget is stated" in str(section)
        else:
            assert re.search("ours|our own|comes from the voices", str(section))


def test_the_summary_stays_small() -> None:
    """The chapter's section of the summary is at most 14 KiB with eight voices."""
    voices = [give(f"Voice number {n}", **BASE) for n in range(8)]
    section = resources.summarise(resources.read_resources(make(*voices))).html
    assert len(str(section).encode()) <= 14 * 1024


def test_without_a_costed_plan_no_sentence_about_it_comes_twice() -> None:
    """Under a form the blocks stand one below the other."""
    engagement = make(give("A", **BASE), plan=())
    said = [show(engagement, name) for name in ("show_mechanisms", "show_plan")]
    assert all("costed plan" in one for one in said)
    assert len(set(said)) == len(said)


def test_advice_on_figures_of_one_voice_names_it() -> None:
    """Whose figures the sum takes stands behind the advice; two voices, or a public call's reader, are not named."""
    said = "The figures given for the money come from one voice (Ann): ask others before you rely on them."
    read = resources.read_resources
    assert resources.write_follows(read(make(give("Ann", **BASE)))).endswith(said)
    assert "one voice" not in resources.write_follows(read(make(give("Ann", **BASE), give("Bo", **BASE))))
    assert "one voice" not in resources.write_follows(read(make(give("Ann", **BASE), kind="public-call")))


def test_the_share_on_use_is_the_middle_of_what_voices_ask_with_its_range() -> None:
    """Of 10, 60 and 80 in a hundred on use the page says 60, from 10 to 80; changing one end changes it."""

    def ask(*shares: int) -> str:
        points = [{"data_collection": 100 - share, "knowledge_mobilisation": share} for share in shares]
        voices = [give(f"V{n}", **{**BASE, "points": one}) for n, one in enumerate(points)]
        return write_split(resources.read_resources(make(*voices)))

    assert "would put 60% (answers run from 10% to 80%) there" in ask(10, 60, 80)
    assert "(answers run from 30% to 80%)" in ask(30, 60, 80)
    assert "answers run" not in ask(60, 60)
