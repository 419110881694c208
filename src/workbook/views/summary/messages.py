"""What the summary asks the reader to do: a message of each chapter, at most five, by deadline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from workbook.analysis.agenda_points import tell_whom
from workbook.analysis.audiences.audiences import AudiencesReading
from workbook.analysis.audiences.names import name_audience
from workbook.analysis.discovery.discovery import DiscoveryReading
from workbook.analysis.framing import FramingReading
from workbook.analysis.learning_modes import LearningModesReading
from workbook.analysis.permission import PermissionReading
from workbook.analysis.practices import PracticesReading
from workbook.analysis.resources.resources import ResourcesReading
from workbook.analysis.safety import SafetyReading
from workbook.analysis.summary import SummaryReading
from workbook.analysis.system_map.system_map import SystemMapReading
from workbook.markup import element
from workbook.model.engagement import Facts
from workbook.model.loose_days import find_span
from workbook.model.wordings import load_wording
from workbook.theme import end_sentence, join_words
from workbook.views import (
    audiences,
    discovery,
    framing,
    learning_modes,
    permission,
    practices,
    resources,
    safety,
    start_here,
    system_map,
)
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import fill
from workbook.views.pieces.naming import name_some
from workbook.views.pieces.room import shorten
from workbook.views.resources.plan import write_about, write_money

DEADLINES = ("bids", "sign", "findings")
OPEN = "open"
HIDDEN = ("withheld", "part", "not_here", "not_shown", "mostly_not_shown")
"""Headlines of a chapter that say no more than that a shared edition does not show it."""
FROM_FACTS = ("over",)
"""What is known from the facts alone, and so in every edition."""
NAMED_GAPS = ("withdrawn", "places", "bounds", "promised")
"""Gaps in a permission that have an order of their own; of any other, the audience is still to be asked."""
MOST_APART = 3
LONG_WORD = 8
"""So many characters a word of a reason may have on average, with the space after it."""
Choice = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Message:
    """One thing to do: an order, its reason, whom it is for, its deadline, and in `due` the day where there is one."""

    chapter: str
    do: str
    why: str
    by: str
    due: str
    before: str


def list_messages(reading: SummaryReading) -> tuple[Message, ...]:
    """Return the messages in the order of what hangs on them, those of chapters nobody answered last, then cut."""
    chosen = [(chapter, *choice) for chapter, choice in _choose_all(reading) if choice]
    chosen.sort(key=lambda one: one[1] == OPEN)
    most = int(load_wording("messages").get_number("most"))
    return tuple(_write(reading, *one) for one in chosen[:most])


def group_messages(messages: Iterable[Message]) -> tuple[tuple[str, tuple[Message, ...]], ...]:
    """Put messages under their deadlines, the nearest first."""
    listed = tuple(messages)
    groups = ((name, tuple(one for one in listed if one.before == name)) for name in DEADLINES)
    return tuple((name, group) for name, group in groups if group)


def show_messages(reading: SummaryReading) -> Markup:
    """The messages by deadline, numbered through."""
    words, messages = load_wording("messages"), list_messages(reading)
    call = _name_call(reading)
    name = f"title{call}_one" if len(messages) == 1 else f"title{call}"
    title = fill(words.get_word(name), count=voices.write_count(len(messages)))
    stage = call or _name_stage(reading.facts)
    groups, number = [], 0
    for deadline, group in group_messages(messages):
        items = [_show_message(one, number + k) for k, one in enumerate(group, start=1)]
        heading = element("h3", words.get_word(f"before{stage}.{deadline}"))
        listed = element("ol", items, start=number + 1)
        groups.append(element("div", heading, listed, class_=f"s{len(group)}"))
        number += len(group)
    return element("section", element("h2", title, id="todo"), groups, class_=f"todo m{len(messages)}")


def _show_message(one: Message, number: int) -> Markup:
    why = element("span", one.why, class_="why")
    due = element("span", one.due, class_="due") if one.due else None
    return element(
        "li", element("strong", one.do), " ", why, " ", element("span", one.by, due, ".", class_="who"), value=number
    )


def _choose_all(reading: SummaryReading) -> list[tuple[str, Choice | None]]:
    return [
        ("framing", _choose_framing(reading.framing)),
        ("resources", _choose_resources(reading.resources)),
        ("audiences", _choose_audiences(reading.audiences)),
        ("safety", _choose_safety(reading.safety)),
        ("permission", _choose_permission(reading.permission)),
        ("discovery", _choose_discovery(reading.discovery)),
        ("learning_modes", _choose_modes(reading.learning_modes)),
        ("practices", _choose_practices(reading.practices)),
        ("system_map", _choose_map(reading.system_map)),
    ]


def _write(reading: SummaryReading, chapter: str, state: str, given: Mapping[str, Any]) -> Message:
    headline, call = _HEADLINES[chapter](getattr(reading, chapter)), _name_call(reading)
    words = load_wording("messages").words[chapter][
        "hidden" if state not in FROM_FACTS and _is_hidden(reading, chapter, headline) else state
    ]
    filled = {**given, "headline": headline}
    reason = words.get("why_spent" if given.get("spent") else "why", "{headline}")
    why = fill(words.get("why_call", reason) if call else reason, **filled)
    by, order = words["by"].format(**filled), words["do"]
    stage = "" if call else _name_stage(reading.facts)
    by = tell_whom(by, reading.facts)
    if stage:
        order = words.get(f"do{stage}", order)
    tense = load_wording("messages").words["tense"]["closed" if reading.facts.is_closed else "open"]
    return Message(
        chapter=chapter,
        do=shorten(fill(words["ask"], **tense, **filled) if call else fill(order, **filled), "most_typed"),
        # A long reason stands in the report: on the first screen it would push the next message out.
        why=end_sentence(why) if _has_room(why) else "",
        by=load_wording("messages").get_word("for" if call else "by").format(by=shorten(by, "most_typed")),
        due=_write_due(reading, words["before"], stage=call or stage),
        before=words["before"],
    )


def _has_room(why: str) -> bool:
    """Whether a reason is short enough in words, and in characters: somebody's name for an audience may be long."""
    most = load_wording("messages").get_number("most_words")
    return len(why.split()) <= most and len(why) <= most * LONG_WORD


_HEADLINES: dict[str, Callable[[Any], str]] = {
    "framing": framing.write_headline,
    "resources": resources.write_headline,
    "audiences": audiences.write_headline,
    "safety": safety.write_headline,
    "permission": permission.write_headline,
    "discovery": discovery.write_headline,
    "learning_modes": learning_modes.write_headline,
    "practices": practices.write_headline,
    "system_map": system_map.write_headline,
}


def _is_hidden(reading: SummaryReading, chapter: str, headline: str) -> bool:
    """Whether all that a chapter has to say in this edition is that it is held back or not shown."""
    headlines = getattr(reading, chapter).chapter.words["headline"]
    return headline in [headlines[name] for name in HIDDEN if name in headlines]


def _name_call(reading: SummaryReading) -> str:
    """Name the words for a page that reads a call from outside: for bidders, or for the field once closed."""
    if not reading.framing.is_call:
        return ""
    return "_closed" if reading.facts.is_closed else "_call"


def _name_stage(facts: Facts) -> str:
    """Name the words for a commission of which bids are in, or the work has begun."""
    return "" if facts.stage == "open" else f"_{facts.stage}"


def _write_due(reading: SummaryReading, before: str, *, stage: str) -> str:
    """Say which day the deadline falls on, where the facts hold one that is to come and that findings can reach."""
    facts, out = reading.facts, {"past", "after_end"}
    known = find_span(facts.as_of)
    asked = [one.question.by for one in reading.audiences.questions if not out & set(one.faults)]
    days = [day for day in asked if isinstance(day, date) and (not known or day > known[1])]
    if before == "sign" and find_span(facts.start):
        if stage == "_begun":
            return ""
        name = "start_past" if stage == "_closed" else "start" if isinstance(facts.start, date) else "start_loose"
        return load_wording("messages").get_word(name).format(day=start_here.write_day(facts.start))
    if before == "findings" and days:
        return load_wording("messages").get_word("decision").format(day=start_here.write_day(min(days)))
    return ""


def _choose_framing(reading: FramingReading) -> Choice:
    if reading.pattern == "tension":
        moves = reading.list_in("tension")[0].facet.moves
        return ("tension", {"move": moves[0]}) if moves else ("mixed", {})
    if reading.pattern == "disputed":
        apart = [one.facet.title.lower() for one in reading.list_in("disputed")]
        return "disputed", {"apart": name_some(apart, most=MOST_APART)}
    return (reading.pattern, {}) if reading.is_answered else (OPEN, {})


def _choose_resources(reading: ResourcesReading) -> Choice | None:
    result, over = reading.tradeoff, (reading.plan.over or 0.0) if reading.plan else 0.0
    if reading.blocked in ("no_budget", "budget_unsure", "budget_zero"):
        return "no_sum", {}
    if over > 0:
        return "over", {"over": write_money(reading, over)}
    if result is None:
        return ("certain" if reading.blocked == "certain" else "blocked"), {}
    if reading.is_ours or reading.is_mostly_ours:
        return "figures", {}
    if result.today is None:
        return OPEN, {}
    if result.finding not in ("more_use", "more_data"):
        return None
    low, high = (abs(share - result.today) * result.money for share in result.near)
    ends = [write_about(reading, amount) for amount in sorted((low, high))]
    move = (
        ends[0] if ends[0] == ends[1] else load_wording("page").get_word("to_amount").format(low=ends[0], high=ends[1])
    )
    use = result.today * result.money
    return str(result.finding), {
        "move": move,
        "use": write_about(reading, use),
        "data": write_about(reading, result.money - use),
        "money": write_money(reading, result.money),
        "spent": write_money(reading, reading.spent_split) if reading.spent_split else "",
    }


def _choose_audiences(reading: AudiencesReading) -> Choice:
    if reading.pattern in ("no_people", "people_unheard"):
        return "people", {}
    if not reading.is_found:
        return OPEN, {}
    if reading.pattern in ("order_differs", "clash"):
        return ("order" if reading.pattern == "order_differs" else "clash"), {}
    first = reading.list_first(reading.agreed_places) or reading.list_first(reading.places)
    named = [name_audience(one.audience) for one in first]
    return ("first", {"first": join_words(named)}) if len(named) == 1 else (OPEN, {})


def _choose_safety(reading: SafetyReading) -> Choice | None:
    if not reading.at_risk:
        return OPEN, {}
    least = reading.at_risk[0]
    if reading.find_band(least.openness or 0) == "open":
        return None if reading.evidence.is_enough else (OPEN, {})
    return (least.best.protection, {"weakest": safety.write_headline(reading, whole=False)}) if least.best else None


def _choose_permission(reading: PermissionReading) -> Choice | None:
    if not reading.is_answered:
        return OPEN, {}
    if not reading.gaps:
        return None
    one, gap = reading.gaps[0]
    return (gap if gap in NAMED_GAPS else "gap"), {"audience": name_audience(one.audience)}


def _choose_discovery(reading: DiscoveryReading) -> Choice:
    if not reading.is_answered or reading.pattern == "few":
        return OPEN, {}
    return ("fixed" if reading.pattern in ("fixed", "blocked") else "weeks"), {}


def _choose_modes(reading: LearningModesReading) -> Choice | None:
    if not reading.is_answered:
        return OPEN, {}
    if reading.contradictions:
        return reading.contradictions[0].kind, {}
    if reading.pattern in ("few", "disputed"):
        return reading.pattern, {}
    chosen = {"evaluation": "evaluation", "with": "with"}.get(reading.pattern)
    if chosen:
        return chosen, {}
    return ("both", {}) if reading.pattern in ("mixed", "together", "both") else None


def _choose_practices(reading: PracticesReading) -> Choice | None:
    if reading.pattern == "disputed":
        return "disputed", {}
    if not reading.evidence.is_enough:
        return OPEN, {}
    if reading.unowned:
        return "unowned", {"title": reading.unowned[0].facet.title}
    owned = [one for one in reading.wide if one.owner.settled]
    if owned:
        return "owned", {"title": owned[0].facet.title, "owner": owned[0].owner.settled}
    return ("quick", {"title": reading.quick[0].facet.title}) if reading.quick else None


def _choose_map(reading: SystemMapReading) -> Choice | None:
    if not reading.is_answered:
        return OPEN, {}
    return ("guess", {}) if reading.guesses else None
