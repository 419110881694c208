"""The reading under a form: what the chapter's views make of an engagement, as finished HTML.

A chapter named X is read by `read_X` and shown by `summarise` of the module `views.X`; what else that module
offers for one reading follows on request. So a new chapter has its reading here without being named.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from markupsafe import Markup

from workbook.analysis.framing import read_framing
from workbook.markup import element, join
from workbook.model.answers import Agreed, Voice
from workbook.model.engagement import Engagement
from workbook.views.framing.field import draw_screen_field
from workbook.views.framing.verdict import write_verdict
from workbook.views.pieces.blocks import Block


class Reader:
    """Reads one chapter for its form. What did not change since it was asked last is not read or drawn again."""

    def __init__(self, chapter: str) -> None:
        self._chapter = chapter
        self._read: tuple[Engagement, str, Any] | None = None
        self._drawn_from: list[Any] = []
        self._drawn = Markup("")

    @property
    def _views(self) -> ModuleType:
        return import_module(f"workbook.views.{self._chapter}")

    def read(self, engagement: Engagement, *, alone: bool = True) -> Any:
        """Return the chapter's reading of an engagement; `alone`, without what it would have to read others for."""
        name = f"read_{self._chapter}"
        if alone and hasattr(self._views, f"{name}_alone"):
            name = f"{name}_alone"
        if self._read is None or self._read[0] is not engagement or self._read[1] != name:
            self._read = (engagement, name, getattr(self._views, name)(engagement))
        return self._read[2]

    def draw(self, engagement: Engagement) -> Markup:
        """Return the chapter's section of the summary, then what moved in it; nothing for a page that has none."""
        if not hasattr(self._views, "summarise"):
            return Markup("")
        block: Block | None = self._views.summarise(self.read(engagement))
        return join([block.html if block else Markup(""), self._draw_change(engagement)])

    def _draw_change(self, engagement: Engagement) -> Markup:
        if engagement.last is None or self._chapter == "rounds":
            return Markup("")
        from workbook.views import rounds

        return rounds.show_change(self._chapter, rounds.read_rounds(engagement))

    def draw_verdict(self, engagement: Engagement) -> Markup:
        """Return what stands beside the form: the verdict so far and its field, drawn again where framing changed."""
        drawn_from = list(_list_framing(engagement))
        if drawn_from != self._drawn_from:
            framing = read_framing(engagement)
            verdict = element("p", element("strong", write_verdict(framing)), class_="ss-says")
            self._drawn, self._drawn_from = join([verdict, draw_screen_field(framing).html]), drawn_from
        return self._drawn

    def draw_finding(self, engagement: Engagement) -> Markup:
        """Return what the chapter found, which stands below the verdict; nothing where the verdict is what it found."""
        found = getattr(self._views, "write_headline", None)
        finding = found(self.read(engagement)) if found and self._chapter != "framing" else ""
        return element("p", finding) if finding else Markup("")

    def draw_more(self, engagement: Engagement) -> Markup:
        """Return what the chapter's views can show beyond its section of the summary."""
        if not hasattr(self._views, "summarise"):
            return Markup("")
        reading = self.read(engagement, alone=False)
        shown = self._views.summarise(reading).html
        others = [view(reading) for view in _list_views(self._views, self._chapter)]
        return join([block.html for block in others if isinstance(block, Block) and block.html not in shown])


def draw_messages(engagement: Engagement) -> Markup:
    """Return what the summary would ask its reader to do, as far as the answers carry it."""
    # They are asked for once the form stands, and need every chapter's analysis, numpy with it.
    from workbook.analysis.summary import read_summary
    from workbook.views.summary.messages import show_messages

    return show_messages(read_summary(engagement))


def _list_framing(engagement: Engagement) -> Iterator[Any]:
    """Yield all that a reading of framing is made of: facts, who speaks, and every answer to the chapter."""
    yield engagement.model_copy(update={"voices": (), "agreed": Agreed(), "pools": {}, "withheld": {}})
    for voice in engagement.voices:
        yield voice.model_copy(update=_choose_both(voice))
    yield engagement.agreed.model_copy(update=_choose_both(engagement.agreed))
    yield _choose_framing(engagement.pools), _choose_framing(engagement.withheld)


def _choose_both(source: Voice | Agreed) -> dict[str, Any]:
    return {"answers": _choose_framing(source.answers), "asked": _choose_framing(source.asked)}


def _choose_framing(by_question: Mapping[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in by_question.items() if key.startswith("framing.")}


def _list_views(views: ModuleType, chapter: str) -> Iterator[Callable[[Any], Any]]:
    """List the views that a notebook calls with the chapter's reading and nothing else."""
    for name in views.__all__:
        view = getattr(views, name)
        if name.startswith(f"read_{chapter}") or name == "summarise" or not inspect.isfunction(view):
            continue
        needed = [one for one in inspect.signature(view).parameters.values() if one.default is one.empty]
        if len(needed) == 1 and str(needed[0].annotation).endswith("Reading"):
            yield view
