"""The nbconvert exporter: one notebook in, one page out."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode
from traitlets.config import Config

from workbook.errors import WorkbookError
from workbook.share.exporter import PageExporter

MakeNotebook = Callable[..., NotebookNode]


def test_nbconvert_knows_the_exporter() -> None:
    """`jupyter nbconvert --to soil-and-seeds` finds the exporter by its registered name."""
    assert get_exporter("soil-and-seeds") is PageExporter


def test_page_says_its_version_and_title(make_notebook: MakeNotebook) -> None:
    """The title is the h1's text and the workbook's name, escaped once; the footer says the version."""
    page, _ = PageExporter().from_notebook_node(make_notebook(cover="<h1>A &lt;b&gt; &amp; <i>C</i></h1>"))
    assert "<title>A &lt;b&gt; &amp; C – Soil &amp; Seeds</title>" in page
    footer = page[page.index("<footer>") :]
    assert f"Made with Soil &amp; Seeds {version('soil-and-seeds')}." in footer
    assert "Public edition." in footer


def test_policy_comes_first(make_notebook: MakeNotebook) -> None:
    """The policy is the first thing in the head, before anything that it binds."""
    page, _ = PageExporter().from_notebook_node(make_notebook())
    assert page.startswith(
        '<!doctype html>\n<html lang="en-GB">\n<head>\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'sha256-"
    )


def test_contents_link_to_findings(make_notebook: MakeNotebook) -> None:
    """The contents list the h2s as text, and a page without any has no contents."""
    page, _ = PageExporter().from_notebook_node(make_notebook('<h2 id="a">One &lt; <b>two</b></h2>'))
    assert '<li><a href="#a">One &lt; two</a></li>' in page
    assert "<nav" not in PageExporter().from_notebook_node(make_notebook())[0]


def test_file_makes_the_same_page(make_notebook: MakeNotebook, tmp_path: Path) -> None:
    """A notebook file and its file name, folder and date make the same page as the notebook in memory."""
    notebook = make_notebook("<p>One</p>")
    path = tmp_path / "FILE-CANARY.ipynb"
    nbformat.write(notebook, path)
    page, resources = PageExporter().from_filename(str(path))
    assert page == PageExporter().from_notebook_node(notebook)[0]
    assert resources["output_extension"] == ".html"


def test_notebook_is_left_as_it_was(make_notebook: MakeNotebook) -> None:
    """Converting changes nothing of the notebook, whose execution it does not repeat either."""
    notebook = make_notebook("<p>One</p>")
    before = nbformat.writes(notebook)
    PageExporter(config=Config({"ExecutePreprocessor": {"enabled": True}})).from_notebook_node(notebook)
    assert nbformat.writes(notebook) == before


def test_half_a_notebook_makes_no_page(make_notebook: MakeNotebook) -> None:
    """A notebook that stopped before its last share cell is refused."""
    notebook = make_notebook("<p>One</p>")
    notebook.cells[-1].outputs = []
    with pytest.raises(WorkbookError, match="no page was made"):
        PageExporter().from_notebook_node(notebook)
