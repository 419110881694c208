"""What moved between two rounds: the same people, and nobody else."""

from __future__ import annotations

from hypothesis import given, settings

from analysis.rounds.round_support import PEOPLE, SCALES, follow, leave_out, make_round, rounds
from workbook.analysis.rounds import RoundsReading, read_rounds
from workbook.model.engagement import Engagement
from workbook.views.rounds import show_moves, summarise, write_headline, write_line

FEW = settings(max_examples=15)


def _tell(reading: RoundsReading, *, turned: bool = False) -> list[tuple[object, ...]]:
    way = -1 if turned else 1
    return [
        (
            move.question,
            move.row,
            sorted((pair.then, pair.now)[::way] for pair in move.pairs),
            move.agreed and move.agreed[::way],
        )
        for move in reading.moves
    ]


@FEW
@given(rounds())
def test_without_a_last_round_nothing_is_compared(now: Engagement) -> None:
    """No figure of change stands anywhere, and the first page keeps its lead."""
    reading = read_rounds(now)
    assert not reading.is_changed
    assert not reading.ghosts
    assert write_line(reading) == ""


@FEW
@given(rounds())
def test_the_same_answers_again_are_no_change(now: Engagement) -> None:
    """Nothing moved, no hope left its place, nothing is drawn beside the field."""
    reading = read_rounds(follow(now, now))
    assert reading.moved == ()
    assert (reading.resolved, reading.appeared, reading.ghosts) == ((), (), {})
    assert not reading.is_changed
    assert write_headline(reading) == "Nothing is known to have changed since the last round"
    assert "went up" not in str(show_moves(reading))


@FEW
@given(rounds(), rounds())
def test_two_rounds_swapped_turn_every_change_round(one: Engagement, other: Engagement) -> None:
    """Who went up went down, what was resolved appeared."""
    there, back = read_rounds(follow(one, other)), read_rounds(follow(other, one))
    assert [(move.up, move.down) for move in there.moves] == [(move.down, move.up) for move in back.moves]
    assert [f.facet.id for f in there.resolved] == [f.facet.id for f in back.appeared]
    turned = [
        (q, row, sorted((b, a) for a, b in pairs), agreed and agreed[::-1]) for q, row, pairs, agreed in _tell(back)
    ]
    assert _tell(there) == turned


@FEW
@given(rounds(), rounds())
def test_who_answered_in_one_round_only_never_counts(now: Engagement, last: Engagement) -> None:
    """Without everybody who is in one round alone, each movement and each place is the same."""
    both = {voice.id for voice in now.voices} & {voice.id for voice in last.voices}
    gone = set(PEOPLE) - both
    whole = read_rounds(follow(now, last))
    cut = read_rounds(follow(leave_out(now, gone), leave_out(last, gone)))
    assert _tell(whole) == _tell(cut)
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
    assert "signific" not in page
