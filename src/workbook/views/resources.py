"""Chapter 05 on the page: what another split of the money would do, in the commissioner's own money and doubts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from workbook.analysis.grids import NumberReading
from workbook.analysis.resources import ResourcesReading, name_doubt, read_resources
from workbook.analysis.tradeoff import TradeOff
from workbook.markup import element
from workbook.model.answers import Response
from workbook.model.wordings import load_wording
from workbook.theme import format_number, format_percent, join_words
from workbook.views import voices
from workbook.views.blocks import Block, Piece, fill, make_block, make_list, make_paragraph, make_readings, make_section
from workbook.views.doubts import (
    count_defaults,
    count_voices,
    draw_tornado,
    list_inputs,
    name_defaults,
    show_settling,
    write_openness,
)
from workbook.views.phrases import name_audiences
from workbook.views.plan import (
    draw_money,
    label_categories,
    show_mechanisms,
    show_plan,
    write_about,
    write_balance,
    write_money,
    write_today,
)
from workbook.views.tradeoff import (
    compare_plans,
    draw_corners_of,
    draw_curve,
    find_bottleneck,
    tell_blocked,
    write_cases,
    write_corners,
    write_people,
)
from workbook.views.what_if import show_what_if

__all__ = [
    "compare_plans",
    "compare_readings",
    "draw_corners_of",
    "draw_curve",
    "draw_money",
    "draw_tornado",
    "list_differences",
    "list_inputs",
    "read_resources",
    "show_mechanisms",
    "show_plan",
    "show_settling",
    "show_what_if",
    "summarise",
    "tell_answer",
    "write_follows",
    "write_headline",
]


def write_headline(reading: ResourcesReading) -> str:
    """The finding in a few words; it says so where the figures behind it are mostly ours."""
    words = reading.chapter
    if reading.tradeoff is None:
        return words.get_word(f"headline.blocked.{reading.blocked}")
    if reading.is_ours:
        return words.get_word("headline.withheld" if reading.is_held_back else "headline.defaults")
    headline = words.get_word(f"headline.{reading.tradeoff.finding}")
    if reading.is_mostly_ours:
        return fill(words.get_word("headline.mostly"), headline=headline[:1].lower() + headline[1:])
    return headline


def write_follows(reading: ResourcesReading) -> str:
    """One sentence that says what the commission should do, in its own money."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return words.get_word(f"blocked_follows.{reading.blocked}")
    if reading.is_ours:
        return words.get_word("follows.withheld" if reading.is_held_back else "follows.defaults")
    low, high = (write_about(reading, share * result.money) for share in result.near)
    data_low, data_high = (write_about(reading, (1 - share) * result.money) for share in reversed(result.near))
    today = result.today or 0.0
    point = result.finding in ("more_use", "more_data") and low == high
    return fill(
        words.get_word(f"follows.{result.finding}{'_point' if point else ''}"),
        low=low,
        high=high,
        data_low=data_low,
        data_high=data_high,
        money=write_money(reading, result.money),
        use=write_today(reading, today * result.money),
        data=write_today(reading, (1 - today) * result.money),
    )


def write_sure(reading: ResourcesReading) -> str:
    """How sure the answer is, and what would change it; empty where there is no answer."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return ""
    today = result.today_chance
    sure = fill(
        words.get_word("sure_open" if today is None else "sure"),
        draws=format_number(result.draws.draws, 0),
        best=write_cases(result.best_chance),
        today=write_cases(today or 0.0),
    )
    sentences = [sure, _write_change(reading, result)]
    if not result.draws.choice.contiguous:
        sentences.append(words.get_word("gaps"))
    return " ".join(sentences)


def _write_change(reading: ResourcesReading, result: TradeOff) -> str:
    words = reading.chapter
    if result.widest is None:
        return words.get_word("change_none")
    doubt, low, high = result.widest
    figure = name_doubt(reading, doubt)
    return fill(words.get_word("change"), figure=figure, low=format_percent(low), high=format_percent(high))


def tell_answer(reading: ResourcesReading) -> Block:
    """The answer to the commissioner's question in their own money: how sure it is, and what would change it."""
    if reading.tradeoff is None:
        return make_block(make_paragraph(f"{tell_blocked(reading)} {write_follows(reading)}", "follows"))
    return make_block(
        element("p", element("strong", write_follows(reading)), class_="follows"),
        make_paragraph(" ".join(_add_range(reading, reading.tradeoff))),
        make_paragraph(" ".join(part for part in (count_defaults(reading), name_defaults(reading)) if part)),
    )


def _add_range(reading: ResourcesReading, result: TradeOff) -> list[str]:
    """What stands beside the answer: the range where the answer does not name it, how sure, what is not in the plan."""
    words, sentences = reading.chapter, []
    low, high = (write_about(reading, share * result.money) for share in result.near)
    money = write_money(reading, result.money)
    if reading.is_ours:
        sentences.append(fill(words.get_word("defaults_range"), low=low, high=high, money=money))
    elif result.is_flat and result.finding in ("more_use", "more_data"):
        sentences.append(fill(words.get_word("flat_outside"), low=low, high=high))
    sentences.append(write_sure(reading))
    if reading.plan is None:
        share = format_percent(words.get_number("off_the_top"))
        sentences.append(fill(words.get_word("no_plan"), share=share, money=money))
    else:
        sentences.append(write_balance(reading))
    return [sentence for sentence in sentences if sentence]


def compare_readings(reading: ResourcesReading) -> Block:
    """Today's plan read as evaluation and as learning, and what follows."""
    return make_block(make_readings(_read_as_evaluation(reading), _read_as_learning(reading), write_follows(reading)))


def _read_as_evaluation(reading: ResourcesReading) -> list[str]:
    """What the money can prove, and what it reports to whom."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        spent = reading.plan.cost_of_side("data") if reading.plan else 0.0
        known = [fill(words.get_word("evaluation.plan_only"), data=write_money(reading, spent))] if reading.plan else []
        return [*known, words.get_word("evaluation.blocked")]
    share = result.edge if result.today is None else result.today
    low, likely, high = result.responses_at((1 - share) * result.money)
    over = (reading.plan.over or 0.0) > 0 if reading.plan else False
    sentences = [*_note_ours(reading), *([write_balance(reading)] if over else [])]
    sentences.append(_write_responses(reading, low, likely, high))
    if likely > 0:
        sentences += [_write_margin(reading, likely), _write_theme(reading, int(likely))]
    return sentences + (_write_reports(reading) if reading.plan else [])


def _note_ours(reading: ResourcesReading) -> list[str]:
    """Say before any number that most or all figures behind it are ours."""
    if not (reading.is_ours or reading.is_mostly_ours):
        return []
    return [reading.chapter.get_word("ours_note" if reading.is_ours else "mostly_note")]


def _write_responses(reading: ResourcesReading, low: float, likely: float, high: float) -> str:
    words = reading.chapter
    if likely == 0:
        return words.get_word("evaluation.none" if reading.plan else "evaluation.none_open")
    name = "responses_open" if reading.plan is None else "responses_one" if low == high else "responses"
    numbers = {key: format_number(value, 0) for key, value in (("n", likely), ("low", low), ("high", high))}
    return fill(words.get_word(f"evaluation.{name}"), **numbers)


def _write_margin(reading: ResourcesReading, responses: float) -> str:
    """The widest margin of a share at 95 %, from the normal distribution, rounded up to whole points of 100."""
    margin = math.ceil(98 / math.sqrt(responses))
    name = "margin_one" if margin == 1 else "margin" if margin <= 25 else "margin_small"
    return fill(reading.chapter.get_word(f"evaluation.{name}"), margin=margin)


def _write_theme(reading: ResourcesReading, responses: int) -> str:
    words = reading.chapter
    prevalence, mentions = words.get_number("theme_prevalence"), int(words.get_number("theme_mentions"))
    fewer = sum(math.exp(_log_binomial(responses, heard, prevalence)) for heard in range(min(mentions, responses + 1)))
    chance = max(1 - fewer, 0.0)
    name = "theme_sure" if chance >= 0.995 else "theme"
    every = voices.write_count(round(1 / prevalence))
    cases = write_cases(chance)
    template = words.get_word(f"amounts.{'twice' if mentions == 2 else 'times'}")
    times = template.format(count=voices.write_count(mentions))
    return fill(words.get_word(f"evaluation.{name}"), every=every, mentions=times, chance=cases)


def _log_binomial(trials: int, hits: int, chance: float) -> float:
    ways = math.lgamma(trials + 1) - math.lgamma(hits + 1) - math.lgamma(trials - hits + 1)
    return ways + hits * math.log(chance) + (trials - hits) * math.log1p(-chance)


def _write_reports(reading: ResourcesReading) -> list[str]:
    words, plan = reading.chapter, reading.plan
    if plan is None or plan.cost_of("reporting") == 0:
        return [words.get_word("evaluation.no_reports")] if plan else []
    named = {key for line in plan.lines if line.category == "reporting" for key in line.audiences}
    readers = [audience for audience in reading.facts.audiences if audience.id in named]
    word = words.get_word(f"evaluation.{'reports' if readers else 'reports_nobody'}")
    return [fill(word, cost=write_money(reading, plan.cost_of("reporting")), audiences=name_audiences(readers))]


def _read_as_learning(reading: ResourcesReading) -> list[str]:
    """Who is expected to do something differently, what holds it back, and what the same money could do."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        spent = reading.plan.cost_of_side("use") if reading.plan else 0.0
        known = [fill(words.get_word("learning.plan_only"), use=write_money(reading, spent))] if reading.plan else []
        return [*known, words.get_word("learning.blocked")]
    sentences = [*_note_ours(reading), _write_act(reading, result), *_write_edge(reading, result)]
    weakest = min(reading.openness.items(), key=lambda pair: pair[1], default=("", 1.0))
    if weakest[1] < 1:
        name = next(one.name for one in reading.facts.audiences if one.id == weakest[0])
        sentences.append(fill(words.get_word("learning.openness"), audience=name, share=format_percent(weakest[1])))
    else:
        sentences.append(words.get_word(f"learning.{find_bottleneck(result)}"))
    if reading.plan and reading.plan.cost_of("participants_time") == 0:
        sentences.append(words.get_word("learning.no_time"))
    return sentences


def _write_act(reading: ResourcesReading, result: TradeOff) -> str:
    words = reading.chapter
    spend = (result.edge if result.today is None else result.today) * result.money
    people = result.people_by_audience(spend)
    number = write_people(result.people_at(spend))
    if result.today is None:
        return fill(words.get_word("learning.act_open"), number=number)
    names = {audience.id: audience.name for audience in reading.facts.audiences}
    top = max(sorted(people), key=lambda key: people[key])
    alike = max(people.values()) - min(people.values()) < 0.05
    which = "act_one" if len(people) == 1 else "act_alike" if alike else "act"
    return fill(
        words.get_word(f"learning.{which}"),
        use=write_today(reading, spend),
        number=number,
        weighed=words.get_word("learning.weighed") if reading.weights.origin in ("agreed", "voices") else "",
        audience=names[top],
        best=write_people(people[top]),
    )


def _write_edge(reading: ResourcesReading, result: TradeOff) -> list[str]:
    words = reading.chapter
    if result.today is None:
        return []
    if result.finding not in ("more_use", "more_data"):
        return [words.get_word("learning.inside" if result.draws.choice.contiguous else "gaps")]
    spend = result.edge * result.money
    n = format_number(result.responses_at(result.money - spend)[1], 0)
    words_of = {"edge": write_about(reading, spend), "number": write_people(result.people_at(spend)), "n": n}
    return [fill(words.get_word(f"learning.{'edge' if result.finding == 'more_use' else 'edge_data'}"), **words_of)]


def list_differences(reading: ResourcesReading) -> Block:
    """Where voices differ strongly, and between whom; this comes before any middle."""
    held_back = note_held_back(reading)
    items = [*_differ_over_money(reading), *_differ_over_people(reading), *_differ_over_steps(reading)]
    if items:
        return make_block(held_back, make_list(items, class_="differences"))
    if any(len(one.responses) > 1 for one in reading.points.values()):
        return make_block(held_back, make_paragraph(reading.chapter.get_word("differences.none")))
    return make_block(held_back or make_paragraph(reading.chapter.get_word("differences.nobody")))


def _differ_over_money(reading: ResourcesReading) -> list[str]:
    labels, least = label_categories(reading), reading.chapter.get_number("points_apart")
    wide = {labels[name]: one for name, one in reading.points.items() if one.gap >= least}
    ordered = sorted(wide.items(), key=lambda pair: -pair[1].gap)
    template = reading.chapter.get_word("differences.points")
    return [fill(template, category=label, **_name_ends(one)) for label, one in ordered]


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
    return [fill(template, audience=name, question=asked, **_name_ends(one)) for one, name, asked in found[:most]]


def _differ_over_steps(reading: ResourcesReading) -> list[str]:
    template = reading.chapter.get_word("differences.scale")
    scales = (("sure", reading.elicited.sure), ("vary", reading.elicited.vary))
    return [
        fill(template, question=reading.chapter.get_word(f"differences.{name}"), sides=voices.name_sides(scale))
        for name, scale in scales
        if scale.differs
    ]


def _name_ends(one: NumberReading) -> dict[str, str]:
    """The highest and the lowest answer, and who gave each."""
    low, high = one.low or 0.0, one.high or 0.0
    return {
        "high": format_number(high),
        "low": format_number(low),
        "high_names": _name_responses([r for r in one.responses if r.value == high]),
        "low_names": _name_responses([r for r in one.responses if r.value == low]),
    }


def _name_responses(responses: Sequence[Response]) -> str:
    """Name the voices where all may be named and they are few, else count them."""
    named = [response.voice for response in responses if response.voice]
    if len(named) == len(responses) <= load_wording("voices").get_number("most_names"):
        return join_words(named)
    return count_voices(len(responses))


def note_held_back(reading: ResourcesReading) -> Markup:
    """Say what is held back, once for the whole chapter."""
    elicited = reading.elicited
    reasons = {
        *(one.withheld for one in reading.points.values()),
        elicited.sure.withheld,
        elicited.vary.withheld,
        *(reason for matrix in (elicited.costs, *elicited.use.values()) for reason in matrix.withheld),
    }
    return voices.note_held_back(reasons, reading.minimum_group)


def summarise(reading: ResourcesReading) -> Block:
    """The chapter's section of the summary."""
    words = reading.chapter
    differ: list[Piece] = []
    spent: list[Piece] = []
    if reading.is_asked:
        differ = [element("h3", words.get_word("voices_title")), list_differences(reading)]
    if reading.plan is not None or reading.middle_points:
        spent = [element("h3", words.get_word("money_title")), draw_money(reading)]
    if reading.tradeoff is None:
        stop = make_paragraph(tell_blocked(reading), "held-back")
        follows = make_paragraph(write_follows(reading), "follows")
        readings = compare_readings(reading) if reading.is_answered else follows
        return make_section("resources", write_headline(reading), stop, *differ, *spent, readings)
    return make_section(
        "resources",
        write_headline(reading),
        *(differ or [note_held_back(reading)]),
        *spent,
        element("h3", words.get_word("curve_heading")),
        tell_answer(reading),
        draw_curve(reading),
        make_paragraph(f"{write_corners(reading)} {write_openness(reading)}"),
        make_readings(_read_as_evaluation(reading), _read_as_learning(reading)) if reading.plan else "",
        subtitle=words.get_word("subtitle"),
    )
