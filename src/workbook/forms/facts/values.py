"""One fact as its form shows it, and back: what stands under a key of engagement.yaml, in the shape of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.content import NAMED_FIRST, read_examples
from workbook.forms.facts.asked import load_facts_words
from workbook.model.base import NOT_STATED, UNSURE
from workbook.model.questions import AnswerFaults, Fault

Raw = dict[str, Any]
SUMS = frozenset({"budget", "programme_budget"})
KEPT = "answers_kept"
LINES = frozenset({"commissioned_with", "others_at_work", "workstreams", "places", "asked_for", "not_stated"})
DAYS = frozenset({"start", "end", "deadline", "as_of", "by", "when"})
# Lists from which rows can be set aside, and where these are kept.
ASIDE = {"audiences": "audiences_set_aside", "plan": "plan_set_aside"}


def show_fact(key: str, data: Mapping[str, Any]) -> Any:
    """Return a fact as an answer of its form; None where there is none, or it still says the template's words."""
    value = data.get(key)
    if key in NAMED_FIRST and value == read_examples().get(key):
        return None
    if key in ASIDE:
        rows = [_show_row(row) | {"aside": "counts"} for row in value or ()]
        return [*rows, *(_show_row(row) | {"aside": "aside"} for row in data.get(ASIDE[key]) or ())] or None
    if value is None or value == []:
        return None
    if key in SUMS:
        return _show_sum(value)
    if key == KEPT:
        return {"kept": {name: str(one) for name, one in value.items()}} if value else None
    if key in LINES:
        return "\n".join(" ".join(str(line).split("\n")) for line in value)
    if key == "other_plans":
        return [{"name": plan.get("name"), **line} for plan in value for line in plan.get("lines") or ()]
    if isinstance(value, list):
        return [_show_row(row) for row in value]
    return _show_day(value) if key in DAYS else value


def list_entries(key: str, value: Any) -> Raw:
    """Return what an answer puts under each key of the file it belongs to; None takes the key out.

    Raises AnswerFaults where a sum is given in more than one way.
    """
    if key in ASIDE:
        rows = value if isinstance(value, list) else []
        parts = [[_read_row(row) for row in rows if (row.get("aside") == "aside") is aside] for aside in (False, True)]
        return {key: parts[0] or None, ASIDE[key]: parts[1] or None}
    if value is None:
        return {key: None}
    if key in SUMS:
        return {key: _read_sum(value)}
    if key == KEPT:
        return {key: value.get("kept") or None}
    if key in LINES:
        return {key: [line.strip() for line in str(value).splitlines() if line.strip()] or None}
    if key == "other_plans":
        return {key: _group_plans(value) or None}
    if isinstance(value, list):
        return {key: [_read_row(row) for row in value]}
    return {key: _read_day(value) if key in DAYS else value}


def _show_row(row: Mapping[str, Any]) -> Raw:
    return {key: _show_day(one) if key in DAYS else one for key, one in row.items()}


def _read_row(row: Mapping[str, Any]) -> Raw:
    return {key: _read_day(one) if key in DAYS else one for key, one in row.items() if key != "aside"}


def _show_day(value: Any) -> str:
    return load_facts_words().get_word("not_stated") if value == NOT_STATED else str(value)


def _read_day(value: Any) -> Any:
    text = str(value).strip()
    if text.casefold() in (NOT_STATED, load_facts_words().get_word("not_stated").casefold()):
        return NOT_STATED
    return UNSURE if text.casefold() == UNSURE else text


def _show_sum(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {"sum": {"high": value["up_to"]} if "up_to" in value else dict(value)}
    if value == NOT_STATED:
        return None
    return UNSURE if value == UNSURE else {"sum": {"exact": value}}


def _read_sum(value: Any) -> Any:
    given = value.get("sum", UNSURE) if isinstance(value, Mapping) else value
    if not isinstance(given, Mapping):
        return UNSURE
    words = load_facts_words().words
    if "exact" in given and len(given) > 1:
        raise AnswerFaults([Fault("sum.exact", **words["sum_both"])])
    if "exact" in given:
        return given["exact"]
    if "high" not in given:
        raise AnswerFaults([Fault("sum.high", **words["sum_least"])])
    return {"low": given["low"], "high": given["high"]} if "low" in given else {"up_to": given["high"]}


def _group_plans(rows: list[Raw]) -> list[Raw]:
    """Put lines that name the same plan together, plans in the order in which they are first named."""
    plans: dict[str, list[Raw]] = {}
    for row in rows:
        line = {key: one for key, one in row.items() if key != "name"}
        plans.setdefault(str(row["name"]).strip(), []).append(line)
    return [{"name": name, "lines": lines} for name, lines in plans.items()]
