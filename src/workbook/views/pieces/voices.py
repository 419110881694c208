"""How several voices are shown: who differs, what is held back, how an answer is worded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from workbook.analysis.audiences.names import lower_name
from workbook.analysis.voices.grids import ChoiceReading, NumberReading
from workbook.analysis.voices.scales import Lone, ScaleReading, WordsReading
from workbook.charts.dots import DotAnswers
from workbook.model.answers import Response
from workbook.model.base import NOT_STATED, UNSURE
from workbook.model.wordings import load_wording
from workbook.theme import join_words
from workbook.views.pieces.blocks import fill, make_held_back
from workbook.views.pieces.facts import write_day

MOST_QUOTED = 6
"""How many answers in words one sentence quotes."""


def word_step(scale: ScaleReading, step: float) -> str:
    """Word an answer in steps: a step by its label, half a step by the two labels it lies between."""
    below = int(step)
    if below == step:
        return scale.steps[below].lower()
    template = load_wording("page").get_word("between")
    return template.format(below=scale.steps[below].lower(), above=scale.steps[below + 1].lower())


def word_middle(scale: ScaleReading) -> str:
    """Word the answer to reckon with, or say why there is none; of voices far apart no middle is worded."""
    words = load_wording("voices")
    if scale.agreed is not None:
        return f"{word_step(scale, scale.agreed)} ({words.get_word('agreed')})"
    if scale.is_disputed:
        return words.get_word("far_apart")
    if scale.middle is not None:
        return word_step(scale, scale.middle)
    if scale.withheld == "small_group":
        return load_wording("page").get_word("held_back")
    if scale.unsure or scale.agreed_unsure:
        return words.get_word("call_silent" if scale.source == "call" else "unsure")
    return load_wording("page").get_word("not_answered" if scale.is_whole else "not_shown")


def word_range(scale: ScaleReading) -> str:
    """Word the lowest and the highest answer."""
    if not scale.responses:
        return "–"
    low, high = scale.responses[0].value, scale.responses[-1].value
    if low == high:
        return word_step(scale, low)
    return (
        load_wording("page").get_word("range_of_steps").format(low=word_step(scale, low), high=word_step(scale, high))
    )


def word_middle_and_range(scale: ScaleReading) -> str:
    """Word the answer to reckon with and, where several differ, the lowest and the highest."""
    middle, left, told = word_middle(scale), list_left(scale), tell_target(scale)
    spread = [word_range(scale)] if scale.gap and scale.withheld != "small_group" else []
    beside = "; ".join([*spread, *left, *told])
    return f"{middle} ({beside})" if beside else middle


def tell_target(scale: ScaleReading) -> list[str]:
    """Say where the group wants to be, and by when; nothing where it has not said."""
    if scale.target is None:
        return []
    words, day = load_wording("voices"), scale.target.by
    given = {"step": word_step(scale, scale.target.value)}
    if day in (None, UNSURE, NOT_STATED):
        return [words.get_word("target").format(**given)]
    return [words.get_word("target_by").format(**given, day=write_day(day))]


def word_middle_and_left(scale: ScaleReading) -> str:
    """Word the answer to reckon with and, where it is not everybody's, how many do not know or have not said."""
    return add_left(word_middle(scale), scale)


def word_middle_and_aim(scale: ScaleReading) -> str:
    """Word what `word_middle_and_left` does and, where the group set one, its target."""
    told = "; ".join(tell_target(scale))
    return f"{word_middle_and_left(scale)} ({told})" if told else word_middle_and_left(scale)


def word_range_and_left(scale: ScaleReading) -> str:
    """Word the lowest and the highest answer, and how many do not know or have not said."""
    return "; ".join([word_range(scale), *list_left(scale)])


def list_left(scale: ScaleReading | NumberReading | ChoiceReading) -> list[str]:
    """Say how many do not know, have not said or were not asked, beside what others answered or instead of it."""
    words = load_wording("voices")
    if scale.silent + scale.not_asked + len(scale.unsure) + len(scale.responses) < 2:
        return []
    known, given = scale.responses or scale.agreed is not None, scale.responses or scale.unsure
    left = (
        ("unsure_count", len(scale.unsure) if known else 0),
        ("silent_count", scale.silent if given else 0),
        ("not_asked_count", scale.not_asked if given else 0),
    )
    return [words.get_word(name).format(count=count) for name, count in left if count]


def add_left(told: str, scale: ScaleReading | NumberReading | ChoiceReading) -> str:
    """Add behind what a cell says how many do not know, have not said or were not asked."""
    left = "; ".join(list_left(scale))
    return f"{told} ({left})" if left else told


def word_missing(cell: NumberReading | ChoiceReading) -> str:
    """Say why a cell holds no answer: held back, not known to those who answered, not answered, not shown here."""
    page = load_wording("page")
    if cell.withheld == "small_group":
        return page.get_word("held_back")
    if cell.unsure or cell.agreed_unsure:
        return load_wording("voices").get_word("call_silent" if cell.source == "call" else "unsure")
    return page.get_word("not_answered" if cell.is_whole else "not_shown")


def is_unsure(readings: Iterable[ScaleReading | NumberReading | ChoiceReading]) -> bool:
    """Whether somebody answered that it is not known yet: where nothing is known, that is not nobody's answer."""
    return any(one.unsure or one.agreed_unsure for one in readings)


def name_sides(scale: ScaleReading) -> str:
    """Say between whom a disagreement lies: by name where consent goes so far, else by number.

    A side that is named comes first, so that "five others" has somebody to be other than.
    """
    sides = sorted((scale.low_side, scale.high_side), key=lambda side: not _all_named(side))
    other = "others" if _all_named(sides[0]) else "voices"
    template = load_wording("voices").get_word("side")
    named = [template.format(who=_name_voices(side, other), labels=_word_side(scale, side)) for side in sides]
    return fill("{}; {}", *named)


def tell_sides(scale: ScaleReading) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return for the low side and the high one what it says, and who says it."""
    low, high = (
        (
            join_words(
                [word_step(scale, step) for step in sorted({r.value for r in side})],
                load_wording("page").get_word("or"),
            ),
            side,
        )
        for side in (scale.low_side, scale.high_side)
    )
    other = "others" if _all_named(low[1]) != _all_named(high[1]) else "voices"
    first, second = ((label, _name_voices(side, other)) for label, side in (low, high))
    return first, second


def _name_voices(side: Sequence[Response], other: str) -> str:
    return join_words([r.voice or "" for r in side]) if _all_named(side) else _count_voices(len(side), other)


def _all_named(side: Sequence[Response]) -> bool:
    return len(side) <= load_wording("voices").get_number("most_names") and all(r.voice for r in side)


def _count_voices(count: int, word: str) -> str:
    if count == 1:
        return load_wording("page").get_word("one_other" if word == "others" else "one_voice")
    return load_wording("voices").get_word(word).format(count=write_count(count))


def _word_side(scale: ScaleReading, side: Sequence[Response]) -> str:
    quoted = load_wording("voices").get_word("quoted")
    labels = [quoted.format(label=word_step(scale, step)) for step in sorted({r.value for r in side})]
    return join_words(labels, load_wording("page").get_word("or"))


def write_all(count: int) -> str:
    """All of so many: two are both."""
    words = load_wording("page")
    return (
        words.get_word("all_of.two") if count == 2 else words.get_word("all_of.more").format(count=write_count(count))
    )


def write_count(count: int) -> str:
    """A count in words up to ten."""
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[count] if count < len(words) else str(count)


def make_dot_answers(scale: ScaleReading) -> DotAnswers:
    """Turn a reading into the marks of one lane of a dot chart."""
    target = None if scale.target is None else float(scale.target.value)
    if scale.responses or scale.agreed is not None:
        middle = scale.middle if len(scale.responses) > 1 and not scale.is_disputed else None
        agreed = None if scale.agreed is None else float(scale.agreed)
        values = tuple(float(r.value) for r in scale.responses)
        return DotAnswers(values=values, middle=middle, agreed=agreed, target=target, left="; ".join(list_left(scale)))
    return DotAnswers(target=target, words=word_middle_and_left(scale))


def note_held_back(withheld: Iterable[str | None], minimum: int) -> Markup:
    """Say what is held back and why, once for a whole figure; nothing where nothing is."""
    reasons = {reason for reason in withheld if reason}
    if not reasons:
        return Markup("")
    name = "small_both" if len(reasons) > 1 else reasons.pop()
    return make_held_back(fill(load_wording("voices").get_word(name), minimum=minimum))


def quote_words(reading: WordsReading) -> tuple[tuple[str, str], ...]:
    """Return what was written, each with who wrote it: the group first, then the voices."""
    said = [] if reading.agreed is None else [(load_wording("voices").get_word("agreed"), reading.agreed)]
    return (*said, *((response.voice or "", str(response.value)) for response in reading.given))


def is_alone(cell: NumberReading | ScaleReading | ChoiceReading) -> bool:
    """Whether one voice alone says it, and the group has not agreed it; a reading of a text is no voice concerned."""
    return len(cell.responses) == 1 and cell.agreed is None and cell.source != "call"


def mark_alone(
    sentence: str, cell: NumberReading | ScaleReading | ChoiceReading, called: Sequence[str] = (), *, whole: bool = True
) -> str:
    """Put before a sentence that it is what one voice says, where it is no more than that."""
    if not is_alone(cell):
        return sentence
    told = lower_start(sentence, called)
    return load_wording("voices").get_word(f"alone{'' if whole else '_part'}").format(told=told)


def name_speakers(said: Sequence[Response]) -> str:
    """Name those who say something as voices: one with its role, a few with theirs, more by number."""
    words = load_wording("voices")
    count = load_wording("page").get_word("one_voice") if len(said) == 1 else _count_voices(len(said), "voices")
    return words.get_word("speakers").format(count=count, who=_name_voices(said, "")) if _all_named(said) else count


def differ_in_words(said: Sequence[Response]) -> bool:
    """Whether voices wrote different words, capitals and full stops aside."""
    return len({str(response.value).strip().rstrip(". ").casefold() for response in said}) > 1


def quote_each(said: Sequence[Response]) -> str:
    """Quote what each voice says, beside who says it as far as this edition may tell; the same words once.

    Of many, what most say comes first, and the rest is counted: all of it stands among the words further down.
    """
    words, speakers = load_wording("evidence"), dict[str, list[str]]()
    for response in said:
        text = str(response.value).strip().rstrip(". ")
        speakers.setdefault(text, []).append(response.voice or words.get_word("unnamed"))
    told = list(speakers.items())
    if len(told) > MOST_QUOTED:
        told = sorted(told, key=lambda one: -len(one[1]))[: MOST_QUOTED - 1]
    quoted = [
        words.get_word("quoted").format(text=text, who=_name_some(list(dict.fromkeys(who)))) for text, who in told
    ]
    left = len(speakers) - len(told)
    return "; ".join([*quoted, words.get_word("quoted_more").format(count=left)] if left else quoted)


def _name_some(names: Sequence[str]) -> str:
    """Name up to as many as answers are quoted of, and count the rest."""
    left = len(names) - MOST_QUOTED
    more = load_wording("voices").get_word("others").format(count=write_count(left))
    return join_words([*names[:MOST_QUOTED], more] if left > 1 else list(names))


def introduce(reading: WordsReading) -> str:
    """Say before words that are not agreed whose they are, and that they are not agreed."""
    template = load_wording("voices").get_word(f"introduce.{reading.source}")
    return template.format(who=name_speakers(reading.said))


def add_caution(follows: str, lone: Lone | None) -> str:
    """Say behind advice that it is as one voice sees it; a page on a public call says at its head whose it is."""
    if lone is None or lone.source == "call":
        return follows
    return f"{follows} {load_wording('evidence').get_word(f'rests.{lone.manner}').format(who=lone.who)}"


def is_said_by_one(lone: Lone | None) -> bool:
    """Whether a finding is to be told as what one voice, or single voices, see."""
    return lone is not None and lone.source != "call"


def attribute(headline: str, lone: Lone | None, names: Sequence[str] = ()) -> str:
    """Say before a headline that it is as one voice sees it; it goes on small, unless it begins with one of `names`."""
    if lone is None or not is_said_by_one(lone):
        return headline
    return load_wording("evidence").get_word(f"sees.{lone.manner}").format(headline=lower_start(headline, names))


def lower_start(headline: str, names: Sequence[str]) -> str:
    """Let a headline go on inside a sentence: it begins small, but for one of `names` as that is written."""
    name = next((name for name in names if headline.casefold().startswith(name.casefold())), "")
    return lower_name(name) + headline[len(name) :] if name else headline[:1].lower() + headline[1:]
