"""Claims about the same thing, collected from every page of every edition, and compared.

A claim is what a sentence or a table says of a subject: the budget, the dates, on how many points voices are far
apart, whether an audience may be told one to one. Two claims on one subject that differ are a contradiction. A
subject that is a fact of the commission must be the same in every edition; any other only within one.
"""

from __future__ import annotations

import html as entities
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from truth.more_claims import MORE
from workbook.model.base import UNSURE
from workbook.model.chapters import list_chapters
from workbook.model.engagement import Engagement
from workbook.theme import format_money

WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
COUNT = rf"(\d+|{'|'.join(WORDS)})"
SAME_IN_ALL = (
    "budget",
    "dates",
    "length",
    "learning questions",
    "questions with a decision",
    "bids",
    "work",
    "use share",
)
"""Subjects that are facts of the commission: no edition may say other than another."""
RATED = ("practices",)  # chapters of which a page says whether they were rated, not whether words were given


@dataclass(frozen=True)
class Claim:
    """What one place of one page says of a subject."""

    subject: str
    value: str
    where: str
    edition: str = "private"


@dataclass(frozen=True)
class Page:
    """A page as its words and its tables: a caption, and rows of cells."""

    name: str
    text: str
    tables: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


def read_page(name: str, html: str) -> Page:
    """Read a page's words and tables; drawings are left out, a block ends with a paragraph mark."""
    plain = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    tables = []
    for table in re.findall(r"<table.*?</table>", plain, flags=re.DOTALL):
        caption = _strip("".join(re.findall(r"<caption[^>]*>(.*?)</caption>", table, flags=re.DOTALL)))
        rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table, flags=re.DOTALL)
        cells = tuple(
            tuple(_strip(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)) for row in rows
        )
        tables.append((caption, cells))
    marked = re.sub(r"</(p|li|dd|dt|h[1-6]|tr|caption|figcaption)>", " ¶ ", plain)
    return Page(name, f"¶ {_strip(re.sub(r'</(td|th)>', ' | ', marked))}", tuple(tables))


def _strip(html: str) -> str:
    return " ".join(entities.unescape(re.sub(r"<[^>]+>", " ", html)).split())


def find_contradictions(claims: Iterable[Claim]) -> list[str]:
    """Return a line for each subject of which two claims differ, with where each stands."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for claim in claims:
        edition = "every edition" if claim.subject in SAME_IN_ALL else claim.edition
        found[edition, claim.subject].setdefault(claim.value, f"{claim.edition} {claim.where}")
    return [
        f"{subject} ({edition}): " + "; ".join(f"{value!r} in {where}" for value, where in values.items())
        for (edition, subject), values in sorted(found.items())
        if len(values) > 1
    ]


def collect_claims(pages: Mapping[str, str], edition: str) -> list[Claim]:
    """Return what every rule finds in the pages of one edition, by the page's name."""
    read = [read_page(name, html) for name, html in pages.items()]
    return [
        Claim(subject, value, f"{page.name}, {name}", edition)
        for page in read
        for name, rule in RULES.items()
        for subject, value in rule(page)
    ]


def claim_by_answers(engagement: Engagement) -> list[Claim]:
    """Return what the files themselves say of the private edition: facts, and which chapters have an answer."""
    facts, claims = engagement.facts, []
    if isinstance(facts.budget, float):
        claims.append(("budget", format_money(facts.budget, facts.currency)))
    if facts.start and facts.end and "unsure" not in (facts.start, facts.end):
        claims.append(("length", "known"))
    claims.append(("learning questions", "some" if facts.learning_questions else "none"))
    for chapter in list_chapters():
        asked = [question.id for question in chapter.questions if chapter.id not in RATED or question.kind == "scale"]
        asked = [key for key in asked if key != "safety.protections"]  # what is in place says no cost of being open
        given = [one.value for key in asked for one in engagement.list_responses(key)]
        given += [value for key in asked if (value := engagement.get_agreed(key)) is not None]
        if any(value not in (UNSURE, {}) for value in given):  # a table without a cell says nothing
            claims.append((f"answers to {chapter.id}", "some"))
    claims.append(("bids", "to come" if facts.stage == "open" else "in"))
    claims.append(("work", "begun" if facts.stage == "begun" else "to come"))
    if facts.is_call and engagement.heard:
        claims.append(("who answered on the call", "a reader" if engagement.is_read_from_outside else "people too"))
    if engagement.heard:
        claims.append(("voices heard", str(engagement.heard)))
    if len(engagement.voices) == 1:
        claims.append(("voices", "one"))
    claims.append(("held back in the private edition", "no"))
    return [Claim(subject, value, "the files", engagement.edition) for subject, value in claims]


Found = Iterator[tuple[str, str]]


def _match(page: Page, subject: str, pattern: str, value: str | None = None) -> Found:
    for match in re.finditer(pattern, page.text):
        yield subject, value if value is not None else _number(match.group(1))


def _number(word: str) -> str:
    word = word.lower()
    return str(WORDS.index(word)) if word in WORDS else word


def claim_budget(page: Page) -> Found:
    """The budget in the facts, in the invitation and as missing."""
    yield from _match(page, "budget", r"¶ Money for the learning ¶ ([^\s;¶]*\d[\d,.]*)")
    yield from _match(page, "budget", r"The budget is ([^\s;¶]*\d[\d,]*)")
    yield from _match(page, "budget", r"No budget is stated|Nobody has stated a budget", "not stated")


def claim_dates(page: Page) -> Found:
    """When the work runs, how long it runs, and that either is not known."""
    day = r"(\d+ \w+ \d{4})"
    for pattern in (rf"¶ Runs ¶ {day} – {day}", rf"The work runs from {day} to {day}"):
        for match in re.finditer(pattern, page.text):
            yield "dates", " to ".join(match.groups())
            yield "length", "known"
    yield from _match(
        page, "length", r"How long it runs \| not known|When the work begins and ends is still open", "open"
    )
    yield from _match(page, "length", r"what is not settled yet: [^.¶]*how long it runs", "open")


def claim_questions(page: Page) -> Found:
    """Whether there is a learning question."""
    yield from _match(page, "learning questions", r"No learning question (?:is|has been) written down", "none")
    yield from _match(page, "learning questions", r"Which decisions is the learning meant to inform, who takes", "none")
    yield from _match(page, "learning questions", rf"{COUNT} of {COUNT} learning questions", "some")


def claim_framing(page: Page) -> Found:
    """On how many points hope pulls against habit, and on how many voices are far apart: headlines and table."""
    yield from _match(page, "disputed", rf"Too early for a verdict[^¶]*; voices are far apart on {COUNT} other")
    yield from _match(page, "tensions", rf"[Oo]n {COUNT} of {COUNT} (?:facets|points), people hope to learn")
    yield from _match(page, "tensions", rf"(?:planted|stand) in evaluation soil on {COUNT} of {COUNT}")
    yield from _match(page, "disputed", rf"held to proof; voices are far apart on {COUNT} other")
    yield from _match(page, "disputed", rf"(?:voices|people) are far apart on {COUNT} of {COUNT} (?:facets|points)")
    for match in re.finditer(rf"evaluation soil on \w+ of \d+ points; {COUNT} disputed", page.text):
        yield "disputed", _number(match.group(1))
    for title, rows in page.tables:
        if title.startswith("Seed and soil"):
            yield from _count_places(rows)


def _count_places(rows: tuple[tuple[str, ...], ...]) -> Found:
    """Yield, for each place that heads rows of the table, the number it gives and the number of rows under it."""
    told, under = "", 0
    for row in (*rows, ("",)):
        if len(row) == 1:
            if told:
                yield told, str(under)
            head = re.match(rf"{COUNT} (Seeds in evaluation soil|Disputed)", row[0])
            told, under = ({"S": "tensions", "D": "disputed"}[head.group(2)[0]] if head else ""), 0
            if head:
                yield told, _number(head.group(1))
        else:
            under += 1


def claim_verdict(page: Page) -> Found:
    """Whether an evaluation or a learning partner is advised."""
    yield from _match(
        page, "verdict", r"Commission an evaluation, and say plainly|the answers ask for an evaluation", "evaluation"
    )
    yield from _match(page, "verdict", r"The answers ask for an evaluation", "evaluation")
    yield from _match(page, "verdict", r"Commission a learning partner\.", "partner")
    yield from _match(page, "verdict", r"Too early for a verdict|No verdict yet", "none")


def claim_permission(page: Page) -> Found:
    """Which audiences have said yes, and in which room each may be told what is seen: sentences and table."""
    yield from _match(page, "yes from audiences", rf"a yes from {COUNT} of {COUNT} audiences")
    yield from _match(page, "yes from audiences", r"No audience is known to have said yes yet(?! \(funders)", "0")
    funders = "(funders aside)" in page.text
    for title, rows in page.tables:
        if not title.startswith("Permission by audience"):
            continue
        granted = [row for row in rows[1:] if row[1].split(" (")[0] in ("Agreed", "Agreed with limits")]
        if not funders and re.search("a yes from", page.text):
            yield "yes from audiences", str(len(granted))
        for row in rows[1:]:
            rooms = [room for room in ("in a workshop", "one to one") if room in row[-1]]
            yield f"rooms for {row[0].lower()}", " or ".join(rooms) or "none"
    for match in re.finditer(r"The partner may tell ([^.¶]+?) what it sees, ([^.¶]+)\.", page.text):
        for name in re.split(r", and | and |, ", match.group(1)):
            yield f"rooms for {name.lower()}", match.group(2)


def claim_openness(page: Page) -> Found:
    """How open each audience can be: the finding, the reading, the table."""
    bands = r"(hardly open|open in part|open)"
    for match in re.finditer(rf"¶ ([^¶:.]+): {bands}( at most)?, held down by", page.text):
        yield f"openness of {match.group(1).lower()}", f"{match.group(2)}{match.group(3) or ''}"
    for title, rows in page.tables:
        if title.startswith("Openness by audience"):
            for row in rows[1:]:
                if row[1] != "–":
                    yield f"openness of {row[0].lower()}", row[1].lower()


def claim_protections(page: Page) -> Found:
    """Whether learning is kept apart from grant decisions: safety's sentence and the invitation's list."""
    kept = "learning kept apart from grant decisions"
    for match in re.finditer(
        rf"For ([^,¶]+), one voice alone says that this is in place[^¶:.]*: [^¶.]*{kept}", page.text
    ):
        yield f"protection of {match.group(1).lower()}", "one voice"
    for match in re.finditer(rf"¶ ([^¶:]+): [^¶]*?{kept}([^;¶]*)", page.text):
        if "one voice says so" in match.group(2):
            yield f"protection of {match.group(1).lower()}", "one voice"
        elif "by the answers" in match.group(2):
            yield f"protection of {match.group(1).lower()}", "voices"


def claim_weeks(page: Page) -> Found:
    """How long discovery takes, wherever it is said, and that too little is known to say."""
    yield from _match(page, "weeks of discovery", r"(\d+(?: to \d+)?) weeks of (?:discovery|questions)")
    yield from _match(page, "weeks of discovery", r"[Dd]iscovery takes (\d+(?: to \d+)?) weeks")
    yield from _match(page, "weeks of discovery", r"[Mm]easuring (?:would begin|begins) after (\d+(?: to \d+)?) weeks")
    yield from _match(page, "weeks of discovery", r"too few for a number of weeks", "too little known")


def claim_counts(page: Page) -> Found:
    """Lists that say how long they are: readiness of the parts."""
    for match in re.finditer(r"Parts that are ready: (\d+) of (\d+)\. Thin: (\d+)\. Missing: (\d+)\.", page.text):
        yield "parts ready, thin and missing", " ".join(match.group(1, 3, 4))
    for title, rows in page.tables:
        if title.startswith("Readiness of each part"):
            states = [row[1].lower() for row in rows[1:]]
            yield "parts ready, thin and missing", " ".join(str(states.count(s)) for s in ("ready", "thin", "missing"))


def claim_points(page: Page) -> Found:
    """That a table of middle points adds up to 100, or that the page says why it does not."""
    for title, rows in page.tables:
        if title.startswith("The middle points of each audience"):
            points = [re.match(r"[\d.]+", row[1]) for row in rows[1:]]
            if points and all(points):
                total = sum(float(one.group()) for one in points if one)
                told = re.search(r"together they make ([\d.]+) and not 100", page.text)
                yield "sum of middle points", f"{float(told.group(1)) if told else 100:.0f}"
                yield "sum of middle points", f"{total:.0f}"


def claim_answered(page: Page) -> Found:
    """That a chapter has not been answered, where the files hold an answer to it."""
    told = {
        "framing": r"The framing has not been answered yet",
        "audiences": r"Nobody has answered whose learning",
        "permission": r"Nobody has answered this chapter yet",
        "practices": r"No practice has been rated yet",
        "discovery": r"What discovery will take has not been answered yet",
        "safety": r"What being open would cost has not been answered yet",
    }
    for chapter, pattern in told.items():
        yield from _match(page, f"answers to {chapter}", pattern, "none")


def claim_promises(page: Page) -> Found:
    """How many promises were kept: in the line of change, in the report's headline and over its table."""
    here = r"(?: that this edition tells of)?"
    told = (rf"of (\d+|one) promises?{here}, (\d+) (?:were|was) kept", rf"of (\d+) promises{here}, (none) is known to",
            r"What was promised: of (\d+), (none) known to be kept")  # fmt: skip
    for pattern in (*told, r"What was promised: (\d+) of (\d+) kept"):
        for match in re.finditer(pattern, page.text):
            numbers = match.groups() if pattern in told else match.groups()[::-1]
            yield "promises kept", " ".join(map(_number, numbers))


def claim_voices(page: Page) -> Found:
    """That several voices speak, where the files hold one; and that something is held back in the private edition."""
    several = (
        r"voices are far apart|[Tt]he middle of the voices|[Vv]oices do not (?:agree|say the same)|Voices differ on"
    )
    yield from _match(page, "voices", several, "several")
    yield from _match(page, "held back in the private edition", r"[Hh]eld back in this edition", "yes")


RULES: dict[str, Callable[[Page], Found]] = {
    "budget": claim_budget,
    "dates": claim_dates,
    "learning questions": claim_questions,
    "framing": claim_framing,
    "verdict": claim_verdict,
    "permission": claim_permission,
    "openness": claim_openness,
    "protections": claim_protections,
    "weeks": claim_weeks,
    "counts": claim_counts,
    "points": claim_points,
    "answered": claim_answered,
    "promises": claim_promises,
    "voices": claim_voices,
    **MORE,
}
