"""Pages of two hundred voices: each list has an end, nothing of it is lost, and what stands open grows no further."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from random import Random

import pytest

from builders import make_engagement, make_voice
from privacy import random_engagements
from privacy.random_engagements import QUESTIONS
from truth.made_pages import list_reports, make_page
from workbook.model.engagement import Engagement
from workbook.views import start_here
from workbook.views.pieces.blocks import FEW, MOST_LISTED, make_list

LISTS = ("ul", "ol", "tbody", "dl")
REPORTS = ("10_summary", "13_report")


class Open(HTMLParser):
    """What of a page stands open: how long its lists are, and how many words it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.folds = self.words = 0
        self._open: list[int] = []
        self.lengths: list[int] = []
        self.feed(re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count items; a term of a list of terms begins a list of its own."""
        self.folds += tag == "details"
        if tag in LISTS:
            self._open.append(0)
        elif tag == "dt":
            self._end_list()
            self._open.append(0)
        elif tag in ("li", "tr", "dd") and self._open:
            self._open[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        """Note the length of a list that stands open."""
        self.folds -= tag == "details"
        if tag in LISTS:
            self._end_list()

    def handle_data(self, data: str) -> None:
        """Count the words that stand open."""
        self.words += 0 if self.folds else len(data.split())

    def _end_list(self) -> None:
        length = self._open.pop()
        self.lengths += [] if self.folds else [length]


def _make(voices: int) -> Engagement:
    """Return people who each answered eight of all questions, with words of their own beside some."""
    random, made = Random(voices), []
    for number in range(voices):
        voice = random_engagements.make_voice(number, random, tuple(random.sample(sorted(QUESTIONS), 8)))
        noted = {
            key: one.model_copy(update={"note": one.note and f"note {number}"}) for key, one in voice.answers.items()
        }
        made.append(voice.model_copy(update={"answers": noted}))
    return random_engagements.make_engagement(tuple(made))


def _show(engagement: Engagement) -> dict[str, str]:
    return {path.stem: make_page(path, engagement) for path in list_reports() if path.stem in REPORTS}


def test_pages_of_many_voices_have_an_end() -> None:
    """At two hundred voices no list stands open beyond its rule, the summary has no more words, and no note is lost."""
    few, many = _make(30), _make(200)
    before, pages = _show(few), _show(many)
    lengths = [length for html in pages.values() for length in Open(html).lengths]
    assert max(lengths) <= MOST_LISTED + FEW
    assert Open(pages["10_summary"]).words < 1.5 * Open(before["10_summary"]).words
    assert Open(pages["13_report"]).words < 20_000
    notes = {one.note for voice in many.voices for one in voice.answers.values() if one.note}
    assert [note for note in notes if note not in pages["13_report"]] == []


@pytest.mark.parametrize("count", [30, 200, 500])
def test_a_long_list_shows_its_first_and_says_how_many_more(count: int) -> None:
    """The rest is folded, and goes on counting where the list is numbered."""
    html = str(make_list((f"item {number}" for number in range(1, count + 1)), ordered=True))
    shown, _, rest = html.partition("<details")
    assert shown.count("<li>") == MOST_LISTED
    assert f"<summary>{count - MOST_LISTED} more</summary>" in rest
    assert f'start="{MOST_LISTED + 1}"' in rest
    assert f"item {count}<" in rest
    assert "<details" not in make_list(["item"] * (MOST_LISTED + FEW))


def test_many_voices_are_named_in_part_and_their_progress_is_folded() -> None:
    """Of two hundred voices a sentence names twelve, and the table of who answered what shows twenty."""
    voices = [make_voice(f"Role {number}", {"framing.purpose.seed": 1}) for number in range(200)]
    reading = start_here.read_start_here(make_engagement(*voices))
    assert start_here.write_heard(reading).endswith("Role 11; 188 more")
    assert max(Open(str(start_here.show_progress(reading).html)).lengths) == MOST_LISTED
