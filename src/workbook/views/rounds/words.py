"""What a round says beside the last, in sentences: the line of change, the two readings, what follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbook.analysis.framing import FacetReading
from workbook.analysis.rounds import RoundsReading
from workbook.analysis.rounds.movement import Move
from workbook.analysis.rounds.promises import STATES, PromiseReading
from workbook.analysis.rounds.rounds import TargetReading
from workbook.model.chapters import list_questions, load_chapter
from workbook.model.engagement import Facts
from workbook.model.questions import GridQuestion, PointsQuestion
from workbook.model.wordings import load_wording
from workbook.theme import end_sentence, join_words
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import Block, fill, make_block, make_readings
from workbook.views.pieces.naming import name_some

MOST_QUOTED = 12
"""So many words of a promise stand in a sentence about it; the table holds all of them."""


def write_headline(reading: RoundsReading) -> str:
    """The chapter's finding in one sentence."""
    words = reading.chapter
    if not reading.has_last:
        return words.get_word("headline.none")
    told = _tell_change(reading)
    return fill(words.get_word("headline.changed"), told=told) if told else words.get_word("headline.nothing")


def write_line(reading: RoundsReading) -> str:
    """What changed since the last round in one line, for the first page; nothing where there is no last round."""
    if not reading.has_last:
        return ""
    return end_sentence(write_headline(reading))


def _tell_change(reading: RoundsReading) -> str:
    """Say what became of promises and tensions; where nothing is known of either, on how many scales people moved."""
    told = [part for part in (_tell_promises(reading), *_tell_places(reading)) if part]
    if not told and reading.moved:
        counts = {"moved": len(reading.moved), "total": len(reading.moves)}
        told = [fill(reading.chapter.get_word("line.moved"), **counts)]
    return "; ".join(_lower(part) for part in told)


def _tell_promises(reading: RoundsReading) -> str:
    words, total = reading.chapter, len(reading.told)
    if not any(one.is_spoken_of for one in reading.promises):
        return ""
    kept = len(reading.list_in("kept"))
    name = "one_promise" if total == 1 else "promises_shown" if reading.list_in("unshown") else "promises"
    parts = [fill(words.get_word(f"line.{name}{'' if kept else '_none'}"), kept=kept, total=total)]
    parts += [
        fill(words.get_word(f"line.{state}"), count=count)
        for state in ("not", "disputed", "claimed")
        if (count := len(reading.list_in(state)))
    ]
    return ", ".join(parts)


def _tell_places(reading: RoundsReading) -> Iterable[str]:
    words = reading.chapter
    for name, facets in (("resolved", reading.resolved), ("appeared", reading.appeared)):
        if facets:
            alone = "_alone" if name == "appeared" and not reading.resolved else ""
            several = "_several" if len(facets) > 1 else ""
            yield fill(words.get_word(f"line.{name}{alone}{several}"), names=name_some(_name_facets(facets)))


def _name_facets(facets: Sequence[FacetReading]) -> list[str]:
    return [one.facet.title.lower() for one in facets]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def name_move(move: Move, facts: Facts) -> str:
    """Say what an answer is about: a facet and its side, a row and its column, a row of points, or the question."""
    words, question = load_chapter("rounds"), list_questions(facts)[move.question]
    if isinstance(question, GridQuestion):
        row = next(one.label for one in question.rows if one.id == move.row)
        column = next(one.label for one in question.columns if one.id == move.column)
        return fill(words.get_word("moves.about"), title=row, side=_lower(column))
    if isinstance(question, PointsQuestion):
        row = next(one.label for one in question.options if one.id == move.row)
        return fill(words.get_word("moves.about"), title=row, side=words.get_word("moves.points"))
    return name_scale(move.question, facts)


def name_scale(question: str, facts: Facts) -> str:
    """Name a question that is answered on a scale: by its facet and side, or in its own words."""
    words, asked = load_chapter("rounds"), list_questions(facts)[question]
    chapter, _, rest = question.partition(".")
    about, _, side = rest.rpartition(".")
    title = next((one.title for one in load_chapter(chapter).facets if one.id == about), "")
    sides = words.words["moves"]["sides"]
    if title and side in sides:
        return fill(words.get_word("moves.about"), title=title, side=sides[side])
    return asked.text.rstrip("?")


def count_by_chapter(reading: RoundsReading) -> dict[str, tuple[int, int]]:
    """Return of each chapter how many answers given twice are others now, and how many were given twice."""
    chapters = dict.fromkeys(move.chapter for move in reading.moves)
    return {
        chapter: (
            sum(move.chapter == chapter for move in reading.moved),
            sum(move.chapter == chapter for move in reading.moves),
        )
        for chapter in chapters
    }


def word_step(steps: Sequence[str], step: float | None) -> str:
    """Word a step of a scale; half a step by the two that it lies between."""
    if step is None:
        return "–"
    below = int(step)
    if below == step:
        return steps[below].lower()
    template = load_wording("page").get_word("between")
    return template.format(below=steps[below].lower(), above=steps[below + 1].lower())


def tell_answered(reading: RoundsReading) -> list[str]:
    """Say who is compared, who is not, and what so few can show."""
    words, answered = reading.chapter, reading.answered
    if not answered.again:
        return [words.get_word("answered.again_none")]
    name = "again_one" if answered.again == 1 else "again"
    told = [fill(words.get_word(f"answered.{name}"), count=voices.write_count(answered.again))]
    if answered.gone is None or answered.new is None:
        told.append(words.get_word("answered.shared"))
    elif answered.gone or answered.new:
        counts = {"gone": voices.write_count(answered.gone), "new": voices.write_count(answered.new)}
        told.append(fill(words.get_word("answered.rest"), **counts))
    if 1 < answered.again <= words.get_number("few"):
        told.append(fill(words.get_word("answered.few"), count=voices.write_count(answered.again)))
    return told


def tell_counts(reading: RoundsReading) -> str:
    """Say how many promises are in each state, those not kept first."""
    counts = [(state, len(reading.list_in(state))) for state in STATES]
    told = [fill(reading.chapter.get_word(f"promises.counts.{state}"), count=count) for state, count in counts if count]
    return join_words(told)


def compare_readings(reading: RoundsReading) -> Block:
    """The two readings of change side by side, and what follows."""
    return make_block(make_readings(_read_as_evaluation(reading), _read_as_learning(reading), write_follows(reading)))


def _read_as_evaluation(reading: RoundsReading) -> list[str]:
    words = reading.chapter
    if not reading.moves:
        return [words.get_word("evaluation.nobody")]
    told = [_tell_by_chapter(reading)]
    if reading.targets:
        name = f"evaluation.targets{name_targets(reading.targets)}"
        told.append(fill(words.get_word(name), **count_targets(reading.targets)))
    else:
        told.append(words.get_word("evaluation.no_targets"))
    return [*told, words.get_word("evaluation.else")]


def count_targets(targets: Sequence[TargetReading]) -> dict[str, int]:
    """Count targets: all, those reached, and those of which it is not known."""
    states = [one.state for one in targets]
    return {"total": len(states), "reached": states.count("reached"), "unknown": states.count("unknown")}


def name_targets(targets: Sequence[TargetReading]) -> str:
    """Name the words for so many targets: one is told by itself, and what is not known is not called missed."""
    counts = count_targets(targets)
    unknown = "_unknown" if counts["unknown"] else ""
    if counts["total"] > 1:
        return unknown
    return f"_one{unknown or ('' if counts['reached'] else '_open')}"


def _tell_by_chapter(reading: RoundsReading) -> str:
    """Say how many answers given twice changed, chapter by chapter, and by how many people at most."""
    words, template = reading.chapter, reading.chapter.get_word("evaluation.chapter")
    counts = {"moved": len(reading.moved), "total": len(reading.moves)}
    people = voices.write_count(max(len(move.pairs) for move in reading.moves))
    chapters = [
        template.format(chapter=load_chapter(name).title.lower(), moved=moved, total=total)
        for name, (moved, total) in count_by_chapter(reading).items()
        if moved
    ]
    if not chapters:
        return fill(words.get_word("evaluation.moved_none"), count=people, **counts)
    return fill(words.get_word("evaluation.moved"), count=people, chapters=join_words(chapters), **counts)


def _read_as_learning(reading: RoundsReading) -> list[str]:
    words = reading.chapter
    tried = len(reading.list_in("kept", "partly"))
    claimed = len(reading.claimed)
    name = "tried" if tried else "not_tried" if not claimed else "claimed_one" if claimed == 1 else "claimed"
    counts = {"count": tried or voices.write_count(claimed), "total": len(reading.told)}
    told = [fill(words.get_word(f"learning.{name}"), **counts)]
    said = reading.learnt.said if reading.learnt else ()
    told.append(
        fill(words.get_word("learning.learnt"), quotes=voices.quote_each(said))
        if said
        else words.get_word("learning.not_learnt")
    )
    if asked := _list_next(reading):
        told.append(fill(words.get_word("learning.next"), what=join_words(asked)))
    return told


def _list_next(reading: RoundsReading) -> list[str]:
    words = reading.chapter
    asked = [
        fill(words.get_word(f"learning.next_{'unkept' if one.state == 'not' else 'disputed'}"), promise=_shorten(one))
        for one in reading.list_in("not", "disputed")[:1]
    ]
    new = [words.get_word("learning.next_appeared").format(name=one) for one in _name_facets(reading.appeared)[:1]]
    return [*map(_lower, asked), *new, *_ask_who_moved(reading)]


def _ask_who_moved(reading: RoundsReading) -> list[str]:
    """Ask those who changed their mind about what most changed it about; nothing where nobody did."""
    changed = [move for move in reading.moved if move.changed]
    if not changed:
        return []
    most = max(changed, key=lambda move: len(move.changed))
    counts = {"count": voices.write_count(len(most.changed)), "total": voices.write_count(len(most.pairs))}
    about = name_move(most, reading.facts)
    return [reading.chapter.get_word("learning.next_moved").format(about=about, **counts)]


def _shorten(one: PromiseReading) -> str:
    """Return a promise as a sentence names it: whole, or its beginning."""
    parts = one.promise.what.rstrip(". ").split()
    return " ".join(parts) if len(parts) <= MOST_QUOTED else f"{' '.join(parts[:MOST_QUOTED])} …"


def write_follows(reading: RoundsReading) -> str:
    """What follows from all of it, in one sentence."""
    words = reading.chapter
    if not reading.has_last:
        return words.get_word("follows.first")
    if reading.list_in("not", "partly", "disputed"):
        return words.get_word("follows.owed")
    if reading.list_in("unknown", "claimed"):
        return words.get_word("follows.unknown")
    return words.get_word(f"follows.{'unshown' if reading.list_in('unshown') else 'nothing'}")
