"""Further claims that several places make: how far a commission is, who is heard, what is counted more than once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truth.claims import Found, Page

WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
COUNT = rf"(\d+|{'|'.join(WORDS)}|no)"
MONEY = r"([^\s¶|]*\d[\d,.]*)"
OPEN = ("not known yet", "not stated", "to be worked out together")


def read_count(word: str) -> str:
    """Return a number written in words or digits as digits."""
    word = word.lower()
    return str(WORDS.index(word)) if word in WORDS else "0" if word == "no" else word.replace(",", "")


def find(page: Page, subject: str, *patterns: str, value: str | None = None, flags: int = 0) -> Found:
    """Yield a claim for each place that a pattern matches: its first group as a number, or a value given."""
    for pattern in patterns:
        for match in re.finditer(pattern, page.text, flags):
            yield subject, value if value is not None else read_count(match.group(1))


def claim_stage(page: Page) -> Found:
    """Whether bids are still to come, and whether the work has begun: leads, headings, orders, dates."""
    still = (r"[Bb]efore you ask for bids", r"Tell bidders", r"Ask bidders", r"Proposals are due:", r"Before a bid is")
    past = (r"Now that the call has closed", r"Now, with the partner", r"Proposals were due:", r"among the bids",
            r"Before bids were written", r"wanted to commission", r"after it closed on")  # fmt: skip
    yield from find(page, "bids", *still, value="to come")
    yield from find(page, "bids", *past, value="in")
    yield from find(page, "work", r"has commissioned", r"Now, with the partner", r"whoever signed", value="begun")
    coming = (r"Before you ask for bids", r"Before you sign", r"before work starts", r"wants to commission")
    yield from find(page, "work", *coming, value="to come")


def claim_reading(page: Page) -> Found:
    """Whether all of it is a reading of a call, or people concerned have answered too: bands, sentences, drafts."""
    alone = (r"Ratings are our reading", r"working copy of whoever reads the call", r"neither written nor seen it",
             r"nobody concerned has been asked")  # fmt: skip
    yield from find(page, "who answered on the call", *alone, value="a reader", flags=re.IGNORECASE)
    mixed = (
        r"answered by people concerned",
        r"Each answer stands beside whose it is",
        r"what people concerned answered",
    )
    yield from find(page, "who answered on the call", *mixed, value="people too")


def claim_heard(page: Page) -> Found:
    """How many voices answered: the line of facts, the report's facts, who answered."""
    yield from find(page, "voices heard", r"¶ (\d+) voices ¶", r"¶ Answers from ¶ (\d+|one) voices?\b")
    yield from find(page, "voices heard", r"¶ Who answered ¶ (\d+|[Oo]ne) voices?\b")


def claim_open_points(page: Page) -> Found:
    """How many points are open: in the summary's title, and as those listed in the report with those left."""
    yield from find(page, "open points", r"What else to ask first: \w+ of (\d+) open points")
    left = re.search(r"¶ (\d+|One) more points? stands? in the notebook", page.text)
    listed = re.search(rf"¶ {COUNT} things to ask first ¶", page.text, re.IGNORECASE)
    if listed:
        yield "open points", str(int(read_count(listed.group(1))) + int(read_count(left.group(1)) if left else 0))


def claim_disputes(page: Page) -> Found:
    """How many strong disagreements there are: titles, and those shown with those left."""
    yield from find(page, "strong disagreements", rf"\b{COUNT} strong disagreements?\b", flags=re.IGNORECASE)
    for title, rows in page.tables:
        if title.startswith("Strong disagreements"):
            left = re.search(r"¶ (\d+|One) more stands? in the report", page.text)
            yield "strong disagreements", str(len(rows) - 1 + int(read_count(left.group(1)) if left else 0))


def claim_first(page: Page) -> Found:
    """Who comes first as the group agreed: headlines, orders, the place in the table."""
    for pattern in (r"[¶.:] ([^¶.:]+): first in the agreed order", r"The group put ([^¶;]+?) first;",
                    r"The agreed order puts ([^¶,]+?) first", r"the agreed one puts ([^¶,]+?) first"):  # fmt: skip
        for match in re.finditer(pattern, page.text):
            if "share" not in match.group(1):
                yield "first as agreed", match.group(1).lower()
    for title, rows in page.tables:
        if title.startswith("The middle points of each audience"):
            first = [row[0].lower() for row in rows[1:] if row[-1] == "1"]
            if len(first) == 1:
                yield "first as agreed", first[0]


def claim_gaps(page: Page) -> Found:
    """How many practices fall well short: the headline and what the reading counts."""
    yield from find(page, "wide gaps", rf"¶ (?:Practices: )?{COUNT} practices? falls? well short", flags=re.IGNORECASE)
    counted = rf"rated both for today and as wanted,? [^.¶]*?fall short, {COUNT} by two steps or more"
    yield from find(page, "wide gaps", counted)


def claim_loops(page: Page) -> Found:
    """How many links and loops the map has: headline, heading, readings."""
    yield from find(
        page, "loops", rf"\w+ of {COUNT} loops on the map rest", rf"[Ll]oops to watch together: \w+ of {COUNT}"
    )
    for match in re.finditer(
        rf"(?:¶ |\| ){COUNT} loops? feeds? (?:themselves|itself)(?: and {COUNT} loops? holds?)?",
        page.text,
        re.IGNORECASE,
    ):
        if "could go either way" not in page.text:
            yield "loops", str(sum(int(read_count(part)) for part in match.groups() if part))
    yield from find(page, "links", rf"(?:¶ |\| )Of {COUNT} links,", rf"one voice's, with {COUNT} links?")


def claim_decisions(page: Page) -> Found:
    """How many learning questions have a decision behind them: titles and the table."""
    for title, rows in page.tables:
        if title.startswith("What the learning should answer"):
            tied = sum(row[1] not in OPEN for row in rows[1:])
            yield "questions with a decision", f"{tied} of {len(rows) - 1}"
    told = rf"{COUNT} of {COUNT} learning questions (?:has|have) a decision behind"
    for match in re.finditer(told, page.text, re.IGNORECASE):
        yield "questions with a decision", " of ".join(map(read_count, match.groups()))


def claim_use_share(page: Page) -> Found:
    """Which share of data and use together the plan puts on use: sentences, and the sums of the draft."""
    yield from find(page, "use share", r"the plan puts (\d+)% on use")
    for match in re.finditer(rf"together, {MONEY} goes to use and {MONEY} to data", page.text):
        use, data = (float(re.sub(r"[^\d.]", "", one.rstrip("."))) for one in match.groups())
        yield "use share", f"{use / (use + data) * 100:.0f}"


def claim_targets(page: Page) -> Found:
    """How many of the last round's targets were reached: title, reading, table."""
    yield from find(
        page, "targets reached", rf"wanted to be: {COUNT} of \d+ targets reached", r"They reached (\d+) of \d+"
    )
    for title, rows in page.tables:
        if title.startswith("Each target of the last round") and len(rows) > 2:
            place = rows[0].index("So it is")
            yield "targets reached", str(sum(row[place] == "reached" for row in rows[1:]))


def claim_one_voice(page: Page) -> Found:
    """What rests on one voice alone: the draft marks it, and does not call it the middle of the answers."""
    for name, single, several in (
        ("scope", r"within limits \(one voice says so", r"within limits \((?:by the answers|the middle)"),
        ("switching", r"made on purpose \(one voice says so", r"made on purpose \(by the answers"),
    ):
        yield from find(page, f"who says of the {name}", single, value="one")
        yield from find(page, f"who says of the {name}", several, value="several")
    yield from find(
        page, "who says of the scope", r"one voice only, not agreed: [^.|¶]*whether the scope may", value="one"
    )
    yield from find(
        page, "who says of the scope", r"not agreed by the group: [^.|¶]*whether the scope", value="several"
    )


MORE: dict[str, Callable[[Page], Found]] = {
    "stage": claim_stage,
    "reading": claim_reading,
    "heard": claim_heard,
    "open points": claim_open_points,
    "disputes": claim_disputes,
    "first": claim_first,
    "gaps": claim_gaps,
    "loops": claim_loops,
    "decisions": claim_decisions,
    "use share": claim_use_share,
    "targets": claim_targets,
    "one voice": claim_one_voice,
}
