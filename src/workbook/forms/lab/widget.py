"""A chapter's form as a Jupyter widget. Answers travel as messages, never as its state: no notebook keeps them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import ipywidgets
import traitlets
from anywidget import AnyWidget

from workbook.forms.facts.asked import FACTS_SHEET
from workbook.forms.lab.facts_session import FactsSession
from workbook.forms.lab.fill import RUN
from workbook.forms.lab.session import Session
from workbook.forms.sheet.sheet import read_host_script
from workbook.model.wordings import load_wording
from workbook.theme import read_stylesheet

START = "start_here"
FIRST_WAY = "quarter"


class SheetWidget(AnyWidget):
    """One chapter's questions, who answers them, and the reading that follows."""

    slug = traitlets.Unicode().tag(sync=True)
    chapter = traitlets.Unicode().tag(sync=True)
    # The way through until somebody chooses another in their window.
    way = traitlets.Unicode(FIRST_WAY).tag(sync=True)
    # Which server is running: the group's seat is left when another one does.
    run = traitlets.Unicode().tag(sync=True)
    # What the form says where the kernel does not reply before it has given the form its words.
    silence = traitlets.Unicode().tag(sync=True)

    def __init__(self, folder: Path, chapter: str) -> None:
        self._esm = read_host_script()
        self._css = read_stylesheet("sheet", "keys", "field", "marks", "lab")
        silence, run = load_wording("lab").words["host"]["silence"], os.environ.get(RUN, "")
        super().__init__(slug=folder.name, chapter=chapter, silence=silence, run=run)
        self._session = FactsSession(folder) if chapter == FACTS_SHEET else Session(folder, chapter)
        self.on_msg(self._receive)

    def _receive(self, _: object, message: Any, __: object) -> None:
        for reply in self._session.respond(message):
            self.send(reply)

    def __repr__(self) -> str:
        return f"The form of {self.chapter}"


def make_form(folder: Path, chapter: str) -> Any:
    """Return the widget, laid out so that its lines stay short enough to read."""
    layout = ipywidgets.Layout(width="100%", max_width="86rem", overflow="visible")
    sheets = [chapter, FACTS_SHEET] if chapter == START else [chapter]
    return ipywidgets.VBox([SheetWidget(folder, one) for one in sheets], layout=layout)
