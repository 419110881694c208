"""How a fact of the commission is written: a day, a sum, a source; and each of the ways in which it may be missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from workbook.model.base import NOT_STATED, UNSURE
from workbook.model.engagement import Facts, MoneyCeiling, MoneyRange, Source, Sum
from workbook.model.loose_days import find_span
from workbook.model.wordings import load_wording
from workbook.theme import end_sentence, format_day, format_money, format_month, join_words


def name_lead(facts: Facts) -> str:
    """Name the words for who commissions what: still to come, what a call wanted that has closed, or work begun."""
    return "lead_closed" if facts.is_past_call else "lead_begun" if facts.has_begun and not facts.is_call else "lead"


def write_missing(value: object, *, is_call: bool = False) -> str:
    """Say in which way a fact is missing: not known yet, not stated in what was read, or not written down at all."""
    name = "not_known" if value == UNSURE else "not_stated_call" if value == NOT_STATED or is_call else "not_stated"
    return load_wording("page").get_word(name)


def write_day(day: date | str | None) -> str:
    """A date as people write it, as exact as it is known, or that it is not known or not stated."""
    if isinstance(day, date):
        return format_day(day)
    if day is None or day in (UNSURE, NOT_STATED):
        return write_missing(day)
    year, _, part = day.partition("-")
    if part.startswith("Q"):
        return load_wording("page").get_word(f"quarters.{part[1]}").format(year=year)
    return format_month(date(int(year), int(part), 1)) if part else day


def write_span(facts: Facts) -> str:
    """From when to when the work runs, as exact as each is known; what is missing is said. One of the two is known."""
    words = load_wording("page")
    start, end = (write_day(day) if find_span(day) else None for day in (facts.start, facts.end))
    if start is None:
        ended = end if _says_when(end) else words.get_word("span.until").format(day=end)
        return words.get_word("span.no_start").format(
            ended=ended, missing=write_missing(facts.start, is_call=facts.is_call)
        )
    begun = write_begun(start)
    if end is None:
        return words.get_word("span.no_end").format(
            begun=begun, missing=write_missing(facts.end, is_call=facts.is_call)
        )
    return words.get_word(f"span.{'ending' if _says_when(end) else 'to'}").format(begun=begun, day=end)


def write_begun(day: str) -> str:
    """From when on: "from March 2027", "starting by June 2027"."""
    return load_wording("page").get_word(f"span.{'starting' if _says_when(day) else 'from'}").format(day=day)


def _says_when(day: str | None) -> bool:
    """Whether a loose day begins with a word such as "by", so that no other stands before it."""
    return bool(day) and str(day).split()[0].lower() in load_wording("page").words["span"]["before_days"]


def write_sum(sum_: Sum, currency: str) -> str:
    """A sum, a range of sums or the most it may be, with its currency; or that it is not known or not stated."""
    words = load_wording("page")
    if isinstance(sum_, MoneyRange):
        low, high = (format_money(one, currency) for one in (sum_.low, sum_.high))
        return words.get_word("sum_between").format(low=low, high=high)
    if isinstance(sum_, MoneyCeiling):
        return words.get_word("sum_up_to").format(most=format_money(sum_.up_to, currency))
    return format_money(sum_, currency) if isinstance(sum_, int | float) else write_missing(sum_)


def write_sources(sources: Iterable[Source]) -> str:
    """The sources of the facts, each with its organisation, the year if one is stated, and where it is."""
    return "; ".join(
        ", ".join(str(part) for part in (one.title, one.organisation, one.year, one.where) if part) for one in sources
    )


def tell_questions_kept(facts: Facts) -> str:
    """Say where learning questions are kept that the facts do not repeat; nothing where nobody says so."""
    if not facts.questions_kept:
        return ""
    name = "questions_kept_more" if facts.learning_questions else "questions_kept"
    return end_sentence(load_wording("page").get_word(name).format(where=facts.questions_kept))


def write_kind(facts: Facts, *, readers: Sequence[str] = (), is_mixed: bool = False) -> str:
    """Say that an engagement is invented, or whose public call it is about, who read it, and whether it has closed."""
    words = load_wording("summary")
    if facts.kind == "own":
        return ""
    if not facts.is_call:
        return words.get_word(f"kinds.{facts.kind}")
    name = "call_unread" if not readers else "call_mixed" if is_mixed else "call_read"
    parts = [
        words.get_word("kinds.public-call"),
        words.get_word(name).format(readers=_lower_first(join_words(list(readers)))),
    ]
    if facts.as_of:
        parts.append(write_as_of(facts))
    return " ".join(parts)


def write_as_of(facts: Facts) -> str:
    """Say up to which day the facts hold, and that a call had closed by then."""
    words = load_wording("summary")
    name = "call_closed" if facts.is_past_deadline else "call_as_of"
    return words.get_word(name).format(day=write_day(facts.as_of), deadline=write_day(facts.deadline))


def _lower_first(name: str) -> str:
    """Put "Desk reading by …" into a sentence."""
    return name[:1].lower() + name[1:]
