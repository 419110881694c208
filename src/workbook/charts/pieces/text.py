"""Words in a chart: how wide they are, where they break, and how they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from markupsafe import Markup

from workbook.charts.pieces.marks import format_length
from workbook.markup import element, escape_attribute, join

TEXT = 15.0
SMALL = 13.0
LINE = 1.2
"""Height of a line of text as a multiple of its size."""

ELLIPSIS = "…"
# A label never needs more; the rest of a longer text stands in the table beside the figure.
LONGEST = 400


@cache
def _measure_character(character: str) -> float:
    """Return a width in ems: those of DejaVu Sans, which is broad, so that other typefaces have room."""
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.0
    if character == " ":
        return 0.33
    if character in "ijlftrI.,:;'’|!()[]-":
        return 0.4
    if character in "mwMW@%…—":
        return 1.0
    return 0.63 if character.islower() or character.isdigit() else 0.76


def measure_text(text: str, size: float = TEXT) -> float:
    """Return about how wide the text is drawn, in the units of the chart."""
    return sum(map(_measure_character, text)) * size


def wrap_text(text: str, width: float, *, size: float = TEXT, lines: int = 2) -> tuple[str, ...]:
    """Break text into at most `lines` lines no wider than `width`; what is left over becomes an ellipsis."""
    words = re.sub(r"\s+", " ", text[:LONGEST]).strip().split(" ")
    done: list[str] = []
    while words and len(done) < lines:
        done.append(_take_line(words, width, size))
    if (words or len(text) > LONGEST) and done:
        done[-1] = _end_line(done[-1], width, size)
    return tuple(line for line in done if line)


def _take_line(words: list[str], width: float, size: float) -> str:
    """Take from `words` what fits one line; a word wider than the line is broken."""
    line = words.pop(0)
    if measure_text(line, size) > width:
        cut = _count_fitting(line, width, size)
        words.insert(0, line[cut:])
        return line[:cut]
    while words and measure_text(f"{line} {words[0]}", size) <= width:
        line = f"{line} {words.pop(0)}"
    return line


def _count_fitting(text: str, width: float, size: float) -> int:
    """Return how many characters fit, never fewer than one."""
    used = 0.0
    for index, character in enumerate(text):
        used += _measure_character(character) * size
        if used > width:
            return max(index, 1)
    return len(text)


def _end_line(line: str, width: float, size: float) -> str:
    room = width - measure_text(ELLIPSIS, size)
    return line[: _count_fitting(line, room, size)].rstrip(" ,;:.") + ELLIPSIS


def fit_text(text: str, width: float, *, size: float = TEXT) -> str:
    """Return the text on one line no wider than `width`, cut with an ellipsis where it is longer."""
    return "".join(wrap_text(text, width, size=size, lines=1))


def draw_text(text: str, x: float, y: float, class_: str | None = None) -> Markup:
    """Write one line with its baseline at y; the caller has made it fit.

    `escape` would add HTML's `<bdi>`, which SVG does not draw. Each line is a `<text>` of its own, and that
    isolates its direction just as well.
    """
    return element("text", escape_attribute(text), x=format_length(x), y=format_length(y), class_=class_)


def draw_block(lines: Sequence[str], x: float, y: float, *, size: float = TEXT, class_: str | None = None) -> Markup:
    """Write several lines, the first with its baseline at y."""
    return join(draw_text(line, x, y + index * size * LINE, class_) for index, line in enumerate(lines))


def draw_centred(lines: Sequence[str], x: float, y: float, *, size: float = TEXT, class_: str | None = None) -> Markup:
    """Write several lines whose block has its middle at height y."""
    first = y - (len(lines) - 1) * size * LINE / 2 + size * 0.35
    return draw_block(lines, x, first, size=size, class_=class_)
