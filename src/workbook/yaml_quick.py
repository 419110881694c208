"""The plain YAML that nearly every file is, read by libyaml: about ten times as fast as by ruamel.yaml.

What libyaml and ruamel.yaml might read differently, or what may have to be refused, is left to `yaml_reader`: this
either gives the very same data and lines or gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

DEEPEST = 20
# What YAML 1.1, which libyaml reads, takes for the end of a line and YAML 1.2 does not; directives.
_OTHERWISE = re.compile("[\x85\u2028\u2029\ufeff\t]|^%|^\\.\\.\\.|[|>][-+0-9]*#", re.MULTILINE)
# No word that begins so is anything but text: true, false and null begin otherwise. A day is kept as it was typed.
_TEXT = re.compile(r"[A-EG-MO-SU-Za-eg-mo-su-z]|[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")

Field = tuple[str | int, ...]


class QuickReading:
    """A text's data, the line of each field, and the plain values of which `is_unclear` says so."""

    def __init__(self, is_unclear: Callable[[str], Any]) -> None:
        self.lines: dict[Field, int] = {}
        self.unclear: dict[Field, str] = {}
        self.data: dict[str, Any] = {}
        self._is_unclear = is_unclear

    def take(self, text: str) -> bool:
        """Read a text; False where it has to be read with care, and then what was read counts for nothing."""
        if _OTHERWISE.search(text):
            return False
        try:
            import yaml

            loader = yaml.CBaseLoader(text)
        except (ImportError, AttributeError):  # a PyYAML without libyaml
            return False
        try:
            self._next = loader.get_event
            self._next(), self._next()  # the streams's begin and the document's
            begin = self._next()
            if type(begin) is not yaml.MappingStartEvent or not _is_plain(begin):
                return False
            self.data = self._read_mapping(begin, ())
            self._next()
            return type(self._next()) is yaml.StreamEndEvent
        except (yaml.YAMLError, ValueError, _UnclearError):
            return False
        finally:
            loader.dispose()

    def _read(self, event: Any, field: Field) -> Any:
        kind = type(event).__name__
        if not _is_plain(event) or len(field) > DEEPEST:
            raise _UnclearError
        self.lines.setdefault(field, event.start_mark.line + 1)
        if kind == "ScalarEvent":
            return self._read_scalar(event, field)
        if kind == "MappingStartEvent":
            return self._read_mapping(event, field)
        if kind == "SequenceStartEvent":
            return self._read_sequence(field)
        raise _UnclearError

    def _read_scalar(self, event: Any, field: Field) -> Any:
        if event.style:
            if event.style in "|>" and event.value[:1] in ("", "\n"):  # ruamel.yaml refuses some that begin empty
                raise _UnclearError
            return event.value
        if self._is_unclear(event.value):
            self.unclear[field] = event.value
        return _resolve(event.value)

    def _read_mapping(self, begin: Any, field: Field) -> dict[str, Any]:
        self.lines.setdefault(field, begin.start_mark.line + 1)
        data: dict[str, Any] = {}
        while type(key := self._next()).__name__ != "MappingEndEvent":
            if type(key).__name__ != "ScalarEvent" or not _is_plain(key) or not key.value or key.value in data:
                raise _UnclearError
            inner = (*field, key.value)
            self.lines[inner] = key.start_mark.line + 1
            data[key.value] = self._read(self._next(), inner)
        return data

    def _read_sequence(self, field: Field) -> list[Any]:
        found: list[Any] = []
        while type(event := self._next()).__name__ != "SequenceEndEvent":
            found.append(self._read(event, (*field, len(found))))
        return found


def compose_quickly(text: str) -> Any:
    """Return the nodes of a text that `QuickReading` took: they begin and end where ruamel.yaml says they do.

    But for a value that is not there, which for libyaml stands after its colon.
    """
    import yaml

    loader = yaml.CBaseLoader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


class _UnclearError(Exception):
    """Something that has to be read with care."""


def _is_plain(event: Any) -> bool:
    return event.anchor is None and event.tag is None  # an alias has no tag, and an anchor


@lru_cache(maxsize=4096)
def _resolve(value: str) -> Any:
    """Return what a word without quotation marks is by YAML 1.2: text, number, truth, nothing; a date stays a text."""
    if _TEXT.match(value):
        return value
    if _NUMBER.fullmatch(value):
        return int(value)
    from ruamel.yaml.nodes import ScalarNode

    resolver, constructor = _find_rules()
    tag = resolver.resolve(ScalarNode, value, (True, False))
    if str(tag).endswith((":str", ":timestamp")):
        return value
    try:
        return constructor.construct_object(ScalarNode(tag, value), deep=True)
    except Exception as error:  # whatever the library cannot make of a word is told with its line by `yaml_reader`
        raise _UnclearError from error


@lru_cache(maxsize=1)
def _find_rules() -> tuple[Any, Any]:
    from ruamel.yaml import YAML

    rules = YAML(typ="safe", pure=True)
    return rules.resolver, rules.constructor
