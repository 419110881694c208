"""Chapter 02: how long discovery takes and costs by a rule that adds up, how many to ask, and what to ask first."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from workbook.analysis.agenda.collect import collect_agenda
from workbook.analysis.agenda_points import AgendaEntry, AgendaPoint
from workbook.analysis.discovery.fact_points import list_fact_points
from workbook.analysis.discovery.interviews import interviews_needed
from workbook.analysis.discovery.rounding import round_half_up, round_money
from workbook.analysis.discovery.rule import Amount, Line, Origin, weigh_lines
from workbook.analysis.voices.evidence import Evidence
from workbook.analysis.voices.grids import ChoiceReading, NumberReading, read_choice, read_number
from workbook.analysis.voices.scales import Lone, ScaleReading, WordsReading, find_lone, read_scale, read_words
from workbook.model.answers import Edition
from workbook.model.base import UNSURE
from workbook.model.chapters import Chapter, list_questions, load_chapter_of
from workbook.model.engagement import DAYS_A_MONTH, Audience, Engagement, Facts, MoneyCeiling, MoneyRange
from workbook.model.questions import ChoiceQuestion, Question, ScaleQuestion
from workbook.theme import format_money

__all__ = ["interviews_needed", "list_points", "read_discovery", "round_half_up", "round_money"]

Pattern = Literal["few", "fixed", "blocked", "long", "open", "thin", "short", "plain", "unknown", "withheld"]
COUNTED = ("months", "partners", "workstreams")
RATED = ("aims", "power", "clarity", "understanding")
UPSIDE_DOWN = ("clarity", "understanding")
CHOSEN = ("before", "rescope")
ASKED = ("people", "prevalence", "mentions", "sure")


@dataclass(frozen=True)
class Interviews:
    """How many interviews hear a view held by `prevalence` of ten people `mentions` times, with `sure` chances in 100.

    `asked` is `needed`, or everybody where there are fewer people; `holders` is how many of them would hold the view.
    """

    needed: int
    asked: int
    holders: float | None
    bounded: bool
    inputs: dict[str, Amount]


@dataclass(frozen=True)
class DiscoveryReading:
    """The chapter's result. `weeks` and `share` (in per cent of the money) run from at least to at most.

    `planned` is the money that the plan sets aside for discovery, None without a plan; `total` the money it is
    part of, None where neither budget nor plan is known; `is_most` says that it is the most there may be.
    """

    chapter: Chapter
    amounts: dict[str, Amount]
    scales: dict[str, ScaleReading]
    choices: dict[str, ChoiceReading]
    limits: WordsReading
    lines: tuple[Line, ...]
    interviews: Interviews
    planned: float | None
    total: float | None
    is_most: bool
    places: int
    currency: str
    agenda: tuple[AgendaEntry, ...]
    audiences: tuple[Audience, ...]
    edition: str
    minimum_group: int
    is_answered: bool
    anybody: bool
    lone: Lone | None
    length: str | None = None  # how long the work runs, as the facts say it in words

    @property
    def weeks(self) -> tuple[float, float]:
        """The fewest and the most weeks, to a hundredth."""
        return round(sum(line.low for line in self.lines), 2), round(sum(line.high for line in self.lines), 2)

    @property
    def share(self) -> tuple[float, float]:
        """The least and the most of the money, in per cent."""
        base, week = (self.chapter.get_number(name) for name in ("share_base", "share_week"))
        low, high = (min(100.0, base + week * weeks) for weeks in self.weeks)
        return low, high

    @property
    def is_alone(self) -> bool:
        """Whether one organisation and one strand of work are all there is, as far as is known."""
        return all((self.amounts[name].value or 1) <= 1 for name in ("partners", "workstreams"))

    @property
    def money(self) -> tuple[float, float] | None:
        """The least and the most of the money, in currency; None where too little is known for a number."""
        if not self.total or self.is_thinly_known:
            return None
        low, high = (share / 100 * self.total for share in self.share)
        return low, high

    @property
    def missing(self) -> float:
        """How much the plan falls short of the least that the rule asks for, rounded as the page shows it."""
        return max(0.0, round_money(self.money[0]) - self.planned) if self.money and self.planned is not None else 0.0

    @property
    def voices(self) -> int:
        """How many voices shown here answered the question that most of them answered."""
        given = [one.responses for one in self.scales.values()] + [one.responses for one in self.choices.values()]
        return max((len(responses) for responses in given), default=0)

    @property
    def judged(self) -> tuple[Line, ...]:
        """The lines of the rule that rest on judgements, known or not."""
        return tuple(line for line in self.lines if line.name in (*RATED, "before"))

    @property
    def evidence(self) -> Evidence:
        """What is known of the answers that the rule needs; facts count as agreed."""
        return weigh_lines(self.lines, self.amounts, self.scales, self.choices["before"])

    @property
    def is_thinly_known(self) -> bool:
        """Whether too few of the answers that the rule needs are known, and undisputed, for a number."""
        return not self.evidence.allows_number

    @property
    def needed(self) -> tuple[Line, ...]:
        """The lines of the rule whose answer is not known or disputed."""
        asked = [line for line in self.lines if line.name != "base"]
        return tuple(
            line for line, part in zip(asked, self.evidence.parts, strict=True) if not part.known or part.disputed
        )

    @property
    def is_power_unequal(self) -> bool:
        """Whether power is unequal, or voices lie far apart on it: then those with least of it are heard first."""
        power = self.scales["power"]
        return power.is_disputed or (power.value or 0) >= self.chapter.get_number("apart")

    @property
    def rescope(self) -> str | None:
        """Whether the scope may change: what was agreed, else what all voices who know say; None where it is open."""
        choice = self.choices["rescope"]
        return choice.agreed or (choice.chosen[0] if len(choice.chosen) == 1 and not choice.agreed_unsure else None)

    @property
    def rescope_hidden(self) -> bool:
        """Whether this edition may hold an agreed answer on the scope back, and what it shows settles nothing."""
        choice = self.choices["rescope"]
        if self.edition == Edition.PRIVATE or choice.agreed or choice.agreed_unsure:
            return False
        return len(choice.chosen) > 1 or not (choice.responses or choice.unsure)

    @property
    def differences(self) -> tuple[str, ...]:
        """The scales and choices of the chapter on which voices differ, by name, scales with the widest first."""
        scales = sorted((n for n, s in self.scales.items() if s.differs), key=lambda n: self.scales[n].agreement or 0)
        return (*scales, *(name for name, choice in self.choices.items() if choice.differs))

    @property
    def cells(self) -> tuple[ScaleReading | ChoiceReading | NumberReading, ...]:
        """What voices and the group say to each question of the chapter that is not answered in words."""
        numbers = (amount.number for amount in self.amounts.values())
        return *self.scales.values(), *self.choices.values(), *numbers

    @property
    def withheld(self) -> tuple[str, ...]:
        """Why answers to questions of the chapter are held back, one reason for each."""
        return tuple(one.withheld for one in self.cells if one.withheld)

    @property
    def pattern(self) -> Pattern:
        """What the answers amount to; the order of the rules is the order of what matters most."""
        if not self.is_answered:
            return "withheld" if "small_group" in self.withheld else "unknown"
        if self.is_thinly_known:
            return "few"
        short = self.weeks[1] <= self.chapter.get_number("short_weeks")
        if self.rescope == "fixed":
            return "fixed" if short and not self.is_power_unequal else "blocked"
        if self.is_long:
            return "long"
        if self.rescope is None and not self.rescope_hidden:
            return "open"
        if self.missing:
            return "thin"
        return "short" if short else "plain"

    @property
    def is_long(self) -> bool:
        """Whether discovery could take more than the set share of the time there is."""
        months = self.amounts["months"].value
        if not months:
            return False
        return self.weeks[1] > self.chapter.get_number("long_share") / 100 * months * DAYS_A_MONTH / 7


def read_discovery(engagement: Engagement, *, points: Iterable[AgendaPoint] | None = None) -> DiscoveryReading:
    """Read the discovery chapter and the agenda; `points` are the other chapters' own, read anew where not given."""
    reading = read_discovery_alone(engagement)
    settled = [f"discovery.{name}" for name, value in _list_facts(engagement.facts).items() if value is not None]
    own = (*list_fact_points(engagement.facts, reading.chapter), *list_points(reading))
    agenda = collect_agenda(engagement, own=own, points=points, settled=settled)
    return replace(reading, agenda=agenda)


def read_discovery_alone(engagement: Engagement) -> DiscoveryReading:
    """Read the discovery chapter without the agenda, for which every other chapter is read."""
    chapter, questions = load_chapter_of(engagement, "discovery"), list_questions(engagement.facts)
    amounts = {name: _read_amount(engagement, name, chapter) for name in (*COUNTED, *ASKED)}
    scales = {name: read_scale(engagement, _as_scale(questions[f"discovery.{name}"])) for name in RATED}
    choices = {name: read_choice(engagement, _as_choice(questions[f"discovery.{name}"])) for name in CHOSEN}
    plan = engagement.facts.plan
    budget = engagement.facts.most_money
    places = len(engagement.facts.places)
    lines = tuple(_list_lines(chapter, amounts, scales, choices["before"], places=places))
    backed = weigh_lines(lines, amounts, scales, choices["before"]).carries != "one_voice"
    return DiscoveryReading(
        chapter=chapter,
        amounts=amounts,
        scales=scales,
        choices=choices,
        limits=read_words(engagement, "discovery.limits"),
        lines=lines,
        interviews=_count_interviews(amounts),
        planned=sum(line.cost for line in plan if line.category == "discovery") if plan else None,
        is_most=isinstance(engagement.facts.budget, MoneyRange | MoneyCeiling),
        total=budget if isinstance(budget, float) else sum(line.cost for line in plan) or None,
        places=len(engagement.facts.places),
        currency=engagement.facts.currency,
        agenda=(),
        audiences=engagement.facts.audiences,
        edition=engagement.told_as,
        minimum_group=engagement.facts.minimum_group,
        is_answered=any(scale.value is not None for scale in scales.values())
        or any(choice.agreed or choice.responses for choice in choices.values())
        or any(amount.origin in ("agreed", "voices") for amount in amounts.values())
        # Where the facts say it too, they count; answered it is all the same.
        or any(one.value != UNSURE for name in COUNTED for one in engagement.list_responses(f"discovery.{name}")),
        lone=find_lone(engagement, "discovery.", backed=backed),
        length=engagement.facts.length,
        anybody=bool(engagement.voices or engagement.pools or engagement.agreed.answers),
    )


def _list_facts(facts: Facts) -> dict[str, float | None]:
    """Return the numbers that the engagement's facts give: months, organisations, strands of work."""
    others = (*facts.commissioned_with, *facts.others_at_work)
    return {
        "months": facts.months,
        "partners": float(1 + len(others)) if others else None,
        "workstreams": float(len(facts.workstreams)) or None,
    }


def _read_amount(engagement: Engagement, name: str, chapter: Chapter) -> Amount:
    number = read_number(engagement, f"discovery.{name}")
    default = chapter.get_number(name) if name in chapter.settings else None
    found: tuple[tuple[Origin, float | None], ...] = (
        ("agreed", number.agreed),
        ("facts", _list_facts(engagement.facts).get(name)),
        ("voices", number.middle),
        ("default", default),
    )
    origin, value = next(((origin, value) for origin, value in found if value is not None), ("unknown", None))
    return Amount(number, value, origin)  # type: ignore[arg-type]


def _list_lines(
    chapter: Chapter, amounts: dict[str, Amount], scales: dict[str, ScaleReading], before: ChoiceReading, *, places: int
) -> Iterable[Line]:
    """Yield the lines of the rule, in the order of the table."""
    yield Line("base", *read_pair(chapter, "weeks_base"))
    for name in COUNTED:
        yield _count_line(chapter, name, amounts[name].value)
    if places:
        yield _count_line(chapter, "places", float(places))
    for name in RATED:
        yield _rate_line(chapter, name, scales[name])
    low, high = zip(*(_weigh_before(chapter, option) for option in _list_before(before)), strict=True)
    yield Line("before", min(low), max(high), known=bool(before.agreed or before.chosen))


def _count_line(chapter: Chapter, name: str, value: float | None) -> Line:
    if value is None:
        return Line(name, 0, 0, known=False, left_out=True)
    low, high = read_pair(chapter, f"weeks_{name}")
    further = max(0.0, value / 12 - 1 if name == "months" else value - 1)
    return Line(name, low * further, high * further)


def _rate_line(chapter: Chapter, name: str, scale: ScaleReading) -> Line:
    low, high = read_pair(chapter, f"weeks_{name}")
    top = len(scale.steps) - 1
    if scale.value is None:
        return Line(name, 0, high * top, known=False)
    if scale.is_disputed:
        ends = (scale.low or 0, scale.high or 0)
        least, most = (top - ends[1], top - ends[0]) if name in UPSIDE_DOWN else ends
        return Line(name, low * least, high * most)
    steps = top - scale.value if name in UPSIDE_DOWN else scale.value
    return Line(name, low * steps, high * steps)


def _list_before(before: ChoiceReading) -> tuple[str, ...]:
    """Return the options in play: the agreed one, else those that voices chose, else all of them."""
    return (before.agreed,) if before.agreed else before.chosen or before.options


def _weigh_before(chapter: Chapter, option: str) -> tuple[float, float]:
    name = f"weeks_before_{option}"
    return read_pair(chapter, name) if name in chapter.settings else (0.0, 0.0)


def read_pair(chapter: Chapter, name: str) -> tuple[float, float]:
    """Return a setting that is two numbers, from at least to at most; one number alone is both."""
    value = chapter.settings[name].value
    return (value[0], value[-1]) if isinstance(value, tuple) else (value, value)


def _count_interviews(amounts: dict[str, Amount]) -> Interviews:
    """Count interviews; where answers lie between whole mentions, the higher number counts."""
    inputs = {name: amounts[name] for name in ASKED}
    prevalence, mentions, sure = (inputs[name].value or 0.0 for name in ("prevalence", "mentions", "sure"))
    needed = interviews_needed(prevalence / 10, math.ceil(mentions), sure / 100)
    people = inputs["people"].value
    return Interviews(
        needed=needed,
        asked=needed if people is None else min(needed, int(people)),
        holders=None if people is None else people * prevalence / 10,
        bounded=people is not None and people < needed,
        inputs=inputs,
    )


def list_points(reading: DiscoveryReading) -> tuple[AgendaPoint, ...]:
    """Return what only this chapter would ask: who may change the scope, and what gives way where money is short."""
    words, points = reading.chapter, []
    if reading.choices["rescope"].differs and reading.choices["rescope"].agreed is None:
        text, whom = (words.get_word(f"rescope_point.{name}") for name in ("differ", "whom"))
        points.append(AgendaPoint("discovery.rescope", "discovery", "disagreement", text, whom, 3))
    elif reading.pattern == "blocked":
        text = words.get_word("rescope_point.tension").format(weeks=write_weeks(reading))
        whom = words.get_word("rescope_point.tension_whom")
        points.append(AgendaPoint("discovery.rescope", "discovery", "tension", text, whom, 3))
    if reading.is_answered and reading.missing and reading.money and reading.planned is not None:
        planned, low = (
            format_money(round(sum_), reading.currency) for sum_ in (reading.planned, round_money(reading.money[0]))
        )
        text = words.get_word("money_point.text").format(planned=planned, low=low)
        points.append(AgendaPoint("discovery.money", "discovery", "gap", text, words.get_word("money_point.whom"), 2))
    return tuple(points)


def write_weeks(reading: DiscoveryReading) -> str:
    """The range of weeks in whole weeks, in words."""
    low, high = (round_half_up(weeks) for weeks in reading.weeks)
    template = reading.chapter.get_word("weeks_same" if low == high else "weeks")
    return template.format(low=low, high=high)


def _as_scale(question: Question) -> ScaleQuestion:
    if not isinstance(question, ScaleQuestion):
        raise TypeError(f"{question.id} should be a scale question")
    return question


def _as_choice(question: Question) -> ChoiceQuestion:
    if not isinstance(question, ChoiceQuestion):
        raise TypeError(f"{question.id} should be a choice question")
    return question
