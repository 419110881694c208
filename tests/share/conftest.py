"""Notebooks as papermill leaves them, in miniature."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

COVER = "<section><h1>A title</h1></section>"
PROVENANCE = '<section class="provenance"><p>Public edition.</p></section>'


def _make_cell(html: str) -> NotebookNode:
    output = new_output("display_data", data={"text/html": html, "text/plain": "<IPython.core.display.HTML object>"})
    return new_code_cell("show()", metadata={"tags": ["share"]}, outputs=[output], execution_count=1)


@pytest.fixture
def make_cell() -> Callable[[str], NotebookNode]:
    """Return a function from HTML to an executed cell tagged `share` that shows it."""
    return _make_cell


@pytest.fixture
def make_notebook() -> Callable[..., NotebookNode]:
    """Return a function from the HTML of sections to a whole notebook with a cover and a provenance."""

    def make(*sections: str, cover: str = COVER, provenance: str = PROVENANCE) -> NotebookNode:
        return new_notebook(cells=[_make_cell(html) for html in (cover, *sections, provenance)])

    return make
