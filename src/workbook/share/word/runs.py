"""Words inside a paragraph: plain, bold, linked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from workbook.markup import clean_text
from workbook.share.tree import Node

BOLD, ITALIC = frozenset({"b", "strong", "th", "dt"}), frozenset({"em", "i", "cite"})
ISOLATED, ISOLATE_ENDS = "\u2068", "\u2069"


class Words:
    """Writes inline elements into one paragraph, with single spaces and none at its ends."""

    def __init__(self, paragraph: Paragraph, *, bold: bool = False) -> None:
        self.paragraph = paragraph
        self.bold = bold
        self.has_any = False
        self._blank = False

    def write(
        self, children: Iterable[Node | str], *, bold: bool = False, italic: bool = False, link: Any = None
    ) -> None:
        """Write words and inline elements."""
        before: Node | str = ""
        for child in children:
            if isinstance(child, str):
                self._write_text(child, bold=bold, italic=italic, link=link)
            elif child.tag == "br":
                self._blank = True
            elif not child.is_silent and child.tag != "svg":
                # On a page a span stands apart from what is before it by its style.
                self._blank = self._blank or (isinstance(before, Node) and child.tag == "span")
                self._write_element(child, bold=bold, italic=italic, link=link)
            before = child

    def _write_element(self, node: Node, *, bold: bool, italic: bool, link: Any) -> None:
        isolated = node.tag == "bdi"
        if isolated:
            self._write_text(ISOLATED, bold=bold, italic=italic, link=link)
        inner = self._make_link(node.attributes.get("href", "")) if node.tag == "a" else None
        self.write(
            node.children,
            bold=bold or node.tag in BOLD,
            italic=italic or node.tag in ITALIC,
            link=link if inner is None else inner,
        )
        if isolated:
            self._write_text(ISOLATE_ENDS, bold=bold, italic=italic, link=link)

    def _write_text(self, text: str, *, bold: bool, italic: bool, link: Any) -> None:
        words = " ".join(clean_text(text).split())
        starts_blank, ends_blank = text[:1].isspace(), text[-1:].isspace()
        if not words:
            self._blank = self._blank or starts_blank
            return
        lead = " " if self.has_any and (self._blank or starts_blank) else ""
        run = self.paragraph.add_run(lead + words)
        run.bold, run.italic = (bold or self.bold) or None, italic or None
        if link is not None:
            link.append(run._r)
        self.has_any, self._blank = True, ends_blank

    def _make_link(self, target: str) -> Any:
        link = OxmlElement("w:hyperlink")
        if target.startswith("#"):
            link.set(qn("w:anchor"), name_bookmark(target[1:]))
        elif target:
            link.set(qn("r:id"), self.paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        else:
            return None
        self.paragraph._p.append(link)
        return link


def name_bookmark(identity: str) -> str:
    """Return an id as Word takes it: at most 40 letters, digits and underscores, a letter first."""
    return "id_" + "".join(sign if sign.isalnum() else "_" for sign in identity)[:37]


def add_bookmark(paragraph: Paragraph, identity: str, number: int) -> None:
    """Mark a paragraph so that links inside the document find it."""
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), name_bookmark(identity))
        paragraph._p.append(mark)


def add_field(run: Run, instruction: str) -> None:
    """Add a field that the reader's program works out, such as the number of a page."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("1", ""), ("end", "")):
        if kind in ("begin", "separate", "end"):
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText" if text else "w:t")
            part.text = text or kind
        run._r.append(part)
