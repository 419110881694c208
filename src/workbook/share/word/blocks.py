"""Elements of a page, one below the other, into a document."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from docx.blkcntnr import BlockItemContainer
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from workbook.markup import clean_text
from workbook.model.wordings import load_wording
from workbook.share.tree import INLINE, Node
from workbook.share.word.pictures import describe, draw
from workbook.share.word.runs import Words, add_bookmark
from workbook.share.word.styles import CAPTION, HEADINGS, PARAGRAPHS, Styles
from workbook.share.word.tables import Grid, fill_table, read_facts, read_table

WIDEST = Cm(16)
PIXELS_IN_A_CM = 96 / 2.54


class Blocks:
    """Writes elements into a document, in the styles it has."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self.document = document
        self.styles = styles
        self.words = load_wording("word")
        self._bookmarks = 0
        self._pictures = 0

    def write(self, node: Node, into: BlockItemContainer | Document | None = None) -> None:
        """Write what stands in an element, in order."""
        into = into or self.document
        line: list[Node | str] = []
        for child in node.children:
            if isinstance(child, str) or child.tag in INLINE or child.tag == "br":
                line.append(child)
            elif not child.is_silent:
                self._end_line(line, into, node)
                self._write_block(child, into)
        self._end_line(line, into, node)

    def _write_block(self, node: Node, into: Any) -> None:
        if node.tag in HEADINGS:
            self._write_heading(node, into)
        elif node.tag in ("ul", "ol"):
            self._write_list(node, into, level=1)
        elif node.tag == "table":
            self._write_table(read_table(node), into)
        elif node.tag == "dl":
            columns = self.words.words["facts_columns"]
            self._write_table(read_facts(node, caption="", columns=columns), into)
        elif node.tag == "svg":
            self._write_picture(node, into)
        elif node.tag == "figcaption":
            caption = self._write_line(node.children, into, CAPTION)
            if caption is not None:
                caption.paragraph_format.keep_with_next = True
        else:
            self.write(node, into)

    def _end_line(self, line: list[Node | str], into: Any, node: Node) -> None:
        if any(not isinstance(one, str) or one.strip() for one in line):
            style = next((PARAGRAPHS[name] for name in PARAGRAPHS if name in node.classes), None)
            self._write_line(line, into, style, bold=node.tag in ("th", "dt"))
        line.clear()

    def _write_line(
        self, children: Iterable[Node | str], into: Any, style: str | None = None, *, bold: bool = False
    ) -> Paragraph | None:
        paragraph = self.styles.add_paragraph(into, self.styles.find_paragraph(style) if style else None)
        words = Words(paragraph, bold=bold)
        words.write(children)
        if not words.has_any:
            paragraph._p.getparent().remove(paragraph._p)
            return None
        return paragraph

    def _write_heading(self, node: Node, into: Any) -> None:
        paragraph = self._write_line(node.children, into, HEADINGS[node.tag])
        if paragraph is not None and node.attributes.get("id"):
            self._bookmarks += 1
            add_bookmark(paragraph, node.attributes["id"], self._bookmarks)

    def _write_list(self, node: Node, into: Any, *, level: int) -> None:
        style = self.styles.find_list(node.tag, level)
        number = self._restart(style) if node.tag == "ol" else None
        for item in node.elements:
            paragraph = self.styles.add_paragraph(into, style)
            Words(paragraph).write(_list_inline(item))
            if number is not None:
                paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
            for inner in item.elements:
                if inner.tag in ("ul", "ol"):
                    self._write_list(inner, into, level=level + 1)
                elif not inner.is_silent and inner.tag not in (*INLINE, "br", "p"):
                    self._write_block(inner, into)

    def _restart(self, style: str | None) -> int | None:
        """Return a new numbering from 1, in the manner of the style's own; each list begins anew."""
        found = self.document.styles[style].element.find(f".//{qn('w:numId')}") if style else None
        if found is None:
            return None
        numbering = self.document.part.numbering_part.element
        own = next((one for one in numbering.num_lst if one.numId == int(found.get(qn("w:val")))), None)
        if own is None:
            return None
        number = numbering.add_num(own.abstractNumId.val)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def _write_table(self, grid: Grid, into: Any) -> None:
        if not grid.width:
            return
        if grid.caption:
            caption = self.styles.add_paragraph(into, self.styles.find_paragraph(CAPTION))
            caption.add_run(clean_text(grid.caption))
            caption.paragraph_format.keep_with_next = True
        table = into.add_table(len(grid.rows), grid.width)
        style = self.styles.find_table()
        if style:
            table.style = style
        fill_table(table, grid, write=self._write_cell, nothing=self.words.get_word("nothing"))
        into.add_paragraph()

    def _write_cell(self, cell: _Cell, node: Node) -> None:
        first = cell.paragraphs[0]
        self.write(node, cell)
        if len(cell.paragraphs) > 1 or cell.tables:
            first._p.getparent().remove(first._p)

    def _write_picture(self, node: Node, into: Any) -> None:
        """Put a drawing in as a picture with its words; one that is silent beside a table is left out."""
        text = describe(node)
        if not text:
            return
        self._pictures += 1
        run = into.add_paragraph().add_run()
        shape = run.add_picture(io.BytesIO(draw(node)))
        if shape.width > WIDEST:
            shape.height, shape.width = int(shape.height * WIDEST / shape.width), WIDEST
        properties = shape._inline.docPr
        properties.set("descr", clean_text(text))
        properties.set("id", str(self._pictures))
        properties.set("name", f"Figure {self._pictures}")


def _list_inline(item: Node) -> list[Node | str]:
    """Return the words that stand in an item itself; paragraphs in it follow each other on the line."""
    line: list[Node | str] = []
    for one in item.children:
        if isinstance(one, str) or one.tag in (*INLINE, "br"):
            line.append(one)
        elif one.tag == "p" and not one.is_silent:
            line += [" ", *one.children, " "]
    return line
