"""What was found when shared editions and six further engagements were read sentence by sentence, each as a kind."""

from __future__ import annotations

from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from truth.made_pages import make_pages, read_text, thin
from workbook.analysis.audiences import read_audiences
from workbook.analysis.discovery.discovery import read_discovery
from workbook.analysis.learning_modes import read_learning_modes
from workbook.analysis.permission import read_permission
from workbook.analysis.safety import read_safety
from workbook.model.engagement import Engagement
from workbook.views import audiences, discovery, learning_modes, permission, safety
from workbook.views.audiences import words as audience_words

POINTS, WITH, STANDING, GROUND = "audiences.points", "learning_modes.with", "permission.standing", "safety.ground"
CALL = {"kind": "public-call", "sentence": "a partner"}


def answer(*answers: dict[str, Any], edition: str = "private", consent: str = "role", **facts: Any) -> Engagement:
    """Return what an edition shows where one person for each gives these answers."""
    consents = [consent, "aggregate" if consent == "unnamed" else consent]
    people = [make_voice(f"Role {n}", given, consent=consents[n % 2]) for n, given in enumerate(answers)]
    return thin(make_engagement(*people, facts=make_facts(**facts)), edition)


def show(engagement: Engagement, *pages: str) -> str:
    """Return the words of some pages."""
    return read_text(" ".join(make_pages(engagement, pages).values()))


def split(step: int) -> list[dict[str, Any]]:
    """Return six people's points, in which those who stand to benefit get the same from all, unless `step` is 0."""
    given = [{"funder": 20 + n, "grantees": 40 - n - step * n, "people": 40 + step * n} for n in range(6)]
    return [{POINTS: one} for one in given]


def test_nobody_comes_first_where_points_are_held_back() -> None:
    """Forty from each of six are too much alike to be shown: the other audience's 37 are no first place then."""
    text = read_text(repr(audiences.summarise(read_audiences(answer(*split(0), edition="public", consent="unnamed")))))
    assert "Most points go to" not in text
    assert "Whose learning gets most points is held back" in text
    assert "Points for those who do the work: 37.5 (answers from 35 to 40). Those for whoever stands" in text
    assert "More go to" not in text
    assert "No two voices shown here are far apart." in text
    assert "the partner can begin with the work" not in text


def test_a_first_place_that_is_shown_is_told() -> None:
    """Where every audience's points stand there, the order does too."""
    spread = [{POINTS: {"funder": 5 + n, "grantees": 20 + n, "people": 75 - 2 * n}} for n in range(6)]
    reading = read_audiences(answer(*spread, edition="partners"))
    assert audiences.write_headline(reading) == "Most points go to people who benefit"
    assert "More go to people who benefit" in " ".join(audience_words.read_as_evaluation(reading))


SHARED = {"audiences.order": {"people": {"rank": 1}, "grantees": {"rank": 1}, "funder": {"rank": 3}}}


def test_an_agreed_order_with_a_shared_first_place_is_one() -> None:
    """The group has agreed: no page says that nobody comes first, or sets one of the two before the other."""
    engagement = make_engagement(agreed=SHARED)
    reading = read_audiences(engagement)
    assert audiences.write_headline(reading) == "Grantees and people who benefit: first in the agreed order"
    assert "Agree which audience comes first" not in audiences.write_follows(reading)
    assert "Grantees; in the same place: People who benefit" in show(engagement, "11")
    alone = SHARED | {"audiences.order": {"people": {"rank": 1}, "grantees": {"rank": 2}, "funder": {"rank": 3}}}
    assert "in the same place" not in show(make_engagement(agreed=alone), "11")


ASKED = ("how far aims differ", "how unequal power is", "how clear the main ideas are", "how far people agree on what")


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_not_shown_of_discovery_is_not_called_unknown(asked: str) -> None:
    """In the private edition nobody has said; in a shared one the page does not show it, and asks for nothing."""
    asked_else = {"discovery.rescope": "open"}
    hidden = read_text(str(discovery.compare_readings(read_discovery(answer(asked_else, edition="partners"))).html))
    assert f"This edition does not show {asked}" in hidden
    assert "is not known here" not in hidden
    whole = read_text(str(discovery.compare_readings(read_discovery(answer(asked_else))).html))
    assert "is not known here" in whole
    assert "This edition does not show" not in whole


def test_what_one_voice_says_of_the_scope_is_marked() -> None:
    """As evaluation and as learning; two voices, or the group, need no mark."""
    scope = {"discovery.rescope": "open"}

    def tell(*answers: dict[str, Any], **more: Any) -> str:
        return read_text(str(discovery.compare_readings(read_discovery(answer(*answers, **more))).html))

    assert "By one voice, the scope may move freely" in tell(scope)
    assert "By one voice, what is found may change the plan." in tell(scope)
    assert "By the one voice shown here, the scope may move" in tell(scope, edition="partners")
    assert "By one voice" not in tell(scope, scope)


def test_what_one_voice_says_of_an_audience_is_marked() -> None:
    """Of who finds the learning, of limits, and of a funding decision; two who say the same are no one voice."""
    both = {
        WITH: {"grantees": {"mode": 4}, "people": {"mode": 2}},
        STANDING: {name: {"step": "limited"} for name in ("funder", "grantees", "people")},
        GROUND: {name: {"months": 30, "hangs": "no", "comfort": 4} for name in ("grantees", "people")},
    }
    alone = both | {
        WITH: both[WITH] | {"funder": {"mode": 0}},
        "permission.terms": {"grantees": {"bounds": "Pay"}},
    }
    beside = both | {GROUND: both[GROUND] | {"people": {"comfort": 4}}}
    found = answer(alone, beside)
    modes = read_text(str(learning_modes.compare_readings(read_learning_modes(found)).html))
    assert "By one voice, findings are to be brought to the funder" in modes
    assert "Grantees should find most of it for themselves" in modes
    assert "With people who benefit it should be found together" in modes
    assert "By one voice each, some topics about grantees are out of bounds" in repr(
        permission.compare_readings(read_permission(found))
    )
    assert "One voice says that no funding decision hangs on the findings about people who benefit." in repr(
        safety.compare_readings(read_safety(found))
    )
    twice = answer(alone, alone)
    for view, read in ((learning_modes, read_learning_modes), (permission, read_permission), (safety, read_safety)):
        assert "ne voice" not in repr(view.compare_readings(read(twice)))


def test_an_audience_that_shares_in_the_finding_is_not_said_to_find_out() -> None:
    """A headline counts it with those who find for themselves, and says so."""
    mode = {WITH: {"funder": {"mode": 0}, "grantees": {"mode": 4}, "people": {"mode": 2}}}
    reading = read_learning_modes(answer(mode, mode))
    assert learning_modes.write_headline(reading) == ("One of three audiences should be told, two should take part")


def test_who_is_held_back_is_not_said_to_find_nothing() -> None:
    """Six say the same of grantees, so that it is not shown; of the others some is."""
    given = [{WITH: {"grantees": {"mode": 4}, "people": {"mode": 1 + n % 2}}} for n in range(6)]
    text = repr(
        learning_modes.compare_readings(read_learning_modes(answer(*given, edition="public", consent="unnamed")))
    )
    assert "No audience rated here" not in text
    assert "This edition shows no audience that is to find most of it for itself" in text


def test_a_protection_held_back_is_no_answer_on_what_being_open_costs() -> None:
    """Nobody has said what it would cost: nothing of that is held back."""
    for given, told in (
        (
            {"safety.protections": {"grantees": {"apart": "yes"}}},
            "This edition does not show what being open would cost",
        ),
        ({GROUND: {"grantees": {"comfort": 1}}}, "What being open would cost is held back in this edition"),
    ):
        assert safety.write_headline(read_safety(answer(given, edition="public"))) == told


def test_months_behind_a_middle_stand_with_their_ends() -> None:
    """Two and twelve months have a middle that nobody gave."""
    given = [{GROUND: {"grantees": {"months": months, "comfort": 4}}} for months in (2, 12)]
    assert "(7 months; answers from 2 to 12)" in repr(safety.compare_readings(read_safety(answer(*given))))
    given = [{GROUND: {"grantees": {"months": 2, "comfort": 4}}}] * 2
    assert "(2 months)" in repr(safety.compare_readings(read_safety(answer(*given))))


def test_a_start_without_an_end_is_a_date() -> None:
    """The summary says the one that is known, and the draft asks for the other alone."""
    text = show(answer({}, start="2026-09", end="unsure", sentence="a partner"), "10", "14")
    assert "Dates not" not in text
    assert "From September 2026; its end is not known yet" in text
    assert "Still to be settled: when the work ends" in text
    assert "when the work begins and ends" not in text
    assert "The work begins: September 2026." in show(answer({}, start="2026-09", sentence="a partner"), "11")
    assert "Still to be settled: when the work begins;" in show(answer({}, end="2028-09"), "14")


@pytest.mark.parametrize(("as_of", "verb"), [("2026-04-01", "is"), ("2026-06-10", "was")])
def test_a_closed_call_had_a_budget(as_of: str, verb: str) -> None:
    """In the invitation and in its draft; nor does it tell anybody what to do until somebody agrees."""
    facts = CALL | {"deadline": "2026-05-01", "as_of": as_of, "start": "2026-09-01"}
    text = show(answer({"framing.purpose.seed": 3}, **facts), "11", "14")
    assert f"The budget {verb} £100,000" in text
    assert text.count("The budget is £100,000") == (2 if verb == "is" else 0)
    assert "the partner asks them first" not in text


def test_a_move_agreed_on_no_point_is_not_open() -> None:
    """The draft says so, as the report does; where nothing is agreed it is open."""
    rated = {f"framing.{name}.{side}": 4 for name in ("purpose", "timing", "product") for side in ("seed", "soil")}
    nowhere = "It is agreed that the move from evaluation to learning is made on purpose on no point."
    for agreed, told in ((rated | {"framing.switching": []}, True), (rated, False)):
        text = show(make_engagement(agreed=agreed), "14")
        assert (nowhere in text) is told
        assert ("is made on purpose is still open" in text) is not told


def test_two_readers_of_a_text_are_no_voices() -> None:
    """What they read otherwise is told as readings, and what nobody has read is not said of the text."""
    given = [{"framing.evaluator": who, "framing.purpose.soil": soil} for who, soil in (("A firm", 0), ("Nobody", 4))]
    text = show(answer(*given, **CALL), "13")
    assert "Readings do not say the same of who would do it: “A firm” (Role 0); “Nobody” (Role 1)." in text
    assert "readings are too far apart to say: purpose" in text
    assert "nothing is agreed" not in text
    for claim in ("The text tells of no", "The text sets no", "The text makes no", "The text protects no"):
        assert claim not in text


def test_what_a_reader_counts_is_a_reading() -> None:
    """A number read from a text is one voice's only where somebody concerned gives it."""
    given = {"discovery.workstreams": 2}
    assert "2 (our reading)" in show(answer(given, **CALL), "13")
    assert "2 (one voice)" in show(answer(given), "13")


def test_what_nobody_asked_for_is_the_workbooks_suggestion() -> None:
    """No answer holds it, so the draft does not say it as the commissioner's wish."""
    text = show(answer({}), "14")
    assert "To be added, as the workbook suggests: a partner who says what it cannot see" in text
    assert "Above all: a partner" not in text


def test_what_is_not_settled_reads_as_a_sentence() -> None:
    """Each line of the rule within a list: no heading of a table."""
    asked = discovery.write_follows(read_discovery(answer({"discovery.rescope": "open"})))
    assert "how many organisations take part" in asked
    assert asked.endswith("and whether they have worked together before.")


def test_months_that_the_facts_settle_are_an_answer_too() -> None:
    """The facts count; whoever answered has answered all the same."""
    facts = {"start": "2027-01-11", "end": "2028-12-01"}
    assert "has not been answered" in discovery.write_headline(read_discovery(answer({}, **facts)))
    said = discovery.write_headline(read_discovery(answer({"discovery.months": 12}, **facts)))
    assert said == "Too little is known to say how long discovery takes"
