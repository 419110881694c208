"""What moved, chapter by chapter: the same people, the group, its map, and apart from them who answered once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from workbook.analysis.rounds import RoundsReading
from workbook.analysis.rounds.map_moves import MapMoves
from workbook.analysis.rounds.movement import Move, Pair
from workbook.analysis.system_map.tables import Link
from workbook.markup import element
from workbook.model.chapters import load_chapter
from workbook.theme import format_money, format_number, join_words
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.naming import name_some
from workbook.views.rounds.words import count_by_chapter, name_move, tell_answered, word_step

MAP = "system_map"


def show_moves(reading: RoundsReading) -> blocks.Block:
    """What moved in each chapter; who did not answer both times is named apart, and never counted."""
    words, total = reading.chapter, len(reading.moves)
    if not total and reading.map is None:
        return blocks.make_block(element("h3", words.get_word("moves.title_nobody")))
    name = "title_none" if not reading.moved else "title_one" if total == 1 else "title"
    title = blocks.fill(words.get_word(f"moves.{name}"), moved=len(reading.moved), total=total)
    counts = count_by_chapter(reading)
    still = [load_chapter(one).title.lower() for one, (moved, _) in counts.items() if not moved]
    rest = blocks.fill(words.get_word("moves.still"), chapters=join_words(still)) if still and reading.moved else ""
    measured = [*_tell_agreement(reading)] if reading.moved else []
    return blocks.make_block(
        element("h3", title) if total else "",
        *(show_chapter(chapter, reading) for chapter in counts),
        _show_map(reading),
        blocks.make_paragraph(" ".join(filter(None, [rest, *measured, _name_others(reading)]))),
    )


def show_change(chapter: str, reading: RoundsReading) -> Markup:
    """What moved in a chapter since the last round, under a heading; nothing where nothing did."""
    shown = _show_map(reading) if chapter == MAP else show_chapter(chapter, reading)
    if not shown:
        return Markup("")
    told = blocks.make_paragraph(" ".join(tell_answered(reading)))
    return element("h3", reading.chapter.get_word("moves.since")) + told + shown


def _name_others(reading: RoundsReading) -> str:
    """Name who answered in this round alone, and in which chapters; nothing where nobody did or it may not be said."""
    words = reading.chapter
    people: dict[str, list[str]] = {}
    for chapter, names in reading.others.items():
        for name in names:
            people.setdefault(name, []).append(load_chapter(chapter).title.lower())
    told = [words.get_word("moves.other").format(who=who, chapters=join_words(each)) for who, each in people.items()]
    return blocks.fill(words.get_word("moves.others"), who=name_some(told)) if told else ""


def show_chapter(chapter: str, reading: RoundsReading) -> Markup:
    """What moved in one chapter; nothing where nothing did."""
    words, moved = reading.chapter, _list_moved(chapter, reading)
    if not moved:
        return Markup("")
    most = int(words.get_number("most_moves"))
    told = [_tell_move(move, reading) for move in moved[:most]]
    if left := len(moved) - most if len(moved) > most else 0:
        told.append(
            words.get_word("moves.more_one") if left == 1 else blocks.fill(words.get_word("moves.more"), count=left)
        )
    return element("p", element("strong", load_chapter(chapter).title)) + blocks.make_list(told)


def _list_moved(chapter: str, reading: RoundsReading) -> list[Move]:
    """Return what moved in a chapter, that on which most people moved one way first."""
    moved = [move for move in reading.moved if move.chapter == chapter]
    return sorted(moved, key=lambda move: -abs(move.up - move.down) - len(move.changed) / 100)


def _tell_move(move: Move, reading: RoundsReading) -> str:
    """Say of one answer whose went which way, and where the group went."""
    words = reading.chapter
    told = [*(_tell_turns(move, reading) if move.kind == "choice" else _tell_ways(move, reading))]
    if move.agreed and move.agreed[0] != move.agreed[1]:
        then, now = (_word(value, move, reading) for value in move.agreed)
        told.append(words.get_word("moves.group").format(then=then, now=now))
    return words.get_word("moves.move").format(about=name_move(move, reading.facts), told="; ".join(told))


def _tell_ways(move: Move, reading: RoundsReading) -> Iterator[str]:
    """Say who went up and who down, and of several where their middle went."""
    words = reading.chapter
    said = words.words["moves"]["said"]
    phrases = said.get(move.question) or said["scale" if move.kind == "scale" else "amount"]
    for way, sign in (("up", 1), ("down", -1)):
        went = [one for one in move.changed if (one.now - one.then) * sign > 0]
        if went:
            yield phrases[way].format(count=len(went), total=len(move.pairs), who=_name_people(went))
    yield from _tell_middles(move, reading)


def _tell_middles(move: Move, reading: RoundsReading) -> Iterator[str]:
    """Say where the middle of several went; where they stood or stand far apart, that, for a dispute has no middle."""
    words = reading.chapter
    if len(move.pairs) < 2 or not move.middles or (move.middles[0] == move.middles[1] and not any(move.apart)):
        return
    if all(move.apart):
        yield words.get_word("moves.apart_still")
        return
    then, now = (_quote_middle(value, move, reading) for value in move.middles)
    name = "middle" if not any(move.apart) else "apart_then" if move.apart[0] else "apart_now"
    yield words.get_word(f"moves.{name}").format(then=then, now=now)


def _tell_turns(move: Move, reading: RoundsReading) -> Iterator[str]:
    """Say of a choice who chooses what instead of what."""
    for (then, now), count in move.turns:
        who = _name_people([one for one in move.changed if (one.then, one.now) == (then, now)])
        given = {"then": _word(then, move, reading), "now": _word(now, move, reading)}
        yield reading.chapter.get_word("moves.turn").format(count=count, total=len(move.pairs), who=who, **given)


def _word(value: float, move: Move, reading: RoundsReading) -> str:
    """Word a step by its label, half a step by the two it lies between, an amount by itself."""
    if move.steps:
        return word_step(move.steps, value)
    return format_money(value, reading.facts.currency) if move.kind == "money" else format_number(value)


def _quote_middle(value: float, move: Move, reading: RoundsReading) -> str:
    """Quote the step that a middle is, or the two between which it lies: that it lies there is nobody's words."""
    below = int(value)
    if not move.steps or below == value:
        return f"“{_word(value, move, reading)}”"
    steps = {"below": move.steps[below].lower(), "above": move.steps[below + 1].lower()}
    return reading.chapter.get_word("moves.between").format(**steps)


def _name_people(pairs: Sequence[Pair]) -> str:
    return name_some([one.who for one in pairs]) or "–"


def _tell_agreement(reading: RoundsReading) -> Iterator[str]:
    """Give the published measures of agreement for what moved most, and for whose learning comes first."""
    words = reading.chapter
    measured = [move for move in reading.moved if move.agreements]
    if measured:
        most = max(measured, key=lambda move: len(move.changed))
        then, now = (format_number(one, 2) for one in most.agreements or ())
        given = {"about": name_move(most, reading.facts), "count": voices.write_count(len(most.pairs))}
        yield blocks.fill(words.get_word("moves.agreement"), then=then, now=now, **given)
    if reading.orders:
        (first, before), (second, after) = reading.orders
        given = {"then": format_number(first, 2), "now": format_number(second, 2)}
        counts = {"before": voices.write_count(before), "after": voices.write_count(after)}
        yield blocks.fill(words.get_word("moves.order"), **given, **counts)


def _show_map(reading: RoundsReading) -> Markup:
    """How the group's map changed; nothing where it did not, or there is none to compare."""
    drawn = reading.map
    if drawn is None or not drawn.is_moved:
        return Markup("")
    return element("p", element("strong", load_chapter(MAP).title)) + blocks.make_list(_tell_map(drawn, reading))


def _tell_map(drawn: MapMoves, reading: RoundsReading) -> Iterator[str]:
    words = reading.chapter
    for name, links in (("new", drawn.new), ("gone", drawn.gone)):
        if links:
            yield blocks.fill(words.get_word(f"map.{name}"), links=join_words([_name_link(one) for one in links]))
    for name, pairs in (("turned", drawn.turned), ("surer", drawn.surer), ("doubted", drawn.doubted)):
        if pairs:
            told = join_words([_name_change(name, *pair) for pair in pairs])
            yield blocks.fill(words.get_word(f"map.{name}"), links=told)
    if drawn.goals:
        yield words.get_word("map.goal").format(then=drawn.goals[0], now=drawn.goals[1])
    if drawn.loops and drawn.loops[0] != drawn.loops[1]:
        yield blocks.fill(words.get_word("map.loops"), then=drawn.loops[0], now=drawn.loops[1])


def _name_link(link: Link) -> str:
    template = load_chapter("rounds").get_word("map.link")
    sign = load_chapter(MAP).get_word(f"signs.{link.sign}")
    return template.format(source=link.source.label, sign=sign, target=link.target.label)


def _name_change(name: str, then: Link, now: Link) -> str:
    """Name a link with its sign as it was and is, or how sure the group was and is of it."""
    words, chapter = load_chapter("rounds"), load_chapter(MAP)
    key, kind = ("sign", "signs") if name == "turned" else ("certainty", "certainty")
    was, is_ = (chapter.get_word(f"{kind}.{getattr(one, key)}") for one in (then, now))
    return words.get_word("map.change").format(link=_name_link(now), then=was, now=is_)
