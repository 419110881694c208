"""What a notebook shows of a piece, and that a page has it back to the letter."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from workbook.charts.field import Side, draw_lane, draw_plant
from workbook.charts.strip import draw_strip
from workbook.markup import element
from workbook.views.pieces.blocks import make_block, make_paragraph
from workbook.views.pieces.notebook import read_from_notebook, write_for_notebook

NOTEBOOKS = sorted((Path(__file__).parents[3] / "notebooks").glob("*.ipynb"))


def _list_shown(path: Path) -> list[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(output["data"].get("text/html", "")) for cell in cells for output in cell.get("outputs", [])]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_stored_comes_back_to_the_letter(path: Path) -> None:
    """Each stored output holds no drawing and no words that run into each other, and gives its page's HTML again."""
    for shown in filter(None, _list_shown(path)):
        html = read_from_notebook(shown)
        assert "<svg" not in shown
        assert write_for_notebook(html) == shown
        assert ("<svg" in html) == ("data:image/svg+xml," in shown)


def test_a_drawing_becomes_a_whole_image_with_the_colours_of_the_page() -> None:
    """Each kind of small drawing is XML by itself, has no class without its rule, and keeps its size."""
    side = Side(values=(1, 2, 2), value=2, agreed=True)
    plant = element("span", draw_plant(side, side), class_="plant")
    strip = element("td", draw_strip([(0, "ring"), (3, "dot")], 4), class_="strip")
    shown = write_for_notebook(plant + draw_lane(side, "seed") + strip)
    drawings = [unquote(found) for found in re.findall(r'src="data:image/svg\+xml,([^"]*)"', shown)]
    assert re.findall(r'(?:width|height)="([\d%]+)"', shown) == ["100%", "110", "100%", "17", "100%", "40"]
    for drawing in drawings:
        root = ET.fromstring(drawing)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        style = root[0].text or ""
        assert "var(" not in style
        named = {name for one in root.iter() for name in one.get("class", "").split()} - {"lane"}
        assert named
        assert [name for name in named if not re.search(rf"\.{name}\b[^{{}}]*{{", style)] == []
    assert read_from_notebook(shown) == plant + draw_lane(side, "seed") + strip


def test_what_somebody_typed_is_not_mistaken_for_a_drawing() -> None:
    """Words that look like the markup of a stored image come through as the words they are."""
    typed = '<img class="still" src="data:image/svg+xml,%3Csvg%3E"> class="vh" hidden> class="vh" style="x"'
    block = make_block(make_paragraph(typed), element("p", "seen", aria_label='a class="vh" hidden'))
    assert read_from_notebook(block._repr_html_()) == str(block.html)
