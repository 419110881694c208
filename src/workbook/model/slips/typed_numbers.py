"""Numbers as people type them, and every number that a text can mean: the same rules as in the form's script."""

from __future__ import annotations

import re

from workbook.theme import CURRENCY_SIGNS

_SPACED = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?")
_SIGN = r"[A-Z]{3}|[A-Z]{0,2}[$¢£¤¥฿\u20a0-\u20c0]|zł|kr\.?|Fr\.?"
_NUMBER = r"[-−]?\d(?:.*?\d)?[kKmM]?"
_BEFORE_OR_BEHIND = re.compile(rf"(?P<before>{_SIGN})?\s*(?P<number>{_NUMBER})\s*(?P<behind>{_SIGN})?", re.DOTALL)


def list_readings(text: str, *, decimal: str = "", groups: str = "") -> list[float]:
    """Return every number a text without a sign of money can mean, the larger first; none for no number at all.

    `decimal` is the sign that stands before fractions, `groups` the one between thousands, where they are known.
    """
    text = text.replace("−", "-").strip()
    if re.fullmatch(r"-?\d{1,16}", text):
        return [int(text)]
    if len(text) > 40:
        return []
    if decimal:
        return _read_with(text, decimal)
    for plain, pattern in (
        (re.sub(r"[ \u00a0\u202f'’]", "", text).replace(",", "."), _SPACED),
        (text.replace(",", ""), re.compile(r"-?\d{1,3}(,\d{3})+\.\d+")),
        (text.replace(".", "").replace(",", "."), re.compile(r"-?\d{1,3}(\.\d{3})+,\d+")),
        (re.sub("[.,]", "", text), re.compile(r"-?\d{1,3}([.,])\d{3}(\1\d{3})+")),
    ):
        if pattern.fullmatch(text):
            return [_shrink(plain)]
    found = re.fullmatch(r"(-?\d+)([.,])(\d+)", text)
    if not found:
        return []
    is_grouped = len(found[3]) == 3 and re.fullmatch(r"-?[1-9]\d{0,2}", found[1])
    whole: list[float] = [int(found[1] + found[3])] if is_grouped else []
    return whole if whole and found[2] == groups else [*whole, _shrink(f"{found[1]}.{found[3]}")]


def part_money(text: str) -> tuple[str, str]:
    """Return the sign or letters of a currency that stand before or behind a number, and the number; none is ''."""
    found = _BEFORE_OR_BEHIND.fullmatch(text.strip())
    if not found or (found["before"] and found["behind"]):
        return "", text
    return found["before"] or found["behind"] or "", found["number"]


def is_currency(sign: str, currency: str) -> bool:
    """Return whether a sign or letters stand for a currency, given as its own sign or letters."""
    names = {currency.casefold(), CURRENCY_SIGNS.get(currency.upper(), currency).casefold()}
    return sign.casefold() in names | {code.casefold() for code, known in CURRENCY_SIGNS.items() if known == currency}


def _read_with(text: str, decimal: str) -> list[float]:
    other = "." if decimal == "," else ","
    plain = re.sub(rf"[ \u00a0\u202f'’{re.escape(other)}]", "", text).replace(decimal, ".")
    return [_shrink(plain)] if re.fullmatch(r"-?\d+(\.\d+)?", plain) else []


def _shrink(text: str) -> float:
    value = float(text)
    return int(value) if value == int(value) else value
