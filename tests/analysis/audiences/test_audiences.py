"""Whose learning comes first: what the answers amount to, from none at all to thirty voices."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_engagement, make_facts, make_voice
from workbook.analysis.audiences.audiences import AudiencesReading, read_audiences
from workbook.analysis.audiences.names import name_audience
from workbook.analysis.audiences.points import list_points
from workbook.model.answers import Edition
from workbook.model.chapters import list_questions
from workbook.model.editions import redact
from workbook.model.engagement import Audience, Engagement

IDS = ("funder", "grantees", "people")
POINTS = "audiences.points"


def share(*points: float) -> dict[str, Any]:
    """Points for the funder, the grantees and the people, as one voice's answer."""
    return {POINTS: {"value": dict(zip(IDS, map(float, points), strict=True))}}


def rank(*places: float) -> dict[str, dict[str, float]]:
    """Places for the funder, the grantees and the people."""
    return {key: {"rank": float(place)} for key, place in zip(IDS, places, strict=True)}


def read(*answers: dict[str, Any], agreed: dict[str, Any] | None = None, **facts: Any) -> AudiencesReading:
    """Read an engagement in which each mapping is one voice."""
    voices = [make_voice(f"Voice {number}", one) for number, one in enumerate(answers)]
    return read_audiences(make_engagement(*voices, agreed=agreed, facts=make_facts(**facts)))


def question(**changes: Any) -> dict[str, Any]:
    """A learning question that lacks nothing, with changes."""
    whole = {"question": "What helps?", "decision": "What to fund", "decided_by": "The board", "by": date(2027, 9, 1)}
    return {**whole, **changes}


def test_nobody_has_answered() -> None:
    """Without answers the pattern is unknown, nothing is answered, and no order is made up."""
    reading = read()
    assert (reading.pattern, reading.is_answered, reading.places, reading.concordance) == ("unknown", False, {}, None)


def test_no_audience_is_named() -> None:
    """Zero audiences are a finding of their own, and nothing falls over."""
    reading = read({POINTS: "unsure"}, audiences=())
    assert reading.pattern == "none"
    assert [point.subject for point in list_points(reading)] == ["audiences.questions"]


def test_everybody_is_unsure() -> None:
    """Unsure is no answer to reckon with."""
    reading = read(*[{f"audiences.{name}": "unsure" for name in ("points", "order", "do_differently")}] * 3)
    assert (reading.pattern, reading.is_answered) == ("unknown", False)


def test_one_voice_has_nobody_to_differ_from() -> None:
    """One voice gives an order as it sees it, but no clash and no concordance."""
    reading = read(share(10, 70, 20))
    assert (reading.pattern, reading.clashes, reading.concordance) == ("shared", (), None)
    assert reading.places == {"grantees": 1, "people": 2, "funder": 3}


def test_thirty_voices() -> None:
    """Thirty voices of one mind share one order, with a Kendall's W of 1."""
    reading = read(*[share(20, 50, 30)] * 30)
    assert (reading.pattern, reading.rankers, reading.concordance) == ("shared", 30, pytest.approx(1))


def test_a_clash_names_both_ends() -> None:
    """Where points lie thirty apart, those who give most and those who give least are known."""
    reading = read(share(60, 20, 20), share(10, 60, 30), share(10, 55, 35))
    clash = reading.clashes[0]
    assert reading.pattern == "clash"
    assert clash.reading.audience.id == "funder"
    assert [r.voice for r in clash.most] == ["Voice 0"]
    assert [r.voice for r in clash.least] == ["Voice 1", "Voice 2"]
    assert any(point.reason == "disagreement" and "Voice 0" in point.whom for point in list_points(reading))


def test_an_agreed_order_that_is_not_the_points_order_is_found() -> None:
    """The agreed order puts people first while the points put grantees first."""
    reading = read(share(10, 60, 30), share(20, 50, 30), agreed={"audiences.order": rank(3, 2, 1)})
    assert reading.pattern == "order_differs"
    assert reading.agreed_places["people"] == 1
    assert reading.places["grantees"] == 1
    assert "audiences.order" in {point.subject for point in list_points(reading)}


def test_agreed_points_stand_in_for_an_agreed_order() -> None:
    """Where no order was agreed but points were, the agreed points give it."""
    reading = read(share(10, 60, 30), agreed={POINTS: {"funder": 50.0, "grantees": 30.0, "people": 20.0}})
    assert reading.agreed_places == {"funder": 1, "grantees": 2, "people": 3}


def test_places_may_be_shared() -> None:
    """Equal points share a place, and the next place is left out."""
    assert read(share(40, 40, 20)).places == {"funder": 1, "grantees": 1, "people": 3}
    assert read(share(40, 40, 20)).pattern == "level"


def test_people_who_benefit_and_are_not_named() -> None:
    """No audience from among those who stand to benefit is a finding before any answer."""
    reading = read(audiences=({"id": "funder", "name": "The funder", "group": "funders"},))
    assert reading.pattern == "no_people"
    assert "audiences.people" in {point.subject for point in list_points(reading)}


def test_people_who_benefit_and_get_nothing() -> None:
    """No points from anybody is a finding; a middle of nothing while somebody gives points is not."""
    assert read(share(50, 50, 0), share(40, 60, 0)).pattern == "people_unheard"
    assert read(share(50, 50, 0), share(40, 60, 0), share(40, 50, 10)).pattern != "people_unheard"


def test_an_engagement_for_those_who_pay_is_read_as_such() -> None:
    """From sixty points for funders on, the learning is read as meant mainly for them."""
    assert read(share(60, 25, 15), share(70, 20, 10)).pattern == "funders"
    assert read(share(59, 25, 16), share(59, 25, 16)).pattern == "shared"


def test_an_agreed_order_goes_before_points_for_those_who_pay() -> None:
    """Where the group agreed on others first, points for funders make it a difference, not a verdict."""
    reading = read(share(80, 10, 10), agreed={"audiences.order": rank(3, 1, 2)})
    assert reading.pattern == "order_differs"


def test_first_places_come_from_the_hard_choice_where_it_was_asked() -> None:
    """A voice's rank, not its points, says whom it puts first; shared first places are kept apart."""
    reading = read({**share(60, 20, 20), "audiences.order": rank(3, 2, 1)}, {"audiences.order": rank(1, 1, 2)})
    assert reading.firsts_from == "order"
    assert [(first.audience and first.audience.id, len(first.voices)) for first in reading.firsts] == [
        ("people", 1),
        (None, 1),
    ]


def test_an_order_with_a_place_missing_says_nothing_of_first_places() -> None:
    """What an edition took out of an answer may have been its first place."""
    assert read({"audiences.order": {"grantees": {"rank": 2.0}, "people": {"rank": 3.0}}}).firsts == ()


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, ()),
        ({"decision": "unsure"}, ("decision",)),
        ({"decided_by": None}, ("decider",)),
        ({"by": "unsure"}, ("date",)),
        ({"by": date(2027, 2, 1)}, ("early",)),
        ({"by": date(2030, 2, 1)}, ("after_end",)),
        ({"decision": None, "decided_by": None, "by": None}, ("decision", "decider", "date")),
    ],
)
def test_what_a_learning_question_lacks(changes: dict[str, Any], faults: tuple[str, ...]) -> None:
    """A learning question needs a decision, a decider, and a date that learning can reach."""
    dates = {"start": date(2027, 1, 1), "end": date(2029, 1, 1)}
    reading = read(learning_questions=(question(**changes),), **dates)
    assert reading.questions[0].faults == faults
    assert ("audiences.question_1" in {point.subject for point in list_points(reading)}) == bool(faults)


def test_dates_are_only_held_against_dates() -> None:
    """Where the commission has no start and no end, no decision is too soon or too late."""
    assert read(learning_questions=(question(),)).questions[0].faults == ()


def test_a_start_at_the_end_of_time_does_not_break_the_sum() -> None:
    """The last day there is can be a start."""
    assert read(learning_questions=(question(),), start=date.max).questions[0].faults == ("early",)


def test_those_who_come_first_need_a_change_to_make() -> None:
    """No change named for those in first place is a gap; one voice naming it closes the gap."""
    change = {"audiences.do_differently": {"grantees": {"change": "Ring each other"}}}
    assert "audiences.do_differently" in {point.subject for point in list_points(read(share(10, 70, 20)))}
    assert "audiences.do_differently" not in {
        point.subject for point in list_points(read({**share(10, 70, 20), **change}))
    }


def redacted(edition: Edition, *answers: dict[str, Any], consent: str) -> Engagement:
    """An engagement as an edition may show it."""
    voices = [make_voice(f"Voice {number}", one, consent=consent) for number, one in enumerate(answers)]
    return redact(make_engagement(*voices), edition, words={POINTS: False, "audiences.order": False})


@pytest.mark.parametrize("consent", ["role", "unnamed", "aggregate"])
def test_too_few_voices_are_held_back(consent: str) -> None:
    """Four voices are too few for a public edition, whatever they consented to, and the reading says so."""
    reading = read_audiences(redacted(Edition.PUBLIC, *[share(10, 70, 20)] * 4, consent=consent))
    assert (reading.pattern, reading.is_answered) == ("withheld", False)


def test_points_that_would_rejoin_into_portraits_are_held_back() -> None:
    """Points of three audiences add up to a hundred, so six unnamed people's rows could be put together again."""
    reading = read_audiences(
        redacted(Edition.PUBLIC, *[share(60, 20, 20)] * 3, *[share(10, 60, 30)] * 3, consent="unnamed")
    )
    assert (reading.pattern, reading.is_answered) == ("withheld", False)
    assert not any("Voice" in point.whom for point in list_points(reading))


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Young people", "young people"),
        ("The Mercers' Company", "the Mercers' Company"),
        ("Mercers' Company", "Mercers' Company"),
        ("Grantees", "grantees"),
        ("Ofsted", "Ofsted"),
        ("Porticus", "Porticus"),
        ("The Young Foundation", "the Young Foundation"),
        ("Young Lives vs Cancer", "Young Lives vs Cancer"),
        ("iMPOWER", "iMPOWER"),
    ],
)
def test_an_audience_inside_a_sentence(name: str, inside: str) -> None:
    """Plain names begin small inside a sentence; names of their own keep their capital."""
    assert name_audience(Audience(id="x", name=name, group="other")) == inside


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=8), st.randoms())
def test_the_order_of_voices_changes_nothing(pairs: list[tuple[int, int]], random: Any) -> None:
    """Voices in another order have the same places, pattern and concordance."""
    answers = [share(one, two, 100 - one - two) for one, two in pairs]
    first, second = read(*answers), read(*random.sample(answers, len(answers)))
    assert (first.places, first.pattern) == (second.places, second.pattern)
    assert first.concordance == pytest.approx(second.concordance)


def test_places_without_points_are_not_called_unanswered() -> None:
    """Where everyone ranked the audiences and nobody shared out points, the ranks say who comes first."""
    ranks = {"funder": {"rank": 2}, "grantees": {"rank": 3}, "people": {"rank": 1}}
    voices = [make_voice(f"Role {n}", {"audiences.order": ranks}) for n in range(3)]
    reading = read_audiences(make_engagement(*voices))
    assert (reading.pattern, [one.audience.id for one in reading.top]) == ("ranked", ["people"])


def test_two_whole_orders_among_ten_are_no_group_to_show() -> None:
    """In public, first places are counted over whole orders only if there are enough of these."""
    whole = {"funder": {"rank": 1}, "grantees": {"rank": 2}, "people": {"rank": 3}}
    part = [
        dict(list(whole.items())[:2]),
        dict(list(whole.items())[1:]),
        {"funder": {"rank": 1}, "people": {"rank": 2}},
    ]
    answers = [whole, whole, *part, *part, *part[:2]]
    voices = [make_voice(f"Role {n}", {"audiences.order": one}, consent="aggregate") for n, one in enumerate(answers)]
    engagement = make_engagement(*voices)
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    reading = read_audiences(redact(engagement, Edition.PUBLIC, words=words))
    assert any(one.rank.responses for one in reading.audiences)
    assert reading.firsts == ()


def test_a_small_lead_and_a_tie_put_nobody_first() -> None:
    """34, 33 and 33 are alike; so are 50 and 50; an audience alone has no place and no finding of being first."""
    for points in ((34, 33, 33), (33.33, 33.33, 33.33), (36, 36, 28)):
        reading = read(*[share(*points)] * 6)
        assert reading.pattern == "level"
    alike = read(*[share(34, 33, 33)] * 6)
    assert (set(alike.places.values()), alike.concordance, [one.audience for one in alike.firsts]) == (
        {1},
        None,
        [None],
    )
    assert read(*[share(40, 30, 30)] * 6).pattern == "shared"
    alone = [{"id": "funder", "name": "The funder", "group": "people"}]
    only = read(*[{POINTS: {"value": {"funder": 100.0}}}] * 2, audiences=alone)
    assert (only.pattern, only.places) == ("single", {})


def test_what_goes_to_those_who_pay_is_the_middle_and_not_a_ratio_of_middles() -> None:
    """Each whole answer's share for those who pay is a number somebody gave; their middle is one too."""
    answers = [share(60, 40, 0), share(65, 0, 35), share(60, 20, 20)]
    assert read(*answers).for_funders == 60
    assert read(*answers, agreed={POINTS: {"funder": 20.0, "grantees": 40.0, "people": 40.0}}).for_funders == 20


def test_a_clash_over_those_who_pay_is_no_verdict_for_them() -> None:
    """A middle of 62 between 95 and 30 is nobody's answer."""
    assert read(share(95, 5, 0), share(30, 40, 30)).pattern == "clash"
    assert read(share(65, 20, 15), share(62, 20, 18)).pattern == "funders"


def test_an_audience_nobody_was_asked_about_has_not_been_given_nothing() -> None:
    """Added after everybody had answered, it is said to be not asked, and nobody's order is thrown away for it."""
    given = [{POINTS: {"funder": 60, "grantees": 40}}, {POINTS: {"funder": 50, "grantees": 50}}]
    reading = read(*given)
    assert reading.pattern == "not_asked"
    assert [one.audience.id for one in reading.not_asked] == ["people"]
    assert not reading.leaves_people_out
    assert reading.rankers == 2
    assert {"audiences.not_asked"} == {point.subject for point in list_points(reading)} & {
        "audiences.not_asked",
        "audiences.people",
    }


def test_once_one_voice_was_asked_the_audience_is_asked_about() -> None:
    """A number from one voice, nothing among them, is an answer; so is that nobody knows."""
    before = {POINTS: {"funder": 60, "grantees": 40}}
    assert not read(before, share(50, 50, 0)).not_asked
    assert not read(before, {POINTS: "unsure"}).not_asked
