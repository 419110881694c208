"""The reading under a form: what the chapter's views make of an engagement, as finished HTML.

A chapter named X is read by `read_X` and shown by `summarise` of the module `views.X`; what else that module
offers for one reading follows on request. So a new chapter has its reading here without being named.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from markupsafe import Markup

from workbook.analysis.summary import read_summary
from workbook.markup import element, join
from workbook.model.engagement import Engagement
from workbook.views import framing as framing_views
from workbook.views.pieces.blocks import Block
from workbook.views.summary.messages import show_messages
from workbook.views.summary.verdict import write_verdict

_last: dict[str, Any] = {}


def read_chapter(chapter: str, engagement: Engagement) -> Any:
    """Return what the chapter's analysis makes of an engagement, once for all that is drawn of it.

    With 300 voices the brief takes seconds.
    """
    if _last.get("chapter") != chapter or _last.get("engagement") is not engagement:
        read = getattr(import_module(f"workbook.views.{chapter}"), f"read_{chapter}")
        _last.update(chapter=chapter, engagement=engagement, reading=read(engagement))
    return _last["reading"]


def draw_reading(chapter: str, engagement: Engagement) -> Markup:
    """Return the chapter's section of the summary; nothing for a page that has none."""
    views = import_module(f"workbook.views.{chapter}")
    reading = read_chapter(chapter, engagement)
    block: Block | None = views.summarise(reading) if hasattr(views, "summarise") else None
    return block.html if block else Markup("")


def draw_beside(chapter: str, engagement: Engagement) -> Markup:
    """Return what stands beside a form: the verdict so far, the field it is drawn from, and the chapter's finding."""
    framing = read_chapter("framing", engagement) if chapter == "framing" else framing_views.read_framing(engagement)
    verdict = element("p", element("strong", write_verdict(framing)), class_="ss-says")
    views = import_module(f"workbook.views.{chapter}")
    found = getattr(views, "write_headline", None)
    finding = found(read_chapter(chapter, engagement)) if found and chapter != "framing" else ""
    return join([verdict, framing_views.draw_field(framing).html, element("p", finding) if finding else Markup("")])


def draw_messages(engagement: Engagement) -> Markup:
    """Return what the summary would ask its reader to do, as far as the answers carry it."""
    return show_messages(read_summary(engagement))


def draw_more(chapter: str, engagement: Engagement) -> Markup:
    """Return what the chapter's views can show beyond its section of the summary."""
    views = import_module(f"workbook.views.{chapter}")
    if not hasattr(views, "summarise"):
        return Markup("")
    reading = read_chapter(chapter, engagement)
    shown = views.summarise(reading).html
    others = [view(reading) for view in _list_views(views, chapter)]
    return join([block.html for block in others if isinstance(block, Block) and block.html not in shown])


def _list_views(views: ModuleType, chapter: str) -> Iterator[Callable[[Any], Any]]:
    """List the views that a notebook calls with the chapter's reading and nothing else."""
    for name in views.__all__:
        view = getattr(views, name)
        if name in (f"read_{chapter}", "summarise") or not inspect.isfunction(view):
            continue
        needed = [one for one in inspect.signature(view).parameters.values() if one.default is one.empty]
        if len(needed) == 1 and str(needed[0].annotation).endswith("Reading"):
            yield view
