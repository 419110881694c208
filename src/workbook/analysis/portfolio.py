"""The portfolio: every engagement of a folder beside the others, and what recurs among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from workbook.analysis.brief.brief import BriefReading, read_brief
from workbook.analysis.brief.readiness import State, assess_parts
from workbook.analysis.framing import FramingReading, Pattern
from workbook.analysis.rounds import RoundsReading, read_rounds
from workbook.analysis.verdict import Mark, read_verdict
from workbook.model.answers import Edition
from workbook.model.chapters import list_chapters
from workbook.model.engagement import Engagement, Facts
from workbook.model.portfolio import LeftOut, Portfolio
from workbook.model.wordings import Wording, load_wording

STATES: tuple[State, ...] = ("ready", "thin", "missing")


@dataclass(frozen=True, slots=True)
class FramingWords:
    """What a page says of one framing: its headline, how many points stand in each patch, and the field in little.

    `seed` and `soil` are the steps in the middle of what is hoped for and of what people are held to, as words.
    """

    headline: str = ""
    patches: str = ""
    field: str = ""
    seed: str = ""
    soil: str = ""


Describe = Callable[[FramingReading], FramingWords]


def say_nothing(_reading: FramingReading) -> FramingWords:
    """Describe no framing."""
    return FramingWords()


@dataclass(frozen=True, slots=True)
class Point:
    """Something to ask first: what it is about, the chapter it comes from, the question."""

    subject: str
    chapter: str
    text: str


@dataclass(frozen=True, slots=True)
class PortfolioEntry:
    """One engagement, with what a page over many says of it; its whole reading, which takes much room, is not kept.

    `heard` is None where this edition may not say how many voices there are. `rated` counts the facets rated on both
    sides out of `facets`; `tensions` are the titles of those that pull, the sharpest first. `near` are the shares on
    use that do nearly as well as the best, None where nobody gave a figure; `ours` how many of its figures are ours
    and of how many, None where most are not. `points` head the list of what to ask first.
    """

    slug: str
    facts: Facts
    heard: int | None
    pages: tuple[str, ...]
    seed: float | None
    soil: float | None
    pattern: Pattern
    mark: Mark
    is_rated: bool
    rated: int
    facets: int
    tensions: tuple[str, ...]
    said: FramingWords
    readers: tuple[str, ...]
    use_share: float | None
    near: tuple[float, float] | None
    ours: tuple[int, int] | None
    points: tuple[Point, ...]
    parts: tuple[tuple[str, State], ...]
    rounds: RoundsReading

    @property
    def budget(self) -> float | None:
        """The budget in the engagement's own currency; None where it is not stated or not known."""
        return self.facts.most_money

    def count_parts(self, state: State) -> int:
        """Count the parts of the invitation in a state."""
        return sum(found == state for _, found in self.parts)


@dataclass(frozen=True)
class Recurring:
    """Something found in several engagements: its name, how often in all, and in which; a question's other wordings."""

    name: str
    points: int
    entries: tuple[PortfolioEntry, ...]
    texts: tuple[str, ...] = ()

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
    """What the engagements show together; lists of what recurs hold the most frequent first.

    A commission counts once: where a later round of it is here too, the earlier one is in `earlier`, not in `entries`.
    """

    words: Wording
    edition: Edition
    fingerprint: str
    draft: bool
    entries: tuple[PortfolioEntry, ...]
    earlier: tuple[PortfolioEntry, ...]
    left_out: tuple[LeftOut, ...]
    has_pages: bool
    tensions: tuple[Recurring, ...]
    chapters: tuple[Recurring, ...]
    questions: tuple[Recurring, ...]
    parts: tuple[PartCount, ...]

    @property
    def rated(self) -> tuple[PortfolioEntry, ...]:
        """The engagements of whose framing enough is known in this edition for a verdict."""
        return tuple(entry for entry in self.entries if entry.is_rated)

    @property
    def pulled(self) -> tuple[PortfolioEntry, ...]:
        """The engagements in which some hope pulls against what people are held to."""
        return tuple(entry for entry in self.rated if entry.tensions)

    @property
    def followed(self) -> tuple[PortfolioEntry, ...]:
        """The engagements that follow a last round."""
        return tuple(entry for entry in self.entries if entry.rounds.has_last)

    @property
    def is_whole(self) -> bool:
        """Whether this edition holds every answer."""
        return self.edition is Edition.PRIVATE


def read_portfolio(portfolio: Portfolio, describe: Describe = say_nothing) -> PortfolioReading:
    """Read every engagement of a portfolio, one after the other, and what recurs among them.

    `describe` says in words what each framing shows, while it is there.
    """
    words = load_wording("portfolio")
    most, least = int(words.get_number("most_points")), int(words.get_number("recurs"))
    pages = portfolio.pages
    found = [_read_entry(one, pages.get(one.slug, ()), most=most, describe=describe) for one in portfolio.engagements]
    followed = {one.facts.follows for one in found}
    entries = tuple(one for one in found if one.slug not in followed)
    return PortfolioReading(
        words=words,
        edition=portfolio.edition,
        fingerprint=portfolio.fingerprint,
        draft=portfolio.draft,
        entries=entries,
        earlier=tuple(one for one in found if one.slug in followed),
        left_out=portfolio.left_out,
        has_pages=bool(portfolio.pages),
        tensions=_find_tensions(entries),
        chapters=_find_chapters(entries),
        questions=tuple(one for one in _find_questions(entries) if one.count >= least),
        parts=_count_parts(entries),
    )


def _read_entry(engagement: Engagement, pages: tuple[str, ...], *, most: int, describe: Describe) -> PortfolioEntry:
    brief = read_brief(engagement)
    framing, plan = brief.framing, brief.resources.plan
    return PortfolioEntry(
        slug=engagement.slug,
        facts=engagement.facts,
        heard=engagement.heard,
        pages=pages,
        seed=framing.seed,
        soil=framing.soil,
        pattern=framing.pattern,
        mark=read_verdict(framing).mark,
        is_rated=framing.is_answered,
        rated=sum(one.place != "unknown" for one in framing.facets),
        facets=len(framing.facets),
        tensions=tuple(one.facet.title for one in framing.list_in("tension")),
        said=describe(framing),
        readers=tuple(brief.start_here.readers),
        use_share=plan.use_share if plan else None,
        near=_find_near(brief),
        ours=_count_ours(brief),
        points=tuple(Point(one.subject, one.chapter, one.text) for one in brief.discovery.agenda[:most]),
        parts=tuple((part.name, part.state) for part in assess_parts(brief)),
        rounds=read_rounds(engagement).forget_last(),
    )


def _find_near(brief: BriefReading) -> tuple[float, float] | None:
    resources = brief.resources
    return None if resources.tradeoff is None or resources.is_ours else resources.tradeoff.near


def _count_ours(brief: BriefReading) -> tuple[int, int] | None:
    found = brief.resources
    return (len(found.elicited.ours), len(found.elicited.inputs)) if found.is_mostly_ours else None


def _collect(found: list[tuple[str, PortfolioEntry]]) -> tuple[Recurring, ...]:
    """Put together what has one name, the most widespread first; equals keep the order they came in."""
    points = Counter(name for name, _ in found)
    entries: dict[str, dict[str, PortfolioEntry]] = {}
    for name, entry in found:
        entries.setdefault(name, {})[entry.slug] = entry
    recurring = [Recurring(name, points[name], tuple(one.values())) for name, one in entries.items()]
    return tuple(sorted(recurring, key=lambda one: (-one.count, -one.points)))


def _find_tensions(entries: tuple[PortfolioEntry, ...]) -> tuple[Recurring, ...]:
    return _collect([(title, entry) for entry in entries if entry.is_rated for title in entry.tensions])


def _find_chapters(entries: tuple[PortfolioEntry, ...]) -> tuple[Recurring, ...]:
    titles = {chapter.id: chapter.title for chapter in list_chapters()}
    return _collect([(titles.get(one.chapter, one.chapter), entry) for entry in entries for one in entry.points])


def _find_questions(entries: tuple[PortfolioEntry, ...]) -> tuple[Recurring, ...]:
    """Find the questions that several ask: one question is the same in whatever words a commission puts it."""
    points = [(point, entry) for entry in entries for point in entry.points]
    texts: dict[str, dict[str, None]] = {}
    for point, _ in points:
        texts.setdefault(point.subject, {})[point.text] = None
    found = _collect([(point.subject, entry) for point, entry in points])
    return tuple(replace(one, name=next(iter(texts[one.name])), texts=tuple(texts[one.name])) for one in found)


def _count_parts(entries: tuple[PortfolioEntry, ...]) -> tuple[PartCount, ...]:
    names = [name for name, _ in entries[0].parts] if entries else []
    found = Counter(part for entry in entries for part in entry.parts)
    return tuple(PartCount(one, *(found[one, state] for state in STATES)) for one in names)
