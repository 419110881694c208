"""The one place where text becomes HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from workbook.markup import element, escape, join


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(markup: Markup) -> _Reader:
    reader = _Reader()
    reader.feed(str(markup))
    reader.close()
    return reader


@given(st.text())
def test_no_text_makes_an_element_or_an_attribute(text: str) -> None:
    """Whatever a person types, the page's structure stays as it was and the words are still there."""
    read = _read(element("p", text, title=text, class_="x"))
    assert [tag for tag in read.tags if tag not in ("bdi", "br")] == ["p"]
    assert [name for name, _ in read.attributes] == ["title", "class"]
    printable = "".join(c for c in text if c.isprintable())
    assert all(c in read.text for c in printable)


def test_text_is_escaped_once_and_markup_is_left_alone() -> None:
    """Joining text and markup escapes the text only."""
    assert join(["a < b", Markup("<br>"), None, ["c & d"]]) == "a &lt; b<br>c &amp; d"


def test_control_characters_are_shown_as_replaced() -> None:
    """Codes that a page may not hold leave a visible trace."""
    assert escape("a\x00b\x1bc") == "a\ufffdb\ufffdc"


def test_right_to_left_marks_stay_inside_their_own_words() -> None:
    """A direction mark cannot turn round the words beside it."""
    assert escape("\u202eabc") == Markup("<bdi>\u202eabc</bdi>")
    assert escape("abc") == Markup("abc")


@pytest.mark.parametrize("separator", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_separator_of_a_paste_is_a_new_line(separator: str) -> None:
    """What was typed on two lines stands on two lines, whatever the program it was pasted from puts between them."""
    assert escape(f"one{separator}two") == Markup("one<br>two")


def test_a_line_break_never_enters_an_element_that_holds_text_alone() -> None:
    """A drawing's text and a title stay whole: a line break there would end the drawing."""
    assert element("text", "one\ntwo") == Markup("<text>one two</text>")
