"""A round beside the last, in tables: promises, movement, targets, roles, money."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from workbook.analysis.framing import FacetReading
from workbook.analysis.learning_modes import ROLES, Role
from workbook.analysis.rounds import RoundsReading
from workbook.analysis.rounds.promises import PromiseReading
from workbook.analysis.rounds.rounds import PhaseOverTime, TargetReading
from workbook.analysis.voices.grids import ChoiceReading
from workbook.markup import element
from workbook.model.base import NOT_STATED, UNSURE
from workbook.model.chapters import list_questions, load_chapter
from workbook.model.engagement import Facts
from workbook.model.questions import GridQuestion, ScaleQuestion
from workbook.model.rounds import Promise
from workbook.model.wordings import load_wording
from workbook.theme import format_money, format_percent, join_words
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.facts import write_day
from workbook.views.rounds.moves import show_moves
from workbook.views.rounds.words import (
    compare_readings,
    count_targets,
    name_scale,
    name_targets,
    tell_answered,
    tell_counts,
    word_step,
    write_follows,
    write_headline,
)


def summarise(reading: RoundsReading) -> blocks.Block:
    """The chapter's section of a page; where there is no last round, only that, and what follows."""
    if not reading.has_last:
        return blocks.make_section("rounds", write_headline(reading), blocks.make_paragraph(write_follows(reading)))
    parts = (tabulate_promises, show_moves, show_places, show_targets, show_roles, show_money)
    return blocks.make_section(
        "rounds",
        write_headline(reading),
        list_answered(reading),
        *(part(reading) for part in parts),
        compare_readings(reading),
    )


def list_answered(reading: RoundsReading) -> blocks.Block:
    """Who is compared, who is not, what so few can show, and what is held back."""
    held = voices.note_held_back(reading.withheld, reading.minimum_group)
    return blocks.make_block(blocks.make_paragraph(" ".join(tell_answered(reading))), held)


def tabulate_promises(reading: RoundsReading) -> blocks.Block:
    """Every promise of the last round: those it was made to are heard first and apart."""
    words = reading.chapter
    if not reading.promises:
        return blocks.make_block()
    unknown = not any(one.is_spoken_of for one in reading.promises)
    title = words.get_word("promises.title_unshown" if reading.list_in("unshown") else "promises.title_unknown")
    if not unknown:
        counts = {"kept": len(reading.list_in("kept")), "total": len(reading.told)}
        title = blocks.fill(words.get_word(f"promises.title{'' if counts['kept'] else '_none'}"), **counts)
    kept = [one for one in reading.promises if one.state == "kept"]
    rest = [one for one in reading.promises if one.state != "kept"]
    columns = [blocks.TableColumn(words.get_word(f"promises.columns.{name}")) for name in _COLUMNS]
    table = blocks.make_table(
        words.get_word("promises.caption"), columns, [_write_promise(one, reading) for one in rest]
    )
    told = blocks.fill(words.get_word("promises.counted"), told=tell_counts(reading))
    return blocks.make_block(
        element("h3", title), blocks.make_paragraph(told), table if rest else "", _list_kept(kept, reading)
    )


def _list_kept(kept: Sequence[PromiseReading], reading: RoundsReading) -> Markup:
    """The promises that were kept, as those say they were made to: what, and by whom."""
    if not kept:
        return Markup("")
    told = [_tell_kept(one, reading) for one in kept]
    return blocks.make_paragraph(reading.chapter.get_word("promises.kept")) + blocks.make_list(told)


def _tell_kept(one: PromiseReading, reading: RoundsReading) -> str:
    """A promise that was kept; so far, where the day by which it was made is still to come."""
    given = {"what": one.promise.what.rstrip(". "), "who": name_owner(one.promise.who, reading)}
    name = "kept_so_far" if one.is_later else "kept_one"
    return blocks.fill(reading.chapter.get_word(f"promises.{name}"), day=write_day(one.promise.by), **given)


_COLUMNS = ("what", "who", "to", "received", "made", "state")


def _write_promise(one: PromiseReading, reading: RoundsReading) -> list[str]:
    words, promise = reading.chapter, one.promise
    return [
        promise.what,
        name_owner_and_day(promise, reading),
        name_receivers(promise.to, reading.facts),
        _tell_side(one.received, reading),
        _tell_side(one.made, reading),
        words.get_word(f"promises.states.{one.state}"),
    ]


def name_owner(who: str | None, reading: RoundsReading) -> str:
    """Name who promised something, or that nobody is named."""
    return reading.chapter.get_word("promises.nobody") if who in (None, UNSURE) else str(who)


def name_owner_and_day(promise: Promise, reading: RoundsReading) -> str:
    """Name who promised something, and by when where that was said."""
    who = name_owner(promise.who, reading)
    if promise.by in (None, UNSURE, NOT_STATED):
        return who
    return reading.chapter.get_word("promises.by").format(who=who, day=write_day(promise.by))


def name_receivers(to: Sequence[str], facts: Facts) -> str:
    """Name the audiences that something was promised to; everybody where none is named."""
    names = {one.id: one.name for one in (*facts.audiences, *facts.audiences_set_aside)}
    everybody = load_chapter("rounds").get_word("promises.everybody")
    return join_words([names[id_] for id_ in to if id_ in names]) or everybody


def _tell_side(cell: ChoiceReading, reading: RoundsReading) -> str:
    """Say how many of one side say what; the group's word where it agreed."""
    words = reading.chapter
    if cell.agreed is not None:
        return f"{words.get_word(f'promises.states.{cell.agreed}')} ({load_wording('voices').get_word('agreed')})"
    if cell.withheld == "small_group":
        return load_wording("page").get_word("held_back")
    told = [
        blocks.fill(words.get_word(f"promises.counts.{option}"), count=len(cell.list_for(option)))
        for option in cell.chosen
    ]
    return ", ".join(told) or "–"


def show_places(reading: RoundsReading) -> blocks.Block:
    """Which hopes left evaluation soil, which are new in it, which are still there."""
    words = reading.chapter
    found: tuple[tuple[str, tuple[FacetReading, ...]], ...] = (
        ("resolved", reading.resolved),
        ("appeared", reading.appeared),
        ("stayed", reading.stayed),
    )
    told = [
        blocks.fill(words.get_word(f"places.{name}"), names=join_words([one.facet.title.lower() for one in facets]))
        for name, facets in found
        if facets
    ]
    return blocks.make_block(blocks.make_list(told)) if told else blocks.make_block()


def show_targets(reading: RoundsReading) -> blocks.Block:
    """The last round's targets and where their scales stand now."""
    words, targets = reading.chapter, reading.targets
    if not targets:
        return blocks.make_block()
    title = blocks.fill(words.get_word(f"targets.title{name_targets(targets)}"), **count_targets(targets))
    names = ("about", "then", "target", "now", "state", "who", "by")
    columns = [blocks.TableColumn(words.get_word(f"targets.columns.{name}")) for name in names]
    rows = [_write_target(one, reading) for one in targets]
    return blocks.make_block(element("h3", title), blocks.make_table(words.get_word("targets.caption"), columns, rows))


def _write_target(one: TargetReading, reading: RoundsReading) -> list[str]:
    word = partial(voices.word_step, one.now)
    return [
        name_scale(one.question, reading.facts),
        reading.chapter.get_word("targets.not_then") if one.then is None else word(one.then),
        word(one.target.value),
        voices.word_middle(one.now),
        reading.chapter.get_word(f"targets.states.{one.state}"),
        name_owner(one.target.who, reading),
        write_day(one.target.by),
    ]


def show_roles(reading: RoundsReading) -> blocks.Block:
    """Each role by phase, as the last round asked for it and as people saw it played."""
    words = reading.chapter
    question = list_questions(reading.facts).get("rounds.played")
    if not reading.phases or not isinstance(question, GridQuestion):
        return blocks.make_block()
    scale = question.cells[0]
    assert isinstance(scale, ScaleQuestion)
    names = load_chapter("learning_modes").words["roles"]
    columns = [blocks.TableColumn(words.get_word("roles.phase")), *(blocks.TableColumn(names[role]) for role in ROLES)]
    rows = [[one.phase.label, *(_tell_role(scale, one, role, reading) for role in ROLES)] for one in reading.phases]
    title = element("h3", words.get_word("roles.title"))
    return blocks.make_block(title, blocks.make_table(words.get_word("roles.caption"), columns, rows))


def _tell_role(scale: ScaleQuestion, one: PhaseOverTime, role: Role, reading: RoundsReading) -> str:
    nothing = reading.chapter.get_word("roles.nothing")
    asked, played = (
        nothing if side[role] is None else word_step(scale.steps, side[role]) for side in (one.asked, one.played)
    )
    return reading.chapter.get_word("roles.both").format(asked=asked, played=played)


def show_money(reading: RoundsReading) -> blocks.Block:
    """The plan beside what was spent, and what is left of the doubt."""
    words, money, currency = reading.chapter, reading.money, reading.facts.currency
    if not money.lines:
        return blocks.make_block()
    title = words.get_word("money.title")
    if money.use_shares:
        planned, spent = (format_percent(share) for share in money.use_shares)
        title = blocks.fill(words.get_word("money.title_shares"), planned=planned, spent=spent)
    names = {option.id: option.label for option in load_chapter("resources").lists["categories"]}
    columns = [
        blocks.TableColumn(words.get_word(f"money.columns.{name}"), number=name != "kind")
        for name in ("kind", "planned", "spent", "left")
    ]
    rows = [
        [
            names[one.category],
            *(format_money(sum_, currency) for sum_ in (one.planned, one.spent, one.left)),
        ]
        for one in money.lines
    ]
    table = blocks.make_table(words.get_word("money.caption"), columns, rows)
    return blocks.make_block(element("h3", title), table, _tell_learnt(reading))


def _tell_learnt(reading: RoundsReading) -> Markup:
    learnt, words = reading.money.learnt, reading.chapter
    if learnt is None:
        return Markup("")
    ranges = [
        words.get_word("money.share_range").format(low=format_percent(low), high=format_percent(high))
        for low, high in (learnt.before, learnt.after)
    ]
    given = {
        "responses": learnt.responses,
        "left": format_percent(learnt.left),
        "before": ranges[0],
        "after": ranges[1],
    }
    return blocks.make_paragraph(blocks.fill(words.get_word("money.learnt"), **given))
