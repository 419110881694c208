"""The map of chapter 09: tables merged, loops named, guesses ranked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import make_engagement, make_voice
from workbook.analysis.system_map.system_map import SystemMapReading, list_points, read_system_map
from workbook.analysis.system_map.tables import Link, fold_name
from workbook.model.answers import Edition
from workbook.model.editions import redact

WORDS = {f"system_map.{name}": True for name in ("factors", "links", "goal")}


def name_factors(*names: str, kind: str = "practice") -> list[dict[str, Any]]:
    """A row for each factor, called by its short name in capitals."""
    return [{"id": name, "label": name.upper(), "kind": kind} for name in names]


def draw_link(pair: str, sign: str = "more", certainty: str = "believed", **more: Any) -> dict[str, Any]:
    """A row for a link, its ends given as "a b"."""
    source, target = pair.split()
    return {"from": source, "to": target, "sign": sign, "certainty": certainty, **more}


def agree(names: str, *links: dict[str, Any], goal: str | None = None) -> dict[str, Any]:
    """Agreed answers of one map."""
    answers: dict[str, Any] = {"system_map.factors": name_factors(*names.split()), "system_map.links": list(links)}
    return {**answers, "system_map.goal": goal} if goal else answers


def read(agreed: dict[str, Any] | None = None, **links: list[dict[str, Any]]) -> SystemMapReading:
    """Read a map that a group agreed, with links that voices add."""
    voices = [make_voice(role, {"system_map.links": rows}) for role, rows in links.items()]
    return read_system_map(make_engagement(*voices, agreed=agreed))


def find(reading: SystemMapReading, pair: str) -> Link:
    """Return the link of two short names."""
    return next(link for link in reading.links if f"{link.source.key} {link.target.key}" == pair)


def test_nothing_answered_is_no_map() -> None:
    """No answers give no factors, no loops and no agenda points."""
    reading = read()
    assert (reading.state, reading.factors, reading.loops, list_points(reading)) == ("unknown", (), (), ())


def test_unsure_is_told_from_unanswered() -> None:
    """A group that does not know yet has said something."""
    assert read({"system_map.factors": "unsure"}).state == "unsure"


@pytest.mark.parametrize(
    ("signs", "kind"), [("more more", "reinforcing"), ("less less", "reinforcing"), ("more less", "balancing")]
)
def test_a_loop_is_named_by_the_product_of_its_signs(signs: str, kind: str) -> None:
    """An even number of links that bring less reinforces, an odd number balances."""
    first, second = signs.split()
    reading = read(agree("a b", draw_link("a b", first), draw_link("b a", second)))
    assert [loop.kind for loop in reading.loops] == [kind]


def test_a_link_counts_as_no_surer_than_the_least_sure_claim() -> None:
    """One guess among claims of proof makes it a guess."""
    reading = read(agree("a b", draw_link("a b", certainty="tested")), Trustee=[draw_link("a b", certainty="guessed")])
    assert [link.certainty for link in reading.links] == ["guessed"]
    assert reading.doubted == reading.links


def test_a_link_whose_direction_is_disputed_is_never_tested() -> None:
    """Two voices that are both sure, of opposite things, have tested nothing together."""
    mine, yours = draw_link("a b", "more", "tested"), draw_link("a b", "less", "tested")
    reading = read(agree("a b", mine), Trustee=[yours])
    assert (reading.links[0].certainty, reading.links[0].sign) == ("believed", "more")
    assert reading.disputed == reading.links


def test_voices_evenly_split_leave_a_link_and_its_loops_open() -> None:
    """With nothing agreed and one voice each way, no loop is called reinforcing or balancing."""
    factors = {"system_map.factors": name_factors("a", "b")}
    reading = read(factors, One=[draw_link("a b", "more"), draw_link("b a")], Two=[draw_link("a b", "less")])
    assert find(reading, "a b").sign == "open"
    assert [loop.kind for loop in reading.loops] == ["open"]


def test_a_link_that_only_a_voice_draws_closes_no_agreed_loop() -> None:
    """It and its factor stand apart from the map that the group agreed."""
    extra = [draw_link("b a"), draw_link("b own")]
    voice = make_voice("One", {"system_map.factors": name_factors("own"), "system_map.links": extra})
    reading = read_system_map(make_engagement(voice, agreed=agree("a b", draw_link("a b"))))
    assert [factor.key for factor in reading.factors] == ["a", "b"]
    assert ([link.pair for link in reading.links], reading.loops) == ([(0, 1)], ())
    assert [(link.source.key, link.target.key) for link in reading.added] == [("b", "a"), ("b", "own")]


def test_without_an_agreed_map_the_links_of_voices_are_the_map() -> None:
    """Nothing is added where there is nothing to add to."""
    factors = {"system_map.factors": name_factors("a", "b")}
    reading = read(factors, One=[draw_link("a b")], Two=[draw_link("b a")])
    assert (len(reading.links), len(reading.loops), reading.added) == (2, 1, ())


def test_most_voices_settle_a_sign_where_the_group_has_not() -> None:
    """Two against one."""
    factors = {"system_map.factors": name_factors("a", "b")}
    more = [draw_link("a b", "more")]
    assert read(factors, One=more, Two=more, Three=[draw_link("a b", "less")]).links[0].sign == "more"


@pytest.mark.parametrize("sign", ["more", "less"])
def test_a_link_from_a_factor_to_itself_is_a_fault_and_on_no_map(sign: str) -> None:
    """By its short name or by its label: no loop, no guess, no lever, no question of the agenda."""
    by_label = {**draw_link("a a", sign, "guessed"), "to": "A"}
    reading = read(agree("a b", draw_link("a b"), draw_link("b b", sign, "guessed"), by_label), Trustee=[by_label])
    assert [link.pair for link in reading.links] == [(0, 1)]
    assert (reading.added, reading.loops, reading.guesses) == ((), (), ())
    assert [(fault.kind, fault.words["name"]) for fault in reading.faults] == [("to_itself", "b"), ("to_itself", "a")]
    assert {point.reason for point in list_points(reading)} == {"gap"}


def test_a_map_of_links_to_themselves_has_no_links() -> None:
    """There is nothing to draw but its factors."""
    assert read(agree("a b", draw_link("a a"))).state == "no_links"


def test_a_link_to_no_factor_is_a_fault_and_no_crash() -> None:
    """The rest of the map is read."""
    reading = read(agree("a b", draw_link("a b"), draw_link("a nowhere")))
    assert len(reading.links) == 1
    assert [(fault.kind, fault.words["name"]) for fault in reading.faults] == [("unknown_factor", "nowhere")]


def test_one_short_name_for_two_things_is_a_fault() -> None:
    """The first is used, and the second is told."""
    rows = [{"id": "a", "label": "one thing"}, {"id": "A ", "label": "another"}]
    reading = read({"system_map.factors": rows})
    assert [factor.label for factor in reading.factors] == ["one thing"]
    assert [fault.kind for fault in reading.faults] == ["twice"]


def test_a_link_may_name_a_factor_by_its_label() -> None:
    """Whatever the case."""
    rows = [{"id": "a", "label": "Trust in a mentor"}, {"id": "b", "label": "work"}]
    links = [{"from": "trust in a mentor", "to": "WORK", "sign": "more"}]
    assert len(read({"system_map.factors": rows, "system_map.links": links}).links) == 1


def test_a_row_that_says_nothing_of_certainty_or_sign_is_an_open_guess() -> None:
    """Silence is not belief."""
    link = read(agree("a b", {"from": "a", "to": "b"})).links[0]
    assert (link.sign, link.certainty) == ("open", "guessed")


def test_tested_ways_to_the_goal_are_told_from_all_ways() -> None:
    """A believed link on the way keeps a factor from counting as tested."""
    links = (draw_link("a b", certainty="tested"), draw_link("b goal", certainty="tested"), draw_link("c b"))
    reading = read(agree("a b c goal", *links, goal="goal"))
    assert [factor.key for factor in reading.leading] == ["a", "b", "c"]
    assert [factor.key for factor in reading.leading_tested] == ["a", "b"]


def test_voices_that_name_different_goals_settle_none() -> None:
    """The goal stays open, and both are named."""
    voices = [make_voice(role, {"system_map.goal": goal}) for role, goal in (("One", "a"), ("Two", "b"))]
    reading = read_system_map(make_engagement(*voices, agreed=agree("a b", draw_link("a b"))))
    assert (reading.goal, reading.goals_named) == (None, ("A", "B"))


def test_a_goal_that_is_no_factor_is_told() -> None:
    """It can be mended."""
    assert read(agree("a b", draw_link("a b"), goal="elsewhere")).goal_lost == "elsewhere"


def test_guesses_on_most_loops_come_first() -> None:
    """A weak guess on a loop matters more than a strong one on none."""
    links = (
        draw_link("c d", certainty="guessed", strength=2),
        draw_link("a b", certainty="guessed", strength=0),
        draw_link("b a"),
    )
    assert [link.source.key for link in read(agree("a b c d", *links)).guesses] == ["a", "c"]


def test_without_loops_reach_and_strength_rank_guesses() -> None:
    """The guess that leads further comes first."""
    links = (draw_link("c d", certainty="guessed"), draw_link("a c", certainty="guessed"))
    assert [link.source.key for link in read(agree("a c d", *links)).guesses] == ["a", "c"]


def test_levers_leave_out_the_goal_and_dead_ends() -> None:
    """Nobody is sent to act on what the work is for, or on what leads nowhere."""
    reading = read(agree("a goal end", draw_link("a goal"), draw_link("goal a"), draw_link("a end"), goal="goal"))
    assert [(lever.factor.key, lever.loops, lever.reach) for lever in reading.levers] == [("a", 1, 2)]


def test_agenda_holds_guesses_disputes_and_a_missing_goal_once_each() -> None:
    """A disputed guess is one point, asked as a dispute."""
    links = (draw_link("a b", certainty="guessed"), draw_link("b c", certainty="guessed"))
    reading = read(agree("a b c", *links), Trustee=[draw_link("a b", "less")])
    points = list_points(reading)
    assert [(point.subject, point.reason) for point in points] == [
        ("system_map.b.c", "guess"),
        ("system_map.a.b", "disagreement"),
        ("system_map.goal", "gap"),
    ]
    assert points[1].whom == "Trustee and the group"


def test_a_dispute_with_somebody_unnamed_names_nobody() -> None:
    """Whoever can subtract must not learn who it was."""
    links = {"system_map.links": [draw_link("a b", "less")]}
    other = {"system_map.links": [draw_link("a b", "less"), draw_link("b a")]}
    given = [links, links, links, links, other]  # not all alike: that would be held back
    voices = [make_voice(f"V{number}", one, consent="unnamed") for number, one in enumerate(given)]
    engagement = make_engagement(*voices, agreed=agree("a b", draw_link("a b")))
    reading = read_system_map(redact(engagement, Edition.PARTNERS, words=WORDS))
    assert reading.disputed
    point = next(point for point in list_points(reading) if point.reason == "disagreement")
    assert point.whom == "those who drew the two links"
    assert "V0" not in point.text


def test_sixty_factors_are_kept_and_more_are_left_out() -> None:
    """Those with the most links stay."""
    names = [f"f{number}" for number in range(70)]
    reading = read(agree(" ".join(names), draw_link("f69 f68")))
    assert (len(reading.factors), reading.left_out) == (60, 10)
    assert {"f68", "f69"} <= {factor.key for factor in reading.factors}


@given(order=st.permutations(["One", "Two", "Three"]))
@settings(max_examples=6, deadline=None)
def test_order_of_voices_changes_nothing(order: list[str]) -> None:
    """Whoever answers first draws the same map."""
    given_ = {
        "One": {"system_map.factors": name_factors("x", "y"), "system_map.links": [draw_link("x y", "more")]},
        "Two": {"system_map.factors": name_factors("z", "x"), "system_map.links": [draw_link("x y", "less")]},
        "Three": {"system_map.links": [draw_link("z x", certainty="tested"), draw_link("x y", "less", "guessed")]},
    }
    reading = read_system_map(make_engagement(*[make_voice(role, given_[role]) for role in order]))
    assert [factor.key for factor in reading.factors] == ["x", "y", "z"]
    assert [(link.pair, link.sign, link.certainty) for link in reading.links] == [
        ((0, 1), "less", "guessed"),
        ((2, 0), "more", "tested"),
    ]


@pytest.mark.parametrize("written", ["Well-Being", "wellbeing", "well\u2010being", "well\u200bbeing", "well being"])
def test_names_that_differ_only_by_a_sign_are_one_factor(written: str) -> None:
    """By hyphen, space, case or an unseen sign; the map shows the name as it was first given."""
    reading = read(agree("well-being trust"), Officer=[draw_link("a trust") | {"from": written}])
    assert [factor.key for factor in reading.factors] == ["well-being", "trust"]
    assert reading.faults == ()
    assert find(reading, "well-being trust")


def test_an_apostrophe_makes_no_other_factor() -> None:
    """Straight, curved or left out."""
    assert (
        len({fold_name(name) for name in ("people's trust", "people\u2019s trust", "peoples trust", "People's trust ")})
        == 1
    )
    assert len({fold_name(name) for name in ("trust", "distrust", "-", "'")}) == 4
