"""What of an executed notebook may reach a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from workbook.errors import WorkbookError
from workbook.share.collect import collect_shared

OTHER_TYPES = ("text/plain", "text/markdown", "image/svg+xml", "application/vnd.jupyter.widget-view+json")


def test_html_of_share_cells_is_collected_in_order(make_cell: Callable[[str], NotebookNode]) -> None:
    """Only cells tagged `share` give their HTML, in the notebook's order, displayed or returned."""
    returned = new_output("execute_result", data={"text/html": "<p>3</p>"}, execution_count=2)
    cells = [
        new_markdown_cell("Prose", metadata={"tags": ["share"]}),
        new_raw_cell("Raw", metadata={"tags": ["share"]}),
        make_cell("<p>1</p>"),
        new_code_cell("x", outputs=[new_output("display_data", data={"text/html": "<p>2</p>"})]),
        new_code_cell("y", metadata={"tags": ["other", "share"]}, outputs=[returned]),
    ]
    assert collect_shared(cells) == (Markup("<p>1</p>"), Markup("<p>3</p>"))


@given(st.sampled_from(["stdout", "stderr"]), st.sampled_from(OTHER_TYPES), st.text())
def test_nothing_but_html_of_outputs_is_collected(stream: str, kind: str, text: str) -> None:
    """Streams and other types beside the HTML of a share cell stay behind, whatever they hold."""
    outputs = [
        new_output("stream", name=stream, text=text),
        new_output("display_data", data={kind: text}),
        new_output("display_data", data={"text/html": "<p>1</p>", kind: text}, metadata={"note": text}),
    ]
    cell = new_code_cell(text, metadata={"tags": ["share"], "note": text}, outputs=outputs)
    assert collect_shared([cell]) == (Markup("<p>1</p>"),)


def test_html_may_be_a_list_of_lines(make_cell: Callable[[str], NotebookNode]) -> None:
    """HTML in the form in which a notebook file holds it, a list of lines, is joined."""
    cell = make_cell("")
    cell.outputs[0].data["text/html"] = ["<p>\n", "1</p>"]
    assert collect_shared([cell]) == (Markup("<p>\n1</p>"),)


def test_error_in_any_cell_is_refused(make_cell: Callable[[str], NotebookNode]) -> None:
    """An error in a cell that is not shared is named by cell and kind, without the message that may quote an answer."""
    error = new_output("error", ename="ValueError", evalue="PRIVATE-CANARY", traceback=["PRIVATE-CANARY"])
    with pytest.raises(WorkbookError, match=r"Cell 2 .*ValueError") as raised:
        collect_shared([make_cell("<p>1</p>"), new_code_cell("x", outputs=[error])])
    assert "CANARY" not in str(raised.value)


@pytest.mark.parametrize("html", ["", " \n"])
def test_share_cell_without_html_is_refused(html: str, make_cell: Callable[[str], NotebookNode]) -> None:
    """A share cell that shows nothing, or no HTML, makes no half page."""
    with pytest.raises(WorkbookError, match="Cell 2 is tagged"):
        collect_shared([make_cell("<p>1</p>"), make_cell(html)])
    with pytest.raises(WorkbookError, match="Cell 1 is tagged"):
        collect_shared([new_code_cell("x", metadata={"tags": ["share"]})])
