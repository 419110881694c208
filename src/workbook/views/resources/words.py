"""Chapter 05, the plan read twice: what the money can prove, and who would do something differently."""

from __future__ import annotations

import math

from workbook.analysis.audiences.names import name_audience
from workbook.analysis.resources.plan import Side
from workbook.analysis.resources.resources import ResourcesReading
from workbook.analysis.resources.tradeoff import TradeOff
from workbook.theme import format_number
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import fill
from workbook.views.pieces.phrases import name_audiences
from workbook.views.resources.plan import tell_over, write_about, write_money, write_today
from workbook.views.resources.tradeoff import find_bottleneck, write_cases, write_people

_AGAINST = {("more_data", "using"), ("more_use", "knowing"), ("more_use", "coin")}


def read_as_evaluation(reading: ResourcesReading) -> list[str]:
    """What the money can prove, and what it reports to whom."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return [
            *_tell_plan(reading, "data"),
            *tell_over(reading, alone=reading.tradeoff is None),
            words.get_word("evaluation.blocked"),
        ]
    share = result.edge if result.today is None else result.today
    low, likely, high = result.responses_at((1 - share) * result.money)
    sentences = [*tell_over(reading, alone=reading.tradeoff is None), _write_responses(reading, low, likely, high)]
    if likely > 0:
        sentences += [_write_margin(reading, likely), _write_theme(reading, int(likely))]
    return _note_ours(reading, "data", sentences) + (_write_reports(reading) if reading.plan else [])


def _note_ours(reading: ResourcesReading, side: Side, sentences: list[str]) -> list[str]:
    """Put what the plan says first where most or all figures are ours, and say that they are before any of them.

    The note is one with the sentence after it: alone it would tell nobody anything.
    """
    if not (reading.is_ours or reading.is_mostly_ours):
        return sentences
    words, counts = reading.chapter, {"count": len(reading.elicited.ours), "total": len(reading.elicited.inputs)}
    note = words.get_word("ours_note") if reading.is_ours else fill(words.get_word("mostly_note"), **counts)
    return [*_tell_plan(reading, side), f"{note} {sentences[0]}", *sentences[1:]]


def _tell_plan(reading: ResourcesReading, side: Side) -> list[str]:
    """Say what the plan puts on one side; nothing without a plan."""
    if reading.plan is None:
        return []
    name = "evaluation" if side == "data" else "learning"
    money = write_money(reading, reading.plan.cost_of_side(side))
    return [fill(reading.chapter.get_word(f"{name}.plan_only"), data=money, use=money)]


def _write_responses(reading: ResourcesReading, low: float, likely: float, high: float) -> str:
    words = reading.chapter
    if likely == 0:
        return words.get_word("evaluation.none" if reading.plan else "evaluation.none_open")
    name = f"responses{'_open' if reading.plan is None else ''}{'_one' if low == high else ''}"
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


def read_as_learning(reading: ResourcesReading) -> list[str]:
    """Who is expected to do something differently, what holds it back, and what the same money could do."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return [*_tell_plan(reading, "use"), words.get_word("learning.blocked")]
    acts = [_write_act(reading, result), *_write_edge(reading, result)]
    sentences = _note_ours(reading, "use", acts)
    bottleneck = find_bottleneck(result)
    # Knowing and using as a whole may point elsewhere than the next pound does; the notebook shows both.
    if (result.finding, bottleneck) not in _AGAINST:
        sentences.append(words.get_word(f"learning.{bottleneck}"))
    weakest = min(reading.openness.items(), key=lambda pair: pair[1], default=("", 1.0))
    if weakest[1] < 1:
        name = next(name_audience(one) for one in reading.facts.audiences if one.id == weakest[0])
        sentences.append(fill(words.get_word("learning.openness"), audience=name))
    elif not reading.openness:
        sentences.append(words.get_word("openness_notes.none"))
    if reading.plan and reading.plan.cost_of("participants_time") == 0:
        sentences.append(_tell_no_time(reading))
    return sentences


def _tell_no_time(reading: ResourcesReading) -> str:
    """Say that no line pays for people's time, and what was spent on it all the same."""
    spent = reading.spent_on("participants_time")
    name = "learning.no_time_spent" if spent else "learning.no_time"
    return fill(reading.chapter.get_word(name), spent=write_money(reading, spent))


def _write_act(reading: ResourcesReading, result: TradeOff) -> str:
    words = reading.chapter
    spend = (result.edge if result.today is None else result.today) * result.money
    people = result.people_by_audience(spend)
    number = write_people(result.people_at(spend))
    if result.today is None:
        return fill(words.get_word("learning.act_open"), number=number)
    names = {audience.id: name_audience(audience) for audience in reading.facts.audiences}
    top = max(sorted(people), key=lambda key: people[key])
    alike = max(people.values()) - min(people.values()) < 0.05
    which = "act_one" if len(people) == 1 else "act_alike" if alike else "act"
    return fill(
        words.get_word(f"learning.{which}"),
        use=write_today(reading, spend),
        number=number,
        weighed=words.get_word("learning.weighed") if reading.weights.origin in ("agreed", "voices", "one") else "",
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
