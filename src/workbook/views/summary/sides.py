"""Who disagrees: the disagreements that most hangs on, each with every voice on the question's own steps."""

from __future__ import annotations

from markupsafe import Markup

from workbook.analysis.agenda_points import Dispute
from workbook.analysis.summary import SummaryReading, find_opposed
from workbook.charts.strip import draw_strip
from workbook.markup import element
from workbook.model.answers import Edition
from workbook.model.wordings import load_wording
from workbook.theme import join_words
from workbook.views import sides
from workbook.views.discovery import agenda
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import Block, fill, make_paragraph, make_section

Pair = tuple[str, str]


def show_sides(reading: SummaryReading) -> Block:
    """The section of the summary on disagreement, for a reading that holds some."""
    words = load_wording("summary")
    most = int(words.get_number("most_disagreements"))
    opposed = find_opposed(reading.disputes) if reading.edition is Edition.PRIVATE else None
    pair = opposed[0] if opposed else None
    marks = fill(words.get_word("sides_marks"), first=pair[0], second=pair[1]) if pair else ""
    rows = [_make_row(one, pair) for one in reading.disputes[:most]]
    left = len(reading.disputes) - len(rows)
    return make_section(
        "disagreements",
        sides.write_headline(reading.sides, len(reading.disputes)) or _write_title(reading, opposed),
        element(
            "table",
            element("caption", words.get_word("sides_caption"), class_="vh"),
            _make_head(),
            element("tbody", rows, role="rowgroup"),
            class_="sides",
            role="table",
        ),
        make_paragraph(fill(words.get_word(f"disagreements_more{'_one' if left == 1 else ''}"), count=left), "note")
        if left
        else "",
        subtitle=" ".join(part for part in (words.get_word("sides_subtitle"), marks) if part),
    )


def tell_no_disputes(reading: SummaryReading) -> tuple[str, str]:
    """Say that no voices lie far apart, or why that cannot be known."""
    words = load_wording("summary")
    if reading.framing.is_call:
        return words.get_word("disagreements_call"), words.get_word("disagreements_reading")
    if reading.heard == 1:
        return words.get_word("disagreements_one_voice"), words.get_word("disagreements_alone")
    shown = "" if reading.edition is Edition.PRIVATE else "_shown"
    if reading.wide_points:
        told = fill(words.get_word("disagreements_points_on"), names=join_words(reading.wide_points))
        return words.get_word("disagreements_points"), told
    if reading.heard_enough:
        return words.get_word("disagreements_none"), words.get_word(f"disagreements_few{shown}")
    why = "unsure" if reading.are_unsure else f"unknown{shown}"
    return words.get_word(f"disagreements_nobody{shown}"), words.get_word(f"disagreements_{why}")


def _write_title(reading: SummaryReading, opposed: tuple[Pair, int] | None) -> str:
    words, count = load_wording("summary"), len(reading.disputes)
    if count == 1:
        return words.get_word("disagreements_title_one")
    if opposed is None:
        return fill(words.get_word("disagreements_title"), count=voices.write_count(count))
    (first, second), times = opposed
    return fill(words.get_word("sides_opposed"), count=count, first=first, second=second, times=times)


def _make_head() -> Markup:
    names = load_wording("summary").words["sides_columns"]
    classes = ("about", "low", "strip", None)
    heads = [
        element(
            "th",
            element("span", name, class_="vh") if class_ == "strip" else name,
            scope="col",
            role="columnheader",
            class_=class_,
        )
        for name, class_ in zip(names, classes, strict=True)
    ]
    return element("thead", element("tr", heads, role="row"), role="rowgroup")


def _make_row(one: Dispute, pair: Pair | None) -> Markup:
    about = element("th", one.statement.rstrip(". "), scope="row", role="rowheader")
    if one.scale is None:
        camps = element("td", agenda.name_camps(one.camps, quoted=one.quoted), role="cell", colspan=3)
        return element("tr", about, camps, role="row")
    (low, low_who), (high, high_who) = voices.tell_sides(one.scale)
    marks = [(float(r.value), _choose_mark(r.voice, pair)) for r in one.scale.responses]
    return element(
        "tr",
        about,
        element("td", element("i", low), " ", low_who, role="cell", class_="low"),
        element("td", draw_strip(marks, len(one.scale.steps) - 1), role="cell", class_="strip"),
        element("td", element("i", high), " ", high_who, role="cell"),
        role="row",
    )


def _choose_mark(voice: str | None, pair: Pair | None) -> str:
    return "dot" if pair is None or voice not in pair else "ring" if voice == pair[0] else "box"
