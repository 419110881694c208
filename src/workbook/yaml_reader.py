"""One YAML file -> plain data and the line of every field, with nothing in it that could do harm.

Refused, each with what to type instead: files over 1 MiB, other encodings than UTF-8, aliases (a few lines
of them can grow to gigabytes), tags, duplicate keys, keys that are not text, and nesting beyond 20 levels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from workbook.errors import Problem
from workbook.theme import TWO_READINGS
from workbook.yaml_quick import DEEPEST, Field, QuickReading, compose_quickly

LARGEST_FILE = 1024 * 1024


@dataclass(frozen=True)
class Document:
    """A file's data, the line (from 1) on which each field stands, and the text it was read from."""

    name: str
    data: dict[str, Any]
    lines: dict[Field, int]
    text: str = field(default="", repr=False, compare=False)
    unclear: dict[Field, str] = field(default_factory=dict, compare=False)
    is_quick: bool = field(default=False, repr=False, compare=False)

    @cached_property
    def node(self) -> Any:
        """Return the nodes of the YAML library that read it, which say where each entry begins and ends."""
        return compose_quickly(self.text) if self.is_quick else _compose_plain(self.text)

    def find_line(self, field: Sequence[str | int]) -> int | None:
        """Return the line of a field, or of the nearest thing around it."""
        for end in range(len(field), 0, -1):
            if (line := self.lines.get(tuple(field[:end]))) is not None:
                return line
        return None

    def with_data(self, data: dict[str, Any]) -> Document:
        """Return the document with other data and the same lines."""
        return replace(self, data=data)


@lru_cache(maxsize=32)
def parse_known(raw: bytes, name: str) -> Document | list[Problem]:
    """Parse a file, or remember what the same content gave last time; the caller must not change the data.

    Parsing takes most of the time of reading an engagement, and one is read again for each answer saved, each
    edition and each report.
    """
    return parse_document(raw, name)


def parse_document(raw: bytes, name: str) -> Document | list[Problem]:
    """Return a file's content as a Document, or the list of problems that keep it from being read."""
    text = _decode(raw, name)
    if isinstance(text, list):
        return text
    quick = QuickReading(TWO_READINGS.fullmatch)
    if quick.take(text):
        return Document(name, quick.data, quick.lines, text, quick.unclear, is_quick=True)
    return _parse_with_care(text, name)


def _parse_with_care(text: str, name: str) -> Document | list[Problem]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        try:
            node = _compose_plain(text)
        except _NotPlainError:
            problems = list(_scan_events(YAML(typ="safe", pure=True).parse(text), name))
            if problems:
                return problems
            node = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        detail = (error.problem if isinstance(error, MarkedYAMLError) else None) or "it cannot be read"
        remedy = f"look at this line and the one before it ({detail}): a quotation mark, a colon or the spaces in front"
        return [Problem(name, "", "a file in YAML", remedy, mark.line + 1 if mark else None)]
    if node is None:
        return [Problem(name, "", "a file with something in it", "put it back, or delete the empty file")]
    if node.id != "mapping":
        return [Problem(name, "", "lines such as `title: …`", "start each line with a field's name and a colon", 1)]
    reader = _NodeReader(name)
    data = reader.read(node, ())
    return reader.problems or Document(name, data, reader.lines, text, reader.unclear)


def _decode(raw: bytes, name: str) -> str | list[Problem]:
    if len(raw) > LARGEST_FILE:
        return [Problem(name, "", "a file of at most 1 MiB", "shorten it, or keep long documents elsewhere")]
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return [Problem(name, "", "text saved as UTF-8", "save it again, choosing the encoding UTF-8", line)]


class _NotPlainError(Exception):
    """Something in a file is refused, or may be: it is read again to list every such place."""


def _compose_plain(text: str) -> Any:
    """Build the nodes of a text in one pass; raises _NotPlainError at the first event that is refused."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    parser = yaml.parser
    take, watch = parser.get_event, _EventWatch("")

    def take_plain() -> Any:
        event = take()
        if next(watch.find_problems(event), None):
            raise _NotPlainError
        return event

    parser.get_event = take_plain
    return yaml.compose(text)


class _EventWatch:
    """Finds aliases, tags, depth and second documents before anything is built."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_over = False
        self._depth = self._documents = 0

    def find_problems(self, event: Any) -> Iterator[Problem]:
        """Yield what is refused about the next event; after some, nothing more can be told (`is_over`)."""
        name, kind = self.name, type(event).__name__
        line = event.start_mark.line + 1 if event.start_mark else None
        self._depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        self._documents += kind == "DocumentStartEvent"
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            remedy = "write the words out, or put them in quotes"
            yield Problem(name, "", "no anchors or aliases (& and *)", remedy, line)
        elif getattr(event, "ctag", None) is not None and str(event.ctag) not in ("None", "!"):
            yield Problem(name, "", "no tags (words that start with !)", "put the words in quotation marks", line)
        if self._depth > DEEPEST:
            self.is_over = True
            yield Problem(name, "", f"at most {DEEPEST} levels", "take brackets or indents out", line)
        elif self._documents > 1:
            self.is_over = True
            yield Problem(name, "", "one document", "take out the line --- and what follows it", line)


def _scan_events(events: Iterator[Any], name: str) -> Iterator[Problem]:
    watch = _EventWatch(name)
    for event in events:
        yield from watch.find_problems(event)
        if watch.is_over:
            return


class _NodeReader:
    """Builds plain data from YAML nodes, keeping lines and collecting problems."""

    def __init__(self, name: str) -> None:
        from ruamel.yaml import YAML

        self.name = name
        self.lines: dict[Field, int] = {}
        self.problems: list[Problem] = []
        self.unclear: dict[Field, str] = {}
        self._construct = YAML(typ="safe", pure=True).constructor

    def read(self, node: Any, field: Field) -> Any:
        self.lines.setdefault(field, node.start_mark.line + 1)
        if node.id == "mapping":
            return self._read_mapping(node, field)
        if node.id == "sequence":
            return [self.read(child, (*field, index)) for index, child in enumerate(node.value)]
        return self._read_scalar(node, field)

    def _read_mapping(self, node: Any, field: Field) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = str(key_node.value) if key_node.id == "scalar" else ""
            inner = (*field, key)
            shown = ".".join(map(str, inner))
            if not key:
                self.problems.append(Problem(self.name, shown, "a name before the colon", "write a plain name", line))
            elif key in data:
                first = self.lines.get(inner)
                remedy = f"keep one of the two (the first is on line {first})"
                self.problems.append(Problem(self.name, shown, "each name once", remedy, line))
            else:
                self.lines[inner] = line
                data[key] = self.read(value_node, inner)
        return data

    def _read_scalar(self, node: Any, field: Field) -> Any:
        if str(node.tag).endswith(":timestamp"):
            return node.value
        if node.style is None and TWO_READINGS.fullmatch(str(node.value)):
            self.unclear[field] = str(node.value)
        try:
            return self._construct.construct_object(node, deep=True)
        except Exception:  # noqa: BLE001 whatever the library cannot make of a word is the same to its author
            shown = ".".join(map(str, field))
            line = node.start_mark.line + 1
            remedy = "put it in quotation marks"
            self.problems.append(Problem(self.name, shown, "a word or number that can be read", remedy, line))
            return None
