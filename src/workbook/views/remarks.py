"""What people wrote, on the page: each remark under its question, beside who said it where that may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from markupsafe import Markup

from workbook.analysis.remarks import RemarkGroup, RemarksReading, read_remarks
from workbook.markup import element, join
from workbook.model.answers import Remark
from workbook.model.base import UNSURE
from workbook.model.engagement import GROUP
from workbook.model.wordings import load_wording
from workbook.theme import join_words
from workbook.views.pieces import blocks

__all__ = ["read_remarks", "summarise"]

MOST_REMARKS = 12
"""How many remarks to one question stand on the page: each is a sentence or two."""


def summarise(reading: RemarksReading, *, is_map_drawn: bool = False) -> blocks.Block:
    """The summary's section of what people wrote; what no shared edition shows is marked as that."""
    words = load_wording("remarks")
    groups = map(_leave_drawn, reading.groups) if is_map_drawn else reading.groups
    shown = [group for group in groups if group.remarks]
    chapters = dict.fromkeys(group.chapter for group in shown)
    readers = {one.voice for group in shown for one in group.remarks if group.get_rating(one) is not None}
    named = len(readers) > 1 or not reading.is_call
    kept = bool(reading.private) or any(remark in group.unshared for group in shown for remark in group.remarks)
    return blocks.make_section(
        "words",
        words.get_word("call_title" if reading.is_call else "title"),
        blocks.make_paragraph(words.get_word("unshared_lead")) if kept else "",
        element(
            "div", [_show_chapter(name, shown, call=reading.is_call, named=named) for name in chapters], class_="two"
        )
        if chapters
        else blocks.make_paragraph(words.get_word("none")),
        _show_private(reading) if reading.private else "",
        blocks.make_held_back(words.get_word("withheld")) if reading.withheld else "",
        subtitle=words.get_word("call_subtitle" if reading.is_call else "subtitle_all" if kept else "subtitle"),
    )


def _leave_drawn(group: RemarkGroup) -> RemarkGroup:
    """Leave out what the map draws and its tables say row by row; words beside it stay."""
    return replace(
        group, remarks=tuple(one for one in group.remarks if one.kind != "answer" or one.text not in group.drawn)
    )


def _show_chapter(name: str, groups: Iterable[RemarkGroup], *, call: bool, named: bool) -> Markup:
    questions = [group for group in groups if group.chapter == name]
    pairs = [_show_group(group, call=call, named=named) for group in questions]
    return element("h3", name) + element("dl", pairs, class_="remarks")


def _show_group(group: RemarkGroup, *, call: bool, named: bool) -> Markup:
    """A question and what was written to it: the first of many, and the rest folded; rows of one answer together."""
    told = []
    for alike in _join_alike(group, call=call):
        first, *further = alike[0]
        rating, kept = group.get_rating(first), first in group.unshared
        if len(alike) > 1:
            first = first.model_copy(update={"voice": join_words([rows[0].voice or "" for rows in alike])})
        shown = _show_remark(first, kept=kept, rating=rating, call=call, named=named)
        told.append(join([shown, *map(_quote, further)]))
    most, rest = blocks.split_long(told, MOST_REMARKS)
    folded = blocks.fold(len(rest), element("ul", [element("li", one) for one in rest])) if rest else None
    return join([element("dt", group.question), [element("dd", one) for one in most], folded and element("dd", folded)])


def _join_alike(group: RemarkGroup, *, call: bool) -> list[list[list[Remark]]]:
    """Return what people wrote, those together who wrote the same words and may all be named."""
    found: dict[object, list[list[Remark]]] = {}
    for number, rows in enumerate(_join_rows(group, call=call)):
        first = rows[0]
        named = first.voice not in (None, GROUP) and group.get_rating(first) is None and not call
        alike = (tuple(row.text for row in rows), first.kind, first in group.unshared)
        found.setdefault(alike if named else number, []).append(rows)
    return list(found.values())


def _join_rows(group: RemarkGroup, *, call: bool) -> Iterator[list[Remark]]:
    """Yield what one person wrote in the rows of one answer as one, and all else by itself."""

    def tell(remark: Remark) -> tuple[object, ...]:
        alone = remark.kind != "answer" or call or remark.voice is None
        return remark if alone else None, remark.voice, remark in group.unshared

    return (list(rows) for _, rows in groupby(group.remarks, tell))


def _quote(remark: Remark) -> Markup:
    return join([" ", element("q", remark.text)])


def _show_private(reading: RemarksReading) -> Markup:
    title = load_wording("remarks").get_word("private_title")
    return element("h3", title) + blocks.make_list(_show_remark(remark, kept=True) for remark in reading.private)


def _show_remark(
    remark: Remark, *, kept: bool, rating: str | None = None, call: bool = False, named: bool = False
) -> Markup:
    """Show words with who wrote them; what is read from a call stands beside its rating, without quotation marks.

    `named` names the reader, where another reader or somebody concerned has answered too.
    """
    words = load_wording("remarks")
    kind = words.words["kinds"][remark.kind]
    if rating is not None:
        name = f"{'call_silent' if rating == UNSURE else 'call_reading'}{'_by' if named else ''}"
        return join([blocks.fill(words.get_word(name), rating=rating, voice=remark.voice), " ", remark.text])
    if call and remark.kind in ("answer", "evidence"):
        by = words.get_word("call_said_by").format(voice=remark.voice, text=remark.text)
        return element("span", by if named else remark.text)
    who = words.get_word("group") if remark.voice == GROUP else remark.voice or words.get_word("unnamed")
    if remark.kind == "private":
        name = "private_about_group" if remark.voice == GROUP else "private_about"
        who = words.get_word(name).format(voice=who)
    mark = words.get_word("unshared") if kept else ""
    return join([f"{who}{kind}{mark}: ", element("q", remark.text)])
