"""One OCDS release, asked carefully: what is missing, or is not what the standard says, counts as not said."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workbook.intake.taken import read_text

LARGEST = 1e12
LONGEST_DAYS = 36_500
BUYERS = ("buyer", "procuringEntity")


@dataclass(frozen=True)
class Sum:
    """An amount of money; the currency is empty where none is given."""

    amount: float
    currency: str


@dataclass(frozen=True)
class Days:
    """When the work starts and ends, as year-month-day, and why either is a guess."""

    start: str | None
    end: str | None
    start_guess: str = ""
    end_guess: str = ""


class Notice:
    """What a release says of a tender."""

    def __init__(self, release: Mapping[str, Any]) -> None:
        self.release = release
        self.tender = _mapping(release.get("tender"))
        self.lots = _mappings(self.tender.get("lots"))
        self.title = read_text(self.tender.get("title")) or read_text(release.get("title"))
        self.description = read_text(self.tender.get("description")) or read_text(release.get("description"))
        self.id = read_text(release.get("ocid")) or read_text(release.get("id")) or "without a number"

    def find_buyer(self) -> tuple[str, str]:
        """Return who commissions, and why that is a guess; nothing where nobody is named."""
        named = read_text(_mapping(self.release.get("buyer")).get("name"))
        if named:
            return named, ""
        parties = list(self._list_buyers())
        return (parties[0], "commissioner_party") if parties else ("", "commissioner")

    def list_other_buyers(self, buyer: str) -> list[str]:
        """Return further parties that buy."""
        found = dict.fromkeys(name for name in self._list_buyers() if name.casefold() != buyer.casefold())
        return list(found) if buyer else []

    def _list_buyers(self) -> Iterator[str]:
        for party in _mappings(self.release.get("parties")):
            roles = party.get("roles")
            if isinstance(roles, list) and any(role in roles for role in BUYERS) and read_text(party.get("name")):
                yield read_text(party.get("name"))

    def find_money(self) -> tuple[Sum | None, str]:
        """Return what the work may cost, and why that is a guess."""
        stated = _read_sum(self.tender.get("value"))
        if stated:
            return stated, ""
        lots = _add([_read_sum(lot.get("value")) for lot in self.lots])
        if lots:
            return lots, "budget_lots" if len(self.lots) > 1 else ""
        least = _read_sum(self.tender.get("minValue"))
        if least:
            return least, "budget_least"
        awards = _add([_read_sum(award.get("value")) for award in _mappings(self.release.get("awards"))])
        return (awards, "budget_award") if awards else (None, "")

    @property
    def days(self) -> int | None:
        """How long the work lasts, where a number of days is all that is given; of several lots the longest."""
        given = [_mapping(one.get("contractPeriod")).get("durationInDays") for one in (self.tender, *self.lots)]
        whole = [one for one in given if isinstance(one, int) and not isinstance(one, bool) and 0 < one < LONGEST_DAYS]
        return max(whole, default=None)

    def find_days(self) -> Days:
        """Return when the work runs: as the tender says, else its lots, else the award."""
        stated = _mapping(self.tender.get("contractPeriod"))
        start, end = read_day(stated.get("startDate")), read_day(stated.get("endDate"))
        if start or end:
            return self._reckon(Days(start, end))
        several = "_lots" if len(self.lots) > 1 else ""
        found = self._span([lot.get("contractPeriod") for lot in self.lots], several)
        if found.start or found.end:
            return self._reckon(found)
        awards = _mappings(self.release.get("awards"))
        return self._reckon(self._span([award.get("contractPeriod") for award in awards], "_award"))

    def _span(self, periods: list[Any], kind: str) -> Days:
        given = [_mapping(period) for period in periods]
        starts = [day for one in given if (day := read_day(one.get("startDate")))]
        ends = [day for one in given if (day := read_day(one.get("endDate")))]
        guesses = (f"start{kind}", "start_award" if kind == "_award" else f"end{kind}") if kind else ("", "")
        return Days(min(starts, default=None), max(ends, default=None), *guesses)

    def _reckon(self, days: Days) -> Days:
        if not days.start or days.end or not self.days:
            return days
        end = date.fromisoformat(days.start) + timedelta(days=self.days)
        return Days(days.start, end.isoformat(), days.start_guess, "end_duration")

    def list_lots(self) -> list[str]:
        """Return what is asked for in parts: the lots' names where they differ from the title's, else the items'."""
        lots = [read_text(lot.get("title")) for lot in self.lots]
        items = [read_text(item.get("description")) for item in _mappings(self.tender.get("items"))]
        named = [one for one in dict.fromkeys(lots or items) if one and one.casefold() != self.title.casefold()]
        return [one for one in named if not re.fullmatch(r"(lot|item)?[ .:#]*[0-9]*", one, re.IGNORECASE)]

    def list_addresses(self) -> Iterator[str]:
        """Yield where the notice can be found."""
        awarded = [one for award in _mappings(self.release.get("awards")) for one in _mappings(award.get("documents"))]
        documents = [*_mappings(self.tender.get("documents")), *awarded]
        for one in (self.release, *documents, *_mappings(self.release.get("links"))):
            for key in ("url", "uri", "href"):
                yield read_text(one.get(key))


def read_day(value: Any) -> str | None:
    """Return the day of a date or a moment as the notice writes it, in its own time zone."""
    found = re.match(r"\d{4}-\d{2}-\d{2}(?![0-9])", value) if isinstance(value, str) else None
    try:
        return date.fromisoformat(found[0]).isoformat() if found else None
    except ValueError:
        return None


def _read_sum(value: Any) -> Sum | None:
    given = _mapping(value)
    amount, currency = given.get("amount"), given.get("currency")
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not math.isfinite(amount):
        return None
    known = currency if isinstance(currency, str) and re.fullmatch(r"[A-Z]{3}", currency) else ""
    return Sum(float(amount), known) if 0 < amount <= LARGEST else None


def _add(sums: list[Sum | None]) -> Sum | None:
    """Return the sum where every part is known and in one currency."""
    known = [one for one in sums if one]
    if not known or len(known) < len(sums) or len({one.currency for one in known}) > 1:
        return None
    total = sum(one.amount for one in known)
    return Sum(total, known[0].currency) if total <= LARGEST else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
