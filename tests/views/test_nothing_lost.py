"""Nothing that a chapter can say is lost between its notebook and the pages: summary or report says it too."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import workbook
from truth.made_pages import FIXTURES, NOTEBOOKS, load_fixture, make_page, read_text, thin
from workbook.model.engagement import Engagement
from workbook.storage import load_engagement
from workbook.views.report.parts import CHAPTERS
from workbook.views.summary.twice import is_known

ROOT = Path(__file__).parents[2]
MADE = ("example", "five-at-odds", "nothing-agreed", "read-from-outside", "facts-alone")
THIN = ("five-at-odds", "nothing-agreed", "facts-alone")
"""Too little is known here for some chapters' readings, which the report then leaves to the notebook."""


def _load(name: str) -> Engagement:
    there = load_fixture(name) if (FIXTURES / name).is_dir() else load_engagement(ROOT / "parameters" / name)
    return thin(there, "private")


@cache
def _read_pages(name: str) -> str:
    engagement = _load(name)
    made = (make_page(path, engagement) for path in NOTEBOOKS.glob("*.ipynb") if path.stem[3:] in ("summary", "report"))
    return _flatten(" ".join(made))


def _flatten(shown: str) -> str:
    """Return words alone, so that a sentence is found wherever a line or a cell ends in it."""
    return re.sub(r"[\W_]+", " ", html.unescape(read_text(shown))).lower()


def _list_said(chapter: str, reading: Any, *, known: bool) -> list[str]:
    """List the sentences of a chapter: its headline, what follows and, where something is known, its two readings."""
    views = CHAPTERS[chapter]
    said = [views.write_headline(reading), views.write_follows(reading)]
    if known:
        # What each audience should do differently is a table of the report, and said once.
        given = {"changes": False} if chapter == "audiences" else {}
        readings = read_text(str(views.compare_readings(reading, **given).html))
        said += re.split(r"(?<=[.!?]) |¶", readings)
    return [one for one in (_flatten(sentence).strip() for sentence in said) if one]


@pytest.mark.parametrize("name", MADE)
def test_what_a_chapter_says_stands_in_summary_or_report(name: str) -> None:
    """Headline, both readings sentence by sentence, and what follows; of a chapter nobody answered, what to do."""
    engagement, pages, lost = _load(name), _read_pages(name), []
    summary = workbook.summary.read_summary(engagement)
    for chapter in CHAPTERS:
        reading = getattr(summary, chapter)
        said = _list_said(chapter, reading, known=is_known(summary, chapter) and name not in THIN)
        lost += [(chapter, one) for one in said if one not in pages]
        assert len(said) >= 2
    assert not lost, lost
