"""The discovery chapter: weeks and money by the rule, interviews, and what the answers amount to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import make_engagement, make_facts, make_voice
from workbook.analysis.discovery.discovery import (
    DiscoveryReading,
    interviews_needed,
    list_points,
    read_discovery,
    round_money,
)
from workbook.model.answers import Consent, Edition
from workbook.model.chapters import list_questions
from workbook.model.editions import redact
from workbook.model.engagement import Engagement

NEAR = {"discovery.aims": 0, "discovery.power": 0, "discovery.clarity": 4, "discovery.understanding": 4}
FAR = {"discovery.aims": 4, "discovery.power": 4, "discovery.clarity": 0, "discovery.understanding": 0}
COUNTS = {"discovery.months": 12, "discovery.partners": 1, "discovery.workstreams": 1}
"""A year, one organisation, one strand: they add no week."""


def read(answers: dict[str, Any], **facts: Any) -> DiscoveryReading:
    """Read one voice's answers about a commission with these facts."""
    return read_discovery(make_engagement(make_voice("Officer", answers), facts=make_facts(**facts)), points=())


def make_public(engagement: Engagement, edition: Edition = Edition.PUBLIC) -> Engagement:
    """Return what an edition may show."""
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    return redact(engagement, edition, words=words)


def test_weeks_are_the_sum_of_the_rule() -> None:
    """A case worked by hand from the settings: two years, three organisations, two strands, middle answers."""
    answers = {"discovery.aims": 2, "discovery.power": 1, "discovery.clarity": 3, "discovery.understanding": 2}
    counts = {"discovery.months": 24, "discovery.partners": 3, "discovery.workstreams": 2, "discovery.before": "some"}
    weeks = read({**answers, **counts}).weeks
    low = 2 + 0.25 + 2 * 0.1 + 0.25 + 0.25 * (2 + 1 + 1 + 2) + 0.5
    high = 3 + 0.5 + 2 * 0.25 + 0.5 + 0.5 * (2 + 1 + 1 + 2) + 1
    assert weeks == (pytest.approx(low), pytest.approx(high))


def test_share_follows_the_weeks() -> None:
    """The money is its base and so much for each week, and its sum is that share of the budget."""
    reading = read({**NEAR, **COUNTS, "discovery.before": "all"}, budget=200_000.0)
    assert reading.share == (2 + 0.5 * 2, 2 + 0.5 * 3)
    assert reading.money == (pytest.approx(6_000), pytest.approx(7_000))


@settings(deadline=None)
@given(
    lower=st.fixed_dictionaries({name: st.integers(0, 4) for name in NEAR}),
    name=st.sampled_from(sorted(NEAR)),
)
def test_harder_answers_never_shorten_discovery(lower: dict[str, int], name: str) -> None:
    """One step towards differing aims, unequal power, unclear ideas or no agreement adds weeks."""
    step = 1 if NEAR[name] == 0 else -1
    if 0 <= lower[name] + step <= 4:
        harder = read({**lower, name: lower[name] + step}).weeks
        easier = read(lower).weeks
        assert harder[0] > easier[0]
        assert harder[1] > easier[1]


def test_facts_answer_what_they_know() -> None:
    """Dates, organisations and strands in the facts are used before what voices say."""
    facts: dict[str, Any] = {
        "start": "2027-01-01",
        "end": "2029-01-01",
        "commissioned_with": ["B"],
        "workstreams": ["Mentoring"],
    }
    reading = read({"discovery.months": 5, "discovery.partners": 9, "discovery.workstreams": 9}, **facts)
    assert reading.amounts["months"].value == pytest.approx(24, abs=0.1)
    assert [reading.amounts[name].value for name in ("partners", "workstreams")] == [2, 1]
    assert {reading.amounts[name].origin for name in ("months", "partners", "workstreams")} == {"facts"}


def test_an_agreed_number_corrects_the_facts() -> None:
    """What the group agreed comes before the list in the facts."""
    engagement = make_engagement(
        agreed={"discovery.partners": 15}, facts=make_facts(others_at_work=["Twelve projects"])
    )
    amount = read_discovery(engagement, points=()).amounts["partners"]
    assert (amount.value, amount.origin) == (15, "agreed")


def test_what_is_not_known_widens_the_range() -> None:
    """An unknown rating counts from nothing to its most; an unknown count is left out."""
    known = read({**FAR, "discovery.before": "all"})
    open_ = read({"discovery.before": "all"})
    assert open_.weeks == (2, known.weeks[1])
    assert {line.name for line in open_.lines if line.left_out} == {"months", "partners", "workstreams"}


def test_voices_that_differ_on_a_choice_span_its_range() -> None:
    """Where some say all have worked together and some say none have, the line runs from the one to the other."""
    voices = [make_voice("A", {"discovery.before": "all"}), make_voice("B", {"discovery.before": "none"})]
    line = read_discovery(make_engagement(*voices), points=()).lines[-1]
    assert (line.low, line.high) == (0, 2)


def test_default_interviews_are_those_of_the_source() -> None:
    """One in ten, twice, 80 in 100: 29 interviews (Fugard and Potts 2015)."""
    assert interviews_needed(0.10, 2, 0.80) == 29
    assert read({}).interviews.needed == 29


def test_interviews_never_outnumber_people() -> None:
    """Twelve people bound the number of interviews, and about one of them holds the view."""
    found = read({"discovery.people": 12}).interviews
    assert (found.asked, found.bounded) == (12, True)
    assert found.holders == pytest.approx(1.2)


def test_half_a_mention_counts_as_one_more() -> None:
    """Voices between two and three mentions need as many interviews as three."""
    voices = [make_voice("A", {"discovery.mentions": 2}), make_voice("B", {"discovery.mentions": 3})]
    assert read_discovery(make_engagement(*voices), points=()).interviews.needed == interviews_needed(0.1, 3, 0.8)


def test_an_evaluation_minded_commission_may_fix_its_scope() -> None:
    """Aims, power, ideas and agreement leave little to find, and the scope stays fixed."""
    fixed = {**NEAR, **COUNTS, "discovery.before": "all", "discovery.rescope": "fixed"}
    assert read(fixed).pattern == "fixed"
    assert read({**fixed, "discovery.power": 2}).pattern == "blocked"


def test_one_judgement_is_no_number_of_weeks() -> None:
    """Six of eight answers, none disputed, are needed before a page names weeks or money."""
    one = read({"discovery.aims": 2}, budget=100_000.0)
    assert (one.pattern, one.money, [line.name for line in one.needed][:1]) == ("few", None, ["months"])
    five = {**NEAR, "discovery.months": 24}
    six = {**five, "discovery.before": "all"}
    assert (read(five).is_thinly_known, read(six).is_thinly_known) == (True, False)
    apart = [make_voice(role, {**six, "discovery.aims": end}) for role, end in (("A", 0), ("B", 4))]
    reading = read_discovery(make_engagement(*apart), points=())
    assert (reading.pattern, reading.evidence.disputed) == ("few", 1)


@pytest.mark.parametrize(
    ("answers", "pattern"),
    [
        ({**FAR, **COUNTS, "discovery.rescope": "fixed"}, "blocked"),
        ({**FAR, **COUNTS, "discovery.rescope": "open", "discovery.months": 6}, "long"),
        ({**FAR, **COUNTS}, "open"),
        ({**NEAR, **COUNTS, "discovery.rescope": "limits", "discovery.before": "all"}, "short"),
        ({**FAR, **COUNTS, "discovery.rescope": "open"}, "plain"),
        ({**FAR, "discovery.rescope": "open"}, "few"),
        ({}, "unknown"),
        ({"discovery.aims": "unsure"}, "unknown"),
    ],
)
def test_each_pattern_has_answers_that_give_it(answers: dict[str, Any], pattern: str) -> None:
    """Each finding follows from its answers and from no others of these."""
    assert read(answers).pattern == pattern


def test_a_plan_that_pays_too_little_is_found() -> None:
    """A plan with less for discovery than the rule's least is thin, by the difference, and asks which gives way."""
    line = {"activity": "Talks", "category": "discovery", "quantity": 1, "unit": "days", "unit_cost": 500.0}
    reading = read({**FAR, **COUNTS, "discovery.rescope": "open"}, budget=100_000.0, plan=[line])
    assert reading.pattern == "thin"
    assert reading.money
    assert reading.missing == pytest.approx(reading.money[0] - 500)
    assert [point.subject for point in list_points(reading)] == ["discovery.money"]


def test_voices_that_differ_on_the_scope_leave_it_open() -> None:
    """No majority decides whether the scope may change; the agenda asks both sides."""
    voices = [make_voice(role, {**NEAR, **COUNTS, "discovery.rescope": "open"}) for role in ("A", "B", "C")]
    reading = read_discovery(make_engagement(*voices, make_voice("D", {"discovery.rescope": "fixed"})), points=())
    assert reading.rescope is None
    assert reading.pattern == "open"
    assert "discovery.rescope" in {entry.subject for entry in reading.agenda}


def test_nothing_is_read_from_what_is_withheld() -> None:
    """Three unnamed voices give no weeks, no choice and no default of their own in the public edition."""
    answers = {**FAR, "discovery.rescope": "fixed", "discovery.prevalence": 5, "discovery.people": 3}
    engagement = make_engagement(*(make_voice(role, answers, consent="unnamed") for role in ("A", "B", "C")))
    reading = read_discovery(make_public(engagement), points=())
    assert reading.pattern == "withheld"
    assert reading.rescope is None
    assert (reading.interviews.needed, reading.interviews.bounded) == (29, False)


def test_an_edition_does_not_call_open_what_it_may_not_show() -> None:
    """Where the answer on the scope is held back, the pattern is about what is shown."""
    engagement = make_engagement(
        *(
            make_voice(str(n), {**FAR, **COUNTS, "discovery.rescope": {"value": "fixed", "consent": "none"}})
            for n in range(6)
        )
    )
    reading = read_discovery(make_public(engagement), points=())
    assert reading.rescope_hidden
    assert reading.pattern == "plain"


@pytest.mark.parametrize("count", [0, 1, 30])
def test_any_number_of_voices_can_be_read(count: int) -> None:
    """Nobody, one voice and thirty voices each give a reading in every edition."""
    voices = [make_voice(f"Voice {n}", {**FAR, "discovery.aims": n % 5}, consent="unnamed") for n in range(count)]
    for edition in Edition:
        reading = read_discovery(make_public(make_engagement(*voices), edition), points=())
        assert reading.weeks[0] <= reading.weeks[1]


def test_a_commission_without_audiences_can_be_read() -> None:
    """No audience leaves matrices without rows, and nothing fails."""
    assert read(FAR, audiences=[]).is_answered


def test_consent_none_counts_nowhere_but_in_private() -> None:
    """An answer nobody agreed to share moves no number outside the private edition."""
    engagement = make_engagement(make_voice("A", FAR, consent=Consent.NONE))
    assert read_discovery(engagement, points=()).is_answered
    assert not read_discovery(make_public(engagement, Edition.PARTNERS), points=()).is_answered


@given(amount=st.floats(1_000, 1e9))
def test_rounded_money_is_close(amount: float) -> None:
    """Money by the rule is rounded to two figures, which is within five per cent."""
    assert abs(round_money(amount) - amount) <= 0.051 * amount
    assert len(f"{round_money(amount):.0f}".rstrip("0")) <= 2
