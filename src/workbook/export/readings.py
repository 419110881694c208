"""What each chapter finds, in the sentences of its own views."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from workbook.analysis.summary import SummaryReading
from workbook.views import (
    audiences,
    discovery,
    framing,
    learning_modes,
    permission,
    practices,
    resources,
    safety,
    system_map,
)

SIDES = ("evaluation", "learning")


def list_readings(summary: SummaryReading) -> Iterator[tuple[str, ...]]:
    """Yield a row per chapter: its title, what it finds, both readings, and what follows."""
    chapters: tuple[tuple[Any, Any], ...] = (
        (framing, summary.framing),
        (discovery, summary.discovery),
        (audiences, summary.audiences),
        (learning_modes, summary.learning_modes),
        (resources, summary.resources),
        (permission, summary.permission),
        (safety, summary.safety),
        (practices, summary.practices),
        (system_map, summary.system_map),
    )
    for views, reading in chapters:
        sides = _Sides()
        sides.feed(str(views.compare_readings(reading).html))
        yield (
            reading.chapter.title,
            views.write_headline(reading),
            *(" ".join(" ".join(sides.texts[side]).split()) for side in SIDES),
            views.write_follows(reading),
        )


class _Sides(HTMLParser):
    """The paragraphs of each of the two readings, which a chapter shows side by side."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, list[str]] = {side: [] for side in SIDES}
        self._inside: list[str] = []
        self._side = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag == "div" and "reading" in classes:
            self._side = next((side for side in SIDES if side in classes), "")
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass
        if tag == "div":
            self._side = ""

    def handle_data(self, data: str) -> None:
        if self._side and "p" in self._inside:
            self.texts[self._side].append(data)
