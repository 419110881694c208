"""The verdict in words: four marks, one of them set, and the sentence of the rule that set it."""

from __future__ import annotations

from markupsafe import Markup

from workbook.analysis.framing import FramingReading
from workbook.analysis.summary import SummaryReading
from workbook.analysis.verdict import MARKS, read_verdict
from workbook.markup import element, join
from workbook.model.wordings import load_wording
from workbook.views.framing.words import name_facets
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import fill
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


def write_verdict(reading: FramingReading) -> str:
    """The verdict in one sentence; as one voice sees it, where it rests on one."""
    words, verdict = load_wording("verdict"), read_verdict(reading)
    name = verdict.sentence
    apart = len(reading.list_in("disputed"))
    if name == "early" and (apart or len(reading.known) < 2):
        name = "early_apart" if apart else "early_one" if reading.known else "early_none"
    told = "call" if reading.is_call else "late" if reading.is_late else "sentences"
    told = told if name in words.words[told] else "sentences"
    pulls = reading.list_in("tension")
    pair = pulls[0].facet.words if pulls else {}
    sentence = fill(
        words.get_word(f"{told}.{name}"),
        seed=pair.get("seed", ""),
        soil=pair.get("soil", ""),
        known=len(reading.known),
        total=len(reading.facets),
        placed=voices.write_count(len(reading.known) - apart),
        disputed=voices.write_count(apart) if name == "early_apart" else apart,
        evaluation=name_facets(reading.list_in("evaluation_ground")),
        learning=name_facets(reading.list_in("learning_ground")),
    )
    return voices.attribute(sentence, reading.lone) if reading.is_answered else sentence
