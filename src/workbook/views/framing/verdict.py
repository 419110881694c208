"""The verdict in a sentence: what kind of commission this is, by the framing alone."""

from __future__ import annotations

from workbook.analysis.framing import FramingReading
from workbook.analysis.verdict import read_verdict
from workbook.model.wordings import load_wording
from workbook.views.framing.words import name_facets
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import fill


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
