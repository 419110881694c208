"""Pages of an engagement made as the notebooks make them, without a kernel: the cells themselves are run here."""

from __future__ import annotations

import ast
import json
import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import workbook
from workbook.errors import WorkbookError
from workbook.model.answers import Edition
from workbook.model.chapters import list_questions
from workbook.model.editions import redact
from workbook.model.engagement import Engagement
from workbook.storage import load_engagement

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
FIXTURES = Path(__file__).parent / "engagements"
NOT_ONE = "portfolio"  # a page about many engagements


def load_fixture(name: str) -> Engagement:
    """Return one of the engagements made for these tests, whole."""
    return load_engagement(FIXTURES / name)


def thin(engagement: Engagement, edition: str) -> Engagement:
    """Return what an edition may show of a whole engagement."""
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    return redact(engagement, Edition(edition), words=words)


@cache
def list_reports() -> tuple[Path, ...]:
    """Return the notebooks that make a page of one engagement."""
    found = [
        path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if any("share" in tags for tags, _ in _list_cells(path))
    ]
    return tuple(path for path in found if NOT_ONE not in path.name)


def make_pages(engagement: Engagement, only: tuple[str, ...] = ("",)) -> dict[str, str]:
    """Return the HTML of every page of an engagement that an edition has thinned, by the notebook's name.

    `only` are beginnings of the names of those that are wanted.
    """
    pages = {}
    for path in (one for one in list_reports() if one.stem.startswith(only)):
        # The draft is made for the commissioner alone, and refuses every other edition.
        with suppress(*([] if engagement.edition is Edition.PRIVATE else [WorkbookError])):
            pages[path.stem] = make_page(path, engagement)
    return pages


def make_page(path: Path, engagement: Engagement) -> str:
    """Run a notebook's cells on an engagement and return what its `share` cells show, one after the other."""
    names: dict[str, Any] = {"wb": _Door(engagement), "engagement": engagement.slug, "edition": engagement.edition}
    shown = []
    for tags, code in _list_cells(path):
        if {"parameters", "setup", "form"} & set(tags):
            continue
        result = _run(code, names)
        if "share" in tags:
            shown.append(str(result.html))
    return "\n".join(shown)


def read_text(html: str) -> str:
    """Return a page's words as one line, without drawings; a full stop stands where a block ends."""
    plain = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    plain = re.sub(r"</(p|li|dd|dt|h[1-6]|tr|caption|figcaption)>", " ¶ ", plain)
    plain = re.sub(r"</(td|th)>", " | ", plain)
    plain = re.sub(r"<[^>]+>", " ", plain)
    for sign, name in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(sign, name)
    return " ".join(plain.split())


class _Door:
    """The package as a notebook sees it, whose `load` hands out one engagement."""

    def __init__(self, engagement: Engagement) -> None:
        self._engagement = engagement

    def load(self, *_: object) -> Engagement:
        return self._engagement

    def __getattr__(self, name: str) -> Any:
        return getattr(workbook, name)


@cache
def _list_cells(path: Path) -> tuple[tuple[list[str], str], ...]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    return tuple((cell["metadata"].get("tags", []), "".join(cell["source"])) for cell in code)


def _run(code: str, names: dict[str, Any]) -> Any:
    before, last = _compile(code)
    exec(before, names)
    return eval(last, names)


@cache
def _compile(code: str) -> tuple[CodeType, CodeType]:
    """Compile a cell as what comes first and what it shows; a cell that ends with no expression shows None."""
    body = ast.parse(code).body
    shown = body[-1].value if isinstance(body[-1], ast.Expr) else ast.Constant(None)
    first = body[:-1] if isinstance(body[-1], ast.Expr) else body
    whole = ast.fix_missing_locations(ast.Expression(shown))
    return compile(ast.Module(first, []), "cell", "exec"), compile(whole, "cell", "eval")
