"""Colours, type and number formats: what a foundation changes to make the pages its own."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from workbook.content import name_content, read_content

COLOURS = {
    # The UK Government Analysis Function's categorical palette, in its order.
    # Only ink, soil and quiet have the contrast for text; the others are for marks.
    "ink": "#12436D",
    "seed": "#28A197",
    "soil": "#801650",
    "accent": "#F46A25",
    "quiet": "#3D3D3D",
    "extra": "#A285D1",
}
CURRENCY_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
# The currencies of countries that write 1,500 for one thousand five hundred, and nothing else.
GROUPED_BY_COMMA = frozenset(
    {"GBP", "USD", "AUD", "NZD", "INR", "KES", "NGN", "UGX", "TZS", "JPY", "CNY", "HKD", "SGD"}
)
SMALLEST_BASE_FOR_PERCENT = 10
# Twelve thousand where a point stands between thousands, twelve where it stands before a fraction.
TWO_READINGS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


@cache
def read_stylesheet(*names: str) -> str:
    """Return the colours as CSS variables followed by the named files of `styles/`, comments and line ends removed."""
    variables = "".join(f"--{name}:{colour};" for name, colour in COLOURS.items())
    sheets = [files("workbook").joinpath("styles", f"{name}.css").read_text(encoding="utf-8") for name in names]
    return f":root{{{variables}}}" + "".join(_shrink(sheet) for sheet in sheets)


def _shrink(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    # What stands between quotation marks is left as it is: a space there is seen.
    parts = re.split(r'("[^"]*")', css)
    return "".join(part if part.startswith('"') else _shrink_outside(part) for part in parts).strip()


def _shrink_outside(css: str) -> str:
    import re

    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,>]) ?", r"\1", css).replace(": ", ":").replace(";}", "}")


@cache
def _read_ways(_content: str) -> dict[str, Any]:
    ways: dict[str, Any] = read_content("language")["words"]
    return ways


def _read_way(name: str) -> str:
    """Return how the language that is written does one thing: `content/language.yaml`."""
    way: str = _read_ways(name_content())[name]
    return way


def _write(digits: str) -> str:
    """Put the language's own signs into a number: between thousands and before a fraction."""
    signs = {",": _read_way("thousands"), ".": _read_way("point")}
    return "".join(signs.get(sign, sign) for sign in digits)


def format_money(amount: float, currency: str = "GBP") -> str:
    """Return an amount with its currency's sign and no false pennies: £33,000 or £12.50."""
    sign = CURRENCY_SIGNS.get(currency, f"{currency} ")
    whole = round(amount, 2) == round(amount)
    digits = f"{abs(amount):,.0f}" if whole else f"{abs(amount):,.2f}"
    return f"{'−' if amount < 0 and digits != '0' else ''}{sign}{_write(digits)}"


def format_percent(share: float) -> str:
    """Return a share of money (0 to 1) as a whole percentage, or as "under 1%" where that would round to none."""
    if 0 < share < 0.01:
        return _read_way("under_one")
    return _read_way("percent").format(number=f"{share * 100:.0f}")


def format_share(count: int, total: int) -> str:
    """Return a share of people: "3 of 8", and a percentage only from ten answers on."""
    name = "share" if total < SMALLEST_BASE_FOR_PERCENT else "share_percent"
    return _read_way(name).format(count=count, total=total, percent=f"{count / (total or 1) * 100:.0f}")


def format_number(value: float, digits: int = 1) -> str:
    """Return a number with at most `digits` decimals and no trailing zeros."""
    text = f"{value:,.{digits}f}"
    return _write(text.rstrip("0").rstrip(".") if "." in text else text)


def format_day(day: date) -> str:
    """Return a day as people write it: 3 March 2026."""
    return _read_way("day").format(day=day.day, month=_name_month(day), year=day.year)


def format_month(day: date) -> str:
    """Return the month of a day: March 2026."""
    return _read_way("month").format(month=_name_month(day), year=day.year)


def _name_month(day: date) -> str:
    month: str = _read_ways(name_content())["months"][day.month - 1]
    return month


SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।")
"""What ends a sentence in the scripts that people are known to have typed."""


def end_sentence(text: str) -> str:
    """Return words with a full stop where they have no end of their own; nothing stays nothing."""
    text = text.strip()
    return text if not text or text.endswith(SENTENCE_ENDS) else f"{text}."


def join_words(words: list[str] | tuple[str, ...], last: str = "") -> str:
    """Join words as a sentence does: "a", "a and b", "a, b and c"; `last` is the word before the last, else and."""
    if len(words) < 2:
        return "".join(words)
    last = last or _read_way("and")
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
