"""What people wrote, on the page: each remark under its question, beside who said it where that may be shown."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from workbook.analysis.remarks import RemarkGroup, RemarksReading, read_remarks
from workbook.markup import element, join
from workbook.model.answers import Remark
from workbook.model.wordings import load_wording
from workbook.views.pieces.blocks import Block, make_held_back, make_list, make_paragraph, make_section

__all__ = ["read_remarks", "summarise"]


def summarise(reading: RemarksReading) -> Block:
    """The summary's section of what people wrote; what no shared edition shows is marked as that."""
    words = load_wording("remarks")
    shown = reading.groups
    chapters = dict.fromkeys(group.chapter for group in shown)
    kept = bool(reading.private) or any(remark in group.unshared for group in shown for remark in group.remarks)
    return make_section(
        "words",
        words.get_word("call_title" if reading.is_call else "title"),
        make_paragraph(words.get_word("unshared_lead")) if kept else "",
        element("div", [_show_chapter(name, shown, call=reading.is_call) for name in chapters], class_="two")
        if chapters
        else make_paragraph(words.get_word("none")),
        _show_private(reading) if reading.private else "",
        make_held_back(words.get_word("withheld")) if reading.withheld else "",
        subtitle=words.get_word("call_subtitle" if reading.is_call else "subtitle_all" if kept else "subtitle"),
    )


def _show_chapter(name: str, groups: Iterable[RemarkGroup], *, call: bool) -> Markup:
    questions = [group for group in groups if group.chapter == name]
    pairs = [
        join(
            [
                element("dt", g.question),
                [element("dd", _show_remark(r, kept=r in g.unshared, call=call)) for r in g.remarks],
            ]
        )
        for g in questions
    ]
    return element("h3", name) + element("dl", pairs, class_="remarks")


def _show_private(reading: RemarksReading) -> Markup:
    title = load_wording("remarks").get_word("private_title")
    return element("h3", title) + make_list(_show_remark(remark, kept=True) for remark in reading.private)


def _show_remark(remark: Remark, *, kept: bool, call: bool = False) -> Markup:
    """Show words with who wrote them; our own paraphrase of a call stands without quotation marks."""
    if call and remark.kind == "evidence":
        return element("span", remark.text)
    words = load_wording("remarks")
    kind = words.words["kinds"][remark.kind]
    who = remark.voice or words.get_word("unnamed")
    if remark.kind == "private":
        who = words.get_word("private_about").format(voice=who)
    mark = words.get_word("unshared") if kept else ""
    return join([f"{who}{kind}{mark}: ", remark.text if call else element("q", remark.text)])
