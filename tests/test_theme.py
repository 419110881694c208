"""Number formats and the stylesheet."""

from __future__ import annotations

import pytest

from workbook import theme


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (33000, "GBP", "£33,000"),
        (12.5, "GBP", "£12.50"),
        (0, "EUR", "€0"),
        (-40, "GBP", "−£40"),
        (5, "CHF", "CHF 5"),
        (1e10, "USD", "$10,000,000,000"),
    ],
)
def test_money_is_written_with_its_sign_and_no_false_pennies(amount: float, currency: str, text: str) -> None:
    """Whole amounts have no decimals; others have two."""
    assert theme.format_money(amount, currency) == text


def test_a_share_of_few_people_is_never_a_percentage() -> None:
    """Below ten answers a percentage would promise more than there is."""
    assert theme.format_share(3, 8) == "3 of 8"
    assert theme.format_share(5, 10) == "5 of 10 (50%)"


def test_a_small_share_of_money_is_not_called_none() -> None:
    """Half a percent is under one, not nought."""
    assert (theme.format_percent(0.005), theme.format_percent(0), theme.format_percent(0.5)) == (
        "under 1%",
        "0%",
        "50%",
    )


def test_words_are_joined_as_a_sentence_does() -> None:
    """One, two, many, none."""
    assert [theme.join_words(list(words)) for words in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]


def test_the_stylesheet_holds_the_colours_and_no_comments() -> None:
    """Changing a colour in the theme changes the page."""
    style = theme.read_stylesheet("page", "figures")
    assert f"--seed:{theme.COLOURS['seed']}" in style
    assert "/*" not in style
