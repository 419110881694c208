"""How far the commission has come: who answered, who disagrees, what is not settled. Stands first where it is early."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from workbook.analysis.summary import SummaryReading
from workbook.markup import element
from workbook.model.wordings import load_wording
from workbook.theme import end_sentence
from workbook.views import start_here
from workbook.views.pieces.blocks import fill
from workbook.views.summary.sides import tell_no_disputes

LITTLE = ("early", "unknown", "withheld", "not_here")
Part = tuple[str, str | Markup]
"""The name of a part's heading, and its words; one without words is left out."""


def is_brief(reading: SummaryReading) -> bool:
    """Whether little is known, so that two pages hold it all: too few answers for a verdict, or a reading of a call."""
    return reading.framing.is_call or reading.framing.pattern in LITTLE


def list_standing(reading: SummaryReading) -> list[Part]:
    """Return who answered, whether voices can be compared where none disagree, and what is not settled.

    Of a public call the band says who answered, and one voice alone needs no word on agreement.
    """
    call, apart = reading.framing.is_call, reading.disputes or reading.heard == 1
    return [
        ("rests_who", "" if call else _tell_who(reading)),
        ("rests_differ", "" if apart else " ".join(_tell_no_disputes(reading))),
        (name_open(reading), " ".join(map(end_sentence, reading.facts.not_stated))),
    ]


def name_open(reading: SummaryReading) -> str:
    """Name the heading over what is open: what people have not settled, or what a call does not say."""
    if not reading.framing.is_call:
        return "rests_open"
    return "rests_open_closed" if reading.facts.is_closed else "rests_open_call"


def _tell_who(reading: SummaryReading) -> str:
    """Who answered and, where it is known, how many of those invited."""
    told = [
        end_sentence(start_here.write_heard(reading.start_here)),
        start_here.tell_turnout(reading.start_here.turnout),
    ]
    return fill("{told}", told=" ".join(one for one in told if one))


def _tell_no_disputes(reading: SummaryReading) -> tuple[str, str]:
    headline, why = tell_no_disputes(reading)
    return end_sentence(headline), why


def make_parts(parts: Iterable[Part]) -> Markup:
    """Put short parts side by side, each under its heading."""
    words = load_wording("summary")
    shown = [
        element(
            "div", element("h3", words.get_word(name)), element("p", end_sentence(text) if type(text) is str else text)
        )
        for name, text in parts
        if text
    ]
    return element("div", shown, class_="rests" if len(shown) > 1 else "standing") if shown else Markup("")
