"""The exporter `jupyter nbconvert --to soil-and-seeds` and the batch use.

What a notebook gives it, all of it:

- Cells tagged `share` show `text/html` made by the views; every such output goes into the page, in order,
  and nothing else of the notebook does.
- An output of class `band` stands first on the page and says the edition. The page's title is its `data-title`, the
  h1 and its `data-document`; its `data-edition` is the body's class.
- The output that holds the only `<h1>` is the cover: usually
  `<section><h1>…</h1><p class="lead">…</p><p class="edition private">…</p></section>`. The page's title is
  the text of that h1 and the workbook's name.
- The last output's outermost element has the class `provenance` and says the edition and the short hash of the input:
  it becomes the footer, to which the exporter adds the workbook's version.
- All others stand in `<main>`, usually one `<section>` each with an `<h2 id="…">` that says the finding. The
  contents list these headings, so each needs an id of its own.

Anything that breaks this raises WorkbookError and no page is made. The page depends on these outputs, the
stylesheets and the workbook's version only, so the same notebook gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.metadata import version
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup
from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import default

from workbook.content import find_language, name_language
from workbook.model.wordings import load_wording
from workbook.share.collect import collect_shared
from workbook.share.page import Page, arrange_page
from workbook.theme import read_stylesheet

WORKBOOK_NAME = "Soil & Seeds"
DISTRIBUTION = "soil-and-seeds"
FRONT = '<div class="first'
STYLESHEETS = {
    "keys": ('class="keys',),
    "field": ('class="patch',),
    "marks": ('class="patch', 'class="lane'),
    "figures": ('class="chart',),
}
"""Stylesheets that not every page needs, and what a page may hold that needs one."""
# What would end a string or a style element.
ESCAPED = r'["\\<\n]'


class PageExporter(Exporter):
    """Turns an executed notebook into one page that needs no other file, no network and no script."""

    export_from_notebook = "Soil & Seeds page"
    output_mimetype = "text/html"

    @default("file_extension")
    def _default_file_extension(self) -> str:
        return ".html"

    @default("default_preprocessors")
    def _default_no_preprocessors(self) -> list[Any]:
        # Nothing of the notebook is to be rewritten on the way.
        return []

    def from_notebook_node(  # type: ignore[override]  # nbconvert's own exporters of text return text too
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and nbconvert's resources; raises WorkbookError when the notebook makes no whole page."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return render_page(arrange_page(collect_shared(notebook.cells))), resources


def render_page(page: Page) -> str:
    """Return a page's HTML with its styles, and the policy that allows only these."""
    parts = "".join((page.cover, *page.sections))
    kinds = ("front",) if FRONT in parts else ("chapters", "points")
    style = read_stylesheet(
        "page", *kinds, *(name for name, marks in STYLESHEETS.items() if any(mark in parts for mark in marks))
    )
    words: dict[str, Any] = load_wording("page").words
    if find_language():
        style += write_paper_words(words["paper"])
    return _load_template().render(
        page=page,
        style=Markup(style),
        policy=Markup(describe_policy(style)),
        language=name_language(),
        words=words,
        workbook=WORKBOOK_NAME,
        made_with=words["made_with"].format(workbook=WORKBOOK_NAME, version=version(DISTRIBUTION)),
    )


def write_paper_words(words: dict[str, str]) -> str:
    """Return the rules that put another language's words at the foot of each sheet of paper."""
    said = {name: f'"{re.sub(ESCAPED, _escape_sign, text)}"' for name, text in words.items()}
    rules = [f"@page{{@bottom-right{{content:counter(page) {said.pop('of')} counter(pages)}}}}"]
    rules += [f"@page {name}{{@bottom-left{{content:{text}}}}}" for name, text in said.items()]
    return f"@media print{{{''.join(rules)}}}"


def _escape_sign(found: re.Match[str]) -> str:
    return f"\\{ord(found[0]):x} "


def describe_policy(style: str) -> str:
    """Return the Content-Security-Policy that allows this one stylesheet and no request of any kind."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _load_template() -> Template:
    environment = Environment(
        loader=PackageLoader("workbook.share", "templates/soil-and-seeds"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2")
