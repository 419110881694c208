"""The verdict in words: four marks, one of them set, and the sentence of the rule that set it."""

from __future__ import annotations

from markupsafe import Markup

from workbook.analysis.summary import SummaryReading
from workbook.analysis.verdict import MARKS, read_verdict
from workbook.markup import element, join
from workbook.model.wordings import load_wording
from workbook.views.framing.verdict import write_verdict
from workbook.views.pieces.room import shorten
from workbook.views.rounds.words import write_line


def show_verdict(reading: SummaryReading) -> Markup:
    """The four marks and the verdict's sentence, as the page's first heading after its title; what changed under it."""
    words, verdict = load_wording("verdict"), read_verdict(reading.framing)
    label = element("span", words.get_word("label"), class_="label")
    marks = [
        element(
            "b" if mark == verdict.mark else "span",
            words.get_word(f"marks.{mark}"),
            aria_hidden=_hide(mark, verdict.mark),
        )
        for mark in MARKS
    ]
    four = element("p", label, " ", join(marks, " "), class_="four")
    told = write_verdict(reading.framing)
    change = write_line(reading.rounds)
    changed = element("p", shorten(change, "most_lead")) if change else None
    return element("section", four, element("h2", told, id="verdict"), changed, class_="verdict")


def _hide(mark: str, chosen: str) -> str | None:
    """Only the mark that is set is spoken: the others would be heard as part of it."""
    return None if mark == chosen else "true"
