"""Chapter 05 on the page: what another split of the money would do, in the commissioner's own money and doubts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from workbook.analysis.resources.resources import ResourcesReading
from workbook.analysis.resources.tradeoff import TradeOff
from workbook.analysis.voices.grids import NumberReading
from workbook.markup import element
from workbook.model.answers import Response
from workbook.model.wordings import load_wording
from workbook.theme import format_number, format_percent, join_words
from workbook.views.pieces import blocks, voices
from workbook.views.resources.doubts import (
    count_defaults,
    count_voices,
    name_asks,
    name_defaults,
    name_first_asks,
    write_figure,
)
from workbook.views.resources.plan import (
    draw_money,
    label_categories,
    tell_over,
    write_about,
    write_balance,
    write_money,
    write_split,
    write_today,
)
from workbook.views.resources.tradeoff import (
    draw_curve,
    tell_blocked,
    write_cases,
)
from workbook.views.resources.words import read_as_evaluation, read_as_learning


def write_headline(reading: ResourcesReading) -> str:
    """The finding in a few words; it says so where the figures behind it are mostly ours."""
    words = reading.chapter
    if reading.tradeoff is None:
        return words.get_word(f"headline.blocked.{reading.blocked}")
    if reading.is_ours:
        name = "nobody" if reading.is_whole else "not_shown"
        return words.get_word(f"headline.{'unsure' if voices.is_unsure(reading.elicited.cells) else name}")
    if reading.is_mostly_ours:
        return words.get_word("headline.mostly" if reading.is_whole else "headline.mostly_not_shown")
    return voices.attribute(_write_finding(reading, reading.tradeoff), reading.lone)


def _write_finding(reading: ResourcesReading, result: TradeOff) -> str:
    """The finding with how likely it is and how much it is about, on average."""
    words, finding = reading.chapter, result.finding
    chance = result.today_chance if finding == "near" else result.better_chance
    judged = finding in ("near", "more_use", "more_data")
    sure = not judged or (chance or 0.0) >= words.get_number("probable")
    return blocks.fill(
        words.get_word(f"headline.{finding}{'' if sure else '_unsure'}"), gain=_write_gain(reading, result)
    )


def _write_gain(reading: ResourcesReading, result: TradeOff) -> str:
    """How much more the best split is worth than today's plan, on average, in round words."""
    words, worth = reading.chapter, result.today_worth or 0.0
    gain = 1 / worth - 1 if worth > 0 else math.inf
    for step in words.words["amounts"]["gains"]:
        if gain <= step["most"]:
            return str(step["label"])
    return words.get_word("amounts.gain_large")


def write_follows(reading: ResourcesReading) -> str:
    """What the commission should do, in its own money, and how many of the figures behind that are ours."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return words.get_word(f"blocked_follows.{reading.blocked}")
    if reading.is_ours or reading.is_mostly_ours:
        return _ask_for_figures(reading)
    counted = [count_defaults(reading)] if reading.elicited.ours else []
    lone = reading.lone if voices.is_said_by_one(reading.lone) else None
    by_one = [blocks.fill(words.get_word("follows.by_one"), who=lone.who)] if lone else []
    return " ".join([_write_action(reading, result), *counted, *by_one])


def _ask_for_figures(reading: ResourcesReading, template: str = "first") -> str:
    """Say which few figures to ask for, or that an edition for others holds none to rely on."""
    if not reading.is_whole:
        return reading.chapter.get_word("follows.not_shown")
    return blocks.fill(reading.chapter.get_word(f"follows.{template}"), names=name_first_asks(reading))


def _write_action(reading: ResourcesReading, result: TradeOff) -> str:
    words = reading.chapter
    low, high = (write_about(reading, share * result.money) for share in result.near)
    data_low, data_high = (write_about(reading, (1 - share) * result.money) for share in reversed(result.near))
    today = result.today or 0.0
    point = result.finding in ("more_use", "more_data") and low == high
    spent = words.get_word("follows.spent") if reading.spent_split and result.today is not None else ""
    action = blocks.fill(
        words.get_word(f"follows.{result.finding}{'_point' if point else ''}"),
        low=low,
        high=high,
        data_low=data_low,
        data_high=data_high,
        money=write_money(reading, result.money),
        use=write_today(reading, today * result.money),
        data=write_today(reading, (1 - today) * result.money),
    )
    amounts = {"spent": write_money(reading, reading.spent_split), "money": write_money(reading, result.money)}
    return f"{action} {blocks.fill(spent, **amounts)}".rstrip()


def write_sure(reading: ResourcesReading) -> str:
    """How sure the answer is, and what would change it; empty where there is no answer."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return ""
    sentences = [_write_chance(reading, result), _write_change(reading, result)]
    if not result.draws.choice.contiguous:
        sentences.append(words.get_word("gaps"))
    return " ".join(sentences)


def _write_chance(reading: ResourcesReading, result: TradeOff) -> str:
    words = reading.chapter
    if result.today is None:
        return blocks.fill(words.get_word("sure_open"), best=write_cases(result.best_chance))
    if result.finding not in ("more_use", "more_data"):
        return blocks.fill(words.get_word("sure_near"), today=write_cases(result.today_chance or 0.0))
    best = write_about(reading, result.draws.best_share * result.money)
    return blocks.fill(words.get_word("sure"), chance=write_cases(result.better_chance or 0.0), best=best)


def _write_change(reading: ResourcesReading, result: TradeOff) -> str:
    words = reading.chapter
    if result.widest is None:
        return words.get_word("change_none")
    doubt, low, high = result.widest
    source = reading.elicited.inputs[doubt]
    ends = source.figure.low, source.figure.high
    told = [write_cases(end) if doubt.field == "mean" else write_figure(reading, source, end) for end in ends]
    return blocks.fill(
        words.get_word(f"change_{doubt.field}" if doubt.field in ("mean", "obs_sd") else "change"),
        figure=name_asks(reading, [doubt]),
        low_figure=told[0],
        high_figure=told[1],
        low=format_percent(low),
        high=format_percent(high),
    )


def tell_answer(reading: ResourcesReading) -> blocks.Block:
    """The answer to the commissioner's question in their own money: how sure it is, and what would change it."""
    if reading.tradeoff is None:
        return blocks.make_block(blocks.make_paragraph(f"{tell_blocked(reading)} {write_follows(reading)}", "follows"))
    if reading.is_ours or reading.is_mostly_ours:
        action = _ask_for_figures(reading)
    else:
        action = _write_action(reading, reading.tradeoff)
    return blocks.make_block(
        element("p", element("strong", action), class_="follows"),
        blocks.make_paragraph(" ".join(_add_range(reading, reading.tradeoff))),
        blocks.make_paragraph(" ".join(part for part in (count_defaults(reading), name_defaults(reading)) if part)),
    )


def _add_range(reading: ResourcesReading, result: TradeOff) -> list[str]:
    """What stands beside the answer: the range where the answer does not name it, how sure, what is not in the plan."""
    words, sentences = reading.chapter, []
    low, high = (write_about(reading, share * result.money) for share in result.near)
    money = write_money(reading, result.money)
    if reading.is_ours or reading.is_mostly_ours:
        sentences.append(_write_our_range(reading, result))
    elif result.is_flat and result.finding in ("more_use", "more_data"):
        sentences.append(blocks.fill(words.get_word("flat_outside"), low=low, high=high))
    sentences.append(write_sure(reading))
    if reading.plan is None:
        share = format_percent(words.get_number("off_the_top"))
        name = "no_plan" if isinstance(reading.facts.budget, int | float) else "no_plan_most"
        sentences.append(blocks.fill(words.get_word(name), share=share, money=money))
    else:
        sentences.append(write_balance(reading))
    return [sentence for sentence in sentences if sentence]


def _write_our_range(reading: ResourcesReading, result: TradeOff) -> str:
    """What the defaults would say, as what it is."""
    words = reading.chapter
    low, high = (write_about(reading, share * result.money) for share in result.near)
    ends = low if low == high else words.get_word("amounts.range").format(low=low, high=high)
    name = "defaults_range" if reading.is_ours else "mostly_range"
    counts = {"count": len(reading.elicited.ours), "total": len(reading.elicited.inputs)}
    return blocks.fill(words.get_word(name), range=ends, money=write_money(reading, result.money), **counts)


def compare_readings(reading: ResourcesReading) -> blocks.Block:
    """Today's plan read as evaluation and as learning, and what follows."""
    return blocks.make_block(
        blocks.make_readings(read_as_evaluation(reading), read_as_learning(reading), write_follows(reading))
    )


def read_twice(reading: ResourcesReading) -> tuple[list[str], list[str]]:
    """What the chapter says as evaluation, and as learning, sentence by sentence."""
    return read_as_evaluation(reading), read_as_learning(reading)


def list_differences(reading: ResourcesReading) -> blocks.Block:
    """Where voices differ strongly, and between whom; this comes before any middle."""
    held_back = note_held_back(reading)
    items = _list_differing(reading)
    if items:
        return blocks.make_block(held_back, blocks.make_list(items, class_="differences"))
    most = max((len(one.responses) for one in reading.points.values()), default=0)
    name = ("nobody", "one")[most] if most < 2 else "none"
    if held_back and most == 0:
        return blocks.make_block(held_back)
    word = reading.chapter.get_word(f"differences.{name}{'' if reading.is_whole else '_shown'}")
    return blocks.make_block(held_back, blocks.make_paragraph(word))


def _list_differing(reading: ResourcesReading) -> list[str]:
    return [*_differ_over_money(reading), *_differ_over_people(reading), *_differ_over_steps(reading)]


def _differ_over_money(reading: ResourcesReading) -> list[str]:
    labels, least = label_categories(reading), reading.chapter.get_number("points_apart")
    wide = {labels[name]: one for name, one in reading.points.items() if one.gap >= least}
    ordered = sorted(wide.items(), key=lambda pair: -pair[1].gap)
    template = reading.chapter.get_word("differences.points")
    return [blocks.fill(template, category=label, **_name_ends(one)) for label, one in ordered]


def _differ_over_people(reading: ResourcesReading, most: int = 3) -> list[str]:
    names = {audience.id: audience.name for audience in reading.facts.audiences}
    least = reading.chapter.get_number("people_apart")
    found = [
        (one, names[row], reading.chapter.get_word(f"differences.{question.removeprefix('use_')}"))
        for question in ("use_report", "use_support")
        for (row, column), one in reading.elicited.use[question].numbers.items()
        if column == "likely" and one.gap >= least
    ]
    found.sort(key=lambda each: -each[0].gap)
    template = reading.chapter.get_word("differences.people")
    return [
        blocks.fill(template, audience=name, question=asked, **_name_ends(one)) for one, name, asked in found[:most]
    ]


def _differ_over_steps(reading: ResourcesReading) -> list[str]:
    template = reading.chapter.get_word("differences.scale")
    scales = (("sure", reading.elicited.sure), ("vary", reading.elicited.vary))
    return [
        blocks.fill(template, question=reading.chapter.get_word(f"differences.{name}"), sides=voices.name_sides(scale))
        for name, scale in scales
        if scale.differs
    ]


def _name_ends(one: NumberReading) -> dict[str, str]:
    """The highest and the lowest answer and who gave each, those that can be named first."""
    ends = [(value, [r for r in one.responses if r.value == value]) for value in (one.high or 0.0, one.low or 0.0)]
    ends.sort(key=lambda end: not _are_named(end[1]))
    (first, before), (second, after) = ends
    return {
        "first": format_number(first),
        "second": format_number(second),
        "first_names": _name_responses(before).capitalize() if not _are_named(before) else _name_responses(before),
        "second_names": _name_responses(after),
    }


def _are_named(responses: Sequence[Response]) -> bool:
    """Whether all may be named and they are few."""
    return len(responses) <= load_wording("voices").get_number("most_names") and all(r.voice for r in responses)


def _name_responses(responses: Sequence[Response]) -> str:
    """Name the voices where all may be named and they are few, else count them."""
    return join_words([r.voice or "" for r in responses]) if _are_named(responses) else count_voices(len(responses))


def note_held_back(reading: ResourcesReading) -> Markup:
    """Say in one line that answers are held back; nothing where none are."""
    elicited = reading.elicited
    reasons = {
        *(one.withheld for one in reading.points.values()),
        elicited.sure.withheld,
        elicited.vary.withheld,
        *(reason for matrix in (elicited.costs, *elicited.use.values()) for reason in matrix.withheld),
    }
    if not any(reasons):
        return Markup("")
    return blocks.make_held_back(blocks.fill(reading.chapter.get_word("held_back"), minimum=reading.minimum_group))


def summarise(reading: ResourcesReading) -> blocks.Block:
    """The chapter's section of the summary; one paragraph where more than half of the figures are ours."""
    words = reading.chapter
    if reading.is_ours or reading.is_mostly_ours:
        return blocks.make_section(
            "resources", write_headline(reading), blocks.make_paragraph(_tell_briefly(reading), "follows")
        )
    top: list[blocks.Piece] = [note_held_back(reading)]
    if _list_differing(reading):
        top = [element("h3", words.get_word("voices_title")), list_differences(reading)]
    if reading.plan is not None or reading.middle_points:
        top += [element("h3", words.get_word("money_title")), draw_money(reading, short=True)]
    if reading.tradeoff is None:
        stop = blocks.make_paragraph(tell_blocked(reading), "held-back")
        return blocks.make_section("resources", write_headline(reading), stop, *top, compare_readings(reading))
    return blocks.make_section(
        "resources",
        write_headline(reading),
        *top,
        element("h3", words.get_word("curve_heading")),
        tell_answer(reading),
        draw_curve(reading, short=True),
        blocks.make_readings(read_as_evaluation(reading), read_as_learning(reading)) if reading.plan else "",
        subtitle=words.get_word("subtitle"),
    )


def _tell_briefly(reading: ResourcesReading) -> str:
    """One paragraph: what stops the sum, which figures to ask for, and what the defaults would say."""
    words, result = reading.chapter, reading.tradeoff
    sentences = [tell_blocked(reading)] if result is None else []
    sentences.append(write_follows(reading))
    if reading.blocked in ("no_budget", "budget_unsure") and reading.is_whole:
        sentences.append(_ask_for_figures(reading, "then"))
    sentences += [write_split(reading), *tell_over(reading)]
    if result is not None:
        sentences += [_write_our_range(reading, result), words.get_word("notebook") if reading.is_whole else ""]
    return " ".join(sentence for sentence in sentences if sentence)
