"""What moved between two rounds: the same people, and nobody else."""

from __future__ import annotations

from hypothesis import given, settings

from analysis.rounds.round_support import (
    MONTHS,
    PEOPLE,
    POINTS,
    PROMISES,
    SCALES,
    STANDING,
    follow,
    leave_out,
    make_map,
    make_round,
    rounds,
)
from workbook.analysis.rounds import RoundsReading, read_rounds
from workbook.analysis.system_map.tables import Link
from workbook.model.answers import Edition
from workbook.model.chapters import list_chapters
from workbook.model.engagement import Engagement
from workbook.views.rounds import show_change, show_moves, summarise, write_headline, write_line

FEW = settings(max_examples=15)


def _tell(reading: RoundsReading, *, turned: bool = False) -> list[tuple[object, ...]]:
    way = -1 if turned else 1
    return [
        (
            move.question,
            move.row,
            move.column,
            sorted((pair.then, pair.now)[::way] for pair in move.pairs),
            move.agreed and move.agreed[::way],
        )
        for move in reading.moves
    ]


def _tell_map(reading: RoundsReading, *, turned: bool = False) -> tuple[object, ...]:
    drawn, way = reading.map, -1 if turned else 1
    if drawn is None:
        return ()
    new, gone = ({_name(link) for link in links} for links in (drawn.new, drawn.gone)[::way])
    surer, doubted = ({_name(one) for one, _ in pairs} for pairs in (drawn.surer, drawn.doubted)[::way])
    signs = {(_name(pair[0]), *(link.sign for link in pair[::way])) for pair in drawn.turned}
    return new, gone, surer, doubted, signs, drawn.loops and drawn.loops[::way]


def _name(link: Link) -> tuple[str, str]:
    return link.source.label, link.target.label


@FEW
@given(rounds())
def test_without_a_last_round_nothing_is_compared(now: Engagement) -> None:
    """No figure of change stands anywhere, and the first page keeps its lead."""
    reading = read_rounds(now)
    assert not reading.is_changed
    assert not any(show_change(chapter.id, reading) for chapter in list_chapters())
    assert not reading.ghosts
    assert write_line(reading) == ""


@FEW
@given(rounds())
def test_the_same_answers_again_are_no_change(now: Engagement) -> None:
    """Nothing moved, no link of the map came or went, no hope left its place, nothing is drawn beside the field."""
    reading = read_rounds(follow(now, now))
    assert reading.moved == ()
    assert reading.map is None or (not reading.map.is_moved and len(set(reading.map.loops or (0,))) == 1)
    assert (reading.resolved, reading.appeared, reading.ghosts) == ((), (), {})
    assert not reading.is_changed
    assert write_headline(reading) == "Nothing is known to have changed since the last round"
    assert not any(show_change(chapter.id, reading) for chapter in list_chapters())
    told = str(show_moves(reading))
    assert not [word for word in ("went up", "said more", "gave more", "” to “", "New in", "surer") if word in told]


@FEW
@given(rounds(), rounds())
def test_two_rounds_swapped_turn_every_change_round(one: Engagement, other: Engagement) -> None:
    """Who went up went down, what was resolved appeared."""
    there, back = read_rounds(follow(one, other)), read_rounds(follow(other, one))
    assert [(move.up, move.down) for move in there.moves] == [(move.down, move.up) for move in back.moves]
    assert [f.facet.id for f in there.resolved] == [f.facet.id for f in back.appeared]
    assert _tell(there) == _tell(back, turned=True)
    assert _tell_map(there) == _tell_map(back, turned=True)
    assert [(move.middles or ())[::-1] for move in there.moves] == [move.middles or () for move in back.moves]


@FEW
@given(rounds(), rounds())
def test_who_answered_in_one_round_only_never_counts(now: Engagement, last: Engagement) -> None:
    """Without everybody who is in one round alone, each movement and each place is the same."""
    both = {voice.id for voice in now.voices} & {voice.id for voice in last.voices}
    gone = set(PEOPLE) - both
    whole = read_rounds(follow(now, last))
    cut = read_rounds(follow(leave_out(now, gone), leave_out(last, gone)))
    assert _tell(whole) == _tell(cut)
    assert _tell_map(whole) == _tell_map(cut)
    assert [f.facet.id for f in whole.appeared] == [f.facet.id for f in cut.appeared]
    assert {pair.who for move in whole.moves for pair in move.pairs} <= {f"Role {id_}" for id_ in both}


def test_an_answer_that_was_not_known_is_no_movement() -> None:
    """Not to know yet and then to choose a step is something learnt, and not a step up."""
    last, now = make_round({"p-1": {SCALES[0]: "unsure"}}), make_round({"p-1": {SCALES[0]: 4}})
    assert read_rounds(follow(now, last)).moves == ()


def test_the_published_measures_are_those_of_the_same_people() -> None:
    """Van der Eijk's A of counts 2, 0, 0, 0, 2 is -1 and of four alike 1, as published."""
    last = make_round({f"p-{n}": {SCALES[0]: 4 * (n % 2)} for n in range(4)})
    now = make_round({f"p-{n}": {SCALES[0]: 3} for n in range(5)})
    assert read_rounds(follow(now, last)).moves[0].agreements == (-1.0, 1.0)


def test_how_few_they_are_is_said_wherever_agreement_is() -> None:
    """No page calls a change significant; it says what one person more or less would do."""
    last, now = (
        make_round({"p-1": {SCALES[0]: 1}, "p-2": {SCALES[0]: 2}}),
        make_round({"p-1": {SCALES[0]: 3}, "p-2": {SCALES[0]: 2}}),
    )
    page = str(summarise(read_rounds(follow(now, last))))
    assert "With two people, each measure of agreement jumps" in page
    assert "the agreement of two people (van der Eijk's A of 2001, from −1 to 1)" in page
    assert "signific" not in page


def _tell_page(then: dict[str, object], now: dict[str, object]) -> str:
    last, here = (make_round({"p-1": given}) for given in (then, now))
    return str(show_moves(read_rounds(follow(here, last))))


def test_points_choices_and_amounts_say_what_they_are() -> None:
    """More or fewer points, one choice in the place of another, another number of months."""
    given = [{"funder": 60, "grantees": 40, "people": 0}, {"funder": 40, "grantees": 60, "people": 0}]
    page = _tell_page({POINTS: given[0]}, {POINTS: given[1]})
    assert "Grantees, points of 100: 1 of 1 gave more (Role p-1)." in page
    assert "The funder, points of 100: 1 of 1 gave less (Role p-1)." in page
    page = _tell_page({STANDING: {"people": {"step": "asked"}}}, {STANDING: {"people": {"step": "withdrawn"}}})
    assert "1 of 1 from “waiting for an answer” to “withdrawn” (Role p-1)" in page
    assert "said more (Role p-1)" in _tell_page({MONTHS: 1}, {MONTHS: 3})


def test_of_a_choice_nobody_goes_up_and_no_middle_is_told() -> None:
    """A list has no order that a page could claim."""
    last, now = (make_round({"p-1": {STANDING: {"people": {"step": step}}}}) for step in ("agreed", "not_asked"))
    (move,) = read_rounds(follow(now, last)).moves
    assert (move.up, move.down, len(move.changed), move.middles, move.agreements) == (0, 0, 1, None, None)


def test_the_group_s_map_says_what_is_new_gone_and_surer() -> None:
    """Links are the same by the names of their ends; maps of single people are not compared."""
    known = {"from": "Time", "to": "trust", "sign": "more", "certainty": "guessed"}
    other = {"from": "trust", "to": "work", "sign": "more", "certainty": "believed"}
    surer = {**known, "from": "time", "certainty": "tested"}
    new = {**other, "to": "talk"}
    last, now = (make_round({}, make_map(links)) for links in ([known, other], [surer, new]))
    page = str(show_moves(read_rounds(follow(now, last))))
    assert "New in the group's map: trust brings more talk." in page
    assert "No longer in it: trust brings more work." in page
    assert "The group is surer: time brings more trust (was guessed, is tested)." in page
    alone = follow(*(make_round({"p-1": make_map(links)}) for links in ([new], [known])))
    assert read_rounds(alone).map is None


def test_whether_promises_of_two_rounds_were_kept_is_no_movement() -> None:
    """Each round has promises of its own, though two may have one name."""
    last, now = (
        make_round({"p-1": {"rounds.received": {"a": {"kept": kept}}}}, promises=PROMISES) for kept in ("not", "kept")
    )
    assert read_rounds(follow(now, last)).moves == ()


def test_who_answered_in_this_round_alone_is_named_apart() -> None:
    """By chapter, in the private edition; nobody of them is in a count."""
    last = make_round({"p-1": {SCALES[0]: 1}})
    now = make_round({"p-1": {SCALES[0]: 2}, "p-2": {SCALES[0]: 4}})
    page = str(show_moves(read_rounds(follow(now, last))))
    assert "1 of 1 went up (Role p-1)" in page
    assert "since they answered in this round alone: Role p-2 (framing)." in page
    shared = now.model_copy(update={"edition": Edition.PARTNERS})
    assert "Role p-2" not in str(show_moves(read_rounds(follow(shared, last))))
