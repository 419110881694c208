"""The discovery agenda: everything open is on it, once, in order, and nothing withheld is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import make_engagement, make_facts, make_voice
from workbook.analysis.agenda.collect import collect_agenda
from workbook.analysis.agenda_points import AgendaEntry, AgendaPoint, merge_points, order_entries, weigh
from workbook.analysis.discovery.discovery import read_discovery
from workbook.content import list_chapter_names
from workbook.model.answers import Edition, Voice
from workbook.model.chapters import list_questions, load_chapter
from workbook.model.editions import redact
from workbook.model.engagement import Engagement
from workbook.model.questions import ScaleQuestion

QUESTIONS = list_questions(make_facts())
SCALES = sorted(name for name, question in QUESTIONS.items() if isinstance(question, ScaleQuestion))


def collect(*voices: Voice, agreed: dict[str, Any] | None = None) -> tuple[AgendaEntry, ...]:
    """Return the agenda of voices and agreed answers, without the chapters' own points."""
    return collect_agenda(make_engagement(*voices, agreed=agreed), points=())


def show(engagement: Engagement, edition: Edition) -> Engagement:
    """Return what an edition may show."""
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    return redact(engagement, edition, words=words)


def make_entry(subject: str, base: float, **changes: Any) -> AgendaEntry:
    """Return an entry of a weight."""
    given: dict[str, Any] = {"reasons": ("unsure",), "text": "?", "whom": (), "questions": (subject,), **changes}
    return AgendaEntry(subject=subject, chapter=subject.partition(".")[0], base=base, **given)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_each_unsure_answer_is_asked_about(name: str) -> None:
    """Whatever its kind, a question somebody is unsure about is on the agenda, with whom to ask."""
    (entry,) = collect(make_voice("Officer", {name: "unsure"}))
    assert entry.questions == (name,)
    assert entry.reasons == ("unsure",)
    assert entry.whom == (QUESTIONS[name].ask,)
    assert "?" in entry.text
    assert "{" not in entry.text


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_what_the_group_does_not_know_is_asked_about(name: str) -> None:
    """An agreed "we do not know yet" is on the agenda even if no voice says so."""
    (entry,) = collect(agreed={name: "unsure"})
    assert entry.group_unsure
    assert entry.questions == (name,)


def test_an_agreed_answer_settles_its_question() -> None:
    """Neither doubt nor disagreement of voices stays open once the group has agreed."""
    voices = [make_voice(str(n), {"discovery.aims": answer}) for n, answer in enumerate([0, 0, 4, 4, "unsure"])]
    assert collect(*voices)
    assert collect(*voices, agreed={"discovery.aims": 2}) == ()


def test_a_row_that_is_unsure_is_asked_about_by_name() -> None:
    """One audience that nobody can speak for is asked about, and the others are not."""
    answer = {"value": {"funder": {"mode": 2}, "grantees": "unsure", "people": {"mode": 1}}}
    (entry,) = collect(make_voice("Officer", {"learning_modes.with": answer}))
    assert entry.subject == "learning_modes.grantees"
    assert "grantees" in entry.text
    assert "funder" not in entry.text


def test_an_agreed_cell_settles_only_itself() -> None:
    """A cell the group agreed on leaves the other cells of its row open."""
    answer = {"value": {"grantees": {"analyse": "unsure", "reflect": "unsure"}}}
    (entry,) = collect(
        make_voice("Officer", {"learning_modes.capacity": answer}),
        agreed={"learning_modes.capacity": {"grantees": {"analyse": 2}}},
    )
    assert "reflect" in entry.text
    assert "analyse" not in entry.text


def test_a_cell_of_a_table_that_is_unsure_is_asked_about() -> None:
    """A row of somebody's own may hold "unsure", and its column is named."""
    answer = {"value": [{"id": "trust", "label": "trust", "kind": "unsure"}]}
    (entry,) = collect(make_voice("Officer", {"system_map.factors": answer}))
    assert "how we know of it" in entry.text


@pytest.mark.parametrize("name", SCALES)
def test_each_strong_disagreement_on_a_scale_is_asked_about(name: str) -> None:
    """Two camps at the ends of any scale are on the agenda, with those who differ."""
    top = len(QUESTIONS[name].steps) - 1  # type: ignore[union-attr]
    voices = [make_voice(f"V{n}", {name: 0 if n < 3 else top}) for n in range(6)]
    (entry,) = collect(*voices)
    assert entry.reasons == ("disagreement",)
    assert entry.disputes[0].involved == 6


def test_a_disagreement_in_a_cell_is_asked_about() -> None:
    """Two camps on one audience in a matrix are on the agenda under that audience."""
    cells = [{"people": {"mode": 0 if n < 3 else 4}} for n in range(6)]
    (entry,) = collect(*(make_voice(f"V{n}", {"learning_modes.with": {"value": c}}) for n, c in enumerate(cells)))
    assert entry.subject == "learning_modes.people"
    assert entry.main


def test_points_that_lie_far_apart_are_asked_about() -> None:
    """Half of the voices give an audience nothing, half give it most."""
    low, high = ({"funder": given, "grantees": 20, "people": 80 - given} for given in (0, 80))
    points = [low, low, low, high, high, high]
    (entry,) = collect(*(make_voice(f"V{n}", {"audiences.points": {"value": p}}) for n, p in enumerate(points)))
    assert entry.subject == "audiences.points"
    assert entry.reasons == ("disagreement",)


def test_one_outlier_is_no_strong_disagreement_in_a_large_group() -> None:
    """Nine of one mind and one far away are not put on the agenda."""
    assert collect(*(make_voice(f"V{n}", {"discovery.aims": 4 if n == 0 else 1}) for n in range(10))) == ()


def test_a_tension_and_a_doubt_about_one_facet_are_one_point() -> None:
    """Both reasons are kept, under the chapter's own words."""
    answers = {"framing.setbacks.seed": 4, "framing.setbacks.soil": 4}
    voices = make_voice("A", answers), make_voice("B", {**answers, "framing.setbacks.soil": "unsure"})
    engagement = make_engagement(*voices)
    found = [entry for entry in read_discovery(engagement).agenda if entry.subject == "framing.setbacks"]
    assert [entry.reasons for entry in found] == [("tension", "unsure")]
    assert found[0].worded


def test_a_desk_reading_gives_a_list_short_enough_to_use() -> None:
    """A voice unsure about everything is asked about everything, with at most one point for four questions."""
    entries = collect(make_voice("Desk reading", dict.fromkeys(QUESTIONS, "unsure")))
    assert {name for entry in entries for name in entry.questions} == set(QUESTIONS)
    assert len(entries) * 4 <= len(QUESTIONS)


def test_facts_settle_what_they_answer() -> None:
    """Nobody is asked how long it runs when the dates are known, nor is a known budget asked about."""
    facts = make_facts(start="2027-01-01", end="2029-01-01", vat="included")
    engagement = make_engagement(make_voice("A", {"discovery.months": "unsure"}), facts=facts)
    assert read_discovery(engagement, points=()).agenda == ()


def test_a_budget_nobody_knows_is_asked_about() -> None:
    """Facts marked unsure are open too."""
    reading = read_discovery(make_engagement(facts=make_facts(budget="unsure", start="unsure")), points=())
    assert [entry.subject for entry in reading.agenda] == ["start_here.money", "start_here.dates"]


ANSWERS = st.dictionaries(st.sampled_from(SCALES), st.one_of(st.integers(0, 4), st.just("unsure")), max_size=12)


@settings(max_examples=40)
@given(given_=st.lists(ANSWERS, min_size=1, max_size=6))
def test_nothing_is_asked_twice_and_order_of_voices_is_nothing(given_: list[dict[str, Any]]) -> None:
    """No subject and no question comes twice, and the list is the same whoever is read first."""
    voices = [make_voice(f"V{n}", answers) for n, answers in enumerate(given_)]
    entries = collect(*voices)
    subjects = [entry.subject for entry in entries]
    asked = [name for entry in entries for name in entry.questions]
    assert len(set(subjects)) == len(subjects)
    assert len(set(asked)) == len(asked)
    again = collect(*reversed(voices))
    assert [(entry.subject, entry.text) for entry in again] == [(entry.subject, entry.text) for entry in entries]


def test_more_voices_in_doubt_weigh_more() -> None:
    """A question that all are unsure about comes before one of the same weight that one of four is unsure about."""
    given_ = [{"discovery.aims": "unsure", "resources.sure": sure} for sure in ("unsure", 2, 2, 2)]
    voices = [make_voice(f"V{n}", answers) for n, answers in enumerate(given_)]
    assert [entry.subject for entry in collect(*voices)] == ["discovery.aims", "resources.sure"]


def test_weight_adds_up_as_the_page_says() -> None:
    """Base, disagreement, further reasons and further questions add what the settings say."""
    words = load_chapter("discovery")
    plain = make_entry("framing.a", 2.0)
    fuller = make_entry("framing.b", 2.0, reasons=("tension", "unsure"), questions=("x", "y", "z"))
    assert weigh(plain, words) == 2.0
    assert weigh(fuller, words) == pytest.approx(2.0 + 0.5 + 2 * 0.1)


def test_no_chapter_crowds_out_the_rest() -> None:
    """Points already placed from a chapter take a little off its next one."""
    words = load_chapter("discovery")
    entries = [make_entry("framing.a", 3.0), make_entry("framing.b", 2.9), make_entry("safety.c", 2.7)]
    assert [e.subject for e in order_entries(entries, list_chapter_names(), words)] == [
        "framing.a",
        "safety.c",
        "framing.b",
    ]


def test_two_points_of_one_subject_become_one() -> None:
    """The heavier one words it, and both reasons stay."""
    points = [
        AgendaPoint("safety.people", "safety", reason, reason, "somebody", weight)
        for reason, weight in (("gap", 1.0), ("disagreement", 2.0))
    ]
    (entry,) = merge_points([], points)  # type: ignore[arg-type]
    assert (entry.text, entry.reasons) == ("disagreement", ("disagreement", "gap"))


@pytest.mark.parametrize("edition", [Edition.PARTNERS, Edition.PUBLIC])
def test_doubts_in_confidence_are_not_on_the_agenda(edition: Edition) -> None:
    """Two unnamed voices who do not know leave no trace in an edition that may not show them."""
    whole = make_engagement(*(make_voice(f"V{n}", {"discovery.aims": "unsure"}, consent="unnamed") for n in range(2)))
    assert collect_agenda(whole, points=())
    assert collect_agenda(show(whole, edition), points=()) == ()


def test_a_disagreement_without_names_names_nobody() -> None:
    """Six unnamed voices in two camps are counted in the public edition, and no role is in the entry."""
    voices = [make_voice(f"Canary {n}", {"discovery.aims": 0 if n < 3 else 4}, consent="unnamed") for n in range(6)]
    (entry,) = collect_agenda(show(make_engagement(*voices), Edition.PUBLIC), points=())
    assert entry.disputes[0].involved == 6
    assert "Canary" not in repr(entry)


def test_nobody_and_no_audience_give_an_empty_list() -> None:
    """No voices, no agreed answers and no audiences: nothing to ask about."""
    assert collect_agenda(make_engagement(facts=make_facts(audiences=())), points=()) == ()
