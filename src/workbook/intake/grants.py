"""Published grants, by the 360Giving standard -> the programme that a commission is about, each guess marked.

Grants say what a programme pays for, to whom and when; they never say what a commission asks for. So only the
programme, its money, the funder and those who were given the grants are taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook.errors import InputError, Problem
from workbook.intake.grants_file import read_grants
from workbook.intake.taken import Made, Taken, create_from_facts, read_text, word_guess
from workbook.model.wordings import load_wording
from workbook.storage import SCHEMA

MOST_PARTNERS = 20
LARGEST = 1e12
NEVER_SAID = ("budget", "vat", "start", "end", "sentence", "learning_questions", "audiences", "use", "challenge")


@dataclass(frozen=True)
class Grant:
    """One grant, as far as the file says."""

    title: str
    programme: str
    funder: str
    recipient: str
    amount: float
    currency: str
    year: int | None

    @property
    def name(self) -> str:
        """The programme, or the grant's own title where none is named."""
        return self.programme or self.title


def create_from_grants(slug: str, path: Path) -> Made:
    """Make the engagement `slug` of a file of grants (JSON, CSV or XLSX).

    Raises InputError where the file holds no grants, or grants of several funders or currencies.
    """
    grants = tuple(make_grant(row) for row in read_grants(path))
    _refuse(path.name, grants)
    head = load_wording("intake").get_word("head_grants").format(file=path.name.replace("\n", " "), slug=slug)
    return create_from_facts(slug, list(take_facts(grants, path.name)), head=head)


def make_grant(row: Mapping[str, Any]) -> Grant:
    """Return a grant of one row, by the standard's headings in small letters."""
    amount = row.get("amount awarded")
    return Grant(
        title=read_text(row.get("title")),
        programme=read_text(row.get("grant programme:title")),
        funder=read_text(row.get("funding org:name")),
        recipient=read_text(row.get("recipient org:name")),
        amount=_read_amount(amount),
        currency=read_text(row.get("currency")).upper(),
        year=_read_year(row.get("award date")),
    )


def _refuse(name: str, grants: Sequence[Grant]) -> None:
    problems = []
    if not any(grant.funder and grant.amount for grant in grants):
        expected = "grants with the headings of 360Giving: Title, Funding Org:Name, Amount Awarded and so on"
        problems.append(Problem(name, "", expected, "look at the first line of the file"))
    for what, values in (
        ("funder", {grant.funder for grant in grants if grant.funder}),
        ("currency", {grant.currency for grant in grants if grant.currency}),
    ):
        if len(values) > 1:
            some = ", ".join(sorted(values)[:3])
            remedy = f"keep the grants of one {what} in the file: it holds {len(values)} ({some})"
            problems.append(Problem(name, what, f"one {what}", remedy))
    if problems:
        raise InputError(problems)


def take_facts(grants: Sequence[Grant], file: str) -> Iterator[Taken]:
    """Yield the facts that grants of one funder give, in the order of the file."""
    words = load_wording("intake")
    funder = next(grant.funder for grant in grants if grant.funder)
    names = Counter(grant.name for grant in grants if grant.name)
    programme = min(names, key=lambda name: (-names[name], name), default="")
    kept = [grant for grant in grants if grant.name == programme] if _has_programmes(grants) else list(grants)
    currency = next((grant.currency for grant in grants if len(grant.currency) == len("GBP")), "")
    yield Taken("schema", SCHEMA)
    yield Taken("title", programme or words.get_word("programme_title"), word_guess("grants_title"))
    yield Taken("commissioner", funder)
    money: Counter[str] = Counter()
    for grant in kept:
        money[grant.recipient] += grant.amount  # type: ignore[assignment]
    given = [name for name in sorted(money, key=lambda name: (-money[name], name)) if name and name != funder]
    if given:
        yield Taken("others_at_work", given[:MOST_PARTNERS], word_guess("grants_partners"))
    if programme and _has_programmes(grants):
        yield Taken("programme", programme, word_guess("programme"))
    total = sum(grant.amount for grant in kept)
    if 0 < total <= LARGEST:
        amount = int(total) if total == int(total) else round(total, 2)
        yield Taken("programme_budget", amount, word_guess("programme_budget", count=len(kept)))
    if currency or 0 < total <= LARGEST:
        yield Taken("currency", currency or "GBP", "" if currency else word_guess("currency"))
    yield Taken("not_stated", [words.get_word(f"not_stated.{name}") for name in NEVER_SAID])
    yield Taken("audiences", words.words["audiences"], word_guess("audiences"))
    years = [grant.year for grant in kept if grant.year]
    if years:
        title = words.get_word("grants_source").format(file=file)
        yield Taken("source", [{"title": title, "organisation": funder, "year": max(years)}])


def _has_programmes(grants: Sequence[Grant]) -> bool:
    return any(grant.programme for grant in grants)


def _read_amount(value: Any) -> float:
    if isinstance(value, bool):
        return 0.0
    try:
        amount = float(str(value).replace(",", "").replace("£", ""))
    except ValueError:
        return 0.0
    return amount if 0 < amount <= LARGEST else 0.0


def _read_year(value: Any) -> int | None:
    text = str(value or "")[:4]
    return int(text) if text.isdecimal() and text.isascii() and 1900 <= int(text) <= 2200 else None
