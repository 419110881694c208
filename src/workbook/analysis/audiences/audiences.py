"""Chapter 03: whose learning is the priority, for whom voices differ, and what hangs on the learning questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any, Literal

from workbook.analysis.voices.consensus import concordance
from workbook.analysis.voices.evidence import Evidence, find_leaders, make_part
from workbook.analysis.voices.grids import NumberReading, read_matrix, read_points
from workbook.analysis.voices.scales import Lone, Withheld, WordsReading, find_lone
from workbook.errors import ContentError
from workbook.model.answers import Edition, Response
from workbook.model.base import NOT_STATED, UNSURE
from workbook.model.chapters import Chapter, list_questions, load_chapter_of
from workbook.model.engagement import Audience, AudienceGroup, Engagement, Facts, LearningQuestion
from workbook.model.loose_days import find_span
from workbook.model.questions import GridQuestion, PointsQuestion

Pattern = Literal[
    "ranked",
    "none", "no_people", "withheld", "unknown", "not_asked", "people_unheard", "funders", "order_differs",
    "clash", "agreed", "single", "level", "shared",
]  # fmt: skip
QuestionFault = Literal["decision", "decider", "date", "past", "early", "after_end"]
OUT_OF_REACH: frozenset[QuestionFault] = frozenset({"past", "early", "after_end"})
"""Faults of a day that the learning cannot reach."""
DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class AudienceReading:
    """One audience: its points, its place in a hard choice, and what it should do differently."""

    audience: Audience
    points: NumberReading
    rank: NumberReading
    change: WordsReading


@dataclass(frozen=True)
class Clash:
    """An audience over which voices differ widely: who gives it most, who gives it least."""

    reading: AudienceReading
    most: tuple[Response, ...]
    least: tuple[Response, ...]


@dataclass(frozen=True)
class QuestionReading:
    """A learning question, and what keeps it from being tied to a decision."""

    question: LearningQuestion
    faults: tuple[QuestionFault, ...]


@dataclass(frozen=True)
class First:
    """Whom voices put first; `audience` is None for those whose first place is shared."""

    audience: Audience | None
    voices: tuple[Response, ...]


@dataclass(frozen=True)
class AudiencesReading:
    """The chapter's result.

    `places` are by middle points and `agreed_places` by what was agreed (1 is first, equals share a place, and by
    points a small lead is none), each by audience id and empty where not known. `for_funders` is what goes to those
    who pay, of 100: what was agreed, else the middle of what each voice gives them. `concordance` is Kendall's W of
    the orders that points give, over `rankers` voices; None where there are not two orders to compare.
    """

    chapter: Chapter
    facts: Facts
    audiences: tuple[AudienceReading, ...]
    places: dict[str, int]
    agreed_places: dict[str, int]
    clashes: tuple[Clash, ...]
    firsts: tuple[First, ...]
    firsts_from: Literal["order", "points"]
    concordance: float | None
    rankers: int
    questions: tuple[QuestionReading, ...]
    edition: str
    minimum_group: int
    lone: Lone | None
    evidence: Evidence
    for_funders: float | None

    @property
    def is_answered(self) -> bool:
        """Whether anything of the chapter is known in this edition."""
        return any(
            one.points.value is not None
            or one.rank.value is not None
            or one.change.state in ("settled", "one", "several")
            for one in self.audiences
        )

    @property
    def is_found(self) -> bool:
        """Whether the answers on points, or on a hard choice, amount to something."""
        return self.is_answered and self.pattern not in ("none", "withheld", "unknown")

    @property
    def pattern(self) -> Pattern:
        """What the answers amount to."""
        return _find_pattern(self)

    @property
    def voices(self) -> int:
        """How many voices shown here shared out points."""
        return max((len(one.points.responses) for one in self.audiences), default=0)

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """Why points or places are held back, one reason for each that is."""
        cells = [cell for one in self.audiences for cell in (one.points, one.rank)]
        return tuple(cell.withheld for cell in cells if cell.withheld)

    def list_in(self, group: AudienceGroup) -> tuple[AudienceReading, ...]:
        """Return the audiences of one group."""
        return tuple(one for one in self.audiences if one.audience.group == group)

    @property
    def leaves_people_out(self) -> bool:
        """Whether those who stand to benefit are named, and no points shown here go to any of them."""
        given = [[r.value for r in one.points.responses] + [one.points.agreed] for one in self.list_in("people")]
        points = [[value for value in values if value is not None] for values in given]
        return bool(points) and all(values and not any(values) for values in points)

    @property
    def not_asked(self) -> tuple[AudienceReading, ...]:
        """The audiences that nobody was asked about while others were given points: not asked is not nothing."""
        given = [one.points for one in self.audiences if one.points.value is not None]
        return tuple(one for one in self.audiences if given and _is_not_asked(one.points))

    def list_first(self, places: Mapping[str, int]) -> tuple[AudienceReading, ...]:
        """Return the audiences in first place of an order: several where it is shared, none where none is known."""
        return tuple(one for one in self.audiences if places.get(one.audience.id) == 1)

    @property
    def top(self) -> tuple[AudienceReading, ...]:
        """Who comes first: by what was agreed, else by points, else by the middle places of a hard choice."""
        return self.list_first(self.agreed_places or self.places) or self.ranked_first

    @property
    def ranked_first(self) -> tuple[AudienceReading, ...]:
        """Who comes first by the middle places of a hard choice."""
        by_choice = _place({one.audience.id: one.rank.middle for one in self.audiences}, highest_first=False)
        return self.list_first(by_choice)


def read_audiences(engagement: Engagement) -> AudiencesReading:
    """Read whose learning is the priority."""
    chapter = load_chapter_of(engagement, "audiences")
    audiences = _read_each(engagement)
    held = any(one.points.value is None and one.points.withheld for one in audiences)
    # Whoever's points are held back may have the most: then those shown give no order.
    places = {} if held else _place_by_points({one.audience.id: one.points.middle for one in audiences})
    clashes = _find_clashes(audiences, chapter.get_number("points_apart"))
    evidence = _weigh(audiences, clashes)
    agreed_places = _read_agreed_places(audiences)
    from_order = any(one.rank.responses for one in audiences)
    firsts_from: Literal["order", "points"] = "order" if from_order else "points"
    orders = _list_orders(engagement, audiences)
    if not _is_shown(
        engagement, [response for response, _ in _list_whole(engagement, "audiences.points")], len(orders)
    ):
        orders = []
    return AudiencesReading(
        chapter=chapter,
        facts=engagement.facts,
        audiences=audiences,
        places=places,
        agreed_places=agreed_places,
        clashes=clashes,
        firsts=_find_firsts(engagement, audiences, firsts_from),
        firsts_from=firsts_from,
        concordance=_measure_concordance(orders),
        rankers=len(orders),
        questions=tuple(_read_question(one, engagement.facts, chapter) for one in engagement.facts.learning_questions),
        edition=engagement.told_as,
        minimum_group=engagement.facts.minimum_group,
        lone=find_lone(
            engagement, "audiences.points", "audiences.order", backed=evidence.carries != "one_voice" or not places
        ),
        evidence=evidence,
        for_funders=_share_for(engagement, audiences, "funders"),
    )


def _weigh(audiences: tuple[AudienceReading, ...], clashes: tuple[Clash, ...]) -> Evidence:
    """Say what is known of the points: an audience's are disputed where voices clash over it and nothing is agreed."""
    apart = {clash.reading.audience.id for clash in clashes if clash.reading.points.agreed is None}
    return Evidence(
        tuple(
            make_part(one.points, known=one.points.value is not None, disputed=one.audience.id in apart)
            for one in audiences
        )
    )


def _share_for(engagement: Engagement, audiences: tuple[AudienceReading, ...], group: AudienceGroup) -> float | None:
    """Return what one group of audiences gets: what was agreed, else the middle of what each whole answer gives it."""
    ours = [one for one in audiences if one.audience.group == group]
    if ours and all(one.points.agreed is not None for one in ours):
        return sum(one.points.agreed or 0 for one in ours)
    ids = [one.audience.id for one in audiences]
    whole = [value for _, value in _list_whole(engagement, "audiences.points") if all(key in value for key in ids)]
    given = [sum(float(value[one.audience.id]) for one in ours) for value in whole]
    return median(given) if ours and given else None


def _read_each(engagement: Engagement) -> tuple[AudienceReading, ...]:
    questions = list_questions(engagement.facts)
    points, order, change = (questions[f"audiences.{name}"] for name in ("points", "order", "do_differently"))
    match points, order, change:
        case PointsQuestion(), GridQuestion(), GridQuestion():
            given, ranks = read_points(engagement, points), read_matrix(engagement, order).numbers
            changes = read_matrix(engagement, change).words
        case _:
            raise ContentError("audiences.yaml: points should be of kind points, order and do_differently a matrix.")
    return tuple(
        AudienceReading(one, given[one.id], ranks[one.id, "rank"], changes[one.id, "change"])
        for one in engagement.facts.audiences
    )


def _is_not_asked(points: NumberReading) -> bool:
    """Whether no answer holds this audience at all, and that is not for an edition's having taken it out."""
    return points.value is None and not points.unsure and not points.agreed_unsure and points.withheld is None


def _place(values: Mapping[str, float | None], *, highest_first: bool) -> dict[str, int]:
    """Return places from 1, equals sharing a place; nothing where no value is known."""
    sign = -1 if highest_first else 1
    known = {key: sign * value for key, value in values.items() if value is not None}
    return {key: 1 + sum(other < value for other in known.values()) for key, value in known.items()}


def _place_by_points(values: Mapping[str, float | None]) -> dict[str, int]:
    """Return places by points, the most first; a small lead is none, and an audience alone has no place."""
    known = {key: value for key, value in values.items() if value is not None}
    places: dict[str, int] = {}
    while left := {key: value for key, value in known.items() if key not in places}:
        alike = find_leaders(left) or tuple(left)
        places.update(dict.fromkeys(alike, len(places) + 1))
    return places if len(values) > 1 else {}


def _read_agreed_places(audiences: tuple[AudienceReading, ...]) -> dict[str, int]:
    """Return the agreed order: the one agreed for a hard choice, else the one that agreed points give."""
    by_rank = _place({one.audience.id: one.rank.agreed for one in audiences}, highest_first=False)
    return by_rank or _place_by_points({one.audience.id: one.points.agreed for one in audiences})


def _find_clashes(audiences: tuple[AudienceReading, ...], apart: float) -> tuple[Clash, ...]:
    found = [
        Clash(
            reading=one,
            most=tuple(r for r in one.points.responses if r.value == one.points.high),
            least=tuple(r for r in one.points.responses if r.value == one.points.low),
        )
        for one in audiences
        if one.points.gap >= apart
    ]
    return tuple(sorted(found, key=lambda clash: -clash.reading.points.gap))


def _list_whole(engagement: Engagement, question: str) -> list[tuple[Response, dict[str, Any]]]:
    """Return the answers to a grid that are not unsure as a whole."""
    given = engagement.list_responses(question)
    return [(response, response.value) for response in given if isinstance(response.value, dict)]


def _list_orders(engagement: Engagement, audiences: tuple[AudienceReading, ...]) -> list[list[float]]:
    """Return each voice's places by points in the order of the audiences, for voices that gave them to every one."""
    ids = [one.audience.id for one in audiences if not _is_not_asked(one.points)]
    whole = [value for _, value in _list_whole(engagement, "audiences.points")]
    complete = [{key: float(value[key]) for key in ids} for value in whole if all(key in value for key in ids)]
    places = [_place_by_points(dict(given)) for given in complete]
    return [[float(one.get(key, 1)) for key in ids] for one in places]


def _measure_concordance(orders: list[list[float]]) -> float | None:
    comparable = len(orders) > 1 and len(orders[0]) > 1 and any(len(set(order)) > 1 for order in orders)
    return concordance(orders) if comparable else None


def _find_firsts(
    engagement: Engagement, audiences: tuple[AudienceReading, ...], source: Literal["order", "points"]
) -> tuple[First, ...]:
    """Say which voices put whom first, the largest side first; voices whose first place is shared come last.

    Only voices that placed every audience count: what an edition took out of an answer may have been its first place.
    """
    found: dict[str | None, list[Response]] = {}
    asked = [one for one in audiences if source == "order" or not _is_not_asked(one.points)]
    for response, value in _list_whole(engagement, f"audiences.{source}"):
        numbers = {one.audience.id: _read_number(value.get(one.audience.id), source) for one in asked}
        places = _place_by_points(numbers) if source == "points" else _place(numbers, highest_first=False)
        if len(places) == len(asked):
            first = [key for key, place in places.items() if place == 1]
            found.setdefault(first[0] if len(first) == 1 else None, []).append(response)
    complete = [response for side in found.values() for response in side]
    if not _is_shown(engagement, complete, len(complete)):
        return ()
    named = [First(one.audience, tuple(found[one.audience.id])) for one in audiences if one.audience.id in found]
    shared = [First(None, tuple(found[None]))] if None in found else []
    return tuple(sorted(named, key=lambda first: -len(first.voices))) + tuple(shared)


def _is_shown(engagement: Engagement, responses: Sequence[Response], count: int) -> bool:
    """Whether a count over complete answers may be shown: enough of them, or all attributed among partners."""
    if engagement.told_as is Edition.PRIVATE or count >= engagement.facts.minimum_group:
        return True
    return engagement.told_as is Edition.PARTNERS and all(response.voice for response in responses)


def _read_number(cell: Any, source: Literal["order", "points"]) -> float | None:
    number = cell.get("rank") if source == "order" and isinstance(cell, dict) else cell
    return float(number) if isinstance(number, int | float) else None


def _read_question(question: LearningQuestion, facts: Facts, chapter: Chapter) -> QuestionReading:
    faults: list[QuestionFault] = []
    if question.decision in (None, UNSURE, NOT_STATED):
        faults.append("decision")
    if question.decided_by in (None, UNSURE, NOT_STATED):
        faults.append("decider")
    by, start, end, today = (find_span(day) for day in (question.by, facts.start, facts.end, facts.as_of))
    if not by:
        faults.append("date")
    elif today and by[1] < today[0]:
        faults.append("past")
    elif start and by[1] < _add_months(start[0], chapter, "months_to_learn"):
        faults.append("early")
    elif end and by[0] > _add_months(end[1], chapter, "months_to_decide"):
        faults.append("after_end")
    return QuestionReading(question, tuple(faults))


def _add_months(day: date, chapter: Chapter, setting: str) -> date:
    """Return the day that lies as many months later as a setting of the chapter says."""
    days = chapter.get_number(setting) * DAYS_A_MONTH
    return day + timedelta(days=min(days, (date.max - day).days))


def _find_pattern(reading: AudiencesReading) -> Pattern:
    """Say what the answers amount to; the order of the rules is the order of what matters most."""
    if not reading.audiences:
        return "none"
    if not reading.list_in("people"):
        return "no_people"
    if len(reading.audiences) == 1:
        return "single"
    if not reading.places and not reading.agreed_places and reading.top:
        return "ranked"
    if not reading.places and not reading.agreed_places:
        return "withheld" if "small_group" in reading.withheld else "unknown"
    return _find_unjust(reading) or _find_dispute(reading) or _find_settled(reading)


def _find_unjust(reading: AudiencesReading) -> Pattern | None:
    if reading.not_asked and not reading.agreed_places:
        return "not_asked"
    if reading.leaves_people_out:
        return "people_unheard"
    others_first = reading.agreed_places and all(one.audience.group != "funders" for one in reading.top)
    if _find_dispute(reading):
        return None
    mostly = (reading.for_funders or 0) >= reading.chapter.get_number("mostly_funders")
    return "funders" if mostly and not others_first else None


def _find_dispute(reading: AudiencesReading) -> Pattern | None:
    if reading.places and reading.agreed_places and not _share_first(reading):
        return "order_differs"
    return "clash" if reading.clashes and not reading.agreed_places else None


def _share_first(reading: AudiencesReading) -> bool:
    """Whether some audience comes first both by what was agreed and by points."""
    agreed, points = (reading.list_first(places) for places in (reading.agreed_places, reading.places))
    return any(one in points for one in agreed)


def _find_settled(reading: AudiencesReading) -> Pattern:
    if len(reading.top) != 1:
        return "level"
    return "agreed" if reading.agreed_places else "shared"
