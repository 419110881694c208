"""Reads one shared output: its headings and ids, and whether it may stand in a page.

Nothing is mended or sanitised here. The views make whole, plain HTML; anything else (a pandas Styler, a
widget, a piece that was cut off) is refused with the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from markupsafe import Markup

from workbook.errors import WorkbookError

_VOID = frozenset({"area", "br", "col", "hr", "img", "wbr"})
_REFUSED = frozenset(
    {"base", "body", "embed", "form", "frame", "head", "html", "iframe", "input", "link", "main", "meta", "object"}
    | {"script", "style"}
)
_LOADED = frozenset({"src", "srcset", "xlink:href", "poster", "background"})
_SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HEADING = re.compile(r"h[1-6]")

Attributes = list[tuple[str, str | None]]


@dataclass(frozen=True)
class Heading:
    """A heading's level (1 to 6), its text without tags, and the id a link can name."""

    level: int
    text: str
    id: str | None


@dataclass(frozen=True)
class Fragment:
    """One shared output and what the page must know of it; all but headings and ids are its first element's."""

    html: Markup
    classes: frozenset[str]
    title: str
    document: str
    edition: str
    headings: tuple[Heading, ...]
    ids: tuple[str, ...]


def read_fragment(html: Markup) -> Fragment:
    """Read one output; raises WorkbookError when it is not whole or holds what no page may hold."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.open_elements:
        raise _refusal(f"<{reader.open_elements[-1]}> is not closed")
    first = reader.first or {}
    classes = frozenset((first.get("class") or "").split())
    title, document, edition = (first.get(f"data-{name}") or "" for name in ("title", "document", "edition"))
    return Fragment(html, classes, title, document, edition, tuple(reader.headings), tuple(reader.ids))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open_elements: list[str] = []
        self.first: dict[str, str | None] | None = None
        self.headings: list[Heading] = []
        self.ids: list[str] = []
        self._heading_id: str | None = None
        self._heading_text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self._read_element(tag, attrs)
        if tag not in _VOID:
            self.open_elements.append(tag)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self._read_element(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open_elements or self.open_elements.pop() != tag:
            raise _refusal(f"</{tag}> closes nothing")
        if self._heading_text is not None and _HEADING.fullmatch(tag):
            text = " ".join("".join(self._heading_text).split())
            self.headings.append(Heading(int(tag[1]), text, self._heading_id))
            self._heading_text = None

    def handle_data(self, data: str) -> None:
        if self._heading_text is not None:
            self._heading_text.append(data)

    def _read_element(self, tag: str, attrs: Attributes) -> None:
        if tag in _REFUSED:
            raise _refusal(f"it holds <{tag}>")
        for name, value in attrs:
            _check_attribute(tag, name, value or "")
        given = dict(attrs)
        if self.first is None:
            self.first = given
        if identity := given.get("id"):
            self.ids.append(identity)
        if _HEADING.fullmatch(tag):
            self._heading_id, self._heading_text = given.get("id"), []


def _check_attribute(tag: str, name: str, value: str) -> None:
    if name.startswith("on") or name == "style":
        raise _refusal(f"<{tag}> has the attribute {name}")
    if name in _LOADED and not value.startswith(("data:image/", "#")):
        raise _refusal(f"<{tag}> loads a file")
    if name == "href":
        # A browser skips blanks and control characters inside a scheme.
        scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", value))
        if scheme and scheme[1].lower() not in _SAFE_SCHEMES:
            raise _refusal(f"<{tag}> links to {scheme[1].lower()}:")


def _refusal(reason: str) -> WorkbookError:
    return WorkbookError(
        f"An output tagged `share` cannot stand in a page: {reason}. "
        "Show it with a view of the workbook, or take the tag off its cell."
    )
