"""Nothing that a chapter can say is lost between its notebook and the pages: summary or report says it too."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import workbook
from truth.made_pages import FIXTURES, NOTEBOOKS, load_fixture, make_page, read_text, thin
from truth.test_contradictions import make_random
from workbook.analysis.permission import list_known
from workbook.analysis.summary import SummaryReading
from workbook.model.engagement import Engagement
from workbook.storage import load_engagement
from workbook.views import rounds
from workbook.views.report.parts import CHAPTERS
from workbook.views.summary.twice import is_known

SHIPPED = ("example", "example-second-year", "space-to-connect", "transitions", "youth-led-creativity")
MADE = ("awkward-names", "five-at-odds", "nothing-agreed", "read-from-outside", "facts-alone")
ROLLED = ("3 by 6", "8 by 1", "21 by 12")
"""Random answers: the seed, and how many voices."""
NAMES = (*SHIPPED, *MADE, *ROLLED)
DROPPED: dict[str, Callable[[SummaryReading, str], bool]] = {
    # What to do stands in place of two readings that would say of everything that it is not known.
    "nothing is known of the chapter": lambda summary, chapter: not is_known(summary, chapter),
    # A reading would pass the workbook's own figures off as findings about this commission (decision 6).
    "most figures are ours": lambda summary, chapter: (
        chapter == "resources" and (summary.resources.is_ours or summary.resources.is_mostly_ours)
    ),
    # They count over a table that is not shown where so few are rated; one sentence says what the few hold.
    "few practices are rated": lambda summary, chapter: (
        chapter == "practices" and summary.practices.pattern == "few" and not summary.practices.apart
    ),
    # Of these three all that a reading could say is that each part is not known: what is open lists that once.
    "no order of audiences is known": lambda summary, chapter: (
        chapter == "audiences" and not summary.audiences.places and not summary.audiences.agreed_places
    ),
    # What was undertaken is said all the same.
    "no step of permission is known": lambda summary, chapter: (
        chapter == "permission" and all(one.step == "unknown" for one in summary.permission.audiences)
    ),
    "nobody's openness is known": lambda summary, chapter: (
        chapter == "safety"
        and not summary.safety.known
        and not any(one.disputed for one in summary.safety.audiences)
        and not any(map(list_known, summary.safety.words.values()))
    ),
    # A paragraph holds each of its links in words.
    "the map is small": lambda summary, chapter: chapter == "system_map" and summary.system_map.is_small,
}
"""Why a chapter's two readings are left out of the report on purpose; its headline and what follows never are."""


@cache
def _load(name: str) -> Engagement:
    if name in ROLLED:
        seed, voices = map(int, name.split(" by "))
        return thin(make_random(seed, voices), "private")
    there = load_fixture(name) if (FIXTURES / name).is_dir() else load_engagement(name)
    return thin(there, "private")


@cache
def _read_summary(name: str) -> SummaryReading:
    return workbook.summary.read_summary(_load(name))


@cache
def _read_pages(name: str) -> str:
    made = (
        make_page(path, _load(name)) for path in NOTEBOOKS.glob("*.ipynb") if path.stem[3:] in ("summary", "report")
    )
    return _flatten(" ".join(made))


def _flatten(shown: str) -> str:
    """Return words alone, so that a sentence is found wherever a line or a cell ends in it."""
    return re.sub(r"[\W_]+", " ", html.unescape(read_text(shown))).lower()


def _list_reasons(summary: SummaryReading, chapter: str) -> list[str]:
    return [reason for reason, holds in DROPPED.items() if holds(summary, chapter)]


def _list_said(views: Any, reading: Any, *, readings: bool, **given: Any) -> list[str]:
    """List the sentences of a chapter: its headline, what follows and, unless they are dropped, its two readings."""
    said = [views.write_headline(reading), views.write_follows(reading)]
    if readings:
        said += re.split(r"(?<=[.!?]) |¶", read_text(str(views.compare_readings(reading, **given).html)))
    return [one for one in (_flatten(sentence).strip() for sentence in said) if one]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_chapter_says_stands_in_summary_or_report(name: str) -> None:
    """Headline and what follows always; both readings sentence by sentence, unless a reason above holds."""
    summary, pages, lost = _read_summary(name), _read_pages(name), []
    for chapter, views in CHAPTERS.items():
        # What each audience should do differently is a table of the report, and said once.
        given = {"changes": False} if chapter == "audiences" else {}
        readings = not _list_reasons(summary, chapter)
        said = _list_said(views, getattr(summary, chapter), readings=readings, **given)
        assert len(said) >= 2 + 2 * readings
        lost += [(chapter, one) for one in said if one not in pages]
    if summary.rounds.has_last:
        lost += [("rounds", one) for one in _list_said(rounds, summary.rounds, readings=True) if one not in pages]
    assert not lost, lost


def test_every_chapter_is_read_whole_somewhere_and_no_reason_is_stale() -> None:
    """Each chapter's readings are looked for in several engagements, and each reason leaves out some."""
    summaries = [_read_summary(name) for name in NAMES]
    whole = Counter(chapter for one in summaries for chapter in CHAPTERS if not _list_reasons(one, chapter))
    used = {reason for one in summaries for chapter in CHAPTERS for reason in _list_reasons(one, chapter)}
    assert min(whole[chapter] for chapter in CHAPTERS) >= 3
    assert used == set(DROPPED)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_a_chapter_finds_has_many_forms_here(chapter: str) -> None:
    """The engagements looked at bring out different findings of a chapter, so that one form alone proves nothing."""
    views = CHAPTERS[chapter]
    assert len({views.write_headline(getattr(_read_summary(name), chapter)) for name in NAMES}) >= 4
