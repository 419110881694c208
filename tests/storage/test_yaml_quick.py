"""The quick way of reading a file gives what the careful one gives, or leaves the file to it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from workbook.theme import TWO_READINGS
from workbook.yaml_quick import QuickReading, compose_quickly
from workbook.yaml_reader import Document, _compose_plain, _parse_with_care, parse_document

ROOT = Path(__file__).parents[2]
PIECES = (
    *(
        "a",
        "b",
        "title",
        "1",
        "1_000",
        "0x1f",
        "010",
        "0o17",
        "1e3",
        ".5",
        "1.",
        "12:30",
        "1:30:20",
        "2026-11-28",
        "yes",
    ),
    *("no", "on", "y", "true", "True", "null", "~", "", "=", "<<", ".inf", "-.inf", ".nan", "+1", "-", "?", "|", ">"),
    *("|-", ">+", "|2", "'it''s'", '"a\\u20acb"', '"\\/"', '"open', "'open", "# note", "a # note", "a#b", "@x", "`x`"),
    *("%x", "!x", "&x", "*x", "{", "}", "[", "]", ",", ":", ": ", " :", "- ", "{a: 1}", "{a:1}", "[1,2]", "{a, b}"),
    *("[a: 1]", "{? a : b}", "---", "...", "é", "\u00a0", "\u2028", "\x85", "\t", "\ufeff", "£1,000", "12.000", "a: b"),
    *("'a': ", '"b": ', "{'a':1}", '{"a":1}', "http://x.y", "::", "a:", "a:b", "- -", "- a: 1", "\\", "😀", "\r"),
)
TEXTS = st.lists(
    st.tuples(st.sampled_from(("", " ", "  ", "    ", "- ", "  - ")), st.lists(st.sampled_from(PIECES), max_size=4)),
    max_size=6,
).map(lambda lines: "\n".join(indent + "".join(pieces) for indent, pieces in lines))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.sampled_from(PIECES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1), inner, max_size=3),
    max_leaves=8,
)


def _read_quickly(text: str) -> QuickReading | None:
    reading = QuickReading(TWO_READINGS.fullmatch)
    return reading if reading.take(text) else None


def _compare(text: str) -> bool:
    """Whether it was taken at once; if so both ways must agree, to the type, the line and the doubt."""
    quick = _read_quickly(text)
    if quick is None:
        return False
    careful = _parse_with_care(text, "a.yaml")
    assert isinstance(careful, Document), (text, careful)
    assert repr(quick.data) == repr(careful.data), text
    assert (quick.lines, quick.unclear) == (careful.lines, careful.unclear), text
    assert list(_list_places(compose_quickly(text))) == list(_list_places(_compose_plain(text))), text
    return True


def _list_places(node: Any) -> Iterator[tuple[Any, ...]]:
    """List what an answer is cut out by: where words begin and end, what is in brackets and where these close."""
    if node.id == "scalar":
        if node.value or node.style:  # what is not there has no place of its own
            yield node.value, node.style or "", node.start_mark.index, node.start_mark.column, node.end_mark.index
        return
    yield node.id, bool(node.flow_style), node.flow_style and node.end_mark.index
    for child in node.value:
        for inner in child if isinstance(child, tuple) else (child,):
            yield from _list_places(inner)


@settings(max_examples=600)
@given(TEXTS)
@example("a:\n  - b\n  - c: 1\n    d: [1, {e: 2}]\nf: |\n  x\n\n  y\n")
@example("a: |\n  é\n\n\n  # no\n# yes\nb: >-  # c\n  x\n  y\n\nc: {d: 'x\n  y', e: [1, 2 # f\n ]}\ng: h\n i # j\nk: |")
@example("a: 010\nb: yes\nc: 12:30\nd: 2026-11-28\ne: ~\nf: 1_000\ng: 12.000\n")
def test_lines_of_any_kind_are_read_alike(text: str) -> None:
    """Whatever somebody may type: what is taken at once is what the careful way reads."""
    _compare("title: x\n" + text)
    _compare(text)


@settings(max_examples=150)
@given(st.dictionaries(st.text(min_size=1), PLAIN, max_size=4), st.booleans())
def test_written_data_are_read_alike(data: dict[str, Any], flow: bool) -> None:
    """Data of every kind, written by ruamel.yaml in lines or in brackets."""
    yaml, stream = YAML(typ="safe", pure=True), io.StringIO()
    yaml.default_flow_style = flow
    yaml.dump(data, stream)
    _compare(stream.getvalue())


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("parameters/**/*.yaml")), ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_shipped_files_are_read_at_once(path: Path) -> None:
    """None of them needs the slow way, or the quick one would be for nothing."""
    assert _compare(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x\n",
        "a: !!str 1\n",
        "---\na: 1\n---\nb: 2\n",
        "%YAML 1.1\n---\na: 1\n",
        "- a\n",
        "a: 1\na: 2\n",
        "",
    ],
)
def test_what_may_have_to_be_refused_is_left_to_the_careful_way(text: str) -> None:
    """Anchors, tags, further documents, directives, lists, names that come twice."""
    assert _read_quickly(text) is None


def test_depth_is_held_by_both_ways() -> None:
    """Twenty-one levels are refused, and not taken."""
    deep = "a: " + "[" * 21 + "]" * 21
    assert _read_quickly(deep) is None
    assert isinstance(parse_document(deep.encode(), "a.yaml"), list)
