"""A shared output as a tree, for what is no page: the elements that the views make, and their text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markupsafe import Markup

INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup"}
)
VOID = frozenset({"br", "col", "hr", "img", "wbr"})
# What only eyes follow: links that skip, and keys to drawings that are silent because words stand beside them.
SILENT = frozenset({"skip", "keys"})


@dataclass
class Node:
    """An element: its name, attributes, and what stands in it, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The classes of the element."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def is_silent(self) -> bool:
        """Whether it says nothing that is not said beside it."""
        unseen = self.attributes.get("aria-hidden") == "true" or "hidden" in self.attributes
        return unseen or bool(self.classes & SILENT)

    @property
    def elements(self) -> list[Node]:
        """The elements directly inside."""
        return [child for child in self.children if isinstance(child, Node)]

    def walk(self) -> Iterator[Node]:
        """Yield every element inside, in order."""
        for child in self.elements:
            yield child
            yield from child.walk()

    def find(self, *tags: str) -> list[Node]:
        """Return every element inside of one of these names."""
        return [node for node in self.walk() if node.tag in tags]

    @property
    def text(self) -> str:
        """All words inside, with single spaces."""
        return " ".join("".join(_list_text(self)).split())

    def write(self) -> Markup:
        """Return the element as HTML again."""
        from workbook.markup import element

        inside = [child if isinstance(child, str) else child.write() for child in self.children]
        return element(self.tag, *inside, **self.attributes)


def read_tree(*parts: Markup) -> Node:
    """Return the tree of outputs; its root has no name."""
    reader = _Reader()
    for part in parts:
        reader.feed(str(part))
    reader.close()
    return reader.root


def _list_text(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag != "svg" and not child.is_silent:
            yield from _list_text(child)
            yield " " if child.tag not in INLINE else ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = self._add(tag, attrs)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Node:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        return node
