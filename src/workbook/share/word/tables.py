"""Tables in Word: heads that repeat, rows that do not break, headings of rows, and no cell without a word."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table, _Cell

from workbook.markup import clean_text
from workbook.share.tree import Node

LONGEST_TITLE = 250
LONG = 400
WIDTH, LETTER, PADDING = 16.4, 0.26, 0.5  # centimetres
LONGEST_WORD = 16
NO_WORDS = frozenset({"", "–", "-", "—"})


@dataclass(frozen=True)
class Grid:
    """A table's caption and rows; the first `heads` rows name the columns, the first cell of the others their row."""

    caption: str
    rows: Sequence[Sequence[Node]]
    heads: int

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((sum(_span(cell) for cell in row) for row in self.rows), default=0)


def read_table(node: Node) -> Grid:
    """Return the grid of a table."""
    caption = next((one.text for one in node.find("caption")), "")
    rows = [[cell for cell in row.elements if cell.tag in ("td", "th")] for row in node.find("tr")]
    heads = sum(len(head.find("tr")) for head in node.find("thead"))
    return Grid(caption, _drop_drawn([row for row in rows if row], heads), heads)


def _drop_drawn(rows: list[list[Node]], heads: int) -> list[list[Node]]:
    """Leave out the columns that hold nothing but drawings which say what the cells beside them say."""
    drawn: set[int] = set()
    worded: set[int] = set()
    for row in rows[heads:]:
        for place, cell in _place(row):
            if _span(cell) == 1:
                (worded if cell.text or not cell.find("svg") else drawn).add(place)
    left_out = drawn - worded
    return [[one for place, cell in _place(row) if (one := _narrow(cell, place, left_out))] for row in rows]


def _place(row: Sequence[Node]) -> Iterator[tuple[int, Node]]:
    place = 0
    for cell in row:
        yield place, cell
        place += _span(cell)


def _narrow(cell: Node, place: int, left_out: set[int]) -> Node | None:
    span = sum(one not in left_out for one in range(place, place + _span(cell)))
    return Node(cell.tag, {**cell.attributes, "colspan": str(span)}, cell.children) if span else None


def read_facts(node: Node, *, caption: str, columns: Sequence[str]) -> Grid:
    """Return a list of facts by name as a grid of two columns."""
    names = [child for child in node.elements if child.tag in ("dt", "dd")]
    rows = [[Node("th", {}, list(columns[:1])), Node("th", {}, list(columns[1:]))]]
    for child in names:
        if child.tag == "dt":
            rows.append([Node("th", {}, child.children)])
        elif len(rows) > 1:
            rows[-1].append(Node("td", {}, child.children))
    return Grid(caption, rows, 1)


def fill_table(table: Table, grid: Grid, *, write: Callable[[_Cell, Node], None], nothing: str) -> None:
    """Write a grid into a table of its size; an empty cell says that there is nothing."""
    for number, (cells, row) in enumerate(zip(grid.rows, table.rows, strict=True)):
        place = 0
        for cell in cells:
            target = row.cells[place]
            for joined in range(1, _span(cell)):
                target = target.merge(row.cells[place + joined])
            write(target, cell if cell.text not in NO_WORDS or cell.find("svg") else Node(cell.tag, {}, [nothing]))
            place += _span(cell)
        for left in range(place, grid.width):
            write(row.cells[left], Node("td", {}, [nothing]))
        _set_row(row._tr, repeats=number < grid.heads, whole=all(len(cell.text) < LONG for cell in cells))
    _share_width(table, grid)
    _describe(table, grid)


def _share_width(table: Table, grid: Grid) -> None:
    """Give each column room for its longest word, and of the rest by the length of what it holds."""
    rows = [row for row in grid.rows if len(row) == grid.width]
    columns = [[row[place].text for row in rows] for place in range(grid.width)]
    least = [max((len(word) for text in texts for word in text.split()), default=1) for texts in columns]
    least_widths = [min(count, LONGEST_WORD) * LETTER + PADDING for count in least]
    shares = [math.sqrt(min(max((len(text) for text in texts), default=1), LONG)) for texts in columns]
    left = max(WIDTH - sum(least_widths), 0)
    scale = WIDTH / (sum(least_widths) + left)
    table.autofit = False
    for column, room, share in zip(table.columns, least_widths, shares, strict=True):
        width = Cm(scale * (room + left * share / sum(shares)))
        column.width = width
        for cell in column.cells:
            cell.width = width


def _set_row(row: Any, *, repeats: bool, whole: bool) -> None:
    """Keep a short row on one page, and repeat the heads on each."""
    properties = row.get_or_add_trPr()
    for name in (*(["w:cantSplit"] if whole else []), *(["w:tblHeader"] if repeats else [])):
        properties.append(OxmlElement(name))


def _describe(table: Table, grid: Grid) -> None:
    properties = table._tbl.tblPr
    for kind in ("w:tblLook", "w:tblCaption"):
        for old in properties.findall(qn(kind)):
            properties.remove(old)
    look = OxmlElement("w:tblLook")
    for name, value in (("val", "00A0"), ("firstRow", "1"), ("firstColumn", "1"), ("noHBand", "1"), ("noVBand", "1")):
        look.set(qn(f"w:{name}"), value)
    properties.append(look)
    if grid.caption:
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), clean_text(grid.caption)[:LONGEST_TITLE])
        properties.append(caption)


def _span(cell: Node) -> int:
    span = cell.attributes.get("colspan", "1")
    return int(span) if span.isdecimal() else 1
