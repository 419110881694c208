"""What a notebook does first: it takes on the look of the pages."""

from __future__ import annotations

from markupsafe import Markup

from workbook.theme import read_stylesheet
from workbook.views.pieces.blocks import Block

STYLESHEETS = ("notebook", "figures", "points", "keys", "field", "marks")


def prepare() -> Block:
    """Give the notebook's figures, tables and readings the look they have on a page."""
    return Block(Markup("<style>{}</style>").format(Markup(read_stylesheet(*STYLESHEETS))))
