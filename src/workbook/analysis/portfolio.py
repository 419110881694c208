"""The portfolio: every engagement of a folder beside the others, and what recurs among them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from workbook.analysis.brief.brief import BriefReading, read_brief
from workbook.analysis.brief.readiness import PartReadiness, assess_parts
from workbook.analysis.framing import FramingReading
from workbook.analysis.rounds import RoundsReading, read_rounds
from workbook.model.answers import Edition
from workbook.model.chapters import list_chapters
from workbook.model.engagement import Engagement, Facts
from workbook.model.portfolio import LeftOut, Portfolio
from workbook.model.wordings import Wording, load_wording


@dataclass(frozen=True)
class PortfolioEntry:
    """One engagement; `heard` is None where this edition may not say how many voices there are."""

    slug: str
    facts: Facts
    heard: int | None
    brief: BriefReading
    parts: tuple[PartReadiness, ...]
    pages: tuple[str, ...]
    rounds: RoundsReading

    @property
    def framing(self) -> FramingReading:
        """What is hoped for and what people are held to."""
        return self.brief.framing

    @property
    def budget(self) -> float | None:
        """The budget in the engagement's own currency; None where it is not stated or not known."""
        return self.facts.most_money

    @property
    def use_share(self) -> float | None:
        """The share on use in the plan, 0 to 1; None without a plan that splits anything."""
        plan = self.brief.resources.plan
        return plan.use_share if plan else None

    @property
    def near(self) -> tuple[float, float] | None:
        """The shares on use that do nearly as well as the best; None where nobody gave a figure."""
        resources = self.brief.resources
        return None if resources.tradeoff is None or resources.is_ours else resources.tradeoff.near

    def count_parts(self, state: str) -> int:
        """Count the parts of the invitation in a state."""
        return sum(part.state == state for part in self.parts)


@dataclass(frozen=True)
class Recurring:
    """Something found in several engagements: its name, how often in all, and in which."""

    name: str
    points: int
    entries: tuple[PortfolioEntry, ...]

    @property
    def count(self) -> int:
        """In how many engagements it is found."""
        return len(self.entries)


@dataclass(frozen=True)
class PartCount:
    """One part of the invitation: in how many engagements it is ready, thin or missing."""

    name: str
    ready: int
    thin: int
    missing: int


@dataclass(frozen=True)
class PortfolioReading:
    """What the engagements show together; lists of what recurs hold the most frequent first."""

    words: Wording
    edition: Edition
    fingerprint: str
    draft: bool
    entries: tuple[PortfolioEntry, ...]
    left_out: tuple[LeftOut, ...]
    has_pages: bool
    tensions: tuple[Recurring, ...]
    chapters: tuple[Recurring, ...]
    questions: tuple[Recurring, ...]
    parts: tuple[PartCount, ...]

    @property
    def rated(self) -> tuple[PortfolioEntry, ...]:
        """The engagements of whose framing enough is known in this edition for a verdict."""
        return tuple(entry for entry in self.entries if entry.framing.is_answered)

    @property
    def pulled(self) -> tuple[PortfolioEntry, ...]:
        """The engagements in which some hope pulls against what people are held to."""
        return tuple(entry for entry in self.rated if entry.framing.list_in("tension"))

    @property
    def followed(self) -> tuple[PortfolioEntry, ...]:
        """The engagements that follow a last round."""
        return tuple(entry for entry in self.entries if entry.rounds.has_last)

    @property
    def is_whole(self) -> bool:
        """Whether this edition holds every answer."""
        return self.edition is Edition.PRIVATE


def read_portfolio(portfolio: Portfolio) -> PortfolioReading:
    """Read every engagement of a portfolio, and what recurs among them."""
    words = load_wording("portfolio")
    entries = tuple(_read_entry(one, portfolio.pages.get(one.slug, ())) for one in portfolio.engagements)
    most, least = int(words.get_number("most_points")), int(words.get_number("recurs"))
    return PortfolioReading(
        words=words,
        edition=portfolio.edition,
        fingerprint=portfolio.fingerprint,
        draft=portfolio.draft,
        entries=entries,
        left_out=portfolio.left_out,
        has_pages=bool(portfolio.pages),
        tensions=_find_tensions(entries),
        chapters=_find_chapters(entries, most),
        questions=tuple(one for one in _find_questions(entries, most) if one.count >= least),
        parts=_count_parts(entries),
    )


def _read_entry(engagement: Engagement, pages: tuple[str, ...]) -> PortfolioEntry:
    brief = read_brief(engagement)
    return PortfolioEntry(
        slug=engagement.slug,
        facts=engagement.facts,
        heard=engagement.heard,
        brief=brief,
        parts=assess_parts(brief),
        pages=pages,
        rounds=read_rounds(engagement),
    )


def _collect(found: list[tuple[str, PortfolioEntry]]) -> tuple[Recurring, ...]:
    """Put together what has one name, the most widespread first; equals keep the order they came in."""
    points = Counter(name for name, _ in found)
    entries: dict[str, dict[str, PortfolioEntry]] = {}
    for name, entry in found:
        entries.setdefault(name, {})[entry.slug] = entry
    recurring = [Recurring(name, points[name], tuple(one.values())) for name, one in entries.items()]
    return tuple(sorted(recurring, key=lambda one: (-one.count, -one.points)))


def _find_tensions(entries: tuple[PortfolioEntry, ...]) -> tuple[Recurring, ...]:
    rated = [entry for entry in entries if entry.framing.is_answered]
    return _collect([(one.facet.title, entry) for entry in rated for one in entry.framing.list_in("tension")])


def _find_chapters(entries: tuple[PortfolioEntry, ...], most: int) -> tuple[Recurring, ...]:
    titles = {chapter.id: chapter.title for chapter in list_chapters()}
    asked = [(point.chapter, entry) for entry in entries for point in entry.brief.discovery.agenda[:most]]
    return _collect([(titles.get(chapter, chapter), entry) for chapter, entry in asked])


def _find_questions(entries: tuple[PortfolioEntry, ...], most: int) -> tuple[Recurring, ...]:
    """Find the questions that several ask: one question is the same in whatever words a commission puts it."""
    points = [(point, entry) for entry in entries for point in entry.brief.discovery.agenda[:most]]
    texts: dict[str, str] = {}
    for point, _ in points:
        texts.setdefault(point.subject, point.text)
    found = _collect([(point.subject, entry) for point, entry in points])
    return tuple(replace(one, name=texts[one.name]) for one in found)


def _count_parts(entries: tuple[PortfolioEntry, ...]) -> tuple[PartCount, ...]:
    names = [part.name for part in entries[0].parts] if entries else []
    found = Counter((part.name, part.state) for entry in entries for part in entry.parts)
    return tuple(PartCount(one, found[one, "ready"], found[one, "thin"], found[one, "missing"]) for one in names)
