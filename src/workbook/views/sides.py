"""The pattern of disagreement on the page: who stands alone, who stands against whom."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.analysis.sides import Alone, Opposed, SidesReading
from workbook.model.wordings import load_wording
from workbook.theme import end_sentence, format_number
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import fill


def write_headline(reading: SidesReading, disputes: int) -> str:
    """The strongest pattern in a few words, with how many disagreements there are; nothing where none recurs."""
    if not reading.is_found:
        return ""
    found = [*map(_write_alone, reading.alone), *map(_write_opposed, reading.voices)]
    found += [_write_pair("organisations", one) for one in reading.organisations]
    name = "headline_one" if disputes == 1 else "headline"
    return fill(load_wording("sides").get_word(name), pattern=found[0], count=voices.write_count(disputes))


def list_patterns(reading: SidesReading) -> list[str]:
    """Every pattern as a sentence: who stands alone, who stands opposite, and how it runs between organisations."""
    words = load_wording("sides")
    most = int(words.get_number("most"))
    found = [
        *map(_write_alone, reading.alone[:most]),
        *map(_write_opposed, _leave_out_alone(reading)[:most]),
        *(_write_pair("organisations", one) for one in reading.organisations[:most]),
    ]
    total = reading.within + reading.between
    numbers = (("total", total), ("within", reading.within), ("between", reading.between))
    counts = {name: format_number(number) for name, number in numbers}
    return [*map(end_sentence, found), *([fill(words.get_word("within"), **counts)] if total else [])]


def _leave_out_alone(reading: SidesReading) -> Sequence[Opposed]:
    """Leave out pairs that only repeat that somebody stands alone against everybody."""
    alone = {one.voice for one in reading.alone}
    return [one for one in reading.voices if not alone & {one.one, one.other}] or reading.voices[:1]


def _write_alone(one: Alone) -> str:
    words = load_wording("sides")
    group = words.get_word(f"groups.{one.group}")
    counts = {"count": voices.write_count(one.count), "total": voices.write_count(one.total)}
    return fill(words.get_word("alone"), voice=one.voice, group=group, **counts)


def _write_opposed(one: Opposed) -> str:
    return _write_pair("opposed", one)


def _write_pair(name: str, one: Opposed) -> str:
    counts = {"count": voices.write_count(one.count), "total": voices.write_count(one.total)}
    return fill(load_wording("sides").get_word(name), one=one.one, other=one.other, **counts)
