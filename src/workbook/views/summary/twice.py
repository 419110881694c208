"""The commission read twice: a row for each chapter that is answered, in whole sentences, cut by one rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from workbook.analysis.summary import SummaryReading
from workbook.markup import element
from workbook.model.answers import Edition
from workbook.model.chapters import load_chapter
from workbook.model.wordings import load_wording
from workbook.theme import join_words
from workbook.views import (
    audiences,
    discovery,
    framing,
    learning_modes,
    permission,
    practices,
    resources,
    safety,
    system_map,
)
from workbook.views.pieces.blocks import Block, fill, make_block, make_paragraph, make_section
from workbook.views.summary.standing import is_brief

ReadTwice = Callable[[Any], tuple[list[str], list[str]]]
READERS: dict[str, ReadTwice] = {
    "framing": framing.read_twice,
    "discovery": discovery.read_twice,
    "audiences": audiences.read_twice,
    "learning_modes": learning_modes.read_twice,
    "resources": resources.read_twice,
    "permission": permission.read_twice,
    "safety": safety.read_twice,
    "practices": practices.read_twice,
    "system_map": system_map.read_twice,
}
"""What reads each chapter, in the chapters' order."""


def show_twice(reading: SummaryReading) -> Block:
    """One table of two columns for the whole commission, and the chapters of which nothing is known in one line."""
    words = load_wording("summary")
    # Where there is no verdict, the field has said all that is known of the framing.
    verdict = reading.framing.is_answered and not is_brief(reading)
    shown = [name for name in READERS if name != "framing" or verdict]
    answered = [name for name in shown if is_answered(reading, name)]
    rows = [_make_row(name, READERS[name](getattr(reading, name))) for name in answered]
    left = list_unread(reading)
    told = fill(words.get_word(_name_unread(reading)), chapters=join_words(left))
    unread = make_paragraph(told, "note") if left else ""
    if not rows:
        return make_block(unread)
    table = element(
        "table",
        element("caption", words.get_word("twice_caption"), class_="vh"),
        _make_head(),
        rows,
        class_="twice",
        role="table",
    )
    return make_section("read", words.get_word("twice_title"), table, unread, subtitle=words.get_word("twice_subtitle"))


def _name_unread(reading: SummaryReading) -> str:
    return "unread_title" if reading.framing.edition is Edition.PRIVATE else "unread_shown"


def is_answered(reading: SummaryReading, name: str) -> bool:
    """Whether a chapter has something to say on both sides."""
    return is_known(reading, name) and all(READERS[name](getattr(reading, name)))


def is_known(reading: SummaryReading, name: str) -> bool:
    """Whether a chapter has a reading, or answers that lie too far apart or are too few for one."""
    chapter = getattr(reading, name)
    return bool(chapter.is_answered) or (name in ("framing", "practices") and chapter.pattern in ("early", "disputed"))


def list_unread(reading: SummaryReading) -> list[str]:
    """Return the titles of the chapters of which too little is known to be read."""
    return [load_chapter(name).title.lower() for name in READERS if not is_answered(reading, name)]


def shorten(sentences: Sequence[str], most: int) -> str:
    """Return whole sentences in their order while they hold at most `most` words together, the first in any case."""
    kept: list[str] = []
    count = 0
    for sentence in sentences:
        count += len(sentence.split())
        if kept and count > most:
            break
        kept.append(sentence)
    return " ".join(kept)


def _make_head() -> Markup:
    words = load_wording("summary")
    names = words.words["twice_columns"]
    heads = [
        element("th", element("span", names["topic"], class_="vh"), scope="col", role="columnheader"),
        *(
            element(
                "th",
                names[side],
                element("small", words.get_word(f"twice_{side}")),
                scope="col",
                role="columnheader",
                class_=side[0],
            )
            for side in ("evaluation", "learning")
        ),
    ]
    columns = element("colgroup", element("col", class_="q"), element("col"), element("col"))
    return columns + element("thead", element("tr", heads, role="row"), role="rowgroup")


def _make_row(name: str, sides: tuple[list[str], list[str]]) -> Markup:
    most = int(load_wording("summary").get_number("twice_words"))
    cells = [element("td", shorten(side, most), role="cell") for side in sides]
    title = element("th", load_chapter(name).title, scope="row", role="rowheader")
    return element("tr", title, cells, role="row")
