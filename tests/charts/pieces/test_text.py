"""Fitting words to a width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbook.charts.pieces.text import draw_text, fit_text, measure_text, wrap_text


@given(text=st.text(max_size=600), width=st.floats(40, 400), lines=st.integers(1, 4))
def test_every_line_fits_and_there_are_no_more_than_asked(text: str, width: float, lines: int) -> None:
    """A wrapped label never leaves the room it was given."""
    wrapped = wrap_text(text, width, lines=lines)
    assert len(wrapped) <= lines
    assert all(measure_text(line) <= width for line in wrapped)


@given(words=st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=12))
def test_what_fits_is_kept_whole(words: list[str]) -> None:
    """With room enough no word is lost, changed or cut."""
    text = " ".join(words)
    assert " ".join(wrap_text(text, 200, lines=12)) == text


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    """A reader sees that there is more."""
    lines = wrap_text("People who benefit are heard and their words change the plan", 100, lines=2)
    assert lines == ("People who", "benefit ar…")


def test_a_word_wider_than_the_line_is_broken() -> None:
    """One long word is spread over the lines rather than run over the edge."""
    assert "".join(wrap_text("a" * 30, 100, lines=4)) == "a" * 30


def test_a_short_text_stays_as_it_is() -> None:
    """Fitting changes nothing where there is room."""
    assert fit_text("Peer visits", 200) == "Peer visits"


def test_text_is_escaped_once_and_without_html() -> None:
    """Tags become text; right-to-left words need no `<bdi>`, which SVG would not draw."""
    assert draw_text("<b> & שלום", 1, 2) == '<text x="1" y="2">&lt;b&gt; &amp; שלום</text>'
