"""How many interviews hear a rare view often enough, in words."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.analysis.discovery.discovery import DiscoveryReading
from workbook.model.answers import Edition
from workbook.model.wordings import load_wording
from workbook.theme import format_number, join_words
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import Block, fill, make_block, make_paragraph


def count_interviews(reading: DiscoveryReading) -> Block:
    """How many interviews hear a rare view often enough, bounded by how many people there are."""
    words, found = reading.chapter, reading.interviews
    name = "needed_one" if found.needed == 1 else "needed"
    sentences = [
        fill(
            words.get_word(f"interviews.{name}"),
            needed=found.needed,
            sure=format_number(found.inputs["sure"].value or 0, 1),
            mentions=_write_mentions(reading),
            holders=_write_prevalence(reading),
        )
    ]
    sentences += _write_bounds(reading)
    sentences += [*_write_defaults(reading), words.get_word("interviews.random")]
    return make_block(make_paragraph(" ".join(sentences)))


def _write_mentions(reading: DiscoveryReading) -> str:
    """Say how often, counting a half as one more, as the number of interviews does."""
    count = -int(-(reading.interviews.inputs["mentions"].value or 0) // 1)
    name = {1: "once", 2: "twice"}.get(count, "times")
    return fill(reading.chapter.get_word(f"interviews.{name}"), count=voices.write_count(count)).lower()


def _write_prevalence(reading: DiscoveryReading) -> str:
    of_ten = reading.interviews.inputs["prevalence"].value or 0
    whole = of_ten == int(of_ten)
    name, count = ("of_ten", of_ten) if whole else ("of_hundred", of_ten * 10)
    return reading.chapter.get_word(f"interviews.{name}").format(count=format_number(count, 1))


def _write_bounds(reading: DiscoveryReading) -> Iterator[str]:
    words, found = reading.chapter, reading.interviews
    people = found.inputs["people"].value
    if people is None:
        held = found.inputs["people"].number.withheld or reading.edition != Edition.PRIVATE
        name = "people_held" if held else "people_unknown"
        yield words.get_word(f"interviews.{name}")
    elif found.bounded:
        name = "bounded_one" if int(people) == 1 else "bounded"
        yield fill(words.get_word(f"interviews.{name}"), people=format_number(int(people), 0))
        if (found.holders or 0) < (found.inputs["mentions"].value or 0):
            name = "too_few_none" if (found.holders or 0) < 1 else "too_few"
            yield fill(words.get_word(f"interviews.{name}"), holders=format_number(found.holders or 0, 1))


def _write_defaults(reading: DiscoveryReading) -> Iterator[str]:
    """Say which of the three numbers are our own, and why."""
    words = reading.chapter
    names: dict[str, str] = words.words["interviews"]["names"]
    inputs = reading.interviews.inputs
    default = [name for name in names if inputs[name].origin == "default"]
    unsure = [name for name in default if voices.is_unsure([inputs[name].number])]
    for ours, state in ((unsure, "_unsure"), ([name for name in default if name not in unsure], "")):
        held = not state and (reading.edition != Edition.PRIVATE or any(inputs[one].number.withheld for one in ours))
        name = "default_held" if held else f"{'defaults' if len(ours) > 1 else 'default_one'}{state}"
        what = join_words([names[one] for one in ours], load_wording("page").get_word("or"))
        if ours:
            yield fill(words.get_word(f"interviews.{name}"), what=what)
