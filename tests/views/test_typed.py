"""What people typed stands as they laid it out."""

from __future__ import annotations

from markupsafe import Markup

from workbook.views.pieces.typed import make_text


def test_paragraphs_lines_and_lists_stay_what_they_are() -> None:
    """A blank line parts paragraphs, one line end breaks a line, bullets and numbers make lists."""
    typed = "First.\nSecond.\n\nThen:\n- one\n- two\n\n3. three\n4. four"
    assert make_text(typed) == Markup(
        "<p>First.<br>Second.</p><p>Then:</p><ul><li>one</li><li>two</li></ul>"
        '<ol start="3"><li>three</li><li>four</li></ol>'
    )


def test_one_line_with_a_dash_is_no_list() -> None:
    """A single line that begins with a dash is a sentence."""
    assert make_text("- on its own") == Markup("<p>- on its own</p>")


def test_markup_in_a_list_is_escaped() -> None:
    """A list item is text like any other."""
    assert "<b>" not in make_text("- <b>x</b>\n- y")
