"""What the practices of chapter 08 say in sentences: headline, differences, the two readings, what follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from workbook.analysis.practices import NameReading, PracticeReading, PracticesReading
from workbook.analysis.voices.scales import ScaleReading
from workbook.theme import end_sentence, format_number
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.naming import name_some


def write_headline(reading: PracticesReading) -> str:
    """The finding in a few words."""
    words, wide, unowned, contested = (reading.chapter, *map(len, (reading.wide, reading.unowned, reading.contested)))
    if reading.pattern != "wide":
        told = _write_plain_headline(reading)
        return voices.attribute(told, reading.lone) if reading.evidence.is_enough else told
    if contested and not unowned:
        name = "contested_one" if wide == 1 else "contested_all" if contested == wide else "contested"
    elif wide == 1:
        name = "unowned_one" if unowned else "owned_one" if reading.wide[0].owner.names else "wide_held_one"
    elif unowned == wide:
        name = "unowned_both" if wide == 2 else "unowned_all"
    elif unowned:
        name = "unowned"
    else:
        name = "owned" if all(one.owner.names for one in reading.wide) else "wide_held"
    told = blocks.fill(
        words.get_word(f"headline.{name}"), wide=_count(wide), unowned=_count(unowned), contested=_count(contested)
    )
    return voices.attribute(told, reading.lone)


def _write_plain_headline(reading: PracticesReading) -> str:
    counts = {
        "apart": len(reading.apart),
        "quick": len(reading.quick),
        "count": len(reading.backwards),
        "known": len(reading.rated),
    }
    name: str = reading.pattern
    scales = [scale for one in reading.practices for scale in (one.today, one.wanted)]
    if name in ("unknown", "not_here") and voices.is_unsure(scales):
        name = "unsure"
    if name == "few" and reading.edition != "private":
        name = "few_shown"
    elif (name == "few" and len(reading.rated) == 1) or (name == "backwards" and len(reading.backwards) == 1):
        name = f"{name}_one"
    in_words = {key: _count(count) for key, count in counts.items()}
    return blocks.fill(reading.chapter.get_word(f"headline.{name}"), total=_count(len(reading.practices)), **in_words)


def write_follows(reading: PracticesReading) -> str:
    """What follows; and that it rests on one voice, where it does and the words before do not say so."""
    lone = reading.lone if reading.evidence.is_enough else None
    return voices.add_caution(_write_follows(reading), lone)


def _write_follows(reading: PracticesReading) -> str:
    words = reading.chapter
    if reading.pattern == "wide":
        return _follow_wide(reading)
    first = {"quick": reading.quick, "small": reading.below, "backwards": reading.backwards}.get(reading.pattern, ())
    title, step = (first[0].facet.title, write_step(first[0])) if first else ("", "")
    left = _count(len(reading.practices) - len(reading.rated))
    shown = reading.pattern == "few" and reading.edition != "private"
    return blocks.fill(
        words.get_word(f"follows.{'few_shown' if shown else reading.pattern}"),
        title=title,
        step=step,
        open=left,
        titles=_name(reading.apart),
    )


def _follow_wide(reading: PracticesReading) -> str:
    words = reading.chapter
    if reading.unowned:
        one = reading.unowned[0]
        name = "unowned" if one.step.names else "unowned_idea"
        return blocks.fill(words.get_word(f"follows.{name}"), title=one.facet.title, step=write_step(one))
    if reading.contested:
        one = reading.contested[0]
        return blocks.fill(words.get_word("follows.settle"), title=one.facet.title, names=name_several(one.owner))
    one = reading.wide[0]
    if one.owner.settled and one.step.names:
        step = {"owner": one.owner.settled, "title": one.facet.title, "step": write_step(one)}
        return blocks.fill(words.get_word("follows.owned"), **step)
    held = "held" in (one.owner.state, one.step.state)
    return blocks.fill(words.get_word("follows.wide_held" if held else "follows.wide"), title=one.facet.title)


def list_differences(reading: PracticesReading, *, most: int | None = None) -> blocks.Block:
    """Where voices differ strongly, and between whom; of more than `most` the others are named by title only."""
    words = reading.chapter
    held = note_held_back(reading)
    if not any(scale.responses for one in reading.practices for scale in (one.today, one.wanted)):
        return blocks.make_block(held or blocks.make_paragraph(words.get_word("differences.nothing")))
    items = [_write_difference(one, scale, reading) for one, scale in reading.differences[:most]]
    items += _write_contrary_voices(reading)
    also = list(dict.fromkeys(one.facet.title for one, _ in reading.differences[len(reading.differences[:most]) :]))
    if also:
        items.append(blocks.fill(words.get_word("differences.also"), titles=name_some(also, quoted=True)))
    if not items:
        return blocks.make_block(
            blocks.make_paragraph(words.get_word(f"differences.{'one' if reading.raters == 1 else 'none'}"))
        )
    return blocks.make_block(blocks.make_list(items, class_="differences"))


def _write_difference(one: PracticeReading, scale: ScaleReading, reading: PracticesReading) -> str:
    name = "today" if scale is one.today else "wanted"
    template = reading.chapter.get_word(f"differences.{name}")
    return blocks.fill(template, title=one.facet.title, sides=voices.name_sides(scale))


def _write_contrary_voices(reading: PracticesReading) -> list[str]:
    """Name each voice that wants less than it sees today where the middle answer, disputed or not, wants more."""
    titles: dict[str, list[str]] = defaultdict(list)
    for one in (*reading.below, *(one for one in reading.apart if one.leans_up)):
        for voice in one.backwards_voices:
            titles[voice].append(one.facet.title)
    template = reading.chapter.get_word("differences.contrary")
    named = {voice: name_some(found, quoted=True) for voice, found in sorted(titles.items())}
    return [blocks.fill(template, voice=voice, titles=found) for voice, found in named.items()]


def compare_readings(reading: PracticesReading) -> blocks.Block:
    """The two readings side by side, and what follows."""
    return blocks.make_block(
        blocks.make_readings(_read_as_evaluation(reading), _read_as_learning(reading), write_follows(reading))
    )


def read_twice(reading: PracticesReading) -> tuple[list[str], list[str]]:
    """What the chapter says as evaluation, and as learning, sentence by sentence."""
    return _read_as_evaluation(reading), _read_as_learning(reading)


def _read_as_evaluation(reading: PracticesReading) -> list[str]:
    words = reading.chapter
    if not reading.is_answered:
        return _judge_baseline(reading) if reading.apart else [words.get_word(f"follows.{reading.pattern}")]
    open_ = len(reading.practices) - len(reading.rated) - len(reading.apart)
    apart = [blocks.fill(words.get_word("evaluation.apart"), titles=_name(reading.apart))] if reading.apart else []
    name = "rated" if reading.edition == "private" else "rated_held"
    rated = [blocks.fill(words.get_word(f"evaluation.{name}"), open=_count(open_))] if open_ else []
    return [_count_short(reading), *apart, *rated, *_judge_baseline(reading), *_count_checkable(reading)]


def _count_short(reading: PracticesReading) -> str:
    """Say how many practices fall short, and how many of them by a wide gap."""
    words, below, known = reading.chapter, len(reading.below), len(reading.rated)
    if known == 1:
        name = "counted_one" if below else "counted_none_one"
        return blocks.fill(words.get_word(f"evaluation.{name}"), gap=_word_gap(reading.rated[0], reading))
    wide = len(reading.wide)
    name = "counted_none" if not below else "counted_all" if below == known else "counted"
    if below and not wide:
        name += "_small"
    elif name == "counted" and 1 < below == wide:
        name = "counted_wide"
    elif below and wide == known:
        name = "counted_all_wide"
    return blocks.fill(
        words.get_word(f"evaluation.{name}"),
        below=_count(below),
        known=_count(known),
        all_known=voices.write_all(known),
        fall=words.get_word("evaluation.falls" if below == 1 else "evaluation.fall"),
        wide=_count(wide),
        steps=_word_number(words.get_number("wide_gap")),
    )


def _judge_baseline(reading: PracticesReading) -> list[str]:
    """Say whether today's ratings can serve as a baseline; of one voice's there is nothing to say."""
    words = reading.chapter
    apart = [one for one in reading.practices if one.today.differs]
    if apart:
        return [blocks.fill(words.get_word("evaluation.baseline_apart"), titles=_name(apart))]
    most = max((len(one.today.responses) for one in reading.rated), default=1)
    return [] if most == 1 else [words.get_word(f"evaluation.{'baseline' if most else 'baseline_agreed'}")]


def _count_checkable(reading: PracticesReading) -> list[str]:
    """Say which of the practices in the table have a first step and an owner."""
    words, shown = reading.chapter, reading.shown
    if not shown:
        return []
    found = [one for one in shown if one in reading.checkable]
    held = any("held" in (one.step.state, one.owner.state) for one in shown)
    if not found:
        return [words.get_word(f"evaluation.checkable_{'held' if held else 'none'}")]
    counts = {
        "count": _count(len(found)),
        "all": _count(len(shown)),
        "every": voices.write_all(len(shown)),
        "titles": _name(found),
    }
    has = words.get_word(f"evaluation.{'has' if len(found) == 1 else 'have'}")
    if held:
        name = "checkable_shown"
    elif len(found) == len(shown):
        name = "checkable_all_one" if len(shown) == 1 else "checkable_all"
    else:
        name = "checkable"
    return [blocks.fill(words.get_word(f"evaluation.{name}"), has=has, **counts)]


def _read_as_learning(reading: PracticesReading) -> list[str]:
    words = reading.chapter
    if not reading.is_answered:
        name = "evaluation.apart" if reading.apart else f"follows.{reading.pattern}"
        return [blocks.fill(words.get_word(name), titles=_name(reading.apart))]
    sentences = [_describe_widest(reading)]
    if reading.backwards:
        sentences.append(blocks.fill(words.get_word("learning.backwards"), titles=_name(reading.backwards)))
    if reading.quick:
        sentences.append(blocks.fill(words.get_word("learning.quick"), titles=_name(reading.quick)))
    elif reading.below and not reading.steps_held:
        sentences.append(words.get_word("learning.quick_none"))
    return [*sentences, *_describe_strengths(reading)][:4]


def _describe_widest(reading: PracticesReading) -> str:
    words = reading.chapter
    if not reading.below:
        return words.get_word("learning.no_gap")
    widest = [one for one in reading.below if one.gap == reading.below[0].gap]
    if len(widest) > 1:
        steps = _word_gap(widest[0], reading)
        return blocks.fill(words.get_word("learning.widest_several"), titles=_name(widest), steps=steps)
    one = widest[0]
    return blocks.fill(
        words.get_word(f"learning.{'widest' if len(reading.below) > 1 else 'only'}"),
        title=one.facet.title,
        meaning=one.facet.words.get("meaning", one.facet.title),
    )


def _describe_strengths(reading: PracticesReading) -> list[str]:
    """Name the weakest strength today, unless its gap is a wide one and so named already, or say that none is weak."""
    words = reading.chapter
    strengths = [one for one in reading.practices if one.facet.words.get("group") == "strengths"]
    found = [one for one in strengths if one.today.value is not None]
    if not found:
        return []
    weakest = min(found, key=lambda one: one.today.value or 0)
    high = len(weakest.today.steps) - 2
    if (weakest.today.value or 0) >= high:
        return [blocks.fill(words.get_word("learning.strengths_strong"), step=weakest.today.steps[high].lower())]
    if weakest in reading.wide or weakest in reading.below[:1]:
        return []
    meaning = weakest.facet.words.get("meaning", weakest.facet.title)
    return [blocks.fill(words.get_word("learning.strengths"), title=weakest.facet.title, meaning=meaning)]


def write_few(reading: PracticesReading) -> str:
    """Say in one sentence what too few ratings hold, and if they are one voice's."""
    name = ("short" if reading.wide else "none") + ("_one" if reading.lone else "")
    return blocks.fill(reading.chapter.get_word(f"few.{name}"), titles=_name(reading.wide))


def write_step(one: PracticeReading) -> str:
    """The first step that was named, else the first move that the words suggest, as a sentence."""
    step = one.step.names[0] if one.step.names else one.facet.moves[0] if one.facet.moves else ""
    return end_sentence(step)


def word_value(scale: ScaleReading) -> str:
    """The answer to reckon with, in words; nothing where there is none."""
    return "" if scale.value is None else voices.word_step(scale, scale.value)


def note_held_back(reading: PracticesReading) -> Markup:
    """Say once what ratings are held back, and why."""
    withheld = [scale.withheld for one in reading.practices for scale in (one.today, one.wanted)]
    return voices.note_held_back(withheld, reading.minimum_group)


def _name(practices: Sequence[PracticeReading]) -> str:
    return name_some([one.facet.title for one in practices], quoted=True)


def name_several(names: NameReading) -> str:
    """Join the names that voices gave."""
    return name_some(names.names)


def _word_gap(one: PracticeReading, reading: PracticesReading) -> str:
    gap = one.gap or 0
    return f"{_word_number(gap)} {reading.chapter.get_word('evaluation.step' if gap == 1 else 'evaluation.steps')}"


def _word_number(number: float) -> str:
    return _count(int(number)) if number == int(number) else format_number(number)


def _count(count: int) -> str:
    return voices.write_count(count)
