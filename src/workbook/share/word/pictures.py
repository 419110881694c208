"""A drawing of a page as a picture: its colours written out, its words as its alternative text."""

from __future__ import annotations

from workbook.charts.pieces.still import PAPER
from workbook.optional import need
from workbook.share.drawing import write_drawing_styles
from workbook.share.tree import Node

ZOOM = 2.0


def describe(node: Node) -> str:
    """Return the alternative text of a drawing: its title and what it shows."""
    named = [child.text for child in node.elements if child.tag in ("title", "desc")]
    return ". ".join(one.rstrip(".") for one in (*named, node.attributes.get("aria-label", "")) if one)


def draw(node: Node) -> bytes:
    """Return a drawing as PNG, twice as fine as on a screen."""
    need("resvg_py", extra="office")
    import resvg_py

    attributes = dict(node.attributes) | {"xmlns": "http://www.w3.org/2000/svg"}
    box = next((value.split() for key, value in attributes.items() if key.lower() == "viewbox"), None)
    if box and len(box) == 4:
        attributes |= {"viewBox": " ".join(box), "width": box[2], "height": box[3]}
    whole = Node("svg", {k: v for k, v in attributes.items() if k != "viewbox"}, node.children)
    picture = resvg_py.svg_to_bytes(
        svg_string=str(whole.write()),
        style_sheet=write_drawing_styles(),
        background=PAPER,
        zoom=ZOOM,
        font_family="Liberation Sans",
        sans_serif_family="Liberation Sans",
    )
    return bytes(picture)
