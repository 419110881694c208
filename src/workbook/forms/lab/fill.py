"""The form of a chapter in a notebook: `wb.fill(engagement, "framing")`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from workbook.markup import element
from workbook.model.chapters import load_chapter
from workbook.model.wordings import load_wording
from workbook.storage import SNAPSHOTS, find_engagement
from workbook.views.pieces.blocks import Block

RUN = "WORKBOOK_RUN"  # the name of the server that is running
FORMS = "WORKBOOK_FORMS"  # set for the kernels of `workbook open`, where a person sits in front


def fill(engagement: str | Path, chapter: str) -> Any:
    """Return the chapter's form with its reading under it; where nobody could fill it in, how to get there."""
    load_chapter(chapter)
    if not os.environ.get(FORMS) or os.environ.get(SNAPSHOTS):
        words = load_wording("lab").get_word("closed")
        return Block(element("p", words.format(slug=Path(engagement).name), class_="form-closed"))
    from workbook.forms.lab.widget import make_form

    return make_form(find_engagement(engagement), chapter)
