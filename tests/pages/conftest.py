"""Fixtures that make a page from an example notebook and hold pages to what a shared page must be."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from workbook.share.exporter import PageExporter

HERE = Path(__file__).parent


def _load_browser() -> ModuleType:
    """Load the module beside this one: with importmode=importlib a test folder is not on the path."""
    spec = importlib.util.spec_from_file_location("pages_browser", HERE / "browser.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def browser() -> ModuleType:
    """Return the module `browser.py`."""
    return _load_browser()


@pytest.fixture(scope="session")
def page_browser(browser: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start one Chromium for the session; skip, saying what to type, where there is none and none can be installed."""
    for package in ("playwright", "axe_playwright_python"):
        pytest.importorskip(package, reason=f"{package} is missing: install the dev dependency group")
    executable = browser.find_chromium(os.environ)
    if executable is None and "CHROMIUM" in os.environ:
        pytest.skip(f"CHROMIUM names {os.environ['CHROMIUM']}, which is not there: {browser.ADVICE}")
    if executable is None:
        base = tmp_path_factory.getbasetemp()
        shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        fault = browser.install_chromium(shared / "chromium-installed")
        executable = browser.find_chromium(os.environ)
        if executable is None:
            pytest.skip(fault or f"Chromium was installed and is not found: {browser.ADVICE}")
    opened = browser.PageBrowser(executable)
    yield opened
    opened.close()


@pytest.fixture
def check_page(page_browser: Any) -> Callable[..., None]:
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
