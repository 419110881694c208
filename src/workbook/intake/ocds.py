"""A published tender, as OCDS release or package -> an engagement with its facts, each guess marked.

The Open Contracting Data Standard 1.1 is what Contracts Finder, Public Contracts Scotland, Sell2Wales and Find a
Tender publish. It says who buys what, for how much and when; what it does not say is listed as not stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from workbook.errors import InputError, Problem
from workbook.intake.given_file import open_json
from workbook.intake.notice import Notice, read_day
from workbook.intake.taken import Made, Taken, create_from_facts, read_text, word_guess
from workbook.model.wordings import load_wording
from workbook.storage import SCHEMA

NEVER_SAID = ("learning_questions", "audiences", "use", "challenge", "time_paid", "findings")
MOST_LOTS = 20


def create_from_ocds(slug: str, path: Path) -> Made:
    """Make the engagement `slug` of a tender; raises InputError where the file holds none, or several."""
    notice = Notice(_find_release(path.name, open_json(path)))
    head = load_wording("intake").get_word("head").format(file=path.name.replace("\n", " "), slug=slug)
    return create_from_facts(slug, list(take_facts(notice)), head=head)


def _find_release(name: str, given: Any) -> Mapping[str, Any]:
    """Return the newest release of the one tender a file is about."""
    releases = [one for one in _list_releases(given) if isinstance(one, dict) and isinstance(one.get("tender"), dict)]
    if not releases:
        remedy = "ask for the notice in the Open Contracting Data Standard (OCDS), as JSON"
        raise InputError([Problem(name, "releases", "a release with a tender", remedy)])
    ids = list(dict.fromkeys(str(one.get("ocid", "")) for one in releases))
    if len(ids) > 1:
        some = ", ".join(ids[:3])
        remedy = f"put one into a file of its own: this file holds {len(ids)} ({some} …)"
        raise InputError([Problem(name, "releases", "one tender", remedy)])
    return max(releases, key=lambda one: str(one.get("date", "")))


def _list_releases(given: Any) -> list[Any]:
    if isinstance(given, list):
        return given
    if not isinstance(given, dict):
        return []
    if isinstance(given.get("releases"), list):
        return list(given["releases"])
    if isinstance(given.get("records"), list):
        records = [one for one in given["records"] if isinstance(one, dict)]
        return [release for one in records for release in (one.get("compiledRelease"), *_list_releases(one)) if release]
    return [given]


def take_facts(notice: Notice) -> Iterator[Taken]:
    """Yield the facts of a notice in the order of the file, and at the end what it does not say."""
    missing: list[str] = []
    words = load_wording("intake")
    buyer, source = notice.find_buyer()
    commissioner = buyer or words.get_word("no_buyer")
    yield Taken("schema", SCHEMA)
    yield Taken("title", notice.title or words.get_word("no_title"), "" if notice.title else word_guess("title"))
    yield Taken("kind", "public-call", word_guess("kind"))
    yield Taken("commissioner", commissioner, word_guess(source) if source else "")
    if notice.description:
        yield Taken("sentence", notice.description, word_guess("sentence", commissioner=commissioner), behind=True)
    else:
        missing.append("sentence")
    others = notice.list_other_buyers(buyer)
    if others:
        yield Taken("commissioned_with", list(others), word_guess("commissioned_with"))
    yield from _take_money(notice, missing)
    yield from _take_days(notice, missing)
    lots = notice.list_lots()[:MOST_LOTS]
    if lots:
        yield Taken("asked_for", lots, word_guess("asked_for"))
    yield Taken("not_stated", [_say_missing(notice, one) for one in (*missing, *NEVER_SAID)])
    yield Taken("audiences", words.words["audiences"], word_guess("audiences"))
    yield from _take_source(notice, buyer)


def _say_missing(notice: Notice, name: str) -> str:
    words = load_wording("intake")
    if name == "start" and notice.days:
        return words.get_word("duration").format(days=notice.days)
    return words.get_word(f"not_stated.{name}")


def _take_money(notice: Notice, missing: list[str]) -> Iterator[Taken]:
    money, guess = notice.find_money()
    currency = money.currency if money else ""
    if money:
        yield Taken("currency", currency or "GBP", "" if currency else word_guess("currency"))
    if money is None:
        missing.append("budget")
    else:
        yield Taken(
            "budget",
            int(money.amount) if money.amount.is_integer() else money.amount,
            word_guess(guess) if guess else "",
        )
    yield Taken("vat", "unsure", word_guess("vat"))
    missing.append("vat")


def _take_days(notice: Notice, missing: list[str]) -> Iterator[Taken]:
    days = notice.find_days()
    if days.start and days.end and days.end < days.start:
        yield Taken("start", "unsure", word_guess("order"))
        yield Taken("end", "unsure")
        missing.extend(("start", "end"))
        return
    for name, day, guess in (("start", days.start, days.start_guess), ("end", days.end, days.end_guess)):
        if day is None:
            missing.append(name)
        else:
            yield Taken(name, day, word_guess(guess, days=notice.days) if guess else "")


def _take_source(notice: Notice, buyer: str) -> Iterator[Taken]:
    published = read_day(notice.release.get("date"))
    if published is None:
        return
    title = load_wording("intake").get_word("source_title").format(id=notice.id)
    source: dict[str, Any] = {"title": title, "organisation": buyer or notice.id, "year": int(published[:4])}
    where: Sequence[str] = [one for one in notice.list_addresses() if one]
    yield Taken("source", [source | ({"where": read_text(where[0])} if where else {})])
