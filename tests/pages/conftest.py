"""Fixtures that make a page from an example notebook and hold pages to what a shared page must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from pages.browser import PageBrowser
from workbook.share.exporter import PageExporter

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def page_browser(chromium: str) -> Iterator[PageBrowser]:
    """Start one Chromium for the session."""
    opened = PageBrowser(chromium)
    yield opened
    opened.close()


@pytest.fixture
def check_page(page_browser: PageBrowser) -> Callable[..., None]:
    """Return a function that asserts that the page in a file has no fault and is no larger than `max_kib`."""

    def check(path: Path, max_kib: float = 60) -> None:
        faults = page_browser.measure(path, max_kib=max_kib)
        listed = "\n".join(f"  {name}: {particulars}" for name, particulars in faults.items())
        assert not faults, f"{path.name} has faults:\n{listed}"

    return check


@pytest.fixture(scope="session")
def example_notebook() -> NotebookNode:
    """Return an executed notebook with one share cell for each file of `example/`, and what may not be shared."""
    unshared = new_code_cell(
        "engagement = 'INPUT-CANARY'",
        metadata={"tags": ["injected-parameters"], "note": "METADATA-CANARY"},
        outputs=[
            new_output("stream", name="stdout", text="STREAM-CANARY"),
            new_output("display_data", data={"text/html": "<p>UNSHARED-CANARY</p>"}),
        ],
    )
    cells = [
        new_code_cell(
            "wb.show(INPUT-CANARY)",
            metadata={"tags": ["share"]},
            outputs=[
                new_output("stream", name="stderr", text="STREAM-CANARY"),
                new_output(
                    "display_data",
                    data={"text/html": path.read_text(encoding="utf-8"), "text/plain": "PLAIN-CANARY"},
                    metadata={"note": "METADATA-CANARY"},
                ),
            ],
        )
        for path in sorted((HERE / "example").glob("*.html"))
    ]
    return new_notebook(cells=[unshared, *cells], metadata={"papermill": {"parameters": {"note": "METADATA-CANARY"}}})


@pytest.fixture(scope="session")
def example_page(example_notebook: NotebookNode) -> str:
    """Return the HTML of the page made from the example notebook."""
    return PageExporter().from_notebook_node(example_notebook)[0]
